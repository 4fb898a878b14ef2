"""Level packs: folders of levels that the person added to the shipped ones, taken in whole or not at all."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from engine.paths import packs_path, private_folder
from engine.play.levelerrors import LevelErrors
from engine.play.levelfile import AnyGame, Shelf, find_levels
from engine.play.levelnames import SUFFIXES
from engine.play.packfiles import DEVICES, NAME, PackRefusedError, pack_files
from engine.play.picturefile import PICTURES, PictureRefusedError, check_picture

MOST_TOLD = 10


@dataclass(frozen=True)
class Pack:
    """A pack that was added: its levels, and those of its files that need a change first."""

    name: str
    folder: Path
    shelf: Shelf

    @property
    def offered(self) -> bool:
        """Whether it can be shown to a player: at least one level, and nothing amiss with any."""
        return bool(self.shelf.levels) and not self.shelf.problems


def find_packs(games: tuple[AnyGame, ...], folder: Path | None = None) -> tuple[Pack, ...]:
    """Every pack that was added, in order of name. A broken one hides no other."""
    root = folder or packs_path()
    if not root.is_dir():
        return ()
    folders = sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith("."))
    return tuple(Pack(path.name, path, find_levels(games, path)) for path in folders)


def pack_of(level: Path) -> str:
    """The name of the pack that a level file came with; empty for any other."""
    root, file = packs_path().resolve(), level.resolve()
    return file.relative_to(root).parts[0] if file.is_relative_to(root) else ""


def add_pack(path: Path, games: tuple[AnyGame, ...], folder: Path | None = None) -> Pack:
    """Check a pack and copy it into the person's own folder. Raises `PackRefusedError`; then nothing was kept."""
    name = re.sub(r"[^a-z0-9_-]+", "_", path.stem.lower()).strip("_-")[:40]
    if not NAME.fullmatch(name) or name in DEVICES:
        raise PackRefusedError(f"{path}: name the pack in small letters and digits, as hand_clinic.zip")
    if any(name == game.name for game in games):
        raise PackRefusedError(
            f"{path}: '{name}' is the name of a game, whose own levels would hide these; rename the pack, as "
            f"our_{name}{path.suffix}"
        )
    files = pack_files(path)
    if not any(inside.endswith(SUFFIXES) for inside in files):
        raise PackRefusedError(f"{path}: there is no level in it; a pack holds .yaml files")
    for inside, raw in files.items():
        if inside.endswith(PICTURES):
            _check_cover(path, inside, raw)
    root = private_folder(folder or packs_path())
    place = root / name
    if place.exists():
        raise PackRefusedError(
            f"{path}: a pack '{name}' is there already ({place}); rename the new one, or delete that"
        )
    # It is looked at under the name it will have, so that its levels can be called by it.
    fresh = Path(mkdtemp(prefix=".new-", dir=root)) / name
    try:
        for inside, raw in files.items():
            private_folder((fresh / inside).parent)
            (fresh / inside).write_bytes(raw)
            (fresh / inside).chmod(0o600)
        shelf = find_levels(games, fresh)
        if shelf.problems:
            raise PackRefusedError(_first_of(path, fresh, shelf.problems))
        fresh.rename(place)
    finally:
        shutil.rmtree(fresh.parent, ignore_errors=True)
    return Pack(name, place, find_levels(games, place))


def _first_of(path: Path, fresh: Path, problems: tuple[LevelErrors, ...]) -> str:
    errors = [str(error).replace(f"{fresh}/", "") for problem in problems for error in problem.errors]
    more = f"\nand {len(errors) - MOST_TOLD} more" if len(errors) > MOST_TOLD else ""
    return f"{path}: change these first:\n" + "\n".join(errors[:MOST_TOLD]) + more


def _check_cover(path: Path, inside: str, raw: bytes) -> None:
    try:
        check_picture(raw)
    except PictureRefusedError as problem:
        raise PackRefusedError(f"{path}: {inside}: {problem}") from None
