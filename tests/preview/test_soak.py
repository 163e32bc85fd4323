"""Many saves in a row: the desk ends on the right letter, as large as it was, and alone."""

import random
import re
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from generator.batch.job import renderer_for
from generator.batch.workers import processors
from generator.preview.background_tasks import MOST_BEHIND
from generator.project.load_edition import drafts_where_needed, load_edition
from generator.workspace import EditionFolders
from tests.borsetshire import AMBRIDGE, BORSETSHIRE, EDITION, INTRODUCTION, build_tree
from tests.faults.processes import Running
from tests.preview.conftest import OpenIt
from tests.preview.desks import Answer, News, OpenDesk

pytestmark = pytest.mark.processes

SLUG = "ambridge-district-council"
LETTER = f"/letters/{SLUG}"
_SAVES = 200
_IN_A_ROW = 5
"""Then it is waited for, until the letter is seen, though not its pages: these are still made when
the next saves come."""
_EARLY = 4
"""After a quarter, all that is needed once is there."""
_GROWTH = 1.1
_PROCESSES = 4 + min(processors(), MOST_BEHIND)
"""The desk, who forks its workers, who tidies up, who prints the open letter, and the others (as
many of them at most: one starts where there is more to do than those that are there do)."""


@pytest.mark.thorough
def test_many_saves_in_a_row(tmp_path: Path, open_desk: OpenIt) -> None:
    workspace = tmp_path / "workspace"
    folders = build_tree(workspace)
    desk = open_desk(workspace, SLUG)
    dice = random.Random(7)
    early = 0

    with desk.news(SLUG) as news:
        for number in range(0, _SAVES, _IN_A_ROW):
            for each in range(number, number + _IN_A_ROW):
                dice.choice(SAVES)(folders, each)
            _mend(folders, number)
            news.wait_until(f"{LETTER}/letter.html", partial(_is, _letter(folders)))
            assert len(_processes(desk)) <= _PROCESSES
            if number == _SAVES // _EARLY:
                _wait_until_quiet(news)
                early = _memory(desk)

        _wait_until_quiet(news)
    assert len(_processes(desk)) <= _PROCESSES
    assert _memory(desk) < early * _GROWTH
    _assert_as_built(desk, workspace)


# --- Ways to save ------------------------------------------------------------------------------


def figures(folders: EditionFolders, number: int) -> None:
    _file(folders).write_text(AMBRIDGE.replace("ponds: 14", f"ponds: {number}"))


def other_figures(folders: EditionFolders, _number: int) -> None:
    path = folders.authorities / "felpersham-city-council.yaml"
    path.write_text(
        path.read_text().partition("received")[0] + AMBRIDGE.partition("Executive\n")[2]
    )


def wording(folders: EditionFolders, number: int) -> None:
    path = folders.sections / "introduction.md"
    path.write_text(f"{INTRODUCTION}\nIt was a year with {number} ducks in it.\n")


def wording_that_is_wrong(folders: EditionFolders, number: int) -> None:
    (folders.sections / "introduction.md").write_text(f"{{{{ edition.nothing_{number} }}}}\n")


def broken_yaml(folders: EditionFolders, number: int) -> None:
    _file(folders).write_text(f"name: [{number}\n")


def broken_edition(folders: EditionFolders, number: int) -> None:
    folders.edition_file.write_text(f"year: {{{number}\n")


def template(folders: EditionFolders, number: int) -> None:
    text = BORSETSHIRE["templates/letter.html.jinja"]
    path = folders.workspace.templates / "letter.html.jinja"
    path.write_text(text.replace("<body", f'<body data-number="{number}"'))


def broken_template(folders: EditionFolders, number: int) -> None:
    path = folders.workspace.templates / "letter.html.jinja"
    path.write_text(f"{{% for each in {number} %}}")


def styles(folders: EditionFolders, number: int) -> None:
    path = folders.workspace.templates / "letter.css"
    path.write_text(f"{BORSETSHIRE['templates/letter.css']}\n/* {number} */\n")


def renamed_over(folders: EditionFolders, number: int) -> None:
    path = _file(folders)
    beside = path.with_name(f".{path.name}.{number}")
    beside.write_text(AMBRIDGE.replace("roads: 3", f"roads: {number}"))
    beside.rename(path)


def folder_replaced(folders: EditionFolders, number: int) -> None:
    away = folders.workspace.folder / f"away-{number}"
    shutil.copytree(folders.sections, away)
    shutil.rmtree(folders.sections)
    away.rename(folders.sections)


def removed(folders: EditionFolders, _number: int) -> None:
    _file(folders).unlink(missing_ok=True)


SAVES: list[Callable[[EditionFolders, int], None]] = [
    figures,
    other_figures,
    wording,
    wording_that_is_wrong,
    broken_yaml,
    broken_edition,
    template,
    broken_template,
    styles,
    renamed_over,
    folder_replaced,
    removed,
]


def _mend(folders: EditionFolders, number: int) -> None:
    """The last save before the letter is waited for: whatever was broken is whole again."""
    folders.edition_file.write_text(EDITION)
    template(folders, number)
    wording(folders, number)
    figures(folders, number)


def _file(folders: EditionFolders) -> Path:
    return folders.authorities / f"{SLUG}.yaml"


def _is(expected: bytes, page: Answer) -> bool:
    return page.body == expected


# --- What is right -----------------------------------------------------------------------------


def _letter(folders: EditionFolders) -> bytes:
    """The letter as its files say it."""
    loaded = drafts_where_needed(load_edition(folders))
    renderer = renderer_for(loaded)
    assert renderer is not None
    return renderer.html(loaded.letters[SLUG].letter)


def _wait_until_quiet(news: News) -> None:
    """Wait until all that follows from the last save is done."""
    ongoing = ("Reading all letters", "Comparing with last", "Laying out pages", "being laid out")

    def is_quiet(page: Answer) -> bool:
        seen = re.sub(r"<p[^>]* hidden>[^<]*</p>", "", page.text)
        return not any(words in seen for words in ongoing)

    news.wait_until(LETTER, is_quiet)


def _processes(desk: OpenDesk) -> list[str]:
    """What the desk's processes were started as; those of a library that looks for another apart.

    (When a worker starts, Python may ask a compiler where it would find that.)
    """
    commands = []
    for pid in desk.left():
        with suppress(FileNotFoundError):
            commands.append(Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " "))
    return [command for command in commands if command.startswith(sys.executable)]


def _memory(desk: OpenDesk) -> int:
    """The resident memory, in KB, of the desk and of its largest worker.

    Not of all workers: one more may have been started since.
    """
    return _resident_kb(desk.pid) + max(map(_resident_kb, desk.workers()), default=0)


def _resident_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmRSS:")))


def _assert_as_built(desk: OpenDesk, workspace: Path) -> None:
    run = Running(workspace, "build")
    try:
        assert run.ended().code == 0
    finally:
        run.end()
    for slug in (SLUG, "felpersham-city-council"):
        for kind in ("html", "pdf"):
            shown = desk.get(f"/letters/{slug}/letter.{kind}")
            assert shown.body == (workspace / f"output/2031/{kind}/{slug}.{kind}").read_bytes()
