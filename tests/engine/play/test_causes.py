"""What a miss was about eases its own part: in the game that is played, on the tape, in another process, tomorrow."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.hand import Side
from engine.inputs import GameInput
from engine.motion.motion import Motion
from engine.paths import HOME_VARIABLE
from engine.play.adaptation import after_trial, first_day
from engine.play.drive import run
from engine.play.level import Difficulty, LevelBase, Ramp
from engine.play.levelfile import load_level, resolve_level
from engine.play.playthrough import AnyGame
from engine.play.profiles import profile_named
from engine.play.progress import keep_progress, stored_progress
from engine.play.record import header_for
from engine.play.session import Session, Through, replay
from engine.play.tape import TapeWriter, read_tape
from engine.sources.simulated import SimulatedSource
from engine.strings import strings
from games import BUILT_IN, all_games

LEVEL, PROFILE, SEED = "coin_drop/03_full_palm", "stage_2", 4


def level_of(name: str) -> LevelBase:
    return load_level(resolve_level(name), all_games()).level


@pytest.mark.parametrize("game", BUILT_IN, ids=lambda game: str(game.name))
def test_every_cause_has_words_and_its_parameters_one_name(game: AnyGame) -> None:
    names: dict[str, str] = {}
    for cause, parameters in game.level.eased_after.items():
        assert f"cause.{cause}" in strings()
        for parameter in parameters:
            assert "Ramp" in str(game.level.model_fields[parameter].annotation)
            assert names.setdefault(parameter, parameters[0]) == parameters[0]


def test_an_offset_moves_its_own_part_and_nothing_else() -> None:
    level = level_of(LEVEL)
    part = "target_width_mm"
    moved = level.for_trial(GameInput(offsets=((part, -2.0),)))
    changed = {name for name in type(level).model_fields if getattr(moved, name) != getattr(level, name)}
    assert part in changed
    assert changed <= set(level.eased_after["missed_slot"])
    width, before = moved.target_width_mm, level.target_width_mm  # type: ignore[attr-defined]
    assert width.at(5.0) == pytest.approx(before.at(3.0))
    assert (width.at(1.0), width.at(10.0)) == pytest.approx((before.easy, before.at(8.0)))
    assert level.for_trial(GameInput(assisted=True, offsets=((part, 2.0),))) == level


def test_a_part_that_does_not_follow_the_difficulty_takes_no_share() -> None:
    level = level_of(LEVEL)
    pinned = level.model_copy(update={"target_width_mm": Ramp(90, 90), "scatter_mm": Ramp(0, 0)})
    assert set(level.parts) - set(pinned.parts) == {"target_width_mm"}
    held = level.model_copy(update={"difficulty": Difficulty(start=3, min=3, max=3)})
    assert held.parts == ()


def short_session(through: Through | None = None) -> Session:
    file = load_level(resolve_level(LEVEL), all_games())
    return Session(file.game, file.level.model_copy(update={"sets": 1}), SEED, through=through)


def played(path: Path) -> Session:
    """A simulated patient's session, on tape."""
    file = load_level(resolve_level(LEVEL), all_games())
    started = datetime(2026, 1, 1, tzinfo=UTC)
    header = header_for(file, seed=SEED, affected_side=Side.RIGHT, source=PROFILE, started=started)
    tape = TapeWriter(path, header)
    session = short_session(tape.tick)
    source = SimulatedSource(profile_named(PROFILE), SEED)
    run(session, source, Motion(source.ranges()), limit_s=600.0)
    source.close()
    tape.close()
    return session


def replayed(path: Path) -> tuple[str, str]:
    again = short_session()
    replay(again, (tick.given for tick in read_tape(path)))
    return repr(again.state), repr(again.changes)


def test_a_session_with_misses_is_the_same_from_its_tape_in_another_process(tmp_path: Path) -> None:
    path = tmp_path / "tape.jsonl"
    session = played(path)
    eased = [change for change in session.changes if change.eased is not None]
    assert eased
    assert any(tick.given.offsets for tick in read_tape(path))
    expected = repr(session.state), repr(session.changes)
    assert replayed(path) == expected
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert pool.submit(replayed, path).result() == expected


def test_offsets_wait_for_the_next_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    file = load_level(resolve_level(LEVEL), all_games())
    fresh = Session(file.game, file.level, 1)
    assert set(fresh.adaptation.offsets) == set(file.level.parts)
    after, change = after_trial(fresh.adaptation, False, part="target_width_mm")
    keep_progress("Ada", LEVEL, after)
    known, trouble = stored_progress("Ada", LEVEL, file.level.difficulty)
    assert (known, trouble) == (after, "")
    assert Session(file.game, file.level, 2, adaptation=known).adaptation.offsets == pytest.approx(after.offsets)
    assert "offsets" in {entry.name for entry in fields(change)}
    assert first_day(file.level.difficulty).offsets == {}
