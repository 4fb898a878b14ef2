"""One hand on the keyboard plays every game: here by fingers that read the cue."""

import pytest

from engine.hand import Sample, Side
from engine.inputs import TICK_S
from engine.motion.motion import Motion
from engine.play.game import Cue, TrialEnded
from engine.play.levelfile import LevelFile, find_levels
from engine.play.session import Session
from engine.sources.keyboard import ARROWS, LAYOUTS, KeyHand
from games import all_games
from opposable.sitting import side_of

KEY_OF = {control: key for key, control in LAYOUTS[""].keys.items()}
LIMIT_S = 150.0
LEVELS = find_levels(all_games()).levels


def keys_for(cue: Cue | None, hand: KeyHand) -> frozenset[str]:
    """What someone presses who watches the picture: a key while its control is short of what is asked, an arrow while
    the hand is short of its place."""
    held: set[str] = set()
    if cue is None:
        return frozenset()
    for target in cue.targets:
        if hand.values.get(target.control, 0.0) < (target.low + target.high) / 2:
            held.add(KEY_OF[target.control])
    if cue.place is not None and hand.palm_xy is not None:
        for key, (right, away) in ARROWS.items():
            short_x, short_y = cue.place.xy[0] - hand.palm_xy[0], cue.place.xy[1] - hand.palm_xy[1]
            if right * short_x > 0.01 or away * short_y > 0.01:
                held.add(key)
    return frozenset(held)


@pytest.mark.parametrize("file", LEVELS, ids=lambda file: file.name)
def test_keys_land_a_repetition(file: LevelFile) -> None:
    session, motion, hand = Session(file.game, file.level, 1), Motion(), KeyHand()
    sides = tuple(Side) if len(file.level.roles) == 2 else (side_of(file.level.hand, Side.RIGHT),)
    landed = 0
    while not landed and session.played_s < LIMIT_S:
        t_s = session.ticks * TICK_S
        hand = hand.after(keys_for(session.cue, hand), TICK_S)
        if session.ticks % 2:
            motion.feed(Sample(t_s, **{side.value: hand.frame(t_s, side) for side in sides}))
        landed += sum(isinstance(e, TrialEnded) and e.success is True for e in session.tick(motion.tick(t_s)))
    assert landed, f"nothing landed in {LIMIT_S:.0f} s"
