"""The voice is in a process of its own, and that process ends with the one who speaks."""

import multiprocessing
from pathlib import Path

import pytest

from engine.clock import now_s, wait_s
from engine.view.speech import Speaker

# What the optional library looks like from here: it talks as long as `talking` takes, and says to a file what it said.
VOICE = """
from pathlib import Path
from time import sleep


class _Voice:
    def setProperty(self, name, value):
        pass

    def say(self, sentence):
        with Path({said!r}).open("a", encoding="utf-8") as file:
            file.write(sentence + "\\n")

    def runAndWait(self):
        while {talking}:
            sleep(0.02)


def init():
    return _Voice()
"""


def test_a_sentence_is_spoken_and_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = tmp_path / "said.txt"
    (tmp_path / "pyttsx3.py").write_text(VOICE.format(said=str(said), talking=False), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    speaker = Speaker()
    assert speaker.say("Bring your hand to the coins.")
    until_s = now_s() + 20.0
    while not said.exists() and now_s() < until_s:
        wait_s(0.05)
    assert said.read_text(encoding="utf-8") == "Bring your hand to the coins.\n"
    speaker.close()
    assert multiprocessing.active_children() == []


def test_without_a_voice_nothing_is_started() -> None:
    speaker = Speaker(speaking=False)
    assert not speaker.say("Bring your hand to the coins.")
    speaker.close()


def test_it_speaks_until_the_last_sentence_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = tmp_path / "done"
    talking = f"not Path({str(done)!r}).exists()"
    (tmp_path / "pyttsx3.py").write_text(VOICE.format(said=str(tmp_path / "said"), talking=talking), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    speaker = Speaker()

    def speaks() -> bool:
        return speaker.speaking

    assert not speaks()
    for sentence in ("Pinch the coin.", "Take it across.", "Let it go."):
        assert speaker.say(sentence)
    assert speaks()
    done.touch()
    until_s = now_s() + 12.0
    while speaks() and now_s() < until_s:
        wait_s(0.02)
    assert now_s() < until_s
    assert speaker.say("That was right.")
    assert speaks()
    speaker.close()
    assert not speaks()


def test_a_voice_that_cannot_be_had_never_speaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyttsx3.py").write_text("def init():\n    raise RuntimeError('no voice')\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    speaker = Speaker()
    assert speaker.say("Let it go.")
    until_s = now_s() + 12.0
    while speaker.speaking and now_s() < until_s:
        wait_s(0.02)
    assert now_s() < until_s
    assert not speaker.available
    speaker.close()
