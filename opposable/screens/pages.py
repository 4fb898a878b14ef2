"""The calm sheets of paper a person may meet while playing, and what each offers."""

from collections.abc import Sequence
from typing import Literal

from engine.play.results import Summary
from engine.sources.source import Source, SourceState, SourceStatus, has_place
from engine.strings import strings
from engine.view.buttons import Choice
from engine.view.messages import Message
from opposable.screens.mirror import SeesPictures

PATIENCE_S = 4.0
BREATH_S = 5.0
KEYBOARD, SIMULATED, AGAIN, LEAVE, GO_ON = "keyboard", "simulated", "again", "leave", "go_on"
THIS_HAND = "this_hand"
Family = Literal["camera", "glove", "other"]


def _choice(name: str, icon: str) -> Choice:
    return Choice(name, strings().say(f"choice.{name}"), icon)


def going_on() -> Choice:
    """What ends a pause, and cuts a rest short."""
    return _choice(GO_ON, "play")


def family_of(source: Source) -> Family:
    """What to name when something is asked of the person: a camera, a glove, or neither (keys, recordings, simulated
    hands)."""
    if not has_place(source):
        return "glove"
    return "camera" if isinstance(source, SeesPictures) else "other"


def other_ways(family: Family = "camera") -> tuple[Choice, ...]:
    """What can be done when the source cannot be had."""
    return (
        Choice(AGAIN, strings().say(f"source.{family}.again"), "camera" if family == "camera" else "again"),
        _choice(KEYBOARD, "keyboard"),
        _choice(SIMULATED, "hand_right"),
        _choice(LEAVE, "leave"),
    )


def breath(time_s: float) -> float:
    """A slow breath in and out, 0..1."""
    share = (time_s % BREATH_S) / BREATH_S
    up = 2 * share if share < 0.5 else 2 - 2 * share
    return up * up * (3 - 2 * up)


def source_page(status: SourceStatus, since_s: float, seen: bool, family: Family = "camera") -> Message | None:
    """What is said about the source, `since_s` seconds after it came into this state; None while there is nothing
    to say. `seen`: whether any picture has come yet."""
    if status.state is SourceState.RUNNING and seen:
        return None
    say = strings().say
    if status.ask and not seen:
        return Message(status.ask, breath=breath(since_s), choices=other_ways()[-1:])
    if status.state is SourceState.OPENING or (status.state is SourceState.RUNNING and not seen):
        lines = (status.reason,) if status.reason and since_s > PATIENCE_S else ()
        choices = other_ways()[1:] if since_s > PATIENCE_S else ()
        return Message(
            say(f"source.{family}.opening"),
            lines,
            breath=breath(since_s),
            choices=choices,
        )
    icon, ways = "camera_lost" if family == "camera" else "palm", other_ways(family)
    if status.state is SourceState.LOST:
        return Message(say(f"source.{family}.look_here"), (status.reason,), icon=icon, choices=ways)
    if status.state is SourceState.GONE:
        return Message(say("source.other_way"), (status.reason,), icon=icon, choices=ways)
    return None


def ask_page(ask: str) -> Message:
    """Something about the glove that the person can see to, told once; play goes on by itself."""
    return Message(strings().say("source.glove.sensor"), (ask,), icon="palm", choices=(going_on(),))


def paused_page(*small: str) -> Message:
    """Play rests until the person goes on. `small`: what a therapist may want to know meanwhile."""
    return Message(strings().say("session.paused"), small, icon="pause", choices=(going_on(), _choice(LEAVE, "leave")))


def where_is_the_hand(family: Family) -> str:
    """What brings a hand back that is not there: a glove cannot see it, only feel it move."""
    return strings().say(f"source.{family}.hand")


def hand_away_page(family: Family = "camera") -> Message:
    """No hand has been there for a while: the game waits."""
    waiting = strings().say("session.waiting")
    return Message(where_is_the_hand(family), (waiting,), icon="palm", choices=(_choice(LEAVE, "leave"),))


def other_hand_page() -> Message:
    """The hand in the picture is not the one that plays: shown, not counted; or it is, and the side was not said."""
    choices = (_choice(THIS_HAND, "ok"), _choice(LEAVE, "leave"))
    return Message(strings().say("session.other_hand"), icon="palm", choices=choices)


def keys_page() -> Message:
    """How the keys move a hand."""
    say = strings().say
    lines = (say("keys.pinch"), say("keys.more"), say("keys.move"))
    return Message(say("keys.title"), lines, icon="keyboard", choices=(going_on(),))


def end_page(
    summary: Summary, landed: int, unkept: bool = False, why: str = "", measured: Sequence[tuple[str, str]] = ()
) -> Message:
    """The end of a session: one kind sentence, few numbers; `unkept` where they could not all be written down;
    `why`: where the difficulty went at last, in a sentence for the patient; `measured`: more numbers, each with what it
    is of."""
    say = strings().say
    title = say("session.done" if summary.how == "done" else "session.stopped")
    numbers = [(say("session.of", landed=landed, counted=summary.counted), say("session.landed"))]
    if summary.void:
        numbers.append((str(summary.void), say("session.voided")))
    numbers += measured
    return Message(
        title,
        tuple(filter(None, (why, say("session.disk_full" if unkept else "session.kept")))),
        icon="ok",
        numbers=tuple(numbers),
        choices=(_choice(LEAVE, "leave"),),
    )
