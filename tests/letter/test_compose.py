"""The letter: a list of blocks that know where they came from."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from generator.edition.values import check_line
from generator.letter.letter import ComposedBlock, ComposedLetter, Run
from generator.letter.printed_table import HeaderCell
from generator.letter.roles import Origin, Role
from generator.problems import errors
from generator.project.load_edition import LoadedEdition, load_edition
from tests.borsetshire import AMBRIDGE as AMBRIDGE_YAML
from tests.borsetshire import EDITION, build_tree
from tests.letter.reading import (
    AMBRIDGE,
    AMBRIDGE_FILE,
    EDITION_FILE,
    FELPERSHAM,
    STATISTICS_FILE,
    blocks,
    insert_file,
    lines,
    texts,
)


def letter_of(folder: Path, *changes: dict[str, str], draft: bool = False) -> ComposedLetter:
    return load_edition(build_tree(folder, *changes), draft=draft).letters[AMBRIDGE].letter


EVERY_BLOCK = """\
opening/1 masthead edition edition.yaml:14 Borsetshire Ombudsman
opening/2 date edition edition.yaml:4 16 July 2031
opening/3 delivery edition edition.yaml:15 By carrier pigeon
opening/4 address_line authority ambridge-district-council.yaml:3 Walter Gabriel
opening/5 address_line authority ambridge-district-council.yaml:4 Chief Executive
opening/6 address_line authority ambridge-district-council.yaml:1 Ambridge District Council
opening/7 salutation edition edition.yaml:16 Dear Walter Gabriel,
opening/8 subject edition edition.yaml:3 Annual letter 2031
introduction/1 paragraph section introduction.md:1 I write to you about the year that ended on \
31 March 2031.
statistics/1 heading section statistics.md:1 The statistics
statistics/2 paragraph section statistics.md:3 We received 17 complaints about the council.
statistics/3 paragraph section statistics.md:5 We publish these figures every year.
statistics/4 paragraph insert flood.md:5 There was a flood in the council’s cellar.
statistics/5 bullet insert flood.md:8 Water
closing/1 closing edition edition.yaml:17 Yours faithfully,
closing/2 signatory edition edition.yaml:7 Ida Fairweather
closing/3 office edition edition.yaml:8 Ombudsman for Borsetshire
report/1 report_title edition edition.yaml:18 Report: Ambridge District Council
report/2 report_period edition edition.yaml:19 Period ending: 31/03/2031
report/3 paragraph section guide.md:1 On reading these figures, see the guide.
report/4 table_title edition edition.yaml:23 Complaints received
report/5 table edition edition.yaml:25 Roads\t3|Ponds and Ducks\t14|Total\t17
report/6 table_title edition edition.yaml:29 Decisions made
report/7 table edition edition.yaml:31 Advice Given\t1|Not Upheld\t5|Upheld\t3|Uphold Rate\t38%|\
Total\t9
report/8 notes_title edition edition.yaml:20 Notes
report/9 paragraph section notes.md:1 The uphold rate is a part of the investigations.
report/10 table_title edition edition.yaml:38 Complaints remedied
report/11 table edition edition.yaml:39 by us\t2|by the authority\t1"""

INSERT = """\
---
place: statistics
---

There was a flood
in the {{ authority.noun }}'s cellar.

