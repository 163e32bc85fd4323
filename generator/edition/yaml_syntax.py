"""What the YAML parser could not read, in plain words and where a person would look for it."""

import re
from collections.abc import Sequence

import yaml

NEEDS_QUOTES = "a value that begins with {{ needs quotes around it"
_OPENED = ("quoted scalar", "block scalar", "parsing a flow", "simple key")
_MISFIT = "this line does not fit the lines above it; mind its indent"
_NO_SPACE = "a space is missing after the colon"
_KEY_WITHOUT_SPACE = re.compile(r" *[a-z0-9_-]+(:)[^ :]")


def explain_syntax(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> tuple[int, int, str]:
    """Line, column (from 1) and what is wrong and to be done there.

    The parser reports where it could not go on. What was opened and never closed is found at its
    beginning, and a key without a space after its colon is found on its own line.
    """
    said = f"{error.problem or ''} {error.context or ''}"
    opened = any(sign in said for sign in _OPENED)
    mark = (opened and error.context_mark) or error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    for number in (line, line - 1):
        without_space = 0 <= number < len(lines) and _KEY_WITHOUT_SPACE.match(lines[number])
        if without_space and ("mapping values" in said or "simple key" in said):
            return number + 1, without_space.end(1), _NO_SPACE
    if line >= len(lines):  # the parser counts a line after the last
        line, column = len(lines) - 1, len(lines[-1])
    before = lines[line][:column].strip()
    return line + 1, column + 1, _in_plain_words(said, before)


def _in_plain_words(said: str, before: str) -> str:
    if "did not find expected key" in said and before:
        return NEEDS_QUOTES if "{{" in before else _AFTER_VALUE
    if "mapping values are not allowed" in said and ": " not in before:
        return _MISFIT
    return next((words for sign, words in _PLAIN_WORDS if sign in said), f"not YAML: {said}")


_AFTER_VALUE = (
    "something follows the end of a value; remove it, put the whole value in quotes, "
    "or close the quotation mark that is open"
)
_QUOTE = "a quotation mark is opened and never closed"
_SIGN = "a value cannot begin with this sign; put the value in quotes"
_DIRECTIVE = "a line cannot begin with %; remove it"
_TAG = "a value cannot begin with !; put the value in quotes"
_ESCAPE = "an unknown escape after a backslash; use 'single quotes' around the text"
_PLAIN_WORDS = [
    ("mapping values are not allowed", "a second colon in this line; put the value in quotes"),
    ("unexpected end of stream", _QUOTE),
    ("unexpected document indicator", _QUOTE),
    ("could not find expected ':'", "expected a key, a colon and a space here"),
    ("did not find expected key", _MISFIT),
    ("did not find expected '-'", "this line does not fit the list above it; mind its indent"),
    ("while parsing a flow", "a bracket is opened and never closed, or a comma is missing"),
    ("cannot start any token", _SIGN),
    ("block sequence entries", _SIGN),
    ("mapping keys are not allowed", _SIGN),
    ("while scanning a block scalar", _SIGN),
    ("did not find expected node content", "expected a value here"),
    ("unexpected ':'", "a colon inside a value; put the value in quotes"),
    ("while scanning an alias", "a value cannot begin with *; put the value in quotes"),
    ("while scanning an anchor", "a value cannot begin with &; put the value in quotes"),
    ("a tag", _TAG),
    ("directive", _DIRECTIVE),
    ("incompatible YAML document", _DIRECTIVE),
    ("<document start>", "nothing may follow here; remove the lines from here on"),
    ("escape", _ESCAPE),
    ("hexdecimal", _ESCAPE),
]
