"""A tape is exact, small, and plays up to wherever it was cut."""

import stat
import sys
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.hand import ALL_SENSED, Array, Finger, Sensed, Side
from engine.inputs import CONTROLS, TICK_HZ, GameInput, HandInput, Role, Tracking
from engine.play.game import TrialEnded
from engine.play.levelfile import read_level
from engine.play.record import header_for
from engine.play.tape import ANGLES, POSE_EVERY_TICKS, TapeError, TapeWriter, Tick, read_tape
from engine.play.tapeline import changed, changes, rounded, without_edges
from tests.engine.play.toy import GOOD, TOYS

LEVEL = read_level(GOOD.encode(), Path("levels/toy/01_first.yaml"), TOYS)
HEADER = header_for(
    LEVEL, seed=7, affected_side=Side.LEFT, source="test", started=datetime(2025, 3, 30, 1, 30, tzinfo=UTC)
)
ENDED = TrialEnded(0, None, None, 3.25, 2.5)

shares = st.floats(0, 1) | st.sampled_from([0.0, 1.0, -1e-9, float("nan"), float("inf")])
some_controls = st.lists(st.sampled_from(CONTROLS), unique=True, max_size=4).map(tuple)
hands = st.builds(
    HandInput,
    tracking=st.sampled_from(Tracking),
    values=st.dictionaries(st.sampled_from(CONTROLS), shares),
    palm_xy=st.none() | st.tuples(shares, shares),
    held=some_controls,
    pressed=some_controls,
    released=some_controls,
)
inputs = st.builds(
    GameInput,
    affected=hands,
    unaffected=hands,
    affected_side=st.sampled_from(Side),
    difficulty=st.floats(0, 10),
    assisted=st.booleans(),
    go_on=st.booleans(),
)


@st.composite
def sessions(draw: st.DrawFn) -> list[GameInput]:
    """Ticks as they come: many in which nothing changes, edges that last one tick or come twice."""
    ticks: list[GameInput] = []
    for given_input in draw(st.lists(inputs, max_size=8)):
        affected, unaffected = (
            replace(hand, pressed=(), released=()) for hand in (given_input.affected, given_input.unaffected)
        )
        quiet = replace(given_input, affected=affected, unaffected=unaffected, go_on=False)
        ticks += [given_input] * draw(st.integers(1, 2)) + [quiet] * draw(st.integers(0, 70))
    return ticks


def record(path: Path, ticks: list[GameInput]) -> list[GameInput]:
    writer = TapeWriter(path, HEADER)
    exact = [writer.tick(given_input) for given_input in ticks]
    writer.close()
    return exact


@given(inputs, inputs)
def test_a_line_holds_a_tick_exactly(before: GameInput, now: GameInput) -> None:
    before, now = without_edges(rounded(before)), rounded(now)
    assert changed(before, changes(before, now)) == now
    assert rounded(now) == now


@settings(max_examples=60)
@given(ticks=sessions())
def test_what_the_game_saw_is_what_a_replay_shows(
    tmp_path_factory: pytest.TempPathFactory, ticks: list[GameInput]
) -> None:
    path = tmp_path_factory.mktemp("tape") / "a.jsonl"
    exact = record(path, ticks)
    tape = read_tape(path)
    assert tape.header == HEADER
    assert not tape.interrupted
    played = list(tape)
    assert [tick.n for tick in played] == list(range(len(ticks)))
    assert [tick.given for tick in played] == exact


def test_the_level_on_a_tape_is_the_level_that_was_played(tmp_path: Path) -> None:
    record(tmp_path / "a.jsonl", [])
    header = read_tape(tmp_path / "a.jsonl").header
    again = read_level(header.level_text.encode(), Path("x"), TOYS)
    assert (again.level, again.sha256) == (LEVEL.level, header.level_sha256)
    assert (header.level, header.started_utc) == ("toy/01_first", "2025-03-30T01:30:00+00:00")


