"""Where one hand is asked for, one hand comes, from a recording and over the net alike."""

import json
import socket
from pathlib import Path

from pythonosc.osc_message_builder import OscMessageBuilder

from engine.hand import Sample, Side
from engine.sources import Source, open_source
from engine.sources.onehand import OneHand
from tests.engine.sources.contract import hands_in


def _two_hands(path: Path) -> str:
    hand = {"confidence": 1.0, "state": "tracked", "points_m": [[0.01 * n, 0.02 * n, 0.0] for n in range(21)]}
    lines = [{"t_s": n / 30, "hands": [{**hand, "side": side} for side in Side]} for n in range(8)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return f"replay:{path}"


def _read(source: Source) -> list[Sample]:
    samples: list[Sample] = []
    while given := source.read(0.0):
        samples += given
    return samples


def test_a_recording_of_two_hands_gives_the_one_that_is_asked_for(tmp_path: Path) -> None:
    spec = _two_hands(tmp_path / "two.jsonl")
    one = open_source(spec)
    samples = _read(one)
    assert len(samples) == 8
    assert {frame.side for frame in hands_in(samples)} == {Side.RIGHT}
    assert "--hands 2" in one.status().ask
    left = open_source(spec, side=Side.LEFT)
    assert {frame.side for frame in hands_in(_read(left))} == {Side.LEFT}
    both = open_source(spec, hands=2)
    assert {frame.side for frame in hands_in(_read(both))} == set(Side)
    assert not both.status().ask


def test_two_gloves_over_the_net_give_the_one_that_is_asked_for() -> None:
    one, both = open_source("osc:0"), open_source("osc:0", hands=2)
    try:
        for source, expected in ((one, {Side.LEFT}), (both, set(Side))):
            assert isinstance(source, OneHand) == (source is one)
            seen = set()
            for side in (Side.LEFT, Side.RIGHT) * 3:
                with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as far_end:
                    far_end.sendto(_joints(side), ("127.0.0.1", source.port))  # type: ignore[attr-defined]
                seen |= {frame.side for frame in hands_in(source.read(0.2))}
            assert seen == expected
        assert "the left one is followed" in one.status().ask
    finally:
        one.close()
        both.close()


def _joints(side: Side) -> bytes:
    built = OscMessageBuilder(f"/glove/{side}/joints")
    for _ in range(20):
        built.add_arg(20.0)
    return built.build().dgram
