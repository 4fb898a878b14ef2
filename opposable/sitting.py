"""One sitting with one level: the session, its tape and its results, kept trial by trial in the person's own folder."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np

from engine.clock import utc_now
from engine.hand import Side
from engine.inputs import GameInput, Role, Tracking
from engine.motion.motion import Motion
from engine.play.adaptation import Adaptation, Change, first_day, new_day, set_by_therapist
from engine.play.delays import Delays
from engine.play.game import Event, TrialEnded, TrialStarted
from engine.play.levelfile import LevelFile
from engine.play.progress import keep_progress, stored_progress
from engine.play.record import header_for
from engine.play.results import How, ResultsWriter, Seeing, Summary, result_of, session_json, summarise
from engine.play.session import Session
from engine.play.tape import TapeWriter
from engine.sources import open_source
from engine.sources.source import Source
from engine.strings import strings
from opposable.ownranges import ME, is_a_persons, ranges_in_use, simulated
from opposable.records import record_paths, records_folder

Also = Callable[[GameInput, tuple[Event, ...]], None]
Reader = Literal["patient", "therapist"]


def side_of(role: Role, affected_side: Side) -> Side:
    """Which side the hand in this role is."""
    return affected_side if role is Role.AFFECTED else affected_side.other


def open_for(level: LevelFile, source: str, affected_side: Side, *, preview: bool = False) -> Source:
    """Open a source that looks for the hands this level needs, and for no more. Raises SourceError.

    A simulated patient is told which of its hands is affected, and holds up the other one too where that one plays; a
    camera is told which one plays."""
    roles = level.level.roles
    if simulated(source):
        return open_source(source, hands=1 if roles == (Role.AFFECTED,) else 2, side=affected_side, preview=preview)
    side = side_of(level.level.hand, affected_side)
    return open_source(source, hands=len(roles), side=side, preview=preview)


@dataclass
class Seen:
    """How much of the trial that is running was seen."""

    ticks: int = 0
    tracked: int = 0

    @property
    def share(self) -> float:
        return round(self.tracked / self.ticks, 4) if self.ticks else 0.0


@dataclass
class Sitting:
    """Plays a level and keeps what happens. `tape_path`, `results_path` say where; `also` are told of every tick."""

    level: LevelFile
    source_name: str
    affected_side: Side
    seed: int
    folder: Path = field(default_factory=records_folder)
    person: str = ME
    trouble: str = field(default="", init=False)
    _closed: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        started = utc_now()
        self.tape_path, self.results_path = record_paths(self.folder, self.level, started)
        header = header_for(
            self.level, seed=self.seed, affected_side=self.affected_side, source=self.source_name, started=started
        )
        self.own = ranges_in_use(self.person, self.source_name)
        header = replace(header, ranges=self.own.said, person=self.person)
        self.tape = TapeWriter(self.tape_path, header)
        self.results = ResultsWriter(self.results_path, header)
        self.motion = Motion(self.own.ranges)
        begun = self._where_it_ended()
        self.session = Session(
            self.level.game,
            self.level.level,
            self.seed,
            affected_side=self.affected_side,
            adaptation=begun,
            record=self._keep,
            through=self._on_tape,
            told_why=self._keep_why,
        )
        self._seen = Seen()
        self._all = Seen()
        self.also: list[Also] = []
        self.delays = Delays()
        self._source: Source | None = None

    def _where_it_ended(self) -> Adaptation | None:
        """What is known of this person in this level, on a new day; None on the first, and for nobody's hand. What a
        therapist chose for this sitting goes before it."""
        begun: Adaptation | None = None
        difficulty = self.level.level.difficulty
        if is_a_persons(self.source_name):
            known, self.trouble = stored_progress(self.person, self.level.name, difficulty)
            if known is not None:
                begun, why = new_day(known)
                self._keep_why(why)
        if self.level.set_to is not None:
            begun, why = set_by_therapist(begun or first_day(difficulty), self.level.set_to)
            self._keep_why(why)
        return begun

    def _keep_progress(self) -> None:
        if not is_a_persons(self.source_name) or not self.session.changes:
            return
        try:
            keep_progress(self.person, self.level.name, self.session.adaptation)
        except OSError as problem:
            self.trouble = f"How far you came could not be kept ({problem.strerror or problem})."

    @property
    def playing_side(self) -> Side:
        """The hand this level is played with (with both: the one it is about)."""
        return side_of(self.level.level.hand, self.affected_side)

    @property
    def both_play(self) -> bool:
        """Whether this level needs both hands in the picture."""
        return len(self.level.level.roles) > 1

    def use_ranges_of(self, source: Source) -> None:
        """Measure by the person's own ranges, else by those a source knows (a simulated patient), else by an able
        adult's."""
        self.motion = Motion(self.own.over(source).ranges)
        self._source = source

    @property
    def problem(self) -> str:
        """Why results cannot be written at the moment, in the system's words; empty while all is well."""
        return self.results.problem or self.tape.problem

    @property
    def tracked(self) -> float:
        """Share of all ticks, rests left out, in which the playing hand was seen."""
        return self._all.share

    @property
    def nothing_played(self) -> bool:
        """Whether it ended before its first moment; then no record is kept."""
        return self.session.ticks == 0

    @property
    def landed(self) -> int:
        """Counted trials that succeeded."""
        return sum(trial.success is True for trial in self.results.trials)

    @property
    def measured(self) -> list[tuple[str, str]]:
        """What a level of two hands, or of a path, measured: each number, and what it is of."""
        say, summary, found = strings().say, summarise(self.results.trials, "done"), list[tuple[str, str]]()
        if summary.lag_ms is not None:
            found.append((say("session.lag", ms=summary.lag_ms), say("session.apart")))
        if summary.in_band is not None:
            found.append((say("session.share", share=summary.in_band), say("session.on_the_path")))
        return found

    def said_last(self, to: Reader) -> str:
        """Why the difficulty is where it is now, in one sentence for one of the two; empty before the first trial."""
        return self._said(self.session.changes[-1], to) if self.session.changes else ""

    def _said(self, change: Change, to: Reader) -> str:
        if self._is_over:
            key = change.key_at_the_end(to)
        else:
            key = change.patient_key if to == "patient" else change.therapist_key
        said = strings().say(
            key, level=change.level, expected=change.expected, next_level=change.next_level, then=change.then
        )
        if to == "patient" or change.eased is None:
            return said
        why = strings().say(f"cause.{self.results.trials[-1].cause}")
        eased = strings().say("adaptation.therapist.eased", cause=why, offset=change.offsets[change.eased])
        return f"{said} {eased}"

    @property
    def _is_over(self) -> bool:
        """Whether no further trial comes in this sitting."""
        counted = sum(trial.success is not None for trial in self.results.trials)
        return self._closed or counted >= self.level.level.trials

    def _keep_why(self, change: Change) -> None:
        self.results.change(change, self._said(change, "patient"), self._said(change, "therapist"))

    def close(self) -> Summary:
        """End the records: "done" where the level was played to its end, otherwise "stopped"."""
        how: How = "done" if self.session.done else "stopped"
        self._closed = True
        self.tape.close()
        seeing = self._seeing()
        if seeing is not None:
            self.results.seeing(seeing)
        summary = self.results.close(how)
        self._keep_progress()
        if self.nothing_played:
            for path in (self.tape_path, self.results_path):
                path.unlink(missing_ok=True)
        return summary

    @property
    def picture_to_avatar_ms(self) -> float | None:
        """How long after a picture was taken the hand on the table shows it, usually; None where nothing was shown."""
        seeing = self._seeing()
        told = {} if seeing is None else seeing.delays.get("capture_to_shown", {})
        return told.get("p50_ms")

    def _seeing(self) -> Seeing | None:
        """How the source saw the hand; None for one that sees none."""
        delays = getattr(self._source, "delays", None)
        if self._source is None or not isinstance(delays, Delays):
            return None
        status = self._source.status()
        return Seeing(status.rate_hz, status.model, delays.joined(self.delays).summary())

    def as_json(self) -> dict[str, Any]:
        """What `play --json` ends in."""
        return session_json(self.level.name, self.seed, self.results.trials)

    def _on_tape(self, given: GameInput) -> GameInput:
        poses = {}
        for role in Role:
            angle_rad = self.motion.pose(given.side(role))
            if angle_rad is not None:
                poses[role] = np.asarray(angle_rad)
        sensed = {role: self.motion.hands[given.side(role)].sensed for role in Role}
        return self.tape.tick(given, poses, sensed)

    def _keep(self, given: GameInput, events: tuple[Event, ...]) -> None:
        asked = self.session.cue.roles if self.session.cue is not None else self.level.level.roles
        tracked = all(given.hand(role).tracking is Tracking.TRACKED for role in asked)
        for seen in (self._seen,) if self.session.resting else (self._seen, self._all):
            seen.ticks += 1
            seen.tracked += tracked
        for event in events:
            if isinstance(event, TrialStarted):
                self._seen = Seen()
            if isinstance(event, TrialEnded):
                self.tape.event(event)
                self.results.trial(result_of(event, self._seen.share))
                self._seen = Seen()
        for told in self.also:
            told(given, events)