- Water
"""
WITH_INSERT = {
    insert_file("flood"): INSERT,
    AMBRIDGE_FILE: f"{AMBRIDGE_YAML}inserts: [flood]\n",
}


def described(block: ComposedBlock) -> str:
    place = f"{block.place.path.name}:{block.place.line}"
    text = block.text.replace("\n", "|")
    return f"{block.address} {block.role} {block.origin} {place} {text}"


def test_every_block_has_an_address_a_role_an_origin_and_a_place(tmp_path: Path) -> None:
    letter = letter_of(tmp_path, WITH_INSERT)
    assert "\n".join(map(described, letter.blocks)) == EVERY_BLOCK


def test_the_blocks_of_an_insert_know_its_name(tmp_path: Path) -> None:
    letter = letter_of(tmp_path, WITH_INSERT)
    named = [block.address for block in letter.blocks if block.insert == "flood"]
    assert named == ["statistics/4", "statistics/5"]
    assert {block.insert for block in letter.blocks} == {None, "flood"}


def test_a_block_keeps_its_wording_beside_its_text(tmp_path: Path) -> None:
    wording = {block.address: block.wording for block in letter_of(tmp_path, WITH_INSERT).blocks}
    expected = {
        "opening/2": "{{ edition.letter_date | long_date }}",
        "opening/4": "{{ authority.addressee.name }}",
        "opening/6": "{{ authority.name }}",
        "opening/7": "Dear {{ authority.addressee.salutation }},",
        "statistics/2": 'We received {{ authority.received.total | count("complaint") }} '
        "about the {{ authority.noun }}.",
        "statistics/4": "There was a flood\nin the {{ authority.noun }}'s cellar.",
        "report/1": "Report: {{ authority.name }}",
        "report/2": "Period ending: {{ edition.period_end | numeric_date }}",
        "report/5": "Roads\troads\nPonds and Ducks\tponds\nTotal\ttotal",
    }
    assert {address: wording[address] for address in expected} == expected


def test_runs_know_the_facts_they_came_from(tmp_path: Path) -> None:
    letter = letter_of(tmp_path)
    runs = {block.address: block.runs for block in letter.blocks}
    assert runs["statistics/2"] == (
        Run("We received "),
        Run("17 complaints", name="authority.received.total"),
        Run(" about the "),
        Run("council", name="authority.noun"),
        Run("."),
    )
    assert runs["opening/6"] == (Run("Ambridge District Council", name="authority.name"),)
    assert runs["closing/1"] == (Run("Yours faithfully,"),)


def test_runs_know_how_they_are_set(tmp_path: Path) -> None:
    section = {STATISTICS_FILE: "*a {{ edition.year }}* **b** [c](https://x.example)\n"}
    assert letter_of(tmp_path, section).part("statistics")[0].runs == (
        Run("a ", emphasis=True),
        Run("2031", emphasis=True, name="edition.year"),
        Run(" "),
        Run("b", strong=True),
        Run(" "),
        Run("c", link="https://x.example"),
    )


def test_the_figures_of_a_table_know_their_places(tmp_path: Path) -> None:
    table = letter_of(tmp_path).part("report")[4].table
    assert table is not None
    found = [(c.column.id, c.text, c.figure.place.line, c.figure.place.column) for c in table.cells]
    assert found[:2] == [("roads", "3", 5, 19), ("ponds", "14", 5, 29)]


def test_the_letter_holds_every_figure_in_the_order_printed(tmp_path: Path) -> None:
    found = [f"{f.column.group}.{f.column.id}={f.value}" for f in letter_of(tmp_path).figures]
    assert found == [
        *("received.roads=3", "received.ponds=14", "received.total=17"),
        *("decided.advice_given=1", "decided.not_upheld=5", "decided.upheld=3"),
        *("decided.uphold_rate=38", "decided.total=9"),
        *("remedied.by_us=2", "remedied.by_authority=1"),
    ]


def test_heads_span_the_neighbours_that_stand_under_them(tmp_path: Path) -> None:
    tables = [block.table for block in letter_of(tmp_path).blocks if block.table]
    assert [table.spanning_headers for table in tables] == [
        (),
        (
            HeaderCell("Early decisions", 1, 1),
            HeaderCell("Investigations", 3, 2),
            HeaderCell("", 1, 5),
        ),
        (),
    ]


def test_the_letter_knows_itself(tmp_path: Path) -> None:
    letter = letter_of(tmp_path)
    assert letter.title == "Annual letter 2031: Ambridge District Council"
    assert letter.author == "Ida Fairweather, Ombudsman for Borsetshire"
    assert (letter.year, letter.slug, letter.language) == (2031, AMBRIDGE, "en-GB")
    assert letter.date.isoformat() == "2031-07-16"
    assert [part[0].part for part in letter.sections()] == ["introduction", "statistics"]


def test_sections_stand_in_the_editions_order(tmp_path: Path) -> None:
    edition = EDITION.replace("[introduction, statistics]", "[statistics, introduction]")
    letter = letter_of(tmp_path, {EDITION_FILE: edition})
    assert [part[0].part for part in letter.sections()] == ["statistics", "introduction"]


def test_every_office_has_a_line(tmp_path: Path) -> None:
    edition = EDITION.replace("[Ombudsman for Borsetshire]", "[Ombudsman, Keeper of Ducks]")
    letter = letter_of(tmp_path, {EDITION_FILE: edition})
    offices = [(b.role, b.text, b.place.column) for b in letter.part("closing")[2:]]
    assert offices == [(Role.OFFICE, "Ombudsman", 13), (Role.OFFICE, "Keeper of Ducks", 24)]
    assert letter.author == "Ida Fairweather, Ombudsman"


def test_several_addressees_have_a_line_each(tmp_path: Path) -> None:
    file = AMBRIDGE_YAML.replace(
        "  name: Walter Gabriel\n",
        "  name:\n    - Walter Gabriel\n    - Ned O'Larkin\n  salutation: Walter and Ned\n",
    )
    opening = letter_of(tmp_path, {AMBRIDGE_FILE: file}).part("opening")
    lines_ = [(b.text, b.place.line) for b in opening if b.role is Role.ADDRESS_LINE]
    assert lines_[:2] == [("Walter Gabriel", 4), ("Ned O’Larkin", 5)]
    assert "Dear Walter and Ned," in [block.text for block in opening]


KINDS = {"usual": ("", "council"), "said": ("kind: authority\n", "authority")}


@pytest.mark.parametrize(("more", "noun"), KINDS.values(), ids=KINDS.keys())
def test_the_noun_is_that_of_the_kind(more: str, noun: str, tmp_path: Path) -> None:
    letter = letter_of(tmp_path, {AMBRIDGE_FILE: AMBRIDGE_YAML + more})
    assert letter.part("statistics")[1].text == f"We received 17 complaints about the {noun}."


def test_another_language_writes_its_own_dates_and_numbers(tmp_path: Path) -> None:
    edition = EDITION.replace("en-GB", "cy-GB")
    file = AMBRIDGE_YAML.replace("ponds: 14", "ponds: 1400")
    letter = letter_of(tmp_path, {EDITION_FILE: edition, AMBRIDGE_FILE: file})
    found = {block.address: block.text for block in letter.blocks}
    assert found["opening/2"] == "16 Gorffennaf 2031"
    assert found["report/2"] == "Period ending: 31/3/2031"
    assert found["report/5"] == "Roads\t3\nPonds and Ducks\t1,400\nTotal\t1,403"


def test_labels_and_titles_have_typographic_apostrophes(tmp_path: Path) -> None:
    edition = EDITION.replace("Ponds and Ducks", "Ducks' Ponds").replace(
        "Complaints received", "Children's complaints"
    )
    report = letter_of(tmp_path, {EDITION_FILE: edition}).part("report")
    assert report[3].text == "Children’s complaints"
    assert report[4].text == "Roads\t3\nDucks’ Ponds\t14\nTotal\t17"


MISSING = {AMBRIDGE_FILE: AMBRIDGE_YAML.replace("ponds: 14", "ponds: null")}


def test_a_draft_shows_what_is_not_yet_supplied(tmp_path: Path) -> None:
    folders = build_tree(tmp_path, MISSING)
    loaded = load_edition(folders, draft=True)
    letter = loaded.letters[AMBRIDGE].letter
    assert (letter.draft, loaded.problems) == (True, [])
    assert letter.part("report")[4].text == "Roads\t3\nPonds and Ducks\t[?]\nTotal\t[?]"
    gap = Run("[?] complaints", name="authority.received.total", gap=True)
    assert letter.part("statistics")[1].runs[1] == gap


def test_a_letter_that_is_no_draft_has_no_gaps(tmp_path: Path) -> None:
    message = "not yet supplied (null); a letter needs the figure, a draft does not (--draft)"
    folders = build_tree(tmp_path, MISSING)
    assert lines(folders) == [f"{AMBRIDGE_FILE}:5:29: error: received.ponds: {message}"]
    assert load_edition(folders).problems_of(FELPERSHAM) == []


def test_a_rate_of_nothing_is_no_gap(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path))
    report = blocks(loaded, "report", FELPERSHAM)
    assert "Uphold Rate\tN/A" in report[6].text


GROWN = (
    EDITION
    + """\
  praised:
    title: Praise received
    columns:
      ducks: Ducks
      geese: Geese
      goose_rate: {label: Goose Rate, percent: geese, of: [ducks, geese], none: no birds}
