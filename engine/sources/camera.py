"""Cameras, videos and synthetic cameras as sources: raw detections become the person's own left and right hand."""

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from engine.hand import Array, HandFrame, Landmark, Sample, Side
from engine.motion.identity import Identity, Seen, identify
from engine.sources.source import SourceError, SourceStatus
from engine.tracking.bundle import Size
from engine.tracking.messages import Found, RawHand
from engine.tracking.sharedpicture import SharedImage
from engine.tracking.spec import picture_spec
from engine.tracking.supervisor import Supervisor

if TYPE_CHECKING:
    from engine.play.game import Cue
    from engine.sources import Request

PALM = [Landmark.WRIST, Landmark.INDEX_MCP, Landmark.MIDDLE_MCP, Landmark.RING_MCP, Landmark.LITTLE_MCP]
DISAGREEMENT_HALVES = 0.25
"""Picture and world differ by this share of the hand's size: half the confidence. Usual is 0.03 to 0.08."""


def open_camera(request: "Request") -> "CameraSource":
    """The opener of camera, video and shared sources."""
    written = f"{request.kind}:{request.rest}"
    return CameraSource(written, request.hands, request.only, request.model, request.preview)


class CameraSource:
    """Hands seen in pictures. `only` is the side of a single hand, whatever a picture's label says; None lets a running
    vote of the labels decide. Raises SourceError where `written` cannot be meant."""

    def __init__(
        self,
        written: str,
        hands: Literal[1, 2] = 1,
        only: Side | None = None,
        model: Size = "full",
        preview: bool = False,
    ) -> None:
        try:
            spec = picture_spec(written)
        except ValueError as problem:
            raise SourceError(str(problem)) from None
        self._name = written
        self._paced = not spec.fast
        self._identity = Identity(hands=hands, only=only if hands == 1 else None)
        self._width_px: int | None = None
        self._supervisor = Supervisor(written, hands, model, every_one=spec.fast, preview=preview)

    @property
    def name(self) -> str:
        return self._name

    @property
    def paced(self) -> bool:
        return self._paced

    @property
    def picture_width_px(self) -> int | None:
        """How many pixels one picture width is; None until the first picture."""
        return self._width_px

    @property
    def supervisor(self) -> Supervisor:
        """The keeper of the camera process, for `doctor` and tests."""
        return self._supervisor

    def read(self, timeout_s: float) -> list[Sample]:
        samples = []
        for detection in self._supervisor.take(timeout_s):
            self._identity, sample = sample_of(self._identity, detection.found)
            samples.append(sample)
            self._width_px = detection.found.width
        return samples

    def status(self) -> SourceStatus:
        return self._supervisor.status()

    def follow(self, cue: "Cue | None", hand_time_s: float) -> None:
        """A real hand needs no telling."""

    def preview(self, after: int = 0) -> SharedImage | None:
        """The newest small picture of what the camera sees, unmirrored; None where it was not asked for."""
        return self._supervisor.preview(after)

    def close(self) -> None:
        self._supervisor.close()


def sample_of(identity: Identity, found: Found) -> tuple[Identity, Sample]:
    """One picture's detections as a sample, and who is who from now on. A hand that was not found is None."""
    seen = [_seen(hand, found) for hand in found.hands]
    identity, sides = identify(identity, seen, found.t_s)
    frames = {side: hand_frame(found.hands[index], found, side) for side, index in sides.items()}
    return identity, replace(Sample(found.t_s), left=frames.get(Side.LEFT), right=frames.get(Side.RIGHT))


def hand_frame(hand: RawHand, found: Found, side: Side) -> HandFrame:
    """One detection as a hand: world landmarks for metres, picture landmarks in picture widths."""
    picture_xy = in_widths(hand.image_xyz, found.width, found.height)
    confidence = agreement(hand.world_xyz, picture_xy)
    return HandFrame(found.t_s, side, hand.world_xyz, picture_xy, confidence)


def in_widths(image_xyz: Array, width: int, height: int) -> Array:
    """(21, 2) picture widths from MediaPipe's 0..1 of width and height."""
    return np.column_stack((image_xyz[:, 0], image_xyz[:, 1] * (height / width)))


def agreement(world_xyz: Array, picture_xy: Array) -> float:
    """0..1, how well the hand in metres, seen from the front, lies over the hand in the picture.

    On rendered hands whose landmarks are known this follows the true error (r = -0.78); MediaPipe's own score is about
    the label only and does not (r = 0.06), so it takes no part.

    Both are moved to their middle and the metres scaled to fit best (least squares); what is left over, as a share of
    the picture hand's size, halves the confidence at DISAGREEMENT_HALVES.
    """
    world = world_xyz[:, :2] - world_xyz[:, :2].mean(axis=0)
    picture = picture_xy - picture_xy.mean(axis=0)
    world_size, picture_size = float((world**2).sum()), float((picture**2).sum())
    if not (np.isfinite(world_size) and np.isfinite(picture_size)) or min(world_size, picture_size) <= 0.0:
        return 0.0
    scale = max(float((world * picture).sum()) / world_size, 0.0)
    left_over = float(np.sqrt(((picture - scale * world) ** 2).sum() / picture_size))
    return 1.0 / (1.0 + (left_over / DISAGREEMENT_HALVES) ** 2)


def _seen(hand: RawHand, found: Found) -> Seen:
    x, y = in_widths(hand.image_xyz, found.width, found.height)[PALM].mean(axis=0)
    return Seen((float(x), float(y)), Side.LEFT if hand.label == "Left" else Side.RIGHT, hand.score)
