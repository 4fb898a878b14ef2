"""The names of levels: which file is meant by `coin_drop/01`, and what a level file is called."""

from difflib import get_close_matches
from pathlib import Path

from engine.paths import levels_folder, packs_path
from engine.play.levelerrors import NoSuchLevelError
from engine.play.levelwords import either

SUFFIXES = (".yaml", ".yml")


def level_roots() -> tuple[Path, ...]:
    """The folders in which levels are known by name: the shipped ones first, then the packs that were added."""
    return levels_folder(), packs_path()


def level_files(folder: Path) -> list[Path]:
    """Every level file in a folder and the folders in it, in order of name; hidden ones are left alone."""
    found = (file for file in folder.rglob("*") if file.suffix in SUFFIXES and file.is_file())
    return sorted(file for file in found if not any(part.startswith(".") for part in file.relative_to(folder).parts))


def name_of(path: Path) -> str:
    """A level's name, as `coin_drop/01_one_coin`, or the bare name of a file that lies anywhere else."""
    whole = path.resolve().with_suffix("")
    for root in level_roots():
        if whole.is_relative_to(root.resolve()):
            return whole.relative_to(root.resolve()).as_posix()
    return path.stem


def resolve_level(name: Path | str, folder: Path | None = None) -> Path:
    """The file meant by a path, or by a name as `coin_drop/01_first_coin` or, where it is clear, `coin_drop/01`."""
    path, roots = Path(name), level_roots() if folder is None else (folder,)
    if path.suffix in SUFFIXES or path.is_file():
        shelved = next((root / path for root in roots if (root / path).is_file()), path)
        return path if path.is_file() else shelved
    asked = path.as_posix().strip("/")
    by_name = {
        file.relative_to(root).with_suffix("").as_posix(): file
        for root in reversed(roots)
        for file in level_files(root)
    }
    if asked in by_name:
        return by_name[asked]
    fits = [known for known in by_name if known.startswith(asked + "_") or known.split("/")[-1] == asked]
    if len(fits) == 1:
        return by_name[fits[0]]
    raise NoSuchLevelError(name, _meant(path, tuple(sorted(by_name)), tuple(fits)))


def _meant(path: Path, known: tuple[str, ...], fits: tuple[str, ...]) -> str:
    """What can be written instead of a name that is no level's, or that of several."""
    asked, every = path.as_posix().strip("/"), "`opposable levels list` shows every level"
    if fits:
        return f"more than one level begins so; it can be {either(fits)}"
    of_game = tuple(level for level in known if level.startswith(asked + "/"))
    if of_game:
        return f"this is not a level but all of these; name one: {either(of_game)}"
    if path.is_dir():
        return f"this names no level; write one, as coin_drop/01, or a .yaml file; {every}"
    nearest = get_close_matches(asked, known, n=1, cutoff=0.6)
    meant = f"did you mean '{nearest[0]}'? " if nearest else ""
    return f"there is no level of this name; {meant}{every}"
