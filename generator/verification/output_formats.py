"""The output formats: the files that are made of a letter, how each is made, named and read back.

Whatever goes over a letter's files goes over these, so one more is one more object, registered.
"""

from collections.abc import Callable
from dataclasses import dataclass

from generator.letter.letter import Letter
from generator.rendering.html import FilledLetter, check_page, render_html, without_policy
from generator.rendering.text import render_text
from generator.verification.read_back import check_text


@dataclass(frozen=True)
class OutputFormat:
    """A kind of file that is made of every letter. Its functions are named ones: workers get it."""

    name: str
    """In the manifest and in reports, and of the folder of these files: `text`."""
    suffix: str
    label: str
    """For readers: `Text`."""
    media_type: str
    render: Callable[[FilledLetter], bytes] | None
    """None for the PDF, which the engine lays out, and which is read back before it is returned."""
    check: Callable[[str, Letter], list[str]]
    """All that keeps the words of a file from being the letter of a record, a sentence each."""
    words: Callable[[bytes], str] = bytes.decode
    """What a file says. Raises `ValueError` with the reason where it cannot be read."""
    is_offered: bool = True
    """Whether the desk offers it for download."""
    is_proven_when_made: bool = False
    """Whether none is made that was not held against its letter."""

    def file_name(self, slug: str) -> str:
        """The name of a letter's file."""
        return f"{slug}{self.suffix}"


def output_formats() -> tuple[OutputFormat, ...]:
    """All formats that are known, in the order in which they are named."""
    return tuple(_FORMATS.values())


def format_named(name: str) -> OutputFormat:
    """The format of this name. Raises `KeyError`."""
    return _FORMATS[name]


def register_format(new: OutputFormat) -> OutputFormat:
    """Make a format known. Raises `ValueError` where another has its name or its suffix."""
    if any(new.name == known.name or new.suffix == known.suffix for known in output_formats()):
        raise ValueError(f"{new.name}: its name or its suffix is that of another output format")
    _FORMATS[new.name] = new
    return new


def unregister_format(known: OutputFormat) -> None:
    """Forget a format, as tests do that have made one."""
    del _FORMATS[known.name]


_FORMATS: dict[str, OutputFormat] = {}


def _html(filled: FilledLetter) -> bytes:
    return render_html(filled).encode()


def _check_page(page: str, record: Letter) -> list[str]:
    findings = check_page(without_policy(page), record)
    return [finding if isinstance(finding, str) else finding.message for finding in findings]


def _text(filled: FilledLetter) -> bytes:
    return render_text(filled.letter).encode()


def _read_page_by_page(_words: str, _record: Letter) -> list[str]:
    """Nothing, from its words alone: `generator.checks.pdf_checks` proves a PDF."""
    return []


PDF = register_format(
    OutputFormat(
        "pdf", ".pdf", "PDF", "application/pdf", None, _read_page_by_page, is_proven_when_made=True
    )
)
HTML = register_format(
    OutputFormat(
        "html",
        ".html",
        "HTML",
        "text/html",
        _html,
        _check_page,
        is_offered=False,
        is_proven_when_made=True,
    )
)
TEXT = register_format(
    OutputFormat("text", ".txt", "Text", "text/plain", _text, check_text, is_offered=False)
)
