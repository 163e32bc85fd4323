"""The schemas that editors read: they take every real file, and refuse what the program refuses."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from generator.edition.edition import Edition
from generator.edition.load import load_data
from generator.edition.schemas import (
    authority_schema,
    edition_schema,
    schema_files,
)
from generator.workspace import Workspace
from tests.borsetshire import ROOT

REAL = Workspace(ROOT)
AUTHORITIES = sorted(REAL.edition(2018).authorities.glob("*.yaml"))
FILES = [REAL.edition(2018).edition_file, *AUTHORITIES]
MODELINE = "# yaml-language-server: $schema="


class PlainLoader(yaml.SafeLoader):
    """As YAML 1.2 has it: a day is a text."""


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def plain(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=PlainLoader)
    return loaded


@pytest.fixture(scope="module")
def edition() -> Edition:
    data = load_data(REAL.edition(2018))
    assert data.problems == []
    assert data.edition is not None
    return data.edition


def refused(schema: dict[str, Any], document: Any) -> list[str]:
    """Where in the document an editor underlines something."""
    validator = jsonschema.Draft7Validator(schema)
    return sorted(
        "/".join(map(str, error.absolute_path)) for error in validator.iter_errors(document)
    )


def test_the_five_letters_have_files() -> None:
    assert len(AUTHORITIES) == 5


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_begins_with_the_line_that_names_its_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]

    assert first.startswith(MODELINE)
    schema = json.loads((path.parent / first.removeprefix(MODELINE)).read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    assert refused(schema, plain(path)) == []


def test_the_committed_schemas_are_not_stale(edition: Edition) -> None:
    files = schema_files(REAL, edition)

    assert sorted(path.name for path in files) == [
        "authority-2018.schema.json",
        "edition.schema.json",
    ]
    assert {path: path.read_text(encoding="utf-8") for path in files} == files


LUTON = REAL.edition(2018).authorities / "luton-borough-council.yaml"
MISTAKES = [
    pytest.param("uphled", 3, ["decided"], id="mistyped key"),
    pytest.param("upheld", -3, ["decided/upheld"], id="negative"),
    pytest.param("upheld", 2.5, ["decided/upheld"], id="fraction"),
    pytest.param("upheld", "17", ["decided/upheld"], id="text"),
    pytest.param("upheld", 1_000_000_001, ["decided/upheld"], id="too large"),
    pytest.param("uphold_rate", "many", ["decided/uphold_rate"], id="no rate"),
    pytest.param("uphold_rate", [65], ["decided/uphold_rate"], id="list for a rate"),
    pytest.param("uphold_rate", 65, [], id="rate without its sign"),
    pytest.param("uphold_rate", "N/A", [], id="the word for none"),
    pytest.param("uphold_rate", None, [], id="rate not stated"),
    pytest.param("upheld", None, [], id="not yet supplied"),
]


@pytest.mark.parametrize(("key", "value", "expected"), MISTAKES)
def test_what_an_editor_underlines(
    edition: Edition, key: str, value: object, expected: list[str]
) -> None:
    luton = plain(LUTON)
    luton["decided"][key] = value

    assert refused(authority_schema(edition), luton) == expected


def test_a_missing_figure_is_underlined(edition: Edition) -> None:
    luton = plain(LUTON)
    del luton["decided"]["upheld"]

    assert refused(authority_schema(edition), luton) == ["decided"]


def test_a_mistyped_key_of_the_edition_is_underlined(edition: Edition) -> None:
    document = plain(edition.path)
    document["words"]["mast_head"] = document["words"].pop("masthead")

    assert refused(edition_schema(), document) == ["words", "words"]