"""
)


def test_a_new_group_and_a_new_rate_need_no_code(tmp_path: Path) -> None:
    section = (
        "Of {{ authority.praised.geese | count('goose', 'geese') }}: "
        "{{ authority.praised.goose_rate }}.\n"
    )
    many = "---\nplace: statistics\nwhen: authority.praised.goose_rate > 60\n---\nHonk.\n"
    felpersham = "praised: {ducks: 0, geese: 0}\n"
    changes = {
        EDITION_FILE: GROWN,
        STATISTICS_FILE: section,
        insert_file("honk"): many,
        AMBRIDGE_FILE: f"{AMBRIDGE_YAML}praised: {{ducks: 3, geese: 5}}\n",
    }
    folders = build_tree(tmp_path, changes)
    path = tmp_path / f"data/2031/authorities/{FELPERSHAM}.yaml"
    path.write_text(path.read_text() + felpersham)
    loaded = load_edition(folders)
    assert loaded.problems == []
    assert texts(loaded, "statistics") == ["Of 5 geese: 63%.", "Honk."]
    assert texts(loaded, "statistics", FELPERSHAM) == ["Of 0 geese: no birds."]
    assert texts(loaded, "report")[-1] == "Ducks\t3\nGeese\t5\nGoose Rate\t63%"


ODD = {
    "ampersand": "Brighton & Hove",
    "apostrophe": "King's Lynn",
    "html": "<b>Bold</b>",
    "jinja": "{{ 7*7 }}",
    "statement": "{% x %}",
    "remark": "{# x #}",
    "emphasis": "*x* __y__",
    "link": "[a](b)",
    "code": "`x`",
    "named-sign": "A &amp; B",
    "heading": "# Council",
    "list": "1. Council",
    "quotes": '"Council" (c) ... --',
    "braces": "}} {{",
    "backslash": r"Coun\cil \*",
}


def named(name: str) -> dict[str, str]:
    """Ambridge under another name, which is its addressee's and stands in a paragraph, too."""
    quoted = "'" + name.replace("'", "''") + "'"
    file = AMBRIDGE_YAML.replace("Ambridge District Council", quoted)
    return {
        AMBRIDGE_FILE: file.replace("Walter Gabriel", quoted),
        STATISTICS_FILE: "To *{{ authority.name }}*'s [{{ authority.name }}](https://x.example)\n",
    }


