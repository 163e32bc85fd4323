"""Letters in two languages at the desk: each a letter, with the way to the other beside it."""

from pathlib import Path

import pytest

from generator.preview.edition_snapshot import read_edition, read_one, show_letter
from tests.bilingual import EDITION, A, bilingual
from tests.preview.conftest import OpenIt


def test_a_letter_in_the_second_language_is_shown_and_stays_while_the_edition_is_broken(
    tmp_path: Path,
) -> None:
    folders = bilingual(tmp_path)
    reading = read_edition(folders)
    shown = show_letter(reading.loaded, f"{A}.cy", reading.jobs, None)
    alone = show_letter(read_one(folders, f"{A}.cy"), f"{A}.cy", reading.jobs, None)
    file = tmp_path / EDITION
    text = file.read_text()

    file.write_text("year: [\n")
    broken = show_letter(read_edition(folders).loaded, f"{A}.cy", None, shown)
    file.write_text(text.replace("languages: [en-GB, cy]", "languages: [en-GB, fr]"))
    other = read_edition(folders)

    assert shown.name == "Cyngor Aberwen (cy)"
    assert shown.good is not None
    assert alone.good is not None
    assert (shown.good.letter.language, shown.good.key) == ("cy", alone.good.key)
    assert (broken.is_old, broken.name) == (True, shown.name)
    assert "bracket" in broken.problems[0].message
    assert show_letter(other.loaded, f"{A}.cy", None, shown).problems


@pytest.mark.thorough
@pytest.mark.processes
def test_the_page_of_a_letter_leads_to_the_other_language(
    tmp_path: Path, open_desk: OpenIt
) -> None:
    bilingual(tmp_path)
    desk = open_desk(tmp_path)

    page = desk.get(f"/letters/{A}.cy")

    assert page.status == 200
    assert f'<a href="/letters/{A}?view=pages&amp;panel=" hreflang="en-GB">' in page.text
    assert 'hreflang="cy" aria-current="page">cy</a>' in page.text
