"""Pictures go missing from clips whose movements are known: what a game is told stays the same."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Literal

import pytest

from engine.hand import Sample
from engine.tracking.messages import Found, Light
from tests.clips import ALL, Edge, Playback, Presses, blinded, edges_of, samples_from
from tests.engine.tracking.helpers import need_model
from tests.made import CASES, MADE, OWN, RIGHT, clip_of, deeds, deeds_made, hands_of_clip, ranges_of

if TYPE_CHECKING:
    from engine.tracking.pictures import Picture

pytestmark = pytest.mark.long

SeenIn = Callable[[str], Sequence[Sample]]
FoundIn = Callable[[str], Sequence[Found]]
BLIND_FRAMES = 9
COMES, GOES = 5, 3
"""In how many pictures a hand must be seen after it has come (the tracker takes two to find its shape, and three alike
settle it), and before it goes, for what it does in a block between to be told from coming and going."""
UNSEEN_FROM, UNSEEN_EVERY = 21, 66
"""Where the first block lies that the tracker never sees, and how far on the next, pictures."""


@pytest.fixture(autouse=True)
def _with_a_model() -> None:
    need_model()


def of_known_side(case: str, found: Sequence[Found]) -> list[Sample]:
    """The samples of a person who said which hand it is; two hands are told apart by themselves."""
    hands = hands_of_clip(case)
    return samples_from(found, hands, None if hands == 2 else RIGHT)


def pressed(edges: Iterable[Edge]) -> Presses:
    return Counter((edge.side, edge.control) for edge in edges if edge.is_press)


@pytest.mark.parametrize("empty", [False, True], ids=["frames dropped", "hand not found"])
@pytest.mark.parametrize("case", CASES)
def test_any_tenth_of_the_pictures_may_go_missing(case: str, empty: bool, seen_in: SeenIn) -> None:
    seen = seen_in(clip_of(case))
    ranges = ranges_of(case, seen)
    for seed in range(6):
        draw = Random(f"{case}:{seed}")
        missing = {n for n in range(len(seen)) if draw.random() < 0.1}
        assert deeds(edges_of(blinded(seen, missing, empty=empty), ranges)) == deeds_made(case), f"seed {seed}"


@pytest.mark.parametrize("empty", [False, True], ids=["frames dropped", "hand not found"])
@pytest.mark.parametrize("case", CASES)
def test_any_third_of_a_second_may_go_missing(case: str, empty: bool, seen_in: SeenIn) -> None:
    """Save where block and a real absence are one absence, or nearly: nobody can say what was let go in it, nor what a
    hand did that was not found. Each block is tried on its own: all before it is played once, and after it until what
    it could have changed is over. There, what a game was told must be what it is told without the block."""
    seen = seen_in(clip_of(case))
    ranges = ranges_of(case, seen)
    whole = edges_of(seen, ranges)
    before = Playback(seen[0].t_s, ranges)
    for start in range(len(seen) - BLIND_FRAMES - GOES + 1):
        if not _joins_an_absence(seen, start):
            end = _quiet_after(whole, seen, start + BLIND_FRAMES)
            blind = before.copy()
            for n in range(start, end):
                if not start <= n < start + BLIND_FRAMES:
                    blind.feed(seen[n])
                elif empty:
                    blind.feed(Sample(seen[n].t_s))
            until_s = seen[end - 1].t_s + 1 / 30
            blind.until(until_s)
            expected = deeds(edge for edge in whole if edge.t_s < until_s)
            assert deeds(blind.edges) == expected, f"frames {start} to {start + BLIND_FRAMES - 1}"
        before.feed(seen[start])


def _quiet_after(whole: Sequence[Edge], seen: Sequence[Sample], after: int) -> int:
    """The number of a picture, at least a second after this one, about which nothing is pressed or released."""
    end = min(after + 30, len(seen))
    while end < len(seen) and any(abs(edge.t_s - seen[end - 1].t_s) < 0.35 for edge in whole):
        end += 1
    return end


@pytest.mark.parametrize("case", CASES)
def test_a_third_of_a_second_that_joins_an_absence_changes_no_count(case: str, found_in: FoundIn) -> None:
    """The side being said: who must first find it knows nothing of the pictures before. Of a hand that was looked for
    and not found, first in the block and then for seconds, what it did just before may stay unknown; nothing is ever
    added."""
    seen = of_known_side(case, found_in(clip_of(case)))
    ranges, made = ranges_of(case, seen), (MADE | OWN)[case]
    for start in range(len(seen) - BLIND_FRAMES):
        if _joins_an_absence(seen, start):
            block = set(range(start, start + BLIND_FRAMES))
            for empty in (False, True):
                edges = edges_of(blinded(seen, block, empty=empty), ranges)
                assert deeds(edges) <= deeds_made(case), f"frames {start} to {max(block)}"
                assert empty or pressed(edges) == made, f"frames {start} to {max(block)}"


def _joins_an_absence(seen: Sequence[Sample], start: int) -> bool:
    """Whether too few pictures of the hand lie between this block and its coming or its going."""
    after = start + BLIND_FRAMES
    before, then = seen[max(start - COMES, 0) : start], seen[after : after + GOES]
    return len(before) < COMES or any(sample.right is None for sample in (*before, *then))


@pytest.mark.parametrize("name", ALL)
def test_pictures_that_the_tracker_never_saw_change_no_count(name: str, clips: Path) -> None:
    """It has to find by itself where a hand went meanwhile."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        tracked = pool.submit(_found_without_blocks, clips / f"{name}.mp4", hands_of_clip(name), need_model())
        edges = edges_of(of_known_side(name, tracked.result()))
    assert deeds(edges) <= deeds_made(name)
    assert pressed(edges) == MADE[name]


