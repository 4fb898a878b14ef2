"""Every trial that simulated sessions of a level came to, those left out in which the game helped."""

from collections.abc import Iterable
from typing import Any

from engine.motion.motion import Motion
from engine.play.drive import run
from engine.play.game import Event, TrialEnded
from engine.play.levelfile import LevelFile
from engine.play.profiles import Profile
from engine.play.session import Session
from engine.sources.simulated import SimulatedSource


def unhelped_trials(
    file: LevelFile,
    said: dict[str, Any],
    profile: Profile,
    seeds: Iterable[int],
    *,
    calibrated: bool = True,
    limit_s: float = 3600.0,
) -> list[TrialEnded]:
    """One session for each seed, the level's own words replaced by what is `said`; `calibrated`: in their own range."""
    ended: list[TrialEnded] = []

    def heard(events: tuple[Event, ...]) -> None:
        ended.extend(event for event in events if isinstance(event, TrialEnded) and not event.assisted)

    for seed in seeds:
        source = SimulatedSource(profile, seed)
        session = Session(file.game, file.level.model_copy(update=said), seed)
        run(session, source, Motion(source.ranges() if calibrated else None), limit_s=limit_s, heard=heard)
    return ended
