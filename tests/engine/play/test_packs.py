"""Packs come in whole and inside their folder, or not at all; a broken one blocks no other."""

import contextlib
import io
import os
import stat
import sys
import zipfile
from pathlib import Path

import pytest

from engine.clock import now_s
from engine.play.levelfile import load_level, resolve_level
from engine.play.levelnames import level_files
from engine.play.packfiles import PackRefusedError
from engine.play.packs import add_pack, find_packs
from games import all_games
from tests.holdups import HoldUps

GAMES = all_games()
LEVEL = "extends: coin_drop/00_first_look\ntitle: From the clinic\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x10\x00\x00\x00\x10\x08\x02\x00\x00\x00" + b"\0" * 20


Files = dict[str, bytes | str]


def zipped(path: Path, files: Files, **attributes: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, raw in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = attributes.get("external_attr", 0o644 << 16)
            pack.writestr(info, raw)
    return path


def everything_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.mark.parametrize("as_zip", [True, False])
def test_a_pack_is_added_and_its_levels_are_known_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_zip: bool
) -> None:
    monkeypatch.setenv("OPPOSABLE_HOME", str(tmp_path / "home"))
    files: Files = {
        "one.yaml": LEVEL,
        "more/two.yaml": "extends: one\nstage: 2\n",
        "three.yaml": "extends: my_clinic/one\n",
        "more/four.yaml": "extends: my_clinic/three\n",
        "more/five.yaml": "extends: my_clinic/more/four\n",
        "README.md": "hello",
        "cover.png": PNG,
    }
    if as_zip:
        pack = zipped(tmp_path / "My Clinic.zip", {f"My Clinic/{name}": raw for name, raw in files.items()})
    else:
        pack = tmp_path / "My Clinic"
        for name, raw in files.items():
            (pack / name).parent.mkdir(parents=True, exist_ok=True)
            (pack / name).write_bytes(raw.encode() if isinstance(raw, str) else raw)
    added = add_pack(pack, GAMES)
    assert (added.name, len(added.shelf.levels), added.offered) == ("my_clinic", 5, True)
    level = load_level(resolve_level("my_clinic/more/two"), GAMES)
    assert (level.name, level.level.title, level.level.stage) == ("my_clinic/more/two", "From the clinic", 2)
    inside = ("cover.png", "more", *(f"more/{name}.yaml" for name in ("five", "four", "two")), "one.yaml", "three.yaml")
    assert everything_in(added.folder) == list(inside)
    if os.name == "posix":
        assert stat.S_IMODE(level.path.stat().st_mode) == 0o600
    with pytest.raises(PackRefusedError, match="there already"):
        add_pack(pack, GAMES)


def test_a_bare_name_is_never_that_of_another_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At home it would be found, and at every colleague's it would not."""
    monkeypatch.setenv("OPPOSABLE_HOME", str(tmp_path / "home"))
    add_pack(zipped(tmp_path / "clinic.zip", {"first.yaml": LEVEL}), GAMES)
    with pytest.raises(PackRefusedError, match=r"two\.yaml:1:10: extends: 'first': there is no level of this name"):
        add_pack(zipped(tmp_path / "other.zip", {"two.yaml": "extends: first\n"}), GAMES)
    named = add_pack(zipped(tmp_path / "third.zip", {"two.yaml": "extends: clinic/first\n"}), GAMES)
    assert [level.name for level in named.shelf.levels] == ["third/two"]


def test_a_pack_that_is_called_like_a_game_would_be_hidden_by_it(tmp_path: Path) -> None:
    pack = zipped(tmp_path / "coin_drop.zip", {"01_one_coin.yaml": LEVEL})
    with pytest.raises(PackRefusedError, match=r"name of a game.*our_coin_drop\.zip"):
        add_pack(pack, GAMES, tmp_path / "packs")
    assert not (tmp_path / "packs").exists()


