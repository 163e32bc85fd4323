"""The JSON Schemas of the data files, from the models that read them: for editors."""

import json
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic.json_schema import CoreModeRef, CoreRef, DefsRef, GenerateJsonSchema

from generator.edition.authority import authority_model
from generator.edition.comparators import AVERAGES_FILE
from generator.edition.data_files import FileModel
from generator.edition.edition import Edition, edition_model
from generator.edition.languages import IN_LANGUAGES, LANGUAGE
from generator.edition.letterhead import PICTURE_FILE
from generator.edition.load import read_edition
from generator.edition.people import EMAIL
from generator.edition.values import ID, OPERAND, SLUG
from generator.workspace import Workspace

_OF_EDITION = "An edition: the facts of one year."
_OF_AUTHORITY = "An authority's file in the edition of {}."


def edition_schema() -> dict[str, Any]:
    """The schema of `edition.yaml`, the same for every year."""
    return _schema(edition_model(), _OF_EDITION)


def authority_schema(edition: Edition) -> dict[str, Any]:
    """The schema of the authorities' files of an edition; its figures are the edition's."""
    return _schema(authority_model(edition), _OF_AUTHORITY.format(edition.year))


def schema_files(workspace: Workspace, edition: Edition) -> dict[Path, str]:
    """The schemas' files and their texts."""
    models: dict[str, tuple[type[FileModel], str]] = {
        "edition": (edition_model(), _OF_EDITION),
        f"authority-{edition.year}": (
            authority_model(edition),
            _OF_AUTHORITY.format(edition.year),
        ),
    }
    return {
        workspace.schemas / f"{name}.schema.json": _text(model, title, edition.languages)
        for name, (model, title) in models.items()
    }


@lru_cache(maxsize=16)  # each time an edition is loaded they are looked at, and seldom change
def _text(model: type[FileModel], title: str, languages: tuple[str, ...]) -> str:
    return json.dumps(_schema(model, title, languages), ensure_ascii=False, indent=2) + "\n"


def _schema(model: type[FileModel], title: str, languages: tuple[str, ...] = ()) -> dict[str, Any]:
    about = {"$schema": "http://json-schema.org/draft-07/schema#", "title": title}
    schema = model.model_json_schema(schema_generator=_FileSchema)
    if "language" in schema["required"]:
        schema["required"].remove("language")
        schema["oneOf"] = [{"required": ["language"]}, {"required": ["languages"]}]
    return {**about, **_tidied(_in_languages(schema, languages))}


def _in_languages(node: Any, languages: tuple[str, ...]) -> Any:
    """Without the marks of texts, which may be written in each of the languages."""
    if isinstance(node, list):
        return [_in_languages(item, languages) for item in node]
    if not isinstance(node, dict):
        return node
    marked = IN_LANGUAGES in node or IN_LANGUAGES in node.get("items", {})
    inner = {k: _in_languages(v, languages) for k, v in node.items() if k != IN_LANGUAGES}
    if not marked or not languages:
        return inner
    about = {key: inner.pop(key) for key in ("description",) if key in inner}
    each = {
        "type": "object",
        "properties": dict.fromkeys(languages, inner),
        "required": list(languages),
        "additionalProperties": False,
    }
    return {**about, "anyOf": [inner, each]}


class _FileSchema(GenerateJsonSchema):
    """Names the parts of a file as they are named in the schemas that workspaces have."""

    def get_defs_ref(self, core_mode_ref: CoreModeRef) -> DefsRef:
        reference, mode = core_mode_ref
        for name, part in _PARTS.items():
            reference = CoreRef(reference.replace(f".{name}:", f".{part}:"))
        return super().get_defs_ref((reference, mode))


_PARTS = {
    "Addressee": "AddresseeFile",
    "AtMost": "AtMostFile",
    "AuthorityType": "KindFile",
    "FixedWords": "WordsFile",
    "Outliers": "OutliersFile",
    "Signatory": "SignatoryFile",
    "StatedChart": "ChartFile",
    "StatedRow": "RowFile",
    "StatedTable": "TableFile",
}


def _tidied(node: Any) -> Any:
    """Without what only the models know: their Python names, and `null` for a key left out."""
    if isinstance(node, list):
        return [_tidied(item) for item in node]
    if not isinstance(node, dict):
        return node
    tidied = {
        key: _tidied(value)
        for key, value in node.items()
        if not (key in {"title", "default"} and not isinstance(value, dict))
    }
    options = tidied.get("anyOf")
    if options is None or {"type": "null"} not in options:
        return tidied
    left = [option for option in options if option != {"type": "null"}]
    del tidied["anyOf"]
    return {**left[0], **tidied} if len(left) == 1 else {**tidied, "anyOf": left}


Schema = dict[str, Any]

_INTRODUCTION = """\
# The data files

This page is generated from the schemas that the program reads the files with
(`python -m generator.edition.schemas > docs/data-format.md`).
How wording is written is told in [wording.md](wording.md).

The files are YAML, read strictly: every key must be known and may be written once; a number is
written in digits, without quotes; a text is one line; anchors, tags and tabs are refused. A figure
left out or left blank is an error; the word `null` (not `~`, not `NULL`) means *not yet supplied*:
such a letter can be drafted (`--draft`) and not be built. A letter's file is named by its slug
(lower-case letters, digits and hyphens), which names its outputs, too. It is made from the
authority's name, or from one of its aliases: lower case, accents folded, `&` is "and",
apostrophes and full stops dropped, the rest hyphens.

A figure is given (a count up to a billion, or a number with `decimal:` places) or worked out from
others: a bare id is a figure of its own group, `outcomes.upheld` one of any. They may be worked
out themselves; none may need itself, and no rate is a part of another figure. Each is worked out
exactly and rounded once, half up. A rate of nothing is no number: its `none` is printed. `of` a
list is what makes up the whole, the count itself among it; `of` one name is the whole, and in an
authority's file a part that is more than its whole is an error. A group without a `title` is known
to the wording, to rates and to spreadsheets, and is no table.

Where an edition lists `languages`, a printed text is written in each of them, below its key:
`{en-GB: Housing, cy: Tai}`; a list of such texts may be, too. A name may be the same in all.
"""


