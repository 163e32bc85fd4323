"""The list of what was carried over: a sentence is listed until it is reworded or confirmed."""

import pytest

from generator.starting.carried_over import carried_over_file, list_to_confirm, still_to_confirm
from generator.starting.passages import passages
from generator.workspace import EditionFolders
from tests.borsetshire import EDITION
from tests.starting.conftest import Build

STATISTICS = "templates/2031/sections/statistics.md"
WORDING = """\
# The statistics

Ducks quack. In 2030 we
held 58 courses. Geese hiss.

Last year was good.
"""
SENTENCE = "In 2030 we held 58 courses."
ASKED = (
    'statistics.md:3:17: warning: "In 2030 we held 58 courses." is carried over unchanged '
    'and names "2030" and "58"; reword it, or confirm it by deleting line 6 of '
    "data/2031/carried-over.txt"
)
ASKED_TOO = (
    'statistics.md:6:1: warning: "Last year was good." is carried over unchanged and names '
    '"Last year"; reword it, or confirm it by deleting line 7 of data/2031/carried-over.txt'
)


@pytest.fixture
def folders(borsetshire: Build) -> EditionFolders:
    """An edition whose wording was just carried over."""
    folders = borsetshire({STATISTICS: WORDING})
    text = list_to_confirm(passages(folders), folders, before=2030)
    carried_over_file(folders).write_text(text)
    return folders


def asked(folders: EditionFolders) -> list[str]:
    return [problem.line(problem.place.path.name) for problem in still_to_confirm(folders)]


def reword(folders: EditionFolders, old: str, new: str) -> None:
    assert old in WORDING
    (folders.sections / "statistics.md").write_text(WORDING.replace(old, new))


def test_the_list_tells_its_reader_what_to_do(folders: EditionFolders) -> None:
    assert carried_over_file(folders).read_text() == (
        "# Wording that the letters of 2031 took over from 2030 as it was, and that names "
        "a year or a\n"
        '# number. "letters check" warns of each sentence below until it is reworded where '
        "it stands, or\n"
        "# until you confirm that it is still right: to confirm it, delete its line here.\n"
        "\n"
        f"# {STATISTICS}\n"
        f"{SENTENCE}\n"
        "Last year was good.\n"
    )


def test_an_untouched_sentence_is_listed_where_it_stands(folders: EditionFolders) -> None:
    assert asked(folders) == [ASKED, ASKED_TOO]


def test_a_reworded_sentence_is_listed_no_more(folders: EditionFolders) -> None:
    reword(folders, "58", "61")

    assert asked(folders) == [ASKED_TOO]


def test_a_sentence_taken_out_is_listed_no_more(folders: EditionFolders) -> None:
    (folders.sections / "statistics.md").unlink()

    assert asked(folders) == []


def test_a_confirmed_sentence_is_listed_no_more(folders: EditionFolders) -> None:
    path = carried_over_file(folders)
    path.write_text(path.read_text().replace("Last year was good.\n", ""))

    assert asked(folders) == [ASKED]


def test_all_is_confirmed_where_no_list_is_left(folders: EditionFolders) -> None:
    carried_over_file(folders).unlink()

    assert asked(folders) == []


def test_rewording_its_neighbour_does_not_settle_a_sentence(folders: EditionFolders) -> None:
    reword(folders, "Ducks quack.", "Ducks are loud.")

    assert asked(folders) == [ASKED.replace("3:17", "3:20"), ASKED_TOO]


def test_new_line_ends_do_not_settle_a_sentence(folders: EditionFolders) -> None:
    reword(folders, "In 2030 we\nheld 58", "In 2030\nwe held  58")

    assert asked(folders) == [ASKED, ASKED_TOO]


def test_a_sentence_is_found_where_it_was_moved_to(folders: EditionFolders) -> None:
    reword(folders, "Last year was good.", "Good years.")
    (folders.report / "notes.md").write_text("Last year was good.\n")

    assert asked(folders) == [ASKED, ASKED_TOO.replace("statistics.md:6", "notes.md:1")]


def test_a_sentence_that_stands_twice_is_listed_once_and_asked_about_twice(
    borsetshire: Build,
) -> None:
    folders = borsetshire(
        {STATISTICS: "All 9 ducks.\n", "templates/2031/report/notes.md": "All 9 ducks.\n"}
    )
    text = list_to_confirm(passages(folders), folders, before=2030)
    carried_over_file(folders).write_text(text)

    assert text.count("All 9 ducks.") == 1
    assert [p.place.path.name for p in still_to_confirm(folders)] == ["statistics.md", "notes.md"]


def test_fixed_words_of_the_edition_are_listed_at_their_line(borsetshire: Build) -> None:
    edition = EDITION.replace("Yours faithfully,", "Yours since 2029,")
    folders = borsetshire({"data/2031/edition.yaml": edition})
    carried_over_file(folders).write_text(list_to_confirm(passages(folders), folders, 2030))

    assert asked(folders) == [
        'edition.yaml:17:12: warning: "Yours since 2029," is carried over unchanged '
        'and names "2029"; reword it, or confirm it by deleting line 6 of '
        "data/2031/carried-over.txt"
    ]


def test_there_is_no_list_where_there_is_nothing_to_confirm(borsetshire: Build) -> None:
    folders = borsetshire()

    assert list_to_confirm(passages(folders), folders, before=2030) == ""


def test_an_editor_may_add_a_sentence_to_be_seen_to(folders: EditionFolders) -> None:
    with carried_over_file(folders).open("a") as file:
        file.write("Geese hiss.\n")

    assert asked(folders)[1] == (
        'statistics.md:4:18: warning: "Geese hiss." is carried over unchanged; reword it, or '
        "confirm it by deleting line 8 of data/2031/carried-over.txt"
    )


def test_a_list_that_cannot_be_read_is_said_at_its_place(folders: EditionFolders) -> None:
    carried_over_file(folders).write_bytes(b"# the list\nAll \xff ducks.\n")

    assert asked(folders) == [
        "carried-over.txt:2:5: warning: the byte 0xFF is not UTF-8 text; "
        "save the file with the encoding UTF-8"
    ]


def test_a_folder_in_place_of_the_list_is_said(folders: EditionFolders) -> None:
    carried_over_file(folders).unlink()
    carried_over_file(folders).mkdir()

    assert asked(folders) == ["carried-over.txt: warning: a folder, not a file"]


def test_a_fixed_word_left_blank_is_no_sentence_of_the_list(folders: EditionFolders) -> None:
    folders.edition_file.write_text(EDITION.replace("Yours faithfully,", ""))

    assert asked(folders) == [ASKED, ASKED_TOO]
