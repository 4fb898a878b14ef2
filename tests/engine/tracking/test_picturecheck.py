"""Only a picture of something, taken just now, reaches MediaPipe."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from engine.tracking.picturecheck import PictureCheck, Verdict, judged, light_of, misshapen
from engine.tracking.sharedpicture import Image


def textured(seed: int, shape: tuple[int, ...] = (64, 64, 3)) -> Image:
    return np.random.default_rng(seed).integers(60, 200, shape, dtype=np.uint8)


@given(hnp.arrays(np.uint8, hnp.array_shapes(min_dims=1, max_dims=4, min_side=0, max_side=70)))
def test_T1_a_picture_of_the_wrong_shape_or_size_is_never_used(image: Image) -> None:
    good_shape = image.ndim == 3 and image.shape[2] == 3 and min(image.shape[:2]) >= 64
    if not good_shape:
        reason = misshapen(image)
        assert reason is not None
        assert reason.endswith(".")
        assert judged(PictureCheck(), image, 0.0)[1].light is None


def test_T1_other_number_types_are_refused() -> None:
    floats = textured(1).astype(np.float32)
    assert misshapen(floats) is not None  # type: ignore[arg-type]


@pytest.mark.parametrize("image", [np.zeros((64, 64, 3), np.uint8), np.zeros((0, 0, 3), np.uint8)])
def test_T1_one_unusable_picture_is_skipped_and_a_third_of_a_second_is_lost(image: Image) -> None:
    check, verdict = judged(PictureCheck(), textured(1), 0.0)
    assert verdict.light == light_of(textured(1))
    check, verdict = judged(check, image, 0.1)
    assert verdict == Verdict()
    check, verdict = judged(check, image, 0.45)
    assert verdict.lost
    check, verdict = judged(check, textured(2), 0.5)
    assert verdict.light
    _, verdict = judged(check, image, 0.6)
    assert verdict.lost is None


@given(st.lists(st.booleans(), min_size=1, max_size=60))
def test_T1_a_repeated_picture_is_never_used_and_lost_after_half_a_second(repeats: list[bool]) -> None:
    check, seed, changed_s = PictureCheck(), 0, 0.0
    check, _ = judged(check, textured(seed), 0.0)
    for step, repeat in enumerate(repeats, start=1):
        t_s = step / 30
        seed += not repeat
        changed_s = changed_s if repeat else t_s
        check, verdict = judged(check, textured(seed), t_s)
        assert (verdict.light is not None) == (not repeat)
        assert (verdict.lost is not None) == (repeat and t_s - changed_s > 0.5)


def test_where_a_picture_may_stand_still_it_is_used_again() -> None:
    check = PictureCheck()
    for step in range(90):
        check, verdict = judged(check, textured(1), step / 30, may_stand_still=True)
        assert verdict.light


def test_one_changed_pixel_is_another_picture() -> None:
    other = textured(1).copy()
    other[33, 21, 1] ^= 1
    check, _ = judged(PictureCheck(), textured(1), 0.0)
    assert judged(check, other, 0.1)[1].light
