"""Approving at the desk is what `letters approve` does: what was shown, by two where asked."""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.borsetshire import EDITION, INTRODUCTION, build_tree
from tests.preview.desks import OpenDesk, opened_desk
from tests.preview.test_actions import said

pytestmark = pytest.mark.processes

TWO = {"data/2031/edition.yaml": EDITION + "approvals: {people: 2}\n"}
SECTION = "templates/2031/sections/introduction.md"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[OpenDesk]:
    build_tree(tmp_path, TWO)
    with opened_desk(tmp_path) as desk:
        yield desk


def shown(desk: OpenDesk) -> dict[str, str]:
    """The digest of each card of the page, once all is looked up, with how it stands."""
    with desk.news() as news:
        page = news.wait_until("/review", lambda answer: "data-digest" in answer.text).text
    cards = re.findall(r'data-digest="(\w+)".*?class="mark">(.*?)</span>', page, re.DOTALL)
    return {digest: html.unescape(standing) for digest, standing in cards}


def approve(
    desk: OpenDesk, digests: list[str], name: str, cookie: str = "", **more: object
) -> tuple[int, str]:
    """What comes of approving, in words."""
    desk.act("name", {"name": name}, cookie)
    answer = desk.act("approve", {"digests": digests, **more}, cookie)
    data = said(answer)
    return answer.status, data.get("said") or data["problems"][0]["message"]


def decisions(folder: Path) -> list[dict[str, object]]:
    return [json.loads(path.read_bytes()) for path in (folder / "approvals/2031").glob("*.json")]


def test_two_browsers_approve_all_that_is_shown(desk: OpenDesk, tmp_path: Path) -> None:
    digests = [*shown(desk)]
    number = f"{len(digests)} items"

    assert approve(desk, digests, "Ida Archer") == (200, f"Ida Archer approved {number}.")
    other = desk.new_cookie()
    assert approve(desk, digests, "Jim", other, reason=" all  fine ") == (
        200,
        f"Jim approved {number}.",
    )

    with desk.news() as news:
        news.wait_until("/review", lambda answer: f"0 of {number} open" in answer.text)
    assert {*shown(desk).values()} == {"approved: Ida Archer and Jim"}
    by = {(each["by"], each["reason"]) for each in decisions(tmp_path)}
    assert by == {("Ida Archer", None), ("Jim", "all fine")}


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["Jim", pytest.param("Idabel", marks=pytest.mark.thorough)])
def test_a_browser_is_not_the_second_person_as_well(
    name: str, desk: OpenDesk, tmp_path: Path
) -> None:
    digests = [*shown(desk)]
    approve(desk, digests, "Ida")

    assert approve(desk, digests[:1], name) == (
        422,
        "this browser has approved as Ida; a second person approves in a browser of their own",
    )
    assert len(decisions(tmp_path)) == 1


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("name", "is_another_browser"),
    [
        ("  ida   ARCHER ", True),
        pytest.param("  ida   ARCHER ", False, marks=pytest.mark.thorough),
    ],
)
def test_one_name_counts_once_however_it_is_written_and_wherever(
    name: str, is_another_browser: bool, desk: OpenDesk, tmp_path: Path
) -> None:
    digests = [*shown(desk)]
    approve(desk, digests, "Ida Archer")

    cookie = desk.new_cookie() if is_another_browser else ""
    status, sentence = approve(desk, digests, name, cookie)

    assert status == 200
    assert sentence.endswith(" had already approved all of these; nothing was written.")
    assert len(decisions(tmp_path)) == 1


@pytest.mark.thorough
def test_what_changed_since_it_was_shown_is_not_approved(desk: OpenDesk, tmp_path: Path) -> None:
    digests = [*shown(desk)]
    (tmp_path / SECTION).write_text(f"Ducks. {INTRODUCTION}")

    assert approve(desk, digests, "Ida") == (422, "1 item changed since you saw it; look again")
    assert approve(desk, ["0" * 64], "Ida")[0] == 422
    assert decisions(tmp_path) == []


@pytest.mark.thorough
def test_an_approval_is_void_once_its_words_change_and_says_why(
    desk: OpenDesk, tmp_path: Path
) -> None:
    before = shown(desk)
    approve(desk, [*before], "Ida")
    (tmp_path / SECTION).write_text(f"Ducks. {INTRODUCTION}")

    with desk.news() as news:
        news.wait_until("/review", lambda answer: "void: words changed" in answer.text)
    after = shown(desk)

    assert [after[digest] for digest in after.keys() - before.keys()] == [
        "void: words changed since Ida approved"
    ]
    assert {after[digest] for digest in after.keys() & before.keys()} == {"1 of 2: Ida"}


@pytest.mark.thorough
def test_an_approval_is_withdrawn_by_who_gave_it_alone(desk: OpenDesk) -> None:
    digests = [*shown(desk)]
    approve(desk, digests, "Ida")
    other = desk.new_cookie()

    assert approve(desk, digests, "Jim", other, withdraw=True) == (
        200,
        "Jim had approved none of these; nothing was written.",
    )
    assert approve(desk, digests[:1], "ida", withdraw=True) == (200, "ida withdrew 1 item.")
    with desk.news() as news:
        news.wait_until("/review", lambda answer: answer.text.count('"mark">open<') == 1)
    assert {d for d, standing in shown(desk).items() if standing == "open"} == {digests[0]}


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ({"digests": []}, "digests"),
        pytest.param({"digests": ["x"]}, "digests.0", marks=pytest.mark.thorough),
        pytest.param({"digests": ["0" * 64], "path": "x"}, "path", marks=pytest.mark.thorough),
        pytest.param(
            {"digests": ["0" * 64], "reason": "x" * 501}, "reason", marks=pytest.mark.thorough
        ),
    ],
)
def test_what_is_no_request_is_refused(
    asked: dict[str, object], where: str, desk: OpenDesk
) -> None:
    answer = desk.act("approve", asked)

    assert (answer.status, said(answer)["problems"][0]["where"]) == (422, where)


@pytest.mark.thorough
def test_nobody_approves_without_a_name(desk: OpenDesk, tmp_path: Path) -> None:
    answer = desk.act("approve", {"digests": [*shown(desk)]})

    assert (answer.status, said(answer)["problems"][0]["where"]) == (422, "name")
    assert decisions(tmp_path) == []


@pytest.mark.thorough
def test_a_desk_that_only_shows_has_nothing_to_press(tmp_path: Path) -> None:
    build_tree(tmp_path)
    with opened_desk(tmp_path, "--read-only") as desk:
        digests = [*shown(desk)]
        main = desk.get("/review").text.partition("<main")[2].partition("</main>")[0]
        status = desk.act("approve", {"digests": digests}).status

    assert re.findall("<(?:button|form|textarea)|checkbox", main) == []
    assert status == 405
    assert decisions(tmp_path) == []
