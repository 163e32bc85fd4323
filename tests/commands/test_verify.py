"""`letters verify`, as a person in the office sees it."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from generator.outputs.manifest import digest
from generator.rendering.engine import engine_parts
from tests.borsetshire import (
    AMBRIDGE,
    BORSETSHIRE,
    STATISTICS,
    build_tree,
    slow_for,
    unprintable_for,
)
from tests.commands.conftest import Run

pytestmark = pytest.mark.processes

A, F = "ambridge-district-council", "felpersham-city-council"
A_FILE = f"data/2031/authorities/{A}.yaml"
A_PDF, F_PDF = f"output/2031/pdf/{A}.pdf", f"output/2031/pdf/{F}.pdf"
A_HTML, A_TEXT = f"output/2031/html/{A}.html", f"output/2031/text/{A}.txt"
MANIFEST = "output/2031/manifest.json"
NOW = engine_parts()["weasyprint"]


@pytest.mark.parametrize("options", [("--rerender",), pytest.param((), marks=pytest.mark.thorough)])
def test_letters_just_made_are_proven(workers: Run, options: tuple[str, ...]) -> None:
    workers("build")

    said = workers("verify", *options)

    assert (said.code, said.out, said.err) == (
        0,
        "2 letters proven.\n",
        "Edition 2031, in data/2031\n",
    )


def test_letters_in_each_others_files_are_damaged(built: Run, tmp_path: Path) -> None:
    shutil.move(tmp_path / A_PDF, tmp_path / "other.pdf")
    shutil.move(tmp_path / F_PDF, tmp_path / A_PDF)
    shutil.move(tmp_path / "other.pdf", tmp_path / F_PDF)

    said = built("verify", "--quiet")

    assert (said.code, said.out) == (1, "0 letters proven; 2 damaged.\n")
    assert sorted(said.err.splitlines()) == [
        f"{A_PDF}: error: damaged: it is the letter of Felpersham City Council",
        f"{F_PDF}: error: damaged: it is the letter of Ambridge District Council",
    ]


def test_a_letter_without_its_record_is_damaged(built: Run, tmp_path: Path) -> None:
    with pikepdf.open(tmp_path / A_PDF, allow_overwriting_input=True) as document:
        del document.Root.Names["/EmbeddedFiles"]
        document.save()

    said = built("verify", "ambridge", "--quiet")

    assert said.err == f"{A_PDF}: error: damaged: the attachment letter.json is missing\n"


def test_a_letter_is_out_of_date_when_the_data_moved_on(built: Run, tmp_path: Path) -> None:
    build_tree(
        tmp_path,
        {
            A_FILE: AMBRIDGE.replace("upheld: 3", "upheld: 4"),
            "templates/2031/sections/statistics.md": STATISTICS.replace("every", "each"),
        },
    )

    said = built("verify", "ambridge", "--quiet")

    assert (said.code, said.out) == (1, "0 letters proven; 1 out of date.\n")
    assert said.err.splitlines() == [
        f"{A_PDF}: error: out of date: decided.upheld was 3 and is now 4",
        f"{A_PDF}: error: out of date: decided.uphold_rate was 38% and is now 44%",
        f"{A_PDF}: error: out of date: decided.total was 9 and is now 10",
        f'{A_PDF}: error: out of date: "We publish these figures every year." is no longer in it',
        f'{A_PDF}: error: out of date: "We publish these figures each year." is new',
    ]


def test_a_letter_that_was_not_made_is_missing(run: Run, made: Path, tmp_path: Path) -> None:
    shutil.copytree(made, tmp_path / "output", ignore=shutil.ignore_patterns(f"{A}.*"))

    said = run("verify", "--json")

    assert said.code == 1
    assert [(letter["slug"], letter["status"]) for letter in said.json["letters"]] == [
        (A, "missing"),
        (F, "proven"),
    ]


def test_a_letter_whose_data_have_errors_cannot_be_proven(built: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, {A_FILE: AMBRIDGE.replace("roads: 3", "roads: -3")})

    said = built("verify", "--quiet")

    assert (said.code, said.out) == (1, "1 letter proven; 1 failed.\n")
    assert "received.roads: found -3" in said.err


def test_a_label_that_changed_makes_a_letter_out_of_date(built: Run, tmp_path: Path) -> None:
    edition = (tmp_path / "data/2031/edition.yaml").read_text()
    build_tree(tmp_path, {"data/2031/edition.yaml": edition.replace("Roads", "Lanes")})

    said = built("verify", "--quiet")

    assert sorted(said.err.splitlines()) == [
        f"{path}: error: out of date: its tables, its order or its wording have changed"
        for path in (A_PDF, F_PDF)
    ]


def test_what_was_done_to_a_pdf_is_told_where_no_proof_looks(built: Run, tmp_path: Path) -> None:
    """The same data make the same bytes; where they do not, they are held against each other."""
    with pikepdf.open(tmp_path / A_PDF, allow_overwriting_input=True) as document:
        link = next(a for page in document.pages for a in page.get("/Annots", []))
        link.A.URI = pikepdf.String("https://evil.example/")
        document.save(static_id=True, fix_metadata_version=False)

    said = built("verify", "ambridge", "--quiet")

    assert (said.code, said.out) == (1, "0 letters proven; 1 damaged.\n")
    assert said.err == (
        f"{A_PDF}: error: damaged: on page 2, changed: the target of a link "
        '(/Annots/A/URI): "https://evil.example/", not '
        '"https://ombudsman.borsetshire.example/guide"\n'
    )


def test_a_record_that_contradicts_itself_is_damage_and_stops_no_other(
    built: Run, tmp_path: Path
) -> None:
    with pikepdf.open(tmp_path / A_PDF, allow_overwriting_input=True) as document:
        content = document.attachments["letter.json"].get_file().read_bytes()
        document.attachments["letter.json"] = pikepdf.AttachedFileSpec(
            document,
            content.replace(b'"role": "closing"', b'"role": "opening"'),
            description="",
            filename="letter.json",
            mime_type="application/json",
            creation_date="",
            mod_date="",
        )
        document.save()

    said = built("verify", "--quiet")

    assert said.out == "1 letter proven; 1 damaged.\n"
    assert said.err == (
        f"{A_PDF}: error: damaged: its record (letter.json) contradicts itself about the closing\n"
    )


@pytest.mark.thorough
def test_programs_are_told_by_name_in_whatever_order_letters_are_proven(
    workers: Run, tmp_path: Path
) -> None:
    """Here the first letter takes longest to print anew, and in vain."""
    template = unprintable_for("ambridge", template=slow_for("amb", loops=5))
    build_tree(tmp_path, {"templates/letter.html.jinja": template})

    report = workers("verify", "--json").json

    assert [letter["status"] for letter in report["letters"]] == ["failed", "missing"]
    paths = [problem["path"] for problem in report["problems"]]
    assert (paths[0], paths[-1], paths) == (A_FILE, F_PDF, sorted(paths))


def words(old: str, new: str) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        assert old.encode() in content
        return content.replace(old.encode(), new.encode(), 1)

    return change


DAMAGED: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "a word of the page": (
        A_HTML,
        words("every year", "each year"),
        'statistics/3: the page says "We publish these figures each year.", '
        "not the letter's words",
    ),
    "a figure of the page": (
        A_HTML,
        words(">14</td>", ">41</td>"),
        'report/5: the page says "Roads Ponds and Ducks Total 3 41 17", not the letter\'s words',
    ),
    "a page with words of its own": (
        A_HTML,
        words("</main>", "</main>Quack"),
        'the page has text that is not in the letter: "Quack"',
    ),
    "a page that hides a part": (
        A_HTML,
        words('<p data-block="statistics/3"', '<p hidden data-block="statistics/3"'),
        "hidden on <p> is not allowed: letters must not run or load anything; remove it",
    ),
    "a page that runs something": (
        A_HTML,
        words("</main>", "</main><script></script>"),
        "<script> is not allowed: letters must not run or load anything; remove it",
    ),
    "a page that hides a part by its style": (
        A_HTML,
        words('<p data-block="statistics/3"', '<p style="Display: None" data-block="statistics/3"'),
        "display: None hides words of the letter; remove it",
    ),
    "a page whose styles hide a part": (
        A_HTML,
        words("</style>", ".salutation { visibility: hidden }</style>"),
        "visibility: hidden is not an allowed property; remove it",
    ),
    "a page whose styles add words": (
        A_HTML,
        words("</style>", ".salutation::before { content: 'Not ' }</style>"),
        """content: "Not " adds words that are not the letter's; remove it""",
    ),
    "a link of the page": (
        A_HTML,
        words("borsetshire.example/guide", "evil.example/guide"),
        "its content is right, but its bytes differ: it was edited, or built with other "
        "versions; build it again",
    ),
    "a page that is no text": (A_HTML, lambda _: b"\xff", "it is not UTF-8 text"),
    "a page cut off": (
        A_HTML,
        lambda content: content[: content.index(b"report/9")],
        "report/9 is missing from the page",
    ),
    "a word of the text": (
        A_TEXT,
        words("every year", "each year"),
        'statistics/3: the text says "each", but the letter "every"',
    ),
    "a figure of the text": (
        A_TEXT,
        words("Roads             3", "Roads             8"),
        'report/5: the text says "8", but the letter "3"',
    ),
    "a space of the text": (
        A_TEXT,
        words("every year", "every  year"),
        "its content is right, but its bytes differ: it was edited, or built with other "
        "versions; build it again",
    ),
    "a text that is no text": (A_TEXT, lambda _: b"\xff", "it is not UTF-8 text"),
}


