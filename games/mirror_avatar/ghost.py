"""The cool hand between the two avatars that shows what is asked when the person has waited a while."""

from dataclasses import replace
from functools import lru_cache

from engine.handmodel import HandAngles
from engine.inputs import BOTH
from engine.motion.poses import pose_for
from engine.play.helping import ghost_after_s
from engine.play.table import ease
from engine.view.scene import Hand
from games.mirror_avatar.cue import cue
from games.mirror_avatar.hands import hand_of
from games.mirror_avatar.state import READY, SETTLE, State
from games.mirror_avatar.steps import steps_of
from games.mirror_avatar.trial import SETTLE_CYCLE_S

GHOST_AFTER_S, GHOST_FADE_S, GHOST_LOOP_S = 2.5, 0.5, 2.0
# In a row of movements the ghost shows each at once, and goes as the hand comes along.
ROW_AFTER_S, GOES_FROM, GOES_BY = 0.5, 0.3, 0.7
GHOST_INWARDS, GHOST_UP_M, GHOST_Z_M = 0.16, 0.05, 0.15


def ghost_hand(state: State) -> tuple[Hand, ...]:
    """The cool hand that shows what is asked, when the person has waited a while; in the slow movement at first too."""
    asked = cue(state)
    if asked is None or state.phase is READY:
        return ()
    if state.phase is SETTLE:
        t = state.phase_s % SETTLE_CYCLE_S / SETTLE_CYCLE_S
        shown = min(ease(state.phase_s / GHOST_FADE_S), 1 - ease((state.phase_s - 2 * SETTLE_CYCLE_S) / GHOST_FADE_S))
        closed = 0.5 - 0.5 * _wave(t)
        values, roles = {"fist": 0.75 * closed}, asked.roles
    else:
        if state.level.task == "follow" and state.out_s <= 0:
            return ()
        waited_s = state.part_s if state.level.task == "pose" else state.out_s
        in_a_row = len(steps_of(state)[0]) > 1 and not state.part.opens
        after_s = ghost_after_s(ROW_AFTER_S if in_a_row else GHOST_AFTER_S, assisted=state.trial.assisted)
        shown = ease((waited_s - after_s) / GHOST_FADE_S)
        if in_a_row and waited_s < GHOST_AFTER_S:
            shown *= 1 - ease((_come(state) - GOES_FROM) / (GOES_BY - GOES_FROM))
        loop = (waited_s - after_s) / GHOST_LOOP_S % 1.0
        share = ease(min(loop / 0.5, (1 - loop) / 0.3))
        first = asked.targets[0]
        end = (first.low + first.high) / 2
        begin = 0.9 if state.part.opens else 0.0
        values, roles = {first.control: begin + (end - begin) * share}, asked.roles
    if shown <= 0:
        return ()
    pose = _pose(*((control, round(value, 2)) for control, value in values.items()))
    # One is enough, between the two: over a hand it would hide it.
    ghost = hand_of(state, roles[0], angles=pose, shown=round(shown, 2))
    return (replace(ghost, wrist_m=(GHOST_INWARDS * ghost.wrist_m[0], GHOST_UP_M, GHOST_Z_M)),)


def _come(state: State) -> float:
    """How far the hands that are asked have come, share of the way; of two, the one that is less far."""
    asked = [value for role, value in zip(BOTH, state.values, strict=True) if role in state.part.roles]
    return min(asked) / state.trial.target


def _wave(turn: float) -> float:
    """1 at the beginning and the end of a turn, -1 in its middle, soft."""
    return 1 - 2 * ease(1 - abs(2 * turn - 1))


@lru_cache(maxsize=128)
def _pose(*controls: tuple[str, float]) -> HandAngles:
    return pose_for(dict(controls))
