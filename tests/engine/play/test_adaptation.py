"""The difficulty follows the person: the published regression vector, its fixed point, and what may never happen."""

import re
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.play.adaptation import Adaptation, Change, after_trial, first_day, lead, new_day, set_by_therapist
from engine.play.causes import MOST_LEVELS, after_miss, offsets_of
from engine.play.level import Difficulty
from engine.strings import strings

ENGLISH = strings("en")
START = Difficulty(start=5)
VECTOR = """4.5000:1:6.7345:1 5.1213:1:7.1845:2 5.6231:0:5.8928:3 4.3772:1:6.2142:4 4.7390:0:5.2455:5 3.8059:0:4.3844:6
1.9762:1:4.4890:7 3.1086:1:4.6935:8 3.3376:0:4.0477:9 2.7134:0:3.4515:10 1.1363:0:2.8120:11 0.0000:1a:2.8120:12
1.5284:1:2.9526:13 1.6822:1:3.0849:14"""
FURTHER_HITS = "3.2099 3.3284 3.4409 3.5480 3.6503 3.7481 3.8419 3.9319 4.0184 4.1791 4.3291"

outcomes = st.lists(st.sampled_from([True, True, True, False, None]), max_size=80)
difficulties = st.tuples(*[st.floats(0, 10)] * 3, st.floats(0.5, 0.95)).map(
    lambda four: Difficulty(
        min=sorted(four[:3])[0], start=sorted(four[:3])[1], max=sorted(four[:3])[2], target_success=four[3]
    )
)


def play(state: Adaptation, hits: list[bool | None]) -> tuple[Adaptation, list[Change]]:
    changes = []
    for hit in hits:
        state, change = after_trial(state, hit)
        changes.append(change)
    return state, changes


def test_the_published_vector_to_the_printed_digits() -> None:
    state = first_day(START)
    assert lead(0.775) * 1.2 == pytest.approx(1.406362, abs=5e-7)
    for entry in VECTOR.split():
        level, hit, rating, seen = entry.split(":")
        assert (f"{state.level:.4f}", state.assisted) == (level, hit.endswith("a"))
        state, _ = after_trial(state, hit.startswith("1"))
        assert (f"{state.rating:.4f}", state.seen) == (rating, int(seen))
    for n, rating in enumerate(FURTHER_HITS.split()):
        state, change = after_trial(state, True)
        assert f"{state.rating:.4f}" == rating
        assert (change.reason == "reopen") == (n == 8)
        assert state.seen == (10 if n == 8 else 14 + n + 1 if n < 8 else 10 + n - 8)
    state, change = new_day(state)
    assert (f"{state.rating:.4f}", state.seen, f"{state.level:.4f}") == ("3.7478", 12, "2.0758")
    assert (change.reason, change.next_level) == ("newday", state.level)


def test_a_hit_and_a_miss_are_weighed_so_that_the_target_is_where_it_rests() -> None:
    known = Adaptation(0.775, 0, 10, rating=6.0, seen=100, session_trials=100)
    assert after_trial(known, True)[1].step == pytest.approx(0.072, abs=1e-4)
    assert after_trial(known, False)[1].step == pytest.approx(-0.248, abs=1e-4)


@pytest.mark.parametrize("target", [0.6, 0.775, 0.9])
def test_a_person_ends_up_succeeding_as_often_as_the_level_asks(target: float) -> None:
    person, chance = 5.0, Random(7)
    state = first_day(Difficulty(start=2.5, target_success=target))
    hits = []
    for _ in range(3000):
        ability = Adaptation(target, 0, 10, person, session_trials=10_000)
        hit = chance.random() < ability.expected(state.level)
        hits.append(hit)
        state, _ = after_trial(state, hit)
    assert sum(hits[100:]) / len(hits[100:]) == pytest.approx(target, abs=0.035)


@given(outcomes, difficulties)
def test_the_level_stays_between_what_the_therapist_set(hits: list[bool | None], difficulty: Difficulty) -> None:
    state, changes = play(first_day(difficulty), hits)
    for change in changes:
        assert difficulty.min <= change.level <= difficulty.max
        assert difficulty.min <= change.next_level <= difficulty.max
        assert 0.02 <= change.expected <= 0.96
    assert difficulty.min <= new_day(state)[0].level <= difficulty.max


@given(outcomes, difficulties)
def test_a_void_trial_changes_nothing(hits: list[bool | None], difficulty: Difficulty) -> None:
    with_void, changes = play(first_day(difficulty), hits)
    without, _ = play(first_day(difficulty), [hit for hit in hits if hit is not None])
    assert with_void == without
    assert all(change.step == 0 and change.reason == "void" for change in changes if change.hit is None)


@given(outcomes)
def test_a_hit_never_makes_it_easier_and_a_miss_never_harder(hits: list[bool | None]) -> None:
    state = first_day(START)
    for hit in hits:
        state, change = after_trial(state, hit)
        assert change.step >= 0 if hit else change.step <= 0


@given(outcomes)
def test_three_misses_in_a_row_always_bring_help_and_help_moves_no_rating(hits: list[bool | None]) -> None:
    state = first_day(START)
    for hit in [*hits, False, False, False]:
        before = state
        state, change = after_trial(state, hit)
        assert before.rating == state.rating or not before.assisted
        assert change.next_assisted == state.assisted
    assert state.assisted
    assert state.level <= before.level + 0.06


@given(st.floats(0, 10), st.floats(0, 10))
def test_a_level_a_therapist_sets_is_the_level_that_is_played(start: float, chosen: float) -> None:
    state, change = set_by_therapist(first_day(Difficulty(start=start)), chosen)
    assert state.level == pytest.approx(chosen)
    assert change.reason == "therapist"


