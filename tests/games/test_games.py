"""Which games there are, and how others join."""

from importlib.metadata import EntryPoint

import pytest

import games
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
