"""What can be edited of a letter in several languages: each language's own words."""

from pathlib import Path

import pytest

from generator.letter.roles import Role
from generator.preview.actions import OpenedFiles
from generator.preview.data_actions import ACTIONS, DataRequest
from generator.preview.desk_sessions import DeskSession
from generator.preview.editable import editable
from generator.preview.edition_snapshot import read_edition, show_letter
from tests.bilingual import EDITION, A, bilingual


@pytest.mark.parametrize(
    ("slug", "role", "key", "text"),
    [
        (A, Role.CLOSING, "words.closing.en-GB", "Yours sincerely"),
        (f"{A}.cy", Role.CLOSING, "words.closing.cy", "Yr eiddoch yn gywir"),
    ],
)
def test_a_fixed_word_is_edited_in_its_own_language_alone(
    tmp_path: Path, slug: str, role: Role, key: str, text: str
) -> None:
    folders = bilingual(tmp_path)
    reading = read_edition(folders)
    good = show_letter(reading.loaded, slug, reading.jobs, None).good
    assert good is not None
    block = next(each for each in good.letter.blocks if each.role is role)
    found = editable(good, block.address, block.text, "", folders)
    assert (found["key"], found["text"]) == (key, text)

    asked = DataRequest(values={key: "Adieu"}, expected={found["file"]: found["digest"]})
    [action] = ACTIONS
    edits = action.run(OpenedFiles(folders, asked.expected, DeskSession()), asked)
    before = (tmp_path / EDITION).read_bytes()
    assert edits.contents == {folders.edition_file: before.replace(text.encode(), b"Adieu", 1)}


def test_what_is_the_authority_s_own_says_where_it_is_changed(tmp_path: Path) -> None:
    folders = bilingual(tmp_path)
    reading = read_edition(folders)
    good = show_letter(reading.loaded, A, reading.jobs, None).good
    assert good is not None
    line = next(each for each in good.letter.blocks if each.role is Role.ADDRESS_LINE)

    found = editable(good, line.address, line.text, "", folders)
    assert found["why"] == "This is the authority’s own: “Addressee and figures” changes it."
