"""`opposable replay`: a recorded session again, through the same code that played it."""

from pathlib import Path

from engine.clock import now_s, wait_s
from engine.play.drive import Beat
from engine.play.game import TrialEnded
from engine.play.record import RESULTS, TAPE
from engine.play.results import TrialResult, result_of, session_json
from engine.play.tape import read_tape
from engine.problem import ProblemError
from opposable.console import FINE, FOUND, complain, emit, say
from opposable.screens.tapes import painter_for
from opposable.tapeplayer import TapePlayer


def replay(path: Path, *, window: bool, as_json: bool) -> int:
    """Play a tape again and hold what comes out against what was written down then."""
    if path.name.endswith(RESULTS):
        tape_path = path.with_name(path.name.removesuffix(RESULTS) + TAPE)
        raise ProblemError(f"{path} holds what the session came to; its tape is {tape_path}. Replay that.")
    tape = read_tape(path)
    player = TapePlayer(tape)
    trials, recorded = _in_window(player) if window else _at_once(player)
    same = [(t.n, t.success, t.cause) for t in trials] == recorded or not recorded
    if as_json:
        said = session_json(tape.header.level, tape.header.seed, trials)
        emit({**said, "interrupted": tape.interrupted, "same_as_recorded": same})
    else:
        landed = sum(trial.success is True for trial in trials)
        say(f"{tape.header.level}, seed {tape.header.seed}: {len(trials)} trials, {landed} landed.")
        if tape.interrupted:
            say("The session was interrupted; this is what was recorded until then.")
    if not same:
        complain("This version of the game plays the tape differently from the one that recorded it; see CHANGELOG.md.")
        return FOUND
    return FINE


Recorded = list[tuple[int, bool | None, str | None]]


def _at_once(player: TapePlayer) -> tuple[list[TrialResult], Recorded]:
    trials: list[TrialResult] = []
    recorded: Recorded = []
    for moment in player.moments():
        trials += [result_of(event, 1.0) for event in moment.events if isinstance(event, TrialEnded)]
        recorded += _recorded(moment.tick.events)
    return trials, recorded


def _recorded(events: tuple[dict[str, object], ...]) -> Recorded:
    return [
        (event["n"], event["success"], event["cause"])  # type: ignore[misc]
        for event in events
        if event.get("kind") == TrialEnded.__name__
    ]


def _in_window(player: TapePlayer) -> tuple[list[TrialResult], Recorded]:
    """In real time, as it was seen; Space stops it for a while, Escape leaves it."""
    from opposable.screens.window import Window

    shown = Window(f"{player.tape.header.level} - Opposable")
    painter = painter_for(player.tape)
    trials: list[TrialResult] = []
    recorded: Recorded = []
    beat, paused, left = Beat(now_s()), False, False
    moments = player.moments()
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
                scene = player.session.game.draw(player.session.state)
                shown.show(painter.paint(scene, player.poses(moment.tick)))
            wait_s(beat.wait_s(now_s()))
    finally:
        shown.close()
    return trials, recorded
