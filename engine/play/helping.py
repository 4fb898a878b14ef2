"""What a helped trial is in every game: help that is seen and said, and still no gift.

It is as easy as the level gets, and no limit hurries it. It is announced; a ghost hand does it along from the first
moment; its place is wide and glows all the while, and draws a thing in from half the way. A thing let go before that
comes back, and may be taken again. What is asked of the hand itself stays asked: to take, to go, to let go, to open.
"""

from engine.play.table import Xy, distance_m, ease

TOGETHER, TOGETHER_S = "together", 1.6
"""The sentence before a helped trial, by its key, and how long it stands before the trial begins."""
GLOWS, GLIDES_S = 0.7, 0.7
"""How much the right place glows all the while, and how long a thing glides to it."""
HALF_WAY = 0.5


def drawn_in_from_m(home_xy: Xy, place_xy: Xy, reach_m: float) -> float:
    """How far from the middle of its place a thing may be let go: half the way, or its place if that is wider."""
    return max(reach_m, HALF_WAY * distance_m(home_xy, place_xy))


def glow(phase_s: float, *, comes: bool, goes: bool) -> float:
    """How much the right place glows, `lit` 0..1: it warms while the trial is announced, and cools when it is over."""
    return GLOWS * (ease(phase_s / TOGETHER_S) if comes else max(0.0, 1 - phase_s) if goes else 1.0)


def ghost_after_s(usual_s: float, *, assisted: bool) -> float:
    """How long a person is waited for before a ghost hand shows what is asked: in a helped trial it does it along."""
    return 0.0 if assisted else usual_s
