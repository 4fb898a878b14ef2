"""The door: games as pictures, then their levels by stage. Mouse and keyboard alone are each enough."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pygame

from engine.paths import packs_path
from engine.play.levelfile import LevelFile
from engine.play.packs import pack_of
from engine.strings import strings
from engine.view.buttons import BACK, Choice, paint_button
from engine.view.cards import Card, card_at, in_grid, paint_card
from engine.view.painter import Painter
from engine.view.paper import lay_sheet
from engine.view.scene import Scene
from engine.view.type import LABEL_PX, SENTENCE_PX, fitted
from opposable.records import LastResult, last_result
from opposable.screens.covers import Covers
from opposable.screens.preview import close_up, moments_of
from opposable.screens.window import SIZE_PX, Wishes

HIDDEN = ("template",)
"""The game to copy is for those who write games."""
PER_PAGE, COLUMNS, GAP_PX = 8, 4, 26
HOME_AREA = pygame.Rect(70, 120, SIZE_PX[0] - 140, 470)
LEVEL_AREA = pygame.Rect(50, 72, SIZE_PX[0] - 100, 522)
HOME_HEAD, LEVEL_HEAD = pygame.Rect(100, 12, SIZE_PX[0] - 200, 108), pygame.Rect(100, 4, SIZE_PX[0] - 200, 64)
FOOT = pygame.Rect(190, 622, SIZE_PX[0] - 240, 82)
LEAVE = replace(BACK, choice=Choice("back", icon="leave"))
MORE = "more"
STEPS = {"left": -1, "right": 1, "up": -COLUMNS, "down": COLUMNS, "tab": 1}


@dataclass(frozen=True)
class Place:
    """Where the person is: in the room of games (`game` empty) or of one game's levels, on which page of them, and
    what they are at; `focus` one beyond the last card is the way back."""

    game: str = ""
    page: int = 0
    focus: int = 0


@dataclass
class Menu:
    """What there is to choose, and where the person is. It paints itself; opening a level is for whoever holds it."""

    levels: Sequence[LevelFile]
    painter: Painter
    results: Path
    place: Place = field(default_factory=Place)
    left: bool = False
    covers: Covers = field(default_factory=Covers)
    _pictures: dict[Path, pygame.Surface] = field(default_factory=dict)
    _last: dict[str, LastResult | None] = field(default_factory=dict)
    _packs: dict[Path, str] = field(default_factory=dict)

    @property
    def games(self) -> list[str]:
        """The games that have a level, in the order in which they come."""
        return [name for name in dict.fromkeys(file.game.name for file in self.levels) if name not in HIDDEN]

    def shelf(self) -> list[LevelFile]:
        """The levels of this game, by stage."""
        own = [file for file in self.levels if file.game.name == self.place.game]
        return sorted(own, key=lambda file: (file.level.stage, file.name))

    def cards(self) -> tuple[Card, ...]:
        """What is on the table now."""
        if not self.place.game:
            return tuple(Card(name, game_name(name), _said(f"game_line.{name}")) for name in self.games)
        shelf = self.shelf()
        if len(shelf) <= PER_PAGE:
            return tuple(map(self._card, shelf))
        first = self.place.page * (PER_PAGE - 1)
        turn = "first" if self.place.page + 1 == self._pages else "more"
        more = Card(MORE, _said(f"menu.{turn}"), icon=f"levels_{turn}")
        return (*map(self._card, shelf[first : first + PER_PAGE - 1]), more)

    @property
    def _larger(self) -> float:
        """How many times as large as usual the person wants letters."""
        return self.painter.layout.text_scale

    @property
    def _pages(self) -> int:
        return -(-len(self.shelf()) // (PER_PAGE - 1))

    def boxes(self) -> tuple[tuple[int, int, int, int], ...]:
        """Where the cards lie."""
        area = LEVEL_AREA if self.place.game else HOME_AREA
        return in_grid(len(self.cards()), COLUMNS if self.place.game else 3, area, GAP_PX, 430)

    def obey(self, wishes: Wishes) -> LevelFile | None:
        """Do what the person wishes; the level that was opened, if one was."""
        cards, boxes = self.cards(), self.boxes()
        if wishes.leave:
            self._back()
            return None
        pointed = card_at(boxes, wishes.pointer) if wishes.pointer and wishes.moved else None
        if pointed is not None:
            self.place = replace(self.place, focus=pointed)
        for key in wishes.keys_down:
            if key in STEPS:
                self.place = replace(self.place, focus=self._stepped(STEPS[key], len(cards)))
        for click in wishes.clicks:
            if BACK.holds(click):
                self._back()
                return None
            if (clicked := card_at(boxes, click)) is not None:
                self.place = replace(self.place, focus=clicked)
                return self._open(cards[clicked])
        if not (wishes.confirm or wishes.pause):
            return None
        if self.place.focus < len(cards):
            return self._open(cards[self.place.focus])
        self._back()
        return None

    def played(self, file: LevelFile) -> None:
        """A level was played: what it last came to is new."""
        self._last.pop(file.name, None)

    def close(self) -> None:
        """Let go of what works beside it."""
        self.covers.close()

    def paint(self) -> pygame.Surface:
        """The picture of this moment. One missing picture is made at each call, so that nobody waits for all."""
        canvas, palette = self.painter.canvas, self.painter.palette
        self._make_one()
        self.painter.paint(Scene(()), pointing=None)
        head = game_name(self.place.game) if self.place.game else _said("menu.title")
        area = LEVEL_HEAD if self.place.game else HOME_HEAD
        title = fitted(head, round(SENTENCE_PX * self._larger), palette.ink, area.size, "bold")
        canvas.blit(title, title.get_rect(center=area.center))
        cards = self.cards()
        text = round((LABEL_PX if self.place.game else SENTENCE_PX) * self._larger)
        for n, (card, box) in enumerate(zip(cards, self.boxes(), strict=True)):
            picture, cover = self._picture(card), self._cover(card)
            paint_card(canvas, card, box, picture, palette, text, cover=cover, chosen=n == self.place.focus)
        back = BACK if self.place.game else LEAVE
        paint_button(canvas, back, palette, LABEL_PX, focus=self.place.focus >= len(cards), is_round=True)
        self._paint_foot(canvas, cards)
        return canvas

    def _card(self, file: LevelFile) -> Card:
        last = self._result(file)
        done = None if last is None else last.landed / last.counted
        pack = self._pack(file)
        line = _said("menu.pack", pack=pack) if pack else ""
        return Card(file.name, file.level.title, line, stage=file.level.stage, done=done)

    def _result(self, file: LevelFile) -> LastResult | None:
        if file.name not in self._last:
            self._last[file.name] = last_result(self.results, file.name)
        return self._last[file.name]

    def _stepped(self, step: int, cards: int) -> int:
        """Left and right go round through all cards and the way back; up and down stay in their column."""
        focus = self.place.focus
        if abs(step) == 1:
            return (focus + step) % (cards + 1)
        if not self.place.game or focus >= cards:
            return cards - 1 if step < 0 else cards
        return focus + step if 0 <= focus + step < cards else cards if step > 0 else focus

    def _open(self, card: Card) -> LevelFile | None:
        if not self.place.game:
            self.place = Place(card.name)
            return None
        if card.name == MORE:
            self.place = Place(self.place.game, (self.place.page + 1) % self._pages)
            return None
        return next(file for file in self.levels if file.name == card.name)

    def _back(self) -> None:
        if self.place.game:
            self.place = Place(focus=self.games.index(self.place.game))
        else:
            self.left = True

    def _paint_foot(self, canvas: pygame.Surface, cards: tuple[Card, ...]) -> None:
        """For whom the level is that the person is at, and what it last came to."""
        palette = self.painter.palette
        if self.place.focus >= len(cards):
            words = _said("menu.back" if self.place.game else "menu.leave")
        elif not self.place.game:
            words = _said("menu.practice_aid")
        else:
            file = next((file for file in self.levels if file.name == cards[self.place.focus].name), None)
            words = cards[self.place.focus].title if file is None else self._about(file)
        lay_sheet(canvas, FOOT, palette, 12.0, 8.0)
        text = fitted(words, round(LABEL_PX * self._larger), palette.ink, (FOOT.width - 40, FOOT.height - 14))
        canvas.blit(text, (FOOT.centerx - text.get_width() // 2, FOOT.centery - text.get_height() // 2))

    def _about(self, file: LevelFile) -> str:
        last = self._result(file)
        if last is None:
            return file.level.for_whom
        return f"{file.level.for_whom} {_said('menu.last', landed=last.landed, counted=last.counted)}"

    def _picture(self, card: Card) -> pygame.Surface | None:
        file = self._file_of(card)
        return None if file is None else self._pictures.get(file.path)

    def _cover(self, card: Card) -> pygame.Surface | None:
        """The cover of the pack that a level came with."""
        file = self._file_of(card) if self.place.game else None
        pack = self._pack(file) if file is not None else ""
        return self.covers.of(packs_path() / pack) if pack else None

    def _pack(self, file: LevelFile) -> str:
        """The pack it came with, looked up once."""
        if file.path not in self._packs:
            self._packs[file.path] = pack_of(file.path)
        return self._packs[file.path]

    def _file_of(self, card: Card) -> LevelFile | None:
        """The level whose picture stands on a card: for a game, its first one."""
        own = (file for file in self.levels if card.name in (file.name, file.game.name))
        return next(own, None)

    def _make_one(self) -> None:
        """Paint one picture that is still missing from the cards on the table."""
        for card in self.cards():
            file = self._file_of(card)
            if file is not None and file.path not in self._pictures:
                _, moment = moments_of(file, file.level.difficulty.start)
                self._pictures[file.path] = close_up(file, moment, self.painter)
                return


def game_name(name: str) -> str:
    """A game as people call it."""
    return _said(f"game.{name}") if f"game.{name}" in strings() else name.replace("_", " ").capitalize()


def _said(key: str, **values: object) -> str:
    return strings().say(key, **values) if key in strings() else ""
