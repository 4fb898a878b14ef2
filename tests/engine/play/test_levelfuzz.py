"""Valid levels changed as people and accidents change them: thousands of them, and never a traceback."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.paths import levels_folder
from tests.engine.play.broken_levels import said
from tests.engine.play.toy import GOOD

SHIPPED = [path.read_text(encoding="utf-8") for path in sorted(levels_folder().rglob("*.yaml"))]

NASTY = (
    *(
        "yes",
        "~",
        ".nan",
        "-.inf",
        "010",
        "0o17",
        "0x1F",
        "12:30",
        "1e3",
        "1e999",
        "9" * 30,
        "9" * 5000,
        "-1",
        "0",
        "''",
    ),
    *('"\\u202e"', '"\\ud800"', "'", '"', "[", "]", "{", "}", "[]", "{}", "- ", "? ", ": ", ":", "#", " #", "|", ">"),
    *("&a", "*a", "!!int 5", "!x", "<<: {}", "%YAML 1.1", "---", "...", "@", "`", "\t", "\u00a0", "\u2028", "\x00"),
    *("{easy: 1}", "{easy: 9, hard: 1}", "[1, 2, 3]", "{a: {b: {c: {}}}}", "[" * 20, "x" * 400, "é", "🖐", "\ufeff"),
    *("game: toy", "game: coin_drop", "game: x", "stage: 2", "sets: 6", "repetitions: 60", "hand: ", "title:", "\r"),
)
pieces = st.sampled_from(NASTY) | st.text(max_size=12) | st.integers().map(str) | st.floats().map(str)


@st.composite
def mutated_levels(draw: st.DrawFn) -> str:
    """A valid level in which a few values, keys, lines or letters were changed as people and accidents do."""
    lines = draw(st.sampled_from([GOOD, *SHIPPED])).splitlines()
    for _ in range(draw(st.integers(1, 4))):
        n = draw(st.integers(0, len(lines) - 1)) if lines else 0
        line, piece = lines[n] if lines else "", draw(pieces)
        key, colon, value = line.partition(":")
        lines[n : n + 1] = draw(
            st.sampled_from(
                [
                    [f"{key}{colon} {piece}"],
                    [f"{piece}{colon}{value}"],
                    [f"{key[:-1]}{colon}{value}"],
                    [f"{key}s{colon}{value}"],
                    [line, line],
                    [],
                    ["  " + line],
                    [line.lstrip()],
                    [line, piece],
                    [f"{line[: len(line) // 2]}{piece}{line[len(line) // 2 :]}"],
                    [line[: len(line) // 2]],
                    [line.replace(" ", "\t", 1)],
                    [line.replace(",", "").replace("}", "")],
                    [line.replace("'", '"', 1).upper()],
                ]
            )
        )
    return "\n".join(lines)


def check(text: str) -> None:
    said(text.encode("utf-8", errors="surrogatepass"))


@settings(max_examples=1250, suppress_health_check=[HealthCheck.too_slow], derandomize=False, database=None)
@given(mutated_levels())
@pytest.mark.parametrize("part", range(8))
@pytest.mark.long
def test_L1_ten_thousand_changed_levels_leave_no_traceback(part: int, text: str) -> None:
    check(text)


def test_the_changes_do_reach_both_ends() -> None:
    """The fuzz would be worthless if every changed level were refused at its first letter, or none were."""
    seen: set[bool] = set()

    @settings(max_examples=40, database=None, suppress_health_check=[HealthCheck.too_slow])
    @given(mutated_levels())
    def look(text: str) -> None:
        seen.add(bool(said(text.encode("utf-8", errors="surrogatepass"))))

    look()
    assert seen == {True, False}
