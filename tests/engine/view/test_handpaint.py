"""A hand in the room: where it lies, which way it faces, and what of it is painted."""

from dataclasses import replace
from math import pi

import numpy as np
import pygame
import pytest
from numpy.typing import NDArray

from engine.hand import Array, Side
from engine.view.handmesh import load_hand_mesh
from engine.view.handpaint import drawn_hand, hand_axes, paint_hand, place
from engine.view.projection import seated_eye
from engine.view.scene import Hand
from engine.view.skin import BAND, TONES, ToneName
from tests.engine.view.poses import FIST, OPEN

SIZE = (1280, 720)
EYE = seated_eye(SIZE)
FLAT = Hand(Side.RIGHT, (0.15, 0.05, 0.08))
DESK = (60, 90, 80)


def painted(hand: Hand, tone: ToneName = "honey", alpha: float = 1.0) -> tuple[Array, pygame.Rect]:
    surface = pygame.Surface(SIZE, depth=32)
    surface.fill(DESK)
    box = paint_hand(surface, EYE, hand, OPEN if hand.angles is None else None, tone, alpha)
    return pygame.surfarray.array3d(surface).astype(float), box


def on_hand(picture: Array) -> NDArray[np.bool_]:
    changed: NDArray[np.bool_] = (picture != DESK).any(axis=2)
    return changed


def towards(hand: Hand) -> tuple[Array, Array, Array]:
    """Where fingers, palm and thumb point in the room."""
    thumb = hand_axes(hand) @ ((1.0, 0, 0) if hand.side is Side.RIGHT else (-1.0, 0, 0))
    return hand_axes(hand) @ (0, -1.0, 0), hand_axes(hand) @ (0, 0, -1.0), thumb


@pytest.mark.parametrize(("side", "inwards"), [(Side.RIGHT, -1.0), (Side.LEFT, 1.0)])
def test_a_hand_lies_palm_down_and_turns_up_by_the_thumb(side: Side, inwards: float) -> None:
    flat = replace(FLAT, side=side)
    fingers, palm, thumb = towards(flat)
    np.testing.assert_allclose(fingers, (0, 0, -1), atol=1e-12)
    np.testing.assert_allclose(palm, (0, -1, 0), atol=1e-12)
    np.testing.assert_allclose(thumb, (inwards, 0, 0), atol=1e-12)
    _, palm, thumb = towards(replace(flat, roll_rad=pi / 2))
    np.testing.assert_allclose(thumb, (0, 1, 0), atol=1e-12)
    np.testing.assert_allclose(palm, (inwards, 0, 0), atol=1e-12)
    _, palm, _ = towards(replace(flat, roll_rad=pi))
    np.testing.assert_allclose(palm, (0, 1, 0), atol=1e-12)


@pytest.mark.parametrize("side", Side)
def test_yaw_turns_the_fingers_right_and_pitch_lifts_them(side: Side) -> None:
    fingers, _, _ = towards(replace(FLAT, side=side, fingers_yaw_rad=0.5))
    np.testing.assert_allclose(fingers, (np.sin(0.5), 0, -np.cos(0.5)), atol=1e-12)
    fingers, _, _ = towards(replace(FLAT, side=side, pitch_rad=0.5))
    np.testing.assert_allclose(fingers, (0, np.sin(0.5), -np.cos(0.5)), atol=1e-12)


def test_hands_at_mirrored_places_are_mirror_images() -> None:
    right = Hand(Side.RIGHT, (0.15, 0.05, 0.08), fingers_yaw_rad=-0.3, pitch_rad=0.1, roll_rad=0.7)
    left = Hand(Side.LEFT, (-0.15, 0.05, 0.08), fingers_yaw_rad=0.3, pitch_rad=0.1, roll_rad=0.7)
    np.testing.assert_allclose(place(left, FIST)[0] * (-1, 1, 1), place(right, FIST)[0], atol=1e-6)


@pytest.mark.parametrize("roll_rad", [0.0, 1.2, pi])
def test_the_forearm_reaches_the_lower_edge_of_the_picture(roll_rad: float) -> None:
    picture, _ = painted(replace(FLAT, wrist_m=(0.12, 0.05, -0.05), roll_rad=roll_rad))
    assert on_hand(picture)[:, -1].sum() > 60


def test_what_changed_is_what_is_returned() -> None:
    picture, box = painted(FLAT)
    outside = on_hand(picture)
    outside[box.left : box.right, box.top : box.bottom] = False
    assert not outside.any()
    assert on_hand(picture).sum() > 20_000


def test_a_hand_out_of_sight_changes_nothing() -> None:
    for wrist_m in ((3.0, 0.05, 0.0), (0.0, 0.5, 2.0), (0.0, 3.0, 0.0)):
        picture, _ = painted(replace(FLAT, wrist_m=wrist_m))
        assert not on_hand(picture)[:, :300].any()


def test_six_skins_from_light_to_dark_and_one_of_wood() -> None:
    middle = [painted(FLAT, tone)[0][700:850, 300:420].mean() for tone in TONES if tone != "wood"]
    assert len(middle) == 6
    assert middle == sorted(middle, reverse=True)
    assert "wood" in TONES


def test_only_the_affected_hand_wears_the_band() -> None:
    def orange(hand: Hand) -> int:
        picture, _ = painted(hand, "ebony")
        red, green, blue = np.moveaxis(picture, 2, 0)
        return int(((red > 150) & (green > 90) & (blue < 40)).sum())

    assert BAND == (0xE6, 0x9F, 0x00)
    assert orange(FLAT) < 20
    assert orange(replace(FLAT, affected=True)) > 300


def test_a_ghost_lets_the_table_through() -> None:
    solid, _ = painted(FLAT)
    ghost, _ = painted(replace(FLAT, ghost=True))
    seen = on_hand(solid) & on_hand(ghost)
    share = (ghost[seen] - DESK)[:, 2].mean()
    assert 15 < share < 75
    assert ghost[seen][:, 2].mean() > ghost[seen][:, 0].mean()


def test_alpha_fades_the_whole_hand() -> None:
    full, _ = painted(FLAT)
    half, _ = painted(FLAT, alpha=0.5)
    gone, _ = painted(FLAT, alpha=0.0)
    inner = on_hand(full)
    np.testing.assert_allclose((half - DESK)[inner].mean(), (full - DESK)[inner].mean() / 2, rtol=0.05)
    assert not on_hand(gone).any()


def test_touching_pads_warm() -> None:
    palm_up = replace(FLAT, roll_rad=pi)
    cold, _ = painted(palm_up)
    warm, _ = painted(replace(palm_up, warm=1.0))
    changed = np.abs(warm - cold).sum(axis=2) > 12
    assert 100 < changed.sum() < 6000
    warmer = (warm - cold)[changed]
    assert warmer[:, 0].mean() > warmer[:, 2].mean()


def test_the_scene_s_own_angles_come_before_the_player_s() -> None:
    surface = pygame.Surface(SIZE, depth=32)
    own = paint_hand(surface, EYE, replace(FLAT, angles=FIST), OPEN)
    assert own == paint_hand(surface, EYE, FLAT, FIST) != paint_hand(surface, EYE, FLAT, OPEN)


def test_a_hand_is_about_a_thousand_triangles() -> None:
    assert len(load_hand_mesh().faces) / 4 < len(drawn_hand(EYE, FLAT, OPEN, "honey").rgb) < 1500