@pytest.mark.parametrize(("file", "damage", "expected"), DAMAGED.values(), ids=DAMAGED)
def test_each_damage_of_page_and_text_is_told(
    built: Run, tmp_path: Path, file: str, damage: Callable[[bytes], bytes], expected: str
) -> None:
    (tmp_path / file).write_bytes(damage((tmp_path / file).read_bytes()))

    said = built("verify", "ambridge", "--quiet")

    assert (said.code, said.out) == (1, "0 letters proven; 1 damaged.\n")
    assert said.err.splitlines()[0] == f"{file}: error: damaged: {expected}"
    assert all(line.startswith(f"{file}: ") for line in said.err.splitlines())


@pytest.mark.parametrize("kind", ["html", "text"])
def test_the_page_or_text_of_another_authority_is_damaged(
    built: Run, tmp_path: Path, kind: str
) -> None:
    suffix = {"html": "html", "text": "txt"}[kind]
    folder = tmp_path / "output/2031" / kind
    shutil.copy(folder / f"{F}.{suffix}", folder / f"{A}.{suffix}")

    said = built("verify", "ambridge", "--quiet")

    assert said.out == "0 letters proven; 1 damaged.\n"
    path = f"output/2031/{kind}/{A}.{suffix}"
    assert said.err.splitlines()[0] == (
        f'{path}: error: damaged: it names another authority, "Felpersham City Council"'
    )


