"""A year is data: nothing that is peculiar to the letters of 2018 stands in the program.

Left out are examples, whose figures may be called the same; typefaces, which are others'; and the
usual labels of columns in spreadsheets, which are data.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml

from tests.borsetshire import ROOT
from tests.reference.issued import ISSUED

GENERATOR = ROOT / "generator"
LEFT_OUT = ("assets/examples/", "assets/fonts/", "spreadsheets/column_labels.toml")
RUN = 5
"""So many of the issued letters' words in a row are no chance."""
EDITION = yaml.safe_load((ROOT / "data/2018/edition.yaml").read_text(encoding="utf-8"))


WORD = r"[^\W\d_]+(?:'[^\W\d_]+)*"


def words(text: str, pattern: str = WORD) -> list[str]:
    """The words of a text, however they are held together: `not_upheld`, `NotUpheld`."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text.replace("’", "'"))
    return re.findall(pattern, apart.casefold())


def named(text: str) -> str:
    """The words of a text, and a mark where more than `-`, `_` or a line's end divides them."""
    return " ".join(["", *words(text, WORD + r"|[^\w\s#*-]"), ""])


@cache
def program() -> dict[str, str]:
    """Each of the program's own text files, by its path."""
    paths = {path: path.relative_to(GENERATOR).as_posix() for path in GENERATOR.rglob("*")}
    return {
        name: path.read_text(encoding="utf-8")
        for path, name in paths.items()
        if path.is_file() and "__pycache__" not in name and not name.startswith(LEFT_OUT)
    }


def texts_in(data: Any) -> Iterator[str]:
    """All the texts in some YAML that are values."""
    if isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from texts_in(value)
    else:
        yield str(data)


def peculiar() -> set[str]:
    """What the edition calls things in two words or more, its fixed words, its authorities."""
    figures = EDITION["figures"]
    ids = {*figures, *(name for group in figures.values() for name in group["columns"])}
    said = texts_in([EDITION[key] for key in ("figures", "words", "signatory", "subject")])
    files = [path.stem for path in (ROOT / "templates/2018").glob("*/*.md")]
    texts = [named(re.sub(r"{{.*?}}", "", text)) for text in (*ids, *said, *files)]
    kind = r"-(metropolitan-borough|borough|district)?-?council$"
    slugs = [path.stem for path in (ROOT / "data/2018/authorities").iterdir()]
    several = {text for text in texts if len(words(text)) > 1 and text != named("N/A")}
    return several | {named(re.sub(kind, "", slug)) for slug in slugs}


def runs(text: str) -> set[str]:
    """Every few words in a row."""
    said = words(text)
    return {" ".join(said[at : at + RUN]) for at in range(len(said) - RUN + 1)}


def test_nothing_of_the_edition_stands_in_the_program() -> None:
    texts = {name: named(text) for name, text in program().items()}

    assert len(peculiar()) > 30
    assert len(texts) > 200
    for name in peculiar():
        assert [path for path, text in texts.items() if name in text] == [], name


def test_no_words_of_the_issued_letters_stand_in_the_program() -> None:
    issued = {run for text in ISSUED.values() for run in runs(text)}

    assert len(issued) > 1000
    for path, text in program().items():
        assert runs(text) & issued == set(), path


@pytest.mark.parametrize("written", ["not_upheld", "not-upheld", "NotUpheld", "# Not\n# upheld"])
def test_a_name_is_found_however_it_is_written(written: str) -> None:
    assert named("not_upheld") in named(f"x = {written}")
    assert named("Not Upheld") in peculiar()
    assert named("not_upheld") not in named('not("upheld")')
