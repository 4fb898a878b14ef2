"""Which games there are, and how others join."""

from importlib.metadata import EntryPoint

import pytest

import games
from engine.play.game import Said
from engine.play.levelfile import LevelFile, find_levels
from engine.play.playthrough import answered
from engine.strings import strings
from games import BUILT_IN, all_games


def test_built_in_games_come_first_and_have_names_of_their_own() -> None:
    names = [game.name for game in all_games()]
    assert names[: len(BUILT_IN)] == [game.name for game in BUILT_IN]
    assert len(set(names)) == len(names)


def _installed(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    point = EntryPoint("other", value, games.ENTRY_POINTS)
    monkeypatch.setattr(games, "entry_points", lambda group: [point] if group == games.ENTRY_POINTS else [])


def test_an_installed_game_that_cannot_be_loaded_is_told_and_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    _installed(monkeypatch, "no_such_package:GAME")
    with pytest.warns(UserWarning, match="cannot be loaded"):
        assert all_games() == BUILT_IN


def test_an_installed_game_with_a_name_that_is_taken_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    _installed(monkeypatch, "games.template:GAME")
    with pytest.warns(UserWarning, match="a name of its own"):
        assert all_games() == BUILT_IN


@pytest.mark.parametrize("file", find_levels(all_games()).levels, ids=lambda file: file.name)
def test_every_sentence_of_every_game_is_written(file: LevelFile) -> None:
    run = answered(file.game, file.level, 1, file.level.difficulty.start)
    shown = {file.game.draw(state).sentence for state in run.states[::10]}
    said = {event.key for events in run.events for event in events if isinstance(event, Said)}
    assert {key for key in shown | said if key not in strings()} == set()
