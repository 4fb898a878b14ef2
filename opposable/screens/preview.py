"""What the player sees of a level, at three difficulties, as one picture: for the person who writes the level.

For each difficulty the same two moments of the first trial: its beginning, and when the hand is about to let go or to
leave its pose; below them the numbers that the difficulty changes.
"""

from dataclasses import dataclass, replace
from math import cos, sin
from typing import Any

import pygame

from engine.hand import Side
from engine.inputs import TICK_HZ, TICK_S, Role
from engine.motion.poses import pose_for
from engine.play.answering import AnsweringHands
from engine.play.game import Cue, TrialEnded, TrialStarted
from engine.play.level import LevelBase
from engine.play.levelfile import LevelFile
from engine.strings import strings
from engine.view.painter import Painter
from engine.view.palette import STANDARD, Palette
from engine.view.scene import Hand
from engine.view.type import LABEL_PX, written
from opposable.designer.parameters import adapting, in_words, label, shown_at

SEED = 1
LONGEST_S = 120
LOOKS_S = 0.4
"""How long the hand looks before it lets go: things have come to where they are let go by then."""
OPENS_BY, SAME = 0.15, 0.02
PICTURE_PX, GAP_PX, HEAD_PX = (800, 450), 24, 104
COLUMN_HEAD_PX, NUMBERS_PX, LINE_PX, NUMBERS_AT = 52, 26, 38, 0.72
TABLE = pygame.Rect(140, 96, 1000, 563)
"""The part of the picture in which things happen."""
CLOSE_UP_PX, FINGERS_M, BELOW_M = (576, 324), 0.12, 0.03
"""Round a place as far before the wrist as the fingers reach, and as far below it as they hang."""


@dataclass(frozen=True)
class Moment:
    """A state of the game, and the hands as they were then."""

    state: Any
    hands: AnsweringHands

    @property
    def closed(self) -> float:
        """How far both hands are closed, all their controls together."""
        return sum(sum(self.hands.of(role).values.values()) for role in Role)


def moments_of(file: LevelFile, difficulty: float, seed: int = SEED) -> tuple[Moment, Moment]:
    """The first trial's beginning; and the last moment before the hand opens or, where it is never asked to at once,
    the last at which it is as closed as it comes. Played by a hand that answers every cue and looks before it opens."""
    game, level = file.game, file.level.as_shown()
    state, hands, looked_s = game.start(level, seed), AnsweringHands(), 0.0
    moments, looking = [Moment(state, hands)], list[Moment]()
    for _ in range(LONGEST_S * TICK_HZ):
        asked = game.cue(state)
        looked_s = looked_s + TICK_S if asked is not None and _to_open(asked, hands) else 0.0
        looks = 0.0 < looked_s < LOOKS_S
        hands = hands.answer(replace(asked, targets=()) if asked is not None and looks else asked, TICK_S)
        state, events = game.step(state, hands.given(difficulty), TICK_S)
        if any(isinstance(event, TrialStarted) for event in events):
            moments, looking = [], []
        if moments and (game.done(state) or any(isinstance(event, TrialEnded) for event in events)):
            break
        moments.append(Moment(state, hands))
        looking += moments[-1:] if looks else []
    most = max(moment.closed for moment in moments)
    telling = looking or [moment for moment in moments if moment.closed >= most - SAME]
    return moments[0], telling[-1]


def _to_open(asked: Cue, hands: AnsweringHands) -> bool:
    """Whether the hand is to open, and not only to follow a line down."""
    falls = (hands.of(role).values[target.control] - target.high for role in asked.roles for target in asked.targets)
    return any(fall > OPENS_BY for fall in falls)


def picture_of(file: LevelFile, moment: Moment, painter: Painter, *, bare: bool = False) -> pygame.Surface:
    """One picture of the level in play, `bare` without words and beads; the surface is the painter's own."""
    # The hand that shows what is asked comes and goes; the moment is the person's own.
    scene = file.game.draw(moment.state).without_ghosts
    poses = {side: pose_for(values) for side, values in moment.hands.values(Side.RIGHT).items()}
    if bare:
        return painter.paint(replace(scene, string=(), sentence="", picture="", time_left=None), poses, pointing=None)
    return painter.paint(scene, poses)


def close_up(file: LevelFile, moment: Moment, painter: Painter) -> pygame.Surface:
    """What sets the level apart, out of a picture of 1280 x 720: the fingers at their work, or both hands at theirs."""
    picture = picture_of(file, moment, painter, bare=True)
    hands = [thing for thing in file.game.draw(moment.state).without_ghosts.shapes if isinstance(thing, Hand)]
    if len(hands) != 1:
        return picture.subsurface(TABLE).copy()
    (x, y, z), yaw_rad = hands[0].wrist_m, hands[0].fingers_yaw_rad
    at_fingers = x + FINGERS_M * sin(yaw_rad), y - BELOW_M, z - FINGERS_M * cos(yaw_rad)
    column, row, _ = painter.eye.pixel(at_fingers)
    box = pygame.Rect(0, 0, *CLOSE_UP_PX)
    box.center = round(column), round(row)
    return picture.subsurface(box.clamp(picture.get_rect())).copy()


def preview(file: LevelFile, palette: Palette = STANDARD) -> pygame.Surface:
    """The level at its easiest, middle and hardest, side by side, with its title and for whom it is."""
    pygame.font.init()
    level, painter = file.level, Painter((1280, 720), palette, words=dict(strings().sentences))
    shown = shown_at(level)
    width, high = PICTURE_PX
    numbers_top = HEAD_PX + COLUMN_HEAD_PX + 2 * (high + GAP_PX)
    bottom = numbers_top + LINE_PX * len(adapting(level)) + GAP_PX
    sheet = pygame.Surface((len(shown) * (width + GAP_PX) + GAP_PX, bottom))
    sheet.fill(palette.paper)
    _head(sheet, level, palette)
    for n, (at, words) in enumerate(shown):
        left = GAP_PX + n * (width + GAP_PX)
        sheet.blit(written(f"{words.capitalize()} ({at:g})", LABEL_PX, palette.ink, width, "bold"), (left, HEAD_PX))
        for row, moment in enumerate(moments_of(file, at)):
            small = pygame.transform.smoothscale(picture_of(file, moment, painter), PICTURE_PX)
            sheet.blit(small, (left, HEAD_PX + COLUMN_HEAD_PX + row * (high + GAP_PX)))
        for row, (name, ramp) in enumerate(adapting(level)):
            top = numbers_top + row * LINE_PX
            what, number = label(name, level), in_words(name, ramp.at(at), level)
            sheet.blit(written(what, NUMBERS_PX, palette.ink, width), (left, top))
            sheet.blit(written(number, NUMBERS_PX, palette.ink, width, "bold"), (left + round(width * NUMBERS_AT), top))
    return sheet


def save_preview(file: LevelFile, path: str) -> None:
    """Write the preview as a picture file; its ending says which kind."""
    pygame.image.save(preview(file), path)


def _head(sheet: pygame.Surface, level: LevelBase, palette: Palette) -> None:
    room = sheet.get_width() - 2 * GAP_PX
    title = written(f"{level.title}  ·  stage {level.stage}", LABEL_PX, palette.ink, room, "bold")
    whom = written(level.for_whom, round(LABEL_PX * 0.8), palette.ink, room)
    sheet.blit(title, (GAP_PX, GAP_PX))
    sheet.blit(whom, (GAP_PX, GAP_PX + title.get_height() + 4))
