"""Whose hand is which: by where it was a moment ago, and a running vote over the tracker's labels.

A label of one frame is never trusted: seen from the side it is wrong in up to half the frames.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from math import hypot

from engine.hand import Side

# Labels that must agree, more than disagree, before a hand's side is settled; and how many votes are remembered.
_SETTLED, _REMEMBERED = 5.0, 15.0
_ABSENT_S = 1.0
# How much of each label goes into the share of labels that agree with the side a person has said, and below which
# share it is their other hand: a second of pictures that all disagree. Labels flipped by chance do not come there.
_AGREED_SHARE, _OTHER_HAND = 0.04, 0.15
# A hand that was away and comes back might be another, of two a helper's: it is, where hardly a label agrees, and it is
# not once most have agreed.
_HELPERS, _OWN = 0.3, 0.6
# A hand does not jump: this far from where it was last seen, in picture widths at once and per second since, it is
# another person's.
_NEAR, _NEAR_PER_S = 0.25, 1.0
# A hand not seen for this long is away. While it is, a second detection of a hand that is there, with its palm closer
# to it than this share of a palm's length, is a ghost of that one and not the hand that is missing.
_AWAY_S, _GHOST = 0.2, 0.6
# A hand that was in view beside the person's own is not taken for it before that one has been away for this long.
_STRANGER_S, _STRANGER_NEAR, _STRANGER_SEEN_S = 3.0, 0.12, 0.5


@dataclass(frozen=True)
class Seen:
    """One detected hand: palm centre in picture widths (unmirrored picture), the tracker's label and its score, and
    how long its palm is in picture widths."""

    xy: tuple[float, float]
    label: Side
    score: float
    palm: float = 0.1


@dataclass(frozen=True)
class Track:
    """One hand as followed so far: where and when last seen, its labels' vote (right positive), its side once settled,
    the share of its latest labels that agree with the side it is held for, and whether it might be another one."""

    xy: tuple[float, float]
    seen_s: float
    vote: float = 0.0
    settled: Side | None = None
    agreed: float = 0.5
    doubted: bool = False

    @property
    def side(self) -> Side:
        """The settled side, else the one most labels spoke for."""
        return self.settled or (Side.RIGHT if self.vote >= 0.0 else Side.LEFT)


@dataclass(frozen=True)
class Stranger:
    """A hand in view that is not the person's: where and when it was last seen."""

    xy: tuple[float, float]
    seen_s: float


@dataclass(frozen=True)
class Identity:
    """What is known of the hands in view. `hands` is how many are wanted; `only` says which side a single wanted hand
    has, once the person has said so: then no label can change it."""

    hands: int = 1
    only: Side | None = None
    tracks: tuple[Track, ...] = ()
    strangers: tuple[Stranger, ...] = ()


def identify(identity: Identity, seen: Sequence[Seen], t_s: float) -> tuple[Identity, dict[Side, int]]:
    """Which of the hands in `seen` is which side: side -> index, and the identity to carry on with."""
    tracks = list(identity.tracks)
    taken: dict[int, int] = {}
    for track_n, seen_n in _likeliest_first(tracks, seen, t_s):
        if track_n in taken or seen_n in taken.values():
            continue
        away_s = t_s - tracks[track_n].seen_s
        is_ghost = away_s > _AWAY_S and _is_ghost(seen_n, taken.values(), seen)
        is_strange = away_s < _STRANGER_S and _is_strange(seen[seen_n], tracks[track_n], identity.strangers, t_s)
        if not (is_ghost or is_strange):
            taken[track_n] = seen_n
    for seen_n, hand in enumerate(seen):
        if (
            seen_n not in taken.values()
            and len(tracks) < identity.hands
            and not _is_ghost(seen_n, taken.values(), seen)
        ):
            taken[len(tracks)] = seen_n
            tracks.append(Track(hand.xy, t_s))
    for track_n, seen_n in taken.items():
        tracks[track_n] = _vote(tracks[track_n], seen[seen_n], t_s, identity)
    tracks = _two_sides(tracks)
    sides = {}
    for track_n, seen_n in taken.items():
        side = _side(identity, tracks[track_n])
        if side is not None:
            sides[side] = seen_n
    left_over = [n for n in range(len(seen)) if n not in taken.values() and not _is_ghost(n, taken.values(), seen)]
    remembered = [one for one in identity.strangers if t_s - one.seen_s <= _STRANGER_SEEN_S]
    strangers = _followed(remembered, [seen[n].xy for n in left_over], t_s)
    return replace(identity, tracks=tuple(tracks), strangers=strangers), sides


