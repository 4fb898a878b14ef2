"""The painter: a scene in, a picture out. The same scene gives the same picture, and is never changed."""

from collections.abc import Callable, Mapping
from math import dist, isfinite

import pygame

from engine.hand import Side
from engine.handmodel import HandAngles
from engine.view.buttons import Button, Choice, paint_button
from engine.view.chart import lay_charts
from engine.view.coaster import zone_pictures, zone_sprite
from engine.view.coins import FINE_STEP_M, STEP_M, coin_sprite, shadow_sprite, stepped
from engine.view.drops import lay_drops
from engine.view.easel import AT_ONCE, Easel
from engine.view.handpicture import HandPicture, hand_picture
from engine.view.hud import Layout, paint_mirror, paint_sentence, paint_string
from engine.view.messages import NOT_POINTING, Message, Pointing, message_buttons, paint_message
from engine.view.overlap import paint_over
from engine.view.palette import STANDARD, Palette
from engine.view.projection import Eye, seated_eye
from engine.view.room import bake
from engine.view.scene import SLOT_HEIGHT_M, Coin, Hand, Scene, Slot, Zone
from engine.view.shownpose import shown_pose
from engine.view.skin import ToneName
from engine.view.solids import LIT_STEPS, over_opening, slot_pictures, slot_shadow_sprite, slot_sprite, stepped_slot
from engine.view.sprite import Sprite
from engine.view.steps import paint_steps
from engine.view.tablethings import lay_flat, lay_marbles
from engine.view.triangles import COARSER

PAUSE = Choice("pause", icon="pause")
RESTS_BELOW_M = 0.003
SAMPLES_IN_PLAY = 2
HAND_REACH_M = 0.20
"""A coin this near to a wrist may lie on the hand."""


def _nothing() -> None:
    """Nothing to be done while a picture is painted."""


