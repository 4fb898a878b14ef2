"""What is written fits its place, in both sizes of letters, and can be read."""

import itertools
import warnings

import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.hand import Side
from engine.view.beads import string_picture
from engine.view.buttons import Choice, button_at
from engine.view.hud import Layout, strip_parts
from engine.view.icons import icon, icon_names
from engine.view.messages import Message, message_buttons
from engine.view.painter import Painter
from engine.view.palette import HIGH_CONTRAST, PALETTES, STANDARD, Palette, contrast, hex_colour
from engine.view.scene import Bead
from engine.view.type import font_file, printable, wrapped, written

SIZES = [(1280, 720), (1920, 1080), (800, 600)]
LONG = "Open thumb and finger here, quite slowly, and the coin will drop into the box below your hand."
CHOICES = (
    Choice("go", "Go on", "play"),
    Choice("keys", "Play with the keyboard", "keyboard"),
    Choice("x", "Leave", "leave"),
)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("text", ["Pinch the coin.", LONG])
def test_the_sentence_fits_its_strip(size: tuple[int, int], scale: float, text: str) -> None:
    layout = Layout(size, scale, Side.RIGHT)
    box, words, side = strip_parts(text, "pinch", layout, STANDARD)
    assert pygame.Rect((0, 0), size).contains(box)
    assert words.get_width() + side < box.width
    assert max(words.get_height(), side) <= box.height
    assert layout.sentence_px >= 28


def test_letters_grow_with_what_the_person_chose() -> None:
    small, large = (
        strip_parts("Pinch the coin.", "", Layout((1280, 720), s, Side.RIGHT), STANDARD)[1] for s in (1.0, 2.0)
    )
    assert large.get_height() > 1.8 * small.get_height()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_buttons_of_a_message_are_large_apart_and_inside(size: tuple[int, int], scale: float) -> None:
    message = Message("The camera is not seen", ("Check its plug.",), "camera_lost", choices=CHOICES)
    buttons = message_buttons(message, Layout(size, scale, Side.RIGHT), STANDARD)
    assert [button.choice for button in buttons] == list(CHOICES)
    for button in buttons:
        assert min(button.rect.size) >= 96
        assert pygame.Rect((0, 0), size).contains(button.rect)
        assert button_at(buttons, button.rect.center) is button
    for one, other in itertools.combinations(buttons, 2):
        assert not one.rect.colliderect(other.rect)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_what_is_written_can_be_read(palette: Palette) -> None:
    assert contrast(palette.ink, palette.paper) >= 4.5


def test_high_contrast_ground_is_dark_and_edges_are_lit() -> None:
    assert HIGH_CONTRAST.paper == hex_colour("#0E1116")
    assert contrast(HIGH_CONTRAST.edge, HIGH_CONTRAST.felt) >= 15
    for metal in HIGH_CONTRAST.metals.values():
        assert contrast(metal.light, HIGH_CONTRAST.felt) >= 4.5


def test_contrast_knows_the_published_values() -> None:
    assert contrast((255, 255, 255), (0, 0, 0)) == pytest.approx(21.0)
    assert contrast(hex_colour("#767676"), hex_colour("#FFFFFF")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", icon_names())
@pytest.mark.parametrize("palette", [STANDARD, HIGH_CONTRAST], ids=["standard", "high_contrast"])
def test_every_icon_shows_something_against_its_paper(name: str, palette: Palette) -> None:
    picture = icon(name, 64, palette)
    assert picture is not None
    inked = [
        picture.get_at((x, y))
        for x in range(64)
        for y in range(64)
        if picture.get_at((x, y)).a > 200 and contrast(tuple(picture.get_at((x, y)))[:3], palette.paper) > 3  # type: ignore[arg-type]
    ]
    assert 40 < len(inked) < 64 * 64 * 0.6


@pytest.mark.parametrize("name", icon_names())
def test_icons_stay_inside_their_square(name: str) -> None:
    """The edge stays free: what would stick out there is a slip of the drawing."""
    picture = icon(name, 96, STANDARD)
    assert picture is not None
    rim = [(n, e) for n in range(96) for e in (0, 95)] + [(e, n) for n in range(96) for e in (0, 95)]
    assert sum(picture.get_at(place).a > 60 for place in rim) <= 8


def test_an_unknown_icon_is_none() -> None:
    assert icon("../../secret", 32, STANDARD) is None


@given(st.lists(st.sampled_from(["todo", "done", "void", "now", "knot"]), max_size=70))
@settings(max_examples=15)
def test_a_string_of_any_length_hangs_between_its_pegs(beads: list[Bead]) -> None:
    picture, (x, y) = string_picture(tuple(beads), 600, 0.8, STANDARD)
    assert picture.get_width() >= 600 + x
    assert y < picture.get_height() < 140


@given(st.text(max_size=600))
@settings(max_examples=80)
def test_any_text_can_be_written(text: str) -> None:
    written(printable(text) or "x", 28, (0, 0, 0), 300)
    assert printable(text) == printable(printable(text))
    assert len(printable(text)) <= 400


def test_words_are_never_lost_in_wrapping() -> None:
    lines = wrapped(LONG, 40, 500)
    assert " ".join(lines) == LONG
    assert len(lines) > 1


def test_a_system_that_does_not_list_its_letters_in_time_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object, **__: object) -> None:
        warnings.warn("the list timed out", UserWarning, stacklevel=1)

    monkeypatch.setattr(pygame.font, "match_font", late)
    assert font_file.__wrapped__("regular") is not None


def test_letters_come_from_a_font_that_is_here() -> None:
    assert font_file("regular") is not None
    assert font_file("bold") != font_file("regular")


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_full_message_stays_on_the_picture(scale: float) -> None:
    message = Message(
        "That was a good round", (LONG,), "ok", (("18", "coins put away"), ("12 min", "of practice")), None, CHOICES
    )
    painter = Painter((1280, 720), text_scale=scale)
    for button in painter.buttons(message):
        assert painter.canvas.get_rect().contains(button.rect)