def live_session(seconds: int, hands_in_view: int) -> list[tuple[GameInput, dict[Role, Array]]]:
    """A busy session: 30 pictures a second, every control of every hand trembling, a pose with each."""
    chance = np.random.default_rng(3)
    ticks, now, poses = [], GameInput(), {}
    for n in range(seconds * TICK_HZ):
        if n % 2 == 0:
            values = np.clip(0.5 + 0.4 * np.sin(n / 50 + np.arange(13)) + chance.normal(0, 0.004, (2, 13)), 0, 1)
            palms = 0.5 + 0.3 * np.sin(n / 80) + chance.normal(0, 0.002, (2, 2))
            seen = [
                HandInput(
                    Tracking.TRACKED,
                    dict(zip(CONTROLS, map(float, values[hand]), strict=True)),
                    (float(palms[hand, 0]), float(palms[hand, 1])),
                )
                if hand < hands_in_view
                else HandInput()
                for hand in range(2)
            ]
            now = GameInput(seen[0], seen[1], difficulty=n // 600 / 10)
            angles = 0.5 + 0.5 * np.sin(n / 50 + np.arange(ANGLES)) + chance.normal(0, 0.01, (2, ANGLES))
            poses = {role: angles[hand] for hand, role in enumerate(tuple(Role)[:hands_in_view])}
        ticks.append((now, poses))
    return ticks


@pytest.mark.parametrize("hands_in_view", [1, 2])
def test_half_an_hour_is_small(tmp_path: Path, hands_in_view: int) -> None:
    path = tmp_path / "a.jsonl"
    writer = TapeWriter(path, HEADER)
    for given_input, poses in live_session(20, hands_in_view):
        writer.tick(given_input, poses)
    writer.close()
    half_an_hour_mb = path.stat().st_size * 90 / 1e6
    assert half_an_hour_mb <= 12


def test_poses_are_shown_again_to_a_hundredth_of_a_radian(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    writer = TapeWriter(path, HEADER)
    ticks = live_session(2, 2)
    for given_input, poses in ticks:
        writer.tick(given_input, poses)
    writer.close()
    for tick in read_tape(path):
        shown = ticks[tick.n - tick.n % POSE_EVERY_TICKS][1]
        for role in Role:
            assert np.abs(tick.poses[role] - shown[role]).max() <= 0.0051


def test_a_trial_is_written_where_it_happened(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    writer = TapeWriter(path, HEADER)
    for _ in range(47):
        writer.tick(GameInput())
    writer.event(ENDED)
    writer.tick(GameInput())
    written = [(tick.n, tick.events) for tick in read_tape(path) if tick.events]
    assert written == [(46, ({"kind": "TrialEnded", **asdict(ENDED)},))]
    writer.close()


def test_at_most_half_a_second_waits_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    writer = TapeWriter(path, HEADER)
    for n in range(1, 200):
        writer.tick(GameInput(difficulty=n % 7))
        assert n - len(list(read_tape(path))) <= TICK_HZ // 2
    writer.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps access rights elsewhere")
def test_nobody_else_may_read_a_tape(tmp_path: Path) -> None:
    record(tmp_path / "new" / "a.jsonl", [])
    assert stat.S_IMODE((tmp_path / "new" / "a.jsonl").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, list[Tick]]:
    path = tmp_path_factory.mktemp("tape") / "a.jsonl"
    writer = TapeWriter(path, HEADER)
    for given_input, poses in live_session(1, 2):
        writer.tick(given_input, poses)
    writer.event(ENDED)
    writer.tick(GameInput())
    writer.close()
    return path.read_bytes(), list(read_tape(path))


@settings(max_examples=150)
@given(share=st.floats(0, 1), zeros=st.sampled_from([0, 0, 1, 4096]))
def test_a_tape_cut_anywhere_plays_up_to_the_cut(
    tmp_path_factory: pytest.TempPathFactory, whole: tuple[bytes, list[Tick]], share: float, zeros: int
) -> None:
    raw, ticks = whole
    cut = raw[: int(share * len(raw))]
    path = tmp_path_factory.mktemp("cut") / "a.jsonl"
    path.write_bytes(cut + b"\0" * zeros)
    if b"\n" not in cut:
        with pytest.raises(TapeError, match=r"a\.jsonl:1: "):
            read_tape(path)
        return
    tape = read_tape(path)
    played = list(tape)
    assert tape.interrupted == (len(cut) < len(raw))
    assert [tick.given for tick in played] == [tick.given for tick in ticks[: len(played)]]
    whole_lines = cut.count(b"\n") - 1
    assert len(played) >= min(whole_lines - 2, len(ticks))


@settings(max_examples=300)
@given(data=st.data())
def test_a_damaged_tape_names_its_line_and_nothing_else_happens(
    tmp_path_factory: pytest.TempPathFactory, whole: tuple[bytes, list[Tick]], data: st.DataObject
) -> None:
    raw = bytearray(whole[0])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(raw) - 1))
        how = data.draw(st.sampled_from(["flip", "digit", "cut", "insert"]))
        if how == "flip":
            raw[place] ^= 1 << data.draw(st.integers(0, 7))
        elif how == "digit":
            raw[place : place + 1] = b"%d" % data.draw(st.integers(-(10**20), 10**20))
        elif how == "cut":
            del raw[place : place + data.draw(st.integers(1, 40))]
        else:
            raw[place:place] = data.draw(st.sampled_from([b"null", b"[", b"\n", b'"', b"NaN", b"1e999", b"{}\n"]))
    path = tmp_path_factory.mktemp("damaged") / "a.jsonl"
    path.write_bytes(raw)
    said = told(path)
    if isinstance(said, TapeError):
        assert str(said).startswith(f"{path}:{said.line}: ")
        assert 1 <= said.line <= raw.count(b"\n") + 1
    else:
        assert [tick.n for tick in said] == list(range(len(said)))


def told(path: Path) -> list[Tick] | TapeError:
    try:
        return list(read_tape(path))
    except TapeError as error:
        return error


def test_what_is_no_tape_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(TapeError, match="there is no such file"):
        read_tape(tmp_path / "nothing.jsonl")
    with pytest.raises(TapeError, match="cannot be opened"):
        read_tape(tmp_path)
    newer = tmp_path / "newer.jsonl"
    newer.write_text(HEADER.line().replace('"format":1', '"format":2') + "\n", encoding="utf-8")
    with pytest.raises(TapeError, match="has format 2; this program reads format 1"):
        read_tape(newer)
    other = tmp_path / "other.jsonl"
    other.write_text(HEADER.line().replace("A toy", "A joy") + "\n", encoding="utf-8")
    with pytest.raises(TapeError, match="not the one that was played"):
        read_tape(other)


def test_what_was_sensed_of_a_hand_is_on_the_tape_from_when_it_is_so(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    writer, bends = TapeWriter(path, HEADER), Sensed(angles=False)
    said = [ALL_SENSED, bends, bends, Sensed(False, (Finger.THUMB, Finger.RING)), ALL_SENSED]
    for each in said:
        writer.tick(GameInput(), sensed={Role.AFFECTED: each})
    writer.close()
    assert [tick.sensed.get(Role.AFFECTED, ALL_SENSED) for tick in read_tape(path)] == said
    assert path.read_text().count("sensed_a") == 3