def test_an_easier_trial_than_proposed_moves_the_rating_less_when_it_is_hit() -> None:
    state = first_day(START)
    assert after_trial(state, True, state.level - 3)[1].step < after_trial(state, True)[1].step / 4
    assert after_trial(state, True, state.level - 3)[1].reason == "therapist"
    assert after_trial(state, True, round(state.level, 4))[1].reason == "hit"


def test_the_next_day_begins_where_the_middle_of_the_last_one_was() -> None:
    short, _ = play(first_day(START), [True, False, True])
    assert new_day(short)[0].rating == short.rating
    long, _ = play(first_day(START), [True, True, True, False] * 10)
    assert new_day(long)[0].rating != long.rating
    assert new_day(long)[0].misses == new_day(long)[0].session_trials == 0


PARTS = ("opening", "target_width_mm", "hold_s")


@given(st.lists(st.sampled_from([*PARTS, "unknown", None]), max_size=120))
def test_offsets_of_parts_add_nothing_to_the_whole(misses: list[str | None]) -> None:
    offsets = offsets_of(PARTS, {})
    for part in misses:
        offsets = after_miss(offsets, part)
        assert max(map(abs, offsets.values())) <= MOST_LEVELS + 1e-9
        assert sum(offsets.values()) == pytest.approx(0, abs=1e-9)


def test_the_part_that_was_missed_becomes_easier_and_the_others_a_little_harder() -> None:
    offsets = after_miss(offsets_of(PARTS, {}), "hold_s")
    assert offsets == pytest.approx({"opening": 0.05, "target_width_mm": 0.05, "hold_s": -0.10})
    for _ in range(60):
        offsets = after_miss(offsets, "hold_s")
    assert offsets == pytest.approx({"opening": 1.25, "target_width_mm": 1.25, "hold_s": -2.5})


def test_a_level_that_changed_keeps_what_it_still_has_and_stays_in_the_middle() -> None:
    known = {"opening": -1.0, "hold_s": 1.0}
    assert offsets_of(("opening", "band"), known) == pytest.approx({"opening": -0.5, "band": 0.5})
    assert offsets_of((), known) == {}


def test_only_a_miss_that_counts_moves_the_offsets() -> None:
    state = replace(first_day(START), offsets=offsets_of(PARTS, {}))
    assert after_trial(state, True, part="hold_s")[0].offsets == state.offsets
    assert after_trial(state, None, part="hold_s")[0].offsets == state.offsets
    missed, change = after_trial(state, False, part="hold_s")
    assert (change.eased, change.offsets) == ("hold_s", missed.offsets)
    helped = replace(state, misses=3)
    assert after_trial(helped, False, part="hold_s")[0].offsets == state.offsets
    assert new_day(missed)[0].offsets == missed.offsets


def sentences(state: Adaptation, hits: list[bool | None]) -> list[tuple[Change, str, str]]:
    return [
        (change, ENGLISH.say(change.patient_key), ENGLISH.say(change.therapist_key, **vars(change)))
        for change in play(state, hits)[1]
    ]


@given(outcomes, difficulties)
def test_no_sentence_promises_a_level_that_does_not_come(hits: list[bool | None], difficulty: Difficulty) -> None:
    for change, patient, therapist in sentences(first_day(difficulty), hits):
        if "little more" in patient or "makes it a little harder" in therapist:
            assert change.next_level > change.level
        if "easier now" in patient or "easy one now" in patient or "one easy trial" in therapist:
            assert change.next_level < change.level
        if "stays" in patient:
            assert change.next_level == pytest.approx(change.level, abs=0.051)


def test_a_pinned_level_is_called_pinned_after_every_trial() -> None:
    told = sentences(first_day(Difficulty(start=5, min=5, max=5)), [True, False, False, True, True])
    assert [change.reason for change, _, _ in told] == ["hit", "miss", "rescue", "hit", "hit"]
    assert all(therapist.endswith("(pinned).") or "(pinned)." in therapist for _, _, therapist in told)
    assert not any("little" in patient or "warming" in patient for _, patient, _ in told)
    day = new_day(first_day(Difficulty(start=5, min=5, max=5)))[1]
    assert ENGLISH.say(day.therapist_key, **vars(day)) == "New session: it begins at level 5.0 (pinned)."


def test_at_its_hardest_and_its_easiest_a_level_is_said_to_stay() -> None:
    [(change, patient, therapist)] = sentences(replace(first_day(START), rating=13.0), [True])
    assert (change.reason, change.then, patient) == ("hit", "hardest", "That was right. It stays as it is.")
    assert "stays at 10.0 (hardest)" in therapist
    [(change, patient, therapist)] = sentences(replace(first_day(START), rating=-1.0), [False])
    assert (change.reason, change.then, patient) == ("miss", "easiest", "Take your time. It stays as it is.")


def test_what_ends_a_rescue_or_help_is_said() -> None:
    told = sentences(first_day(START), [False, False, True])
    assert (told[-1][0].reason, told[-1][0].then) == ("hit", "rescue_over")
    assert told[-1][1:] == (
        "That was right. Now one as before.",
        f"Level {told[-1][0].level:.1f}: done, expected {told[-1][0].expected:.0%}. "
        f"Next {told[-1][0].next_level:.1f}: the easy trial is over.",
    )
    told = sentences(first_day(START), [False, False, False, True])
    assert (told[-1][0].reason, told[-1][0].then) == ("hit", "assist_over")
    assert "without help" in told[-1][2]


def test_after_the_last_trial_nothing_is_said_to_come() -> None:
    for hit in (True, False, None):
        change = after_trial(first_day(START), hit)[1]
        for to in ("patient", "therapist"):
            said = ENGLISH.say(change.key_at_the_end(to), **vars(change))
            assert not re.search(r"\bnow\b|[Nn]ext|more", said)
