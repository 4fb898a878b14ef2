"""What a session came to, written down trial by trial: JSON lines, each safe on the disk before play goes on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from engine.linefile import LineFile
from engine.play.adaptation import Change
from engine.play.game import TrialEnded
from engine.play.record import Header, RecordError, compact, is_whole, read_header, read_lines, read_object

How = Literal["done", "stopped"]


@dataclass(frozen=True)
class TrialResult:
    """One trial. `success` is None where the camera lost the hand; `tracked`: share of its time the hands were seen
    that it asked for. `lag_ms`, `in_band`: see `TrialEnded`."""

    n: int
    success: bool | None
    cause: str | None
    difficulty: float
    duration_s: float
    assisted: bool = False
    tracked: float = 1.0
    lag_ms: float | None = None
    in_band: float | None = None


@dataclass(frozen=True)
class Summary:
    """A session in a few numbers. `success_rate`: share of the counted (not void) trials, None where none counted.
    `tracked`: share of all trial time in which the hand was seen, None without trials. `lag_ms`, `in_band`: the median
    of the counted trials that measured it (see `TrialEnded`)."""

    trials: int
    counted: int
    void: int
    assisted: int
    success_rate: float | None
    tracked: float | None
    how: How = "done"
    lag_ms: float | None = None
    in_band: float | None = None


@dataclass(frozen=True)
class Seeing:
    """How the hand was seen: pictures a second and the hand model at the end, and for each step of the way from the
    picture to the screen (engine.play.delays) how often it was measured, and its median and 95th percentile."""

    rate_hz: float | None = None
    model: str | None = None
    delays: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Results:
    """A session read back. `summary` is None, and `interrupted` True, where it was cut short. `changes`: what each
    trial did to the difficulty, and why; `sentences`: the same for patient and therapist, empty in older files."""

    header: Header
    trials: tuple[TrialResult, ...]
    summary: Summary | None
    seeing: Seeing | None = None
    changes: tuple[Change, ...] = ()
    sentences: tuple[tuple[str, str], ...] = ()

    @property
    def interrupted(self) -> bool:
        return self.summary is None


class ResultsWriter:
    """Writes the results of one session. A trial is on the disk when `trial` returns and `problem` is empty."""

    def __init__(self, path: Path, header: Header) -> None:
        self._file = LineFile(path)
        self._file.write(header.line())
        self._file.sync()
        self._trials: list[TrialResult] = []
        self._closed = False

    @property
    def problem(self) -> str:
        """What keeps results from being written now, in the system's words; they wait in memory meanwhile."""
        return self._file.problem

    @property
    def trials(self) -> Sequence[TrialResult]:
        return tuple(self._trials)

    def trial(self, result: TrialResult) -> None:
        self._trials.append(result)
        self._file.write(compact({"trial": asdict(result)}))
        self._file.sync()

    def change(self, change: Change, patient: str = "", therapist: str = "") -> None:
        """What the trial just written did to the difficulty, and why, with a sentence for each of the two who may ask.
        It is on the disk with the next trial."""
        if not self._closed:
            self._file.write(compact({"change": asdict(change), "patient": patient, "therapist": therapist}))

    def seeing(self, seeing: Seeing) -> None:
        """How the hand was seen in this session; written once, at its end."""
        if not self._closed:
            self._file.write(compact({"seeing": asdict(seeing)}))

    def close(self, how: How = "done") -> Summary:
        """Write the summary and let go of the file. May be called twice."""
        summary = summarise(self._trials, how)
        if not self._closed:
            self._closed = True
            self._file.write(compact({"summary": asdict(summary)}))
            self._file.close()
        return summary


def result_of(ended: TrialEnded, tracked: float) -> TrialResult:
    """A game's report of a trial, with the share of its time in which the hand was seen."""
    return TrialResult(
        ended.n, ended.success, ended.cause, ended.difficulty, round(ended.duration_s, 4), ended.assisted, tracked,
        ended.lag_ms, ended.in_band,
    )  # fmt: skip


def summarise(trials: Iterable[TrialResult], how: How = "done") -> Summary:
    """A void trial is counted as void and in nothing else."""
    every = tuple(trials)
    counted = [trial for trial in every if trial.success is not None]
    time_s = sum(trial.duration_s for trial in every)
    seen_s = sum(trial.duration_s * trial.tracked for trial in every)
    return Summary(
        trials=len(every),
        counted=len(counted),
        void=len(every) - len(counted),
        assisted=sum(trial.assisted for trial in every),
        success_rate=round(sum(trial.success is True for trial in counted) / len(counted), 4) if counted else None,
        tracked=round(seen_s / time_s, 4) if time_s > 0 else None,
        how=how,
        lag_ms=_middle([trial.lag_ms for trial in counted]),
        in_band=_middle([trial.in_band for trial in counted]),
    )


def _middle(values: Iterable[float | None]) -> float | None:
    found = [value for value in values if value is not None]
    return round(median(found), 4) if found else None


def session_json(level: str, seed: int, trials: Iterable[TrialResult]) -> dict[str, Any]:
    """What `opposable play --json` prints."""
    every = tuple(trials)
    summary = summarise(every)
    measured = [key for key in ("lag_ms", "in_band") if getattr(summary, key) is not None]
    said = ("n", "success", "cause", "difficulty", "duration_s", *measured)
    return {
        "level": level,
        "seed": seed,
        "trials": [{key: getattr(trial, key) for key in said} for trial in every],
        "success_rate": summary.success_rate,
        "tracked": summary.tracked,
        **{key: getattr(summary, key) for key in measured},
    }


def read_results(path: Path) -> Results:
    """Read a session's results, also one that was cut short. Raises `RecordError` at a damaged line."""
    lines = read_lines(path)
    if len(lines) > 1 and not is_whole(lines[-1]):
        lines = lines[:-1]
    header, trials, changes, sentences = read_header(path, lines[0]), [], [], []
    summary, seeing = None, None
    for number, line in enumerate(lines[1:], start=2):
        said = read_object(path, number, line)
        try:
            if "summary" in said:
                summary = _SUMMARY.validate_python(said["summary"])
            elif "change" in said:
                changes.append(_CHANGE.validate_python(said["change"]))
                sentences.append((str(said.get("patient", "")), str(said.get("therapist", ""))))
            elif "seeing" in said:
                seeing = _SEEING.validate_python(said["seeing"])
            else:
                trials.append(_TRIAL.validate_python(said["trial"]))
        except (KeyError, ValidationError):
            raise RecordError(path, number, "this line is damaged: it holds no trial") from None
    return Results(header, tuple(trials), summary, seeing, tuple(changes), tuple(sentences))


_TRIAL = TypeAdapter(TrialResult)
_SUMMARY = TypeAdapter(Summary)
_CHANGE = TypeAdapter(Change)
_SEEING = TypeAdapter(Seeing)
