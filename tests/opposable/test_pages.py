"""The sheets of paper a person may meet while playing say what fits the source."""

from typing import get_args

import pytest

from engine.play.results import Summary
from engine.sources import open_source
from engine.sources.source import SourceState, SourceStatus
from engine.view.messages import Message
from opposable.screens.pages import Family, end_page, family_of, hand_away_page, source_page


def said_on(page: Message | None) -> str:
    return "" if page is None else " ".join((page.title, *page.lines, *(choice.label for choice in page.choices)))


@pytest.mark.parametrize("family", get_args(Family))
def test_who_has_no_camera_is_told_of_none(family: Family) -> None:
    told = [said_on(hand_away_page(family))]
    for state in SourceState:
        told += [said_on(source_page(SourceStatus(state), 5.0, seen, family)) for seen in (True, False)]
    words = " ".join(told).lower()
    assert ("camera" in words) == (family == "camera")
    assert ("glove" in words) == (family == "glove")


@pytest.mark.parametrize(("spec", "family"), [("keys:", "other"), ("sim:able", "other"), ("keys:contacts", "glove")])
def test_what_is_named_is_what_the_source_has(spec: str, family: Family) -> None:
    assert family_of(open_source(spec)) == family


def test_the_end_of_a_session_tells_what_was_measured() -> None:
    summary = Summary(4, 4, 0, 0, 0.75, 1.0)
    page = end_page(summary, 3, measured=[("640 ms", "one hand behind the other")])
    assert page.numbers == (("3 of 4", "done"), ("640 ms", "one hand behind the other"))


@pytest.mark.long
def test_a_camera_is_one_and_a_hand_drawn_for_it_too() -> None:
    for spec in ("shared:nothing", "glove:COM99"):
        source = open_source(spec)
        try:
            assert family_of(source) == ("camera" if spec.startswith("shared") else "glove")
        finally:
            source.close()
