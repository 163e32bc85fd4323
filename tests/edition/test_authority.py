"""An authority's file: what is refused, and what is made of one that is in order."""

from collections.abc import Callable

import pytest

from generator.edition.load import load_data
from generator.edition.people import Addressee
from generator.problems import Place
from generator.workspace import EditionFolders
from tests.borsetshire import AMBRIDGE
from tests.edition.lines import FILE, ambridge_lines

Build = Callable[..., EditionFolders]

MISTAKES = [
    pytest.param(
        "  name: Walter",
        "  nmae: Walter",
        ['a.yaml:3:3: error: addressee.nmae: unknown key; did you mean "name"?'],
        id="mistyped key",
    ),
    pytest.param(
        "upheld: 3",
        "uphled: 3",
        ['a.yaml:6:43: error: decided.uphled: unknown key; did you mean "upheld"?'],
        id="mistyped figure",
    ),
    pytest.param(
        "received:",
        "recieved:",
        ['a.yaml:5:1: error: recieved: unknown key; did you mean "received"?'],
        id="mistyped group",
    ),
    pytest.param(
        "addressee:",
        "adressee:",
        ['a.yaml:2:1: error: adressee: unknown key; did you mean "addressee"?'],
        id="mistyped addressee",
    ),
    pytest.param(
        "addressee:",
        "motto: 1\naddressee:",
        [
            "a.yaml:2:1: error: motto: unknown key; expected one of kind, inserts, "
            "declines, formerly, aliases, domains, other_domain"
        ],
        id="unknown key",
    ),
    pytest.param(
        "upheld: 3",
        "upheld: 3, wombats: 2",
        ["a.yaml:6:54: error: decided.wombats: unknown key; expected one of uphold_rate, total"],
        id="unknown figure",
    ),
    pytest.param(
        "by_us: 2",
        "by_us: 2, wombats: 2",
        ["a.yaml:7:22: error: remedied.wombats: unknown key; remove it"],
        id="unknown figure where all are given",
    ),
    pytest.param(
        "upheld: 3}",
        "}",
        [
            "a.yaml:6:1: error: decided.upheld: missing; expected a whole number, or "
            "null if not yet supplied"
        ],
        id="missing figure",
    ),
    pytest.param(
        "advice_given: 1, not_upheld: 5, ",
        "",
        [
            "a.yaml:6:1: error: decided.advice_given: missing; expected a whole number, "
            "or null if not yet supplied",
            "a.yaml:6:1: error: decided.not_upheld: missing; expected a whole number, or "
            "null if not yet supplied",
        ],
        id="two missing figures",
    ),
    pytest.param(
        "remedied: {by_us: 2, by_authority: 1}\n",
        "",
        ['a.yaml:1:1: error: remedied: missing; expected lines such as "by_us: …" below it'],
        id="missing group",
    ),
    pytest.param(
        "name: Ambridge District Council\n",
        "",
        ["a.yaml:1:1: error: name: missing; expected one line of text"],
        id="missing name",
    ),
    pytest.param(
        "addressee:\n  name: Walter Gabriel\n  office: Chief Executive\n",
        "",
        ['a.yaml:1:1: error: addressee: missing; expected lines such as "name: …" below it'],
        id="missing addressee",
    ),
    pytest.param(
        "  name: Walter Gabriel\n",
        "",
        ["a.yaml:2:1: error: addressee.name: missing; expected the addressee's name"],
        id="missing addressee's name",
    ),
    pytest.param(
        "  office: Chief Executive\n",
        "",
        ["a.yaml:2:1: error: addressee.office: missing; expected one line of text"],
        id="missing office",
    ),
    pytest.param(
        "{roads: 3, ponds: 14}",
        "many",
        ['a.yaml:5:11: error: received: found many; expected lines such as "roads: …" below it'],
        id="text for a group",
    ),
    pytest.param(
        "{roads: 3, ponds: 14}",
        "[3, 14]",
        ['a.yaml:5:11: error: received: found a list; expected lines such as "roads: …" below it'],
        id="list for a group",
    ),
    pytest.param(
        "{roads: 3, ponds: 14}",
        "",
        ['a.yaml:5:10: error: received: left blank; expected lines such as "roads: …" below it'],
        id="blank group",
    ),
    pytest.param(
        "{roads: 3, ponds: 14}",
        "{}",
        [
            "a.yaml:5:1: error: received.ponds: missing; expected a whole number, or "
            "null if not yet supplied",
            "a.yaml:5:1: error: received.roads: missing; expected a whole number, or "
            "null if not yet supplied",
        ],
        id="empty group",
    ),
    pytest.param(
        "\n  name: Walter Gabriel\n  office: Chief Executive",
        " Walter Gabriel",
        [
            "a.yaml:2:12: error: addressee: found Walter Gabriel; expected lines such as "
            '"name: …" below it'
        ],
        id="text for the addressee",
    ),
    pytest.param(
        "  office:",
        "office:",
        [
            "a.yaml:2:1: error: addressee.office: missing; expected one line of text",
            "a.yaml:4:1: error: office: unknown key; expected one of kind, inserts, "
            "declines, formerly, aliases, domains, other_domain",
        ],
        id="key on the wrong level",
    ),
    pytest.param(
        "Walter Gabriel",
        "",
        ["a.yaml:3:8: error: addressee.name: left blank; expected the addressee's name"],
        id="blank addressee's name",
    ),
    pytest.param(
        "Walter Gabriel",
        "[]",
        ["a.yaml:3:9: error: addressee.name: empty; expected at least one"],
        id="no addressee's name",
    ),
    pytest.param(
        "Walter Gabriel",
        "{first: Walter}",
        ["a.yaml:3:9: error: addressee.name: found keys and values; expected the addressee's name"],
        id="keys for the addressee's name",
    ),
    pytest.param(
        "Walter Gabriel",
        "[Walter, '']\n  salutation: Walter",
        ["a.yaml:3:18: error: addressee.name.2: empty; expected one line of text"],
        id="one of two names empty",
    ),
    pytest.param(
        "Walter Gabriel",
        "[Walter Gabriel, Nelson Gabriel]",
        [
            "a.yaml:2:1: error: addressee.salutation: missing; expected one line of text: the "
            "names as the letter greets them"
        ],
        id="several names without a salutation",
    ),
    pytest.param(
        "Walter Gabriel",
        "[Walter Gabriel, Nelson Gabriel]\n  salutation:",
        ["a.yaml:4:14: error: addressee.salutation: left blank; expected one line of text"],
        id="several names with a blank salutation",
    ),
    pytest.param(
        "  office",
        "  email:\n  office",
        ["a.yaml:4:9: error: addressee.email: left blank; expected one line of text"],
        id="blank email",
    ),
    pytest.param(
        "received",
        "kind: counsil\nreceived",
        ['a.yaml:5:7: error: kind: unknown kind "counsil"; did you mean "council"?'],
        id="unknown kind near a known one",
    ),
    pytest.param(
        "received",
        "kind: zzz\nreceived",
        ['a.yaml:5:7: error: kind: unknown kind "zzz"; expected one of council, authority'],
        id="unknown kind",
    ),
    pytest.param(
        "received",
        "kind:\nreceived",
        ["a.yaml:5:6: error: kind: left blank; expected one of council, authority"],
        id="blank kind",
    ),
    pytest.param(
        "received",
        "kind: [council]\nreceived",
        ["a.yaml:5:7: error: kind: found a list; expected one of council, authority"],
        id="list of kinds",
    ),
    pytest.param(
        "received",
        "inserts:\nreceived",
        ["a.yaml:5:9: error: inserts: left blank; expected a list, a hyphen before each item"],
        id="blank inserts",
    ),
    pytest.param(
        "received",
        "inserts: x\nreceived",
        ["a.yaml:5:10: error: inserts: found x; expected a list, a hyphen before each item"],
        id="text for inserts",
    ),
    pytest.param(
        "received",
        "inserts: [Further report]\nreceived",
        [
            'a.yaml:5:11: error: inserts.1: found "Further report"; expected lower-case '
            "letters a-z, digits and hyphens, such as late-replies"
        ],
        id="insert's name is no slug",
    ),
    pytest.param(
        "received",
        "inserts: [{a: {b: c}, d: {e: f}}]\nreceived",
        ["a.yaml:5:11: error: inserts.1: expected one insert after each hyphen"],
        id="two inserts in one item",
    ),
    pytest.param(
        "received",
        "inserts: [{a: b}]\nreceived",
        ['a.yaml:5:15: error: inserts.1.a: found b; expected lines such as "key: …" below it'],
        id="text for an insert's values",
    ),
    pytest.param(
        "received",
        "inserts: [[a]]\nreceived",
        [
            "a.yaml:5:11: error: inserts.1: found a list; expected the name of an "
            "insert, such as late-replies"
        ],
        id="list for an insert",
    ),
    pytest.param(
        "received",
        "inserts:\n-\nreceived",
        [
            "a.yaml:6:2: error: inserts.1: left blank; expected the name of an insert, "
            "such as late-replies"
        ],
        id="blank insert",
    ),
    pytest.param(
        "received",
        "inserts: [{a: {b: }}]\nreceived",
        ["a.yaml:5:19: error: inserts.1.a.b: left blank; expected one line of text"],
        id="blank value of an insert",
    ),
    pytest.param(
        "received",
        "inserts: [{a: {B c: d}}]\nreceived",
        [
            'a.yaml:5:16: error: inserts.1.a.B c: found "B c"; expected lower-case letters '
            "a-z, digits and _, such as no_fault"
        ],
        id="name of a value",
    ),
    pytest.param(
        "received",
        "declines: [X]\nreceived",
        [
            "a.yaml:5:12: error: declines.1: found X; expected lower-case letters a-z, digits "
            "and hyphens, such as late-replies"
        ],
        id="declined insert is no slug",
    ),
    pytest.param(
        "received",
        "formerly: [Old Council]\nreceived",
        [
            "a.yaml:5:12: error: formerly.1: found Old Council; expected lower-case letters a-z, "
            "digits and hyphens, such as late-replies"
        ],
        id="predecessor is no slug",
    ),
    pytest.param(
        "received",
        "aliases: ['']\nreceived",
        ["a.yaml:5:11: error: aliases.1: empty; expected one line of text"],
        id="empty alias",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), MISTAKES)
