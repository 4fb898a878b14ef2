"""The far end of the wire: what a glove of each kind would send for a scripted hand. For demonstrations and tests."""

from collections.abc import Callable, Mapping
from math import cos, sin
from typing import Any

from pythonosc.osc_bundle_builder import IMMEDIATELY, OscBundleBuilder
from pythonosc.osc_message_builder import OscMessageBuilder

from engine.hand import FINGERS, LONG_FINGERS, Finger, Side
from engine.motion.poses import CURL
from engine.motion.ranges import ABLE_ADULT
from engine.sources.dialects import Reading, write_alpha, write_csv, write_legacy
from engine.sources.oscglove import BONE, PARTS
from engine.sources.scripted import Scripted

ALPHA_MOST, LEGACY_MOST = 4095.0, 1023.0
DEAD_COUNT = 512.0
CSV_COLUMNS = ("t_ms", *FINGERS)


def counts(hand: Scripted, most: float, t_s: float, dead: Finger | None = None) -> Reading:
    """The hand in a glove's counts. A live sensor is never quite still; a dead one always says the same."""
    tremble = int(t_s * 1000) % 2
    values: dict[str, float] = {finger: round(hand.curl[finger] * (most - 1)) + tremble for finger in FINGERS}
    if dead is not None:
        values[dead] = DEAD_COUNT
    return values


def alpha(hand: Scripted, side: Side, t_s: float, dead: Finger | None) -> bytes:  # noqa: ARG001 - one glove, one hand
    sides = {f"splay.{finger}": round(hand.spread * ALPHA_MOST) for finger in LONG_FINGERS}
    return write_alpha({**counts(hand, ALPHA_MOST, t_s, dead), **sides})


def legacy(hand: Scripted, side: Side, t_s: float, dead: Finger | None) -> bytes:  # noqa: ARG001
    return write_legacy(counts(hand, LEGACY_MOST, t_s, dead))


def csv(hand: Scripted, side: Side, t_s: float, dead: Finger | None) -> bytes:  # noqa: ARG001
    return write_csv({"t_ms": round(t_s * 1000), **counts(hand, LEGACY_MOST, t_s, dead)}, CSV_COLUMNS)


def osc(hand: Scripted, side: Side, t_s: float, dead: Finger | None) -> bytes:  # noqa: ARG001
    """Our own addresses, in one bundle."""
    curls = [0.5 if finger is dead else float(hand.curl[finger]) for finger in FINGERS]
    contents = [_message(f"/glove/{side}/curl", *curls), _message(f"/glove/{side}/splay", *[2 * hand.spread - 1] * 5)]
    for finger in LONG_FINGERS:
        contents.append(_message(f"/glove/{side}/contact/{finger}", int(hand.contact is finger)))
    return _bundle(contents)


def vmc(hand: Scripted, side: Side, t_s: float, dead: Finger | None) -> bytes:  # noqa: ARG001
    """The finger bones of the VMC protocol, in one bundle."""
    sign, contents = 1 if side is Side.LEFT else -1, []
    for finger in FINGERS:
        bend_rad = ABLE_ADULT.bend[finger].value(0.5 if finger is dead else hand.curl[finger])
        for part, share in zip(PARTS, CURL, strict=True):
            half = sign * bend_rad * share / 2
            name = f"{side.value.capitalize()}{finger.value.capitalize()}{part}"
            contents.append(_message(BONE, name, 0.0, 0.0, 0.0, 0.0, 0.0, sin(half), cos(half)))
    return _bundle(contents)


Encoder = Callable[[Scripted, Side, float, Finger | None], bytes]
SERIAL: Mapping[str, Encoder] = {"alpha": alpha, "legacy": legacy, "csv": csv}
NETWORK: Mapping[str, Encoder] = {"osc": osc, "vmc": vmc}


def _message(address: str, *arguments: Any) -> Any:
    builder = OscMessageBuilder(address)
    for argument in arguments:
        builder.add_arg(argument)
    return builder.build()


def _bundle(contents: list[Any]) -> bytes:
    builder = OscBundleBuilder(IMMEDIATELY)
    for content in contents:
        builder.add_content(content)
    return bytes(builder.build().dgram)
