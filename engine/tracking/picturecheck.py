"""Is this a picture of something, taken just now? Decided before MediaPipe sees it, from pictures and their times."""

from dataclasses import dataclass, replace

import numpy as np

from engine.tracking.messages import Light
from engine.tracking.sharedpicture import Image

SMALLEST_PX = 64
BLACK_MEAN = 8.0
WASHED_OUT = 250
"""A pixel this light in all three colours shows nothing any more."""
FROZEN_AFTER_S = 0.5
UNUSABLE_AFTER_S = 0.3
"""How long pictures must be black or misshapen before the camera counts as lost: one such picture is only skipped."""

FROZEN = "The picture stands still. Please unplug the camera and plug it in again."
BLACK = "The picture is black. Is the lens covered, or the room dark?"


@dataclass(frozen=True, eq=False)
class PictureCheck:
    """What is remembered from picture to picture."""

    last: Image | None = None
    changed_s: float = 0.0
    unusable_since_s: float | None = None


@dataclass(frozen=True)
class Verdict:
    """`light`: how light a picture is that is to be handed to MediaPipe; None where it is not to be. `lost`: why the
    camera counts as lost, or None while it does not."""

    light: Light | None = None
    lost: str | None = None


def judged(
    check: PictureCheck, image: Image, t_s: float, may_stand_still: bool = False
) -> tuple[PictureCheck, Verdict]:
    """Look at one picture. The same picture again is never used: an old place of the hand would pass for a new one.
    Where a picture `may_stand_still` (a video read frame by frame), it is used again and again."""
    problem, light = misshapen(image), Light()
    if problem is None:
        light = light_of(image)
        problem = BLACK if light.mean < BLACK_MEAN else None
    if problem:
        since_s = t_s if check.unusable_since_s is None else check.unusable_since_s
        lost = problem if t_s - since_s >= UNUSABLE_AFTER_S else None
        return replace(check, unusable_since_s=since_s), Verdict(lost=lost)
    if may_stand_still or check.last is None or not same(check.last, image):
        return PictureCheck(image, t_s), Verdict(light)
    lost = FROZEN if t_s - check.changed_s > FROZEN_AFTER_S else None
    return replace(check, unusable_since_s=None), Verdict(lost=lost)


def misshapen(image: Image) -> str | None:
    """Why this cannot be read as a picture, or None."""
    if image.ndim != 3 or image.shape[2] != 3 or image.dtype != np.uint8:
        found = " x ".join(str(length) for length in image.shape)
        return f"The camera sends pictures of a kind that cannot be read ({found}, {image.dtype}). Try another camera."
    height, width = image.shape[:2]
    if height < SMALLEST_PX or width < SMALLEST_PX:
        return f"The camera sends pictures of {width} x {height}; at least {SMALLEST_PX} x {SMALLEST_PX} are needed."
    return None


def light_of(image: Image) -> Light:
    """How light a picture is, from every eighth row and column."""
    coarse = image[::8, ::8]
    red, green, blue = (coarse[..., n] >= WASHED_OUT for n in range(3))
    return Light(float(coarse.mean()), float((red & green & blue).mean()))


def same(one: Image, other: Image) -> bool:
    """Equal in every pixel; a coarse look first, since most pictures differ in it."""
    return (
        one.shape == other.shape
        and bool(np.array_equal(one[::16, ::16], other[::16, ::16]))
        and bool(np.array_equal(one, other))
    )
