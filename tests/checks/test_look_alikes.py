from pathlib import Path

import pytest

from generator.project.load_edition import load_edition
from tests.borsetshire import EDITION, GUIDE, STATISTICS, build_tree
from tests.checks.neighbours import AMBRIDGE, alarms, file_of, path_of

A = "ambridge-district-council"
CYRILLIC_O, GREEK_O = "\u043e", "\u03bf"
GABRIEL = "Walter Gabriel"
EDITION_FILE = "data/2031/edition.yaml"
GUIDE_FILE = "templates/2031/report/guide.md"
INSERT_FILE = "templates/2031/inserts/ponds.md"
INSERT = "---\nplace: statistics\n---\nAbout {{ insert.what }}.\n"


def own(**said: str) -> dict[str, str]:
    return {path_of(AMBRIDGE): file_of(AMBRIDGE, **said)}


def value(text: str) -> dict[str, str]:
    chosen = f'inserts: [{{ponds: {{what: "{text}"}}}}]\n'
    return {path_of(AMBRIDGE): file_of(AMBRIDGE) + chosen, INSERT_FILE: INSERT}


def edition(old: str, new: str) -> dict[str, str]:
    assert old in EDITION
    return {EDITION_FILE: EDITION.replace(old, new)}


def printed(word: str) -> dict[str, tuple[dict[str, str], str]]:
    """A word wherever one can be printed: the changes, and what is told of it."""
    return {
        "addressee": (own(name=f"Walter {word}"), f"{A}: KIND addressee.name"),
        "salutation": (
            own(salutation=f"Walter {word}"),
            f"{A}: KIND addressee.salutation",
        ),
        "office": (own(office=f"Chief {word}"), f"{A}: KIND addressee.office"),
        "value": (value(f"the {word}"), f"{A}: KIND inserts.1.ponds.what"),
        "signatory": (edition("Ida Fair", f"{word} Fair"), "edition: KIND signatory.name"),
        "signatory's office": (
            edition("Ombudsman for", f"{word} for"),
            "edition: KIND signatory.offices.1",
        ),
        "noun": (edition("noun: authority", f"noun: {word}"), "edition: KIND kinds.authority.noun"),
        "table": (
            edition("Complaints received", word),
            "edition: KIND figures.received.title",
        ),
        "label": (
            edition("roads: Roads", f"roads: {word}"),
            "edition: KIND figures.received.columns.roads.label",
        ),
        "head": (
            edition("Advice Given, under: Early decisions", f"Advice Given, under: {word}"),
            "edition: KIND figures.decided.columns.advice_given.under",
        ),
        "word for none": (
            edition("of: [not_upheld, upheld]}", f"of: [not_upheld, upheld], none: {word}}}"),
            "edition: KIND figures.decided.columns.uphold_rate.none",
        ),
        "subject": (edition("Annual letter", word), "edition: KIND subject"),
        "fixed words": (edition("By carrier", word), "edition: KIND words.delivery"),
        "statistics page": ({GUIDE_FILE: f"See the {word}.\n"}, "guide: KIND"),
        "in bold": ({GUIDE_FILE: f"See **{word}**.\n"}, "guide: KIND"),
        "link": ({GUIDE_FILE: f"See [{word}](https://a.example).\n"}, "guide: KIND"),
    }


MIXED = printed(f"Trev{CYRILLIC_O}r")
DIGITS = printed("Ho1den")


@pytest.mark.parametrize("place", MIXED)
def test_letters_of_two_scripts_in_a_word_are_a_warning_wherever_it_is_printed(
    tmp_path: Path, place: str
) -> None:
    changes, expected = MIXED[place]

    assert alarms(tmp_path, changes) == [expected.replace("KIND", "letter-of-another-script")]


@pytest.mark.parametrize("place", DIGITS)
def test_a_digit_in_a_word_is_a_warning_wherever_it_is_printed(tmp_path: Path, place: str) -> None:
    changes, expected = DIGITS[place]

    assert alarms(tmp_path, changes) == [expected.replace("KIND", "digit-in-a-word")]


def test_they_are_told_with_their_place(tmp_path: Path) -> None:
    words = f"{STATISTICS}\nIn the\nmatter of R{CYRILLIC_O}ads and P0nds, R{CYRILLIC_O}ads.\n"
    path = "templates/2031/sections/statistics.md"

    problems = load_edition(build_tree(tmp_path, {path: words})).problems

    assert [p.line("s.md") for p in problems] == [
        f's.md:8:11: warning: "{CYRILLIC_O}" in "R{CYRILLIC_O}ads" is a cyrillic small letter o; '
        "type the word anew",
        's.md:8:21: warning: a digit stands inside the word "P0nds"; correct it',
    ]


NAMES = {
    "inside": ("Walter Ho1den", True),
    "at the beginning": ("Walter 5mith", True),
    "at the end": ("Walter Smit4", True),
    "in an Irish name": ("Walter 0'Neill", True),
    "in capitals": ("WALTER HO1DEN", True),
    "half of a double name": ("Walter Smith-J0nes", True),
    "a number by itself": ("Walter Gabriel 2", False),
    "an ordinal": ("Walter Gabriel, 2nd Viscount", False),
    "a code in capitals": ("Walter Gabriel K2", False),
}


@pytest.mark.parametrize("case", NAMES)
def test_in_a_name_every_digit_beside_a_letter_is_strange(tmp_path: Path, case: str) -> None:
    name, is_wrong = NAMES[case]

    expected = [f"{A}: digit-in-a-word addressee.name"] if is_wrong else []
    assert alarms(tmp_path, own(name=name)) == expected


IN_ORDER = (
    *("the A1M, the B4632 and M25", "H2O", "B2B and p2p", "3rd, 2nd and 1990s", "10am to 5pm"),
    *("section 26A(1)", "SEND14 plans", "2018/19 and 2018-19", "post-16 or under-5s", "Covid-19"),
    *("write to ab1cd@borset.example", "see www.bor2set.example", "S151 and s.151 officers"),
    *("mp3 files", "café, Łódź, Siân, Ægir and Llanfŷr", "5 m², a µm, 1ª and Nº 5", "ﬁnd", "20°C"),
    *("Ω by itself", "½ and 3⅓"),
)


@pytest.mark.parametrize("text", IN_ORDER)
def test_what_is_written_so_gives_no_alarm(tmp_path: Path, text: str) -> None:
    assert alarms(tmp_path, value(text)) == []
    assert (
        alarms(
            tmp_path,
            {path_of(AMBRIDGE): None, INSERT_FILE: None, GUIDE_FILE: f"{GUIDE}\nSee {text}.\n"},
        )
        == []
    )


@pytest.mark.parametrize("letter", [CYRILLIC_O, GREEK_O, "\u0455"])
def test_letters_of_any_other_script_are_found(tmp_path: Path, letter: str) -> None:
    found = alarms(tmp_path, own(name=f"Walter Gabri{letter}l"))

    assert found == [f"{A}: letter-of-another-script addressee.name"]
