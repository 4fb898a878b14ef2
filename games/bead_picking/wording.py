"""The sentence of a moment, by its key: a pen has words of its own where a bead is named or rolls."""

from games.bead_picking.level import BeadPickingLevel

OF_A_PEN = frozenset(
    (
        "ready", "open", "hint_open", "hint_close", "hint_place", "done", "back.quietly", "back.too_early",
        "back.dropped", "back.beside", "back.not_reached", "back.not_wide", "back.too_late",
    )
)  # fmt: skip


def sentence(level: BeadPickingLevel, moment: str) -> str:
    """The key of what is said at this moment of the game, `open` or `back.beside`."""
    return f"bead_picking.{'pen.' if level.thing == 'pen' and moment in OF_A_PEN else ''}{moment}"
