"""The rest between two sets."""

from engine.inputs import GameInput
from engine.play.rest import rest_is_due, rest_is_over, rest_left
from games.template import TemplateLevel

LEVEL = TemplateLevel.model_validate(
    {
        "game": "template",
        "title": "Close and open",
        "for_whom": "A test.",
        "why": "A test.",
        "instruction": "Close your hand.",
        "stage": 2,
        "sets": 3,
        "repetitions": 4,
        "rest_s": 20,
        "difficulty": {"start": 5},
        "closing": {"easy": 0.4, "hard": 0.8},
    }
)


def test_a_rest_follows_every_set_but_the_last() -> None:
    rests, due_after = 0, []
    for counted in range(LEVEL.trials + 1):
        if rest_is_due(LEVEL, counted, rests):
            due_after.append(counted)
            rests += 1
    assert due_after == [4, 8]


def test_what_is_left_of_it_shrinks_to_nothing_and_stays_there() -> None:
    assert [rest_left(LEVEL, rested_s) for rested_s in (0.0, 5.0, 20.0, 30.0)] == [1.0, 0.75, 0.0, 0.0]


def test_it_lasts_as_long_as_the_level_says_or_until_one_would_go_on() -> None:
    assert not rest_is_over(LEVEL, 19.9, GameInput())
    assert rest_is_over(LEVEL, 20.0, GameInput())
    assert rest_is_over(LEVEL, 0.1, GameInput(go_on=True))
