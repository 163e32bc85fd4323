"""The files attached to a letter hold its figures and its words, and nothing of the machine."""

import csv
import datetime
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from generator.letter.letter import Block, Composition, Letter, PrintedFigure
from generator.letter.printed_table import (
    ChartPart,
    PrintedChart,
    PrintedColumn,
    PrintedRow,
    PrintedTable,
)
from generator.rendering.record import (
    FIGURES_FILE,
    RECORD_FILE,
    RecordError,
    attached_files,
    figures_csv,
    read_record,
    record_json,
    record_of,
)
from tests.borsetshire import ROOT
from tests.hard_letters import each_letter, hard_letter
from tests.real_letters import LUTON
from tests.structure_trees import open_pdf

PLAIN = "a plain letter"


@cache
def opened(name: str) -> pikepdf.Pdf:
    return open_pdf(hard_letter(name).pdf)


def attachments(name: str) -> dict[str, Any]:
    """The file specifications of a letter's PDF, by the file's name."""
    names = list(opened(name).Root.Names.EmbeddedFiles.Names)
    return {str(k): v for k, v in zip(names[::2], names[1::2], strict=True)}


def content_of(attachment: Any) -> bytes:
    return bytes(attachment.EF.F.read_bytes())


def rows_of(name: str) -> list[list[str]]:
    return list(
        csv.reader(
            io.StringIO(figures_csv(record_of(hard_letter(name).letter)).decode("utf-8-sig"))
        )
    )


# In the PDF


@each_letter
def test_every_letter_carries_its_figures_and_its_record(name: str) -> None:
    record = record_of(hard_letter(name).letter)

    found = {file: content_of(attachment) for file, attachment in attachments(name).items()}

    assert found == {FIGURES_FILE: figures_csv(record), RECORD_FILE: record_json(record)}


@pytest.mark.parametrize(
    ("file", "kind"), [(FIGURES_FILE, "/text/csv"), (RECORD_FILE, "/application/json")]
)
def test_they_are_declared_as_the_letters_data_of_its_day(file: str, kind: str) -> None:
    attachment = attachments(LUTON)[file]

    assert str(attachment.AFRelationship) == "/Data"
    assert str(attachment.UF) == str(attachment.F) == file
    assert str(attachment.Desc) != ""
    assert str(attachment.EF.F.Subtype) == kind
    assert str(attachment.EF.F.Params.CreationDate) == "D:20180718000000Z"
    assert str(attachment.EF.F.Params.ModDate) == "D:20180718000000Z"
    assert int(attachment.EF.F.Params.Size) == len(content_of(attachment))
    assert {a.objgen for a in opened(LUTON).Root.AF} >= {attachment.objgen}


# figures.csv


def test_the_csv_has_a_row_for_each_figure_sums_and_rates_too() -> None:
    assert rows_of(PLAIN) == [
        ["authority", "group", "id", "label", "kind", "value"],
        ["ambridge-district-council", "received", "roads", "Roads", "count", "3"],
        ["ambridge-district-council", "received", "ponds", "Ponds and Ducks", "count", "14"],
        ["ambridge-district-council", "received", "total", "Total", "sum", "17"],
        ["ambridge-district-council", "decided", "advice_given", "Advice Given", "count", "1"],
        ["ambridge-district-council", "decided", "not_upheld", "Not Upheld", "count", "5"],
        ["ambridge-district-council", "decided", "upheld", "Upheld", "count", "3"],
        ["ambridge-district-council", "decided", "uphold_rate", "Uphold Rate", "percent", "38"],
        ["ambridge-district-council", "decided", "total", "Total", "sum", "9"],
        ["ambridge-district-council", "remedied", "by_us", "by us", "count", "2"],
        ["ambridge-district-council", "remedied", "by_authority", "by the authority", "count", "1"],
    ]


