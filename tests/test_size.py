"""The measure of the program's size counts what it says; no test holds the size itself."""

import pytest

from benchmarks.size import Size, lines_in, report, size_of
from tests.borsetshire import ROOT

MODULE = '''\
"""A module
of two lines."""

import os
from pathlib import (
    Path,
)

# A comment.
NUMBER = 3  # which counts
"""What it is."""


def double(number: int) -> int:
    """Two of it."""
    text = """several

    lines"""
    return number * 2 if text else (
        # nothing
        0
    )
'''
TEMPLATE = """\
{# a comment
   of two lines #}
<p>{{ words }}</p> {# and one #}

<!-- not this -->
<b>but this</b>
"""


def test_of_python_neither_blank_lines_nor_comments_docstrings_and_imports_count() -> None:
    assert size_of(MODULE) == Size(lines=22, substance=8, docstrings=4)


def test_of_templates_styles_and_scripts_neither_blank_lines_nor_comments_count() -> None:
    assert lines_in(TEMPLATE) == 2
    assert lines_in("/* one\n two */\na { color: red }\n") == 1
    assert lines_in("// one\nlet a = 'https://b.example';\n  // two\n") == 1


@pytest.mark.thorough
def test_the_report_has_each_package_and_each_language() -> None:
    lines = list(report(ROOT))

    names = [line.split()[0] for line in lines[1:7]]
    assert names == ["generator", "tests", "benchmarks", "Jinja", "CSS", "JS"]
    assert len(lines) == 9 + 10
