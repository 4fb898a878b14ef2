"""The room is one place: it fits every window, and is painted the same way every time."""

import numpy as np
import pytest

from engine.view.palette import HIGH_CONTRAST, PLAIN, STANDARD, contrast
from engine.view.projection import seated_eye
from engine.view.room import MOST_PIXELS, bake, bake_size
from engine.view.scene import PLAY_DEPTH_M, PLAY_WIDTH_M

CORNERS = np.array(
    [[x * PLAY_WIDTH_M / 2, 0.0, z * PLAY_DEPTH_M / 2] for x in (-1, 1) for z in (-1, 1)],
)


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (800, 600), (2560, 1080), (600, 1000)])
def test_the_play_area_is_whole_and_high_enough_in_every_window(size: tuple[int, int]) -> None:
    xy, depth = seated_eye(size).project(CORNERS)
    assert (depth > 0).all()
    assert (xy[:, 0] > 0).all()
    assert (xy[:, 0] < size[0]).all()
    assert xy[:, 1].min() > 0.15 * size[1]
    assert xy[:, 1].max() < 0.75 * size[1]


def test_rays_go_where_points_came_from() -> None:
    eye = seated_eye((1280, 720))
    points = np.array([[0.1, 0.0, 0.1], [-0.3, 0.2, -0.2], [0.0, -0.1, 0.3]])
    xy, depth = eye.project(points)
    assert np.allclose(np.array(eye.at_m) + eye.rays(xy[:, 0], xy[:, 1]) * depth[:, None], points)


def test_large_windows_are_painted_smaller_and_enlarged() -> None:
    assert bake_size((1280, 720)) == (1280, 720)
    width, height = bake_size((3840, 2160))
    assert width * height <= MOST_PIXELS * 1.01
    assert width / height == pytest.approx(16 / 9, rel=0.01)


def test_the_same_room_twice() -> None:
    eye = seated_eye((320, 180))
    first = bake(eye, STANDARD).copy()
    bake.cache_clear()
    assert (bake(eye, STANDARD) == first).all()


def test_things_stand_out_from_the_mat_in_every_palette() -> None:
    eye = seated_eye((320, 180))
    xy, _ = eye.project(np.array([[0.15, 0.0, 0.0]]))
    for palette, least in ((STANDARD, 3.0), (PLAIN, 3.0), (HIGH_CONTRAST, 7.0)):
        red, green, blue = bake(eye, palette)[int(xy[0, 1]), int(xy[0, 0])].tolist()
        for metal in palette.metals.values():
            assert contrast(metal.light, (red, green, blue)) >= least


def test_plain_leaves_out_grain_and_window() -> None:
    eye = seated_eye((320, 180))
    colours = {tuple(pixel) for pixel in bake(eye, PLAIN).reshape(-1, 3).tolist()}
    assert len(colours) < 150 < len({tuple(pixel) for pixel in bake(eye, STANDARD).reshape(-1, 3).tolist()})