def test_a_tracker_that_begins_anew_while_a_fist_is_held_makes_no_edge(clips: Path) -> None:
    """Another model takes over, or another camera process: with the next picture, or after some that nobody saw."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        followed, anew = pool.submit(_found_anew, clips / "fist.mp4", need_model()).result()
    # A fist is followed, but seldom found: where it is not, there is nothing to tell.
    at_once = {start: found for start, found in anew.items() if found[0].hands}
    assert len(at_once) > 10
    for start, found in at_once.items():
        for unseen in (0, BLIND_FRAMES):
            mixed = [*followed[: start - unseen], *found, *followed[start + len(found) :]]
            edges = edges_of(of_known_side("fist", mixed))
            assert deeds(edges) == deeds_made("fist"), f"from picture {start} on, {unseen} unseen before"


def _found_anew(clip: Path, model: Path) -> tuple[list[Found], dict[int, list[Found]]]:
    """In a process of its own: what one tracker finds that follows the hand through the clip, and what others find that
    begin with a picture in which it is closed, by the number of that picture."""
    from engine.tracking.eyes import Eyes
    from engine.tracking.work import Looking

    pictures, anew = list(_pictures_of(clip)), dict[int, list[Found]]()
    follows = Looking(Eyes({"full": model}, "full", 1))
    followed = [follows.at(*picture) for picture in pictures]
    for start in (at for at in range(21, len(pictures) - 10, 3) if 20 <= at % 60 <= 45):
        begins = Looking(Eyes({"full": model}, "full", 1))
        anew[start] = [begins.at(*picture) for picture in pictures[start : start + 6]]
        begins.eyes.close()
    follows.eyes.close()
    return followed, anew


def _found_without_blocks(clip: Path, hands: Literal[1, 2], model: Path) -> list[Found]:
    """In a process of its own: what the tracker finds in a clip from which blocks of pictures are missing."""
    from engine.tracking.eyes import Eyes
    from engine.tracking.work import Looking

    looking, found = Looking(Eyes({"full": model}, "full", hands)), list[Found]()
    for n, picture in enumerate(_pictures_of(clip)):
        if n < UNSEEN_FROM or (n - UNSEEN_FROM) % UNSEEN_EVERY >= BLIND_FRAMES:
            found.append(looking.at(*picture))
    looking.eyes.close()
    return found


def _pictures_of(clip: Path) -> Iterator[tuple["Picture", Light]]:
    """A clip's pictures in their order, and how light each is."""
    from engine.tracking.feeds import FeedEnd, VideoFile
    from engine.tracking.picturecheck import light_of
    from engine.tracking.pictures import Picture

    video = VideoFile(clip)
    with suppress(FeedEnd):
        while True:
            image, n = video.read()
            yield Picture(n, n / video.rate_hz, n / video.rate_hz, image), light_of(image)
    video.close()
