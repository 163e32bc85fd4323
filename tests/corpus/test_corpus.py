"""The corpus would see what changes: in what is said, in files, and inside a PDF."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from tests.corpus.cases import cases
from tests.corpus.comparing import differences, read_allowed
from tests.corpus.insides import describe_pdf
from tests.corpus.recording import edit
from tests.corpus.spoilt import SPOILT
from tests.corpus.world import SKELETON, STYLES, county


def recorded(folder: Path, **texts: str) -> Path:
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def test_what_is_the_same_does_not_differ(tmp_path: Path) -> None:
    old = recorded(tmp_path / "old", a="one\ntwo\n")
    new = recorded(tmp_path / "new", a="one\ntwo\n")

    assert [*differences(old, new, [])] == []


def test_a_case_that_differs_is_shown_where_it_does(tmp_path: Path) -> None:
    old = recorded(tmp_path / "old", a="one\ntwo\n", b="same\n", gone="x\n")
    new = recorded(tmp_path / "new", a="one\nthree\n", b="same\n")

    assert [*differences(old, new, [])] == [
        "a.txt: differs\n@@ -1,2 +1,2 @@\n one\n-two\n+three",
        f"gone.txt: only in {old}",
    ]


def test_of_long_lines_the_part_that_differs_is_shown(tmp_path: Path) -> None:
    old = recorded(tmp_path / "old", a="x" * 900 + "OLD" + "y" * 900)
    new = recorded(tmp_path / "new", a="x" * 900 + "NEW" + "y" * 900)

    (shown,) = differences(old, new, [])

    assert "xOLDy" in shown
    assert "xNEWy" in shown
    assert max(map(len, shown.splitlines())) < 210


def test_of_many_changes_the_first_are_shown(tmp_path: Path) -> None:
    old = recorded(tmp_path / "old", a="x\n" * 500)
    new = recorded(tmp_path / "new", a="y\n" * 500)

    (shown,) = differences(old, new, [])

    assert len(shown.splitlines()) == 26
    assert shown.endswith("… and 977 more lines")


def test_a_difference_may_be_allowed_in_a_case_and_nowhere_else(tmp_path: Path) -> None:
    old = recorded(tmp_path / "old", a="took 1\nsame\n", b="took 1\n")
    new = recorded(tmp_path / "new", a="took 2\nsame\n", b="took 2\n")
    allowed = tmp_path / "allowed"
    allowed.write_text("# as agreed\na*: ^took\n")

    assert [shown.split(":")[0] for shown in differences(old, new, read_allowed(allowed))] == [
        "b.txt"
    ]


def test_where_nothing_was_recorded_nothing_agrees(tmp_path: Path) -> None:
    old = recorded(tmp_path / "old", a="x")
    new = recorded(tmp_path / "new")

    with pytest.raises(ValueError, match="nothing is recorded"):
        [*differences(old, new, [])]


def pdf(change: Callable[[pikepdf.Pdf], object], record: bytes = b"1") -> str:
    """What is said of a PDF with a page, a tag, a link and two attachments, once changed."""
    document = pikepdf.new()
    page = document.add_blank_page()
    page.Contents = document.make_stream(b"0 0 m 10 10 l S")
    link = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=pikepdf.Dictionary(URI="https://x.test"))
    page.Annots = pikepdf.Array([document.make_indirect(link)])
    tag = document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.P, Pg=page.obj))
    document.Root.StructTreeRoot = document.make_indirect(pikepdf.Dictionary(K=[tag]))
    for name, content in {"letter.json": record, "figures.csv": b"1"}.items():
        attach(document, name, content)
    change(document)
    written = io.BytesIO()
    document.save(written)
    return describe_pdf(written.getvalue())


def attach(document: pikepdf.Pdf, name: str, content: bytes) -> None:
    document.attachments[name] = content


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda d: d.pages[0].Contents.write(b"0 0 m"), id="content"),
        pytest.param(lambda d: setattr(d.Root.StructTreeRoot.K[0], "S", pikepdf.Name.H1), id="tag"),
        pytest.param(lambda d: setattr(d.pages[0].Annots[0].A, "URI", "https://y.test"), id="link"),
        pytest.param(lambda d: setattr(d.docinfo, "Title", "x"), id="title"),
        pytest.param(lambda d: attach(d, "figures.csv", b"2"), id="figures"),
        pytest.param(lambda d: attach(d, "more.csv", b"1"), id="one attachment more"),
    ],
)
def test_what_changes_in_a_pdf_is_seen(change: Callable[[pikepdf.Pdf], object]) -> None:
    assert pdf(change) != pdf(lambda _: None)


def test_the_record_in_a_pdf_may_change() -> None:
    assert pdf(lambda _: None, record=b"another") == pdf(lambda _: None)


def test_each_mistake_can_be_made(tmp_path: Path) -> None:
    county_too = {**county(), SKELETON: "</body>", STYLES: ""}
    for number, change in enumerate(SPOILT.values()):
        path = change[0]
        if path in county_too:
            edit(tmp_path / str(number), (path, None, county_too[path]))
        edit(tmp_path / str(number), change)


def test_each_case_has_a_name_of_its_own_and_keeps_it() -> None:
    names = [case.name for case in cases(quick=False)]

    assert len(names) == len(set(names)) > 300
    assert {case.name for case in cases(quick=True)} < {*names}