def format_page(authority: Schema, edition: Schema, year: int) -> str:
    """The page, in Markdown: a table for each part of each file."""
    parts = [_INTRODUCTION]
    parts += _file(f"`data/{year}/edition.yaml`", edition)
    parts += _file(f"`data/{year}/authorities/<slug>.yaml`", authority)
    return "\n".join(parts)


def _file(title: str, schema: Schema) -> Iterator[str]:
    yield f"## {title}\n"
    yield f"{schema['description']}\n"
    yield _table(schema, schema)
    told: list[Schema] = []
    for name, part in _parts(schema, schema):
        if part["properties"] in told:  # the same, under another name
            continue
        told.append(part["properties"])
        yield f"### {name}\n"
        yield f"{part['description']}\n"
        yield _table(part, schema)


def _parts(node: Schema, root: Schema) -> Iterator[tuple[str, Schema]]:
    """The parts of a file that are keys and values themselves, in the order they come up."""
    for key, field in node["properties"].items():
        for part in _objects(field, root):
            title = part.get("description", "")
            about = field.get("description", title)
            yield f"`{key}`", {**part, "description": title or about}
            yield from ((f"{n} of `{key}`", p) for n, p in _parts(part, root))


def _objects(field: Any, root: Schema) -> Iterator[Schema]:
    """The parts with named keys that a field's value may be."""
    if isinstance(field, dict):
        resolved = _resolved(field, root)
        if "properties" in resolved:
            yield resolved
            return
        for value in resolved.values():
            yield from _objects(value, root)
    elif isinstance(field, list):
        for value in field:
            yield from _objects(value, root)


def _table(part: Schema, root: Schema) -> str:
    rows = ["| key | | expected | what it is |", "| --- | --- | --- | --- |"]
    for key, field in part["properties"].items():
        need = "" if key in part.get("required", []) else "optional"
        about = field.get("description") or _resolved(field, root).get("description", "")
        names = _NAMES if part is root else {**_NAMES, "figures": ("figure",)}
        expected = _cell(_expected(field, root, names.get(key, ())))
        rows.append(f"| `{key}` | {need} | {expected} | {_cell(about)} |")
    return "\n".join(rows) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _resolved(field: Schema, root: Schema) -> Schema:
    """The field, or the definition that it refers to."""
    reference = field.get("$ref")
    return root["$defs"][reference.rpartition("/")[2]] if reference else field


def _expected(field: Schema, root: Schema, keys: Sequence[str] = ()) -> str:
    """What a field expects; `keys` says what the names in it are names of."""
    field = _resolved(field, root)
    if "examples" in field:
        return " or ".join(field["examples"])
    if "anyOf" in field:
        kinds = (_expected(option, root, keys) for option in field["anyOf"])
        return " or ".join(dict.fromkeys(kind for kind in kinds if kind != "null"))
    if "enum" in field or "const" in field:
        known = field.get("enum", [field.get("const")])
        return " or ".join(f"`{str(value).lower() if value is True else value}`" for value in known)
    if "pattern" in field:
        return _PATTERNS[field["pattern"]]
    match field.get("type"):
        case "object" if "properties" in field:
            return "keys and values, below"
        case "object":
            inside = [
                *field.get("patternProperties", {}).values(),
                field.get("additionalProperties"),
            ]
            key, *below = keys or ("name",)
            return f"for each {key}: {_expected(inside[0], root, below)}"
        case "array":
            return f"list of {_expected(field.get('items', {}), root, keys)}"
        case [*several]:
            return " or ".join(_KINDS[kind] for kind in several)
        case kind:
            return _KINDS.get(str(kind), "text")


_KINDS = {
    "boolean": "true or false",
    "integer": "whole number",
    "null": "null",
    "number": "number",
    "string": "text",
}
_PATTERNS = {
    r"^\d{4}-\d\d-\d\d$": "day, such as 2018-07-18",
    f"^{LANGUAGE}$": "language, such as en-GB",
    EMAIL: "email address",
    f"^{ID}$": "name_with_underscores",
    f"^{OPERAND}$": "figure, such as upheld or outcomes.upheld",
    f"^{SLUG}$": "name-with-hyphens",
    f"^{PICTURE_FILE}$": "file, such as logo.svg",
    f"^{AVERAGES_FILE}$": "file, such as averages.yaml",
}
"""What each pattern of the schemas means; one that is not here is an error, never a guess."""
_NAMES = {
    "kinds": ("kind",),
    "figures": ("group",),
    "columns": ("figure",),
    "tables": ("table",),
    "charts": ("chart",),
    "usually": ("group",),
    "national": ("group", "figure"),
    "plurals": ("noun", "form"),
    "inserts": ("insert", "value"),
}
"""What the names within a key are names of."""


def main(folder: Path) -> None:
    """Print the page for the newest edition of the workspace in a folder."""
    edition, problems = read_edition(Workspace(folder).edition())
    if edition is None:
        sys.exit("\n".join(problem.message for problem in problems))
    sys.stdout.write(format_page(authority_schema(edition), edition_schema(), edition.year))


if __name__ == "__main__":
    main(Path.cwd())
