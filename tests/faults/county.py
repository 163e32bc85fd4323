"""A county of six letters, three of them slow to make, and what must be so of them at all times."""

import hashlib
import json
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.outputs.manifest import letters_in, output_names
from generator.project.load_edition import load_edition
from generator.workspace import EditionFolders
from tests.batch.executors import build
from tests.borsetshire import EDITION, authority, build_tree

ALL = ("ambridge", "borchester", "darrington", "edgeley", "hollerton", "penny-hassett")
SLOW = ("borchester", "edgeley", "penny-hassett")
"""Every second one: one worker has it in hand once the one before it is said to be written."""

Files = Mapping[str, bytes]
"""What letters' files hold, by their paths from the output folder."""

_LONG = "We publish these figures every year, and every year again, and read them with care.\n\n"


@dataclass(frozen=True)
class Letters:
    """All letters of the county as they must be, made and proven in this process."""

    july: Files
    august: Files
    """The same letters, after the edition got another date."""


def write_county(workspace: Path) -> EditionFolders:
    """Write the workspace, in which no letter has been made yet."""
    not_ours = ("ambridge-district-council", "felpersham-city-council")
    return build_tree(
        workspace,
        {f"data/2031/authorities/{slug}.yaml": None for slug in not_ours},
        {f"data/2031/authorities/{slug}.yaml": _authority(slug) for slug in ALL},
        {"templates/2031/inserts/long.md": f"---\nplace: statistics\n---\n{_LONG * 120}"},
    )


def found_county(workspace: Path) -> Letters:
    """Write the workspace, with its letters of July in it. Gives those that August brings, too."""
    folders = write_county(workspace)
    elsewhere = workspace.parent / "august"
    to_august(workspace)
    august = build(load_edition(folders), elsewhere)
    to_august(workspace, back=True)
    july = build(load_edition(folders), output(workspace))
    assert not july.problems + august.problems
    return Letters(files_in(output(workspace)), files_in(elsewhere))


def _authority(slug: str) -> str:
    text = authority(slug.replace("-", " ").title())
    return f"{text}inserts: [long]\n" if slug in SLOW else text


def to_august(workspace: Path, *, back: bool = False) -> None:
    """Give all letters another date, or their own again, so that all are to be made again."""
    text = EDITION if back else EDITION.replace("letter_date: 2031-07", "letter_date: 2031-08")
    (workspace / "data/2031/edition.yaml").write_text(text)


def without_letters(workspace: Path) -> Path:
    """The same workspace, in which no letter has ever been made."""
    shutil.rmtree(workspace / "output")
    return workspace


def output(workspace: Path) -> Path:
    return workspace / "output/2031"


def of(files: Files, slugs: Collection[str]) -> Files:
    """The files of these letters alone."""
    names = {name for slug in slugs for name in output_names(slug).values()}
    return {name: content for name, content in files.items() if name in names}


def files_in(folder: Path) -> Files:
    """All letters' files that are in an output folder."""
    names = [name for found in letters_in(folder).values() for name in found]
    return {name: (folder / name).read_bytes() for name in names}


def manifest_in(folder: Path) -> Mapping[str, Mapping[str, object]]:
    """What the manifest says of each letter; nothing where."""
    path = folder / "manifest.json"
    entries: Mapping[str, Mapping[str, object]] = {}
    if path.exists():
        entries = json.loads(path.read_bytes())["letters"]
    return entries


def assert_whole_and_true(folder: Path, *allowed: Files) -> None:
    """Every file is one of those allowed, whole; what the manifest says of them is so."""
    found = files_in(folder)
    for name, content in found.items():
        assert content in [files.get(name) for files in allowed], f"{name} is not whole"
    for slug, entry in manifest_in(folder).items():
        if not entry["unfinished"]:
            assert _sums(of(found, [slug])) == _said(entry), f"the manifest is wrong on {slug}"


def assert_all_there_and_right(folder: Path, expected: Files) -> None:
    """All letters are as they must be, the manifest says so, and nothing else lies about."""
    assert files_in(folder) == expected
    manifest = manifest_in(folder)
    assert list(manifest) == sorted(ALL)
    for slug, entry in manifest.items():
        assert (entry["unfinished"], entry["failed"]) == (False, None)
        assert _said(entry) == _sums(of(expected, [slug]))
    others = {".building", "manifest.json", "index.html"}
    assert {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()} == {
        *expected,
        *others,
    }


def _sums(files: Files) -> Mapping[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def _said(entry: Mapping[str, object]) -> Mapping[str, str]:
    files = entry["files"]
    assert isinstance(files, dict)
    return {name: file["sha256"] for name, file in files.items()}
