"""Which hand shall practise: asked once, with two large hands, and kept for this person."""

import pygame

from engine.clock import wait_s
from engine.hand import Side
from engine.play.storedranges import keep_side, stored_side
from engine.strings import strings
from engine.view.buttons import BACK, Button, Choice, button_at, paint_button
from engine.view.painter import Painter
from engine.view.paper import lay_sheet
from engine.view.scene import Scene
from engine.view.type import NUMBER_PX, SENTENCE_PX, fitted
from opposable.console import complain
from opposable.screens.window import Window, Wishes

FRAME_S = 1 / 30
SHEET = pygame.Rect(190, 70, 900, 580)
BUTTONS = tuple(
    Button(Choice(side, icon=f"hand_{side}"), (x, 215, 320, 320)) for side, x in ((Side.LEFT, 270), (Side.RIGHT, 690))
)


def ask_side(window: Window, person: str) -> Side | None:
    """The person's affected hand, asked where it is not known yet, and kept if it can be; None where they leave."""
    known = stored_side(person)
    if known is not None:
        return known
    painter = window.painter(Side.RIGHT)
    focus = 1
    while True:
        wishes = window.wishes()
        if wishes.leave or any(BACK.holds(click) for click in wishes.clicks):
            return None
        chosen, focus = choice(wishes, focus)
        if chosen is not None:
            try:
                keep_side(person, chosen)
            except OSError as problem:
                complain(f"Which hand practises could not be kept ({problem.strerror}); it will be asked again.")
            return chosen
        window.show(paint_question(painter, focus, wishes.pointer))
        wait_s(FRAME_S)


def choice(wishes: Wishes, focus: int) -> tuple[Side | None, int]:
    """The side that was chosen, by mouse or keys, if any; and the button the keyboard is on."""
    for click in wishes.clicks:
        for button in BUTTONS:
            if button.holds(click) or _words_under(button).collidepoint(click):
                return Side(button.choice.name), focus
    for key in wishes.keys_down:
        focus = {"left": 0, "right": 1, "tab": 1 - focus}.get(key, focus)
    return (Side(BUTTONS[focus].choice.name) if wishes.confirm else None), focus


def paint_question(painter: Painter, focus: int, pointer: tuple[int, int] | None) -> pygame.Surface:
    """Two large hands on a sheet of paper."""
    say, palette, larger = strings().say, painter.palette, painter.layout.text_scale
    picture = painter.paint(Scene(()), pointing=None)
    paint_button(picture, BACK, palette, SENTENCE_PX, hover=bool(pointer and BACK.holds(pointer)), is_round=True)
    lay_sheet(picture, SHEET, palette, 18.0, 16.0)
    title = fitted(say("calibrate.side"), round(NUMBER_PX * larger), palette.ink, (SHEET.width - 80, 136), "bold")
    picture.blit(title, title.get_rect(center=(SHEET.centerx, 145)))
    over = button_at(BUTTONS, pointer) if pointer else None
    for n, button in enumerate(BUTTONS):
        paint_button(picture, button, palette, SENTENCE_PX, hover=button is over, focus=n == focus)
        named = say(f"calibrate.{button.choice.name}")
        place = _words_under(button)
        words = fitted(named, round(SENTENCE_PX * larger), palette.ink, place.size, "bold")
        picture.blit(words, words.get_rect(center=place.center))
    return picture


def _words_under(button: Button) -> pygame.Rect:
    """Where it is written which hand that is."""
    return pygame.Rect(button.rect.left, 540, button.rect.width, 100)
