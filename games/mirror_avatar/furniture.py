"""What lies on the table of mirror-avatar: the strip of paper with its hill to climb or its line to follow."""

from functools import lru_cache

from engine.inputs import AFFECTED, BOTH, Role
from engine.view.scene import Chart, Mark, Metres3, Shape
from games.mirror_avatar.state import AGAIN, DONE, REST, SETTLE, WELL, WORK, State
from games.mirror_avatar.trial import Trial, band_at

CHART_AT: Metres3 = (0.0, 0.0005, -0.088)
CHART_MM = (256.0, 158.0)
STEP = 0.02
# Where on the strip a pose begins, is reached, has been held, is open again.
BEGINS, REACHED, HELD, OPEN = 0.14, 0.40, 0.66, 0.90
LINE_PARTS = 48


def chart_of(state: State) -> tuple[Shape, ...]:
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
