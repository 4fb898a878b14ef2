"""What a level's author may want to think over: nothing here stops a level from being played."""

from dataclasses import dataclass, replace

from engine.play.level import Difficulty, LevelBase
from engine.play.levelfile import LevelFile
from opposable.designer.parameters import adapting
from opposable.designer.simulation import play_one

LONGEST_INSTRUCTION, LONGEST_TITLE, LONGEST_FOR_WHOM = 96, 32, 120
MOST_IN_THE_FIRST_STAGE, SHORTEST_REST_S = 80, 30.0
MOST_REPETITIONS, MOST_IN_A_SET, MOST_IN_A_FIRST_STAGE_SET = 120, 30, 20
LONGEST_SESSION_MIN, LONGEST_WITHOUT_REST_MIN = 30.0, 5.0
ABLE, FIRST_STAGE, LEAST_SUCCESS = "able", "stage_1", 0.5
TRIED = 12


@dataclass(frozen=True)
class Advice:
    """One thing to think over. `field`: the key it is about."""

    field: str
    words: str


def from_reading(level: LevelBase) -> list[Advice]:
    """What can be said without playing: texts too long to read, doses above the usual."""
    said: list[Advice] = []
    for field, most in (("instruction", LONGEST_INSTRUCTION), ("title", LONGEST_TITLE), ("for_whom", LONGEST_FOR_WHOM)):
        text = str(getattr(level, field))
        if len(text) > most:
            said.append(Advice(field, f"{len(text)} letters; up to {most} are read in passing from two metres"))
    if level.trials > MOST_REPETITIONS:
        words = f"{level.trials} in all; 80 to {MOST_REPETITIONS} fill a session of half an hour"
        said.append(Advice("repetitions", words))
    elif level.stage == 1 and level.trials > MOST_IN_THE_FIRST_STAGE:
        words = f"{level.trials} in all; for stage 1 up to {MOST_IN_THE_FIRST_STAGE} fill a session of half an hour"
        said.append(Advice("repetitions", words))
    if level.sets > 1 and level.rest_s < SHORTEST_REST_S:
        words = f"{level.rest_s:g} s between sets; give at least {SHORTEST_REST_S:g}, a person may cut it short"
        said.append(Advice("rest_s", words))
    said += [Advice(field, words) for field, words in level.consider().items()]
    most = MOST_IN_A_FIRST_STAGE_SET if level.stage == 1 else MOST_IN_A_SET
    if level.repetitions > most:
        said.append(
            Advice("repetitions", f"{level.repetitions} without a rest; stage {level.stage} rests after {most}")
        )
    idle = level.idle()
    for name in (name for name in type(level).model_fields if name in level.model_fields_set and name in idle):
        said.append(Advice(name, f"this does nothing here, because {idle[name]}"))
    for name, ramp in adapting(level):
        asked = max(ramp.easy, ramp.hard)
        used = level.as_played(name, asked)
        if used != asked:
            said.append(Advice(name, f"at most {used:g} is used here; {asked:g} is cut to that"))
    return said


def from_playing(file: LevelFile) -> list[Advice]:
    """What simulated patients find: an able hand must be able to finish, and a level for stage 1 must give a stage-1
    hand a chance at its easiest."""
    able = play_one(file, ABLE, 1)
    if not able.finished:
        return [Advice("game", f"an able hand did not come to the end within {able.minutes:.0f} minutes")]
    said: list[Advice] = []
    rate = able.success_rate or 0.0
    if rate < LEAST_SUCCESS:
        most = max(able.causes, key=able.causes.__getitem__, default="nothing in particular")
        said.append(Advice("difficulty", f"an able hand succeeds in {rate:.0%} of its trials; most often: {most}"))
    if file.level.stage == 1:
        said += _for_the_first_stage(file)
    if able.minutes > LONGEST_SESSION_MIN:
        words = f"an able hand needs {able.minutes:.0f} minutes; sessions over {LONGEST_SESSION_MIN:.0f} are given up"
        said.append(Advice("repetitions", words))
    return said


def _for_the_first_stage(file: LevelFile) -> list[Advice]:
    """Played at its easiest by a simulated hand of stage 1, a few repetitions only."""
    easiest = file.level.difficulty.min
    pinned = Difficulty(start=easiest, min=easiest, max=easiest)
    level = file.level.model_copy(update={"difficulty": pinned, "sets": 1, "repetitions": TRIED})
    hand = play_one(replace(file, level=level), FIRST_STAGE, 1)
    said: list[Advice] = []
    # With help nearly everything succeeds.
    alone = [trial.success for trial in hand.trials if not trial.assisted]
    if not any(alone):
        words = f"at its easiest, a stage-1 hand reached none of {len(alone)}; make `easy` easier, or say stage: 2"
        said.append(Advice("stage", words))
    set_min = hand.minutes / max(1, len(hand.trials)) * file.level.repetitions
    if set_min > 2 * LONGEST_WITHOUT_REST_MIN:
        said.append(Advice("repetitions", f"a stage-1 hand needs about {set_min:.0f} minutes a set; ask for fewer"))
    return said