def test_hidden_files_are_no_levels(tmp_path: Path) -> None:
    for name in (".git/a.yaml", ".b.yaml", "c.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(LEVEL)
    assert level_files(tmp_path) == [tmp_path / "c.yaml"]


def test_L3_broken_packs_are_listed_with_reasons_and_block_no_other(tmp_path: Path) -> None:
    for n in range(20):
        (tmp_path / f"pack{n:02}").mkdir()
        text = LEVEL if n % 4 else LEVEL + "stgae: 2\n"
        (tmp_path / f"pack{n:02}" / "a.yaml").write_text(text, encoding="utf-8")
    packs = find_packs(GAMES, tmp_path)
    assert sum(pack.offered for pack in packs) == 15
    broken = [pack for pack in packs if not pack.offered]
    assert len(broken) == 5
    assert all("a.yaml:3:1: stgae: unknown key" in str(pack.shelf.problems[0]) for pack in broken)
    assert load_level(resolve_level("coin_drop/00"), GAMES)


HOSTILE: dict[str, Files] = {
    "up": {"../evil.yaml": LEVEL},
    "deep up": {"a/../../evil.yaml": LEVEL},
    "absolute": {"/evil.yaml": LEVEL},
    "drive": {"C:\\evil.yaml": LEVEL},
    "back": {"..\\evil.yaml": LEVEL},
    "device": {"con.yaml": LEVEL},
    "device folder": {"aux/one.yaml": LEVEL, "b.yaml": LEVEL},
    "case": {"one.yaml": LEVEL, "One.yaml": LEVEL},
    "unicode": {"one\u202e.yaml": LEVEL},
    "program": {"one.yaml": LEVEL, "run.py": "print()"},
    "deep": {"a/b/c/one.yaml": LEVEL, "z.yaml": LEVEL},
    "bomb": {"one.yaml": LEVEL, "two.yaml": "# " + "a" * 3_000_000},
    "huge": {"one.yaml": LEVEL, "two.yaml": os.urandom(5_000_000)},
    "many": {f"n{n}.yaml": LEVEL for n in range(501)},
    "not a picture": {"one.yaml": LEVEL, "cover.png": b"RIFF....WAVE"},
    "big picture": {"one.yaml": LEVEL, "cover.png": PNG[:16] + b"\x00\x00\x70\x00\x00\x00\x70\x00" + PNG[24:]},
    "no level": {"cover.png": PNG},
    "broken level": {"one.yaml": "extends: nothing_like_it\n"},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_L4_nothing_is_written_outside_and_what_is_refused_leaves_nothing(tmp_path: Path, name: str) -> None:
    home = tmp_path / "in" / "levels"
    home.mkdir(parents=True)
    pack = zipped(tmp_path / "pack.zip", HOSTILE[name])
    before = everything_in(tmp_path)
    began_s, held_up = now_s(), HoldUps()
    with pytest.raises(PackRefusedError, match=r"pack\.zip: "):
        add_pack(pack, GAMES, home)
    assert now_s() - began_s < 1.0 + held_up.so_far_s or sys.gettrace() is not None
    assert everything_in(tmp_path) == before


def test_L4_a_link_is_refused(tmp_path: Path) -> None:
    pack = zipped(tmp_path / "pack.zip", {"one.yaml": "/etc/passwd"}, external_attr=(stat.S_IFLNK | 0o777) << 16)
    with pytest.raises(PackRefusedError, match="is a link"):
        add_pack(pack, GAMES, tmp_path / "levels")
    folder = tmp_path / "linked"
    folder.mkdir()
    try:
        (folder / "one.yaml").symlink_to("/etc/passwd")
    except OSError:
        pytest.skip("links cannot be made here")
    with pytest.raises(PackRefusedError, match="a link to another place"):
        add_pack(folder, GAMES, tmp_path / "levels")


def test_L4_a_hundred_thousand_files_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "pack.zip"
    with zipfile.ZipFile(path, "w") as pack:
        for n in range(100_000):
            pack.writestr(f"n{n}.yaml", b"")
    began_s, held_up = now_s(), HoldUps()
    with pytest.raises(PackRefusedError, match="more than 500 files"):
        add_pack(path, GAMES, tmp_path / "levels")
    assert now_s() - began_s < 1.0 + held_up.so_far_s


def test_a_damaged_zip_is_taken_or_refused_and_nothing_else(tmp_path: Path) -> None:
    whole = zipped(tmp_path / "whole.zip", {"one.yaml": LEVEL * 50}).read_bytes()
    for n in range(0, len(whole), 7):
        damaged = io.BytesIO(whole)
        damaged.seek(n)
        damaged.write(b"\xff\x00\xff")
        path = tmp_path / "damaged.zip"
        path.write_bytes(damaged.getvalue())
        with contextlib.suppress(PackRefusedError):
            add_pack(path, GAMES, tmp_path / f"levels{n}")
