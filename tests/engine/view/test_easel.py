"""In play no picture of a thing keeps a frame waiting: a rough one stands in, and the fine one follows."""

import numpy as np
import pygame
import pytest

from engine.view.easel import AT_ONCE, KEPT, InBackground
from engine.view.painter import Painter
from engine.view.palette import STANDARD
from engine.view.projection import seated_eye
from engine.view.scene import Scene, Slot
from engine.view.solids import slot_pictures

EYE = seated_eye((640, 360))


def pixels(surface: pygame.Surface) -> np.ndarray:
    return pygame.surfarray.array3d(surface).astype(float)


def test_the_fine_picture_follows_and_is_the_one_that_is_made_at_once() -> None:
    easel, box = InBackground(), Slot((0.03, 0.0, 0.01), 90)
    rough = easel.picture(slot_pictures, box, EYE, STANDARD)
    next(iter(easel._fine.values())).result(timeout=30)
    fine = easel.picture(slot_pictures, box, EYE, STANDARD)
    assert rough is not None
    assert fine is not None
    assert fine is AT_ONCE.picture(slot_pictures, box, EYE, STANDARD)
    assert rough[0].picture.get_size() == fine[0].picture.get_size()
    assert rough[0].corner == fine[0].corner
    difference = np.abs(pixels(rough[0].picture) - pixels(fine[0].picture)).mean()
    assert 0 < difference < 12
    easel.close()


def test_a_scene_ends_up_the_same_picture() -> None:
    scene = Scene((Slot((-0.05, 0.0, 0.02), 80, lit=0.5),))
    easel = InBackground()
    patient, hurried = Painter((640, 360)), Painter((640, 360), easel=easel)
    hurried.paint(scene)
    for begun in list(easel._fine.values()):
        begun.result(timeout=30)
    assert (pixels(hurried.paint(scene)) == pixels(patient.paint(scene))).all()
    easel.close()


@pytest.mark.parametrize("asked", [KEPT + 5])
def test_only_so_many_pictures_are_kept(asked: int) -> None:
    easel = InBackground()
    for n in range(asked):
        easel.picture(lambda n, finer=2.0: (n, finer), n)
    assert len(easel._fine) == KEPT
    easel.close()
