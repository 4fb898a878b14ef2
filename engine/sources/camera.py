"""Cameras, videos and synthetic cameras as sources: raw detections become the person's own left and right hand."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from engine.hand import Array, HandFrame, Landmark, Sample, Side
from engine.motion.identity import Identity, Seen, identify
from engine.motion.setup_hints import Hint, Hints, View, noticed
from engine.play.delays import Delays
from engine.sources.source import SourceError, SourceStatus
from engine.tracking.bundle import Size
from engine.tracking.messages import Found, RawHand
from engine.tracking.model import HandModelError, hand_model
from engine.tracking.sharedpicture import SharedImage
from engine.tracking.spec import picture_spec
from engine.tracking.supervisor import Supervisor

if TYPE_CHECKING:
    from engine.play.game import Cue
    from engine.sources import Request

PALM = [Landmark.WRIST, Landmark.INDEX_MCP, Landmark.MIDDLE_MCP, Landmark.RING_MCP, Landmark.LITTLE_MCP]
REFUSED_S, ALONE_S = 0.3, 2.0
"""Another person's hand may be the only one that is followed: after this long two are looked for, until there has been
one alone for so long."""
VIEWS = 60
"""So many views wait until somebody asks for a hint: a game is told of its hand first."""
DISAGREEMENT_HALVES = 0.25
"""Picture and world differ by this share of the hand's size: half the confidence. Usual is 0.03 to 0.08."""


def open_camera(request: "Request") -> "CameraSource":
    """The opener of camera, video and shared sources."""
    written = f"{request.kind}:{request.rest}"
    return CameraSource(written, request.hands, request.only, request.model, request.preview)


class CameraSource:
    """Hands seen in pictures. `only` is the side of a single hand, whatever a picture's label says; None lets a running
    vote of the labels decide. `model`: full, lite, or "auto", the one this machine keeps up with. Raises SourceError
    where `written` cannot be meant."""

    def __init__(
        self,
        written: str,
        hands: Literal[1, 2] = 1,
        only: Side | None = None,
        model: Size | Literal["auto"] = "auto",
        preview: bool = False,
    ) -> None:
        try:
            spec = picture_spec(written)
        except ValueError as problem:
            raise SourceError(str(problem)) from None
        if spec.kind == "video" and not Path(spec.rest).is_file():
            amiss = "is a folder; name one of the videos in it" if Path(spec.rest).is_dir() else "is not there"
            raise SourceError(f"source '{written}': {spec.rest} {amiss}. Write video:FILE.")
        self._name = written
        self._paced = not spec.fast
        self._identity = Identity(hands=hands, only=only if hands == 1 else None)
        self._hints = Hints()
        self._views: list[View] = []
        self._alone = Alone()
        self._width_px: int | None = None
        self.delays = Delays()
        self._supervisor = Supervisor(
            written,
            hands,
            "full" if model == "auto" else model,
            every_one=spec.fast,
            preview=preview,
            # A recording read at leisure is always kept up with.
            find_lite=_lite_if_here if model == "auto" and not spec.fast else lambda: None,
        )

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
        """The keeper of the camera process, for tests."""
        return self._supervisor

    @property
    def hint(self) -> Hint | None:
        """What would help the camera to see the hand better, at this moment."""
        self._look_back()
        return self._hints.shown

    def read(self, timeout_s: float) -> list[Sample]:
        samples = []
        for detection in self._supervisor.take(timeout_s):
            found = detection.found
            self._identity, sample = sample_of(self._identity, found)
            samples.append(sample)
            self._width_px = found.width
            if len(self._views) == VIEWS:
                self._look_back()
            self._views.append(view_of(self._identity, found, sample))
            if self._identity.hands == 1:
                self._mind_strangers(found)
            self.delays.add("capture_to_tracker", found.started_s - found.captured_s)
            self.delays.add("tracker_to_landmarks", found.detected_s - found.started_s)
            self.delays.add("landmarks_to_received", detection.received_s - found.detected_s)
        return samples

    def _look_back(self) -> None:
        for view in self._views:
            self._hints = noticed(self._hints, view)
        self._views.clear()

    def _mind_strangers(self, found: Found) -> None:
        before = self._alone
        own = sum(track.seen_s == found.t_s for track in self._identity.tracks)
        self._alone = alone_after(before, found.t_s, len(found.hands), own)
        if self._alone.looking_for != before.looking_for:
            self._supervisor.look_for(self._alone.looking_for)

    def status(self) -> SourceStatus:
        return self._supervisor.status()

    def follow(self, cue: "Cue | None", hand_time_s: float) -> None:
        """A real hand needs no telling."""

    def preview(self, after: int = 0) -> SharedImage | None:
        """The newest small picture of what the camera sees, unmirrored; None where it was not asked for."""
        return self._supervisor.preview(after)

    def close(self) -> None:
        self._supervisor.close()


@dataclass(frozen=True)
class Alone:
    """Whether the one hand that is followed is the person's. `since_s`: since when that has been otherwise than
    `looking_for` (hands) supposes."""

    looking_for: Literal[1, 2] = 1
    since_s: float | None = None


def alone_after(alone: Alone, t_s: float, found: int, own: int) -> Alone:
    """One more picture, with so many hands `found` and so many of them the person's `own`."""
    is_otherwise = (found > own) if alone.looking_for == 1 else (found <= 1 and own == found)
    if not is_otherwise:
        return Alone(alone.looking_for)
    since_s = t_s if alone.since_s is None else alone.since_s
    if t_s - since_s < (REFUSED_S if alone.looking_for == 1 else ALONE_S):
        return Alone(alone.looking_for, since_s)
    return Alone(2 if alone.looking_for == 1 else 1)


def view_of(identity: Identity, found: Found, sample: Sample) -> View:
    """One picture as the hints look at it."""
    hands = tuple(hand for hand in (sample.left, sample.right) if hand is not None)
    height = found.height / found.width
    return View(found.t_s, found.light.mean, found.light.washed_out, height, hands, len(identity.strangers))


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
    points = in_widths(hand.image_xyz, found.width, found.height)
    x, y = points[PALM].mean(axis=0)
    palm = float(np.linalg.norm(points[Landmark.MIDDLE_MCP] - points[Landmark.WRIST]))
    return Seen((float(x), float(y)), Side.LEFT if hand.label == "Left" else Side.RIGHT, hand.score, palm)


def _lite_if_here() -> Path | None:
    """The lite model, if `setup` has made it; nobody waits for it."""
    try:
        return hand_model("lite", fetch_it=False)
    except HandModelError:
        return None
