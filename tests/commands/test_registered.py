"""A new figure kind and a new output format, made here and registered, go through everything.

No file of the program knows of them: a ratio, printed "1 : 3", of two counts; and a letter as lines
of JSON, one for each block. In worker processes they are known since their jobs bring them along.
"""

import asyncio
import json
import pickle
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import jsonschema
import openpyxl
import pytest
from pydantic import BeforeValidator, Field, WithJsonSchema
from starlette.types import Message, Scope

from generator.api import compose_letter, load_edition, render_format
from generator.batch.job import make
from generator.edition.figure_kind import (
    KINDS,
    ColumnCheck,
    Exact,
    FigureKind,
    Quantity,
    Said,
    register,
)
from generator.edition.figure_kinds import SUM, kind_named
from generator.edition.origins import Origins
from generator.edition.values import Expected, Id, reject
from generator.edition.yaml_tree import YamlScalar
from generator.letter.letter import Letter
from generator.preview.desk_sessions import DeskSession
from generator.preview.edition_snapshot import read_edition, show_letter
from generator.preview.letter_page import sources_of
from generator.preview.preview_state import PreviewState
from generator.preview.server import Routes
from generator.rendering.html import FilledLetter
from generator.rendering.record import FIGURES_FILE
from generator.rendering.text import render_text
from generator.verification.output_formats import (
    OutputFormat,
    register_format,
    unregister_format,
)
from generator.verification.reading import read_letter
from generator.workspace import EditionFolders, Workspace
from tests.borsetshire import AMBRIDGE, BORSETSHIRE, EDITION, build_tree
from tests.commands.conftest import Run
from tests.confirming.confirmed import confirm_all
from tests.examples import spread
from tests.pdfs import text_of

A = "ambridge-district-council"
A_FILE = f"data/2031/authorities/{A}.yaml"


