"""Raw detections become the person's own hands, with a place in picture widths and an honest confidence."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.hand import Array, Side
from engine.motion.identity import Identity
from engine.sources import SourceError, open_source
from engine.sources.camera import agreement, in_widths, sample_of
from engine.tracking.messages import Found, RawHand


def hand(label: str = "Right", x: float = 0.3, seed: int = 1) -> RawHand:
    """A made-up hand whose picture and metres agree: the picture is the metres seen from the front."""
    world = np.random.default_rng(seed).normal(0.0, 0.04, (21, 3))
    image = np.column_stack((x + world[:, 0], 0.5 + world[:, 1] * 640 / 480, world[:, 2]))
    return RawHand(label, 0.9, image, world)


def found(t_s: float, *hands: RawHand) -> Found:
    return Found(round(t_s * 30), t_s, t_s, t_s, t_s, 640, 480, hands)


def test_a_hand_that_was_not_found_is_none() -> None:
    _, sample = sample_of(Identity(), found(1.0))
    assert (sample.t_s, sample.left, sample.right) == (1.0, None, None)


@pytest.mark.parametrize("side", list(Side))
def test_the_side_the_person_said_stands_whatever_the_label(side: Side) -> None:
    identity = Identity(hands=1, only=side)
    for step, label in enumerate(["Left", "Right", "Right", "Left", "Right"] * 4):
        identity, sample = sample_of(identity, found(step / 30, hand(label)))
        assert sample.hand(side) is not None
        assert sample.hand(side.other) is None


def test_two_hands_keep_their_sides_while_labels_flicker() -> None:
    identity = Identity(hands=2)
    for step in range(20):
        identity, _ = sample_of(identity, found(step / 30, hand("Right", 0.3), hand("Left", 0.7)))
    for step in range(20, 40):
        identity, sample = sample_of(identity, found(step / 30, hand("Right", 0.7), hand("Right", 0.3)))
        assert sample.right is not None
        assert sample.left is not None
        assert sample.right.picture_xy is not None
        assert sample.right.picture_xy[:, 0].mean() < 0.5


def test_frames_carry_time_metres_and_picture_widths() -> None:
    raw = hand()
    _, sample = sample_of(Identity(hands=1, only=Side.RIGHT), found(2.5, raw))
    assert sample.right is not None
    assert sample.right.t_s == 2.5
    assert np.array_equal(sample.right.points_m, raw.world_xyz)
    assert sample.right.picture_xy is not None
    assert np.allclose(sample.right.picture_xy[:, 1], raw.image_xyz[:, 1] * 0.75)


@given(st.integers(0, 1000), st.integers(64, 4000), st.integers(64, 4000))
def test_picture_widths_keep_shapes_true(seed: int, width: int, height: int) -> None:
    pixels = np.random.default_rng(seed).uniform(0, 1, (21, 2)) * (width, height)
    image = np.column_stack((pixels / (width, height), np.zeros(21)))
    assert np.allclose(in_widths(image, width, height) * width, pixels)


@given(st.integers(0, 1000), st.floats(0.2, 20.0), st.floats(-1, 1), st.floats(-1, 1))
def test_agreement_is_full_for_the_same_shape_wherever_and_however_large(
    seed: int, scale: float, x: float, y: float
) -> None:
    world = np.random.default_rng(seed).normal(0.0, 0.04, (21, 3))
    assert agreement(world, world[:, :2] * scale + (x, y)) == pytest.approx(1.0)


@given(st.integers(0, 1000))
def test_agreement_falls_as_the_shapes_part(seed: int) -> None:
    generator = np.random.default_rng(seed)
    world, noise = generator.normal(0.0, 0.04, (21, 3)), generator.normal(0.0, 0.04, (21, 2))
    values = [agreement(world, world[:, :2] + strength * noise) for strength in (0.0, 0.1, 0.3, 1.0)]
    assert values == sorted(values, reverse=True)
    assert values[-1] < 0.3 < 0.9 < values[0]


@pytest.mark.parametrize("spoilt", [np.zeros((21, 3)), np.full((21, 3), np.nan)])
def test_a_hand_of_no_size_or_no_number_is_not_believed(spoilt: Array) -> None:
    assert agreement(spoilt, np.ones((21, 2)) * np.arange(21)[:, None]) == 0.0


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("camara:0", "Did you mean 'camera'"),
        ("telepathy", "You can write"),
        ("camera:first", "not the number of a camera"),
        ("camera:", "not the number of a camera"),
        ("camera:٣", "not the number of a camera"),
        ("video:", "is missing"),
        ("video:a.mp4?pace=double", "no pace 'double'"),
        ("video:a.mp4?pcae=fast", "no option 'pcae'"),
        ("shared:", "is missing"),
    ],
)
def test_what_cannot_be_meant_is_answered_in_a_sentence(written: str, words: str) -> None:
    with pytest.raises(SourceError, match=words) as problem:
        open_source(written)
    assert written in str(problem.value)


def test_a_file_is_taken_for_a_video_and_a_strange_word_for_nothing(tmp_path: Path) -> None:
    file = tmp_path / "hand.mp4"
    file.touch()
    with pytest.raises(SourceError, match="Did you mean 'video:"):
        open_source(str(file))
    with pytest.raises(SourceError) as problem:
        open_source("nosuch")
    assert "Did you mean" not in str(problem.value)


def test_hands_and_model_have_few_values() -> None:
    with pytest.raises(SourceError, match="1 or 2"):
        open_source("camera:0", hands=3)
    with pytest.raises(SourceError, match="'full', 'lite' or 'auto'"):
        open_source("camera:0", model="huge")
