"""The glove commands as a person uses them: one process stands in for a glove, another plays with it."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.clock import now_s
from engine.hand import Side
from engine.play.levelfile import load_level
from engine.sources import open_source
from engine.sources.gloveout import NETWORK, SERIAL
from engine.sources.scripted import scripted
from games import all_games
from opposable.commands.play import carried_note
from tests.opposable.commands import ROOT, opposable


@contextlib.contextmanager
def standing_in(*words: str, home: Path) -> Iterator[str]:
    """`opposable gloves simulate` with these words; gives the source it names."""
    program = subprocess.Popen(
        [sys.executable, "-m", "opposable.cli", "gloves", "simulate", *words],
        stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "OPPOSABLE_HOME": str(home)},
    )  # fmt: skip
    try:
        assert program.stdout is not None
        yield program.stdout.readline().split("--source ")[1].strip()
    finally:
        program.send_signal(signal.SIGINT)
        assert program.wait(10) == 0, "asked to stop, it stops kindly"
        assert program.stdout is not None
        program.stdout.close()


@pytest.mark.long
@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        (("--protocol", "alpha", "--out", "tcp:0", "--dead", "ring"), 14),
        # A glove that shows the whole hand has nothing to learn first.
        (("--protocol", "vmc", "--out", "udp:127.0.0.1:9317"), 6),
    ],
)
def test_a_glove_that_is_simulated_is_watched(words: tuple[str, ...], seconds: int, tmp_path: Path) -> None:
    with standing_in(*words, home=tmp_path) as source:
        ran = opposable("gloves", "monitor", source, "--seconds", str(seconds), "--json", home=tmp_path)
    assert ran.code == 0, ran.err
    assert all(said["side"] == "right" for said in ran.objects)
    seen = [said["flexion"] for said in ran.objects]
    assert max(each["middle"] for each in seen) > 0.4 > 0.2 > min(each["middle"] for each in seen)
    assert ("ring sensor does not move" in ran.err) is ("--dead" in words)
    assert ("Open and close" in ran.err) is ("vmc" not in words)


@pytest.mark.long
def test_a_level_is_played_with_a_glove_and_the_lab_is_told(tmp_path: Path) -> None:
    library = pytest.importorskip("pylsl", reason="lab streams need the extra 'lsl'")
    from engine.sources.lsl import lab_streaming

    lab_streaming()
    name, deadline_s = f"glove-play-{os.getpid()}", now_s() + 40
    with standing_in("--out", "tcp:0", home=tmp_path) as source:
        playing = subprocess.Popen(
            [sys.executable, "-m", "opposable.cli", "play", "coin_drop/00", "--source", source, "--headless",
             "--json", "--lsl-out", name],
            stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "OPPOSABLE_HOME": str(tmp_path)},
        )  # fmt: skip
        found = library.resolve_byprop("name", f"{name}-markers", 1, 15.0)
        assert found
        markers = library.StreamInlet(found[0], max_buflen=60)
        heard: list[str] = []
        while "press" not in heard and now_s() < deadline_s:
            texts, _ = markers.pull_chunk(timeout=0.5)
            heard += [json.loads(text)["marker"] for (text,) in texts]
        playing.send_signal(signal.SIGINT)
        out, _ = playing.communicate(timeout=15)
    assert "press" in heard, heard
    assert json.loads(out.splitlines()[-1])["tracked"] > 0.5


def test_list_names_what_there_is_and_never_fails(tmp_path: Path) -> None:
    ran = opposable("gloves", "list", "--json", home=tmp_path)
    assert ran.code == 0, ran.err
    assert isinstance(ran.objects[0]["gloves"], list)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--protocol", "osc", "--out", "pty"), "write --out udp:127.0.0.1:9010"),
        (("--protocol", "alpha", "--out", "udp:127.0.0.1:9"), "goes over a wire"),
        (("--protocol", "alpha", "--out", "/nowhere/at/all"), "Try --out pty or --out tcp:5555"),
    ],
)
def test_what_cannot_be_meant_is_answered_in_a_sentence(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    ran = opposable("gloves", "simulate", *words, home=tmp_path)
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("protocol", [*SERIAL, *NETWORK])
def test_every_protocol_says_the_same_hand_at_the_same_time(protocol: str) -> None:
    encode = {**SERIAL, **NETWORK}[protocol]
    assert encode(scripted(4.0), Side.LEFT, 4.0, None) == encode(scripted(4.0), Side.LEFT, 4.0, None)


def test_a_level_with_free_reach_and_a_source_without_a_place_is_said_in_one_sentence() -> None:
    levels = [load_level(path, all_games()) for path in sorted(ROOT.glob("levels/*/*.yaml"))]
    glove, hand = open_source("keys:contacts"), open_source("sim:able")
    for level in levels:
        assert bool(carried_note(level, glove)) is (level.level.reach == "free"), level.name
        assert carried_note(level, hand) == ""


@pytest.mark.long
def test_a_glove_whose_lines_know_no_side_is_named_with_the_side_that_was_asked(tmp_path: Path) -> None:
    with standing_in("--protocol", "csv", "--out", "tcp:0", "--side", "left", home=tmp_path) as source:
        ran = opposable("gloves", "monitor", f"{source}&calibrate=no", "--seconds", "3", "--json", home=tmp_path)
    assert ran.objects, ran.err
    assert {said["side"] for said in ran.objects} == {"left"}


@pytest.mark.long
def test_what_is_amiss_with_a_source_is_said_once(tmp_path: Path) -> None:
    ran = opposable("track", f"glove:{tmp_path / 'nothing'}", home=tmp_path)
    assert ran.code == 1
    said = ran.err.splitlines()
    assert sum("Plug it in" in line for line in said) == 1, said
