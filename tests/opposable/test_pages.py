"""The sheets of paper a person may meet while playing say what fits the source."""

import pytest

from engine.sources.source import SourceState, SourceStatus
from engine.view.messages import Message
from opposable.screens.pages import hand_away_page, source_page


def said_on(page: Message | None) -> str:
    return "" if page is None else " ".join((page.title, *page.lines, *(choice.label for choice in page.choices)))


@pytest.mark.parametrize("is_glove", [True, False])
def test_who_wears_a_glove_is_told_of_no_camera(is_glove: bool) -> None:
    told = [said_on(hand_away_page(is_glove))]
    for state in SourceState:
        told += [said_on(source_page(SourceStatus(state), 5.0, seen, is_glove)) for seen in (True, False)]
    words = " ".join(told).lower()
    assert ("camera" in words) != is_glove
    assert ("glove" in words) == is_glove
