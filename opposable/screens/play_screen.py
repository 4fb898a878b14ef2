"""The screen while playing: the game's scene with the player's own hands, or a calm sheet over it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pygame

from engine.clock import now_s
from engine.hand import Side
from engine.handmodel import HandAngles
from engine.motion.foreseen import Foresight
from engine.motion.motion import Motion
from engine.motion.poses import as_felt
from engine.play.session import Session
from engine.view.buttons import Button, button_at, in_rows, paint_button
from engine.view.easel import InBackground
from engine.view.messages import Message, Pointing, message_buttons, paint_message
from engine.view.scene import Hand, Scene
from engine.view.steady import SteadyWords
from engine.view.type import LABEL_PX
from opposable.screens.mirror import Mirror
from opposable.screens.pages import going_on
from opposable.screens.window import Window, Wishes

FRAME_S = 1 / 60
STRETCH_FRAMES, LATE_SHARE = 90, 0.2


@dataclass
class Pace:
    """Watches whether the picture is ready in time, a second and a half at a time."""

    frames: int = 0
    late: int = 0

    def too_slow(self, work_s: float) -> bool:
        """One more frame; True at the end of a stretch in which more than a fifth came too late."""
        self.frames += 1
        self.late += work_s > FRAME_S
        if self.frames < STRETCH_FRAMES:
            return False
        slow = self.late > LATE_SHARE * self.frames
        self.frames = self.late = 0
        return slow


class PlayScreen:
    """Paints one session. It decides nothing: it is told which message to show, and says what was chosen."""

    def __init__(self, window: Window, affected_side: Side) -> None:
        self.window = window
        self.painter = window.painter(affected_side, InBackground())
        self.pace = Pace()
        self.mirror = Mirror(self.painter.layout, self.painter.palette)
        self._foresight = {side: Foresight() for side in Side}
        self._words = SteadyWords()
        self._focus = 0
        self._shown: Message | None = None

    def took(self, work_s: float) -> None:
        """How long the last frame's work was: the picture gives up its softness before the game gives up its pace."""
        if self.painter.samples and self.pace.too_slow(work_s):
            self.painter.samples = 0

    def paint(
        self, session: Session, motion: Motion, message: Message | None, pointer: tuple[int, int] | None,
        scene: Scene | None = None, meanwhile: Callable[[], None] = lambda: None,
    ) -> pygame.Surface:  # fmt: skip
        """The picture of this moment: of the session, or of another scene that is shown instead. Under a message lies
        the session's own table. The session may go on in what is done `meanwhile`."""
        resting = session.resting
        shown = session.game.draw(session.state) if scene is None or message is not None else scene
        poses = self._poses(motion)
        self.painter.canvas = self.window.frame
        # Before the first tick the game does not know which hand plays.
        known = poses if session.ticks else {}
        shown = self._words.of(shown if message is None else under_a_page(shown, known), now_s())
        picture = self.painter.paint(shown, poses, meanwhile=meanwhile)
        picture = self._with_message(picture, message, pointer)
        if message is None and scene is None and resting:
            over = pointer is not None and self.go_on_button.holds(pointer)
            label_px = round(LABEL_PX * self.painter.layout.unit * self.painter.layout.text_scale)
            paint_button(picture, self.go_on_button, self.painter.palette, label_px, hover=over, focus=True)
        self.mirror.paint(picture)
        return picture

    def _poses(self, motion: Motion) -> dict[Side, HandAngles]:
        """The player's hands as they are by the time they are drawn: one picture further than they were last seen."""
        poses = {}
        for side, foresight in self._foresight.items():
            hand = motion.hands[side]
            angle_rad = foresight.pose(hand.seen_s, motion.pose(side))
            if angle_rad is not None:
                poses[side] = as_felt(angle_rad, hand.values)
        return poses

    def chosen(self, message: Message | None, wishes: Wishes) -> str:
        """The name of the choice the person made on this message, by mouse or keys; empty while none was made."""
        if message is None or not message.choices:
            return ""
        for click in wishes.clicks:
            button = button_at(self._buttons(message), click)
            if button is not None:
                return button.choice.name
        for key in wishes.keys_down:
            if key in ("left", "up", "right", "down", "tab"):
                step = -1 if key in ("left", "up") else 1
                self._focus = (self._focus + step) % len(message.choices)
        return message.choices[self._focus % len(message.choices)].name if wishes.confirm else ""

    def pause_clicked(self, wishes: Wishes) -> bool:
        """Whether the pause sign was clicked."""
        return any(self.painter.layout.pause.collidepoint(click) for click in wishes.clicks)

    @property
    def go_on_button(self) -> Button:
        """Cuts a rest short; under the pause sign, and on the Enter key."""
        layout = self.painter.layout
        pause, width = layout.pause, layout.size_px[0]
        [button] = in_rows((going_on(),), pygame.Rect(0, 0, width // 2, 4000), layout.text_scale, layout.unit)
        box = button.rect
        box.topleft = (pause.left if pause.left < width // 2 else pause.right - box.width, pause.bottom + pause.top)
        return Button(button.choice, (box.left, box.top, box.width, box.height))

    def wants_to_go_on(self, wishes: Wishes) -> bool:
        """Whether somebody who rests has had enough of it."""
        return wishes.confirm or any(self.go_on_button.holds(click) for click in wishes.clicks)

    def _buttons(self, message: Message) -> tuple[Button, ...]:
        return message_buttons(message, self.painter.layout, self.painter.palette)

    def _with_message(
        self, picture: pygame.Surface, message: Message | None, pointer: tuple[int, int] | None
    ) -> pygame.Surface:
        if message is None:
            self._shown = None
            return picture
        if self._shown is None or self._shown.title != message.title:
            self._focus = 0
        self._shown = message
        over = button_at(self._buttons(message), pointer) if pointer else None
        focus = message.choices[self._focus % len(message.choices)].name if message.choices else ""
        pointing = Pointing(over.choice.name if over else "", focus)
        paint_message(picture, message, self.painter.layout, self.painter.palette, pointing)
        return picture


def under_a_page(scene: Scene, poses: Mapping[Side, HandAngles]) -> Scene:
    """What lies under a sheet of paper: the table as it is, no words but those on the sheet, no hand that shows
    something, and none that stands in for hands not seen yet."""
    shapes = tuple(
        shape
        for shape in scene.without_ghosts.shapes
        if not isinstance(shape, Hand) or poses or shape.angles is not None
    )
    return replace(scene, shapes=shapes, sentence="", picture="", time_left=None)
