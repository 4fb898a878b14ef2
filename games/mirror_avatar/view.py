"""Mirror-avatar as it is seen: two hands with their forearms, the strip of paper, the words below.

The avatar on the affected side lies where that hand is felt to be, reflected about the middle of the table.
"""

from dataclasses import replace
from functools import lru_cache

from engine.hand import Side
from engine.handmodel import HandAngles
from engine.motion.poses import pose_for, wrist_for
from engine.play.helping import TOGETHER, TOGETHER_S, ghost_after_s
from engine.play.inputs import AFFECTED, BOTH, Role
from engine.play.strand import strand
from engine.play.table import ease
from engine.view.scene import Chart, Hand, Mark, Metres3, Scene, Shape
from games.mirror_avatar.cue import cue
from games.mirror_avatar.movements import MOVEMENTS
from games.mirror_avatar.state import AGAIN, DONE, READY, REST, SETTLE, WELL, WORK, State
from games.mirror_avatar.trial import SETTLE_CYCLE_S, Trial, band_at

HAND_X_M, HAND_UP_M, HAND_Z_M = 0.160, 0.045, 0.195
YAW_RAD = 0.02
LEAN = 0.25
MOST_LEAN_M = 0.07
PALM_HOME_XY = (0.30, 0.40)
CHART_AT: Metres3 = (0.0, 0.0005, -0.088)
CHART_MM = (256.0, 158.0)
STEP = 0.02
# Where on the strip a pose begins, is reached, has been held, is open again.
BEGINS, REACHED, HELD, OPEN = 0.14, 0.40, 0.66, 0.90
GHOST_AFTER_S, GHOST_FADE_S, GHOST_LOOP_S = 2.5, 0.5, 2.0
TURNS_S = 0.6
# In a row of movements the ghost shows each at once, and goes as the hand comes along.
ROW_AFTER_S, GOES_FROM, GOES_BY, STEP_FADE_S = 0.5, 0.3, 0.7, 0.45
LINE_PARTS = 48
GHOST_INWARDS, GHOST_UP_M, GHOST_Z_M = 0.16, 0.05, 0.15


def draw(state: State) -> Scene:
    sentence, picture = words(state)
    limit_s = state.trial.time_limit_s
    counting = limit_s is not None and state.phase is WORK
    left = max(0.0, 1 - state.work_s / limit_s) if counting and limit_s else None
    if state.phase is SETTLE:
        left = max(0.0, 1 - state.phase_s / state.level.settle_s)
    shapes = (*_chart(state), *_hands(state), *_ghosts(state))
    beads, (steps, steps_done) = strand(state.beads, state.level, resting=state.phase is REST), _steps(state)
    return Scene(shapes, beads, sentence, picture, left, steps, steps_done)


def words(state: State) -> tuple[str, str]:
    """The sentence at the bottom, by its key, and the picture beside it."""
    phase, part = state.phase, state.part
    if phase is READY and state.trial.assisted and state.phase_s < TOGETHER_S:
        return TOGETHER, "both_hands"
    if phase is WORK:
        if state.level.task == "follow":
            return f"mirror_avatar.follow.{state.level.drive}", "follow"
        if state.level.drive == "echo":
            who = "show" if part.role is not AFFECTED else "answer"
            return f"mirror_avatar.{who}.{'open' if part.opens else part.movement}", _picture(state)
        if part.opens:
            return "mirror_avatar.open", "open"
        if state.held_s > 0 and state.trial.hold_s > 0:
            return "mirror_avatar.hold", _picture(state)
        return f"mirror_avatar.do.{part.movement}", _picture(state)
    if phase is AGAIN:
        return (f"mirror_avatar.again.{state.cause}" if state.cause else "mirror_avatar.again.quietly"), _picture(state)
    return {
        SETTLE: ("mirror_avatar.settle", "both_hands"),
        READY: (f"mirror_avatar.ready.{state.level.drive}", "both_hands"),
        WELL: ("mirror_avatar.well", "ok"),
        REST: ("rest", "rest"),
        DONE: ("mirror_avatar.done", "done"),
    }[phase]


