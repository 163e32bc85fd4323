from pathlib import Path

import pytest

from generator.edition.load import load_data
from generator.edition.schemas import schema_files
from tests.borsetshire import build_tree
from tests.checks.years import found


@pytest.mark.parametrize("content", [b"{}\n", b"\xff"], ids=["another schema", "no text"])
def test_a_stale_schema_is_a_warning(tmp_path: Path, content: bytes) -> None:
    folders = build_tree(tmp_path, {"data/schemas/edition.schema.json": content})

    assert found(folders, "stale-schema") == [
        "data/schemas/edition.schema.json: warning: no longer fits the edition, so editors "
        'underline wrongly; run "letters schema"'
    ]


def test_schemas_that_fit_or_are_not_there_are_no_problem(tmp_path: Path) -> None:
    folders = build_tree(tmp_path)
    edition = load_data(folders).edition
    assert edition is not None
    assert found(folders, "stale-schema") == []

    for path, text in schema_files(folders.workspace, edition).items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert found(folders, "stale-schema") == []
