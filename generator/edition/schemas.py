"""The JSON Schemas of the data files, from the models that read them: for editors."""

import json
from pathlib import Path
from typing import Any

from generator.edition.authority_file import authority_model
from generator.edition.edition import Edition
from generator.edition.edition_file import edition_model
from generator.workspace import Workspace


def edition_schema() -> dict[str, Any]:
    """The schema of `edition.yaml`, the same for every year."""
    return _schema(edition_model().model_json_schema(), "An edition: the facts of one year.")


def authority_schema(edition: Edition) -> dict[str, Any]:
    """The schema of the authorities' files of an edition; its figures are the edition's."""
    schema = authority_model(edition).model_json_schema()
    return _schema(schema, f"An authority's file in the edition of {edition.year}.")


def schema_files(workspace: Workspace, edition: Edition) -> dict[Path, str]:
    """The schemas' files and their texts."""
    schemas = {
        "edition.schema.json": edition_schema(),
        f"authority-{edition.year}.schema.json": authority_schema(edition),
    }
    return {
        workspace.schemas / name: json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in schemas.items()
    }


def _schema(schema: dict[str, Any], title: str) -> dict[str, Any]:
    about = {"$schema": "http://json-schema.org/draft-07/schema#", "title": title}
    return {**about, **_tidied(schema)}


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