@pytest.mark.parametrize(
    ("name", "figure", "value"),
    [
        ("zero figures", "roads", "0"),
        ("zero figures", "uphold_rate", ""),
        ("no rate", "uphold_rate", ""),
        ("four-digit figures", "roads", "8765"),
        ("a draft with gaps", "upheld", ""),
    ],
)
def test_values_are_whole_numbers_and_empty_where_there_is_none(
    name: str, figure: str, value: str
) -> None:
    assert [row[5] for row in rows_of(name) if row[2] == figure] == [value]


# letter.json


@each_letter
def test_a_record_reads_back_as_it_was_written(name: str) -> None:
    record = record_of(hard_letter(name).letter)

    assert read_record(record_json(record)) == record


def test_the_record_says_who_what_and_how_it_was_worded() -> None:
    record = record_of(hard_letter("several addressees").letter)

    assert (record.year, record.language, record.draft) == (2031, "en-GB", False)
    assert record.slug == "ambridge-district-council"
    assert record.authority == "Ambridge District Council"
    assert record.addressee == (
        "Walter Gabriel",
        "Ida Archer",
        "Chief Executive",
        "Ambridge District Council",
    )
    assert record.salutation == "Dear Walter and Ida,"
    assert record.title == "Annual letter 2031: Ambridge District Council"
    assert record.figures[4] == PrintedFigure(
        "decided", "not_upheld", "Not Upheld", "5", 5, "count", "Investigations"
    )
    assert record.figures[6].text == "38%"
    assert record.blocks[-1].group == "remedied"
    paragraph = next(block for block in record.blocks if block.address == "statistics/2")
    wording = (
        'We received {{ authority.received.total | count("complaint") }} about the '
        "{{ authority.noun }}."
    )
    assert paragraph == Block(
        "statistics",
        "paragraph",
        "We received 17 complaints about the council.",
        Composition(wording, "section"),
        number=2,
    )


def test_a_letter_and_its_record_are_the_same_but_for_the_places() -> None:
    """A record does not tell them, since council officers read it; values are told by words."""
    letter = hard_letter("an insert of pages").letter

    record = read_record(record_json(letter))

    assert len(record.passages) == len(letter.passages) > 10
    for made, read in zip(letter.blocks, record.blocks, strict=True):
        known = {"role", "address", "text", "wording", "origin", "insert", "group", "values"}
        assert {k: getattr(read, k) for k in known} == {k: getattr(made, k) for k in known}
        assert read.place is None
    for printed, figure in zip(letter.figures, record.figures, strict=True):
        assert {**vars(printed), **vars(figure)} == {**vars(printed), "place": None}
    assert record.titles == letter.titles
    assert record.titles["decided"] == "Decisions made"
    assert not {passage.role for passage in record.passages} & {"table", "table_title"}


FORMLESS = "is damaged: it does not fit its schema version"


def test_a_record_of_version_1_is_read() -> None:
    """As the program wrote it before there was a version 2: Luton's letter of 2018."""
    content = (ROOT / "tests/reference/luton-letter-version-1.json").read_bytes()
    assert json.loads(content)["schema_version"] == 1

    assert read_record(content) == record_of(hard_letter(LUTON).letter)


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda d: d["blocks"][3].pop("wording"), 'lacks "wording"'),
        (lambda d: d["blocks"][3].pop("text"), 'lacks "text"'),
        (lambda d: d["edition"].pop("year"), 'lacks "year"'),
        (lambda d: d.update(draft=0), 'has 0 as "draft"; expected true or false'),
        (lambda d: d.pop("blocks"), 'lacks "blocks"'),
        (lambda d: d.update(edition=7), "is damaged: it does not fit its schema version"),
        (
            lambda d: d["blocks"][3].update(address="x"),
            "is damaged: it does not fit its schema version",
        ),
        (lambda d: d["blocks"][3].pop("role"), 'lacks "role"'),
    ],
)
def test_a_broken_record_of_version_1_says_so(
    spoil: Callable[[dict[str, Any]], Any], expected: str
) -> None:
    data = json.loads((ROOT / "tests/reference/luton-letter-version-1.json").read_bytes())
    spoil(data)

    with pytest.raises(RecordError) as failed:
        read_record(json.dumps(data).encode())

    assert str(failed.value) == f"its record (letter.json) {expected}"


