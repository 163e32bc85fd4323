"""What else could print the letters: bare loops over two engines, a command each, a browser.

None of them checks anything, proves anything, or makes HTML or text.
"""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from markupsafe import Markup

from benchmarks.county import ROOT
from benchmarks.typst_data import write_data
from generator.lineage.earlier_years import load_edition
from generator.rendering.html import FilledLetter, render_for_print
from generator.rendering.pdf.pdf_engine import VARIANT
from generator.workspace import EditionFolders

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Pages:
    """The letters as finished pages, with the styles inside and without, in a folder each."""

    folder: Path

    @property
    def plain(self) -> Path:
        """The folder of the pages that bring no styles."""
        return self.folder / "plain"

    @property
    def styles(self) -> Path:
        """The styles for those."""
        return self.folder / "letter.css"

    @property
    def styled(self) -> list[Path]:
        """The pages that have the same styles inside."""
        return sorted((self.folder / "styled").iterdir())

    def sample(self, number: int, shift: int) -> list[Path]:
        """So many pages, at even distances; others for another shift."""
        every = max(1, len(self.styled) // number)
        return self.styled[shift % every :: every][:number]


def write_pages(folders: EditionFolders, folder: Path) -> Pages:
    """The pages of all letters, written to a folder."""
    loaded = load_edition(folders)
    assert loaded.letter_template is not None
    pages = Pages(folder)
    for name in ("plain", "styled"):
        (folder / name).mkdir(parents=True)
    styles = Markup(loaded.letter_template.styles)
    pages.styles.write_text(styles, encoding="utf-8")
    for slug, composed in loaded.letters.items():
        letter = composed.letter
        plain = render_for_print(FilledLetter(letter, loaded.letter_template))
        styled = plain.replace("</head>", f"<style>\n{styles}</style>\n</head>", 1)
        (pages.plain / f"{slug}.html").write_text(plain, encoding="utf-8")
        (folder / "styled" / f"{slug}.html").write_text(styled, encoding="utf-8")
    return pages


def bare_loop(pages: Pages, processes: int) -> float:
    """The seconds of a loop over WeasyPrint, or of so many side by side, their start included."""
    program = [sys.executable, str(HERE / "bare_loop.py")]
    places = [str(pages.plain), str(pages.styles)]
    with _made(len(pages.styled)) as output:
        start = time.perf_counter()
        loops = [
            subprocess.Popen([*program, *places, str(output), str(first), str(processes)])
            for first in range(processes)
        ]
        for loop in loops:
            loop.wait()
        return time.perf_counter() - start


def one_letter_alone(pages: Pages) -> float:
    """The seconds of a fresh process that imports the engine and makes one bare PDF."""
    return bare_loop(Pages(_one_of(pages)), 1)


def _one_of(pages: Pages) -> Path:
    folder = pages.folder / "one"
    if not folder.exists():
        for name in ("plain", "styled"):
            (folder / name).mkdir(parents=True)
            shutil.copy(pages.folder / name / pages.styled[0].name, folder / name)
        shutil.copy(pages.styles, folder)
    return folder


def one_command_each(sample: Sequence[Path]) -> float:
    """The seconds of one `weasyprint` command a letter, one after another as in a shell loop."""
    program = Path(sys.executable).with_name("weasyprint")
    with _made(len(sample)) as output:
        start = time.perf_counter()
        for page in sample:
            made = output / f"{page.stem}.pdf"
            subprocess.run([program, "--pdf-variant", VARIANT, page, made], check=True)
        return time.perf_counter() - start


def warm_browser(sample: Sequence[Path]) -> float | None:
    """The seconds that one headless Chromium takes to print these pages, its start not counted.

    None where the computer has no such browser.
    """
    with TemporaryDirectory() as output:
        command = [sys.executable, "-m", "benchmarks.chromium", output, *map(str, sample)]
        said = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        if not said.stdout:
            return None
        _expect(len(sample), Path(output))
    return float(said.stdout)


class TypstFromJson:
    """Typst behind a make rule, from the finished words of each letter: what is newer is set again.

    Whoever makes that JSON does so in no time; so it is only the engine's share of the work.
    """

    def __init__(self, folders: EditionFolders, folder: Path, processes: int) -> None:
        self.folder = folder
        self.data = write_data(folders, folder / "data")
        shutil.copy(HERE / "letter.typ", folder)
        command = f"{sys.executable} {HERE / 'typst_loop.py'} pdf {processes}"
        # All letters where the template is newer, else those whose words are.
        changed = "$(if $(filter %.typ,$?),$(wildcard data/*.json),$?)"
        rule = f"made: letter.typ $(wildcard data/*.json)\n\t{command} {changed}\n\ttouch made\n"
        (folder / "Makefile").write_text(rule, encoding="utf-8")

    def from_nothing(self) -> float | None:
        """The seconds of a first build of all."""
        shutil.rmtree(self.folder / "pdf", ignore_errors=True)
        (self.folder / "made").unlink(missing_ok=True)
        seconds = self._make()
        _expect(len(self.data), self.folder / "pdf")
        return seconds

    def again(self, changed: Sequence[Path]) -> float | None:
        """The seconds of a build after the words of these letters were written anew."""
        for path in changed:
            words = json.loads(path.read_text("utf-8"))
            path.write_text(json.dumps(words), encoding="utf-8")
        return self._make()

    def _make(self) -> float | None:
        program = shutil.which("make")
        if program is None:
            return None
        start = time.perf_counter()
        subprocess.run([program, "--silent"], cwd=self.folder, check=True)
        return time.perf_counter() - start


class TypstWithOurLoader:
    """Typst with data and wording read, checked and composed by our own loader each time."""

    def __init__(self, folders: EditionFolders, folder: Path, processes: int) -> None:
        self.folders, self.folder, self.processes = folders, folder, processes

    def from_nothing(self) -> float:
        """The seconds of a first build of all."""
        shutil.rmtree(self.folder, ignore_errors=True)
        seconds = self.again()
        _expect(len(list(self.folders.authorities.iterdir())), self.folder / "pdf")
        return seconds

    def again(self) -> float:
        """The seconds of a build of what has changed."""
        workspace, year = str(self.folders.workspace.folder), str(self.folders.year)
        places = [workspace, year, str(self.folder / "data"), str(self.folder / "pdf")]
        command = [sys.executable, "-m", "benchmarks.typst_data", *places, str(self.processes)]
        start = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True)
        return time.perf_counter() - start


@contextmanager
def _made(letters: int) -> Iterator[Path]:
    """An empty folder, in which so many PDFs must be afterwards."""
    with TemporaryDirectory() as name:
        yield Path(name)
        _expect(letters, Path(name))


def _expect(letters: int, output: Path) -> None:
    """A peer that has not made its PDFs is not measured."""
    made = [path for path in output.glob("*.pdf") if path.stat().st_size]
    if len(made) != letters:
        raise RuntimeError(f"{len(made)} PDFs made of {letters}")
