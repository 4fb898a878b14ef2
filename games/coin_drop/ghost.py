"""The cool hand beside the person's own that shows what is asked when they have waited a while."""

from dataclasses import replace
from functools import cache

from engine.handmodel import HandAngles
from engine.motion.poses import pose_for
from engine.play.helping import ghost_after_s
from engine.play.table import ease
from engine.view.scene import Shape
from games.coin_drop.cue import cue
from games.coin_drop.in_hand import hand_over
from games.coin_drop.state import Phase, State

GHOST_AFTER_S = 2.5
GHOST_FADE_S, GHOST_BESIDE_M = 0.5, 0.17
GHOST_LOOP_S = 1.8


def ghost_hand(state: State) -> tuple[Shape, ...]:
    """A cool hand beside the person's own shows what is asked, in a slow loop, until they move."""
    asked = cue(state)
    waited_s = state.phase_s - (state.trial.carry_s if state.phase is Phase.CARRY else 0.0)
    moved = state.progress if state.phase is Phase.SLIDE else 0.0
    after_s = ghost_after_s(GHOST_AFTER_S, assisted=state.trial.assisted)
    shown = round(ease((waited_s - after_s) / GHOST_FADE_S) * (1 - ease((moved - 0.1) / 0.2)), 2)
    if asked is None or shown <= 0.0:
        return ()
    loop = (waited_s - after_s) / GHOST_LOOP_S % 1.0
    share = ease(min(loop / 0.45, (1 - loop) / 0.35))
    ends = {t.control: (t.low + t.high) / 2 for t in asked.targets}
    controls = {name: round(_begin(name, end) + (end - _begin(name, end)) * share, 2) for name, end in ends.items()}
    hand = hand_over(state, angles=_pose(tuple(controls.items())), ghost=True)
    x, y, z = hand.wrist_m
    beside = (x - GHOST_BESIDE_M if x > 0 else x + GHOST_BESIDE_M, y, z)
    return (replace(hand, wrist_m=beside, shown=shown),)


def _begin(control: str, end: float) -> float:
    """Where the shown movement sets out: a pinch from the other end of its way, the keeping fingers stay."""
    if control.startswith("pinch."):
        return 1.0 if end < 0.5 else 0.0
    return 0.0 if control == "opposition" else end


@cache
def _pose(controls: tuple[tuple[str, float], ...]) -> HandAngles:
    return pose_for(dict(controls))