def test_what_only_the_office_knows_is_not_taken_from_a_record() -> None:
    """Whoever made a PDF could write anything into it, and a place is shown to be opened."""
    record = record_of(hard_letter(PLAIN).letter)
    data = json.loads(record_json(record))
    place = {"path": "/etc/passwd", "line": 1, "column": 1}
    data["reading"] = {"source": "text", "path": "/etc/passwd", "unread": ["all"]}
    for each in (*data["blocks"], *data["figures"]):
        each.update(place=place, former_id="other")
    for block in data["blocks"]:
        block["composition"]["values"] = [["authority.name", "other"]]

    assert read_record(json.dumps(data).encode()) == record


def test_the_words_of_inserts_say_so() -> None:
    blocks = record_of(hard_letter("an insert of pages").letter).blocks

    assert {block.origin for block in blocks if block.insert} == {"insert"}
    assert {block.insert for block in blocks if block.origin == "insert"} == {"ponds"}


def test_a_later_versions_record_with_more_keys_is_read() -> None:
    record = record_of(hard_letter(PLAIN).letter)
    data = json.loads(record_json(record))
    compositions = [block["composition"] for block in data["blocks"]]
    for each in (data, *data["figures"], *data["blocks"], *compositions):
        each["invented_later"] = {"by": ["someone"]}
    data["schema_version"] = 99

    assert read_record(json.dumps(data).encode()) == record


Break = Callable[[dict[str, Any]], Any]

BROKEN: dict[str, tuple[Break, str]] = {
    "no year": (lambda d: d.pop("year"), 'lacks "year"'),
    "no version": (lambda d: d.pop("schema_version"), 'lacks "schema_version"'),
    "a year in words": (
        lambda d: d.update(year="2031"),
        'has "2031" as "year"; expected a whole number',
    ),
    "a version in words": (
        lambda d: d.update(schema_version="two"),
        'has "two" as "schema_version"; expected a whole number',
    ),
    "addressees as one text": (
        lambda d: d.update(addressee="Walter"),
        'has "Walter" as "addressee"; expected a list',
    ),
    "an addressee that is a number": (
        lambda d: d["addressee"].append(7),
        'has 7 as one of "addressee"; expected a text',
    ),
    "a draft that is a number": (
        lambda d: d.update(draft=0),
        'has 0 as "draft"; expected true or false',
    ),
    "a figure that is a number": (
        lambda d: d["figures"].append(7),
        'has 7 as one of "figures"; expected an object',
    ),
    "a figure without a label": (
        lambda d: d["figures"][0].pop("label"),
        'lacks "label"',
    ),
    "a figure without a value": (
        lambda d: d["figures"][0].pop("value"),
        'lacks "value"',
    ),
    "a figure that is true": (
        lambda d: d["figures"][0].update(value=True),
        'has true as "value"; expected a whole number',
    ),
    "a figure that is no whole number": (
        lambda d: d["figures"][0].update(value=1.5),
        'has 1.5 as "value"; expected a whole number',
    ),
    "a block without text": (
        lambda d: d["blocks"][3].pop("text"),
        'lacks "text"',
    ),
    "a block of two inserts": (
        lambda d: d["blocks"][3]["composition"].update(insert=["ponds", "ducks"]),
        'has ["ponds", "ducks"] as "insert"; expected a text',
    ),
    "a block without a wording": (
        lambda d: d["blocks"][3]["composition"].pop("wording"),
        'lacks "wording"',
    ),
    "a composition that is a text": (
        lambda d: d["blocks"][3].update(composition="words"),
        'has "words" as "composition"; expected an object',
    ),
    "blocks by name": (lambda d: d.update(blocks={}), 'has {} as "blocks"; expected a list'),
    "half of a character": (
        lambda d: d.update(language="\ud800"),
        "is damaged: it is not text",
    ),
}

