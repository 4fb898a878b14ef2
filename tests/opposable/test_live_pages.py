"""What the window shows before play and over it: the ghost, and the pages that ask for something."""

from collections.abc import Callable, Mapping

import pygame
import pytest

from engine.hand import Side
from engine.handmodel import HandAngles
from engine.inputs import Tracking
from engine.motion.poses import pose_for
from engine.sources import open_source
from engine.sources.keyboard import KeyboardSource
from engine.sources.source import SourceState, SourceStatus
from engine.view.scene import Hand, Scene, Zone
from opposable.screens import live as live_screen
from opposable.screens import pages
from opposable.screens.live import Live
from opposable.screens.play_screen import under_a_page
from tests.opposable.living import RETURN, SPACE, press, run_for, run_until


class Unplugged:
    """A camera that has given up."""

    name, paced = "camera:9", True

    def read(self, timeout_s: float) -> list[object]:
        return []

    def status(self) -> SourceStatus:
        return SourceStatus(SourceState.GONE, "The camera stopped three times within a minute.")

    def follow(self, cue: object, hand_time_s: float) -> None: ...

    def close(self) -> None: ...


def test_a_camera_that_is_gone_is_said_and_the_keys_are_offered(live: Live) -> None:
    live.use(Unplugged())  # type: ignore[arg-type]
    live.step()
    assert live.sitting.session.paused
    page = live.shown
    assert page is not None
    assert [choice.name for choice in page.choices] == [pages.AGAIN, pages.KEYBOARD, pages.SIMULATED, pages.LEAVE]
    live.step()
    press(pygame.K_DOWN)
    press(RETURN)
    live.step()
    assert isinstance(live.source, KeyboardSource)
    live.step()
    assert live.shown is not None
    assert live.shown.icon == "keyboard"
    press(RETURN)
    run_for(live, 0.3)
    assert not live.sitting.session.paused


def test_under_a_page_lies_the_table_without_words_ghost_or_a_hand_nobody_has_shown(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[Scene] = []
    painter = live.screen.painter
    paint = painter.paint

    def watched(scene: Scene, poses: Mapping[Side, HandAngles], *, meanwhile: Callable[[], None]) -> pygame.Surface:
        painted.append(scene)
        return paint(scene, poses, meanwhile=meanwhile)

    monkeypatch.setattr(painter, "paint", watched)
    live.show_first()
    live.use(Unplugged())  # type: ignore[arg-type]
    live.step()
    assert live.shown is not None
    assert any(isinstance(shape, Zone) for shape in painted[-1].shapes)
    assert not any(isinstance(shape, Hand) for shape in painted[-1].shapes)
    assert (painted[-1].sentence, painted[-1].picture, painted[-1].time_left) == ("", "", None)
    live.use(open_source("sim:able", side=Side.RIGHT))
    run_until(live, lambda: painted[-1].sentence == "session.watch")
    assert any(isinstance(shape, Hand) and shape.ghost for shape in painted[-1].shapes)


def test_a_hand_that_was_seen_stays_on_the_table_under_a_page(live: Live) -> None:
    table = live.sitting.session.game.draw(live.sitting.session.state)
    shown = under_a_page(table, {Side.RIGHT: pose_for({})})
    assert [shape for shape in shown.shapes if isinstance(shape, Hand)]
    assert shown.string == table.string


def test_while_the_ghost_shows_what_to_do_nobody_need_hold_up_a_hand(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_screen, "HAND_AWAY_S", 0.1)
    monkeypatch.setattr(live.sitting.motion, "tracking", lambda *_: Tracking.LOST)
    live.show_first()
    run_for(live, 0.5)
    assert live.showing is not None
    assert live.shown is None
    live.showing.skip()
    run_until(live, lambda: live.shown == pages.hand_away_page(pages.family_of(live.source)))


def test_the_press_that_closes_a_page_leaves_the_showing_to_be_seen(live: Live) -> None:
    live.show_first()
    live.use(KeyboardSource(Side.RIGHT))
    run_until(live, lambda: live.shown == pages.keys_page())
    press(RETURN)
    run_until(live, lambda: live.shown is None)
    assert live.showing is not None
    press(SPACE)
    live.step()
    assert live.shown is not None
    press(SPACE)
    run_until(live, lambda: live.shown is None)
    assert live.showing is not None
    press(RETURN)
    live.step()
    assert live.showing is None