def _side(identity: Identity, track: Track) -> Side | None:
    """The side a person has said goes before the labels, however they flicker; unless hardly any label agrees: then
    it is the other hand that is held up, and no repetition of its is credited to the one that was meant. Where none was
    said, a hand has no side before its labels have settled it. Of two hands,
    one that came back with hardly a label agreeing is a helper's, and nobody's."""
    if identity.hands != 1:
        return None if track.doubted and track.agreed < _HELPERS else track.side
    if identity.only is None:
        # What a label says first is not told: a side that is told stays, or games would credit the other hand.
        return track.settled
    return identity.only.other if track.agreed < _OTHER_HAND else identity.only


def _likeliest_first(tracks: Sequence[Track], seen: Sequence[Seen], t_s: float) -> list[tuple[int, int]]:
    """Which track may be which hand, by their numbers: hands that were there a moment ago first, then by nearness."""
    pairs = []
    for n, track in enumerate(tracks):
        away_s = t_s - track.seen_s
        near = _NEAR + _NEAR_PER_S * away_s
        for m, hand in enumerate(seen):
            far = _apart(track.xy, hand.xy)
            if far <= near:
                pairs.append((away_s > _AWAY_S, far, n, m))
    return [(n, m) for _, _, n, m in sorted(pairs)]


def _is_ghost(number: int, taken: Collection[int], seen: Sequence[Seen]) -> bool:
    """Whether this is a second detection of a hand that is already known in this picture."""
    hand = seen[number]
    return any(_apart(hand.xy, seen[n].xy) < _GHOST * max(hand.palm, seen[n].palm) for n in taken if n != number)


def _is_strange(hand: Seen, track: Track, strangers: Sequence[Stranger], t_s: float) -> bool:
    """Whether this hand is rather where a stranger was a moment ago than where the person's own was."""
    own = _apart(hand.xy, track.xy)
    return any(
        _apart(hand.xy, one.xy) < min(own, _STRANGER_NEAR + _NEAR_PER_S * (t_s - one.seen_s)) for one in strangers
    )


def _followed(strangers: Sequence[Stranger], places: Sequence[tuple[float, float]], t_s: float) -> tuple[Stranger, ...]:
    """The strangers in this picture, and those of a moment ago that are not in it."""
    stay = [one for one in strangers if all(_apart(one.xy, xy) > _STRANGER_NEAR for xy in places)]
    return (*(Stranger(xy, t_s) for xy in places), *stay)


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _vote(track: Track, hand: Seen, t_s: float, identity: Identity) -> Track:
    """One more label. A settled side stays. Only a hand that was away is asked again: alone, it is the other one once
    hardly a label of a whole second agrees; of two, what it is taken for is decided by `_side` and `_two_sides`."""
    vote, settled, agreed, doubted = track.vote, track.settled, track.agreed, track.doubted
    if identity.only is None and settled is not None and t_s - track.seen_s > _ABSENT_S:
        agreed, doubted = 0.5, True
    vote += hand.score if hand.label is Side.RIGHT else -hand.score
    vote = max(-_REMEMBERED, min(_REMEMBERED, vote))
    if settled is None and abs(vote) >= _SETTLED:
        settled = Side.RIGHT if vote > 0 else Side.LEFT
    held_for = identity.only or settled
    agreed += _AGREED_SHARE * ((1.0 if hand.label is held_for else 0.0) - agreed)
    if identity.hands == 1 and doubted and settled is not None and agreed < _OTHER_HAND:
        settled, agreed, doubted = settled.other, 0.5, False
    return Track(hand.xy, t_s, vote, settled, agreed, doubted and agreed < _OWN)


def _two_sides(tracks: list[Track]) -> list[Track]:
    """Two hands are a left and a right one. A settled hand keeps its side, and the other has the other one. Where both
    are new, arms are taken to be uncrossed: the right hand is further left in the picture. That stands unless hardly
    a label of either agrees for a while: then they are crossed."""
    if len(tracks) < 2:
        return tracks
    first, second = tracks
    if first.settled is None and second.settled is None:
        first_is_right = first.xy[0] < second.xy[0]
    elif first.settled is None or second.settled is None:
        first_is_right = first.settled is Side.RIGHT or second.settled is Side.LEFT
    elif max(first.agreed, second.agreed) < _OTHER_HAND:
        first_is_right = first.settled is Side.LEFT
    else:
        return tracks
    sides = (Side.RIGHT, Side.LEFT) if first_is_right else (Side.LEFT, Side.RIGHT)
    return [
        track if track.settled is side else replace(track, settled=side, agreed=0.5)
        for track, side in zip(tracks, sides, strict=True)
    ]