CONTRADICTIONS: dict[str, tuple[Break, str]] = {
    "another addressee": (
        lambda d: d.update(addressee=["Joe Grundy"]),
        "addressee",
    ),
    "another greeting": (
        lambda d: d.update(salutation="Dear Joe,"),
        "salutation",
    ),
    "another title": (
        lambda d: d.update(title="Annual letter 2031: Felpersham City Council"),
        "title",
    ),
    "no closing": (
        lambda d: d.update(blocks=[b for b in d["blocks"] if b["role"] != "closing"]),
        "closing",
    ),
    "a table without figures": (
        lambda d: d.update(figures=[f for f in d["figures"] if f["group"] != "decided"]),
        "figures",
    ),
    "a figure of no table": (
        lambda d: d["figures"].append({**d["figures"][0], "id": "geese"}),
        "figures",
    ),
    "a figure twice": (lambda d: d["figures"].append(d["figures"][0]), "figures"),
    "a title without its table": (
        lambda d: d.update(
            blocks=[b for b in d["blocks"] if b["group"] != "decided" or b["table"] is None]
        ),
        "figures",
    ),
    "a title over another table": (
        lambda d: next(b for b in d["blocks"] if b["role"] == "table_title").update(
            group="decided"
        ),
        "titles of the tables",
    ),
    "a row that is too short": (
        lambda d: next(b for b in d["blocks"] if b["table"])["table"]["rows"][0]["texts"].pop(),
        "tables",
    ),
    "a table without rows": (
        lambda d: next(b for b in d["blocks"] if b["table"])["table"].update(rows=[]),
        "tables",
    ),
    "a table twice": (
        lambda d: d["blocks"].append(next(b for b in d["blocks"] if b["table"])),
        "tables",
    ),
    "a table that is not told": (
        lambda d: next(b for b in d["blocks"] if b["table"]).update(table=None),
        "tables",
    ),
    "a block of which only the words are known": (
        lambda d: d["blocks"][3].update(composition=None),
        "wording",
    ),
}

BROKEN |= {
    case: (spoil, f"contradicts itself about the {what}")
    for case, (spoil, what) in CONTRADICTIONS.items()
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_record_says_what_is_wrong_with_it(case: str) -> None:
    spoil, expected = BROKEN[case]
    data = json.loads(record_json(record_of(hard_letter(PLAIN).letter)))
    spoil(data)

    with pytest.raises(RecordError) as failed:
        read_record(json.dumps(data).encode())

    assert str(failed.value) == f"its record (letter.json) {expected}"


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"a": ' + b"9" * 5000 + b"}"],
    ids=["empty", "half", "not UTF-8", "nested without end", "a number without end"],
)
def test_what_is_not_json_says_so(content: bytes) -> None:
    with pytest.raises(RecordError, match=r"^its record .* is damaged: it is not JSON$"):
        read_record(content)


@pytest.mark.parametrize("content", [b"[]", b"null", b'"letter"'])
def test_json_of_another_kind_is_refused(content: bytes) -> None:
    with pytest.raises(RecordError, match="as everything; expected an object"):
        read_record(content)


# What is not in them


@each_letter
def test_nothing_of_the_machine_and_no_address_of_a_person_is_in_them(name: str) -> None:
    letter = hard_letter(name).letter
    folders = {str(f) for block in letter.blocks for f in block.place.path.parents} - {"/"}
    private = {*folders, str(ROOT), str(Path.home())}
    assert len(private) > 5

    for file in attached_files(letter):
        text = file.content.decode()
        assert [each for each in private if each in text] == []
        assert re.findall(r"\S+@\S+|[A-Za-z]:\\|file:|\.yaml|\.md\b", text) == []


def test_a_record_without_tables_has_those_of_its_figures() -> None:
    """As the program wrote it when a table was one row of the figures of a group."""
    record = record_of(hard_letter(PLAIN).letter)
    data = json.loads(record_json(record))
    for block in data["blocks"]:
        del block["table"]

    assert read_record(json.dumps(data).encode()) == record


