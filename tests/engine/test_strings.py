"""Every key that the program names has a sentence, and every sentence keeps the tone."""

import ast
import re
import string
from pathlib import Path
from typing import get_args

import pytest

from engine.play.adaptation import Reason, after_trial, first_day
from engine.play.level import Difficulty
from engine.strings import Strings, UnknownSentenceWarning, load_strings, strings

ROOT = Path(__file__).resolve().parents[2]
ENGLISH = strings("en")
FORBIDDEN = re.compile(r"\b(wrong|fail\w*|slow\w*|bad|harder!|try harder|error|sorry|poor)\b", re.IGNORECASE)
FOR_THERAPISTS = ("cause.", "adaptation.therapist.")
SHOWN = tuple(key for key in ENGLISH.sentences if not key.startswith(FOR_THERAPISTS))
IN_A_GAME = ("coin_drop.", "bead_picking.", "mirror_avatar.", "adaptation.patient.", "rest", "right", "void")
SPOKEN = tuple(key for key in SHOWN if key.startswith(IN_A_GAME))


def named_keys() -> list[tuple[str, str]]:
    """(file, text) for every text in the program that begins as a key does."""
    blocks = {key.split(".")[0] for key in ENGLISH.sentences if "." in key}
    looks_like_a_key = re.compile(rf"({'|'.join(blocks)})(\.[a-z_]+)+")
    return [
        (path.relative_to(ROOT).as_posix(), node.value)
        for folder in ("engine", "games", "opposable")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and looks_like_a_key.fullmatch(node.value)
    ]


def test_every_key_the_program_names_has_a_sentence() -> None:
    missing = [f"{path}: {key}" for path, key in named_keys() if key not in ENGLISH]
    assert not missing, "add them to assets/strings/en.yaml:\n" + "\n".join(missing)


@pytest.mark.parametrize("key", SHOWN)
def test_words_are_short_and_warm(key: str) -> None:
    sentence = ENGLISH.sentences[key]
    assert not FORBIDDEN.search(sentence)
    assert sentence == " ".join(sentence.split())
    assert 0 < len(sentence) <= 80


@pytest.mark.parametrize("key", SPOKEN)
def test_what_is_spoken_is_one_line_of_whole_sentences(key: str) -> None:
    sentence = ENGLISH.sentences[key]
    assert sentence[0].isupper()
    assert len(sentence) <= 64
    assert sentence.endswith((".", "?")) or (sentence.endswith("!") and key.endswith("done"))
    assert sentence.count("!") <= 1


def test_every_change_of_difficulty_can_be_said_to_patient_and_therapist() -> None:
    state = first_day(Difficulty())
    for hit in (True, False, False, False, None):
        state, change = after_trial(state, hit)
        assert ENGLISH.say(change.patient_key)
        assert f"{change.level:.1f}" in ENGLISH.say(change.therapist_key, **vars(change))
    for reason in get_args(Reason):
        assert f"adaptation.patient.{reason}" in ENGLISH
        assert f"adaptation.therapist.{reason}" in ENGLISH


def test_a_missing_sentence_is_told_to_developers_and_stops_no_one() -> None:
    with pytest.warns(UnknownSentenceWarning, match="did you mean 'coin_drop.slide'"):
        assert ENGLISH.say("coin_drop.slyde") == "Slyde."
    with pytest.warns(UnknownSentenceWarning, match="cannot be filled in"):
        assert Strings({"a": "Level {level}."}).say("a") == "Level {level}."
    assert Strings({"a": "Level {level:.1f}."}).say("a", level=2) == "Level 2.0."


def test_braces_are_well_formed() -> None:
    for sentence in ENGLISH.sentences.values():
        assert all(name is None or name.isidentifier() for _, name, _, _ in string.Formatter().parse(sentence))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: x\na: y\n", ":2: 'a' is written twice"),
        ("a:\n  b: x\na.b: y\n", "a.b is written twice"),
        ("a: 5\n", "a: a sentence is a text"),
        ("a: [\n", ":1: "),
    ],
)
def test_a_file_of_sentences_that_cannot_be_used_says_where(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "xx.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(message)):
        load_strings(path)
