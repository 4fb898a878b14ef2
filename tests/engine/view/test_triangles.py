"""Triangles: the near one wins, the back of one is not seen, and what lies on the skin stays on it."""

import numpy as np
import pygame

from engine.hand import Array
from engine.view.projection import Eye
from engine.view.triangles import ROOM_LIGHT, Drawn, draw, paint, prepare, shaded

SIZE = (200, 160)
AHEAD = Eye((0.0, 0.0, 0.0), 0.0, 1.0, SIZE)
RED, GREEN = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)


def wall(depth_m: float) -> Array:
    """A triangle across the whole view, its face towards the eye."""
    return np.array([[-9.0, -9.0, -depth_m], [0.0, 9.0, -depth_m], [9.0, -9.0, -depth_m]])


def prepared(depths_m: list[float], colours: list[tuple[float, float, float]], nearer_m: list[float]) -> Drawn:
    count = len(depths_m)
    points = np.concatenate([wall(depth) for depth in depths_m]).astype(np.float32)
    normals = np.tile(np.array([0, 0, 1], np.float32), (3 * count, 1))
    faces = np.arange(3 * count, dtype=np.int32).reshape(count, 3).T
    own = np.repeat(np.array(colours, np.float32), 3, axis=0).T
    sky = np.ones(3 * count, np.float32)
    return prepare(
        AHEAD, points, normals, faces, np.ascontiguousarray(own), ROOM_LIGHT, sky, np.array(nearer_m, np.float32)
    )


def middle(drawn: Drawn) -> Array:
    surface = pygame.Surface(SIZE, depth=32)
    draw(surface, drawn)
    return np.array(surface.get_at((100, 80))[:3])


def test_the_nearer_triangle_hides_the_farther_one_in_either_order() -> None:
    for depths, colours in (([1.0, 2.0], [RED, GREEN]), ([2.0, 1.0], [GREEN, RED])):
        red, green, _ = middle(prepared(depths, colours, [0.0, 0.0]))
        assert red > 60 > green


def test_a_detail_counts_as_nearer_than_it_is() -> None:
    red, green, _ = middle(prepared([1.000, 1.001], [RED, GREEN], [0.0, 0.004]))
    assert green > 60 > red


def test_a_triangle_s_back_and_what_is_behind_the_eye_are_not_drawn() -> None:
    assert len(prepared([1.0], [RED], [0.0]).rgb) == 1
    assert len(prepared([-1.0], [RED], [0.0]).rgb) == 0
    points, faces = wall(1.0).astype(np.float32), np.array([[0], [2], [1]], np.int32)
    ones = np.ones((3, 3), np.float32)
    away = prepare(AHEAD, points, ones, faces, ones, ROOM_LIGHT, np.ones(3, np.float32), np.zeros(1, np.float32))
    assert len(away.rgb) == 0


def test_light_comes_from_the_upper_left_and_never_overflows() -> None:
    normals = np.array([[-0.45, 0.75, 0.5], [0.45, -0.75, -0.5]], np.float32).T / np.float32(1.008)
    eye = np.tile(np.array([[0], [0], [1]], np.float32), (1, 2))
    white = np.ones((3, 2), np.float32)
    lit = shaded(white, normals, eye, ROOM_LIGHT, np.ones(2, np.float32))
    assert (lit[:, 0] > 2.0 * lit[:, 1]).all()
    assert lit.max() <= 255
    folded = shaded(white, normals, eye, ROOM_LIGHT, np.full(2, 0.3, np.float32))
    assert (folded < lit).all()


def test_paint_smooths_the_outline_and_stays_in_its_box() -> None:
    surface = pygame.Surface(SIZE, depth=32)
    corners = np.array([[[60, 40], [150, 60], [80, 130]]], np.int32)
    box = paint(surface, Drawn(corners, np.array([[200, 160, 120]], np.uint8), np.ones(1, np.float32)))
    red = pygame.surfarray.array3d(surface)[:, :, 0].astype(int)
    outside = red.copy()
    outside[box.left : box.right, box.top : box.bottom] = 0
    assert not outside.any()
    assert abs(red[90, 75] - 200) <= 3
    assert len(np.unique(red)) > 20


def test_nothing_to_paint_is_fine() -> None:
    empty = Drawn(np.empty((0, 3, 2), np.int32), np.empty((0, 3), np.uint8), np.empty(0, np.float32))
    assert paint(pygame.Surface(SIZE), empty).size == (0, 0)
