"""The facts of the year: what is refused, and what follows from an edition without code."""

from collections.abc import Callable

import pytest

from generator.edition.load import load_data
from generator.edition.schemas import authority_schema
from generator.project.load_edition import load_edition
from generator.workspace import EditionFolders
from tests.borsetshire import AMBRIDGE, EDITION, FELPERSHAM
from tests.edition.lines import EDITION_FILE, FILE

Build = Callable[..., EditionFolders]

MISTAKES = [
    pytest.param(
        "year: 2031",
        "year: 2030",
        ["a.yaml:1:7: error: year: found 2030; expected 2031, as its folder says"],
        id="year and folder differ",
    ),
    pytest.param(
        "year: 2031",
        'year: "2031"',
        ['a.yaml:1:7: error: year: found the text "2031"; write the number without quotes'],
        id="quoted year",
    ),
    pytest.param(
        "year: 2031",
        "year:",
        ["a.yaml:1:6: error: year: left blank; expected a whole number"],
        id="blank year",
    ),
    pytest.param(
        "year: 2031\n",
        "",
        ["a.yaml:1:1: error: year: missing; expected a whole number"],
        id="missing year",
    ),
    pytest.param(
        "en-GB",
        "xx-YY",
        ['a.yaml:2:11: error: language: found "xx-YY"; expected a language, such as en-GB'],
        id="unknown language",
    ),
    pytest.param(
        "en-GB",
        "root",
        ['a.yaml:2:11: error: language: found "root"; expected a language, such as en-GB'],
        id="language of no people",
    ),
    pytest.param(
        "en-GB",
        "en-gb",
        ['a.yaml:2:11: error: language: found "en-gb"; expected a language, such as en-GB'],
        id="small letters in a language",
    ),
    pytest.param(
        "en-GB",
        "en_GB",
        ['a.yaml:2:11: error: language: found "en_GB"; expected a language, such as en-GB'],
        id="underscore in a language",
    ),
    pytest.param(
        "en-GB",
        "en-ZZ",
        ['a.yaml:2:11: error: language: found "en-ZZ"; expected a language, such as en-GB'],
        id="language of an unknown country",
    ),
    pytest.param(
        "en-GB",
        "english",
        ['a.yaml:2:11: error: language: found "english"; expected a language, such as en-GB'],
        id="language in words",
    ),
    pytest.param(
        "en-GB",
        "",
        ["a.yaml:2:10: error: language: left blank; expected a language, such as en-GB"],
        id="blank language",
    ),
    pytest.param(
        "en-GB",
        "[en]",
        ["a.yaml:2:11: error: language: found a list; expected a language, such as en-GB"],
        id="list of languages",
    ),
    pytest.param(
        "year: 2031\n",
        "year: 2031\ntypeface: Source Serif\n",
        [
            'a.yaml:2:11: error: typeface: unknown typeface "Source Serif"; '
            'did you mean "Source Serif 4"?'
        ],
        id="typeface that comes near to one",
    ),
    pytest.param(
        "year: 2031\n",
        "year: 2031\ntypeface:\n",
        [
            "a.yaml:2:10: error: typeface: left blank; "
            "expected one of Liberation Sans, Source Serif 4"
        ],
        id="blank typeface",
    ),
    pytest.param(
        "letter_date: 2031-07-16",
        "letter_date: 2031-02-30",
        ["a.yaml:4:14: error: letter_date: found 2031-02-30, which is not a date in the calendar"],
        id="no such day",
    ),
    pytest.param(
        "letter_date: 2031-07-16",
        "letter_date: 16 July 2031",
        ["a.yaml:4:14: error: letter_date: found 16 July 2031; write 2031-07-16 for 16 July 2031"],
        id="day in words",
    ),
    pytest.param(
        "letter_date: 2031-07-16",
        "letter_date: 06/07/2031",
        ["a.yaml:4:14: error: letter_date: found 06/07/2031; write 2031-07-06 for 6 July 2031"],
        id="day before month",
    ),
    pytest.param(
        "letter_date: 2031-07-16",
        "letter_date:",
        ["a.yaml:4:13: error: letter_date: left blank; expected a date, such as 2018-07-18"],
        id="blank day",
    ),
    pytest.param(
        "statistics]",
        "statistics, introduction]",
        ['a.yaml:9:38: error: sections.3: "introduction" is listed twice; remove one'],
        id="section listed twice",
    ),
    pytest.param(
        "statistics]",
        "statistics, closing]",
        [
            'a.yaml:9:38: error: sections.3: "closing" is a fixed part of the letter; '
            "choose another name"
        ],
        id="section with a reserved name",
    ),
    pytest.param(
        "[introduction, statistics]",
        "[]",
        ["a.yaml:9:11: error: sections: empty; expected at least one"],
        id="no sections",
    ),
    pytest.param(
        "[introduction, statistics]",
        "",
        ["a.yaml:9:10: error: sections: left blank; expected a list, a hyphen before each item"],
        id="blank sections",
    ),
    pytest.param(
        "statistics]",
        "Statistics page]",
        [
            "a.yaml:9:26: error: sections.2: found Statistics page; expected lower-case letters "
            "a-z, digits and hyphens, such as next-steps"
        ],
        id="section is no slug",
    ),
    pytest.param(
        "kinds:\n  council: {noun: council}\n  authority: {noun: authority}",
        "kinds: {}",
        ["a.yaml:10:8: error: kinds: empty; expected at least one"],
        id="no kinds",
    ),
    pytest.param(
        "{noun: council}",
        "council",
        [
            "a.yaml:11:12: error: kinds.council: found council; expected lines such as "
            '"noun: …" below it'
        ],
        id="text for a kind",
    ),
    pytest.param(
        "  council: {",
        "  Borough Council: {",
        [
            'a.yaml:11:3: error: kinds.Borough Council: found "Borough Council"; '
            "expected lower-case letters a-z, digits and _, such as no_fault"
        ],
        id="kind's name",
    ),
    pytest.param(
        "council: {noun",
        "council: {nuon",
        ['a.yaml:11:13: error: kinds.council.nuon: unknown key; did you mean "noun"?'],
        id="mistyped noun",
    ),
    pytest.param(
        "  masthead: Borsetshire Ombudsman\n",
        "",
        ["a.yaml:13:1: error: words.masthead: missing; expected one line of text"],
        id="missing word",
    ),
    pytest.param(
        "masthead:",
        "mast_head:",
        ['a.yaml:14:3: error: words.mast_head: unknown key; did you mean "masthead"?'],
        id="mistyped word",
    ),
    pytest.param(
        "words:\n  masthead: Borsetshire Ombudsman\n  delivery: By carrier pigeon\n  "
        "salutation: Dear {{ authority.addressee.salutation }},\n  closing: Yours "
        'faithfully,\n  report_title: "Report:"\n  report_period: "Period ending:"\n  '
        "notes_title: Notes\n",
        "",
        ['a.yaml:1:1: error: words: missing; expected lines such as "masthead: …" below it'],
        id="missing words",
    ),
    pytest.param(
        "words:\n  masthead: Borsetshire Ombudsman\n  delivery: By carrier pigeon\n  "
        "salutation: Dear {{ authority.addressee.salutation }},\n  closing: Yours "
        'faithfully,\n  report_title: "Report:"\n  report_period: "Period ending:"\n  '
        "notes_title: Notes\n",
        "words:\n",
        ['a.yaml:13:7: error: words: left blank; expected lines such as "masthead: …" below it'],
        id="blank words",
    ),
    pytest.param(
        "signatory:\n  name: Ida Fairweather\n  offices: [Ombudsman for Borsetshire]",
        "signatory: Ida",
        ['a.yaml:6:12: error: signatory: found Ida; expected lines such as "name: …" below it'],
        id="text for the signatory",
    ),
    pytest.param(
        "  offices: [Ombudsman for Borsetshire]\n",
        "",
        [
            "a.yaml:6:1: error: signatory.offices: missing; expected a list, a hyphen "
            "before each item"
        ],
        id="missing offices",
    ),
    pytest.param(
        "[Ombudsman for Borsetshire]",
        "Ombudsman",
        [
            "a.yaml:8:12: error: signatory.offices: found Ombudsman; expected a list, a "
            "hyphen before each item"
        ],
        id="text for the offices",
    ),
    pytest.param(
        "subject: Annual letter {{ edition.year }}",
        "subject: {{ edition.year }} letter",
        [
            "a.yaml:3:10: error: subject: a value that begins with {{ needs quotes around it",
        ],
        id="placeholder without quotes",
    ),
    pytest.param(
        '"Report:"',
        "Report:",
        ["a.yaml:18:23: error: a second colon in this line; put the value in quotes"],
        id="unquoted colon at the end",
    ),
    pytest.param(
        "figures:\n  received:\n    title: Complaints received\n    columns:\n      "
        "roads: Roads\n      ponds: Ponds and Ducks\n      total: {label: Total, sum: "
        "all}\n  decided:\n    title: Decisions made\n    columns:\n      advice_given: "
        "{label: Advice Given, under: Early decisions}\n      not_upheld: {label: Not "
        "Upheld, under: Investigations}\n      upheld: {label: Upheld, under: "
        "Investigations}\n      uphold_rate:\n        {label: Uphold Rate, under: "
        "Investigations, percent: upheld, of: [not_upheld, upheld]}\n      total: "
        "{label: Total, sum: all}\n  remedied:\n    title: Complaints remedied\n    "
        "columns: {by_us: by us, by_authority: by the authority}\n",
        "figures: {}\n",
        ["a.yaml:21:10: error: figures: empty; expected at least one"],
        id="no figures",
    ),
    pytest.param(
        "  remedied:",
        "  inserts:",
        ["a.yaml:38:5: error: figures.inserts: this name is reserved; choose another"],
        id="group with a reserved name",
    ),
    pytest.param(
        "  remedied:",
        "  Remedied!:",
        [
            'a.yaml:37:3: error: figures.Remedied!: found "Remedied!"; expected lower-case '
            "letters a-z, digits and _, such as no_fault"
        ],
        id="group's name",
    ),
    pytest.param(
        "roads: Roads",
        "roads:",
        [
            "a.yaml:25:13: error: figures.received.columns.roads: left blank; expected a "
            'label, or lines such as "label: …" below it'
        ],
        id="blank label",
    ),
    pytest.param(
        "roads: Roads",
        "roads: [Roads]",
        [
            "a.yaml:25:14: error: figures.received.columns.roads: found a list; expected "
            'a label, or lines such as "label: …" below it'
        ],
        id="list for a label",
    ),
    pytest.param(
        "roads: Roads",
        "roads: {under: Ways}",
        [
            "a.yaml:25:7: error: figures.received.columns.roads.label: missing; expected "
            "one line of text"
        ],
        id="missing label",
    ),
    pytest.param(
        "roads: Roads",
        "roads: Roads\n      roads: Ways",
        [
            "a.yaml:26:7: error: figures.received.columns.roads: written twice (first on line "
            "25); remove one of them"
        ],
        id="column twice",
    ),
    pytest.param(
        "columns: {by_us: by us, by_authority: by the authority}",
        "columns:",
        [
            "a.yaml:39:13: error: figures.remedied.columns: left blank; expected lines "
            'such as "key: …" below it'
        ],
        id="blank columns",
    ),
    pytest.param(
        "columns: {by_us: by us, by_authority: by the authority}",
        "columns: {}",
        ["a.yaml:39:14: error: figures.remedied.columns: empty; expected at least one"],
        id="no columns",
    ),
    pytest.param(
        "    columns: {by_us: by us, by_authority: by the authority}\n",
        "",
        [
            'a.yaml:38:5: error: figures.remedied: no figures; expected a key "figures" and, '
            'below it, lines such as "id: Label"'
        ],
        id="missing columns",
    ),
    pytest.param(
        "columns: {by_us: by us, by_authority: by the authority}",
        "columns: [by_us]",
        [
            "a.yaml:39:14: error: figures.remedied.columns: found a list; expected lines "
            'such as "key: …" below it'
        ],
        id="list of columns",
    ),
    pytest.param(
        "under: Early",
        "udner: Early",
        [
            "a.yaml:31:43: error: figures.decided.columns.advice_given.udner: unknown "
            'key; did you mean "under"?'
        ],
        id="mistyped key of a column",
    ),
    pytest.param(
        "total: {label: Total, sum: all}\n  decided",
        "total: {label: Total, sum: [roads, pond]}\n  decided",
        [
            "a.yaml:27:42: error: figures.received.columns.total.sum.2: received has no "
            'count "pond"; did you mean "ponds"?'
        ],
        id="sum of an unknown count",
    ),
    pytest.param(
        "total: {label: Total, sum: all}\n  decided",
        "total: {label: Total, sum: [roads, total]}\n  decided",
        ["a.yaml:27:14: error: figures.received.columns.total: needs itself; take it out"],
        id="sum of itself",
    ),
    pytest.param(
        "total: {label: Total, sum: all}\n  decided",
        "total: {label: Total, sum: [roads, roads]}\n  decided",
        [
            'a.yaml:27:42: error: figures.received.columns.total.sum.2: "roads" is '
            "listed twice; remove one"
        ],
        id="sum that counts twice",
    ),
    pytest.param(
        "total: {label: Total, sum: all}\n  decided",
        "total: {label: Total, sum: []}\n  decided",
        [
            "a.yaml:27:34: error: figures.received.columns.total.sum: empty; expected "
            "all, or a list of counts"
        ],
        id="empty sum",
    ),
    pytest.param(
        "total: {label: Total, sum: all}\n  decided",
        "total: {label: Total, sum: }\n  decided",
        [
            "a.yaml:27:34: error: figures.received.columns.total.sum: left blank; "
            "expected all, or a list of counts"
        ],
        id="blank sum",
    ),
    pytest.param(
        "total: {label: Total, sum: all}\n  decided",
        "total: {label: Total, sum: every}\n  decided",
        [
            "a.yaml:27:34: error: figures.received.columns.total.sum: found every; "
            "expected all, or a list of counts"
        ],
        id="sum of a word",
    ),
    pytest.param(
        "columns: {by_us: by us, by_authority: by the authority}",
        "columns: {total: {label: Total, sum: all}}",
        [
            "a.yaml:39:14: error: figures.remedied.columns: no counts; expected at least one "
            "column without sum or percent"
        ],
        id="sum in a group without counts",
    ),
    pytest.param(
        "total: {label: Total, sum: all}\n  decided",
        "total: {label: Total, sum: all, percent: roads, of: [ponds]}\n  decided",
        [
            "a.yaml:27:14: error: figures.received.columns.total: both a sum and a "
            "percentage; keep one of them"
        ],
        id="sum and percent together",
    ),
    pytest.param(
        "total: {label: Total, sum: all}\n  decided",
        "total: {label: Total, percent: roads}\n  decided",
        [
            "a.yaml:27:7: error: figures.received.columns.total.of: missing; a rate "
            'needs it beside "percent"'
        ],
        id="percent without of",
    ),
    pytest.param(
        "total: {label: Total, sum: all}\n  decided",
        "total: {label: Total, of: [roads]}\n  decided",
        [
            "a.yaml:27:7: error: figures.received.columns.total.percent: missing; a rate "
            'needs it beside "of"'
        ],
        id="of without percent",
    ),
    pytest.param(
        "total: {label: Total, sum: all}\n  decided",
        "total: {label: Total, percent: roads, of: []}\n  decided",
        ["a.yaml:27:49: error: figures.received.columns.total.of: empty; expected at least one"],
        id="of nothing",
    ),
    pytest.param(
        "total: {label: Total, sum: all}\n  decided",
        "total: {label: Total, percent: roads, of: Ponds}\n  decided",
        [
            "a.yaml:27:49: error: figures.received.columns.total.of: found Ponds; "
            "expected a figure, such as upheld or outcomes.upheld"
        ],
        id="text for of",
    ),
    pytest.param(
        "total: {label: Total, sum: all}\n  decided",
        "total: {label: Total, percent: road, of: [roads, ponds]}\n  decided",
        [
            "a.yaml:27:38: error: figures.received.columns.total.percent: received has "
            'no count "road"; did you mean "roads"?'
        ],
        id="percent of an unknown count",
    ),
    pytest.param(
        "of: [not_upheld, upheld]",
        f"of: [not_upheld, upheld], none: {'none ' * 8}yet",
        [
            "a.yaml:35:102: error: figures.decided.columns.uphold_rate.none: longer than 40 "
            "characters; shorten it so that it fits in a cell"
        ],
        id="an essay for a rate of nothing",
    ),
    pytest.param(
        "of: [not_upheld, upheld]",
        "of: [not_upheld]",
        [
            "a.yaml:35:74: error: figures.decided.columns.uphold_rate.of: upheld is not among "
            "them, so the rate could be above 100%; expected all counts that make up the whole, "
            "upheld too"
        ],
        id="a rate of others than its own",
    ),
    pytest.param(
        "of: [not_upheld, upheld]",
        "of: [advice_given, not_upheld]",
        [
            "a.yaml:35:74: error: figures.decided.columns.uphold_rate.of: upheld is not among "
            "them, so the rate could be above 100%; expected all counts that make up the whole, "
            "upheld too"
        ],
        id="a rate of two others",
    ),
    pytest.param(
        "percent: upheld",
        "percent: total",
        [
            "a.yaml:35:73: error: figures.decided.columns.uphold_rate.of: total is not among "
            "them, so the rate could be above 100%; expected all counts that make up the whole, "
            "total too"
        ],
        id="percent of a sum",
    ),
    pytest.param(
        "of: [not_upheld",
        "of: [not_uphled",
        [
            "a.yaml:35:75: error: figures.decided.columns.uphold_rate.of.1: decided has "
            'no count "not_uphled"; did you mean "not_upheld"?'
        ],
        id="of an unknown count",
    ),
    pytest.param(
        "total: {label: Total, sum: all}\n  decided",
        "total: {label: Total, sum: all, none: N/A}\n  decided",
        [
            "a.yaml:27:45: error: figures.received.columns.total.none: applies only to a rate "
            "(percent, of); remove it"
        ],
        id="none beside a sum",
    ),
    pytest.param(
        "advice_given: {label: Advice Given, under: Early decisions}\n      "
        "not_upheld: {label: Not Upheld, under: Investigations}\n      upheld: "
        "{label: Upheld, under: Investigations}",
        "advice_given: {label: Advice Given, under: Investigations}\n      "
        "not_upheld: {label: Not Upheld, under: Early decisions}\n      upheld: "
        "{label: Upheld, under: Investigations}",
        [
            "a.yaml:33:38: error: figures.decided.columns.upheld.under: the columns "
            'under "Investigations" must be side by side'
        ],
        id="heads that are not side by side",
    ),
    pytest.param(
        "roads: Roads",
        "roads: Roads in {{ edition.year }}",
        [
            "a.yaml:25:14: error: figures.received.columns.roads.label: placeholders are not "
            "filled in here; write out the words"
        ],
        id="placeholder in a label",
    ),
    pytest.param(
        "title: Complaints remedied",
        "title: Complaints in {{ edition.year }}",
        [
            "a.yaml:38:12: error: figures.remedied.title: placeholders are not filled in here; "
            "write out the words"
        ],
        id="placeholder in a title",
    ),
    pytest.param(
        "under: Early decisions",
        'under: "{{ x }}"',
        [
            "a.yaml:31:50: error: figures.decided.columns.advice_given.under: "
            "placeholders are not filled in here; write out the words"
        ],
        id="placeholder in a head",
    ),
    pytest.param(
        "upheld]}",
        'upheld], none: "{{ x }}"}',
        [
            "a.yaml:35:102: error: figures.decided.columns.uphold_rate.none: "
            "placeholders are not filled in here; write out the words"
        ],
        id="placeholder in the word for none",
    ),
    pytest.param(
        "by the authority}\n",
        "by the authority}\nusually: {remedied: {at_most: decided.uphled}}\n",
        [
            "a.yaml:40:31: error: usually.remedied.at_most: decided has no column "
            '"uphled"; did you mean "upheld"?'
        ],
        id="usually an unknown figure",
    ),
    pytest.param(
        "by the authority}\n",
        "by the authority}\nusually: {remedied: {at_most: upheld}}\n",
        [
            'a.yaml:40:31: error: usually.remedied.at_most: no figure "upheld"; did you '
            'mean "decided.upheld"?'
        ],
        id="usually a figure without its group",
    ),
    pytest.param(
        "by the authority}\n",
        "by the authority}\nusually: {remdied: {at_most: decided.upheld}}\n",
        ['a.yaml:40:20: error: usually.remdied: no group "remdied"; did you mean "remedied"?'],
        id="usually an unknown group",
    ),
    pytest.param(
        "by the authority}\n",
        "by the authority}\nusually: {remedied: {at_most: decided.uphold_rate}}\n",
        [
            "a.yaml:40:31: error: usually.remedied.at_most: decided.uphold_rate is a "
            "percentage; expected a count or a sum"
        ],
        id="usually at most a rate",
    ),
    pytest.param(
        "by the authority}\n",
        "by the authority}\nusually: {remedied: {}}\n",
        ["a.yaml:40:11: error: usually.remedied.at_most: missing; expected one line of text"],
        id="usually without at_most",
    ),
    pytest.param(
        "by the authority}\n",
        "by the authority}\nusually:\n",
        ['a.yaml:40:9: error: usually: left blank; expected lines such as "key: …" below it'],
        id="blank usually",
    ),
    pytest.param(
        "by the authority}\n",
        "by the authority}\nnational: {recieved: {total: 3}}\n",
        ['a.yaml:40:22: error: national.recieved: no group "recieved"; did you mean "received"?'],
        id="national figure of an unknown group",
    ),
    pytest.param(
        "by the authority}\n",
        "by the authority}\nnational: {decided: {uphold_rate: 3}}\n",
        [
            "a.yaml:40:35: error: national.decided.uphold_rate: decided.uphold_rate is a "
            "percentage; expected a count or a sum"
        ],
        id="national rate",
    ),
    pytest.param(
        "ponds: Ponds and Ducks",
        "ponds: roads",
        [
            "a.yaml:26:14: error: figures.received.columns.ponds.label: the same label as roads; "
            "choose another"
        ],
        id="two columns with one label",
    ),
    pytest.param(
        "by the authority}\n",
        "by the authority}\nnational: {received: {totl: 3}}\n",
        [
            'a.yaml:40:29: error: national.received.totl: received has no column "totl"; '
            'did you mean "total"?'
        ],
        id="unknown national figure",
    ),
    pytest.param(
        "by the authority}\n",
        "by the authority}\nnational: {received: {total: many}}\n",
        [
            "a.yaml:40:30: error: national.received.total: found many; expected a whole "
            "number, or null if not yet supplied"
        ],
        id="national figure in words",
    ),
    pytest.param(
        "by the authority}\n",
        "by the authority}\noutliers: {factor: 2}\n",
        ["a.yaml:40:1: error: outliers.at_least: missing; expected a whole number"],
        id="half of the outliers",
    ),
    pytest.param(
        "by the authority}\n",
        "by the authority}\noutliers: {factor: 2, at_least: -1}\n",
        [
            "a.yaml:40:33: error: outliers.at_least: found -1, which is negative; "
            "expected a whole number"
        ],
        id="negative outliers",
    ),
    pytest.param(
        "by the authority}\n",
        "by the authority}\noutliers: {factor: 1.5, at_least: 20}\n",
        [
            "a.yaml:40:20: error: outliers.factor: found 1.5, which has a decimal point; "
            "expected a whole number"
        ],
        id="fraction for a factor",
    ),
    pytest.param(
        "by the authority}\n",
        "by the authority}\napprovals: {people: 0}\n",
        ["a.yaml:40:21: error: approvals.people: expected a number of people, from 1 to 9"],
        id="approved by nobody",
    ),
    pytest.param(
        "by the authority}\n",
        "by the authority}\nmail: {enclosures: {cases: received.totals}}\n",
        [
            'a.yaml:40:28: error: mail.enclosures.cases: no figure "received.totals"; '
            'did you mean "received.total"?'
        ],
        id="enclosures that no figure counts",
    ),
    pytest.param(
        "by the authority}\n",
        "by the authority}\ncolour: red\n",
        [
            "a.yaml:40:1: error: colour: unknown key; "
            "expected one of languages, typeface, letterhead, tables, charts, usually, "
            "comparators, national, outliers, copies, letters, approvals, …"
        ],
        id="unknown key",
    ),
    pytest.param(
        "words:",
        "word:",
        ['a.yaml:13:1: error: word: unknown key; did you mean "words"?'],
        id="mistyped key",
    ),
]