def _steps(state: State) -> tuple[tuple[str, ...], float]:
    """Where one repetition has several movements, a small picture of each, and how many of them are done."""
    mine = [part for part in state.trial.parts if part.role is state.part.role]
    pictures = tuple(MOVEMENTS[part.movement].picture for part in mine if not part.opens)
    if len(pictures) < 2 or state.phase not in (READY, WORK, WELL):
        return (), 0.0
    done = sum(part.opens for part in state.trial.parts[: state.at] if part.role is state.part.role)
    done_for_s = GHOST_LOOP_S if state.part.opens else state.part_s
    if state.phase is WELL:
        done, done_for_s = len(pictures), state.phase_s
    return pictures, round(max(0.0, done - 1 + ease(done_for_s / STEP_FADE_S)), 2) if done else 0.0


def _picture(state: State) -> str:
    return "open" if state.part.opens else state.movement.picture


def _hands(state: State) -> tuple[Hand, ...]:
    """The avatars: the affected side's always, the other one's unless the level shows one alone."""
    roles = BOTH if state.level.avatars == "both" else (AFFECTED,)
    return tuple(_hand(state, role) for role in roles)


def _hand(state: State, role: Role, *, angles: HandAngles | None = None, shown: float = 1.0) -> Hand:
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


def _chart(state: State) -> tuple[Shape, ...]:
    """The strip: a hill to climb, rest on and come down from; or the line to follow."""
    if state.phase in (SETTLE, REST, DONE):
        return ()
    follows = state.level.task == "follow"
    band = _line(state.trial) if follows else _hill(_stepped(state.trial.target), _stepped(state.trial.open_to))
    roles = BOTH if state.level.drive in ("echo", "together") else state.part.roles
    marks = tuple(_mark(state, role) for role in BOTH if role in roles)
    traces = tuple(_trace(state, role) if role in roles else () for role in BOTH) if follows else ()
    return (Chart(CHART_AT, *CHART_MM, band, marks, traces),)


def _mark(state: State, role: Role) -> Mark:
    value = state.values[0 if role is AFFECTED else 1]
    if state.phase is not WORK:
        done = 1.0 if state.phase in (WELL, AGAIN) else 0.0
        return Mark(done, value, role is AFFECTED)
    if state.level.task == "follow":
        return Mark(state.progress_s / state.trial.follow_s, value, role is AFFECTED)
    if role not in state.part.roles:
        return Mark(0.04, value, role is AFFECTED)
    return Mark(round(_along(state, value), 3), round(value, 3), role is AFFECTED)


def _along(state: State, value: float) -> float:
    """How far along the hill a hand has come."""
    trial = state.trial
    if state.part.opens:
        left = (value - trial.open_to) / max(trial.target - trial.open_to, 0.05)
        return OPEN - (OPEN - HELD) * min(max(left, 0.0), 1.0)
    if state.held_s > 0:
        return REACHED + (HELD - REACHED) * min(state.held_s / max(trial.hold_s, 0.01), 1.0)
    return BEGINS + (REACHED - BEGINS) * min(value / trial.target, 1.0)


@lru_cache(maxsize=64)
def _hill(target: float, open_to: float) -> tuple[Metres3, ...]:
    return (
        (0.0, 0.0, open_to),
        (BEGINS, 0.0, open_to),
        (REACHED, target, 1.0),
        (HELD, target, 1.0),
        (OPEN, 0.0, open_to),
        (1.0, 0.0, open_to),
    )


@lru_cache(maxsize=16)
def _line(trial: Trial) -> tuple[Metres3, ...]:
    """The band around the line, from the trial's begin to its end."""
    points = []
    for n in range(LINE_PARTS + 1):
        low, high = band_at(trial, n / LINE_PARTS * trial.follow_s)
        points.append((n / LINE_PARTS, _stepped(max(0.0, low)), _stepped(min(1.0, high))))
    return tuple(points)


def _trace(state: State, role: Role) -> tuple[tuple[float, float], ...]:
    which = 0 if role is AFFECTED else 1
    count = len(state.trace)
    along = state.progress_s / state.trial.follow_s
    return tuple((along * (n + 1) / count, pair[which]) for n, pair in enumerate(state.trace))


def _stepped(share: float) -> float:
    return round(round(share / STEP) * STEP, 2)


def _ghosts(state: State) -> tuple[Hand, ...]:
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
        in_a_row = len(_steps(state)[0]) > 1 and not state.part.opens
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
    ghost = _hand(state, roles[0], angles=pose, shown=round(shown, 2))
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
