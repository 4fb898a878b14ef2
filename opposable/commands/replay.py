"""`opposable replay`: a recorded session again, through the same code that played it."""

from collections.abc import Iterator
from pathlib import Path

from engine.clock import now_s, wait_s
from engine.play.drive import Beat
from engine.play.game import TrialEnded
from engine.play.record import RESULTS, TAPE
from engine.play.results import TrialResult, result_of, session_json
from engine.play.tape import TapeError, read_tape
from engine.problem import ProblemError
from opposable.console import FINE, FOUND, complain, emit, say
from opposable.tapeplayer import Moment, TapePlayer


def replay(path: Path, *, window: bool, as_json: bool) -> int:
    """Play a tape again and hold what comes out against what was written down then."""
    if path.name.endswith(RESULTS):
        tape_path = path.with_name(path.name.removesuffix(RESULTS) + TAPE)
        raise ProblemError(f"{path} holds what the session came to; its tape is {tape_path}. Replay that.")
    tape = read_tape(path)
    player = TapePlayer(tape)
    damage: list[TapeError] = []
    moments = _until(damage, player)
    trials, recorded = _in_window(player, moments) if window else _at_once(moments)
    played = [(trial.n, trial.success, trial.cause) for trial in trials]
    # Where the tape breaks off, what was played last may not have been written down any more.
    same = played[: len(recorded)] == recorded and (tape.interrupted or bool(damage) or played == recorded)
    same = same or not recorded
    if as_json:
        said = session_json(tape.header.level, tape.header.seed, trials)
        emit({**said, "interrupted": tape.interrupted, "same_as_recorded": same})
    else:
        landed = sum(trial.success is True for trial in trials)
        say(f"{tape.header.level}, seed {tape.header.seed}: {len(trials)} trials, {landed} landed.")
        if tape.interrupted:
            say("The session was interrupted; this is what was recorded until then.")
    if damage:
        complain(f"{damage[0]}; what stands before it was played, the rest cannot be")
    if not same:
        complain("This version of the game plays the tape differently from the one that recorded it; see CHANGELOG.md.")
        return FOUND
    return FOUND if damage else FINE


def _until(damage: list[TapeError], player: TapePlayer) -> Iterator[Moment]:
    """Every moment up to a damaged line, which is put into `damage`."""
    try:
        yield from player.moments()
    except TapeError as problem:
        damage.append(problem)


Recorded = list[tuple[int, bool | None, str | None]]


def _at_once(moments: Iterator[Moment]) -> tuple[list[TrialResult], Recorded]:
    trials: list[TrialResult] = []
    recorded: Recorded = []
    for moment in moments:
        trials += [result_of(event, 1.0) for event in moment.events if isinstance(event, TrialEnded)]
        recorded += _recorded(moment.tick.events)
    return trials, recorded


def _recorded(events: tuple[dict[str, object], ...]) -> Recorded:
    return [
        (event["n"], event["success"], event["cause"])  # type: ignore[misc]
        for event in events
        if event.get("kind") == TrialEnded.__name__
    ]


def _in_window(player: TapePlayer, moments: Iterator[Moment]) -> tuple[list[TrialResult], Recorded]:
    """In real time, as it was seen; Space stops it for a while, Escape leaves it."""
    from engine.view.steady import SteadyWords
    from opposable.screens.window import open_window

    words = SteadyWords()
    shown = open_window(f"{player.tape.header.level} - Opposable")
    painter = shown.painter(player.tape.header.affected_side)
    trials: list[TrialResult] = []
    recorded: Recorded = []
    beat, paused, left = Beat(now_s()), False, False
    try:
        while not left:
            wishes = shown.wishes()
            left, paused = wishes.leave, paused != wishes.pause
            due = beat.due(now_s())
            moment = None
            for _ in range(0 if paused else due):
                moment = next(moments, None)
                if moment is None:
                    left = True
                    break
                trials += [result_of(event, 1.0) for event in moment.events if isinstance(event, TrialEnded)]
                recorded += _recorded(moment.tick.events)
            if moment is not None:
                scene = words.of(player.session.game.draw(player.session.state), player.session.played_s)
                shown.show(painter.paint(scene, player.poses(moment.tick)))
            wait_s(beat.wait_s(now_s()))
    finally:
        shown.close()
    return trials, recorded
