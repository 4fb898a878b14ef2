"""The tool that makes the hand still makes the hand that is shipped."""

import numpy as np
import pytest

from engine.paths import assets_folder
from tools.hand_shape import POINTS_MM, hand_mm, outward
from tools.make_hand_mesh import build


def test_joints_lie_inside_the_solid_and_the_room_around_it_outside() -> None:
    assert hand_mm(POINTS_MM).max() < -1.0
    box = np.array([[-120.0, 0, 0], [140.0, -100, 0], [0, -230.0, 0], [0, 0, 90.0], [0, -60, -120.0]])
    assert hand_mm(box).min() > 10.0


def test_normals_of_the_solid_are_unit() -> None:
    np.testing.assert_allclose(np.linalg.norm(outward(POINTS_MM + 3.0), axis=1), 1.0, atol=1e-9)


@pytest.mark.long
def test_the_tool_makes_what_is_shipped() -> None:
    # Another processor may round otherwise and join other edges: shape and size must agree, not every triangle.
    made = build()
    with np.load(assets_folder() / "hand_mesh.npz") as shipped:
        assert set(made) == set(shipped.files)
        for name in made:
            assert made[name].dtype == shipped[name].dtype
            assert made[name].shape[1:] == shipped[name].shape[1:]
            assert abs(len(made[name]) - len(shipped[name])) <= 0.02 * len(shipped[name])
        for extreme in (np.min, np.max):
            np.testing.assert_allclose(
                extreme(made["points_m"], axis=0), extreme(shipped["points_m"], axis=0), atol=0.001
            )
