"""The painter paints everything, changes nothing, and paints the same scene the same way."""

from copy import deepcopy
from dataclasses import replace

import numpy as np
import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.hand import Side
from engine.handmodel import HandAngles
from engine.view.messages import Message
from engine.view.painter import Painter
from engine.view.palette import PALETTES, PaletteName
from engine.view.scene import Coin, Drop, Scene, Slot
from tests.engine.view.scenes import COINS, DROP, FULL, GHOSTED, HAND, SHAPES, SLOT, SMALL, WORDS

EMPTY = Scene(())
PAINTER = Painter(SMALL, words=WORDS)


def pixels(surface: pygame.Surface) -> np.ndarray:
    return pygame.surfarray.array3d(surface)


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("size", [(1280, 720), (800, 600), (1600, 900), (480, 800)])
def test_paints_at_any_size_and_in_every_palette(palette: PaletteName, size: tuple[int, int]) -> None:
    painted = Painter(size, PALETTES[palette], words=WORDS).paint(FULL)
    assert painted.get_size() == size
    assert pixels(painted).std() > 10


def test_a_scene_is_never_changed() -> None:
    before = deepcopy(GHOSTED)
    PAINTER.paint(GHOSTED)
    assert before == GHOSTED


def test_the_same_scene_gives_the_same_pixels() -> None:
    first = pixels(PAINTER.paint(GHOSTED))
    PAINTER.paint(EMPTY)
    again = pixels(PAINTER.paint(GHOSTED))
    other = pixels(Painter(SMALL, words=WORDS).paint(GHOSTED))
    assert (first == again).all()
    assert (first == other).all()


@pytest.mark.parametrize("left_out", range(len(SHAPES)))
def test_every_shape_is_seen(left_out: int) -> None:
    whole = pixels(PAINTER.paint(FULL)).astype(int)
    less = pixels(PAINTER.paint(replace(FULL, shapes=SHAPES[:left_out] + SHAPES[left_out + 1 :]))).astype(int)
    assert (np.abs(whole - less).max(axis=2) > 24).sum() > 40


@pytest.mark.parametrize(
    "part", [{"string": ()}, {"sentence": "", "picture": ""}, {"time_left": None}, {"picture": ""}]
)
def test_everything_written_is_seen(part: dict[str, object]) -> None:
    whole = pixels(PAINTER.paint(FULL)).astype(int)
    less = pixels(PAINTER.paint(replace(FULL, **part))).astype(int)  # type: ignore[arg-type]
    assert (np.abs(whole - less).max(axis=2) > 24).sum() > 40


def test_an_arrow_points_to_where_a_thing_lands_and_comes_softly() -> None:
    empty = pixels(PAINTER.paint(EMPTY)).astype(int)

    def seen(shown: float) -> np.ndarray:
        painted = pixels(PAINTER.paint(Scene((replace(DROP, shown=shown),)))).astype(int)
        return np.asarray(np.abs(painted - empty).max(axis=2))

    x, y, _ = PAINTER.eye.pixel(DROP.onto_m)
    tip, above = (round(x), round(y)), (round(x), round(y) - 12)
    assert seen(1.0)[tip] > 60 < seen(1.0)[above]
    assert 0 < seen(0.5).max() < seen(1.0).max()
    assert seen(0.0).max() == 0


@pytest.mark.parametrize("figure", range(5))
def test_every_coin_has_its_own_figure(figure: int) -> None:
    def face(n: int) -> np.ndarray:
        return pixels(PAINTER.paint(Scene((replace(COINS[0], diameter_mm=60.0, figure=n),)))).astype(int)

    assert (np.abs(face(figure) - face((figure + 1) % 5)).max(axis=2) > 24).sum() > 20


def test_metal_answers_to_tilt() -> None:
    flat, tilted = (
        pixels(PAINTER.paint(Scene((replace(COINS[0], tilt_rad=tilt),)))).astype(int) for tilt in (0.0, 0.5)
    )
    assert np.abs(flat - tilted).max() > 60


