"""The covers of packs: small pictures from elsewhere, decoded beside the menu, so that nobody waits for one."""

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pygame

from engine.play.packfiles import COVER, MOST_FILE_BYTES
from engine.play.picturefile import PICTURES, PictureRefusedError
from engine.view.coverpicture import CoverDecoder


class Covers:
    """Covers by the folder of their pack, each decoded once and in a process of its own."""

    def __init__(self) -> None:
        self._decoder = CoverDecoder()
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="covers")
        self._asked: dict[Path, Future[pygame.Surface | None]] = {}

    def of(self, folder: Path) -> pygame.Surface | None:
        """The cover of the pack in this folder; None while it is not ready, and where there is none to show."""
        asked = self._asked.get(folder)
        if asked is None:
            asked = self._asked[folder] = self._beside.submit(self._decoded, folder)
        return asked.result() if asked.done() else None

    def _decoded(self, folder: Path) -> pygame.Surface | None:
        for ending in PICTURES:
            try:
                with (folder / f"{COVER}{ending}").open("rb") as file:
                    return self._decoder.decode(file.read(MOST_FILE_BYTES))
            except FileNotFoundError:
                continue
            except (OSError, PictureRefusedError):
                # A cover is an ornament: without it the pack plays all the same.
                return None
        return None

    def close(self) -> None:
        """Once the one that is being decoded is; those that wait are left."""
        self._beside.shutdown(cancel_futures=True)
        self._decoder.close()
