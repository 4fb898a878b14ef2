"""The guided calibration in the window: a ghost hand shows what to do, a ring fills, the person's own moves along."""

from dataclasses import replace
from math import pi

import pygame

from engine.clock import now_s, wait_s
from engine.hand import Side
from engine.inputs import Tracking
from engine.motion.calibration import Step
from engine.motion.poses import as_felt, pose_for, wrist_for
from engine.play.guide import Guide, Part
from engine.sources import Source, SourceState, open_source
from engine.sources.paced import at_its_pace
from engine.strings import strings
from engine.view.buttons import Button, Choice, paint_button
from engine.view.messages import Message, paint_message
from engine.view.palette import OKABE_ITO
from engine.view.paper import lay_sheet
from engine.view.scene import Hand, Scene
from engine.view.speech import Speaker
from engine.view.type import fitted, written
from opposable.console import FOUND, complain
from opposable.screens import pages
from opposable.screens.calibrate_side import ask_side
from opposable.screens.window import SIZE_PX, Window, open_window

FRAME_S = 1 / 30
SKIP, LEAVE = "skip", "leave"
OWN_AT, GHOST_AT, PITCH_RAD = (0.115, 0.05, 0.16), (-0.115, 0.05, 0.16), 0.72
RING = pygame.Rect(SIZE_PX[0] // 2 - 62, 34, 124, 124)
SHEET = pygame.Rect(150, 566, 980, 118)
SKIP_BUTTON = Button(Choice(SKIP, "", "play"), (1150, 577, 96, 96))
SENTENCE_PX = 46
SHOWN_IN_S = 0.7
STEPS = tuple(step for step in Step if step is not Step.ANYTHING)


def ghost_controls(part: Part, share: float) -> dict[str, float]:
    """What the hand that shows what to do does, at this share of the part: there and back without haste."""
    if part.asked is Step.OPEN:
        return {}
    control = {Step.FIST: "fist", Step.SPREAD: "spread", Step.WRIST: "wrist"}.get(part.asked)
    name = control or part.asked.replace("_", ".")
    gone = min(1.0, share * part.for_s / SHOWN_IN_S)
    return {name: gone * gone * (3 - 2 * gone)}


def scene_of(guide: Guide) -> Scene:
    """The table with the two hands: on one side what to do, on the other what the person's own hand does."""
    side, part = guide.side, guide.part
    own_x = 1.0 if side is Side.RIGHT else -1.0
    own = Hand(side, (own_x * OWN_AT[0], *OWN_AT[1:]), pitch_rad=PITCH_RAD, roll_rad=pi, affected=True)
    measures = guide.hand.measures
    if measures is not None:
        own = replace(
            own,
            angles=as_felt(measures.angle_rad, guide.hand.values),
            wrist_rad=guide.hand.wrist.flexion_rad or 0.0,
        )
    shapes = [own] if measures is not None else []
    if part is not None:
        controls = ghost_controls(part, guide.share)
        ghost_at = (own_x * GHOST_AT[0], *GHOST_AT[1:])
        pose, bend = pose_for(controls), wrist_for(controls)
        shapes.append(Hand(side, ghost_at, 0.0, PITCH_RAD, pi, bend, pose, ghost=True))
    return Scene(tuple(shapes))


def sentence_of(guide: Guide, seen: bool, family: pages.Family) -> str:
    """The one sentence that is shown and spoken."""
    if not seen:
        return pages.where_is_the_hand(family)
    return "" if guide.part is None else strings().say(f"calibrate.{guide.part.asked}")


class CalibrateScreen:
    """Paints the flow. It decides nothing."""

    def __init__(self, window: Window, side: Side) -> None:
        self.painter = window.painter(side)

    def paint(self, guide: Guide, sentence: str, message: Message | None = None) -> pygame.Surface:
        """The picture of this moment."""
        picture = self.painter.paint(scene_of(guide), {})
        if message is not None:
            paint_message(picture, message, self.painter.layout, self.painter.palette)
            return picture
        palette = self.painter.palette
        lay_sheet(picture, SHEET, palette, 18.0, 12.0)
        larger = round(SENTENCE_PX * self.painter.layout.text_scale)
        words = fitted(sentence, larger, palette.ink, (SHEET.width - 60, SHEET.height - 20), "bold")
        picture.blit(words, words.get_rect(center=SHEET.center))
        paint_button(picture, SKIP_BUTTON, palette, 30, is_round=True)
        self._ring(picture, guide)
        return picture

    def _ring(self, picture: pygame.Surface, guide: Guide) -> None:
        """How much of this try is done, as a ring, and how many tries are still to come, as its number."""
        palette, part = self.painter.palette, guide.part
        lay_sheet(picture, RING, palette, RING.width / 2, 9.0)
        inner = RING.inflate(-26, -26)
        pygame.draw.circle(picture, palette.ink, inner.center, inner.width // 2, 1)
        if part is not None and part.is_try:
            pygame.draw.arc(
                picture,
                OKABE_ITO["sky" if palette.lit_edges else "blue"],
                inner,
                pi / 2 - 2 * pi * guide.share,
                pi / 2,
                12,
            )
        if part is not None:
            words = written(f"{STEPS.index(part.step) + 1}/{len(STEPS)}", 30, palette.ink, inner.width, "bold")
            picture.blit(words, words.get_rect(center=inner.center))


def calibrate_in_window(spec: str, side: Side | None, person: str, as_json: bool) -> int:
    """Ask for the side where it is not known, lead through the flow, keep what was found, and say it."""
    from opposable.commands.calibrate import conclude

    window = open_window("Opposable")
    speaker = Speaker(window.comfort.voice)
    try:
        side = side or ask_side(window, person)
        if side is None:
            return FOUND
        source = open_source(spec, side=side)
        guide = Guide(side)
        try:
            finished = lead(window, CalibrateScreen(window, side), guide, at_its_pace(source), speaker)
        except KeyboardInterrupt:
            finished = False
        finally:
            source.close()
        if not finished:
            complain(strings().say("calibrate.stopped"))
            return FOUND
        return conclude(guide.found(), side, spec, person, as_json)
    except KeyboardInterrupt:
        return FOUND
    finally:
        speaker.close()
        window.close()


def lead(window: Window, screen: CalibrateScreen, guide: Guide, source: Source, speaker: Speaker) -> bool:
    """Frames until all is done (True), or the person or the source has left."""
    said, began_s, paused, pause = "", now_s(), False, screen.painter.layout.pause
    family = pages.family_of(source)
    while guide.part is not None:
        wishes = window.wishes()
        if wishes.leave:
            return False
        paused = wishes.away or paused != (wishes.pause or any(pause.collidepoint(click) for click in wishes.clicks))
        if wishes.confirm or any(SKIP_BUTTON.holds(click) for click in wishes.clicks):
            guide.skip()
            paused = False
        source.follow(guide.cue(), now_s())
        for sample in source.read(FRAME_S / 2):
            if not paused:
                guide.feed(sample)
        status = source.status()
        if status.state in (SourceState.ENDED, SourceState.GONE):
            complain(status.reason)
            return False
        seen = guide.motion.tracking(guide.side, now_s()) is not Tracking.LOST
        sentence = sentence_of(guide, seen, family)
        if sentence != said:
            speaker.say(sentence)
            said = sentence
        page = pages.source_page(status, now_s() - began_s, guide.hand.seen_s is not None, family)
        waiting = page if page is not None and guide.hand.seen_s is None else None
        if paused:
            waiting = pages.paused_page()
        window.show(screen.paint(guide, sentence, replace(waiting, choices=()) if waiting else None))
        wait_s(FRAME_S / 2)
    return True