def printed_names(loaded: LoadedEdition) -> dict[str, str]:
    letter = loaded.letters[AMBRIDGE].letter
    found = {block.role.value: block.text for block in letter.part("opening")}
    return {
        "address": found["address_line"],
        "salutation": found["salutation"],
        "title": letter.title,
        "paragraph": letter.part("statistics")[0].text,
        "report": letter.part("report")[0].text,
        "authority": letter.authority,
    }


def in_all_places(name: str) -> dict[str, str]:
    return {
        "address": name,
        "salutation": f"Dear {name},",
        "title": f"Annual letter 2031: {name}",
        "paragraph": f"To {name}’s {name}",
        "report": f"Report: {name}",
        "authority": name,
    }


@pytest.mark.parametrize("name", ODD.values(), ids=ODD.keys())
def test_a_value_is_never_read_as_anything_but_itself(name: str, tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path, named(name)))
    assert [p for p in errors(loaded.problems) if not p.kind] == []
    assert printed_names(loaded) == in_all_places(name.replace("'", "’"))


def is_line(text: str) -> bool:
    try:
        return check_line(text) == text
    except PydanticCustomError:
        return False


SIGNS = "abcXYZ éŵ'’&<>{}%#*_[]()`\\\"!.,:;-–/|~$"
NAMES = (st.text(SIGNS, min_size=1, max_size=30) | st.text(min_size=1, max_size=20)).filter(is_line)


@given(name=NAMES)
def test_any_valid_name_survives_but_for_its_apostrophe(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    loaded = load_edition(build_tree(tmp_path_factory.mktemp("name"), named(name)))
    assert [p for p in errors(loaded.problems) if not p.kind] == []  # checks may doubt a name
    assert printed_names(loaded) == in_all_places(name.replace("'", "’"))


def test_origins_are_whose_words_they_are(tmp_path: Path) -> None:
    letter = letter_of(tmp_path, WITH_INSERT)
    files = {block.origin: block.place.path.parent.name for block in letter.blocks}
    assert files == {
        Origin.EDITION: "2031",
        Origin.AUTHORITY: "authorities",
        Origin.SECTION: "report",
        Origin.INSERT: "inserts",
    }
