"""Ambridge's letter as it was made, and ways to damage it."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pytest

from generator.batch.job import LetterRenderer
from generator.checks.mentions import NameIndex
from generator.checks.registry import PdfContext, check_pdf
from generator.letter.letter import ComposedBlock, ComposedLetter
from generator.project.load_edition import load_edition
from generator.rendering.html import FilledLetter, render_for_print
from generator.rendering.letter_template import LetterTemplate
from generator.rendering.pdf.pdf_engine import PdfEngine
from generator.rendering.record import attached_files
from generator.verification.reading import UnreadableError, read_letter
from tests.borsetshire import build_tree

NAMES = ("Ambridge District Council", "Felpersham City Council", "Bridge District Council")


@dataclass(frozen=True)
class RenderedLetter:
    """A letter, its PDF, and what is needed to make it wrongly."""

    letter: ComposedLetter
    pdf: bytes
    letter_template: LetterTemplate
    engine: PdfEngine

    def findings(self, pdf: bytes) -> list[str]:
        try:
            return check_pdf(PdfContext(read_letter(pdf), self.letter, NameIndex(NAMES)))
        except UnreadableError as error:
            return [str(error)]

    def printed_with(self, change: Callable[[ComposedBlock], ComposedBlock | None]) -> bytes:
        """The letter with blocks changed on its pages alone: its record is the right one."""
        blocks = (change(block) for block in self.letter.blocks)
        wrong = replace(self.letter, blocks=tuple(block for block in blocks if block is not None))
        page = render_for_print(FilledLetter(wrong, self.letter_template))
        return self.engine.print(page, attached_files(self.letter))

    def edited(self, change: Callable[[pikepdf.Pdf], None]) -> bytes:
        """The PDF with its insides changed."""
        with pikepdf.open(io.BytesIO(self.pdf)) as document:
            change(document)
            out = io.BytesIO()
            document.save(out, static_id=True, fix_metadata_version=False)
        return out.getvalue()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> RenderedLetter:
    folder: Path = tmp_path_factory.mktemp("borsetshire")
    insert = (
        "---\nplace: statistics\nwhen: authority.decided.upheld > 0\n---\n- one thing\n- another\n"
    )
    loaded = load_edition(build_tree(folder, {"templates/2031/inserts/things.md": insert}))
    assert loaded.problems == []
    assert loaded.letter_template is not None
    letter = loaded.letters["ambridge-district-council"].letter
    return RenderedLetter(
        letter,
        LetterRenderer(loaded.letter_template, NAMES).pdf(letter),
        loaded.letter_template,
        PdfEngine(loaded.letter_template.styles),
    )
