"""Letters of another year in several languages: each is matched in its own, and none is lost."""

from dataclasses import replace
from pathlib import Path

from generator.lineage.last_year import match_letters
from tests.bilingual import A, loaded


def test_a_letter_in_a_language_that_is_none_of_this_year_s_is_gone(tmp_path: Path) -> None:
    this_year = loaded(tmp_path)
    english, welsh = (this_year.letters[slug].letter for slug in (A, f"{A}.cy"))
    french = replace(welsh, language="fr")

    matched = match_letters([english, welsh, french], this_year)

    assert matched.gone == [french]
    assert {slug: [*then.values()] for slug, then in matched.versions.items()} == {
        A: [english],
        f"{A}.cy": [welsh],
    }
