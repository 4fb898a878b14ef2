"""The designer's commands, run as a designer runs them."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.opposable.commands import Ran, opposable

pytestmark = pytest.mark.long


@pytest.fixture
def ran(tmp_path: Path) -> Callable[..., Ran]:
    return partial(opposable, home=tmp_path / "home")


def test_a_designer_goes_from_nothing_to_a_level_that_plays(tmp_path: Path, ran: Callable[..., Ran]) -> None:
    path = tmp_path / "mine.yaml"
    assert ran("levels", "new", "coin_drop", str(path)).code == 0
    assert (tmp_path / ".schema" / "coin_drop.json").is_file()
    again = ran("levels", "new", "coin_drop", str(path))
    assert again.code == 1
    assert "already" in again.err
    assert ran("levels", "check", "--no-play", str(path)).code == 0
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("title:", "titel:") + "stge: 2\n", encoding="utf-8")
    broken = ran("levels", "check", str(path))
    assert broken.code == 1
    assert "titel: unknown key; did you mean 'title'?" in broken.out
    assert "stge: unknown key; did you mean 'stage'?" in broken.out


def test_simulated_hands_play_a_level_and_a_chart_is_drawn(tmp_path: Path, ran: Callable[..., Ran]) -> None:
    chart = tmp_path / "chart.png"
    done = ran("levels", "simulate", "template/01", "--profile", "able", "--sessions", "2", "--json", "-o", str(chart))
    assert done.code == 0, done.err
    [able] = json.loads(done.out)["profiles"]
    assert (able["profile"], able["sessions"], able["finished"], able["repetitions"]) == ("able", 2, 2, 5)
    assert able["success"] > 0.9
    assert len(able["difficulty_by_trial"]) == 10
    assert chart.read_bytes().startswith(b"\x89PNG")


def test_a_preview_is_a_picture(tmp_path: Path, ran: Callable[..., Ran]) -> None:
    path = tmp_path / "preview.png"
    assert ran("levels", "preview", "template/01", "-o", str(path)).code == 0
    assert path.read_bytes().startswith(b"\x89PNG")


def test_what_cannot_be_meant_is_answered_with_what_can(tmp_path: Path, ran: Callable[..., Ran]) -> None:
    assert "did you mean 'coin_drop'?" in ran("levels", "new", "coin_dorp").err
    assert "did you mean 'stage_1'?" in ran("levels", "simulate", "template/01", "--profile", "stage1").err
    assert "it can be" in ran("schema", "toy").err
    assert "no such file" in ran("levels", "add", str(tmp_path / "nothing.zip")).err
    listed = json.loads(ran("levels", "list", "--json").out)["levels"]
    assert {"template/01_close_and_open"} <= {level["name"] for level in listed}
