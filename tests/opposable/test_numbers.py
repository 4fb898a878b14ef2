"""`opposable numbers`, run on what the other commands left behind."""

import json
import math
from pathlib import Path

import pytest

from tests.opposable.commands import opposable

pytestmark = pytest.mark.long


def test_a_tape_tells_its_numbers_each_with_how_sure_it_is(tmp_path: Path) -> None:
    assert opposable("play", "template/01", "--source", "sim:able", "--headless", home=tmp_path).code == 0
    [tape] = (tmp_path / "sessions").glob("*.tape.jsonl")
    told = opposable("numbers", str(tape), "--json", home=tmp_path)
    assert told.code == 0, told.err
    [hand] = told.objects
    closing = hand["affected"]["closing.movement"]
    assert closing["n"] >= 4
    assert 0.1 < closing["value"] < 1.5
    assert closing["error"] > 0
    assert 0 < closing["valid_share"] <= 1
    words = opposable("numbers", str(tape), home=tmp_path)
    assert "Closing the hand, time" in words.out
    assert "±" in words.out


@pytest.mark.parametrize("text", ["", '{"t_s": 1}\n'])
def test_what_is_no_recording_is_told_in_a_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "something.jsonl"
    path.write_text(text)
    told = opposable("numbers", str(path), home=tmp_path)
    assert told.code == 1
    assert "something.jsonl" in told.err
    assert "Traceback" not in told.err


def test_samples_as_they_are_printed_are_a_recording(tmp_path: Path) -> None:
    path, lines = tmp_path / "tracked.jsonl", []
    for n in range(300):
        share = 0.5 - 0.5 * (-1) ** (n // 45) * min(1.0, (n % 45) / 15)
        angles = {key: [80 * share, 90 * share, 50 * share] for key in ("index", "middle", "ring", "little")}
        shares = dict.fromkeys(("thumb", "index", "middle", "ring", "little"), share)
        hand = {"side": "left", "state": "tracked", "palm_xy": [0.5, 0.5], "flexion_deg": angles, "flexion": shares}
        lines.append(json.dumps({"t_s": n / 30, "hands": [{**hand, "pinch": shares, "fist": share}], "events": []}))
    path.write_text("\n".join(lines) + "\n")
    [told] = opposable("numbers", str(path), "--json", home=tmp_path).objects
    assert told["left"]["tam.index"]["value"] == pytest.approx(220, abs=8)
    assert told["left"]["closing.movement"]["n"] >= 2


def test_two_hands_as_they_are_printed_say_which_comes_after_the_other(tmp_path: Path) -> None:
    path, lines = tmp_path / "two.jsonl", []
    fingers = ("thumb", "index", "middle", "ring", "little")
    for n in range(900):
        hands = []
        for side, late in (("left", 6), ("right", 0)):
            share = 0.5 - 0.5 * math.cos(2 * math.pi * 0.3 * (n - late) / 30)
            angles, shares = (
                {key: [80 * share, 90 * share, 50 * share] for key in fingers},
                dict.fromkeys(fingers, share),
            )
            said = {"side": side, "state": "tracked", "palm_xy": [0.5, 0.5], "flexion_deg": angles, "flexion": shares}
            hands.append({**said, "pinch": shares, "fist": share})
        lines.append(json.dumps({"t_s": n / 30, "hands": hands, "events": []}))
    path.write_text("\n".join(lines) + "\n")
    [told] = opposable("numbers", str(path), "--json", home=tmp_path).objects
    assert told["both hands"]["sides.lag"]["value"] == pytest.approx(6 / 30, abs=0.02)
    assert "Left hand after the right one" in opposable("numbers", str(path), home=tmp_path).out
