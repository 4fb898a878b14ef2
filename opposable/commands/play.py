"""`opposable play`: one level, from any source, with or without a window."""

import contextlib
from collections.abc import Iterator

from engine.play.drive import LONGEST_PLAY_S, run
from engine.play.levelfile import LevelFile
from engine.problem import NotUnderstoodError, ProblemError
from engine.sources import Source, SourceState, check_source
from engine.sources.keyboard import KeyboardSource
from engine.sources.source import has_place
from engine.strings import strings
from opposable.asking import Telling
from opposable.commands.levels import find_level
from opposable.commands.ready import find_hand_model_for
from opposable.console import FINE, FOUND, complain, emit, say
from opposable.display import has_display
from opposable.ownranges import ME, affected_side, simulated, stored_side
from opposable.sitting import Also, Sitting, open_for


def play(
    name: str,
    source: str,
    *,
    side: str | None,
    seed: int,
    headless: bool,
    as_json: bool,
    person: str = ME,
    lsl_out: str | None = None,
    difficulty: float | None = None,
    pin: bool = False,
) -> int:
    """Play a level to its end, or until the person leaves; what was done is kept either way. `lsl_out`: the name of the
    lab streams that are told of it all. `difficulty`: where a therapist wants it to begin, and `pin`, to stay."""
    if pin and difficulty is None:
        raise NotUnderstoodError(
            "--pin holds the difficulty where --difficulty sets it; write for example --difficulty 4 --pin."
        )
    level = find_level(name)
    if difficulty is not None:
        level = level.set_by_therapist(difficulty, pinned=pin)
    with lab_out(lsl_out, name) as also:
        return _play(level, source, side, seed, headless, as_json, person, also)


@contextlib.contextmanager
def lab_out(stream: str | None, level: str) -> Iterator[tuple[Also, ...]]:
    """Who else is told of every tick: lab streams, where they were asked for. SourceError without the library."""
    if stream is None:
        yield ()
        return
    from engine.sources.lslout import LslOut

    out = LslOut(stream)
    out.mark("session", level=level)
    try:
        yield (out.tick,)
    finally:
        out.mark("end")
        out.close()


def _play(
    level: LevelFile,
    source: str,
    side: str | None,
    seed: int,
    headless: bool,
    as_json: bool,
    person: str,
    also: tuple[Also, ...],
) -> int:
    check_source(source)
    affected = affected_side(person, side)
    if not headless and not has_display():
        complain("There is no screen here, so it plays without a window.")
        headless = True
    if not headless:
        from opposable.screens.whole_level import play_in_window

        asked = None if side is None and not simulated(source) and stored_side(person) is None else affected
        return play_in_window(level, source, asked, seed, as_json, also=also, person=person)
    find_hand_model_for(source)
    opened = open_for(level, source, affected)
    if isinstance(opened, KeyboardSource):
        raise NotUnderstoodError("keys: needs the window to be seen and pressed in; leave out --headless.")
    note = carried_note(level, opened)
    if note:
        complain(note)
    sitting = Sitting(level, source, affected, seed, person=person)
    for trouble in sitting.own.troubles:
        complain(trouble)
    sitting.also.extend(also)
    trouble = play_headless(sitting, Telling(opened))
    if trouble and sitting.session.ticks == 0:
        sitting.close()
        raise ProblemError(trouble)
    kept = report(sitting, as_json)
    if not sitting.session.done and sitting.session.played_s >= LONGEST_PLAY_S:
        tell = complain if as_json else say
        tell(strings().say("session.longest", minutes=LONGEST_PLAY_S / 60))
    if trouble:
        complain(trouble)
    return FINE if kept and not trouble else FOUND


def carried_note(level: LevelFile, source: Source) -> str:
    """One sentence where a level asks the palm to move and the source has no place for it."""
    return strings().say("source.no_place") if level.level.reach == "free" and not has_place(source) else ""


def play_headless(sitting: Sitting, source: Source) -> str:
    """Play without a window, LONGEST_PLAY_S at the most; returns what went amiss with the source, in words, or nothing.
    Ctrl-C stops kindly."""
    sitting.use_ranges_of(source)
    with contextlib.closing(source):
        with contextlib.suppress(KeyboardInterrupt):
            run(sitting.session, source, sitting.motion, limit_s=LONGEST_PLAY_S)
        status = source.status()
    return status.reason if status.state in (SourceState.GONE, SourceState.LOST) else ""


def report(sitting: Sitting, as_json: bool) -> bool:
    """End the records and say what the session came to; False where it could not be kept whole."""
    delay_ms = sitting.picture_to_avatar_ms
    summary = sitting.close()
    if sitting.trouble:
        complain(sitting.trouble)
    problem = sitting.problem
    if problem:
        complain(
            f"The results could not be written whole to {sitting.results_path.parent} ({problem}). What was written "
            "before is kept. Make room there, or set OPPOSABLE_HOME to another folder, and play again."
        )
    if as_json:
        emit(
            {
                **sitting.as_json(),
                "ranges": sitting.own.said,
                "tracked": sitting.tracked,
                "picture_to_avatar_ms": delay_ms,
                "tape": None if sitting.nothing_played else sitting.tape_path,
                "how": summary.how,
            }
        )
        return not problem
    if sitting.nothing_played:
        say(strings().say("session.nothing_played"))
        return not problem
    say(f"{summary.counted} trials counted, {sitting.landed} done; {summary.void} not seen.")
    if sitting.said_last("patient"):
        say(sitting.said_last("patient"))
        say(f"For the therapist: {sitting.said_last('therapist')}")
    say(sitting.own.sentence(sitting.playing_side))
    say(f"The hand was seen {sitting.tracked:.1%} of the time.")
    if delay_ms is not None:
        say(f"The hand on the table followed {delay_ms:.0f} ms after the picture.")
    for number, of_what in sitting.measured:
        say(f"Measured: {number} {of_what}.")
    if not problem:
        say(strings().say("session.done" if summary.how == "done" else "session.stopped"))
    say(f"Recording: {sitting.tape_path}")
    say(f"Results:   {sitting.results_path}")
    return not problem