@pytest.mark.parametrize("file", [A_PDF, A_HTML, A_TEXT])
def test_each_file_can_be_missing(built: Run, tmp_path: Path, file: str) -> None:
    (tmp_path / file).unlink()

    said = built("verify", "ambridge", "--quiet")

    assert (said.code, said.out) == (1, "0 letters proven; 1 missing.\n")
    assert said.err == f"{file}: error: missing: it has not been built\n"


def test_a_template_that_changed_makes_letters_out_of_date(built: Run, tmp_path: Path) -> None:
    styles = BORSETSHIRE["templates/letter.css"].replace("#12375c", "#12375d")
    build_tree(tmp_path, {"templates/letter.css": styles})

    said = built("verify", "ambridge", "--quiet")

    assert (said.code, said.out) == (1, "0 letters proven; 1 out of date.\n")
    assert said.err == f"{A_PDF}: error: out of date: template changed\n"


def test_a_spoiled_manifest_costs_what_it_knew_alone(built: Run, tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text("{")

    said = built("verify", "ambridge", "--quiet")

    assert (said.code, said.out) == (0, "1 letter proven.\n")
    assert said.err == (
        f"{MANIFEST}: warning: is damaged; letters are only compared with what their "
        "data give now\n"
    )


def made_by_another_engine(folder: Path, *, known: bool = True) -> None:
    """The letters as another engine would have made them: other bytes that say the same.

    It is not always `known` which: the manifest names the engine that made the last letter only.
    """
    for path in (folder / "output/2031/pdf").iterdir():
        with pikepdf.open(path, allow_overwriting_input=True) as document:
            document.save(static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    for path in (folder / "output/2031/html").iterdir():
        path.write_text(path.read_text().replace("</html>", "<!-- 69.1 --></html>"))
    for path in (folder / "output/2031/text").iterdir():
        path.write_text(path.read_text().replace("\n\n", "\n\n\n"))
    manifest = json.loads((folder / MANIFEST).read_text())
    engine = {**manifest["engine"], "weasyprint": "69.1"}
    if known:
        manifest["engine"] = engine
    for entry in manifest["letters"].values():
        entry["inputs"]["engine"] = digest(engine)
        for name, file in entry["files"].items():
            content = (folder / "output/2031" / name).read_bytes()
            file |= {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    (folder / MANIFEST).write_text(json.dumps(manifest))


@pytest.mark.parametrize(
    ("known", "versions"),
    [
        (True, f"WeasyPrint 69.1 then, {NOW} now"),
        (False, f"other versions then; now WeasyPrint {NOW}"),
    ],
)
def test_letters_of_another_engine_are_intact(
    built: Run, tmp_path: Path, known: bool, versions: str
) -> None:
    made_by_another_engine(tmp_path, known=known)

    said = built("verify", "--quiet")
    report: Any = built("verify", "--json").json

    expected = f"0 letters proven; 2 intact, not re-made ({versions}).\n"
    assert (said.code, said.out, said.err) == (0, expected, "")
    assert [(letter["status"], letter["reason"]) for letter in report["letters"]] == [
        ("intact", f"not re-made ({versions})") for _ in (A, F)
    ]


@pytest.mark.parametrize("file", [A_PDF, A_HTML, A_TEXT])
def test_a_file_of_another_engine_that_was_changed_since_is_damaged(
    built: Run, tmp_path: Path, file: str
) -> None:
    """Even where it says what it should: here a byte at its end is all that changed."""
    made_by_another_engine(tmp_path)
    with (tmp_path / file).open("ab") as content:
        content.write(b"\n")

    said = built("verify", "ambridge", "--quiet")

    assert said.code == 1
    assert said.out == "0 letters proven; 1 damaged.\n"
    assert said.err == (f"{file}: error: damaged: it was edited or damaged; build it again\n")


def test_a_wrong_letter_of_another_engine_is_damaged_whatever_its_digest(
    built: Run, tmp_path: Path
) -> None:
    text = tmp_path / A_TEXT
    text.write_text(text.read_text().replace("every year", "each year"))
    made_by_another_engine(tmp_path)

    said = built("verify", "ambridge", "--quiet")

    assert (said.code, said.out) == (1, "0 letters proven; 1 damaged.\n")


def test_a_letter_of_another_engine_can_be_out_of_date(built: Run, tmp_path: Path) -> None:
    made_by_another_engine(tmp_path)
    build_tree(tmp_path, {A_FILE: AMBRIDGE.replace("roads: 3", "roads: 4")})

    said = built("verify", "ambridge", "--quiet")

    assert (said.code, said.out) == (1, "0 letters proven; 1 out of date.\n")
    assert said.err.splitlines()[0] == (
        f"{A_PDF}: error: out of date: received.roads was 3 and is now 4"
    )


def test_letters_made_again_by_this_engine_are_proven_whatever_their_manifest_says(
    built: Run, tmp_path: Path
) -> None:
    manifest = json.loads((tmp_path / MANIFEST).read_text())
    manifest["engine"]["weasyprint"] = "69.1"
    (tmp_path / MANIFEST).write_text(json.dumps(manifest))

    assert built("verify", "ambridge", "--quiet").out == "1 letter proven.\n"
