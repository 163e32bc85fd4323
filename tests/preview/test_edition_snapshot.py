from pathlib import Path

import pytest

from generator.preview.all_letters import list_page
from generator.preview.edition_snapshot import EditionSnapshot, read_edition, show_letter
from generator.preview.impact import impact_of
from generator.preview.letter_page import letter_page
from generator.preview.preview_state import PreviewState
from generator.project.load_edition import load_edition
from generator.workspace import EditionFolders
from tests.batch.executors import build
from tests.borsetshire import AMBRIDGE, EDITION, STATISTICS, authority, build_tree

AMBRIDGE_SLUG, FELPERSHAM_SLUG = "ambridge-district-council", "felpersham-city-council"


@pytest.fixture
def folders(tmp_path: Path) -> EditionFolders:
    return build_tree(tmp_path)


def _statuses(reading: EditionSnapshot) -> list[tuple[str, str, str]]:
    return [(letter.status, letter.made, letter.why) for letter in reading.letters.values()]


def test_all_letters_are_listed_as_they_stand(folders: EditionFolders) -> None:
    reading = read_edition(folders)

    assert list(reading.letters) == [AMBRIDGE_SLUG, FELPERSHAM_SLUG]
    assert [letter.name for letter in reading.letters.values()] == [
        "Ambridge District Council",
        "Felpersham City Council",
    ]
    assert list(reading.keys) == [AMBRIDGE_SLUG, FELPERSHAM_SLUG]
    assert _statuses(reading) == [("ready", "not made", "")] * 2


def test_what_was_built_is_up_to_date_until_something_changes(folders: EditionFolders) -> None:
    build(load_edition(folders), folders.output())
    built = read_edition(folders)
    (folders.authorities / f"{AMBRIDGE_SLUG}.yaml").write_text(authority(decided_upheld=4))

    changed = read_edition(folders, built)

    assert _statuses(built) == [("ready", "up to date", "")] * 2
    assert _statuses(changed) == [
        ("ready", "out of date", "figures changed"),
        ("ready", "up to date", ""),
    ]
    assert changed.keys[AMBRIDGE_SLUG] != built.keys[AMBRIDGE_SLUG]
    assert changed.keys[FELPERSHAM_SLUG] == built.keys[FELPERSHAM_SLUG]


def test_an_authority_without_a_letter_is_listed_with_the_reason(folders: EditionFolders) -> None:
    build(load_edition(folders), folders.output())
    before = read_edition(folders)
    rule = "authority.received.total > 17"
    folders.edition_file.write_text(f"{EDITION}letters: {{when: {rule}}}\n")

    reading = read_edition(folders, before)
    why = f"{rule} is false: authority.received.total is 17"
    shown = show_letter(reading.loaded, AMBRIDGE_SLUG, reading.jobs, None)

    assert _statuses(reading) == [("no letter", "stale", why), ("ready", "up to date", "")]
    assert (shown.without, shown.good) == (why, None)
    assert list(reading.keys) == [FELPERSHAM_SLUG]
    assert impact_of(before, reading).gone == (AMBRIDGE_SLUG,)
    assert impact_of(reading, before).new == (AMBRIDGE_SLUG,)


def test_the_desk_says_of_one_without_a_letter_why(folders: EditionFolders) -> None:
    rule = "authority.received.total > 17"
    folders.edition_file.write_text(f"{EDITION}letters: {{when: {rule}}}\n")
    reading = read_edition(folders)
    desk = PreviewState(folders, reading=reading)
    shown = show_letter(reading.loaded, AMBRIDGE_SLUG, reading.jobs, None)

    page = letter_page(desk, reading, shown, None, None, view="pages", panel="sources")
    listed = list_page(desk, reading)

    why = "authority.received.total &gt; 17 is false: authority.received.total is 17"
    assert f"<strong>This authority gets no letter:</strong> {why}." in page
    assert "Its files have errors" not in page
    assert f'<span class="mark">no letter</span> <span class="reason">{why}</span>' in listed
    assert "without a letter" in listed


def test_a_figure_missing_makes_a_draft_and_a_mistake_none(folders: EditionFolders) -> None:
    gap = AMBRIDGE.replace("ponds: 14", "ponds: null")
    (folders.authorities / f"{AMBRIDGE_SLUG}.yaml").write_text(gap)
    (folders.authorities / f"{FELPERSHAM_SLUG}.yaml").write_text("name: Felpersham City Council\n")

    reading = read_edition(folders)

    assert [status for status, *_ in _statuses(reading)] == ["figures missing", "has problems"]
    assert reading.letters[AMBRIDGE_SLUG].why == "1 not yet supplied"
    assert list(reading.keys) == [AMBRIDGE_SLUG]


def test_while_files_cannot_be_read_the_letters_are_listed_as_they_last_said(
    folders: EditionFolders,
) -> None:
    before = read_edition(folders)
    folders.edition_file.write_text("year: {\n")

    broken = read_edition(folders, before)
    broken = read_edition(folders, broken)
    folders.edition_file.write_text(EDITION)
    mended = read_edition(folders, broken)

    assert [status for status, *_ in _statuses(broken)] == ["has problems"] * 2
    for slug, letter in broken.letters.items():
        known = before.letters[slug]
        assert (letter.name, letter.authority, letter.composed, letter.edition) == (
            known.name,
            known.authority,
            known.composed,
            known.edition,
        )
    assert broken.keys == {}
    assert broken.names == before.names
    assert _statuses(mended) == _statuses(before)
    assert mended.keys == before.keys


def test_a_workspace_with_nothing_but_a_year_is_read(tmp_path: Path) -> None:
    nothing = build_tree(tmp_path)
    for path in sorted(tmp_path.rglob("*"), reverse=True):
        if path.is_file():
            path.unlink()
        elif path not in {nothing.workspace.data, nothing.workspace.templates}:
            path.rmdir()

    reading = read_edition(nothing)

    assert reading.letters == {}
    assert reading.loaded.problems != []


def test_wording_that_cannot_be_read_concerns_every_letter(folders: EditionFolders) -> None:
    (folders.sections / "statistics.md").write_text(f"{STATISTICS}{{{{ nothing.at_all }}}}\n")

    reading = read_edition(folders)

    assert {letter.status for letter in reading.letters.values()} == {"has problems"}
    assert len({letter.why for letter in reading.letters.values()}) == 1


def test_a_manifest_that_cannot_be_read_makes_letters_out_of_date(folders: EditionFolders) -> None:
    build(load_edition(folders), folders.output())
    (folders.output() / "manifest.json").write_text('{"half')

    assert _statuses(read_edition(folders)) == [("ready", "out of date", "not in the manifest")] * 2
