"""The door: every level can be reached and opened by keys alone and by mouse alone, and the way back too."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pygame
import pytest

from engine.clock import now_s, wait_s
from engine.hand import Side
from engine.paths import packs_path
from engine.play.game import TrialEnded
from engine.play.levelfile import LevelFile
from engine.play.record import header_for
from engine.play.results import ResultsWriter, read_results, result_of
from engine.strings import strings
from engine.view.buttons import BACK
from engine.view.cards import Card
from engine.view.icons import icon_names
from engine.view.painter import Painter
from opposable.commands.menu import offered_levels
from opposable.ownranges import ME
from opposable.records import last_result, own_results
from opposable.screens.menu import LEAVE, Menu, Place, game_name
from opposable.screens.window import SIZE_PX, Wishes
from opposable.sitting import Sitting

LEVELS = [file for file in offered_levels() if file.game.name != "template"]


@pytest.fixture(scope="module")
def painter() -> Painter:
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    return Painter(SIZE_PX, words=dict(strings().sentences))


@pytest.fixture
def menu(painter: Painter, tmp_path: Path) -> Menu:
    return Menu(offered_levels(), painter, tmp_path)


def press(menu: Menu, key: str) -> LevelFile | None:
    return menu.obey(Wishes(confirm=key == "return", leave=key == "escape", keys_down=(key,)))


def click(menu: Menu, xy: tuple[int, int]) -> LevelFile | None:
    return menu.obey(Wishes(clicks=(xy,), pointer=xy))


def middle(box: tuple[int, int, int, int]) -> tuple[int, int]:
    return box[0] + box[2] // 2, box[1] + box[3] // 2


def open_with_keys(menu: Menu, wanted: LevelFile) -> LevelFile | None:
    while menu.cards()[menu.place.focus].name != wanted.game.name:
        press(menu, "right")
    press(menu, "return")
    for _ in range(60):
        names = [card.name for card in menu.cards()]
        goal = names.index(wanted.name) if wanted.name in names else names.index("more")
        if menu.place.focus == goal and (opened := press(menu, "return")) is not None:
            return opened
        if menu.place.focus != goal:
            press(menu, "right")
    return None


@pytest.mark.parametrize("file", LEVELS, ids=lambda file: file.name)
def test_keys_alone_reach_and_open_every_level(menu: Menu, file: LevelFile) -> None:
    opened = open_with_keys(menu, file)
    assert opened is not None
    assert opened.name == file.name


def test_the_mouse_alone_opens_and_goes_back(menu: Menu) -> None:
    assert click(menu, middle(menu.boxes()[0])) is None
    assert menu.place.game == menu.games[0]
    opened = click(menu, middle(menu.boxes()[0]))
    assert opened is not None
    assert opened.name == menu.cards()[0].name
    click(menu, middle(BACK.box))
    assert (menu.place.game, menu.left) == ("", False)
    click(menu, middle(BACK.box))
    assert menu.left


def test_escape_goes_back_and_then_leaves(menu: Menu) -> None:
    press(menu, "return")
    press(menu, "escape")
    assert not menu.left
    press(menu, "escape")
    assert menu.left


def test_up_and_down_never_lose_the_focus(menu: Menu) -> None:
    press(menu, "return")
    for key in ("down", "down", "down", "up", "left", "up", "up", "right", "tab") * 5:
        press(menu, key)
        assert 0 <= menu.place.focus <= len(menu.cards())


def test_cards_are_large_apart_and_inside_the_picture(menu: Menu) -> None:
    for game in ("", *menu.games):
        menu.place = type(menu.place)(game)
        boxes = menu.boxes()
        for n, (x, y, width, height) in enumerate(boxes):
            assert width >= 200
            assert height >= 180
            assert x >= 0
            assert y >= 0
            assert x + width <= SIZE_PX[0]
            assert y + height <= SIZE_PX[1]
            assert all(
                x + width <= a or a + c <= x or y + height <= b or b + d <= y
                for m, (a, b, c, d) in enumerate(boxes)
                if m != n
            )


def test_the_card_that_turns_the_page_says_where_to_and_is_drawn(menu: Menu) -> None:
    menu.place = Place("coin_drop")
    more = menu.cards()[-1]
    menu.obey(Wishes(clicks=(middle(menu.boxes()[-1]),)))
    first = menu.cards()[-1]
    assert (menu.place.page, more.name, first.name) == (1, "more", "more")
    assert more.title != first.title
    assert more.icon != first.icon
    assert {more.icon, first.icon} <= set(icon_names())
    menu.obey(Wishes(clicks=(middle(menu.boxes()[-1]),)))
    assert menu.place == Place("coin_drop")


def test_the_way_back_lies_clear_of_every_card_and_is_not_the_way_out(menu: Menu) -> None:
    menu.place = Place("coin_drop")
    ring = pygame.Rect(BACK.box).inflate(14, 14)
    assert not any(ring.colliderect(pygame.Rect(box).inflate(12, 12)) for box in menu.boxes())
    assert ring.bottom <= SIZE_PX[1]
    assert BACK.choice.icon != LEAVE.choice.icon
    assert {BACK.choice.icon, LEAVE.choice.icon} <= set(icon_names())


def test_a_level_of_a_pack_says_which(painter: Painter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPPOSABLE_HOME", str(tmp_path))
    path = packs_path() / "hand_clinic" / "mine.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("extends: bead_picking/01_large_beads\ntitle: Mine\n")
    menu = Menu(offered_levels(), painter, tmp_path, Place("bead_picking"))
    lines = {card.title: card.line for page in range(2) for card in shown_on(menu, page)}
    assert "hand_clinic" in lines["Mine"]
    assert not any(line for title, line in lines.items() if title != "Mine")


def test_the_cover_of_a_pack_stands_on_its_levels_and_a_damaged_one_is_left_out(
    painter: Painter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPPOSABLE_HOME", str(tmp_path))
    blue, cover = (30, 60, 220), pygame.Surface((80, 45), depth=24)
    cover.fill(blue)
    for pack in ("a_clinic", "hand_clinic"):
        folder = packs_path() / pack
        folder.mkdir(parents=True)
        (folder / "mine.yaml").write_text(f"extends: bead_picking/01_large_beads\ntitle: {pack}\n")
        pygame.image.save(cover, folder / "cover.png")
    # They are decoded one after another: when the second is there, the first would be.
    damaged = packs_path() / "a_clinic" / "cover.png"
    damaged.write_bytes(damaged.read_bytes()[:60] + bytes(40) + damaged.read_bytes()[100:])
    menu = Menu([file for file in offered_levels() if "mine" in file.name], painter, tmp_path, Place("bead_picking"))
    until_s, found = now_s() + 20.0, [0, 0]
    while not found[1] and now_s() < until_s:
        picture = menu.paint()
        boxes = [picture.subsurface(box) for box in menu.boxes()]
        found = [pygame.mask.from_threshold(box, blue, (3, 3, 3)).count() for box in boxes]
        wait_s(0.02)
    menu.close()
    assert found[1] > 2000
    assert found[0] == 0


def shown_on(menu: Menu, page: int) -> tuple[Card, ...]:
    menu.place = Place(menu.place.game, page)
    return menu.cards()


def keep(folder: Path, file: LevelFile, day: int, landed: tuple[bool | None, ...], source: str, person: str) -> None:
    header = header_for(
        file, seed=1, affected_side=Side.RIGHT, source=source, started=datetime(2026, 3, day, tzinfo=UTC)
    )
    path = folder / f"202603{day:02}-000000-{file.name.replace('/', '-')}.results.jsonl"
    writer = ResultsWriter(path, replace(header, person=person))
    for n, success in enumerate(landed):
        writer.trial(result_of(TrialEnded(n, success, None, 2.0, 5.0), 1.0))
    writer.close()


def test_the_last_result_is_shown_after_play(menu: Menu, tmp_path: Path) -> None:
    file = LEVELS[0]
    keep(tmp_path, file, 1, (True, True, False, None), "camera:0", ME)
    last = last_result(tmp_path, file.name)
    assert last is not None
    assert (last.landed, last.counted) == (2, 3)
    menu.played(file)
    menu.place = type(menu.place)(file.game.name)
    [card] = [card for card in menu.cards() if card.name == file.name]
    assert card.done == pytest.approx(2 / 3)
    (tmp_path / f"20260302-000000-{file.name.replace('/', '-')}.results.jsonl").write_text("damaged\n")
    assert last_result(tmp_path, file.name) == last


@pytest.mark.parametrize(
    ("source", "person"),
    [
        ("sim:able", ME),
        ("synthetic:able", ME),
        ("replay:a.tape.jsonl", ME),
        ("video:hand.mp4", ME),
        ("camera:0", "Anna"),
    ],
)
def test_what_a_simulated_hand_a_recording_or_another_did_is_not_ones_own(
    tmp_path: Path, source: str, person: str
) -> None:
    file = LEVELS[0]
    keep(tmp_path, file, 2, (True, True), source, person)
    assert last_result(tmp_path, file.name) is None
    keep(tmp_path, file, 1, (True, False), "glove:auto", ME)
    last = last_result(tmp_path, file.name)
    assert last is not None
    assert (last.landed, last.counted) == (1, 2)
    assert len(list(own_results(tmp_path, file.name))) == 1


def test_results_say_whose_they_are(tmp_path: Path) -> None:
    sitting = Sitting(LEVELS[0], "keys:", Side.RIGHT, 1, tmp_path, "Anna")
    assert read_results(sitting.results_path).header.person == "Anna"
    sitting.close()


def test_it_paints_with_and_without_its_pictures(menu: Menu) -> None:
    first = menu.paint().copy()
    assert first.get_size() == SIZE_PX
    assert game_name("no_such_game") == "No such game"
