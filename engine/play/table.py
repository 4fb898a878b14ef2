"""Places on the table and soft ways between them, shared by all games."""

from math import hypot

from engine.view.scene import PLAY_DEPTH_M, PLAY_WIDTH_M, Metres3

Xy = tuple[float, float]
"""A place of the reach area: 0..1 each, x to the person's right, y away from them."""


def on_mat(xy: Xy, up_m: float = 0.0) -> Metres3:
    """A place of the reach area in the room, `up_m` above the table."""
    return (xy[0] - 0.5) * PLAY_WIDTH_M, up_m, (0.5 - xy[1]) * PLAY_DEPTH_M


def distance_m(a: Xy, b: Xy) -> float:
    """How far apart two places of the reach area are on the table, metres."""
    return hypot((a[0] - b[0]) * PLAY_WIDTH_M, (a[1] - b[1]) * PLAY_DEPTH_M)


def ease(share: float) -> float:
    """A share 0..1 with a soft start and a soft stop."""
    share = min(1.0, max(0.0, share))
    return share * share * (3 - 2 * share)


def along(start_xy: Xy, end_xy: Xy, share: float) -> Xy:
    """A place on the way between two, softly begun and ended."""
    if share >= 1.0:
        return end_xy
    eased = ease(share)
    return start_xy[0] + (end_xy[0] - start_xy[0]) * eased, start_xy[1] + (end_xy[1] - start_xy[1]) * eased


def between(begin: Metres3, end: Metres3, share: float) -> Metres3:
    """A point on the straight way between two."""
    return (
        begin[0] + (end[0] - begin[0]) * share,
        begin[1] + (end[1] - begin[1]) * share,
        begin[2] + (end[2] - begin[2]) * share,
    )
