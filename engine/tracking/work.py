"""The work of the camera process: picture after picture through the check, the dim-room help and MediaPipe."""

from pathlib import Path

import cv2
import numpy as np

from engine import clock
from engine.tracking.bundle import BundleError, Size
from engine.tracking.dim import DimHelp
from engine.tracking.eyes import Eyes
from engine.tracking.feeds import FeedEnd, RefusedError
from engine.tracking.messages import Ended, Found, Light, Refused, Stage, Start
from engine.tracking.modelchoice import ModelChoice, chosen
from engine.tracking.picturecheck import PictureCheck, judged
from engine.tracking.pictures import Picture, Pictures, open_pictures
from engine.tracking.sharedpicture import SharedPicture
from engine.tracking.worker import EXIT_STUCK, PREVIEW_WIDTH_PX, Orders, Outbox

PICTURE_WAIT_S = 0.1
PREVIEW_EVERY_S = 1 / 15


def work(start: Start, outbox: Outbox, orders: Orders) -> int:
    """Track until told to stop or until there are no more pictures; returns the exit code for the process."""
    cv2.setNumThreads(1)
    models: dict[Size, Path] = {start.size: Path(start.model_path)}
    if start.lite_path is not None:
        models["lite"] = Path(start.lite_path)
    try:
        eyes = Eyes(models, start.size, start.hands)
    except (BundleError, OSError) as problem:
        outbox.send(Refused(f"The hand model {start.model_path} cannot be used: {problem}"))
        return 0
    outbox.enter(Stage.OPENING)
    try:
        pictures = open_pictures(start.pictures, start.first_frame)
        code = _track(pictures, Looking(eyes), Mirror(start.preview), outbox, orders)
    except (RefusedError, ValueError) as refused:
        outbox.send(Refused(str(refused)))
        code = 0
    eyes.close()
    return code


def _track(pictures: Pictures, looking: "Looking", mirror: "Mirror", outbox: Outbox, orders: Orders) -> int:
    check = PictureCheck()
    opening = not pictures.every_one
    while not orders.stop.is_set():
        outbox.enter(Stage.OPENING if opening else looking.stage(Stage.WAITING))
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
        check, verdict = judged(check, picture.image, picture.captured_s, may_stand_still=pictures.every_one)
        outbox.lost(verdict.lost)
        if verdict.light is not None:
            outbox.enter(looking.stage(Stage.DETECTING))
            looking.eyes.look_for(orders.hands or looking.eyes.hands)
            outbox.send(looking.at(picture, verdict.light))
            looking.change_if_wanted()
        elif pictures.every_one:
            outbox.send(_nothing(picture))
        # Last, for no hand is to wait for it.
        mirror.show(picture)
    pictures.close()
    return 0


class Looking:
    """The eyes with what helps them: the dim-room help before, the choice of the model after."""

    def __init__(self, eyes: Eyes) -> None:
        self.eyes = eyes
        self._help_in_dim = DimHelp()
        self._choice = ModelChoice(eyes.size)

    def at(self, picture: Picture, light: Light) -> Found:
        """What is found in one picture, which is so light."""
        started_s, size = clock.now_s(), self.eyes.size
        image = self._help_in_dim(picture.image, light.mean)
        hands = self.eyes.hands_in(image, picture.t_s)
        detected_s = clock.now_s()
        self._choice = chosen(self._choice, 1000 * (detected_s - started_s), size)
        height, width = image.shape[:2]
        return Found(
            frame=picture.frame,
            t_s=picture.t_s,
            captured_s=picture.captured_s,
            started_s=started_s,
            detected_s=detected_s,
            width=width,
            height=height,
            hands=hands,
            light=light,
            size=size,
            changing=self._choice.size != size and self.eyes.can_be(self._choice.size),
        )

    def stage(self, usual: Stage) -> Stage:
        """What the camera process is doing: the usual, unless another model is being made ready as well."""
        return Stage.CHANGING if self.eyes.changing else usual

    def change_if_wanted(self) -> None:
        """Begin to make another model ready, once it has been said that this may take a while."""
        self.eyes.change(self._choice.size)


def _nothing(picture: Picture) -> Found:
    """A picture that could not be used, where every picture is to be accounted for."""
    height, width = (*picture.image.shape, 1, 1)[:2]
    now_s = clock.now_s()
    return Found(picture.frame, picture.t_s, picture.captured_s, now_s, now_s, max(width, 1), max(height, 1), ())


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
