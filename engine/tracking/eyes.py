"""Looking at pictures with as little work as will do: one hand or two, and the model the machine keeps up with.

MediaPipe asked for two hands searches the whole picture for a palm in every frame in which it follows fewer; that
more than doubles the work. So a missing second hand is searched for in every fifth picture, and between those only the
hand that is there is followed.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from engine.tracking.bundle import Size, read_bundle
from engine.tracking.landmarker import Landmarker
from engine.tracking.memory import to_be_given_back
from engine.tracking.messages import RawHand
from engine.tracking.sharedpicture import Image

WARM_UP_PX = (480, 640, 3)
RESTED_PICTURES = 3
PATIENT_PICTURES, SEARCH_EVERY = 6, 5
"""For so many pictures a missing hand is searched for in each (it was there a moment ago), then in every fifth."""


@dataclass(frozen=True)
class Search:
    """For how many pictures in a row fewer than two hands have been seen."""

    missing: int = 0

    @property
    def wide(self) -> bool:
        """Whether the next picture is looked at for two hands."""
        return self.missing < PATIENT_PICTURES or self.missing % SEARCH_EVERY == 0

    def after(self, found: int) -> "Search":
        return Search() if found >= 2 else Search(self.missing + 1)


class Eyes:
    """One or two landmarkers of one model; another model is made ready beside the looking and then taken over."""

    def __init__(self, models: Mapping[Size, Path], size: Size, hands: Literal[1, 2]) -> None:
        self._models = models
        self.size = size
        self.hands: Literal[1, 2] = hands
        self._by_hands: dict[int, Landmarker] = {}
        self._search = Search()
        self._fresh: dict[int, Landmarker] | None = None
        self._making: threading.Thread | None = None
        self._next_size: Size = size
        self._narrow_rested = 0
        self._bundle = read_bundle(models[size], size)
        with to_be_given_back():
            for count in {1, hands}:
                self._landmarker(count)

    def hands_in(self, image: Image, t_s: float) -> tuple[RawHand, ...]:
        """The hands in a picture (height, width, 3), red first."""
        self._take_over()
        found = self._narrow(image, t_s) if self.hands == 1 or not self._search.wide else None
        if found is None:
            self._narrow_rested += 1
            found = self._landmarker(2).hands_in(image, t_s)
        self._search = self._search.after(len(found))
        return found

    def _narrow(self, image: Image, t_s: float) -> tuple[RawHand, ...] | None:
        """What one-hand tracking finds. None where it rested too long to go on from where it was and finds nothing
        (a closed fist is followed, but seldom found): then two-hand tracking, which has it, is not left yet."""
        one, rested = self._landmarker(1), self._narrow_rested > RESTED_PICTURES
        if rested:
            one.begin_anew(image, t_s)
        found = one.hands_in(image, t_s)
        if rested and not found and self.hands == 2:
            return None
        self._narrow_rested = 0
        return found

    def look_for(self, hands: Literal[1, 2]) -> None:
        """From now on look for so many hands."""
        if hands != self.hands:
            self.hands, self._search = hands, Search()

    @property
    def changing(self) -> bool:
        """Whether another model is being made ready."""
        return self._making is not None

    def can_be(self, size: Size) -> bool:
        """Whether this computer has that model."""
        return size in self._models

    def change(self, size: Size) -> None:
        """Take over to the other model as soon as it is ready; until then this one goes on looking."""
        if self._making is None and size != self.size and self.can_be(size):
            self._next_size = size
            self._making = threading.Thread(target=self._make, name="other model", daemon=True)
            self._making.start()

    def close(self) -> None:
        if self._making is not None:
            self._making.join()
        for landmarker in (*self._by_hands.values(), *(self._fresh or {}).values()):
            landmarker.close()
        self._by_hands, self._fresh = {}, None

    def _landmarker(self, hands: int) -> Landmarker:
        if hands not in self._by_hands:
            self._by_hands[hands] = _ready(self._bundle, hands)
        return self._by_hands[hands]

    def _make(self) -> None:
        with to_be_given_back():
            bundle = read_bundle(self._models[self._next_size], self._next_size)
            self._fresh = {hands: _ready(bundle, hands) for hands in tuple(self._by_hands)}
            self._bundle = bundle

    def _take_over(self) -> None:
        if self._making is None or self._making.is_alive():
            return
        self._making = None
        if self._fresh is not None:
            with to_be_given_back():
                for landmarker in self._by_hands.values():
                    landmarker.close()
            self._by_hands, self._fresh, self.size = self._fresh, None, self._next_size


def _ready(bundle: bytes, hands: int) -> Landmarker:
    """The first picture costs many times what a later one does; let it not be the person's."""
    landmarker = Landmarker(bundle, 2 if hands == 2 else 1)
    landmarker.hands_in(np.full(WARM_UP_PX, 90, dtype=np.uint8), 0.0)
    return landmarker