def test_every_key_that_is_written_is_documented() -> None:
    page = (ROOT / "docs/letter-record.md").read_text()
    documented = set(re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE))
    letters = (hard_letter(name).letter for name in ("an insert of pages", "charts"))
    data = [json.loads(record_json(record_of(letter))) for letter in letters]

    assert documented == {key for each in data for key in _keys(each)}
    never = {"place", "former_id", "reading", "header"}  # which is written as `head`
    for above, model in (
        ("", Letter),
        ("figures[].", PrintedFigure),
        ("blocks[].", Block),
        ("blocks[].composition.", Composition),
        ("blocks[].table.", PrintedTable),
        ("blocks[].table.columns[].", PrintedColumn),
        ("blocks[].table.rows[].", PrintedRow),
        ("blocks[].chart.", PrintedChart),
        ("blocks[].chart.parts[].", ChartPart),
    ):
        names = {part.name for part in fields(model)} - never - {"composition"}
        assert {f"{above}{name}" for name in names} <= documented


def _keys(data: Any, above: str = "") -> list[str]:
    if isinstance(data, list):
        return [key for each in data if isinstance(each, dict) for key in _keys(each, f"{above}[]")]
    found = []
    for key, value in data.items():
        name = f"{above}.{key}".lstrip(".")
        found += _keys(value, name) if isinstance(value, dict) else [name]
        found += _keys(value, name) if isinstance(value, list) else []
    return found


# The same bytes

SAME = (LUTON, "an insert of pages", "a picture")

_PRINT = """\
import hashlib, sys
from pathlib import Path
from tests.hard_letters import make_in
for name in sys.argv[2:]:
    pdf = make_in(Path(sys.argv[1]) / name, name).pdf
    print(hashlib.sha256(pdf).hexdigest())
"""

_ANOTHER_DAY = """\
import datetime, time
real = time.time
time.time = lambda: real() + 4e8
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None): return super().now(tz) + datetime.timedelta(days=5000)
    @classmethod
    def utcnow(cls): return super().utcnow() + datetime.timedelta(days=5000)
class LaterDay(datetime.date):
    @classmethod
    def today(cls): return super().today() + datetime.timedelta(days=5000)
datetime.datetime, datetime.date = Later, LaterDay
import weasyprint
weasyprint.datetime = Later
"""
ELSEWHERE = {
    "another time zone": ({"TZ": "Pacific/Kiritimati"}, ""),
    "another order of hashes": ({"PYTHONHASHSEED": "4711"}, ""),
    "another language": ({"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"}, ""),
    "another day": ({}, _ANOTHER_DAY),
}
ALL_OF_IT = {k: v for more, _ in ELSEWHERE.values() for k, v in more.items()}
PLACES = {"all of it": (ALL_OF_IT, _ANOTHER_DAY), **ELSEWHERE}


@pytest.mark.thorough
@pytest.mark.processes
@pytest.mark.parametrize(
    "where",
    PLACES,
)
def test_the_same_letters_are_the_same_bytes_elsewhere(where: str, tmp_path: Path) -> None:
    """In another process, folder and workspace, and with one thing more that differs, or all."""
    more, before = PLACES[where]
    expected = [hashlib.sha256(hard_letter(name).pdf).hexdigest() for name in SAME]

    found = subprocess.run(
        [sys.executable, "-c", before + _PRINT, str(tmp_path / "quite another folder"), *SAME],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), **more},
        capture_output=True,
        text=True,
        check=True,
    )

    assert found.stdout.split() == expected


@pytest.mark.processes
def test_the_clock_of_another_day_reaches_the_engine() -> None:
    """Where an attachment brings no date, the engine asks the clock, and this one is years on."""
    say = f"{_ANOTHER_DAY}print(weasyprint.Attachment(string='a').created.year)"

    found = subprocess.run(
        [sys.executable, "-c", say], capture_output=True, text=True, check=True
    ).stdout

    assert int(found) > datetime.date.today().year + 10
