"""The names of levels: which file is meant by `coin_drop/01`, and what a level file is called."""

from pathlib import Path

from engine.paths import levels_folder, packs_path
from engine.play.levelerrors import one_error
from engine.play.levelwords import did_you_mean, either

SUFFIXES = (".yaml", ".yml")


def level_roots() -> tuple[Path, ...]:
    """The folders in which levels are known by name: the shipped ones first, then the packs that were added."""
    return levels_folder(), packs_path()


def level_files(folder: Path) -> list[Path]:
    """Every level file in a folder and the folders in it, in order of name."""
    return sorted(file for file in folder.rglob("*") if file.suffix in SUFFIXES and file.is_file())


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
    if fits:
        raise one_error(path, f"more than one level begins so; it can be {either(tuple(fits))}")
    of_game = [known for known in by_name if known.startswith(asked + "/")]
    if of_game:
        raise one_error(path, f"these are several levels; name one, as '{min(of_game)}'")
    amiss = "there is no level of this name" + did_you_mean(asked, tuple(by_name))
    raise one_error(path, f"{amiss}; `opposable levels list` shows every level")
