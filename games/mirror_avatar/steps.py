"""The movements of one repetition in small pictures, and how many of them are done."""

from engine.play.table import ease
from games.mirror_avatar.movements import MOVEMENTS
from games.mirror_avatar.state import READY, WELL, WORK, State

STEP_FADE_S = 0.45


def steps_of(state: State) -> tuple[tuple[str, ...], float]:
    """A picture of each, where there are several, and how many are done: the last one counts up softly."""
    mine = [part for part in state.trial.parts if part.role is state.part.role]
    pictures = tuple(MOVEMENTS[part.movement].picture for part in mine if not part.opens)
    if len(pictures) < 2 or state.phase not in (READY, WORK, WELL):
        return (), 0.0
    done = sum(part.opens for part in state.trial.parts[: state.at] if part.role is state.part.role)
    done_for_s = STEP_FADE_S if state.part.opens else state.part_s
    if state.phase is WELL:
        done, done_for_s = len(pictures), state.phase_s
    return pictures, round(max(0.0, done - 1 + ease(done_for_s / STEP_FADE_S)), 2) if done else 0.0
