"""Inserts are given, taken, written and ruled by the smallest change of a file that says it."""

import hashlib
from pathlib import Path

import pytest

from generator.preview.action_requests import ACTIONS
from generator.preview.actions import ActionRefusedError, FileAction, OpenedFiles
from generator.preview.desk_sessions import DeskSession
from generator.workspace import EditionFolders, Workspace

SLUG = "ambridge-district-council"
AUTHORITY = f"data/2031/authorities/{SLUG}.yaml"
INSERT = "templates/2031/inserts/flood.md"
NAME = "name: Ambridge  # of the ponds\n"


def done(folder: Path, action: str, file: str, before: str, **asked: object) -> str:
    """What a file says once an action has been done on it."""
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(before.encode())
    known = ACTIONS[action]
    assert isinstance(known, FileAction)
    expected = {file: hashlib.sha256(before.encode()).hexdigest()}
    request = known.request.model_validate({**asked, "expected": expected})
    folders = EditionFolders(Workspace(folder), 2031)
    edits = known.run(OpenedFiles(folders, request.expected, DeskSession()), request)
    new = edits.contents[path]
    assert isinstance(new, bytes)
    return new.decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", "inserts: [flood]\n", id="none before"),
        pytest.param("inserts: [hens]\n", "inserts: [hens, flood]\n", id="in brackets"),
        pytest.param("inserts:\n  - hens\n", "inserts:\n  - hens\n  - flood\n", id="in lines"),
        pytest.param("inserts:\n- hens # 7\n", "inserts:\n- hens # 7\n- flood\n", id="a comment"),
        pytest.param("inserts:\n", "inserts:\n  - flood\n", id="left blank"),
        pytest.param("inserts: [flood]\n", "inserts: [flood]\n", id="there already"),
        pytest.param("declines: [flood]\n", "", id="declined, alone"),
        pytest.param("declines: [hens, flood]\n", "declines: [hens]\n", id="declined, the last"),
        pytest.param("declines: [flood, hens]\n", "declines: [hens]\n", id="declined, the first"),
        pytest.param(
            "declines:\n  # why\n  - flood # wet\n  - hens\n",
            "declines:\n  # why\n  # wet\n  - hens\n",
            id="declined, with comments",
        ),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_an_insert_is_given(tmp_path: Path, before: str, after: str, line_end: str) -> None:
    text = f"{NAME}{before}".replace("\n", line_end)

    said = done(tmp_path, "give-insert", AUTHORITY, text, authority=SLUG, insert="flood")

    assert said == f"{NAME}{after}".replace("\n", line_end)


def test_an_insert_is_given_with_the_values_that_it_needs(tmp_path: Path) -> None:
    values = {"matter": "the well: dry", "number": "3"}

    said = done(
        *(tmp_path, "give-insert", AUTHORITY, f"{NAME}inserts:\n  - hens\n"),
        authority=SLUG,
        insert="flood",
        values=values,
    )

    assert (
        said == f'{NAME}inserts:\n  - hens\n  - flood: {{matter: "the well: dry", number: "3"}}\n'
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("inserts: [flood]\n", "", id="alone"),
        pytest.param("inserts:\n  - flood\n", "", id="alone, in lines"),
        pytest.param(
            "inserts:\n  - hens\n  - flood:\n      matter: a\n  - owls\n",
            "inserts:\n  - hens\n  - owls\n",
            id="with values",
        ),
        pytest.param("", "declines: [flood]\n", id="that a rule places"),
        pytest.param("declines: [flood]\n", "declines: [flood]\n", id="declined already"),
    ],
)
def test_an_insert_is_taken(tmp_path: Path, before: str, after: str) -> None:
    text = f"{NAME}{before}"

    said = done(tmp_path, "take-insert", AUTHORITY, text, authority=SLUG, insert="flood")

    assert said == f"{NAME}{after}"


OWN = """inserts:
  - hens
  - place: statistics
    text: |
      We wrote in May.

      # And in June.
  - owls
"""


@pytest.mark.parametrize(
    ("before", "asked", "after"),
    [
        pytest.param(
            "",
            {"place": "statistics", "text": "We wrote.\n\nTwice.\n"},
            "inserts:\n  - place: statistics\n    text: |\n      We wrote.\n\n      Twice.\n",
            id="the first",
        ),
        pytest.param(
            "inserts:\n- hens\n",
            {"place": "statistics", "after": "We: publish", "text": "We wrote."},
            "inserts:\n- hens\n- place: statistics\n"
            '  after: "We: publish"\n  text: |\n    We wrote.\n',
            id="another",
        ),
        pytest.param(
            "inserts: [hens]\n",
            {"place": "statistics", "text": "We wrote: “no”.\n\nTwice."},
            'inserts: [hens, {place: statistics, text: "We wrote: “no”.\\n\\nTwice."}]\n',
            id="in brackets",
        ),
        pytest.param(
            OWN,
            {"number": 1, "text": "We wrote in July."},
            OWN.replace("We wrote in May.\n\n      # And in June.", "We wrote in July."),
            id="reworded",
        ),
        pytest.param(
            OWN,
            {"number": 1, "text": " \n"},
            "inserts:\n  - hens\n  - owls\n",
            id="goes",
        ),
        pytest.param(
            "inserts:\n  - place: statistics\n    text: We wrote.\nother: 1\n",
            {"number": 0, "text": "We wrote:\n\n- twice"},
            "inserts:\n  - place: statistics\n"
            "    text: |\n      We wrote:\n\n      - twice\nother: 1\n",
            id="from one line to several",
        ),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_paragraph_of_one_letter_alone(
    tmp_path: Path, before: str, asked: dict[str, object], after: str, line_end: str
) -> None:
    text = f"{NAME}{before}".replace("\n", line_end)

    said = done(tmp_path, "own-paragraph", AUTHORITY, text, authority=SLUG, **asked)

    assert said == f"{NAME}{after}".replace("\n", line_end)


@pytest.mark.parametrize(
    ("before", "rule", "after"),
    [
        pytest.param("place: a\n", "x > 1", "place: a\nwhen: x > 1\n", id="none before"),
        pytest.param("when: x > 1\n", "x > 2", "when: x > 2\n", id="another"),
        pytest.param("when: x > 1 # why\nplace: a\n", "", "# why\nplace: a\n", id="no more"),
        pytest.param(
            "place: a\n",
            'authority.kind == "council"',
            'place: a\nwhen: authority.kind == "council"\n',
            id="with a text",
        ),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_rule_of_an_insert(
    tmp_path: Path, before: str, rule: str, after: str, line_end: str
) -> None:
    def file(front: str) -> str:
        return f"---\n{front}---\nWords.\n\n---\n".replace("\n", line_end)

    said = done(tmp_path, "insert-rule", INSERT, file(before), insert="flood", rule=rule)

    assert said == file(after)


def test_what_is_written_so_that_it_cannot_be_changed_in_place_is_told(tmp_path: Path) -> None:
    for action, file, text, asked in (
        ("take-insert", AUTHORITY, "name: [", {"authority": SLUG, "insert": "flood"}),
        ("own-paragraph", AUTHORITY, OWN, {"authority": SLUG, "number": 0, "text": "x"}),
        ("insert-rule", INSERT, "no front", {"insert": "flood", "rule": "x"}),
    ):
        with pytest.raises(ActionRefusedError):
            done(tmp_path, action, file, text, **asked)
