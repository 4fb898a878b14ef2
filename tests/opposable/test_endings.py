"""How every command ends: 2 where what was typed is not understood or not there, 1 where something was found."""

import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from opposable import cli
from tests.opposable.commands import ROOT

Run = Callable[..., tuple[int, str]]
FINDING, NOT_MEANT = 1, 2
BROKEN, TYPO, NO_TAPE, CLOSED = "broken.yaml", "typo.yaml", "note.txt", "file/below"
"""Files there are, with something amiss in them, and a place where none can be written."""

FAULTS = [
    ("track nosuch", NOT_MEANT, "You can write: camera:0"),
    ("track sim:abel", NOT_MEANT, "did you mean 'able'?"),
    ("track note.txt", NOT_MEANT, "Did you mean 'video:note.txt'?"),
    ("track video:nowhere.mp4", NOT_MEANT, "nowhere.mp4"),
    ("track replay:nowhere.jsonl", NOT_MEANT, "nowhere.jsonl"),
    ("track replay:note.txt", FINDING, "note.txt:1"),
    ("track keys:a,b", NOT_MEANT, "index to little finger"),
    ("track keys:", NOT_MEANT, "pressed in the window"),
    ("calibrate --source keys:a,b", NOT_MEANT, "index to little finger"),
    ("calibrate --from keys:a,b", NOT_MEANT, "index to little finger"),
    ("calibrate --source keys:", NOT_MEANT, "no range of your own"),
    ("play coin_drop/01 --source keys:a,b", NOT_MEANT, "index to little finger"),
    ("levels watch coin_drop/01 --source keys:a,b", NOT_MEANT, "index to little finger"),
    ("--source keys:a,b", NOT_MEANT, "index to little finger"),
    ("track sim:able --hands 3", NOT_MEANT, "--hands 3: write a whole number from 1 to 2"),
    ("track sim:able --hands=many", NOT_MEANT, "--hands many: write a whole number from 1 to 2"),
    ("track sim:able --model big", NOT_MEANT, "--model big: it can be auto or full or lite"),
    ("calibrate --from video:nowhere.mp4", NOT_MEANT, "nowhere.mp4"),
    ("calibrate --from replay:note.txt", FINDING, "note.txt:1"),
    ("play nonsense", NOT_MEANT, "`opposable levels list`"),
    ("play nowhere.yaml", NOT_MEANT, "no such file"),
    ("play coin_drop", NOT_MEANT, "'coin_drop/04_across_the_table'"),
    ("play .", NOT_MEANT, "names no level"),
    ("play typo.yaml", FINDING, "did you mean 'reach'?"),
    ("play note.txt", FINDING, "note.txt:1"),
    ("play", NOT_MEANT, "the level is missing"),
    ("play coin_drop/01 --side middle", NOT_MEANT, "--side middle: it can be left or right"),
    ("play coin_drop/01 --sied left", NOT_MEANT, "did you mean '--side'?"),
    ("play coin_drop/01 --seed -3", NOT_MEANT, "--seed -3: write a whole number of 0 or more"),
    ("play coin_drop/01 --pin", NOT_MEANT, "--difficulty 4 --pin"),
    ("play coin_drop/01 --headless --source keys:", NOT_MEANT, "leave out --headless"),
    ("play coin_drop/01 --headless --source replay:note.txt", FINDING, "note.txt:1"),
    ("settings --palette pink", NOT_MEANT, "it can be standard or high_contrast or plain"),
    ("replay nowhere.jsonl", NOT_MEANT, "no such file"),
    ("replay note.txt", FINDING, "note.txt:1"),
    ("numbers nowhere.jsonl", NOT_MEANT, "no such file"),
    ("numbers note.txt", FINDING, "note.txt:1"),
    ("check nowhere.yaml", NOT_MEANT, "no such file"),
    ("check nonsense", NOT_MEANT, "no level of this name"),
    ("check file", FINDING, "file:1"),
    ("check typo.yaml", FINDING, "did you mean 'reach'?"),
    ("schema toy", NOT_MEANT, "'coin_drop'"),
    ("schema", NOT_MEANT, "coin_drop"),
    ("schema coin_drop -o file/below", FINDING, "cannot be written"),
    ("demo --output file/below", FINDING, "cannot be made"),
    ("demo --seconds 1", NOT_MEANT, "--seconds 1: write a number from 5 to 600"),
    ("setup --fetsh", NOT_MEANT, "did you mean '--fetch'?"),
    ("levels list --jsn", NOT_MEANT, "did you mean '--json'?"),
    ("levels new toy", NOT_MEANT, "'coin_drop'"),
    ("levels new coin_drop Big.Name", NOT_MEANT, "small letters"),
    ("levels new coin_drop typo.yaml", FINDING, "already"),
    ("levels new coin_drop file/below.yaml", FINDING, "cannot be written"),
    ("levels check nonsense", NOT_MEANT, "no level of this name"),
    ("levels check typo.yaml", FINDING, "did you mean 'reach'?"),
    ("levels explain nonsense", NOT_MEANT, "no level of this name"),
    ("levels explain typo.yaml", FINDING, "did you mean 'reach'?"),
    ("levels preview coin_drop/99", NOT_MEANT, "no level of this name"),
    ("levels preview typo.yaml", FINDING, "did you mean 'reach'?"),
    ("levels preview coin_drop/01 -o x.txt", NOT_MEANT, ".png"),
    ("levels preview coin_drop/01 -o file/below.png", FINDING, "cannot be written"),
    ("levels simulate nonsense", NOT_MEANT, "no level of this name"),
    ("levels simulate typo.yaml", FINDING, "did you mean 'reach'?"),
    ("levels simulate coin_drop/01 --profile stage1", NOT_MEANT, "'stage_1'"),
    ("levels simulate coin_drop/01 -o file/below.png", FINDING, "cannot be written"),
    ("levels watch nonsense", NOT_MEANT, "no level of this name"),
    ("levels watch typo.yaml", FINDING, "did you mean 'reach'?"),
    ("levels add nowhere.zip", NOT_MEANT, "no such file"),
    ("levels add note.txt", FINDING, "no zip file"),
    ("gloves list --jsn", NOT_MEANT, "did you mean '--json'?"),
    ("gloves monitor sim:nobody", NOT_MEANT, "able"),
    ("gloves monitor replay:note.txt", FINDING, "note.txt:1"),
    ("gloves simulate --protocol morse", NOT_MEANT, "--protocol morse: it can be alpha"),
    ("gloves simulate --protocol osc --out pty", NOT_MEANT, "--out udp:"),
    ("paly", NOT_MEANT, "did you mean 'play'?"),
    ("levels prevew", NOT_MEANT, "did you mean 'preview'?"),
    ("gloves lend", NOT_MEANT, "it can be list, monitor, simulate"),
]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command itself, in this process: its exit code and all it said."""
    text = (ROOT / "levels/coin_drop/01_one_coin.yaml").read_text(encoding="utf-8")
    (tmp_path / TYPO).write_text(text.replace("reach:", "raech:"), encoding="utf-8")
    (tmp_path / NO_TAPE).write_text("hello: there: reader\n")
    (tmp_path / "file").write_text("not a folder\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPPOSABLE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(signal, "signal", lambda *_: None)

    def run_(words: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["opposable", *words.split()])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, said.out + said.err

    return run_


@pytest.mark.parametrize(("words", "code", "said"), FAULTS)
def test_a_fault_of_one_kind_ends_every_command_alike(words: str, code: int, said: str, run: Run) -> None:
    ended, told = run(words)
    assert said in told
    assert ended == code, told
    assert "Usage:" not in told


def test_every_command_is_among_them() -> None:
    whole = typer.main.get_command(cli.app)
    named = {
        f"{name} {inner}".strip()
        for name, command in whole.commands.items()  # type: ignore[attr-defined]
        for inner in getattr(command, "commands", {"": None})
    }
    assert {name for name in named if not any(words.startswith(name) for words, _, _ in FAULTS)} == set()
