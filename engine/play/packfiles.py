"""What lies in a level pack, read with care: from a folder, or from a zip file without unpacking it to the disk.

A pack holds level files, in it or in folders one deep, and may hold one picture for its cover. Notes (.txt, .md) and
what a computer leaves in zip files are not taken over. Whatever else is found, the whole pack is refused.
"""

import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISLNK, S_ISREG

from engine.play.levelnames import SUFFIXES
from engine.play.picturefile import PICTURES
from engine.problem import ProblemError

MOST_FILES, MOST_BYTES, MOST_RATIO = 500, 50 * 1024 * 1024, 100
MOST_FILE_BYTES = 4 * 1024 * 1024
COVER = "cover"
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
LEFT_OUT = (".txt", ".md")
_END_OF_ZIP, _END_BYTES = b"PK\x05\x06", 22


class PackRefusedError(ProblemError):
    """The pack cannot be taken in; the message says what was found in which file, and what to do."""


def pack_files(path: Path) -> dict[str, bytes]:
    """The files of a pack by their names in it. Raises `PackRefusedError`."""
    return dict(_from_folder(path) if path.is_dir() else _from_zip(path))


def _from_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    known: set[str] = set()
    total = 0
    for count, file in enumerate(sorted(folder.rglob("*")), 1):
        if count > 2 * MOST_FILES:
            raise PackRefusedError(f"{folder}: more than {MOST_FILES} files; a pack may have {MOST_FILES}")
        if file.is_symlink():
            raise PackRefusedError(f"{file}: this is a link to another place; put the file itself into the pack")
        if file.is_dir() or not (inside := _accepted(folder, file.relative_to(folder).as_posix(), known)):
            continue
        if file.stat().st_size > MOST_FILE_BYTES or not S_ISREG(file.stat().st_mode):
            raise PackRefusedError(
                f"{file}: larger than any level or cover ({MOST_FILE_BYTES // 1024**2} MB), or no file"
            )
        total += file.stat().st_size
        _within(folder, len(known), total)
        yield inside, file.read_bytes()


def _from_zip(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        size = path.stat().st_size
        if _entries(path) > 2 * MOST_FILES:
            raise PackRefusedError(f"{path}: more than {MOST_FILES} files; a pack may have {MOST_FILES}")
        with zipfile.ZipFile(path) as zipped:
            yield from _unzipped(path, zipped, size)
    except PackRefusedError:
        raise
    except OSError as problem:
        raise PackRefusedError(f"{path}: it cannot be opened ({problem.strerror or problem})") from None
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, struct.error) as problem:
        raise PackRefusedError(
            f"{path}: this is no zip file that can be read ({problem}); zip the folder again"
        ) from None
    except Exception as problem:  # zlib.error and whatever a damaged file makes a decoder raise
        raise PackRefusedError(f"{path}: damaged ({problem}); zip the folder again") from None


def _unzipped(path: Path, zipped: zipfile.ZipFile, size: int) -> Iterator[tuple[str, bytes]]:
    known: set[str] = set()
    total = 0
    infos = [info for info in zipped.infolist() if not info.is_dir()]
    top = _common_top([info.orig_filename for info in infos])
    for info in infos:
        if S_ISLNK(info.external_attr >> 16):
            raise PackRefusedError(f"{path}: {_shown(info.orig_filename)} is a link; put the file itself into the pack")
        if not (inside := _accepted(path, info.orig_filename.removeprefix(top), known)):
            continue
        if info.flag_bits & 1:
            raise PackRefusedError(f"{path}: {inside} is locked with a password; zip the folder without one")
        with zipped.open(info) as opened:
            raw = opened.read(MOST_FILE_BYTES + 1)
        total += len(raw)
        if (
            len(raw) > MOST_FILE_BYTES
            or len(raw) > MOST_RATIO * max(info.compress_size, 1)
            or total > MOST_RATIO * size
        ):
            raise PackRefusedError(f"{path}: {inside} unpacks to far more than a level or cover needs; it is refused")
        _within(path, len(known), total)
        yield inside, raw


def _entries(path: Path) -> int:
    """How many files the end of a zip file claims, read before anything else is."""
    with path.open("rb") as file:
        file.seek(0, 2)
        file.seek(max(0, file.tell() - 65_536 - _END_BYTES))
        tail = file.read()
    at = tail.rfind(_END_OF_ZIP)
    if at < 0 or len(tail) < at + _END_BYTES:
        raise zipfile.BadZipFile("its end is missing")
    return int(struct.unpack_from("<H", tail, at + 10)[0])


def _common_top(names: list[str]) -> str:
    """The one folder that everything lies in, as many programs zip it; else nothing."""
    tops = {name.partition("/")[0] if "/" in name else "" for name in names if not name.startswith("__MACOSX/")}
    top = tops.pop() if len(tops) == 1 else ""
    return f"{top}/" if top and top not in (".", "..") else ""


def _accepted(pack: Path, name: str, known: set[str]) -> str:
    """The name inside the pack, or nothing for a file that is left out. Raises `PackRefusedError`."""
    parts = name.split("/")
    last = parts[-1].lower()
    if parts[0] == "__MACOSX" or parts[-1] in (".DS_Store", "Thumbs.db") or parts == [""]:
        return ""
    *folders, _ = parts
    stem, dot, suffix = last.rpartition(".")
    plain = all(NAME.fullmatch(part) and part not in DEVICES for part in folders) and len(folders) <= 1
    if plain and f"{dot}{suffix}" in LEFT_OUT and re.fullmatch(r"[A-Za-z0-9_. -]+", parts[-1]):
        return ""
    if not plain or parts[-1] != last or not NAME.fullmatch(stem) or stem in DEVICES:
        raise PackRefusedError(
            f"{pack}: '{_shown(name)}' cannot be taken in; name files in small letters, digits, - and _, "
            "at most one folder deep"
        )
    is_cover = stem == COVER and not folders and last.endswith(PICTURES)
    if not last.endswith(SUFFIXES) and not is_cover:
        raise PackRefusedError(
            f"{pack}: '{_shown(name)}' does not belong in a pack; take it out (levels are .yaml, a cover is cover.png)"
        )
    if name in known:
        raise PackRefusedError(f"{pack}: '{_shown(name)}' is in it twice; keep one of them")
    known.add(name)
    return name


def _within(pack: Path, files: int, total: int) -> None:
    if files > MOST_FILES:
        raise PackRefusedError(f"{pack}: more than {MOST_FILES} files; a pack may have {MOST_FILES}")
    if total > MOST_BYTES:
        raise PackRefusedError(f"{pack}: more than {MOST_BYTES // 1024**2} MB unpacked; a pack may have that much")


def _shown(name: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in name)[:80]
