"""Whose hand is which: by where it was a moment ago, and a running vote over the tracker's labels.

A label of one frame is never trusted: seen from the side it is wrong in up to half the frames.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import hypot

from engine.hand import Side

# Labels that must agree, more than disagree, before a hand's side is settled; and how many votes are remembered.
_SETTLED, _REMEMBERED = 5.0, 15.0
_ABSENT_S = 1.0
# How much of each label goes into the share of labels that agree with the side a person has said, and below which
# share it is their other hand: a second of pictures that all disagree. Labels flipped by chance do not come there.
_AGREED_SHARE, _OTHER_HAND = 0.04, 0.15
# A hand does not jump: this far from where it was last seen, in picture widths at once and per second since, it is
# another person's.
_NEAR, _NEAR_PER_S = 0.25, 1.0


@dataclass(frozen=True)
class Seen:
    """One detected hand: palm centre in picture widths (unmirrored picture), the tracker's label and its score."""

    xy: tuple[float, float]
    label: Side
    score: float


@dataclass(frozen=True)
class Track:
    """One hand followed through the picture. `vote`: labels for right less labels for left, bounded.
    `agreed`: share of its labels that agree with the side a person has said, the latest counting most."""

    xy: tuple[float, float]
    seen_s: float
    vote: float = 0.0
    settled: Side | None = None
    agreed: float = 0.5

    @property
    def side(self) -> Side:
        return self.settled or (Side.RIGHT if self.vote >= 0.0 else Side.LEFT)


@dataclass(frozen=True)
class Identity:
    """What is known of the hands in view. `hands` is how many are wanted; `only` says which side a single wanted hand
    has, once the person has said so: then no label can change it."""

    hands: int = 1
    only: Side | None = None
    tracks: tuple[Track, ...] = ()


def identify(identity: Identity, seen: Sequence[Seen], t_s: float) -> tuple[Identity, dict[Side, int]]:
    """Which of the hands in `seen` is which side: side -> index, and the identity to carry on with."""
    tracks = list(identity.tracks)
    taken: dict[int, int] = {}
    for track_n, seen_n in _nearest_first(tracks, seen, t_s):
        if track_n not in taken and seen_n not in taken.values():
            taken[track_n] = seen_n
    for seen_n, hand in enumerate(seen):
        if seen_n not in taken.values() and len(tracks) < identity.hands:
            taken[len(tracks)] = seen_n
            tracks.append(Track(hand.xy, t_s))
    for track_n, seen_n in taken.items():
        tracks[track_n] = _vote(tracks[track_n], seen[seen_n], t_s, identity.only)
    tracks = _two_sides(tracks)
    sides = {_side(identity, tracks[track_n]): seen_n for track_n, seen_n in taken.items()}
    return replace(identity, tracks=tuple(tracks)), sides


def _side(identity: Identity, track: Track) -> Side:
    """The side a person has said goes before the labels, however they flicker; unless hardly any label agrees: then
    it is the other hand that is held up, and no repetition of its is credited to the one that was meant."""
    if identity.only is None or identity.hands != 1:
        return track.side
    return identity.only.other if track.agreed < _OTHER_HAND else identity.only


def _nearest_first(tracks: Sequence[Track], seen: Sequence[Seen], t_s: float) -> list[tuple[int, int]]:
    """Which track may be which hand, by their numbers, the likeliest first."""
    pairs = []
    for n, track in enumerate(tracks):
        near = _NEAR + _NEAR_PER_S * (t_s - track.seen_s)
        for m, hand in enumerate(seen):
            away = hypot(track.xy[0] - hand.xy[0], track.xy[1] - hand.xy[1])
            if away <= near:
                pairs.append((away, n, m))
    return [(n, m) for _, n, m in sorted(pairs)]


def _vote(track: Track, hand: Seen, t_s: float, only: Side | None) -> Track:
    """One more label. A hand that was away is asked again, with its former side the likelier."""
    vote, settled = track.vote, track.settled
    if settled is not None and t_s - track.seen_s > _ABSENT_S:
        vote, settled = (_SETTLED - 1) * (1.0 if settled is Side.RIGHT else -1.0), None
    vote += hand.score if hand.label is Side.RIGHT else -hand.score
    vote = max(-_REMEMBERED, min(_REMEMBERED, vote))
    if settled is None and abs(vote) >= _SETTLED:
        settled = Side.RIGHT if vote > 0 else Side.LEFT
    agrees = 1.0 if hand.label is only else 0.0
    return Track(hand.xy, t_s, vote, settled, track.agreed + _AGREED_SHARE * (agrees - track.agreed))


def _two_sides(tracks: list[Track]) -> list[Track]:
    """Two hands are a left and a right one. Where the votes would make them the same, a settled hand keeps its side,
    then the stronger vote; where even the votes are equal, uncrossed arms decide: the right hand is further left in
    the picture."""
    if len(tracks) < 2 or tracks[0].side is not tracks[1].side:
        return tracks
    first, second = tracks
    if (first.settled is None) is not (second.settled is None):
        first_is_right = (first.side is Side.RIGHT) is (first.settled is not None)
    elif abs(first.vote - second.vote) > 1.0:
        first_is_right = first.vote > second.vote
    else:
        first_is_right = first.xy[0] < second.xy[0]
    sides = (Side.RIGHT, Side.LEFT) if first_is_right else (Side.LEFT, Side.RIGHT)
    return [replace(track, settled=side) for track, side in zip(tracks, sides, strict=True)]
