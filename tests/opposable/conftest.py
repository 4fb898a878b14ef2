"""A window that nobody sees, for the tests of one file."""

import os
from collections.abc import Iterator

import pytest

from opposable.screens.window import Window


@pytest.fixture(scope="module")
def window() -> Iterator[Window]:
    os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"
    opened = Window("test")
    yield opened
    opened.close()
