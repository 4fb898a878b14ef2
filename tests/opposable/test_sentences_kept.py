"""Every change of difficulty is kept with its sentence for the patient and its sentence for the therapist."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine.hand import Side
from engine.paths import HOME_VARIABLE
from engine.play.levelfile import load_level
from engine.play.results import read_results
from games import all_games
from opposable.commands.play import play_headless
from opposable.sitting import Sitting, open_for

ROOT = Path(__file__).resolve().parents[2]


def test_each_line_of_change_holds_both_sentences_and_the_last_looks_no_further(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    file = load_level(ROOT / "levels/coin_drop/01_one_coin.yaml", all_games())
    file = replace(file, level=file.level.model_copy(update={"sets": 1, "repetitions": 3}))
    sitting = Sitting(file, "sim:able", Side.RIGHT, 1, tmp_path)
    play_headless(sitting, open_for(file, "sim:able", Side.RIGHT))
    sitting.close()
    kept = read_results(sitting.results_path)
    assert len(kept.changes) == len(kept.sentences) == 3
    for change, (patient, therapist) in zip(kept.changes, kept.sentences, strict=True):
        assert patient.endswith(".")
        assert therapist.startswith(f"Level {change.level:.1f}: ")
    assert "Next " in kept.sentences[0][1]
    assert "Next " not in kept.sentences[-1][1]
    assert kept.sentences[-1] == (sitting.said_last("patient"), sitting.said_last("therapist"))
