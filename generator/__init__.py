"""Makes an ombudsman's annual letters: one YAML file per authority, shared wording, HTML and PDF.

The same steps as the commands, for programs:

    from pathlib import Path
    from generator import compose_letter, load_edition, render_html, render_pdf, render_text

    edition = load_edition(Path("."), 2018)
    for problem in edition.problems:
        print(problem.place, problem.message)
    letter = compose_letter(edition, "luton-borough-council")
    Path("luton.pdf").write_bytes(render_pdf(edition, letter))
"""

from generator.api import (
    LetterProblemsError,
    compose_letter,
    load_edition,
    render_html,
    render_pdf,
    render_text,
)
from generator.batch.prepare import Prepared
from generator.composing.letter import Block, Letter, Run, Table
from generator.loading.figures import Figure
from generator.problems import Place, Problem, Severity
from generator.workspace import UsageError

__all__ = [
    "Block",
    "Figure",
    "Letter",
    "LetterProblemsError",
    "Place",
    "Prepared",
    "Problem",
    "Run",
    "Severity",
    "Table",
    "UsageError",
    "compose_letter",
    "load_edition",
    "render_html",
    "render_pdf",
    "render_text",
]
