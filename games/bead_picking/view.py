"""Bead-picking as it is seen: the bead on its way, the hand that carries it, and the words below."""

from math import pi

from engine.hand import Side
from engine.play.helping import GLIDES_S, TOGETHER, TOGETHER_S
from engine.play.rest import rest_left
from engine.play.strand import strand
from engine.play.table import between, distance_m, ease, on_mat
from engine.view.scene import Metres3, Pen, Scene, Shape
from games.bead_picking.cue import may_let_go
from games.bead_picking.furniture import marble_of, put_away, table_of
from games.bead_picking.ghost import ghost_hand, shown_bead
from games.bead_picking.in_hand import drop_of, hand_of, held_at, let_go_at, lies_at, marker_of
from games.bead_picking.rules import BACK_S
from games.bead_picking.state import Phase, State
from games.bead_picking.wording import sentence
from games.bead_picking.work import HINT_S

FALL_S = 0.32
# How much smaller a bead is drawn that is about to slip out, and when that is said.
SQUASHED, NEARLY_OUT = 0.3, 0.75

MOMENTS = {
    Phase.SHOW: ("show", "open"),
    Phase.READY: ("ready", "home"),
    Phase.HOLD: ("hold", "bead_hold"),
    Phase.DONE: ("done", "done"),
}


def draw(state: State) -> Scene:
    said, picture = words(state)
    trial = state.trial
    left = None
    if trial.time_limit_s is not None and state.phase in (Phase.OPEN, Phase.CLOSE, Phase.HOLD, Phase.CARRY):
        left = max(0.0, 1 - state.watch.seen_s / trial.time_limit_s)
    if state.phase is Phase.REST:
        left = rest_left(state.level, state.phase_s)
    at_work = (*_at_work(state), hand_of(state), *marker_of(state), *drop_of(state))
    shapes = (*table_of(state), *put_away(state), *at_work, *ghost_hand(state))
    beads = strand(state.beads, state.level, resting=state.phase is Phase.REST)
    return Scene(shapes, beads, said, picture, left)


def words(state: State) -> tuple[str, str]:
    """The sentence at the bottom, by its key, and the picture beside it."""
    if state.phase is Phase.REST:
        return "rest", "rest"
    if state.phase is Phase.READY and state.trial.assisted and state.phase_s < TOGETHER_S:
        return TOGETHER, "both_hands"
    moment, picture = _moment(state)
    return sentence(state.level, moment), picture


def pressed(state: State) -> float:
    """How far the pinch has closed past the held bead, of what it bears, 0..1; it gives way as far as it is."""
    trial = state.trial
    if state.phase not in (Phase.HOLD, Phase.CARRY) or trial.tight >= 1.0:
        return 0.0
    return round(min(max((state.pinched - trial.contact) / (trial.tight - trial.contact), 0.0), 1.0), 2)


def _moment(state: State) -> tuple[str, str]:
    phase, late = state.phase, state.phase_s > HINT_S
    pen = state.level.thing == "pen"
    if pressed(state) > NEARLY_OUT:
        return "gently", "bead_hold"
    if phase is Phase.OPEN:
        return ("hint_open" if late else "wider" if state.slips else "open"), "open"
    if phase is Phase.CLOSE:
        return ("hint_close" if late else "close"), "touch" if pen else "bead_pinch"
    if phase is Phase.CARRY:
        if state.trial.places.are_a_choice and not state.trial.marked:
            return _choosing(state)
        if may_let_go(state):
            return ("hint_place" if late else "let_go"), "open" if pen else "bead_let_go"
        if distance_m(state.hand_xy, state.trial.place_xy) <= state.trial.reach_m:
            return "hold_there", "bead_hold"
        return ("slide" if pen else "carry"), _with_its_place(state, "carry")
    if phase is Phase.LAND:
        return "landed", _with_its_place(state, "landed")
    if phase is Phase.BACK:
        return f"back.{state.cause}" if state.cause else "back.quietly", "home"
    return MOMENTS[phase]


def _choosing(state: State) -> tuple[str, str]:
    """Over every ring the same is said: which one is right, the pattern tells."""
    if state.over_s > state.trial.place_hold_s:
        return "let_go_there", "bead_let_go"
    return f"choose_{state.level.sort_by}", _with_its_place(state, "carry")


def _with_its_place(state: State, picture: str) -> str:
    """The picture that shows the bead or pen at the kind of place it goes to here."""
    if state.level.thing == "pen":
        return f"pen_{picture}"
    return f"bead_{picture}" + ("" if state.level.place == "bowl" else f"_{state.level.place}")


def _at_work(state: State) -> tuple[Shape, ...]:
    """The bead (or pen) that is asked for: on the tray, in the fingers, on its way in or back."""
    if state.phase in (Phase.REST, Phase.DONE):
        return ()
    at_m, roll = _where(state)
    if state.phase is Phase.SHOW:
        at_m = shown_bead(state)
    if state.level.thing == "pen":
        return (Pen((at_m[0], 0.006, at_m[2]), state.trial.bead_mm, 0.3 if state.side is Side.RIGHT else pi - 0.3),)
    size_mm = state.trial.bead_mm * (1 - SQUASHED * pressed(state))
    return (marble_of(state, at_m, state.trial.sort, roll, size_mm),)


def _where(state: State) -> tuple[Metres3, float]:
    trial, phase, t = state.trial, state.phase, state.phase_s
    radius = trial.bead_mm / 2000
    home = on_mat(trial.bead_xy, radius + 0.001)
    if phase is Phase.READY:
        share = ease(t / 0.5)
        return (home[0], home[1], home[2] + 0.05 * (1 - share)), 2 * (1 - share)
    if phase is Phase.OPEN and state.slips:
        wobble = max(0.0, 1 - t / 0.6) * radius
        return (home[0] + wobble, home[1], home[2]), wobble / radius
    if phase in (Phase.HOLD, Phase.CARRY):
        return held_at(state), 0.0
    begin = let_go_at(state)
    if phase is Phase.LAND:
        falls_s = GLIDES_S if trial.assisted else FALL_S
        down = min(1.0, t / falls_s) ** 2
        end = lies_at(state)
        return between(begin, end, down) if t < falls_s else end, 0.0
    if phase is Phase.BACK:
        down = min(1.0, t / 0.28) ** 2
        fallen = on_mat(state.bead_xy, begin[1] + (radius + 0.001 - begin[1]) * down)
        share = ease((t - 0.28) / (BACK_S - 0.32))
        way = (home[0] - fallen[0]) * share
        return between(fallen, home, share), way / max(radius, 0.003)
    return home, 0.0