class RatioKind(FigureKind):
    """How many of one count there are to each of another: 1 : 3."""

    name, called, key = "ratio", "a ratio", "ratio"
    is_rate = True

    def column_keys(self) -> dict[str, Any]:
        one = "Makes this column a ratio: this count is the one."
        return {
            "ratio": (Id | None, Field(None, description=one)),
            "to": (Id | None, Field(None, description="To so many of this count.")),
        }

    def check(self, said: Said, column: ColumnCheck) -> None:
        for key in ("ratio", "to"):
            if said[key] is None:
                column.say("missing; a ratio is of two counts", key)
            else:
                column.known_count(said[key], key)

    def parts(self, said: Said, _counts: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
        return said["ratio"], (said["to"],)

    def work_out(self, numerator: Exact | None, parts: Sequence[Exact]) -> Exact | None:
        return (2 * sum(parts) + numerator) // (2 * numerator) if numerator else None

    def rule(self, numerator: str | None, parts: Sequence[str]) -> str:
        return f"{parts[0]} for each {numerator}, half rounded up"

    def print(self, value: Quantity, language: str) -> str:
        return f"1 : {super().print(value, language)}"

    def read_printed(self, text: str) -> int | None:
        found = re.fullmatch(r"1 ?: ?([0-9,]+)", text)
        return int(found[1].replace(",", "")) if found else None

    def stated_type(self, none: str) -> Any:
        def read(value: object) -> object:
            if isinstance(value, YamlScalar) and (
                value.text == none or self.read_printed(value.text)
            ):
                return value.text
            return value if value is None else reject(f"expected a ratio such as 1 : 3, or {none}")

        schema = WithJsonSchema({"type": "string", "examples": ["1 : 3"]})
        return Annotated[str | None, BeforeValidator(read), Expected("expected a ratio"), schema]

    def state(self, value: Quantity) -> str:
        return f"1 : {value}"

    def states_the_same(self, one: str, other: str) -> bool:
        return one.replace(" ", "") == other.replace(" ", "")

    def workbook_cell(self, value: Quantity) -> tuple[int | float | str, str]:
        return self.state(value), ""

    def csv_value(self, value: Quantity | None) -> int | str | None:
        return None if value is None else self.state(value)

    def difference(self, before: Quantity, after: Quantity, _at_least: int) -> str:
        return f"{after - before:+} to each"

    def extremes(self) -> Mapping[str, Quantity]:
        return {"1 : 0": 0}


def render_lines(filled: FilledLetter) -> bytes:
    lines = [{"address": block.address, "words": block.text} for block in filled.letter.blocks]
    return "".join(f"{json.dumps(line)}\n" for line in lines).encode()


def check_lines(words: str, record: Letter) -> list[str]:
    try:
        said = [json.loads(line) for line in words.splitlines()]
    except ValueError:
        return ["a line is no JSON"]
    right = [{"address": block.address, "words": block.text} for block in record.blocks]
    return [f"{line} is not in the letter" for line in said if line not in right]


RATIO = RatioKind()
LINES = OutputFormat("lines", ".jsonl", "JSON", "application/jsonl", render_lines, check_lines)

WITH_RATIO = EDITION.replace(
    "      advice_given:",
    "      odds: {label: Odds, under: Early decisions, ratio: upheld, to: not_upheld}\n"
    "      advice_given:",
)
SENTENCE = "\nUpheld to not upheld: {{ authority.decided.odds }}.\n"
FILES = {
    "data/2031/edition.yaml": WITH_RATIO,
    A_FILE: AMBRIDGE.replace("not_upheld: 5", "not_upheld: 9"),
    "templates/2031/sections/statistics.md": BORSETSHIRE["templates/2031/sections/statistics.md"]
    + SENTENCE,
}
LAST_YEAR = {
    path.replace("2031", "2030"): text.replace("year: 2031", "year: 2030")
    for path, text in {**BORSETSHIRE, **FILES, A_FILE: AMBRIDGE}.items()
    if "2031" in path
}


@pytest.fixture(autouse=True)
def _registered() -> Iterator[None]:
    register(RATIO)
    register_format(LINES)
    yield
    unregister_format(LINES)
    del KINDS["ratio"]


class MeanKind(FigureKind):
    """Several counts, one with another."""

    name, called, key = "mean", "a mean", "mean"

    def column_keys(self) -> dict[str, Any]:
        about = "Makes this column the mean of these counts."
        return {"mean": (list[Id] | None, Field(None, description=about))}

    def parts(self, said: Said, _counts: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
        return None, tuple(said["mean"])

    def work_out(self, _numerator: Exact | None, parts: Sequence[Exact]) -> Exact | None:
        return sum(parts) // len(parts)

    def rule(self, _numerator: str | None, parts: Sequence[str]) -> str:
        return f"the mean of {', '.join(parts)}"


@pytest.fixture
def _mean() -> Iterator[None]:
    register(MeanKind())
    yield
    del KINDS["mean"]


@pytest.fixture
def there(run: Run, tmp_path: Path) -> Run:
    """Runs a command in the county with a ratio."""
    build_tree(tmp_path, FILES)
    return run


@pytest.fixture
def folders(tmp_path: Path) -> EditionFolders:
    return Workspace(tmp_path).edition(2031)


def test_what_is_wrong_with_its_keys_is_said_and_editors_know_them(
    there: Run, folders: EditionFolders
) -> None:
    assert there("schema").code == 0
    schemas = folders.workspace.schemas
    edition = json.loads((schemas / "edition.schema.json").read_text())
    authority = json.loads((schemas / "authority-2031.schema.json").read_text())
    odds = authority["$defs"]["Group_decided"]["properties"]["odds"]

    jsonschema.validate("1 : 3", odds)
    assert list(edition["$defs"]["ColumnFile"]["anyOf"][1]["properties"]) == [
        *("label", "under", "sum", "percent", "of", "at_least", "decimal"),
        *("quotient", "by", "times", "places", "zeros", "ratio", "to", "none", "aliases"),
    ]
    for wrong, message in {
        "ratio: upheld, to: uphled": 'decided has no count "uphled"; did you mean "upheld"?',
        "ratio: upheld": "missing; a ratio is of two counts",
        "ratio: upheld, to: upheld, sum: all": "both a sum and a ratio; keep one of them",
    }.items():
        text = WITH_RATIO.replace("ratio: upheld, to: not_upheld", wrong)
        folders.edition_file.write_text(text)
        said = there("check")
        assert (said.code, message in said.err) == (1, True), said.err


def test_a_stated_ratio_is_checked(there: Run, folders: EditionFolders) -> None:
    path = folders.workspace.folder / A_FILE
    right = FILES[A_FILE].replace("decided: {", 'decided: {odds: "1 : 3", ')

    path.write_text(right)
    sums = there("check", "--sums")
    assert (sums.code, re.search(r"decided.odds +1 : 3 +- +-\n", sums.out) is None) == (0, False)
    path.write_text(right.replace("1 : 3", "1 : 4"))
    assert "1 : 4 is stated, but the figures give 1 : 3; correct one of them" in there("check").err
    path.write_text(right.replace("1 : 3", "three"))
    assert "decided.odds: expected a ratio such as 1 : 3, or N/A" in there("check").err


def test_both_are_built_proven_and_found_where_they_were_changed(
    there: Run, folders: EditionFolders
) -> None:
    assert there("build").code == 0
    output = folders.output()
    lines = [json.loads(line) for line in (output / f"lines/{A}.jsonl").read_text().splitlines()]
    pdf = (output / f"pdf/{A}.pdf").read_bytes()
    text = (output / f"text/{A}.txt").read_text()

    assert {"address": "statistics/4", "words": "Upheld to not upheld: 1 : 3."} in lines
    assert text_of(pdf).count("1 : 3") == 2
    assert len(re.findall("1 : 3", text)) == 2
    assert "Upheld to not upheld: N/A." in (output / "text/felpersham-city-council.txt").read_text()
    manifest = json.loads((output / "manifest.json").read_text())
    assert [*manifest["letters"][A]["files"]] == [
        *(f"pdf/{A}.pdf", f"html/{A}.html", f"text/{A}.txt", f"lines/{A}.jsonl")
    ]
    assert f'<a href="lines/{A}.jsonl"' in (output / "index.html").read_text()
    assert "2 letters: 2 unchanged" in there("build").out
    assert "2 letters proven" in there("verify").out
    (output / f"lines/{A}.jsonl").write_text('{"address": "x", "words": "y"}\n')
    assert "is not in the letter" in there("verify", A).err
    assert f"lines/{A}.jsonl has changed since it was built" in there("build", "--dry-run").out


def test_a_ratio_goes_out_and_comes_in_again(there: Run, folders: EditionFolders) -> None:
    path = folders.workspace.folder / A_FILE
    path.write_text(FILES[A_FILE].replace("decided: {", 'decided: {odds: "1 : 3", '))
    assert there("export").code == 0
    output = folders.output()
    table = (output / "figures.csv").read_text("utf-8-sig").splitlines()

    assert f"{A},decided,odds,Odds,ratio,1 : 3" in table
    assert "felpersham-city-council,decided,odds,Odds,ratio," in table
    book = openpyxl.load_workbook(output / "figures.xlsx")
    assert [row[1].value for row in book["Decided"].rows] == ["Odds", "1 : 3", "N/A", "1 : 3"]
    assert "0 of 14 figures to change" in there("import", str(output / "figures.xlsx")).out

    book["Decided"]["B2"], book["Decided"]["B4"] = "1:4", None
    book.save(output / "other.xlsx")
    said = there("import", str(output / "other.xlsx"))
    assert "1:4 is stated, but the figures give 1 : 3; correct one of them" in said.err
    book["Decided"]["D2"] = 12
    book["Decided"]["F2"], book["Decided"]["G2"] = 0.2, 16
    for cell in book["Decided"][4]:
        cell.value = None
    book.save(output / "other.xlsx")
    said = there("import", str(output / "other.xlsx"), "--apply")
    assert said.code == 0, said.err
    assert 'odds: "1 : 4", advice_given: 1, not_upheld: 12' in path.read_text()


def test_a_ratio_is_followed_to_its_rule_and_its_counts(there: Run) -> None:
    said = there("trace", A, "decided.odds")

    assert said.out.splitlines()[0].endswith('decided.odds ("Odds"): 1 : 3')
    assert "not_upheld for each upheld, half rounded up" in said.out
    assert "  made of   decided.upheld: 3" in said.out
    assert "  made of   decided.not_upheld: 9" in said.out


def test_the_ledger_names_each_kind_as_it_names_itself(there: Run) -> None:
    said = there("trace", "--all")

    sources = {line.split(",")[5]: line.split(",")[4] for line in said.out.splitlines()}
    assert (sources["decided.odds"], sources["decided.uphold_rate"]) == ("ratio", "rate")
    assert ", 6 sum, 2 rate, 3 ratio, " in said.err


@pytest.mark.usefixtures("_mean")
def test_the_desk_lets_each_kind_say_how_it_comes_about(tmp_path: Path) -> None:
    mean = "mean: {label: Mean, mean: [roads, ponds, bins, geese]}"
    more = f"      bins: Bins\n      geese: Geese\n      {mean}\n"
    files = {
        "data/2031/edition.yaml": EDITION.replace("      total", f"{more}      total", 1),
        A_FILE: AMBRIDGE.replace("ponds: 14", "ponds: 14, bins: 1, geese: 2"),
    }
    reading = read_edition(build_tree(tmp_path, files))
    good = show_letter(reading.loaded, A, reading.jobs, None).good
    assert good is not None

    sources = sources_of(good, Origins())

    how = {figure.id: figure.how for source in sources for figure in source.figures}
    assert how["received.mean"] == "the mean of Roads, Ponds and Ducks, Bins, Geese"
    assert how["received.total"] == "the sum of the 4 counts of this table"


@pytest.mark.parametrize("against", spread(["output/2030/pdf", "output/2030/text", ""]))
def test_what_has_become_of_a_ratio_is_told(
    there: Run, folders: EditionFolders, against: str
) -> None:
    confirm_all(build_tree(folders.workspace.folder, LAST_YEAR, FILES))
    assert there("build", "--year", "2030").code == 0

    said = there("diff", *(["--against", against] if against else []))

    assert said.code == 0, said.err
    assert re.search(r"Decided: Odds +1 : 2 +1 : 3 +\+1 to each\n", said.out), said.out


def test_programs_get_both(tmp_path: Path) -> None:
    folders = build_tree(tmp_path, FILES)
    edition = load_edition(folders.workspace.folder)
    letter = compose_letter(edition, A)

    lines = render_format(edition, letter, "lines").decode()

    assert [f.column.kind for f in letter.figures].count(RATIO) == 1
    assert len(lines.splitlines()) == len(letter.blocks)
    assert render_format(edition, letter, "text") == render_text(letter).encode()


def test_no_two_have_one_name_or_key() -> None:
    with pytest.raises(ValueError, match="ratio: its name, or a key, is that of another"):
        register(RatioKind())
    with pytest.raises(ValueError, match="lines: its name or its suffix is that of another"):
        register_format(LINES)


def test_a_kind_is_the_same_after_a_journey_and_known_where_it_arrives() -> None:
    packed = pickle.dumps([RATIO, SUM])
    assert pickle.loads(packed) == [RATIO, SUM]

    del KINDS[RATIO.name]
    assert (kind_named("ratio").is_given, kind_named("ratio").is_rate) == (False, False)
    arrived, _ = pickle.loads(packed)
    assert kind_named("ratio") is arrived
    assert isinstance(arrived, RatioKind)


def asked(desk: PreviewState, path: str) -> tuple[dict[str, str], str]:
    """The headers and the body that a desk answers with."""
    said: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        said.append(message)

    async def ask() -> None:
        reading = read_edition(desk.folders)
        desk.replace_all(reading, {})
        for slug in reading.letters:
            letter = await desk.letter(slug)
            assert letter is not None
            assert letter.good is not None
            desk.render_cache.put(letter.good.key, make(letter.good.job))
        scope: Scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "headers": [],
            "query_string": b"",
        }
        scope["desk_session"] = DeskSession()
        try:
            await Routes(desk).app(scope, receive, send)
        finally:
            desk.close()

    asyncio.run(ask())
    headers = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    return headers, b"".join(message.get("body", b"") for message in said[1:]).decode()


@pytest.mark.processes
def test_the_desk_shows_and_offers_both(tmp_path: Path) -> None:
    folders = build_tree(tmp_path, FILES)
    _, page = asked(PreviewState(folders), f"/letters/{A}")
    headers, lines = asked(PreviewState(folders), f"/letters/{A}/letter.jsonl")

    assert f'href="/letters/{A}/letter.jsonl" download="{A}.jsonl">Download the JSON</a>' in page
    assert "Not Upheld for each Upheld, half rounded up" in page
    assert headers["content-type"] == "application/jsonl"
    assert '"words": "Upheld to not upheld: 1 : 3."' in lines


@pytest.mark.thorough
@pytest.mark.processes
def test_workers_make_what_their_jobs_bring_along(
    workers: Run, folders: EditionFolders, tmp_path: Path
) -> None:
    build_tree(tmp_path, FILES)

    assert workers("build").code == 0
    pdf = (folders.output() / f"pdf/{A}.pdf").read_bytes()
    assert b"decided,odds,Odds,ratio,1 : 3" in read_letter(pdf).files[FIGURES_FILE]
    assert "1 : 3" in (folders.output() / f"lines/{A}.jsonl").read_text()
    assert "2 letters proven" in workers("verify").out
