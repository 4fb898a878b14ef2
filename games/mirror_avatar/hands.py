"""The hands of mirror-avatar: where each lies, how far it is turned, bent and moved along.

The avatar on the affected side lies where that hand is felt to be, reflected about the middle of the table.
"""

from engine.hand import Side
from engine.handmodel import HandAngles
from engine.inputs import AFFECTED, BOTH, Role
from engine.motion.poses import wrist_for
from engine.play.table import ease
from engine.view.scene import Hand
from games.mirror_avatar.movements import MOVEMENTS
from games.mirror_avatar.state import READY, SETTLE, WORK, State

HAND_X_M, HAND_UP_M, HAND_Z_M = 0.160, 0.045, 0.195
YAW_RAD = 0.02
LEAN = 0.25
MOST_LEAN_M = 0.07
PALM_HOME_XY = (0.30, 0.40)
TURNS_S = 0.6


def hands_of(state: State) -> tuple[Hand, ...]:
    """The avatars: the affected side's always, the other one's unless the level shows one alone."""
    roles = BOTH if state.level.avatars == "both" else (AFFECTED,)
    return tuple(hand_of(state, role) for role in roles)


def hand_of(state: State, role: Role, *, angles: HandAngles | None = None, shown: float = 1.0) -> Hand:
    """A hand of the scene, palm down or turned thumb up as far as its movement needs to be seen."""
    affected, ghost = role is AFFECTED, angles is not None
    side = state.side if affected else state.side.other
    sign = 1.0 if side is Side.RIGHT else -1.0
    away_m, out_m = _lean(state)
    at_m = (sign * (HAND_X_M + out_m), HAND_UP_M, HAND_Z_M - away_m)
    dial = state.trial.mirrored if affected and not ghost else 0.0
    touching = state.phase is WORK and state.held_s > 0 and state.part.movement.startswith("touch_index")
    return Hand(
        side, at_m, -sign * YAW_RAD, roll_rad=_roll(state), wrist_rad=_wrist(state, role), angles=angles, ghost=ghost,
        warm=1.0 if touching and not ghost and role in state.part.roles else 0.0, affected=affected and not ghost,
        shown=shown, mirrored=dial,
    )  # fmt: skip


def _roll(state: State) -> float:
    """Softly from the turn of the movement before to this one's."""
    to = MOVEMENTS["fist"].roll_rad if state.phase is SETTLE else state.movement.roll_rad
    turned_from, share = state.turned_from, ease(state.phase_s / TURNS_S) if state.phase is READY else 1.0
    if state.phase is WORK and state.at > 0 and not state.part.opens:
        turned_from = MOVEMENTS[state.trial.parts[state.at - 1].movement].roll_rad
        share = ease(state.part_s / TURNS_S)
    return round(turned_from + (to - turned_from) * share, 3)


def _wrist(state: State, role: Role) -> float:
    """How far the avatar's wrist is bent: as that of the hand it shows."""
    if state.movement.control != "wrist" or state.phase is SETTLE:
        return 0.0
    affected, unaffected = state.values
    dial = state.trial.mirrored
    bent = affected + (unaffected - affected) * dial if role is AFFECTED else unaffected
    return round(wrist_for({"wrist": bent}), 3)


def _lean(state: State) -> tuple[float, float]:
    """How far a hand is moved away from the person and outwards, metres: with the palm of the hand that leads,
    where the level lets it move. Both move alike, each on its own side of the middle."""
    if state.level.reach != "free" or state.palm_xy is None:
        return 0.0, 0.0
    x, y = state.palm_xy
    leads = state.part.role
    right = (state.side if leads is AFFECTED else state.side.other) is Side.RIGHT
    outwards = (x if right else 1 - x) - (1 - PALM_HOME_XY[0])
    return _within(LEAN * (y - PALM_HOME_XY[1])), _within(LEAN * outwards)


def _within(lean_m: float) -> float:
    return round(min(max(lean_m, -MOST_LEAN_M), MOST_LEAN_M), 3)
