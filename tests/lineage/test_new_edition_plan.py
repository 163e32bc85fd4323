"""Which files a new edition will have, and when none is started."""

import pytest

from generator.lineage.new_files import NewEdition, plan_edition
from generator.workspace import EditionFolders, UsageError
from tests.borsetshire import AMBRIDGE, STATISTICS
from tests.lineage.conftest import Build

A_FILE = "data/2031/authorities/ambridge-district-council.yaml"
BY_NAME = "---\nplace: statistics\n---\nIn 2029 all 9 ducks complained.\n"
BY_RULE = "---\nplace: statistics\nwhen: authority.decided.upheld > 2\n---\nThree of 9 geese.\n"


def planned(folders: EditionFolders, year: int = 2032) -> NewEdition:
    new, problems = plan_edition(folders, year)
    assert problems == []
    assert new is not None
    return new


def test_all_wording_is_taken_over_but_inserts_that_only_authorities_name(
    borsetshire: Build,
) -> None:
    folders = borsetshire(
        {
            A_FILE: AMBRIDGE + "inserts: [ducks, geese]\n",
            "templates/2031/inserts/ducks.md": BY_NAME,
            "templates/2031/inserts/geese.md": BY_RULE,
            "templates/2031/letter.css": "p { color: green }\n",
            "templates/2031/arms.png": b"\x89PNG\r\n\x1a\n",
            "templates/2031/sections/.#statistics.md": "an editor's litter",
        }
    )

    new = planned(folders)

    assert new.templates == {
        name: (folders.templates / name).read_bytes()
        for name in (
            *("arms.png", "inserts/geese.md", "letter.css", "report/guide.md", "report/notes.md"),
            *("sections/introduction.md", "sections/statistics.md"),
        )
    }
    assert [(o.place.path.name, o.place.line, o.what) for o in new.left_out] == [
        ("ducks.md", 0, "an insert that no rule places, only authorities by name"),
        ("ambridge-district-council.yaml", 8, "inserts: ducks"),
        ("ambridge-district-council.yaml", 8, "inserts: geese"),
    ]


def test_line_ends_of_windows_and_a_byte_order_mark_stay(borsetshire: Build) -> None:
    as_on_windows = b"\xef\xbb\xbf" + AMBRIDGE.replace("\n", "\r\n").encode()

    new = planned(borsetshire({A_FILE: as_on_windows}))

    assert new.data["authorities/ambridge-district-council.yaml"] == (
        as_on_windows.replace(b"roads: 3, ponds: 14", b"roads: null, ponds: null")
        .replace(b"advice_given: 1, not_upheld: 5", b"advice_given: null, not_upheld: null")
        .replace(b"upheld: 3}", b"upheld: null}")
        .replace(b"by_us: 2, by_authority: 1", b"by_us: null, by_authority: null")
    )


@pytest.mark.parametrize("taken", ["data/2032/edition.yaml", "templates/2032/letter.css"])
def test_what_is_there_is_never_overwritten(taken: str, borsetshire: Build) -> None:
    folders = borsetshire({taken: "mine\n"})

    with pytest.raises(UsageError) as told:
        plan_edition(folders, 2032)

    assert str(told.value) == (
        f"{taken.rpartition('/')[0]} already exists; "
        "rename or remove it if edition 2032 is to be started again."
    )


def test_the_edition_itself_is_there_already(borsetshire: Build) -> None:
    with pytest.raises(UsageError, match="data/2031 already exists"):
        plan_edition(borsetshire(), 2031)


@pytest.mark.parametrize("year", [2030, 2052, 9999])
def test_a_year_before_or_long_after_is_a_slip(year: int, borsetshire: Build) -> None:
    with pytest.raises(UsageError) as told:
        plan_edition(borsetshire(), year)

    assert str(told.value) == (
        f"{year} cannot be started from 2031; expected a later year, such as 2032, "
        "or an earlier edition to start from (--from YEAR)."
    )


def test_an_edition_with_errors_is_mended_first(borsetshire: Build) -> None:
    folders = borsetshire(
        {
            A_FILE: AMBRIDGE.replace("roads: 3", "roads: three"),
            "templates/2031/sections/statistics.md": STATISTICS + "\n{{ edition.yaer }}\n",
        }
    )

    new, problems = plan_edition(folders, 2032)

    assert new is None
    assert [(p.place.path.name, p.place.line, p.is_error) for p in problems] == [
        ("ambridge-district-council.yaml", 5, True),
        ("statistics.md", 7, True),
    ]


def test_an_edition_whose_facts_cannot_be_read_is_mended_first(borsetshire: Build) -> None:
    new, problems = plan_edition(borsetshire({"data/2031/edition.yaml": "year: x\n"}), 2032)

    assert new is None
    assert problems != []
