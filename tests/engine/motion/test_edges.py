"""Press and release: two thresholds, no chatter between them, always by turns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.inputs import CONTROLS
from engine.motion.edges import TRIGGERS, Trigger, held_now

names = st.sampled_from(sorted(TRIGGERS))
shares = st.floats(0, 1)


def states(name: str, values: list[float]) -> list[bool]:
    """Held or not, value after value, from not held."""
    held: tuple[str, ...] = ()
    out = []
    for value in values:
        held = held_now(held, {name: value})
        out.append(name in held)
    return out


def test_every_trigger_is_a_control_and_has_room_for_a_tremor() -> None:
    assert set(TRIGGERS) <= set(CONTROLS)
    assert all(trigger.press - trigger.release >= 0.15 for trigger in TRIGGERS.values())


@pytest.mark.parametrize(("press", "release"), [(0.5, 0.5), (0.4, 0.6), (1.1, 0.5), (0.5, -0.1)])
def test_a_trigger_whose_thresholds_do_not_fit_is_refused(press: float, release: float) -> None:
    with pytest.raises(ValueError, match="0 <= release < press <= 1"):
        Trigger(press, release)


@given(names, st.booleans(), st.data())
def test_nothing_changes_within_the_band(name: str, was_held: bool, data: st.DataObject) -> None:
    trigger = TRIGGERS[name]
    held: tuple[str, ...] = (name,) if was_held else ()
    for value in data.draw(st.lists(st.floats(trigger.release, trigger.press, exclude_min=True), max_size=30)):
        assert held_now(held, {name: value}) == held


@given(names, st.lists(shares, max_size=60))
def test_press_needs_the_upper_threshold_and_release_the_lower(name: str, values: list[float]) -> None:
    trigger, before = TRIGGERS[name], False
    for value, held in zip(values, states(name, values), strict=True):
        if held and not before:
            assert value > trigger.press
        if before and not held:
            assert value <= trigger.release
        if held:
            assert value > trigger.release
        before = held


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(TRIGGERS, shares)), max_size=30))
def test_controls_do_not_disturb_each_other_and_keep_their_order(rows: list[dict[str, float]]) -> None:
    held: tuple[str, ...] = ()
    together = []
    for row in rows:
        held = held_now(held, row)
        together.append(held)
        assert list(held) == [name for name in TRIGGERS if name in held]
    for name in TRIGGERS:
        assert [name in held for held in together] == states(name, [row[name] for row in rows])


def test_a_control_that_is_not_measured_is_not_held() -> None:
    assert held_now(("fist",), {}) == ()