def lines(folders: EditionFolders) -> list[str]:
    """All problems of a run in which, since the edition has a mistake, no letter can be made."""
    loaded = load_edition(folders)

    assert list(loaded.letters) == []
    return [problem.line("a.yaml") for problem in loaded.problems]


@pytest.mark.parametrize(("old", "new", "expected"), MISTAKES)
def test_a_mistake(borsetshire: Build, old: str, new: str, expected: list[str]) -> None:
    text = EDITION.replace(old, new, 1)

    assert text != EDITION
    assert lines(borsetshire({EDITION_FILE: text})) == expected


def test_all_mistakes_are_said_in_one_go(borsetshire: Build) -> None:
    text = (
        EDITION.replace("year: 2031", "year: 2030")
        .replace("en-GB", "xx-YY")
        .replace("masthead:", "mast_head:")
        .replace("of: [not_upheld", "of: [not_uphled")
    )

    assert lines(borsetshire({EDITION_FILE: text, FILE: "- a list\n"})) == [
        'a.yaml:1:1: error: found a list; expected lines such as "key: …"',
        "a.yaml:1:7: error: year: found 2030; expected 2031, as its folder says",
        'a.yaml:2:11: error: language: found "xx-YY"; expected a language, such as en-GB',
        'a.yaml:14:3: error: words.mast_head: unknown key; did you mean "masthead"?',
        "a.yaml:35:75: error: figures.decided.columns.uphold_rate.of.1: "
        'decided has no count "not_uphled"; did you mean "not_upheld"?',
    ]


