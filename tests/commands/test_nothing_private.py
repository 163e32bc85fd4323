"""Where a letter comes from is the office's own: no path, cell, sheet, address or comment goes out.

A marker stands in each of them; in nothing that is made may it be found, however it is packed.
"""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from generator import cli
from tests.borsetshire import AMBRIDGE, BORSETSHIRE, EDITION, INTRODUCTION, build_tree
from tests.spreadsheets.workbooks import AMBRIDGE as AMBRIDGE_NAME
from tests.spreadsheets.workbooks import put, save, workbook

MARKER = "qzmarker"
CELLS = ("ZX31", "ZY31")
"""Where in its sheet the figures of Ambridge stand that are imported."""

A_FILE = "data/2031/authorities/ambridge-district-council.yaml"
INSERT = f"""\
---
# {MARKER}
place: statistics
when: authority.received.total > 3
# {MARKER}
---
This was a busy year.
"""
MARKED = {
    "data/2031/edition.yaml": f"# {MARKER}\n{EDITION}# {MARKER}\n",
    A_FILE: f"# {MARKER}\n"
    + AMBRIDGE.replace(
        "  office:", f"  email: {MARKER}@ambridge.example\n  # {MARKER}\n  office:"
    ).replace("roads: 3, ponds: 14}", f"roads: 1, ponds: 2}} # {MARKER}"),
    "templates/2031/sections/introduction.md": INTRODUCTION,
    "templates/2031/inserts/busy.md": INSERT,
    "templates/letter.html.jinja": f"{{# {MARKER} #}}\n"
    + BORSETSHIRE["templates/letter.html.jinja"],
}


def import_figures(folder: Path) -> None:
    """Import Ambridge's complaints from cells that are not like any other word of a letter."""
    book = workbook({MARKER: []})
    columns, ambridge = ("Authority", "Roads", "Ponds and Ducks"), (AMBRIDGE_NAME, 3, 14)
    for number, row in enumerate((columns, ambridge), start=30):
        put(book[MARKER], [(*[None] * 698, *row)], number)
    save(book, folder / f"{MARKER}.xlsx")
    assert cli.run(["import", f"{MARKER}.xlsx", "--apply", "--quiet"]) == 0
    origins = (folder / "data/2031/origins.json").read_text()
    assert all(f"{MARKER}!{cell}" in origins for cell in CELLS)


def texts(content: bytes) -> Iterator[str]:
    """All that a file says, also what is compressed inside it."""
    yield content.decode("utf-8", "replace")
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name
                yield archive.read(name).decode("utf-8", "replace")
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as document:
            for each in document.objects:
                yield from _texts_of(each)


def _texts_of(each: object) -> Iterator[str]:
    if isinstance(each, pikepdf.Stream):
        yield each.read_bytes().decode("utf-8", "replace")
    if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in each.items():
            yield key
            if not (isinstance(value, pikepdf.Object) and value.is_indirect):
                yield from _texts_of(value)
    elif isinstance(each, pikepdf.Array):
        for value in each:
            if not (isinstance(value, pikepdf.Object) and value.is_indirect):
                yield from _texts_of(value)
    else:
        yield str(each)


@pytest.mark.processes
def test_nothing_of_where_a_letter_comes_from_goes_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / MARKER
    build_tree(folder, MARKED)
    monkeypatch.chdir(folder)
    import_figures(folder)

    assert cli.run(["build", "--quiet"]) == 0
    assert cli.run(["export", "--quiet"]) == 0

    made = [path for path in (folder / "output").rglob("*") if path.is_file()]
    private = (MARKER, *CELLS, "origins.json", ".yaml", "introduction.md")
    assert {path.suffix for path in made} >= {".csv", ".html", ".json", ".pdf", ".txt", ".xlsx"}
    for path in made:
        said = list(texts(path.read_bytes()))
        assert [one for one in private for text in said if one in text] == [], path.name
        if path.stem == "ambridge-district-council":
            assert any(AMBRIDGE_NAME in text for text in said)
