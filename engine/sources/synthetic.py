"""The synthetic camera: a simulated patient's hand, painted as a webcam would see it, and tracked like any other.

Painting happens in a process of its own, at a camera's pace, and reaches the camera process through shared memory. So
everything after the lens is real: MediaPipe, the tracker process, the hand-over, the game. `synthetic:PROFILE`.
"""

import multiprocessing
import signal
from multiprocessing.connection import Connection

from engine.clock import now_s, wait_s
from engine.courtesy import let_the_window_go_first
from engine.hand import Sample, Side
from engine.motion.ranges import ABLE_ADULT, Ranges, picture_place
from engine.motion.setup_hints import Hint
from engine.play.delays import Delays
from engine.play.game import Cue
from engine.play.ownrange import own_ranges
from engine.play.patient import PatientHand
from engine.play.profiles import Profile, profile_named
from engine.sources import Request
from engine.sources.camera import CameraSource
from engine.sources.source import SourceError, SourceState, SourceStatus
from engine.tracking.sharedpicture import SharedImage, SharedPicture
from engine.view.camera_picture import CameraHand, camera_picture
from engine.view.skin import ToneName

RATE_HZ = 30.0
SIZE_PX = (640, 480)
PALM_PX = 105.0
END_GRACE_S = 1.0
STOPPED = "The synthetic camera has stopped. Please choose another way to play, or start again."


class SyntheticSource:
    """A patient who is painted, seen and tracked. It looks at the cue, and answers it before the lens."""

    def __init__(
        self, profile: Profile, side: Side, seed: int = 1, tone: ToneName = "honey", preview: bool = False
    ) -> None:
        self._picture = SharedPicture.create()
        context = multiprocessing.get_context("spawn")
        receiver, self._cues = context.Pipe(duplex=False)
        self.painter = context.Process(
            target=paint_pictures,
            args=(self._picture.name, receiver, profile, side, seed, tone),
            name="synthetic camera",
            daemon=True,
        )
        self.painter.start()
        receiver.close()
        self.camera = CameraSource(f"shared:{self._picture.name}", only=side, preview=preview)
        self._profile, self._side = profile, side
        self._cue: Cue | None = None
        self._closed = False

    @property
    def name(self) -> str:
        return f"synthetic:{self._profile.name}"

    @property
    def paced(self) -> bool:
        return True

    @property
    def picture_width_px(self) -> int | None:
        return self.camera.picture_width_px

    @property
    def hint(self) -> Hint | None:
        return self.camera.hint

    @property
    def delays(self) -> Delays:
        return self.camera.delays

    def preview(self, after: int = 0) -> SharedImage | None:
        return self.camera.preview(after)

    def read(self, timeout_s: float) -> list[Sample]:
        return self.camera.read(timeout_s)

    def ranges(self) -> dict[Side, Ranges]:
        """What a calibration of this patient's hand would find."""
        return {self._side: own_ranges(self._profile)}

    def status(self) -> SourceStatus:
        if not self._closed and not self.painter.is_alive():
            return SourceStatus(SourceState.GONE, STOPPED)
        return self.camera.status()

    def follow(self, cue: Cue | None, hand_time_s: float) -> None:  # noqa: ARG002 - it has its own time
        """Pass the cue on, when it is another one."""
        if cue != self._cue and not self._closed and self.painter.is_alive():
            self._cue = cue
            self._cues.send(cue)

    def close(self) -> None:
        """End both processes and give the memory back. May be called twice."""
        if self._closed:
            return
        self._closed = True
        self.camera.close()
        self._cues.close()
        self.painter.join(END_GRACE_S)
        self.painter.kill()
        self.painter.join()
        self._picture.close()


def paint_pictures(
    memory: str, cues: "Connection[object, Cue | None]", profile: Profile, side: Side, seed: int, tone: ToneName
) -> None:
    """The painting process: thirty pictures a second of a hand that answers the latest cue, until nobody asks."""
    # Ctrl-C in the terminal reaches every process; who opened this one ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    let_the_window_go_first()
    picture = SharedPicture.attach(memory)
    hand = PatientHand(profile, seed, side)
    cue: Cue | None = None
    began_s = next_s = now_s()
    number = 0
    try:
        while True:
            while cues.poll():
                cue = cues.recv()
            angles, reach_xy = hand.at(next_s - began_s, cue)
            width, height = SIZE_PX
            x, y = (picture_place(reach_xy, ABLE_ADULT) * width).tolist()
            shown = CameraHand(side, angles, (x, min(y, 0.8 * height)), PALM_PX, tone=tone)
            image = camera_picture((shown,), SIZE_PX, number)
            wait_s(next_s - now_s())
            picture.write(image, now_s())
            number += 1
            next_s = max(next_s + 1.0 / RATE_HZ, now_s())
    except (EOFError, OSError):
        picture.close()


def open_synthetic(request: Request) -> SyntheticSource:
    """`synthetic:able` and the other profiles of the simulated patient."""
    try:
        profile = profile_named(request.rest or "able")
    except ValueError as problem:
        raise SourceError(f"source 'synthetic:{request.rest}': {problem}") from None
    return SyntheticSource(profile, request.side, preview=request.preview)
