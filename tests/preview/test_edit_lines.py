"""Lines of a file of wording are exchanged, and nothing besides."""

import pytest

from generator.preview.wording_actions import LineEdit, WordingRequest, edit_lines

TEXT = "# Ducks\n\nOne duck.\n\nTwo\nducks.\n\n- A pond\n- A well\n"


def edited(*edits: tuple[int, int, str], text: str = TEXT) -> str:
    return edit_lines(text, [LineEdit(first=a, last=b, text=new) for a, b, new in edits])


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        pytest.param((3, 3, "No duck."), TEXT.replace("One", "No"), id="a line"),
        pytest.param((5, 6, "Two ducks."), TEXT.replace("Two\n", "Two "), id="a paragraph"),
        pytest.param((5, 6, "\n Two  \nducks. \n"), TEXT.replace("Two", " Two"), id="its spaces"),
        pytest.param((9, 9, "- A well\n- A mill"), f"{TEXT}- A mill\n", id="an item more"),
        pytest.param((5, 4, "A hen."), TEXT.replace("Two", "A hen.\n\nTwo"), id="comes in"),
        pytest.param((4, 3, "A hen."), TEXT.replace("Two", "A hen.\n\nTwo"), id="comes in behind"),
        pytest.param((10, 9, "The end."), f"{TEXT}\nThe end.\n", id="comes in at the end"),
        pytest.param((99, 98, "The end."), f"{TEXT}\nThe end.\n", id="comes in behind the end"),
        pytest.param((3, 3, ""), TEXT.replace("One duck.\n\n", ""), id="goes"),
        pytest.param(
            (8, 9, " \n"), TEXT.replace("\n- A pond\n- A well\n", ""), id="goes at the end"
        ),
    ],
)
def test_one_edit(edit: tuple[int, int, str], expected: str) -> None:
    assert edited(edit) == expected


def test_two_paragraphs_change_places() -> None:
    assert edited((3, 3, "Two\nducks."), (5, 6, "One duck.")) == (
        "# Ducks\n\nTwo\nducks.\n\nOne duck.\n\n- A pond\n- A well\n"
    )


def test_the_line_ends_of_a_file_stay_and_so_does_a_last_line_without_one() -> None:
    assert edited((3, 3, "No\nduck."), text="One.\r\n\r\nTwo.") == "One.\r\n\r\nNo\r\nduck."


@pytest.mark.parametrize(
    "edits",
    [
        [],
        [(0, 1, "")],
        [(3, 1, "")],
        [(3, 3, "a"), (1, 1, "b")],
        [(3, 3, "a"), (3, 2, "b")],
        [(3, 5, "a"), (5, 6, "b")],
    ],
)
def test_edits_that_cannot_be_are_refused(edits: list[tuple[int, int, str]]) -> None:
    said = [{"first": first, "last": last, "text": text} for first, last, text in edits]

    with pytest.raises(ValueError, match="validation error"):
        WordingRequest.model_validate({"kind": "section", "name": "a", "edits": said})