def test_a_mistake(borsetshire: Build, old: str, new: str, expected: list[str]) -> None:
    text = AMBRIDGE.replace(old, new, 1)

    assert text != AMBRIDGE
    assert ambridge_lines(borsetshire, text) == expected


def test_all_mistakes_of_a_file_are_said_in_one_go(borsetshire: Build) -> None:
    text = (
        AMBRIDGE.replace("upheld: 3", "uphled: 3")
        .replace("Walter Gabriel", "[Walter Gabriel, Nelson Gabriel]")
        .replace("ponds: 14", "ponds: 14, total: 18")
        .replace("by_us: 2", "by_us: -2")
    )

    assert ambridge_lines(borsetshire, text) == [
        "a.yaml:2:1: error: addressee.salutation: missing; expected one line of text: the names "
        "as the letter greets them",
        "a.yaml:5:40: error: received.total: 18 is stated, but the figures add up to 17; "
        "correct one of them",
        'a.yaml:6:43: error: decided.uphled: unknown key; did you mean "upheld"?',
        "a.yaml:7:19: error: remedied.by_us: found -2, which is negative; "
        "expected a whole number, or null if not yet supplied",
    ]


def said_by(addressee: Addressee) -> list[object]:
    return [addressee.names, addressee.office, addressee.salutation, addressee.email]


