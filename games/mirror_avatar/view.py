"""Mirror-avatar as it is seen: two hands with their forearms, the strip of paper, the words below."""

from engine.inputs import AFFECTED
from engine.play.helping import TOGETHER, TOGETHER_S
from engine.play.rest import rest_left
from engine.play.strand import strand
from engine.view.scene import Scene
from games.mirror_avatar.furniture import chart_of
from games.mirror_avatar.ghost import ghost_hand
from games.mirror_avatar.hands import hands_of
from games.mirror_avatar.state import AGAIN, DONE, READY, REST, SETTLE, WELL, WORK, State
from games.mirror_avatar.steps import steps_of


def draw(state: State) -> Scene:
    sentence, picture = words(state)
    limit_s = state.trial.time_limit_s
    counting = limit_s is not None and state.phase is WORK
    left = max(0.0, 1 - state.work_s / limit_s) if counting and limit_s else None
    if state.phase is SETTLE:
        left = max(0.0, 1 - state.phase_s / state.level.settle_s)
    if state.phase is REST:
        left = rest_left(state.level, state.phase_s)
    shapes = (*chart_of(state), *hands_of(state), *ghost_hand(state))
    beads, (steps, steps_done) = strand(state.beads, state.level, resting=state.phase is REST), steps_of(state)
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


def _picture(state: State) -> str:
    return "open" if state.part.opens else state.movement.picture
