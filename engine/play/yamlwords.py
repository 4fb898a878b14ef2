"""What a YAML reader's complaint means for the person who wrote the file."""

import yaml

THIS_LINE = "this line does not fit under the lines above; use the same number of spaces"

# Part of PyYAML's sentence -> what was found and what to do. The first that fits is taken.
SENTENCES = (
    ("'\\t'", "a tab stands here; YAML wants spaces, two for each step to the right"),
    (
        "mapping values are not allowed",
        "a colon cannot stand here; begin the line further left, or put quotes around the text that contains ': '",
    ),
    ("could not find expected ':'", "a line without a colon; write 'key: value'"),
    ("expected <block end>", THIS_LINE),
    ("expected key", THIS_LINE),
    ("expected '-' indicator", THIS_LINE),
    ("expected the node content", "a value was expected here; put quotes around text that begins with a sign"),
    ("expected ',' or ']'", "the list opened with '[' is not closed; write ',' between its values and ']' at its end"),
    ("expected ',' or '}'", "the block opened with '{' is not closed; write ',' between its pairs and '}' at its end"),
    ("unexpected end of stream", "a quotation mark was opened and never closed"),
    ("document separator", "a quotation mark was opened and never closed"),
    ("document indicator", "a quotation mark was opened and never closed"),
    ("cannot start any token", "this character cannot begin a value; put quotes around the text"),
    ("invalid Unicode", "this escape names no character; write the character itself"),
    ("unknown escape character", "a backslash in double quotes means something special; use single quotes"),
    ("block entry", "a dash cannot stand here; begin each item of a list on its own line"),
)


def explain(error: yaml.MarkedYAMLError, text: str) -> str:
    """One sentence: what was found and what to write instead."""
    said = f"{error.problem or error}"
    for part, sentence in SENTENCES:
        if part in said:
            opened = error.context_mark
            at_start = opened is not None and error.problem_mark is not None and opened.line != error.problem_mark.line
            return f"{sentence} (it began in line {opened.line + 1})" if opened is not None and at_start else sentence
    if _tab_in_indent(error, text):
        return SENTENCES[0][1]
    return f"this is not YAML: {said}"


def _tab_in_indent(error: yaml.MarkedYAMLError, text: str) -> bool:
    if error.problem_mark is None:
        return False
    lines = text.splitlines()
    line = lines[error.problem_mark.line] if error.problem_mark.line < len(lines) else ""
    return "\t" in line[: len(line) - len(line.lstrip())]
