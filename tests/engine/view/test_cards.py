"""A card stays a picture, whatever is written on it."""

import pygame

from engine.view.cards import Card, paint_card
from engine.view.palette import STANDARD

BLUE = (30, 60, 220)


def test_large_letters_leave_room_for_the_picture() -> None:
    canvas, picture = pygame.Surface((300, 280)), pygame.Surface((320, 180))
    picture.fill(BLUE)
    card = Card("a", "Two hands in front of the mirror", "added with our_clinic_in_town", stage=2)
    paint_card(canvas, card, (10, 10, 280, 250), picture, STANDARD, 52)
    column = [canvas.get_at((60, y))[2] > 200 > 100 > canvas.get_at((60, y))[0] for y in range(280)]
    assert sum(column) > 0.4 * 250