def test_a_coin_over_the_slot_sinks_into_it() -> None:
    coin = replace(COINS[2], at_m=(SLOT.at_m[0], 0.065, SLOT.at_m[2]), tilt_rad=1.57, roll_rad=0.0)
    still = pixels(PAINTER.paint(Scene((SLOT,)))).astype(int)

    def seen(height_m: float) -> int:
        lowered = replace(coin, at_m=(coin.at_m[0], height_m, coin.at_m[2]))
        return int((np.abs(pixels(PAINTER.paint(Scene((SLOT, lowered)))).astype(int) - still).max(axis=2) > 24).sum())

    assert seen(0.075) > seen(0.060) > seen(0.050) > 0
    assert seen(0.030) == 0


def test_a_palm_turned_down_hides_a_coin_on_the_table() -> None:
    hand = replace(HAND, wrist_m=(0.1, 0.04, 0.10), roll_rad=0.0)
    coin = Coin((0.1, 0.0, 0.02), 20.0, "silver")
    without = pixels(PAINTER.paint(Scene((hand,)))).astype(int)
    under = pixels(PAINTER.paint(Scene((hand, coin)))).astype(int)
    beside = pixels(PAINTER.paint(Scene((hand, replace(coin, at_m=(-0.1, 0.0, 0.02)))))).astype(int)
    assert (np.abs(under - without).max(axis=2) > 40).sum() < 0.25 * (np.abs(beside - without).max(axis=2) > 40).sum()


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_numbers_that_are_not_finite_are_refused_by_name(number: float) -> None:
    with pytest.raises(ValueError, match=r"scene\.shapes\[0\]\.at_m\[1\]: found"):
        PAINTER.paint(Scene((Coin((0.0, number, 0.0), 24.0, "brass"),)))
    with pytest.raises(ValueError, match=r"scene\.time_left: found"):
        PAINTER.paint(replace(FULL, time_left=number))


@given(
    x=st.floats(-30, 30),
    y=st.floats(-30, 30),
    z=st.floats(-30, 30),
    size=st.floats(0.1, 120),
    turn=st.floats(-20, 20),
    lit=st.floats(-3, 3),
)
@settings(max_examples=60)
def test_things_anywhere_never_stop_the_painter(
    x: float, y: float, z: float, size: float, turn: float, lit: float
) -> None:
    coin = Coin((x, y, z), size, "brass", turn, turn, turn, int(abs(turn)))
    arrow = Drop((x, y, z), (z, 0.0, x), lit)
    PAINTER.paint(Scene((coin, Slot((x, 0.0, z), size, turn, lit), arrow), time_left=lit))


def test_a_hand_without_angles_takes_the_players_own() -> None:
    bent = HandAngles.from_array(HandAngles().as_array() + 0.6)
    flat = pixels(PAINTER.paint(Scene((HAND,)), {Side.RIGHT: HandAngles()})).astype(int)
    closed = pixels(PAINTER.paint(Scene((HAND,)), {Side.RIGHT: bent})).astype(int)
    own = pixels(PAINTER.paint(Scene((replace(HAND, angles=bent),)), {Side.RIGHT: HandAngles()})).astype(int)
    assert np.abs(flat - closed).max() > 60
    assert (own == closed).all()


def test_the_mirror_shows_what_the_camera_sees() -> None:
    seen = pygame.Surface((64, 48))
    seen.fill((10, 200, 30))
    painted = PAINTER.paint(EMPTY, mirror=seen)
    assert painted.get_at(PAINTER.layout.mirror.center)[:3] == (10, 200, 30)


@pytest.mark.parametrize("affected", Side)
def test_pause_is_on_the_unaffected_side_and_large(affected: Side) -> None:
    box = Painter((1280, 720), affected_side=affected).pause.rect
    assert min(box.size) >= 96
    assert (box.centerx < 640) == (affected is Side.RIGHT)


def test_a_message_comes_softly() -> None:
    message = Message("Paused", ("Rest your hand.",), "pause")
    begun = pixels(PAINTER.message(message, shown=0.0)).astype(int)
    half = pixels(PAINTER.message(message, shown=0.5)).astype(int)
    whole = pixels(PAINTER.message(message)).astype(int)
    assert (begun == pixels(PAINTER.room)).all()
    assert np.abs(half - (begun + whole) / 2).max() < 3
