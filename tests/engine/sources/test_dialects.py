"""What gloves write, read exactly; what no glove writes, left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.hand import FINGERS, Finger
from engine.sources.dialects import (
    BUTTONS,
    MOST_COUNT,
    NUMBERS,
    column_names,
    columns_of,
    detect,
    read_alpha,
    read_csv,
    read_legacy,
    write_alpha,
    write_csv,
    write_legacy,
)  # fmt: skip
from engine.sources.lines import LONGEST_LINE, MOST_BYTES, Lines

# As the gloves' own firmware writes them.
REFERENCE = (
    b"A0B0C0D0E0F0G0P0",
    b"A95B1095C2095D3095E4095F2048G2047P0",
    b"A95B1095C2095D3095E4095F2048G2047P0HIJKLMNO(AB)1(BB)2(CB)3(DB)4(EB)5",
)
LEGACY_REFERENCE = b"95&1095&2095&3095&4095&2048&2047&1&1&1&1&1&1"


@pytest.mark.parametrize("line", REFERENCE)
def test_reference_lines_come_back_exactly(line: bytes) -> None:
    reading = read_alpha(line)
    assert reading is not None
    assert write_alpha(reading) == line + b"\n"


def test_the_reference_line_means_what_it_says() -> None:
    reading = read_alpha(REFERENCE[2])
    assert reading is not None
    assert [reading[finger] for finger in FINGERS] == [95, 1095, 2095, 3095, 4095]
    assert [reading[f"splay.{finger}"] for finger in FINGERS] == [1, 2, 3, 4, 5]
    assert (reading["joystick.x"], reading["joystick.y"], reading["trigger"]) == (2048, 2047, 0)
    assert all(reading[name] == 1 for name in BUTTONS.values())


def test_the_legacy_reference_line_comes_back_exactly() -> None:
    reading = read_legacy(LEGACY_REFERENCE)
    assert reading is not None
    assert [reading[finger] for finger in FINGERS] == [95, 1095, 2095, 3095, 4095]
    assert reading["pinch"] == 1
    assert write_legacy(reading) == LEGACY_REFERENCE + b"\n"


@given(st.dictionaries(st.sampled_from(sorted(NUMBERS.values())), st.integers(0, 4095)))
def test_alpha_lines_survive_writing_and_reading(values: dict[str, int]) -> None:
    whole: dict[str, float] = {**dict.fromkeys(FINGERS, 7), **values}
    assert read_alpha(write_alpha(whole).rstrip(b"\n")) == whole


def test_unknown_keys_any_order_and_damaged_tails_do_no_harm() -> None:
    assert read_alpha(b"E5Q99(ZV)3D4C3B2A1") == {"thumb": 1, "index": 2, "middle": 3, "ring": 4, "little": 5}
    assert read_alpha(b"A1B2C3D4E5(AB)40\x00\xff(B") == {
        "thumb": 1, "index": 2, "middle": 3, "ring": 4, "little": 5, "splay.thumb": 40,
    }  # fmt: skip
    assert read_alpha(b"A1B99999C3D4E5") == {"thumb": 1, "middle": 3, "ring": 4, "little": 5}


@pytest.mark.parametrize(
    "line", [b"", b"hello", b"A1B2", b"1,2,3,4,5", "A١B٢C٣".encode(), b"Anan", b"A1e3", b"A1_0B1_0C1_0"]
)
def test_what_is_no_alpha_line_is_none(line: bytes) -> None:
    reading = read_alpha(line)
    assert reading is None


@pytest.mark.parametrize(
    "line",
    [
        b"1,2,3,4,5", b",1,2,3,4,5,", b"1;2;3;4;5", b"1 2 3 4 5", b"1\t2\t3\t4\t5", b"1&2&3&4&5", b"1, 2, 3, 4, 5",
        b"thumb:1,index:2,middle:3,ring:4,pinky:5", b"1.0,2.0,3e0,4.,5", b"1,2,3,4,5,77",
    ],
)  # fmt: skip
def test_columns_with_any_separator_are_read(line: bytes) -> None:
    reading = read_csv(line, FINGERS)
    assert reading is not None
    assert [reading[finger] for finger in FINGERS] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "line",
    [b"1,2,3,4", b"1,2,nan,4,5", b"1,2,inf,4,5", b"1e999,1,1,1,1", b"1_0,2,3,4,5", "١,٢,٣,٤,٥".encode(), b"1,,,,",
     b"0x10,2,3,4,5", b"1,2,3,4,99999999"],
)  # fmt: skip
def test_only_finite_ascii_numbers_in_range_pass(line: bytes) -> None:
    assert read_csv(line, FINGERS) is None


def test_a_header_and_a_column_map_name_the_columns() -> None:
    assert columns_of(b"t_ms,thumb,Index,middle,ring,pinky") == ("t_ms", *FINGERS)
    assert columns_of(b"1,2,3") is None
    reading = read_csv(b"9,1,8,2,3,4,5", column_names("-,thumb,-,index,middle,ring,pinky"))
    assert reading == {"thumb": 1, "index": 2, "middle": 3, "ring": 4, "little": 5}


def name_of(lines: list[bytes]) -> str:
    found = detect(lines)
    return found.name if found else ""


def test_the_dialect_is_found_from_a_few_lines() -> None:
    alpha, legacy = [REFERENCE[1]] * 3, [LEGACY_REFERENCE] * 3
    csv = [write_csv({"thumb": n, "index": 2}, FINGERS).strip() for n in range(4)]
    clocked = [b"%d,1,2,3,4,5" % (n * 10) for n in range(4)]
    assert [name_of(lines) for lines in (alpha, legacy, csv, clocked)] == ["alpha", "legacy", "csv", "csv"]
    found = detect(clocked)
    assert found is not None
    assert (found.read(b"50,1,2,3,4,5") or {})[Finger.THUMB] == 1
    assert detect([b"junk", b"more", b"junk"]) is None
    assert detect(alpha[:2]) is None, "two lines are too few to be sure"
    assert name_of([b"95B1095C20", *alpha]) == "alpha"


@given(st.lists(st.binary(max_size=700), max_size=30))
def test_bytes_of_any_kind_stay_bounded_and_harmless(chunks: list[bytes]) -> None:
    lines = Lines()
    for chunk in chunks:
        for line in lines.feed(chunk):
            assert len(line) <= LONGEST_LINE
            for reading in (read_alpha(line), read_legacy(line), read_csv(line, FINGERS)):
                assert reading is None or all(abs(value) <= MOST_COUNT for value in reading.values())
        assert len(lines) <= LONGEST_LINE


@given(st.lists(st.sampled_from([b"A1", b"B2\n", b"\n", b"\r\n", b"long" * 20]), max_size=40))
def test_however_the_bytes_are_cut_the_lines_are_the_same(parts: list[bytes]) -> None:
    whole = b"".join(parts)
    expected = [line.rstrip(b"\r") for line in whole.split(b"\n")[:-1] if len(line) <= LONGEST_LINE]
    lines = Lines()
    assert [line for part in parts for line in lines.feed(part)] == expected


def test_a_flood_without_a_newline_keeps_nothing_and_recovers_at_the_next_one() -> None:
    lines = Lines()
    for _ in range(100):
        assert lines.feed(b"x" * 10_000) == []
    assert len(lines) <= LONGEST_LINE
    assert lines.feed(b"x" * (2 * MOST_BYTES) + b"\nA1\n") == [b"A1"]
    lines.restart()
    assert lines.feed(b"5C3\nA2\n") == [b"A2"]
