"""The strip of paper with its band: seen, marked where the hands are, and cheap while it stays the same."""

import os
from dataclasses import replace

import numpy as np
import pygame
import pytest
from numpy.typing import NDArray

from engine.view.painter import Painter
from engine.view.palette import PALETTES, Palette
from engine.view.scene import Chart, Mark, Scene

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
BAND = ((0.0, 0.0, 0.3), (0.5, 0.6, 1.0), (1.0, 0.0, 0.3))
PAPER = Chart((0.0, 0.0005, -0.08), 256, 158, BAND)


def painted(painter: Painter, chart: Chart | None) -> NDArray[np.int_]:
    scene = Scene(() if chart is None else (chart,))
    return pygame.surfarray.array3d(painter.paint(scene, pointing=None)).astype(int)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=lambda palette: palette.name)
def test_paper_band_and_marks_are_seen_in_every_palette(palette: Palette) -> None:
    painter = Painter((640, 360), palette)
    table, paper = painted(painter, None), painted(painter, PAPER)
    bare = painted(painter, replace(PAPER, band=((0.0, 0.0, 0.01), (1.0, 0.0, 0.01))))
    marked = painted(painter, replace(PAPER, marks=(Mark(0.5, 0.8, affected=True), Mark(0.3, 0.2, affected=False))))
    assert changed(table, paper) > 3000
    assert changed(bare, paper) > 800
    assert 20 < changed(paper, marked) < 700


def test_two_hands_at_one_place_are_both_seen() -> None:
    painter = Painter((1280, 720))
    one, other = Mark(0.5, 0.8, affected=True), Mark(0.5, 0.8, affected=False)
    pictures = [painted(painter, replace(PAPER, marks=marks)) for marks in ((one,), (other,), (one, other))]
    assert min(changed(pictures[2], pictures[0]), changed(pictures[2], pictures[1])) > 40


def test_a_mark_outside_stays_on_the_paper_and_a_trace_is_drawn() -> None:
    painter = Painter((640, 360))
    inside, outside = Mark(1.0, 1.0, affected=True), Mark(1.7, 3.0, affected=True)
    assert not changed(*(painted(painter, replace(PAPER, marks=(mark,))) for mark in (inside, outside)))
    trace = tuple((n / 20, n / 20) for n in range(21))
    assert changed(painted(painter, PAPER), painted(painter, replace(PAPER, traces=(trace,)))) > 100


def changed(one: NDArray[np.int_], other: NDArray[np.int_]) -> int:
    """How many pixels differ plainly."""
    return int((np.abs(one - other).max(axis=2) > 25).sum())