def test_no_edition_file(borsetshire: Build) -> None:
    folders = borsetshire({EDITION_FILE: None})

    assert lines(folders) == ["a.yaml: error: no such file"]


COMPLIANCE = """\
  compliance:
    title: Compliance
    columns:
      late: Late
      on_time: On time
      compliance_rate: {label: Rate, percent: on_time, of: [late, on_time], none: none due}
"""


def test_a_group_and_a_rate_are_added_without_code(borsetshire: Build) -> None:
    folders = borsetshire(
        {
            EDITION_FILE: EDITION + COMPLIANCE,
            FILE: AMBRIDGE + "compliance: {late: 1, on_time: 7, compliance_rate: 88%}\n",
            FILE.replace("ambridge-district", "felpersham-city"): FELPERSHAM
            + "compliance: {late: 0, on_time: 0, compliance_rate: none due}\n",
        }
    )
    data = load_data(folders)
    assert data.problems == []
    assert data.edition is not None
    values = {
        slug: [
            (f.column.id, f.column.kind.name, f.value)
            for f in a.all_figures()
            if f.column.group == "compliance"
        ]
        for slug, a in data.authorities.items()
    }
    group = authority_schema(data.edition)["$defs"]["Group_compliance"]

    assert values == {
        "ambridge-district-council": [
            ("late", "count", 1),
            ("on_time", "count", 7),
            ("compliance_rate", "percent", 88),
        ],
        "felpersham-city-council": [
            ("late", "count", 0),
            ("on_time", "count", 0),
            ("compliance_rate", "percent", None),
        ],
    }
    assert list(group["properties"]) == ["late", "on_time", "compliance_rate"]
    assert group["required"] == ["late", "on_time"]


@pytest.mark.parametrize("name", ["copy", "json", "model_config", "model_fields", "class"])
def test_a_group_and_a_column_may_have_any_name(borsetshire: Build, name: str) -> None:
    """No id meets a name of the library that reads the files."""
    group = f"  {name}:\n    title: Some\n    columns: {{{name}: Any}}\n"
    given = f"{name}: {{{name}: 4}}\n"
    other = FILE.replace("ambridge-district", "felpersham-city")
    data = load_data(
        borsetshire(
            {EDITION_FILE: EDITION + group, FILE: AMBRIDGE + given, other: FELPERSHAM + given}
        )
    )

    assert data.problems == []
    assert data.authorities["ambridge-district-council"].figure(name, name).value == 4


def test_what_is_given_in_another_group_is_no_figure_of_this_one(borsetshire: Build) -> None:
    text = EDITION.replace("sum: all}\n  decided", "sum: [upheld]}\n  decided")

    assert lines(borsetshire({EDITION_FILE: text})) == [
        "a.yaml:27:35: error: figures.received.columns.total.sum.1: "
        'received has no count "upheld"; did you mean "decided.upheld"?'
    ]
