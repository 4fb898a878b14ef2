"""What a YAML reader's complaint means for the person who wrote the file, and where they should look."""

import re

import yaml

WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
TAB = "a tab stands here; YAML wants spaces, two for each step to the right"
QUOTE = "a quotation mark was opened here and never closed"
INDENT = "this line does not fit under the lines above; use the same number of spaces"
DEEPER = "this line stands further right than the one above, which has its value already; begin both in the same column"
ALSO_TAB = "; line {line} begins with a tab too, where YAML wants spaces"
POINT = "a comma stands between keys; in a number write a point, as 36.5"
COLON = "a colon cannot stand here; begin the line further left, or put quotes around the text that contains ': '"

# Part of the reader's sentence -> what was found and what to do. The first that fits is taken.
SENTENCES = (
    ("mapping values are not allowed", COLON),
    ("expected <block end>", INDENT),
    ("expected key", INDENT),
    ("expected '-' indicator", INDENT),
    ("block entry", "a dash cannot stand here; begin each item of a list on its own line"),
    ("block sequence entries", "a dash cannot stand here; begin each item of a list on its own line"),
    ("node content", "a value was expected here; put quotes around a text that begins with a sign"),
    ("cannot start any token", "this character cannot begin a value; put quotes around the text"),
    ("invalid Unicode", "this escape names no character; write the character itself"),
    ("unknown escape character", "a backslash in double quotes means something special; use single quotes"),
)
# The same for what was begun somewhere and never ended: the beginning is the place to look at.
BEGUN = (
    ("could not find expected ':'", "a line without a colon and a space after it; write 'key: value'"),
    ("unexpected end of stream", QUOTE),
    ("document separator", QUOTE),
    ("document indicator", QUOTE),
    (
        "expected ',' or ']'",
        "the list opened here with '[' is not closed; write ',' between values, and ']' at its end",
    ),
    (
        "expected ',' or '}'",
        "the block opened here with '{' is not closed; write ',' between pairs, and '}' at its end",
    ),
)


def explain(error: yaml.MarkedYAMLError, text: str, line: int, col: int) -> tuple[int, int, str]:
    """(line, column, sentence), both counted from 1; `line`, `col`: how far the reader had come without complaint. The
    reader ends at the first thing amiss; a tab in another line would be the next, and is told with it."""
    lines = text.split("\n")
    line, col, sentence = _first(error, lines, line, col)
    tab = next((n for n, here in enumerate(lines, 1) if n != line and _indented_by_tab(here)), None)
    return line, col, sentence if tab is None else sentence + ALSO_TAB.format(line=tab)


def _first(error: yaml.MarkedYAMLError, lines: list[str], line: int, col: int) -> tuple[int, int, str]:
    said = f"{error.problem or error}"
    found, begun = error.problem_mark, error.context_mark
    if found is not None:
        line, col = found.line + 1, found.column + 1
    if line <= len(lines) and _indented_by_tab(lines[line - 1]):
        return line, 1, TAB
    for part, sentence in BEGUN:
        if part in said:
            return (begun.line + 1, begun.column + 1, sentence) if begun is not None else (line, col, sentence)
    for part, sentence in SENTENCES:
        if part in said:
            deeper = _deeper(lines[:line], col) if sentence is COLON else 0
            return (line, deeper, DEEPER) if deeper else (line, col, sentence)
    return line, col, f"this is not YAML ({said}); write it as plain 'key: value' lines"


def _deeper(lines: list[str], col: int) -> int:
    """The column in which the last line begins, where its first colon stands at `col` and the line above is a key and
    its value, further left: the reader took this line for more of that value. Otherwise 0."""
    key = lines[-1][: col - 1] if lines else ""
    indent = len(key) - len(key.lstrip(" "))
    above = next((before for before in reversed(lines[:-1]) if before.strip()), "")
    above_key, _, above_value = above.partition(": ")
    follows = above_value.strip() and len(above_key) - len(above_key.lstrip(" ")) < indent
    return indent + 1 if follows and WORD.fullmatch(key.strip()) else 0


def _indented_by_tab(line: str) -> bool:
    said = line.lstrip()
    return "\t" in line[: len(line) - len(said)] and said != "" and not said.startswith("#")
