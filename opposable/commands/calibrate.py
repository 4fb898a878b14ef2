"""`opposable calibrate`: find and keep a person's own range, guided in the window or from a recording."""

from math import degrees
from typing import Any

from engine.clock import utc_now
from engine.hand import FINGERS, LONG_FINGERS, Sample, Side
from engine.motion.calibration import Found
from engine.motion.ranges import ABLE_ADULT, Ranges, Span
from engine.play.guide import Guide, recorded
from engine.play.storedranges import OwnRange, keep_range, keep_side, now_utc, person_folder, source_kind, stored_side
from engine.problem import NotUnderstoodError, ProblemError
from engine.sources import Source, SourceState, check_source, open_source
from engine.strings import strings
from opposable.commands.ready import find_hand_model_for
from opposable.console import FINE, FOUND, complain, emit, say
from opposable.display import has_display
from opposable.ownranges import measured_as, simulated

_WAIT_S = 0.25
OFTEN = 0.1
_WITHOUT_END = ("camera", "glove", "osc", "lsl", "keys")
_WITHOUT_DEGREES = ("glove", "osc", "lsl")
_PATIENCE = 40
"""So many waits without a picture end a guided calibration that has no window."""


def calibrate(source: str, recording: str | None, *, side: str | None, person: str, as_json: bool) -> int:
    """From `recording`, whatever the hand does in it; else guided, by `source`."""
    spec = recording or source
    person_folder(person)
    check_source(spec)
    only = Side(side) if side else stored_side(person)
    guided, kind = recording is None, spec.strip().partition(":")[0]
    is_simulated = simulated(spec)
    if kind == "keys":
        raise NotUnderstoodError(
            "keys: are all the same to every hand; they need no range of your own. Play at once: "
            "opposable play coin_drop/01 --source keys:"
        )
    if not guided and kind in _WITHOUT_END:
        raise NotUnderstoodError(
            f"--from {spec}: this has no end of its own. A range is found in a recording: --from video:FILE or "
            f"--from replay:FILE (what `opposable track {spec} --json` printed). Guided, in the window: "
            f"opposable calibrate --source {spec}"
        )
    if guided and not is_simulated and not has_display():
        raise ProblemError("There is no screen here to guide you. Use a recording: --from video:FILE")
    find_hand_model_for(spec)
    if guided and has_display():
        from opposable.screens.calibrate import calibrate_in_window

        return calibrate_in_window(spec, only, person, as_json)
    opened = open_source(_as_fast_as_possible(spec), hands=2 if only is None and not is_simulated else 1, side=only)
    guide = Guide(only or Side.RIGHT)
    samples: list[Sample] = []
    try:
        if is_simulated:
            guide_without_window(guide, opened)
        else:
            samples = read_all(opened)
        status = opened.status()
    except KeyboardInterrupt:
        raise ProblemError(strings().say("calibrate.stopped")) from None
    finally:
        opened.close()
    if is_simulated:
        return conclude(guide.found(), guide.side, spec, person, as_json)
    if not samples and status.reason:
        raise ProblemError(f"{spec}: {status.reason}")
    seen_side = only or _most_seen(samples)
    two_hands = only is None and _often_seen(samples, seen_side.other)
    if two_hands:
        complain(
            f"Two hands are in it; the range is found for the {seen_side} one, which is seen most. "
            f"For the other: --side {seen_side.other}."
        )
    found, pictures = recorded(samples, seen_side)
    if pictures == 0:
        raise ProblemError(f"{spec}: no {seen_side} hand was seen in it. Look at it with: opposable track {spec}")
    return conclude(found, seen_side, spec, person, as_json, is_theirs=not two_hands)


def conclude(found: Found, side: Side, spec: str, person: str, as_json: bool, *, is_theirs: bool = True) -> int:
    """Keep what was found, if it is a range, and say it. `is_theirs`: the side is the one this person practises with,
    and not one of two that was chosen for them."""
    path = None
    if found.own:
        own = OwnRange(found.ranges, now_utc(utc_now()), measured_as(spec), found.own, dict(found.kept))
        try:
            path = keep_range(person, side, own)
            if is_theirs and stored_side(person) is None:
                keep_side(person, side)
        except OSError as problem:
            raise ProblemError(
                f"The range could not be kept ({problem.strerror}). Make room, or set OPPOSABLE_HOME, and try again."
            ) from None
    if as_json:
        emit({"side": side, "person": person, "kept_at": path, **as_data(found)})
    else:
        for line in in_words(found, spec):
            say(line)
        say(f"Kept for {side} hand, {person}: {path}" if path else _nothing_found(spec))
    return FINE if path else FOUND


