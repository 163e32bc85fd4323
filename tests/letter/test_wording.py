"""The wording of an edition: its files, its fixed words, and the front matter of its inserts."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.edition.load import load_data
from generator.letter.variables import vocabulary
from generator.letter.wording import load_wording
from generator.project.load_edition import load_edition
from generator.workspace import EditionFolders, Workspace
from tests.borsetshire import AMBRIDGE as AMBRIDGE_YAML
from tests.borsetshire import EDITION, ROOT, build_tree
from tests.edition.lines import without_privilege
from tests.letter.reading import (
    AMBRIDGE,
    AMBRIDGE_FILE,
    EDITION_FILE,
    FELPERSHAM,
    STATISTICS_FILE,
    insert_file,
    lines,
    lines_of,
    texts,
)

FLOOD = insert_file("flood")
NAMED = {AMBRIDGE_FILE: f"{AMBRIDGE_YAML}inserts: [flood]\n"}


def test_the_invented_wording_is_in_order(tmp_path: Path) -> None:
    assert lines(build_tree(tmp_path)) == []


def test_the_wording_of_2018_is_in_order() -> None:
    loaded = load_edition(Workspace(ROOT).edition(2018))
    assert (len(loaded.letters), loaded.problems) == (5, [])


FILES: dict[str, tuple[dict[str, str | bytes | None], list[str]]] = {
    "section-missing": (
        {STATISTICS_FILE: None},
        [
            f"{EDITION_FILE}:9:26: error: sections.statistics: "
            f"this section has no file; expected {STATISTICS_FILE}"
        ],
    ),
    "section-empty": (
        {STATISTICS_FILE: ""},
        [f"{STATISTICS_FILE}: error: no words in this file; add them"],
    ),
    "section-of-blank-lines": (
        {STATISTICS_FILE: " \n\n"},
        [f"{STATISTICS_FILE}: error: no words in this file; add them"],
    ),
    "section-with-a-tab": (
        {STATISTICS_FILE: "A\n\tB\n"},
        [f"{STATISTICS_FILE}:2:1: error: a tab; use spaces"],
    ),
    "section-not-listed": (
        {"templates/2031/sections/statistic.md": "Words\n"},
        [
            "templates/2031/sections/statistic.md: warning: in no letter, since edition.yaml "
            'does not list it in sections; did you mean "statistics"?'
        ],
    ),
    "section-of-another-name": (
        {"templates/2031/sections/farewell.md": "Words\n"},
        [
            "templates/2031/sections/farewell.md: warning: in no letter, since edition.yaml "
            "does not list it in sections"
        ],
    ),
    "not-a-file-of-wording": (
        {
            "templates/2031/sections/notes.doc": "Words\n",
            "templates/2031/sections/.statistics.md.swp": "x",
            "templates/2031/sections/more/words.md": "x",
        },
        [
            "templates/2031/sections/more: error: a folder, whose files are not read; move them "
            "into sections itself",
            "templates/2031/sections/notes.doc: warning: not read: not a wording file (.md); "
            "move it elsewhere",
        ],
    ),
    "another-ending": (
        {
            "templates/2031/sections/a.MD": "Words\n",
            "templates/2031/report/guide.txt": "Words\n",
            "templates/2031/inserts/flood.markdown": "Words\n",
            "templates/2031/inserts/storm.md.txt": "Words\n",
        },
        [
            "templates/2031/inserts/flood.markdown: error: not read: rename it to flood.md",
            "templates/2031/inserts/storm.md.txt: error: not read: rename it to storm.md",
            "templates/2031/report/guide.txt: error: not read: guide.md also exists; keep one of "
            "them and move the other elsewhere",
            "templates/2031/sections/a.MD: error: not read: rename it to a.md",
        ],
    ),
    "unknown-in-the-report": (
        {"templates/2031/report/guides.md": "Words\n"},
        ['templates/2031/report/guides.md: warning: not read; did you mean "guide"?'],
    ),
    "unknown-in-the-year": (
        {
            "templates/2031/insert/flood.md": "x",
            "templates/2031/seal.PNG": "x",
            "templates/2031/x.docx": "x",
        },
        [
            'templates/2031/insert: warning: not read; did you mean "inserts"?',
            "templates/2031/x.docx: warning: not read; expected sections, report, inserts, "
            "pictures, mail.md, letter.html.jinja, letter.css, screen.css or a picture",
        ],
    ),
    "file-in-place-of-inserts": (
        {"templates/2031/inserts": "x"},
        [
            "templates/2031/inserts: error: a file, not a folder; move it and create a folder of "
            "this name"
        ],
    ),
    "section-with-a-heading-alone": (
        {STATISTICS_FILE: "\n# Head\n"},
        [f"{STATISTICS_FILE}:2:3: error: no words below this heading; add them"],
    ),
    "guide-missing": (
        {"templates/2031/report/guide.md": None},
        ["templates/2031/report/guide.md: error: no such file"],
    ),
    "heading-in-the-notes": (
        {"templates/2031/report/notes.md": "# Notes\n\nWords\n"},
        [
            "templates/2031/report/notes.md:1:1: error: a heading, which only sections have; "
            "remove the #"
        ],
    ),
    "windows-line-ends-and-byte-order-mark": (
        {STATISTICS_FILE: b"\xef\xbb\xbfA\r\nB {{ a }}\r\n"},
        [
            f'{STATISTICS_FILE}:2:3: error: {{{{ a }}}}: unknown name "a"; '
            "names begin with edition. or authority."
        ],
    ),
}


@pytest.mark.parametrize(("changes", "problems"), FILES.values(), ids=FILES.keys())
def test_files_of_wording(
    changes: dict[str, str | bytes | None], problems: list[str], tmp_path: Path
) -> None:
    assert lines(build_tree(tmp_path, changes)) == problems


def test_a_missing_section_leaves_the_rest_to_be_read(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path, {STATISTICS_FILE: None}))
    assert texts(loaded, "introduction") != []
    assert texts(loaded, "statistics") == []


WORDS = {
    "unknown-name": (
        "salutation: Dear {{ authority.addressee.salutation }},",
        "salutation: Dear {{ authority.addressee.saluation }},",
        "16:15: error: {{ authority.addressee.saluation }}: "
        'unknown name "authority.addressee.saluation"; '
        'did you mean "authority.addressee.salutation"?',
    ),
    "never-closed": (
        "closing: Yours faithfully,",
        "closing: Yours {{ authority.name,",
        "17:12: error: words.closing: "
        "{{ begins a placeholder that never ends; expected }} after the name",
    ),
    "statement-in-the-subject": (
        "subject: Annual letter {{ edition.year }}",
        "subject: Annual {% letter",
        "3:10: error: subject: "
        "{% cannot be used here; for words that only some letters have, use ::: when",
    ),
    "placeholder-that-is-added-by-itself": (
        'report_title: "Report:"',
        'report_title: "Report: {{ authority.name }}"',
        "18:17: error: words.report_title: the authority's name is added automatically; write "
        "only the words before it",
    ),
    "end-of-a-placeholder-where-one-is-added": (
        'report_title: "Report:"',
        'report_title: "Report: authority.name }}"',
        "18:17: error: words.report_title: the authority's name is added automatically; write "
        "only the words before it",
    ),
    "another-placeholder-where-one-is-added": (
        'report_period: "Period ending:"',
        'report_period: "Period {{ x }} ending:"',
        "19:18: error: words.report_period: the end of the period is added automatically; write "
        "only the words before it",
    ),
    "straight-quotation-mark": (
        "closing: Yours faithfully,",
        "closing: Yours 'faithfully,",
        "17:12: warning: words.closing: ' has no counterpart; type ’ or \u2018 itself (\u2032 "
        "for feet and minutes)",
    ),
    "date-without-a-filter": (
        "closing: Yours faithfully,",
        "closing: Until {{ edition.period_end }}",
        "17:12: error: {{ edition.period_end }}: a date has two formats; "
        "write edition.period_end | long_date, or edition.period_end | numeric_date",
    ),
}


@pytest.mark.parametrize(("right", "wrong", "problem"), WORDS.values(), ids=WORDS.keys())
def test_the_fixed_words_are_checked_where_they_stand(
    right: str, wrong: str, problem: str, tmp_path: Path
) -> None:
    assert right in EDITION
    folders = build_tree(tmp_path, {EDITION_FILE: EDITION.replace(right, wrong)})
    assert lines(folders)[0] == f"{EDITION_FILE}:{problem}"


def test_fixed_words_are_no_markdown(tmp_path: Path) -> None:
    edition = EDITION.replace("By carrier pigeon", "By *carrier* [pigeon](x) & 'owl' # 2")
    edition = edition.replace("delivery: By", 'delivery: "By').replace("# 2", '# 2"')
    loaded = load_edition(
        build_tree(tmp_path, {EDITION_FILE: edition.replace("[pigeon](x)", "`p`")})
    )
    assert loaded.problems == []
    assert "By *carrier* `p` & \u2018owl’ # 2" in texts(loaded, "opening")


_FENCED = "expected --- on the first line, then place: and a section, then --- again"
FRONT = {
    "empty-file": ("", f"1:1: error: {_FENCED}"),
    "no-front-matter": ("Words\n", f"1:1: error: {_FENCED}"),
    "front-matter-below": ("\n---\nplace: statistics\n---\nWords\n", f"1:1: error: {_FENCED}"),
    "never-closed": ("---\nplace: statistics\nWords\n", f"1:1: error: {_FENCED}"),
    "four-hyphens": ("----\nplace: statistics\n---\nWords\n", f"1:1: error: {_FENCED}"),
    "nothing-between": (
        "---\n\n---\nWords\n",
        "1:1: error: nothing between the two ---; expected place: and a section",
    ),
    "rule-with-an-unknown-name": (
        "---\nplace: statistics\nwhen: authority.decided.uphled > 0\n---\nWords\n",
        '3:7: error: when: unknown name "authority.decided.uphled"; '
        'did you mean "authority.decided.upheld"?',
    ),
    "rule-over-a-kind-there-is-not": (
        "---\nplace: statistics\nwhen: edition.year > 1 and authority.kind == 'concil'\n---\nA\n",
        '3:7: error: when: authority.kind is never "concil"; did you mean "council"?',
    ),
    "rule-over-a-noun-there-is-not": (
        "---\nplace: statistics\nwhen: '\"x\" != authority.noun'\n---\nWords\n",
        '3:7: error: when: authority.noun is never "x"; expected one of council, authority',
    ),
    "rule-in-braces": (
        "---\nplace: statistics\nwhen: {{ authority.decided.upheld > 0 }}\n---\nWords\n",
        "3:1: error: when: a rule has no {{ and }}; remove them",
    ),
    "rule-in-quoted-braces": (
        '---\nplace: statistics\nwhen: "{{ edition.year > 0 }}"\n---\nWords\n',
        "3:7: error: when: a rule has no {{ and }}; remove them",
    ),
}


@pytest.mark.parametrize(("text", "problem"), FRONT.values(), ids=FRONT.keys())
def test_an_insert_whose_rule_cannot_be_read_concerns_every_letter(
    text: str, problem: str, tmp_path: Path
) -> None:
    folders = build_tree(tmp_path, NAMED, {FLOOD: text})
    loaded = load_edition(folders)
    for slug in (AMBRIDGE, FELPERSHAM):
        assert lines_of(folders, loaded.problems_of(slug)) == [f"{FLOOD}:{problem}"]
    assert all("flood" not in composed.inserts for composed in loaded.letters.values())


KEYS = {
    "not-yaml": ("---\nplace: [a\n---\nWords\n", "2:8: error: "),
    "list": ("---\n- place\n---\nWords\n", "2:1: error: found a list; "),
    "word": ("---\nstatistics\n---\nWords\n", "2:1: error: found statistics; "),
    "mistyped-key": ("---\nplce: statistics\n---\nWords\n", "2:1: error: plce: unknown key; "),
    "place-twice": (
        "---\nplace: statistics\nplace: statistics\n---\nWords\n",
        "3:1: error: place: written twice (",
    ),
    "place-left-blank": (
        "---\nplace:\n---\nWords\n",
        "2:7: error: place: left blank; expected lower-case letters a-z, digits and hyphens, "
        "such as next-steps",
    ),
    "place-with-a-capital": (
        "---\nplace: Statistics\n---\nWords\n",
        "2:8: error: place: found Statistics; ",
    ),
    "place-missing": ("---\nafter: We\n---\nWords\n", "2:1: error: place: missing; "),
    "after-left-blank": (
        "---\nplace: statistics\nafter:\n---\nWords\n",
        "3:7: error: after: left blank; ",
    ),
    "rule-left-blank": (
        "---\nplace: statistics\nwhen:\n---\nWords\n",
        "3:6: error: when: left blank; ",
    ),
    "rule-over-lines": (
        "---\nplace: statistics\nwhen: |\n  1 == 1\n---\nWords\n",
        "3:7: error: when: spans several lines; ",
    ),
}


@pytest.mark.parametrize(("text", "problem"), KEYS.values(), ids=KEYS.keys())
def test_the_keys_of_an_insert_are_read_as_strictly_as_a_data_file(
    text: str, problem: str, tmp_path: Path
) -> None:
    """The words are the loader's, and have their tests there; the lines are the insert's."""
    folders = build_tree(tmp_path, NAMED, {FLOOD: text})
    loaded = load_edition(folders)
    for slug in (AMBRIDGE, FELPERSHAM):
        (found,) = lines_of(folders, loaded.problems_of(slug))
        assert found.startswith(f"{FLOOD}:{problem}")


BROKEN = {
    "no-words": (
        "---\nplace: statistics\n---\n\n",
        "3:1: error: no words below this line; add them",
    ),
    "unknown-section": (
        "---\nplace: statistcs\n---\nWords\n",
        '2:8: error: place: no section "statistcs"; did you mean "statistics"?',
    ),
    "section-of-no-such-name": (
        "---\nplace: farewell\n---\nWords\n",
        '2:8: error: place: no section "farewell"; expected one of introduction, statistics',
    ),
    "no-such-paragraph": (
        "---\nplace: statistics\nafter: Nowhere\n---\nWords\n",
        '3:8: error: after: no paragraph of statistics begins with "Nowhere"; '
        "copy its first words from the section's file",
    ),
    "heading-is-no-paragraph": (
        "---\nplace: statistics\nafter: The statistics\n---\nWords\n",
        '3:8: error: after: no paragraph of statistics begins with "The statistics"; '
        "copy its first words from the section's file",
    ),
    "words-further-on-in-a-paragraph": (
        "---\nplace: statistics\nafter: publish these\n---\nWords\n",
        '3:8: error: after: no paragraph of statistics begins with "publish these"; '
        "copy its first words from the section's file",
    ),
    "two-such-paragraphs": (
        "---\nplace: statistics\nafter: We\n---\nWords\n",
        '3:8: error: after: 2 paragraphs of statistics begin with "We"; '
        "add more of the words that follow",
    ),
    "heading": (
        "---\nplace: statistics\n---\n# Head\n\nWords\n",
        "4:1: error: a heading, which only sections have; remove the #",
    ),
    "third-line-of-hyphens": (
        "---\nplace: statistics\n---\nWords\n---\nWords\n",
        "5:1: error: a line of - makes the words above it a heading; "
        "remove it, or begin the heading with #",
    ),
    "unknown-name": (
        "---\nplace: statistics\n---\n\nWords\nof {{ authority.nam }}\n",
        '6:4: error: {{ authority.nam }}: unknown name "authority.nam"; '
        'did you mean "authority.name"?',
    ),
    "badly-named-value": (
        "---\nplace: statistics\n---\nOf {{ insert.The_matter }}\n",
        '4:4: error: {{ insert.The_matter }}: unknown name "insert.The_matter"; '
        "the name of a value has lower-case letters, digits and _, such as insert.matter",
    ),
    "value-with-parts": (
        "---\nplace: statistics\n---\nOf {{ insert.a.b }}\n",
        '4:4: error: {{ insert.a.b }}: unknown name "insert.a.b"; '
        "the name of a value has lower-case letters, digits and _, such as insert.matter",
    ),
}


@pytest.mark.parametrize(("text", "problem"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_insert_concerns_only_the_letters_that_use_it(
    text: str, problem: str, tmp_path: Path
) -> None:
    folders = build_tree(tmp_path, NAMED, {FLOOD: text})
    loaded = load_edition(folders)
    assert lines_of(folders, loaded.problems_of(AMBRIDGE)) == [f"{FLOOD}:{problem}"]
    assert loaded.problems_of(FELPERSHAM) == []


def test_every_problem_of_an_insert_is_said_at_once(tmp_path: Path) -> None:
    text = "---\nplace: nowhere\nwhen: 1 = 1\n---\n# Head\n\n{{ a }}\n"
    found = [line.split(" error: ")[0] for line in lines(build_tree(tmp_path, {FLOOD: text}))]
    assert found == [f"{FLOOD}:{place}:" for place in ("3:7", "5:1", "7:1")]


def test_a_rule_is_given_no_values(tmp_path: Path) -> None:
    text = "---\nplace: statistics\nwhen: edition.year > 0\n---\nOf {{ insert.matter }}.\n"
    folders = build_tree(tmp_path, {FLOOD: text})
    message = "a rule supplies no values, so insert.matter would be empty; remove one of them"
    assert lines(folders) == [f"{FLOOD}:3:7: error: when: {message}"]


def test_an_inserts_file_is_named_like_the_insert(tmp_path: Path) -> None:
    text = "---\nplace: statistics\nwhen: edition.year > 0\n---\nWords\n"
    message = (
        "the file's name is the insert's name; "
        "expected lower-case letters a-z, digits and hyphens, such as late-replies.md"
    )
    bad = insert_file("The Flood")
    assert lines(build_tree(tmp_path, {bad: text})) == [f"{bad}: error: {message}"]


def test_a_broken_section_is_not_also_a_paragraph_that_is_not_there(tmp_path: Path) -> None:
    text = "---\nplace: statistics\nafter: We publish\n---\nWords\n"
    found = lines(build_tree(tmp_path, NAMED, {FLOOD: text, STATISTICS_FILE: None}))
    message = f"this section has no file; expected {STATISTICS_FILE}"
    assert found == [f"{EDITION_FILE}:9:26: error: sections.statistics: {message}"]


FOLDERS = {
    "sections": "templates/2031/sections",
    "report": "templates/2031/report",
    "inserts": "templates/2031/inserts",
    "year": "templates/2031",
}
LINKS = {
    "missing": (
        "elsewhere",
        "a link to a missing folder; correct the link, or put the folder here",
    ),
    "loop": ("", "a link to itself; remove it and put the folder here"),
}


@pytest.mark.parametrize("name", FOLDERS.values(), ids=FOLDERS.keys())
@pytest.mark.parametrize(("target", "message"), LINKS.values(), ids=LINKS.keys())
def test_a_folder_that_is_a_link_to_nothing_is_said_once(
    name: str, target: str, message: str, tmp_path: Path
) -> None:
    folders = build_tree(tmp_path)
    folder = tmp_path / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.symlink_to(target or folder.name)
    assert wording_lines(folders) == [f"{name}: error: {message}"]


def test_a_missing_folder_is_said_once(tmp_path: Path) -> None:
    folders = build_tree(tmp_path)
    shutil.rmtree(folders.sections)
    message = "no such folder; create it, or restore it"
    assert wording_lines(folders) == [f"templates/2031/sections: error: {message}"]


@pytest.mark.parametrize("name", FOLDERS.values(), ids=FOLDERS.keys())
def test_a_folder_without_permission_is_said_once(name: str, tmp_path: Path) -> None:
    folders = build_tree(tmp_path)
    folder = tmp_path / name
    folder.mkdir(exist_ok=True)
    folder.chmod(0)
    with without_privilege():
        said = wording_lines(folders)
    folder.chmod(0o755)
    assert said == [f"{name}: error: the folder cannot be read: Permission denied"]


def test_a_file_without_permission(tmp_path: Path) -> None:
    folders = build_tree(tmp_path)
    (tmp_path / STATISTICS_FILE).chmod(0)
    with without_privilege():
        said = wording_lines(folders)
    assert said == [f"{STATISTICS_FILE}: error: cannot be read: Permission denied"]


def wording_lines(folders: EditionFolders) -> list[str]:
    edition = load_data(folders).edition
    assert edition is not None
    return lines_of(folders, load_wording(folders, edition, vocabulary(edition)).problems)


SIGNS = st.text("ab \n#*-.:{}[]()'\"<>|&place when after", max_size=50)
ANY = SIGNS | st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(section=ANY, front=ANY, body=ANY)
def test_whatever_is_written_is_read_or_reported_at_a_line_that_exists(
    section: str, front: str, body: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    inserts = {
        FLOOD: f"---\nplace: statistics\n{front}\n---\n{body}",
        insert_file("storm"): f"{front}{body}",
        insert_file("wind"): f"---\nplace: statistics\n---\n{body}",
    }
    folders = build_tree(folder, NAMED, {STATISTICS_FILE: section, **inserts})
    loaded = load_edition(folders)
    assert set(loaded.letters) == {AMBRIDGE, FELPERSHAM}
    for problem in loaded.problems:
        rows = problem.place.path.read_bytes().decode().split("\n")
        assert problem.message
        assert 0 <= problem.place.line <= len(rows)
