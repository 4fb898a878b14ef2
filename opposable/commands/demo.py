"""`opposable demo`: the whole way through on this computer, from a picture of a hand to a coin in its box."""

import contextlib
from pathlib import Path

from engine.clock import now_s
from engine.hand import Side
from engine.paths import home_folder, private_folder
from engine.play.drive import run
from engine.play.game import Event, TrialEnded
from engine.play.levelfile import LevelFile
from engine.play.record import TAPE
from engine.play.results import Summary
from engine.play.tape import Tape, read_tape
from engine.problem import ProblemError
from engine.sources import Source, SourceState, open_source
from engine.sources.source import SourceStatus
from engine.strings import strings
from opposable.commands.levels import find_level
from opposable.commands.ready import find_hand_model
from opposable.console import FINE, FOUND, complain, say
from opposable.display import has_display
from opposable.outputs import check_folder
from opposable.sitting import Sitting
from opposable.tapeplayer import TapePlayer

LEVEL = "coin_drop/00"
SYNTHETIC = "synthetic:able"
CAMERA_PATIENCE_S = 6.0
# How far into what was asked a picture of it is taken: well on the way.
WELL_INTO = 0.7


def demo(seconds: float, output: Path | None) -> int:
    """Track, play, record, and say how it went."""
    folder = output or private_folder(home_folder() / "demo")
    check_folder(folder)
    find_hand_model()
    level = find_level(LEVEL)
    play = _in_window if has_display() else _without_window
    with contextlib.closing(_camera_or_synthetic()) as source:
        sitting, status = play(level, source, seconds)
    summary = sitting.close()
    if sitting.session.ticks == 0:
        raise ProblemError(status.reason or "It was stopped before a hand was seen, so nothing was played.")
    _report(sitting, summary)
    if status.latency is not None:
        seen, handed = status.latency.capture_to_detect_ms, status.latency.detect_to_read_ms
        say(f"Latency:    {seen:.0f} ms to see the hand in a picture, {handed:.1f} ms to hand it to the game (medians)")
    for path in _screenshots(sitting, folder):
        say(f"Picture:    {path}")
    if status.state is SourceState.GONE:
        complain(status.reason)
        return FOUND
    return FINE


def _camera_or_synthetic() -> Source:
    """The first camera if it gives a picture; otherwise a drawn hand before the same tracker."""
    say("Looking for a camera.")
    with contextlib.ExitStack() as unless_it_works:
        camera = unless_it_works.enter_context(contextlib.closing(open_source("camera:0", side=Side.RIGHT)))
        until_s = now_s() + CAMERA_PATIENCE_S
        while now_s() < until_s and camera.status().state not in (SourceState.LOST, SourceState.GONE):
            if camera.read(0.1):
                say("The camera works. Hold your right hand in its picture, palm towards it.")
                unless_it_works.pop_all()
                return camera
    say("No camera here: a drawn hand is shown to the tracker instead.")
    return open_source(SYNTHETIC, side=Side.RIGHT)


def _in_window(level: LevelFile, source: Source, seconds: float) -> tuple[Sitting, SourceStatus]:
    """The sitting that was played last, which is another one after another way to play was chosen, and how its own
    source was at the end."""
    from opposable.screens.live import Live
    from opposable.screens.play_screen import PlayScreen
    from opposable.screens.whole_level import play_to_the_end, show_end
    from opposable.screens.window import open_window

    window = open_window("Opposable")
    live = Live(_sitting(level, source), source, window, PlayScreen(window, Side.RIGHT))
    until_s = now_s() + seconds

    def in_time(playing: Live) -> None:
        playing.left |= now_s() > until_s

    with contextlib.closing(window), contextlib.closing(live):
        with contextlib.suppress(KeyboardInterrupt):
            play_to_the_end(live, in_time)
            if not live.left:
                show_end(live, for_s=4.0)
        return live.sitting, live.source.status()


def _without_window(level: LevelFile, source: Source, seconds: float) -> tuple[Sitting, SourceStatus]:
    say("There is no screen here, so it plays without a window, in real time.")
    sitting = _sitting(level, source)
    sitting.use_ranges_of(source)
    with contextlib.suppress(KeyboardInterrupt):
        run(sitting.session, source, sitting.motion, limit_s=seconds, heard=_tell)
    return sitting, source.status()


def _sitting(level: LevelFile, source: Source) -> Sitting:
    return Sitting(level, source.name, Side.RIGHT, seed=1)


def _tell(events: tuple[Event, ...]) -> None:
    for event in events:
        if isinstance(event, TrialEnded):
            how = {True: "landed", None: "not seen, not counted"}.get(event.success) or strings().say(
                f"cause.{event.cause}"
            )
            say(f"  coin {event.n + 1}: {how}, {event.duration_s:.1f} s")


def _report(sitting: Sitting, summary: Summary) -> None:
    say("")
    say(f"Seen by:    {sitting.source_name}")
    say(f"Trials:     {summary.trials}, of them void: {summary.void}")
    say(f"Successes:  {sitting.landed} of {summary.counted}")
    say(f"Tracked:    {sitting.tracked:.1%} of the time")
    say(f"Recording:  {sitting.tape_path}")
    say(f"Results:    {sitting.results_path}")


def _screenshots(sitting: Sitting, folder: Path) -> list[Path]:
    """Two moments of the recording, painted."""
    from opposable.screens.tapes import pictures_of, save_picture

    tape = read_tape(sitting.tape_path)
    paths: list[Path] = []
    for n, picture in enumerate(pictures_of(tape, _telling_moments(tape)), start=1):
        paths.append(folder / f"{sitting.tape_path.name.removesuffix(TAPE)}-{n}.png")
        save_picture(picture, paths[-1])
    return paths


def _telling_moments(tape: Tape) -> tuple[int, ...]:
    """Two ticks of the second trial (of all there is, where it was not finished), each well into one of the two things
    that were asked the longest."""
    player, ends = TapePlayer(tape), list[int]()
    asked: list[tuple[str, int, int]] = []
    for moment in player.moments():
        sentence, tick = player.session.game.draw(player.session.state).sentence, moment.tick.n
        if player.session.cue is not None:
            begin = asked.pop()[1] if asked and asked[-1][0] == sentence else tick
            asked.append((sentence, begin, tick))
        ends += [tick for event in moment.events if isinstance(event, TrialEnded)]
    first, last = (ends[0], ends[1]) if len(ends) > 1 else (0, asked[-1][2] if asked else 0)
    within = [one for one in asked if one[1] >= first and one[2] <= last] or asked
    longest = {one[0]: one for one in sorted(within, key=lambda one: one[2] - one[1])}
    two = sorted(longest.values(), key=lambda one: one[1] - one[2])[:2]
    return tuple(sorted(round(begin + WELL_INTO * (end - begin)) for _, begin, end in two))