def as_data(found: Found) -> dict[str, Any]:
    """The range as plain data, radians and hand sizes."""
    ranges = found.ranges
    return {
        "own": found.own,
        "not_own": found.kept,
        "bend_rad": {finger: _ends(ranges.bend[finger]) for finger in FINGERS},
        "aperture": {finger: _ends(ranges.aperture[finger]) for finger in LONG_FINGERS},
        "spread_rad": _ends(ranges.spread),
        "opposition": _ends(ranges.across),
        "wrist_rad": _ends(ranges.wrist),
        "press": {name: trigger.press for name, trigger in ranges.triggers.items()},
        "release": {name: trigger.release for name, trigger in ranges.triggers.items()},
    }


def in_words(found: Found, spec: str) -> list[str]:
    """One line for each control: its own range, or why an able adult's is used."""
    lines = [f"{name:<16} {_shown(name, found.ranges, _family(spec))}" for name in found.own]
    return lines + [f"{name:<16} an able adult's range: {why}" for name, why in found.kept.items()]


def guide_without_window(guide: Guide, source: Source) -> None:
    """Lead a simulated hand through the flow."""
    idle = 0
    while guide.part is not None and idle < _PATIENCE:
        source.follow(guide.cue(), guide.hand.seen_s or 0.0)
        samples = source.read(_WAIT_S)
        for sample in samples:
            guide.feed(sample)
        idle = 0 if samples else idle + 1
        if source.status().state in (SourceState.ENDED, SourceState.GONE):
            return


def read_all(source: Source) -> list[Sample]:
    """Every sample of a source that comes to an end."""
    samples: list[Sample] = []
    over = False
    while not over:
        over = source.status().state in (SourceState.ENDED, SourceState.GONE)
        samples += source.read(_WAIT_S)
    return samples


def _as_fast_as_possible(spec: str) -> str:
    return f"{spec}?pace=fast" if spec.startswith("video:") and "?" not in spec else spec


def _most_seen(samples: list[Sample]) -> Side:
    return max(Side, key=lambda side: sum(sample.hand(side) is not None for sample in samples))


def _often_seen(samples: list[Sample], side: Side) -> bool:
    return sum(sample.hand(side) is not None for sample in samples) > OFTEN * len(samples)


def _ends(span: Span) -> list[float]:
    return [round(span.rest, 4), round(span.full, 4)]


def _family(spec: str) -> str:
    """The kind of what measured: camera, glove, sim ..; of a recording, of what it was made with."""
    return source_kind(measured_as(spec)).partition("-")[0]


def _shown(name: str, ranges: Ranges, family: str) -> str:
    kind, _, finger = name.partition(".")
    if kind == "flexion":
        long = next(each for each in FINGERS if each == finger)
        return _bend(ranges.bend[long], ABLE_ADULT.bend[long], family)
    if kind == "pinch":
        span = ranges.aperture[next(each for each in LONG_FINGERS if each == finger)]
        return f"{span.rest:.2f} to {span.full:.2f} hand sizes apart"
    if kind == "fist":
        return "by " + ", ".join(ranges.fist)
    if kind == "opposition":
        return f"{ranges.across.rest:.2f} to {ranges.across.full:.2f} of the way across the palm"
    if kind == "wrist":
        return _bend(ranges.wrist, ABLE_ADULT.wrist, family)
    return _bend(ranges.spread, ABLE_ADULT.spread, family)


def _bend(span: Span, able: Span, family: str) -> str:
    """A glove measures no degrees. What an angle may be off by is known of a camera alone."""
    if family in _WITHOUT_DEGREES:
        return f"{able.share(span.rest):.0%} to {able.share(span.full):.0%} of what the glove tells"
    error = " (+-9)" if family in ("camera", "synthetic") else ""
    return f"{degrees(span.rest):.0f} to {degrees(span.full):.0f} degrees{error}"


def _nothing_found(spec: str) -> str:
    goes_on = "an able adult's range stays in use"
    if _family(spec) in ("sim", "synthetic"):
        goes_on, try_this = "all stays as it was", "This hand is simulated; choose one that moves more."
    elif _family(spec) == "camera":
        try_this = "Come nearer to the camera, in more light, and try once more; or play with the keys."
    else:
        try_this = (
            "Try once more with a hand that opens and closes as far as it likes; `opposable gloves monitor` shows what "
            "a glove feels of it. Or play with the keys."
        )
    return (
        "No movement was seen that is larger than an error of measuring, so nothing was kept, and "
        f"{goes_on}. {try_this}"
    )
