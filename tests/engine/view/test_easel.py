"""In play no picture of a thing keeps a frame waiting: a rough one stands in, and the fine one follows."""

from threading import Event

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


def test_a_thing_on_the_move_keeps_its_last_picture_and_leaves_places_it_has_left() -> None:
    easel, held_up, made = InBackground(), Event(), []

    def paint(place: int, finer: float = 2.0) -> tuple[int, float]:
        if finer == 2.0:
            assert place == 0 or held_up.wait(30)
            made.append(place)
        return place, finer

    assert easel.picture(paint, 0, rough=1.0, like="coin") in {(0, 1.0), (0, 2.0)}
    easel._fine[(paint, (0,))].result(timeout=30)
    assert [easel.picture(paint, place, rough=1.0, like="coin") for place in (1, 2, 3)] == [(0, 2.0)] * 3
    assert easel.picture(paint, 3, rough=1.0, like="another") == (3, 1.0)
    held_up.set()
    easel._fine[(paint, (3,))].result(timeout=30)
    assert easel.picture(paint, 3, rough=1.0, like="coin") == (3, 2.0)
    assert 2 not in made, "the second place was left before it was begun"
    easel.close()
