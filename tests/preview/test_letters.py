from pathlib import Path

import pytest

from generator.preview.edition_snapshot import ShownLetter, read_edition, read_one, show_letter
from generator.project.load_edition import load_edition
from generator.workspace import EditionFolders
from tests.batch.executors import build
from tests.borsetshire import AMBRIDGE, BORSETSHIRE, EDITION, authority, build_tree

SLUG = "ambridge-district-council"


@pytest.fixture
def folders(tmp_path: Path) -> EditionFolders:
    return build_tree(tmp_path)


def _shown(folders: EditionFolders, before: ShownLetter | None = None) -> ShownLetter:
    reading = read_edition(folders)
    return show_letter(reading.loaded, SLUG, reading.jobs, before)


def _save(folders: EditionFolders, content: str, name: str = f"authorities/{SLUG}.yaml") -> None:
    (folders.data / name).write_text(content)


def test_a_letter_without_errors_is_shown_as_it_is(folders: EditionFolders) -> None:
    shown = _shown(folders)

    assert (shown.slug, shown.name) == (SLUG, "Ambridge District Council")
    assert (shown.problems, shown.errors, shown.is_old) == ((), [], False)
    assert shown.good is not None
    assert shown.good.letter == load_edition(folders).letters[SLUG].letter
    assert shown.good.html.startswith(b"<!DOCTYPE html>")


def test_read_alone_it_is_what_it_is_among_all(folders: EditionFolders) -> None:
    among_all = _shown(folders)
    reading = read_edition(folders)
    alone = show_letter(read_one(folders, SLUG), SLUG, reading.jobs, None)

    assert alone.good is not None
    assert among_all.good is not None
    assert (alone.good.html, alone.good.key) == (among_all.good.html, among_all.good.key)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (f"data/2031/authorities/{SLUG}.yaml", "name: [\n"),
        (f"data/2031/authorities/{SLUG}.yaml", AMBRIDGE.replace("ponds: 14", "pond: 14")),
        ("data/2031/edition.yaml", "year: {\n"),
        ("data/2031/edition.yaml", EDITION.replace("statistics]", "statistic]")),
        ("templates/2031/sections/statistics.md", "{{ edition.nothing }}\n"),
        ("templates/2031/sections/statistics.md", None),
        ("templates/letter.html.jinja", "{% for %}"),
        ("templates/letter.html.jinja", "<p>{{ letter.nothing }}</p>"),
        ("templates/letter.css", b"\xff\xfe"),
        (f"data/2031/authorities/{SLUG}.yaml", None),
    ],
)
def test_while_anything_it_is_made_of_is_broken_the_last_good_letter_stays_in_sight(
    folders: EditionFolders, name: str, content: str | bytes | None
) -> None:
    before = _shown(folders)
    path = folders.workspace.folder / name
    original = path.read_bytes()
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    broken = _shown(folders, before)
    again = _shown(folders, broken)
    path.write_bytes(original)
    mended = _shown(folders, again)

    assert broken.errors != []
    assert broken.is_old
    assert broken.good is before.good
    assert again == broken
    assert not mended.is_old
    assert mended.errors == []
    assert mended.good is not None
    assert before.good is not None
    assert mended.good.html == before.good.html


def test_a_letter_that_was_never_without_an_error_has_nothing_to_show(tmp_path: Path) -> None:
    folders = build_tree(tmp_path, {f"data/2031/authorities/{SLUG}.yaml": "name: Ambridge\n"})

    shown = _shown(folders)

    assert (shown.good, shown.is_old) == (None, False)
    assert shown.errors != []


def test_an_edition_that_cannot_be_read_at_the_start_is_mended_later(tmp_path: Path) -> None:
    folders = build_tree(tmp_path, {"data/2031/edition.yaml": "year: {\n"})
    broken = _shown(folders)
    _save(folders, EDITION, "edition.yaml")

    mended = _shown(folders, broken)

    assert (broken.slug, broken.good) == (SLUG, None)
    assert (mended.name, mended.errors) == ("Ambridge District Council", [])
    assert mended.good is not None


def test_warnings_do_not_hold_a_letter_up(folders: EditionFolders) -> None:
    _save(folders, authority("Ambridge Town Council"))

    shown = _shown(folders)

    assert [problem.is_error for problem in shown.problems] == [False]
    assert not shown.is_old
    assert shown.good is not None


def test_a_letter_with_a_figure_missing_is_a_draft(folders: EditionFolders) -> None:
    _save(folders, AMBRIDGE.replace("ponds: 14", "ponds: null"))

    shown = _shown(folders)

    assert shown.good is not None
    assert shown.good.letter.draft


def test_the_key_is_another_if_and_only_if_the_bytes_are(folders: EditionFolders) -> None:
    def key_and_pdf() -> tuple[str, bytes]:
        good = _shown(folders).good
        assert good is not None
        build(load_edition(folders), folders.output())
        return good.key, (folders.output() / f"pdf/{SLUG}.pdf").read_bytes()

    first = key_and_pdf()
    _save(folders, f"# A comment.\n{AMBRIDGE}")
    commented = key_and_pdf()
    _save(folders, AMBRIDGE.replace("ponds: 14", "ponds: 15"))
    changed = key_and_pdf()

    assert commented == first
    assert changed[0] != first[0]
    assert changed[1] != first[1]


def test_a_mistake_in_a_template_is_told_with_its_place(folders: EditionFolders) -> None:
    text = BORSETSHIRE["templates/letter.html.jinja"]
    path = folders.workspace.templates / "letter.html.jinja"
    path.write_text(text.replace("</body>", "{{ letter.ducks }}</body>"))

    [problem] = _shown(folders).errors

    assert problem.place.path == path
    assert problem.place.line == text[: text.index("</body>")].count("\n") + 1
