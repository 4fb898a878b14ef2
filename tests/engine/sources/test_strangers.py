"""Real tracking of painted hands: a stranger's hand that comes into a one-hand game is never taken for the person's."""

from collections.abc import Iterator

import numpy as np
import pytest

from engine.clock import now_s
from engine.hand import Side
from engine.handmodel import HandAngles
from engine.motion.setup_hints import Hint
from engine.sources.camera import CameraSource
from engine.tracking.sharedpicture import Image
from engine.view.camera_picture import CameraHand, camera_picture
from tests.engine.tracking.helpers import NoiseCamera, need_model, wait_for

pytestmark = pytest.mark.long

PERSON_X, STRANGER_X, WIDTH_PX = 170.0, 500.0, 640
PERSON = CameraHand(Side.RIGHT, HandAngles(), (PERSON_X, 250.0), tone="honey")
STRANGER = CameraHand(Side.RIGHT, HandAngles(), (STRANGER_X, 250.0), tone="sand")
NOISES = 4


def pictures(*hands: CameraHand) -> list[Image]:
    return [np.array(camera_picture(hands, number=n)) for n in range(NOISES)]


@pytest.fixture
def camera() -> Iterator[NoiseCamera]:
    need_model()
    made = NoiseCamera()
    yield made
    made.close()


def test_a_strangers_hand_adds_nothing_while_the_persons_is_away_and_is_said(camera: NoiseCamera) -> None:
    alone, both, stranger = pictures(PERSON), pictures(PERSON, STRANGER), pictures(STRANGER)
    camera.show = lambda n: alone[n % NOISES]
    source = CameraSource(camera.written, only=Side.RIGHT, model="full")
    places: list[float] = []

    def read() -> bool:
        seen = [sample.right for sample in source.read(0.05) if sample.right is not None]
        places.extend(float(hand.picture_xy[0, 0]) for hand in seen if hand.picture_xy is not None)
        return bool(seen)

    def show_for(shown: list[Image], seconds: float) -> None:
        camera.show = lambda n: shown[n % NOISES]
        until_s = now_s() + seconds
        while now_s() < until_s:
            read()

    try:
        wait_for(lambda: read() and len(places) > 10)
        show_for(both, 1.0)
        show_for(stranger, 0.9)
        hint_alone = source.hint
        show_for(both, 2.0)
        came_back = len(places)
        show_for(both, 1.0)
    finally:
        source.close()
    assert hint_alone is Hint.SECOND_PERSON
    assert len(places) > came_back, "the person's hand is followed again beside the stranger's"
    assert max(places) < (PERSON_X + STRANGER_X) / 2 / WIDTH_PX, "nothing of the stranger's hand was taken"