def test_an_authority_as_its_file_says(borsetshire: Build) -> None:
    more = "kind: authority\naliases: [Ambridge]\nformerly: [old-ambridge]\ndeclines: [a-rule]\n"
    more += "inserts:\n  - one\n  - two: {matter: ducks}\n"
    data = load_data(borsetshire({FILE: AMBRIDGE + more}))
    ambridge = data.authorities["ambridge-district-council"]
    path = data.files["ambridge-district-council"]

    assert data.problems == []
    assert ambridge.name == "Ambridge District Council"
    assert ambridge.kind == "authority"
    assert said_by(ambridge.addressee) == [
        ("Walter Gabriel",),
        "Chief Executive",
        "Walter Gabriel",
        None,
    ]
    assert ambridge.aliases == ("Ambridge",)
    assert ambridge.formerly == ("old-ambridge",)
    assert ambridge.declines == {"a-rule": Place(path, 11, 12)}
    assert [(i.insert, i.values, i.place) for i in ambridge.inserts] == [
        ("one", {}, Place(path, 13, 5)),
        ("two", {"matter": "ducks"}, Place(path, 14, 5)),
    ]
    assert ambridge.figure("decided", "upheld").place == Place(path, 6, 51)


def test_several_names_share_a_salutation(borsetshire: Build) -> None:
    names = "[Walter Gabriel, Nelson Gabriel]\n  salutation: Messrs Gabriel"
    data = load_data(borsetshire({FILE: AMBRIDGE.replace("Walter Gabriel", names)}))

    assert said_by(data.authorities["ambridge-district-council"].addressee) == [
        ("Walter Gabriel", "Nelson Gabriel"),
        "Chief Executive",
        "Messrs Gabriel",
        None,
    ]


def test_null_is_a_figure_not_yet_supplied(borsetshire: Build) -> None:
    text = AMBRIDGE.replace("ponds: 14", "ponds: null, total: 99")
    text = text.replace("upheld: 3}", "upheld: null, uphold_rate: 99%}")
    data = load_data(borsetshire({FILE: text}))
    ambridge = data.authorities["ambridge-district-council"]

    assert data.problems == []
    assert [f"{f.column.group}.{f.column.id}" for f in ambridge.missing()] == [
        "received.ponds",
        "decided.upheld",
    ]
    unsupplied = [
        f"{f.column.group}.{f.column.id}" for f in ambridge.all_figures() if not f.supplied
    ]
    assert unsupplied == [
        "received.ponds",
        "received.total",
        "decided.upheld",
        "decided.uphold_rate",
        "decided.total",
    ]
