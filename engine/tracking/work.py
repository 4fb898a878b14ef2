"""The work of the camera process: picture after picture through the check, the dim-room help and MediaPipe."""

import threading
from pathlib import Path

import cv2
import numpy as np

from engine import clock
from engine.tracking.bundle import BundleError, read_bundle
from engine.tracking.dim import DimHelp
from engine.tracking.feeds import FeedEnd, RefusedError
from engine.tracking.landmarker import Landmarker
from engine.tracking.messages import Ended, Found, Refused, Stage, Start
from engine.tracking.picturecheck import PictureCheck, judged
from engine.tracking.pictures import Picture, Pictures, open_pictures
from engine.tracking.sharedpicture import Image, SharedPicture
from engine.tracking.worker import EXIT_STUCK, PREVIEW_WIDTH_PX, Outbox

PICTURE_WAIT_S = 0.1
PREVIEW_EVERY_S = 1 / 15
WARM_UP_PX = (480, 640, 3)


def work(start: Start, outbox: Outbox, stopping: threading.Event) -> int:
    """Track until told to stop or until there are no more pictures; returns the exit code for the process."""
    cv2.setNumThreads(1)
    try:
        bundle = read_bundle(Path(start.model_path), start.size)
    except (BundleError, OSError) as problem:
        outbox.send(Refused(f"The hand model {start.model_path} cannot be used: {problem}"))
        return 0
    landmarker = Landmarker(bundle, start.hands)
    # The first picture costs many times what a later one does; let it not be the person's.
    landmarker.hands_in(np.full(WARM_UP_PX, 90, dtype=np.uint8), 0.0)
    outbox.enter(Stage.OPENING)
    try:
        pictures = open_pictures(start.pictures, start.first_frame)
        code = _track(pictures, landmarker, Mirror(start.preview), outbox, stopping)
    except (RefusedError, ValueError) as refused:
        outbox.send(Refused(str(refused)))
        code = 0
    landmarker.close()
    return code


def _track(
    pictures: Pictures, landmarker: Landmarker, mirror: "Mirror", outbox: Outbox, stopping: threading.Event
) -> int:
    check, help_in_dim = PictureCheck(), DimHelp()
    opening = not pictures.every_one
    while not stopping.is_set():
        outbox.enter(Stage.OPENING if opening else Stage.WAITING)
        try:
            picture = pictures.next(PICTURE_WAIT_S)
        except FeedEnd:
            outbox.send(Ended())
            break
        if picture is None:
            outbox.lost(pictures.lost())
            if pictures.stuck():
                return EXIT_STUCK
            continue
        opening = False
        mirror.show(picture)
        check, verdict = judged(check, picture.image, picture.captured_s, may_stand_still=pictures.every_one)
        outbox.lost(verdict.lost)
        if verdict.use:
            outbox.enter(Stage.DETECTING)
            outbox.send(_found(picture, help_in_dim(picture.image), landmarker))
        elif pictures.every_one:
            outbox.send(_nothing(picture))
    pictures.close()
    return 0


def _found(picture: Picture, image: Image, landmarker: Landmarker) -> Found:
    hands = landmarker.hands_in(image, picture.t_s)
    height, width = image.shape[:2]
    return Found(picture.frame, picture.t_s, picture.captured_s, clock.now_s(), width, height, hands)


def _nothing(picture: Picture) -> Found:
    """A picture that could not be used, where every picture is to be accounted for."""
    height, width = (*picture.image.shape, 1, 1)[:2]
    return Found(picture.frame, picture.t_s, picture.captured_s, clock.now_s(), max(width, 1), max(height, 1), ())


class Mirror:
    """The small picture for "what the camera sees", unmirrored, a few times a second, if anybody wants it."""

    def __init__(self, name: str | None) -> None:
        self._shared = SharedPicture.attach(name) if name else None
        self._shown_s = 0.0

    def show(self, picture: Picture) -> None:
        image = picture.image
        due = picture.captured_s - self._shown_s >= PREVIEW_EVERY_S
        if self._shared is None or not due or image.ndim != 3 or not image.size:
            return
        self._shown_s = picture.captured_s
        height = max(1, round(image.shape[0] * PREVIEW_WIDTH_PX / image.shape[1]))
        small = cv2.resize(image, (PREVIEW_WIDTH_PX, min(height, PREVIEW_WIDTH_PX)), interpolation=cv2.INTER_AREA)
        self._shared.write(np.asarray(small, dtype=np.uint8), picture.captured_s)
