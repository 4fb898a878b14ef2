"""The string at the top of the picture: one bead per repetition, a knot between sets."""

from engine.play.level import LevelBase
from engine.view.scene import Bead


def strand(beads: tuple[Bead, ...], level: LevelBase, *, resting: bool = False) -> tuple[Bead, ...]:
    """What was done, what is done now (nothing while resting), what is still to do."""
    whole = list(beads) + ["todo"] * (level.trials - len(beads))
    if len(beads) < level.trials and not resting:
        whole[len(beads)] = "now"
    knotted: list[Bead] = []
    for n, bead in enumerate(whole):
        if n and n % level.repetitions == 0:
            knotted.append("knot")
        knotted.append(bead)
    return tuple(knotted)
