"""`opposable numbers`: what a recording tells of a hand, each number with how sure it is."""

from pathlib import Path
from typing import Any

from engine.hand import Side
from engine.inputs import Role
from engine.motion.quality.fingers import tam_word
from engine.motion.quality.measured import Measured
from engine.motion.quality.summary import summarise
from engine.motion.quality.twohands import both
from engine.play.record import TAPE
from engine.problem import ProblemError
from engine.strings import strings
from opposable.console import FINE, emit, say
from opposable.recordings import of_tape, of_track


def numbers(path: Path, *, as_json: bool) -> int:
    """Read a tape, or what `track --json` printed, and say what each hand in it did."""
    hands = of_tape(path) if path.name.endswith(TAPE) else of_track(path)
    told = {name: summarise(series) for name, series in hands.items()}
    if {*hands} == {*Role}:
        told["both hands"] = both(hands[Role.AFFECTED], hands[Role.UNAFFECTED])
    elif {*hands} == {*Side}:
        # Nobody said which hand the stroke left what; so one is told after the other.
        two = both(hands[Side.LEFT], hands[Side.RIGHT])
        told["both hands"] = {key.replace("together.", "sides."): value for key, value in two.items()}
    told = {name: found for name, found in told.items() if found}
    if not told:
        raise ProblemError(f"{path}: there is no hand in it for long enough to measure.")
    if as_json:
        emit({name: {key: _json(value) for key, value in found.items()} for name, found in told.items()})
        return FINE
    for name, found in told.items():
        say(f"{name}:")
        for key, value in found.items():
            if value.value is not None:
                of_norm = f", {strings().say(tam_word(value.value))}" if key.startswith("tam.") else ""
                behind = f"n = {value.n}, {value.valid_share:.0%} usable"
                say(f"  {strings().say(f'numbers.{key}'):44} {value}{of_norm}  ({behind})")
        for note in dict.fromkeys(value.note for value in found.values() if value.note):
            say(f"  {strings().say(note)}")
        for why in dict.fromkeys(value.why for value in found.values() if value.value is None):
            names = [strings().say(f"numbers.{key}") for key, value in found.items() if value.why == why]
            say(strings().say("numbers.untold", why=strings().say(why), what="; ".join(names)))
    say(strings().say("numbers.caution"))
    return FINE


def _json(measured: Measured) -> dict[str, Any]:
    said = {"value": measured.value, "unit": measured.unit, "n": measured.n, "valid_share": measured.valid_share}
    return {**said, "error": measured.error, "why": measured.why, "note": measured.note}
