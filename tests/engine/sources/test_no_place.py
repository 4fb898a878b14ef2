"""Every game can be played by a hand whose place nobody knows: the game carries it."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine.hand import HandFrame, Sample
from engine.motion.motion import Motion
from engine.play.drive import run
from engine.play.game import Event, TrialEnded
from engine.play.levelfile import load_level
from engine.play.profiles import profile_named
from engine.play.session import Session
from engine.sources.simulated import SimulatedSource
from games import all_games

LEVELS = Path(__file__).resolve().parents[3] / "levels"


class Placeless(SimulatedSource):
    """A simulated patient who wears a glove: no picture, no place."""

    has_place = False

    def read(self, timeout_s: float) -> list[Sample]:
        return [Sample(each.t_s, _felt(each.left), _felt(each.right)) for each in super().read(timeout_s)]


def _felt(frame: HandFrame | None) -> HandFrame | None:
    return None if frame is None else replace(frame, picture_xy=None)


@pytest.mark.parametrize("game", [game.name for game in all_games()])
def test_reach_carried_works_with_every_game(game: str) -> None:
    path = sorted((LEVELS / game).glob("*.yaml"))
    if not path:
        pytest.skip(f"{game} has no level yet")
    level = load_level(path[0], all_games())
    for reach in ("carried", "free"):
        asked = level.level.model_copy(update={"reach": reach})
        source = Placeless(profile_named("able"), 3)
        ended: list[TrialEnded] = []

        def heard(events: tuple[Event, ...], ended: list[TrialEnded] = ended) -> None:
            ended.extend(event for event in events if isinstance(event, TrialEnded))

        session = Session(level.game, asked, 1)
        run(session, source, Motion(source.ranges()), limit_s=90.0, heard=heard)
        assert any(event.success for event in ended), (reach, ended)
