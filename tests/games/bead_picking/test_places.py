"""Where beads go: the right place is told from beside it, and rings of a card are filled one by one."""

import pytest

from engine.play.level import Ramp
from engine.strings import strings
from engine.view.scene import Card, Drop, Marble, Zone
from games.bead_picking.state import Phase
from games.bead_picking.view import draw
from tests.games.bead_picking.table import on_a_card, table


@pytest.mark.parametrize(("goal", "cause"), [("beside", "beside"), ("other", "other_bowl"), ("far", "dropped")])
def test_in_free_reach_beside_and_in_another_bowl_are_told_apart(goal: str, cause: str) -> None:
    t = table(reach="free", sorts=2)
    t.palm_xy = t.state.hand_xy
    t.until(Phase.OPEN)
    t.palm_xy = t.state.trial.bead_xy
    t.pick()
    trial = t.state.trial
    x, y = trial.place_xy
    t.palm_xy = {"beside": (x, y - 0.22), "other": trial.places.xy[1 - trial.sort], "far": (0.95, 0.95)}[goal]
    t.wait(0.2)
    t.let_go()
    assert t.cause == cause


def test_a_bead_may_be_laid_on_any_ring_of_its_sort_and_on_no_other() -> None:
    for goal in ("right", "another_right", "other"):
        t = on_a_card(reach="free")
        places = t.state.trial.places
        others = [n for n in range(len(places.xy)) if n != places.right and places.fits[n] == (goal != "other")]
        ring = places.right if goal == "right" else others[0]
        t.palm_xy = places.xy[ring]
        t.wait(0.2)
        t.let_go()
        assert t.cause == (None if goal != "other" else "other_place")
        assert t.state.laid == ((places.rings[ring],) if goal != "other" else ())


def test_the_carried_hand_waits_over_a_ring_of_each_sort_in_turn() -> None:
    t = on_a_card(carry_s=Ramp(1.0, 1.0), pause_s=Ramp(2.0, 2.0))
    places, over = t.state.trial.places, list[int]()
    assert sorted(places.fits) == [False, False, True]
    for _ in range(3):
        t.wait(1.5)
        over.append(places.xy.index(t.state.hand_xy))
        t.wait(1.5)
    assert sorted(over) == [0, 1, 2]
    while t.state.hand_xy != places.xy[over[0] if over[0] != places.right else over[1]]:
        t.tick()
    t.let_go()
    assert t.cause == "other_place"
    assert t.state.level.part_of("other_place") == "marked"


def test_a_card_is_filled_ring_by_ring_and_then_a_new_one_lies_there() -> None:
    t = table(place="pattern", sorts=3, reach="free", place_mm=Ramp(40, 40), sets=1, repetitions=14)
    for n in range(13):
        t.palm_xy = t.state.hand_xy
        t.until(Phase.OPEN)
        t.palm_xy = t.state.trial.bead_xy
        t.pick()
        assert len(t.state.trial.places.xy) == 12 - n % 12
        t.palm_xy = t.state.trial.place_xy
        t.wait(0.2)
        t.let_go()
        [card] = [shape for shape in draw(t.state).shapes if isinstance(shape, Card)]
        assert len([shape for shape in draw(t.state).shapes if isinstance(shape, Marble)]) == n % 12 + 1
        assert len(card.places) == 12
    assert [trial.success for trial in t.ended] == [True] * 13
    assert sorted(t.state.laid[:12]) == list(range(12))


def test_a_place_is_drawn_as_narrow_as_it_is() -> None:
    def shown(place: str, place_mm: float, kind: type[Card | Zone]) -> Card | Zone:
        t = table(place=place, place_mm=Ramp(place_mm, place_mm))
        t.until(Phase.READY)
        [found] = [shape for shape in draw(t.state).shapes if isinstance(shape, kind)]
        return found

    rings = [shown("pattern", wide, Card) for wide in (100.0, 34.0)]
    assert [ring.ring_mm for ring in rings if isinstance(ring, Card)] == [36, 24]
    rounds = [shown("string", wide, Zone) for wide in (60.0, 40.0)]
    assert [zone.radius_mm for zone in rounds if isinstance(zone, Zone)] == [30.0, 20.0]


@pytest.mark.parametrize(("marked", "sort_by"), [(1.0, "colour"), (0.0, "colour"), (0.0, "shape")])
def test_where_nothing_is_marked_the_pattern_alone_tells_the_place(marked: float, sort_by: str) -> None:
    t = on_a_card(marked=Ramp(marked, marked), sort_by=sort_by, carry_s=Ramp(1.0, 1.0), pause_s=Ramp(4.0, 4.0))
    trial, said = t.state.trial, dict[bool, set[str]]()
    for _ in range(3):
        t.wait(2.5)
        place = trial.under(t.state.hand_xy)
        assert place is not None
        scene = draw(t.state)
        arrows = [shape for shape in scene.shapes if isinstance(shape, Drop)]
        said.setdefault(trial.places.fits[place], set()).add(scene.sentence)
        [card] = [shape for shape in scene.shapes if isinstance(shape, Card)]
        assert (card.now == -1) == (marked == 0.0)
        assert len(arrows) == 1
        assert scene.sentence in strings()
        t.wait(2.5)
    assert (said[True] == said[False]) == (marked == 0.0)
    [card] = [shape for shape in draw(t.state).shapes if isinstance(shape, Card)]
    assert len({place[2:] for place in card.places}) == 3