class Painter:
    """Paints scenes at one size, in one palette.

    `words` turns a scene's sentence key into what is written; `text_scale` 1..2 enlarges every letter;
    `affected_side` puts the pause button on the other side. `canvas` is what is painted on, for example the window
    itself; without one the painter has its own. `easel` makes the pictures of things: each at once and fine, or where
    a window must not wait, rough first and fine a moment later; hands have fewer `samples` then. They may be
    set to 0 where time is shorter still: hands then show their facets.
    """

    def __init__(
        self,
        size_px: tuple[int, int],
        palette: Palette = STANDARD,
        *,
        words: Mapping[str, str] | None = None,
        text_scale: float = 1.0,
        affected_side: Side = Side.RIGHT,
        canvas: pygame.Surface | None = None,
        easel: Easel = AT_ONCE,
    ) -> None:
        self.easel = easel
        self.size_px = size_px
        self.palette = palette
        self.words = dict(words or {})
        self.layout = Layout(size_px, min(max(text_scale, 1.0), 2.0), affected_side)
        self.eye: Eye = seated_eye(size_px)
        room = pygame.surfarray.make_surface(bake(self.eye, palette).swapaxes(0, 1))
        self.room = pygame.transform.smoothscale(room, size_px) if room.get_size() != size_px else room
        self.samples = COARSER if easel is AT_ONCE else SAMPLES_IN_PLAY
        self.canvas = canvas or pygame.Surface(size_px)
        if pygame.display.get_surface() is not None:
            self.room = self.room.convert()
            self.canvas = canvas or self.canvas.convert()

    def paint(
        self,
        scene: Scene,
        poses: Mapping[Side, HandAngles] | None = None,
        *,
        tone: ToneName = "honey",
        mirror: pygame.Surface | None = None,
        pointing: Pointing | None = NOT_POINTING,
        meanwhile: Callable[[], None] = _nothing,
    ) -> pygame.Surface:
        """The whole picture of a scene. `poses` are the player's hands now (for hands without angles of their own);
        `mirror` is what the camera sees, flipped as a mirror shows it, when it should be shown; `pointing` says
        whether someone points at the pause button, and None leaves the button out. `meanwhile` is called several times,
        for what cannot wait until the picture is done.

        The surface returned is the painter's own and is painted over by the next call.
        """
        require_finite(scene)
        self.canvas.blit(self.room, (0, 0))
        meanwhile()
        self._things(scene, poses or {}, tone, meanwhile)
        meanwhile()
        paint_string(self.canvas, scene.string, self.layout, self.palette)
        text = self.words.get(scene.sentence, scene.sentence)
        top = paint_sentence(self.canvas, text, scene.picture, scene.time_left, self.layout, self.palette, self.easel)
        paint_steps(self.canvas, scene.steps, scene.steps_done, top, self.layout, self.palette)
        if mirror is not None:
            paint_mirror(self.canvas, mirror, self.layout, self.palette)
        if pointing is not None:
            self._pause_button(pointing)
        return self.canvas

    @property
    def pause(self) -> Button:
        """The pause button, always at the same place."""
        box = self.layout.pause
        return Button(PAUSE, (box.left, box.top, box.width, box.height))

    def _pause_button(self, pointing: Pointing) -> None:
        hover, focus = pointing.hover == PAUSE.name, pointing.focus == PAUSE.name
        paint_button(self.canvas, self.pause, self.palette, 28, hover=hover, focus=focus, is_round=True)

    def message(
        self,
        message: Message,
        pointing: Pointing = NOT_POINTING,
        *,
        over: pygame.Surface | None = None,
        shown: float = 1.0,
    ) -> pygame.Surface:
        """A sheet of words on the table; `over` a picture painted before (a paused game), else on the empty table.
        `shown` 0..1 lets it come and go softly."""
        if over is not self.canvas:
            self.canvas.blit(self.room if over is None else over, (0, 0))
        before = self.canvas.copy() if shown < 1 else None
        paint_message(self.canvas, message, self.layout, self.palette, pointing)
        if before is not None:
            before.set_alpha(round(255 * (1 - max(shown, 0.0))))
            self.canvas.blit(before, (0, 0))
        return self.canvas

    def buttons(self, message: Message) -> tuple[Button, ...]:
        """Where the choices of a message lie, for the pointer and the keyboard."""
        return message_buttons(message, self.layout, self.palette)

    def _things(
        self, scene: Scene, poses: Mapping[Side, HandAngles], tone: ToneName, meanwhile: Callable[[], None]
    ) -> None:
        zones = [shape for shape in scene.shapes if isinstance(shape, Zone)]
        slots = [shape for shape in scene.shapes if isinstance(shape, Slot)]
        hands = [shape for shape in scene.shapes if isinstance(shape, Hand)]
        coins = [shape for shape in scene.shapes if isinstance(shape, Coin)]
        make, eye, palette = self.easel.picture, self.eye, self.palette
        for zone in zones:
            paper = make(zone_pictures, Zone(zone.at_m, zone.radius_mm), eye, palette)
            self._lay(paper and zone_sprite(paper, _lit(zone.lit)), zone.at_m)
        lay_flat(self.canvas, scene, eye, palette, self.easel)
        lay_charts(self.canvas, scene, eye, palette, self.easel)
        meanwhile()
        for slot in slots:
            self._lay(make(slot_shadow_sprite, stepped_slot(slot), eye), slot.at_m)
        pictures = []
        for hand in hands:
            pictures.append((hand, self._hand(hand, poses, tone)))
            meanwhile()
        for _, picture in pictures:
            picture.lay_shadow(self.canvas)
        for coin in coins:
            self._coin_shadow(coin)
        for slot in sorted(slots, key=lambda shape: self._depth(shape.at_m), reverse=True):
            box = make(slot_pictures, stepped_slot(slot), eye, palette)
            self._lay(box and slot_sprite(box, _lit(slot.lit)), slot.at_m)
        meanwhile()
        lay_marbles(self.canvas, scene, eye, palette)
        solid = [picture for hand, picture in pictures if not hand.ghost]
        for picture in solid:
            picture.lay(self.canvas)
        for n, coin in sorted(enumerate(coins), key=lambda each: self._depth(each[1].at_m), reverse=True):
            self._coin(n, coin, hands, slots)
            for picture in solid:
                paint_over(self.canvas, coin, picture.flesh, self.eye, self.samples)
        for hand, picture in pictures:
            if hand.ghost:
                picture.lay(self.canvas)
        lay_drops(self.canvas, scene, eye, palette)

    def _hand(self, hand: Hand, poses: Mapping[Side, HandAngles], tone: ToneName) -> HandPicture:
        return hand_picture(self.eye, hand, shown_pose(hand, poses), tone, self.samples)

    def _coin(self, n: int, coin: Coin, hands: list[Hand], slots: list[Slot]) -> None:
        box = next((s for s in slots if over_opening(s, coin.at_m[0], coin.at_m[2])), None)
        sinks = None
        if box is not None and coin.at_m[1] - box.at_m[1] < SLOT_HEIGHT_M + coin.diameter_mm / 1000:
            sinks = box.at_m[1] + SLOT_HEIGHT_M
        held = any(dist(coin.at_m[::2], hand.wrist_m[::2]) < HAND_REACH_M for hand in hands)
        near = stepped(coin, STEP_M if sinks is None else FINE_STEP_M)
        rests = sinks is None and (coin.at_m[1] < RESTS_BELOW_M or held)
        like = (n, coin.diameter_mm, coin.material, coin.figure, sinks is None, rests)
        made = self.easel.picture(coin_sprite, near, self.eye, self.palette, sinks, rests, rough=0.5, like=like)
        self._lay(made, coin.at_m)

    def _coin_shadow(self, coin: Coin) -> None:
        if coin.at_m[1] >= RESTS_BELOW_M:
            near = stepped(coin)
            self._lay(shadow_sprite(near.at_m, coin.diameter_mm / 2000, self.eye), coin.at_m)

    def _lay(self, sprite: Sprite | None, at_m: tuple[float, float, float]) -> None:
        if sprite is not None:
            sprite.lay(self.canvas, self.eye, at_m)

    def _depth(self, at_m: tuple[float, float, float]) -> float:
        return self.eye.pixel(at_m)[2]


def _lit(share: float) -> int:
    return round(min(max(share, 0.0), 1.0) * LIT_STEPS)


def require_finite(thing: object, path: str = "scene") -> None:
    """Refuse a scene with a number that is not finite: drawn, it would hang the window for seconds."""
    if isinstance(thing, float):
        if not isfinite(thing):
            raise ValueError(f"{path}: found {thing}; every number of a scene must be finite")
    elif isinstance(thing, tuple):
        for n, part in enumerate(thing):
            if not isinstance(part, str):
                require_finite(part, f"{path}[{n}]")
    else:
        for name in getattr(type(thing), "__dataclass_fields__", ()):
            require_finite(getattr(thing, name), f"{path}.{name}")
