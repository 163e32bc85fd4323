"""`letters init`, as somebody sees it who has only just got the program."""

import errno
import json
import os
from pathlib import Path

import pytest

from generator.workspace import CLONE_VARIABLE
from tests.commands.conftest import Run

NEXT = """\
Workspace created in {where}. Next:
  letters build --workspace {where}    builds the letters, into {where}/output/2025
  letters preview --workspace {where}  shows them in the browser while you write
  {where}/README.md{pad}  tells what each file is for and what to replace
"""
REFUSED = "Name an empty or new folder.\n"


def below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_it_begins_an_example_and_says_what_to_do_next(run: Run) -> None:
    said = run("init", "in/county", "--example", "borsetshire")

    assert (said.code, said.err) == (0, "")
    assert said.out == NEXT.format(where="in/county", pad=" " * 18)
    made = sorted(path.name for path in Path("in/county").iterdir())
    assert made == [".gitignore", "README.md", "data", "spreadsheets", "templates"]
    checked = run("check", "--workspace", "in/county", "--quiet")
    assert (checked.out, checked.err) == ("12 letters checked: no errors, no warnings.\n", "")


@pytest.mark.processes
def test_what_it_begins_in_an_empty_folder_can_be_built_there_and_then(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path / "mine")

    said = run("init")
    built = run("build", "--quiet", "--jobs", "1")

    assert said.out.splitlines()[0] == "Workspace created in this folder. Next:"
    assert said.out.splitlines()[1].startswith(
        "  letters build    builds the letters, into output/"
    )
    assert built.code == 0
    assert built.out.startswith("1 letter: 1 written")


def test_from_a_clone_the_program_is_called_as_it_is_there(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CLONE_VARIABLE, str(tmp_path))

    said = run("init", "mine")

    assert "\n  ./letters build --workspace mine  " in said.out


def test_a_folder_that_is_not_empty_is_refused_and_what_is_there_is_named(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    for name in ("b.txt", ".a", "d", "c"):
        (tmp_path / "mine" / name).write_text(name)

    said = run("init", "mine")

    assert (said.code, said.out) == (2, "")
    assert said.err == f"mine is not empty: it has .a, b.txt, c and 1 more. {REFUSED}"
    assert below(tmp_path / "mine") == [".a", "b.txt", "c", "d"]


def test_a_file_in_the_place_of_the_folder_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")

    said = run("init", "mine")

    assert (said.code, said.err) == (2, "mine is not a folder; name an empty or new one.\n")
    assert (tmp_path / "mine").read_text() == "mine"


def test_where_the_last_step_fails_nothing_is_left(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def failing(path: Path, target: Path) -> Path:
        if Path(target).name == "data":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)

    said = run("init", "new/mine", "--example", "borsetshire")

    assert (said.code, said.out) == (1, "")
    assert said.err == "new/mine/data: error: cannot be written: No space left on device\n"
    assert not (tmp_path / "new").exists()


def test_an_unknown_example_is_refused_before_anything_is_written(run: Run, tmp_path: Path) -> None:
    said = run("init", "mine", "--example", "borsetshier")

    assert said.code == 2
    assert said.err == 'No example "borsetshier"; did you mean "borsetshire"?\n'
    assert not (tmp_path / "mine").exists()


def test_for_programs_it_is_one_object(run: Run) -> None:
    report = json.loads(run("init", "mine", "--example", "borsetshire", "--json").out)

    files = report.pop("files")
    assert report == {"command": "init", "edition": 2025, "letters": [], "problems": []}
    assert files == [f"mine/{name}" for name in below(Path("mine")) if Path("mine", name).is_file()]
