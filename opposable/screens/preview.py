"""What the player sees of a level, at three difficulties, as one picture: for the person who writes the level."""

from dataclasses import dataclass, replace
from typing import Any

import pygame

from engine.hand import Side
from engine.motion.poses import pose_for
from engine.play.answering import AnsweringHands
from engine.play.game import TrialEnded, TrialStarted
from engine.play.inputs import TICK_HZ, TICK_S
from engine.play.level import LevelBase
from engine.play.levelfile import LevelFile
from engine.strings import strings
from engine.view.painter import Painter
from engine.view.palette import STANDARD, Palette
from engine.view.type import LABEL_PX, written

SEED = 1
LONGEST_S = 120
SHOWN_AT = 0.55
"""How far into the first trial the picture is taken: the hand is at work."""
PICTURE_PX, GAP_PX, HEAD_PX = (800, 450), 24, 104
DIFFICULTIES = ((0.0, "easiest"), (5.0, "middle"), (10.0, "hardest"))


@dataclass(frozen=True)
class Moment:
    """A state of the game, and the hands as they were then."""

    state: Any
    hands: AnsweringHands


def moment_of(file: LevelFile, difficulty: float, seed: int = SEED) -> Moment:
    """The middle of the first trial, played by a hand that answers every cue."""
    game, level = file.game, file.level.as_shown()
    state, hands = game.start(level, seed), AnsweringHands()
    moments = [Moment(state, hands)]
    began = 0
    for _ in range(LONGEST_S * TICK_HZ):
        hands = hands.answer(game.cue(state), TICK_S)
        state, events = game.step(state, hands.given(difficulty), TICK_S)
        moments.append(Moment(state, hands))
        if any(isinstance(event, TrialStarted) for event in events):
            began = len(moments) - 1
        if any(isinstance(event, TrialEnded) for event in events) or game.done(state):
            break
    return moments[began + round(SHOWN_AT * (len(moments) - 1 - began))]


def picture_of(file: LevelFile, moment: Moment, painter: Painter, *, bare: bool = False) -> pygame.Surface:
    """One picture of the level in play, `bare` without words and beads; the surface is the painter's own."""
    scene = file.game.draw(moment.state)
    poses = {side: pose_for(values) for side, values in moment.hands.values(Side.RIGHT).items()}
    if bare:
        return painter.paint(replace(scene, string=(), sentence="", picture="", time_left=None), poses, pointing=None)
    return painter.paint(scene, poses)


def preview(file: LevelFile, palette: Palette = STANDARD) -> pygame.Surface:
    """The level at its easiest, middle and hardest, side by side, with its title and for whom it is."""
    pygame.font.init()
    level = file.level
    shown = [(at, words) for at, words in DIFFICULTIES if level.difficulty.min <= at <= level.difficulty.max]
    if not shown:
        shown = [(level.difficulty.start, f"difficulty {level.difficulty.start:g}")]
    width = len(shown) * (PICTURE_PX[0] + GAP_PX) + GAP_PX
    sheet = pygame.Surface((width, HEAD_PX + PICTURE_PX[1] + 3 * GAP_PX))
    sheet.fill(palette.paper)
    _head(sheet, level, palette)
    painter = Painter((1280, 720), palette, words=dict(strings().sentences))
    for n, (at, words) in enumerate(shown):
        small = pygame.transform.smoothscale(picture_of(file, moment_of(file, at), painter), PICTURE_PX)
        left = GAP_PX + n * (PICTURE_PX[0] + GAP_PX)
        sheet.blit(small, (left, HEAD_PX))
        label = written(words, round(LABEL_PX * 0.8), palette.ink, PICTURE_PX[0])
        sheet.blit(label, (left, HEAD_PX + PICTURE_PX[1] + 6))
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
