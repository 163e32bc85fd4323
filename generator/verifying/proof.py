"""The proof of a letter: what was read back from its PDF against what the letter says.

Each doubt is one sentence. No doubt means: this authority's letter, all of it, with its figures
in their places, and nothing else.
"""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from generator.rendering.faces import FAMILY
from generator.rendering.record import FIGURES_FILE, RECORD_FILE, Record, figures_csv, record_json
from generator.verifying.reading import ReadLetter, ReadPage, UnreadableError, read_letter
from generator.verifying.tables import table_by_position, table_by_structure

NARROWEST_MARGIN_POINTS = 20
"""Nothing is printed nearer to the edge of the paper: printers could not print it."""

_PAGE_NUMBER = re.compile(r"\s*\b(\d+) / (\d+)\s*$")


def prove(content: bytes, record: Record, other_names: Iterable[str] = ()) -> list[str]:
    """Every doubt that a PDF is the letter of this record, a sentence each; none where it is.

    `other_names` are those of the edition's other authorities: none of them may be in it but in
    words that the letter's wording itself has.
    """
    try:
        read = read_letter(content)
    except UnreadableError as error:
        return [str(error)]
    return [
        *_identity(read, record),
        *_pages(read),
        *_words(read, record),
        *_figures(read, record),
        *_other_names(read, record, other_names),
        *_signature(read, record),
        *_appearance(read),
        *_declarations(read),
    ]


def _identity(read: ReadLetter, record: Record) -> Iterator[str]:
    if read.title != record.title:
        yield f'its title is "{read.title}", not "{record.title}"'
    for name, expected in (
        (FIGURES_FILE, figures_csv(record)),
        (RECORD_FILE, record_json(record)),
    ):
        found = read.files.get(name)
        if found is None:
            yield f"the attached file {name} is missing"
        elif found != expected:
            yield f"the attached file {name} is not this letter's"


def _pages(read: ReadLetter) -> Iterator[str]:
    total = len(read.pages)
    for number, page in enumerate(read.pages, start=1):
        found = _PAGE_NUMBER.search(page.text)
        if found is None:
            yield f"page {number} bears no page number"
        elif (int(found[1]), int(found[2])) != (number, total):
            said = found[0].strip()
            yield f'page {number} of {total} bears the page number "{said}": a page is missing'


def _words(read: ReadLetter, record: Record) -> Iterator[str]:
    """The words of all pages are those of all blocks, in the same order, and no others."""
    found = _one_line("\n".join(_text(page, record) for page in read.pages))
    if found == _one_line("\n".join(text for _, text in _expected(record))):
        return
    words = [(word, address) for address, text in _expected(record) for word in text.split()]
    printed = found.split()
    matcher = SequenceMatcher(None, [_plain(w) for w, _ in words], printed, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            continue
        where = words[min(a, len(words) - 1)][1]
        expected = " ".join(word for word, _ in words[a:b])
        says = " ".join(printed[c:d])
        if not says:
            yield f'{where}: "{_short(expected)}" is missing from the page'
        elif not expected:
            yield f'{where}: "{_short(says)}" is on the page, and not in the letter'
        else:
            yield f'{where}: the page says "{_short(says)}", the letter "{_short(expected)}"'


def _text(page: ReadPage, record: Record) -> str:
    """A page's text without its number, and without the mark of a draft."""
    text = _PAGE_NUMBER.sub("", page.text)
    return text.replace("DRAFT", "", 1) if record.draft else text


def _expected(record: Record) -> Iterator[tuple[str, str]]:
    """The words of each block in the order printed, each with the block's address."""
    item = 0
    role = ""
    for block in record.blocks:
        item = item + 1 if block.role == role else 1
        role = block.role
        text = block.text
        if block.group is not None:
            figures = [figure for figure in record.figures if figure.group == block.group]
            heads = [
                f.head for n, f in enumerate(figures) if n == 0 or f.head != figures[n - 1].head
            ]
            labels = [figure.label for figure in figures]
            text = " ".join([*heads, *labels, *(figure.text for figure in figures)])
        elif role == "bullet":
            text = f"• {text}"
        elif role == "numbered":
            text = f"{item}. {text}"
        yield block.address, text


def _one_line(text: str) -> str:
    """A text on one line, blind to where it was broken, also after a hyphen."""
    return _plain(" ".join(text.split())).replace("- ", "-")


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:40]} … {text[-35:]}"


def _figures(read: ReadLetter, record: Record) -> Iterator[str]:
    groups = list(dict.fromkeys(figure.group for figure in record.figures))
    titles = {}
    for before, block in zip(record.blocks, record.blocks[1:], strict=False):
        if block.group is not None:
            titles[block.group] = before.text
    if len(read.tables) != len(groups):
        yield f"its structure has {len(read.tables)} tables, not {len(groups)}"
    for number, group in enumerate(groups):
        figures = [figure for figure in record.figures if figure.group == group]
        doubt = table_by_position(read.pages, figures)
        if doubt:
            yield f'table "{titles[group]}", by its places on the page: {doubt}'
        if number < len(read.tables):
            doubt = table_by_structure(read.tables[number], figures)
            if doubt:
                yield f'table "{titles[group]}", by its structure: {doubt}'


def _other_names(read: ReadLetter, record: Record, names: Iterable[str]) -> Iterator[str]:
    """Other authorities' names that the letter's own words do not have."""
    printed = _one_line("\n".join(page.text for page in read.pages))
    own = _one_line("\n".join(block.text for block in record.blocks if block.insert))
    for name in names:
        if name == record.authority or name not in printed:
            continue
        if _count(name, printed, record.authority) > _count(name, own, record.authority):
            yield f'it names another authority, "{name}"'


def _count(name: str, text: str, longer: str) -> int:
    """How often a name stands in a text; not as a part of a longer name or word."""
    text = text.replace(longer, "") if name in longer else text
    return len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def _signature(read: ReadLetter, record: Record) -> Iterator[str]:
    closing = next(block.text for block in record.blocks if block.role == "closing")
    for page in read.pages:
        ends = [p for p in page.pieces if p.text and closing.startswith(p.text)]
        if ends:
            above = {round(p.bottom) for p in page.pieces if p.bottom > ends[-1].top}
            if len(above) < 2:
                yield "the signature stands without two lines of the letter above it"
            return
    yield f'"{closing}" stands on no page'


def _appearance(read: ReadLetter) -> Iterator[str]:
    """Only the intended faces, and nothing over the margins."""
    face = FAMILY.replace(" ", "-")
    fonts = {piece.font for page in read.pages for piece in page.pieces}
    for font in sorted(fonts):
        if font != face and not font.startswith(f"{face}-"):
            yield f'it uses the font "{font}", not {FAMILY}'
    for font in sorted(read.loose_fonts):
        yield f'the font "{font}" is not inside the file'
    least = NARROWEST_MARGIN_POINTS
    for number, page in enumerate(read.pages, start=1):
        for piece in page.pieces:
            across = least <= piece.left and piece.right <= page.width - least
            if not (across and least <= piece.bottom and piece.top <= page.height - least):
                yield f'on page {number} "{_short(piece.text)}" runs over the margin'


def _declarations(read: ReadLetter) -> Iterator[str]:
    for standard in ("PDF/A-3a", "PDF/UA-1"):
        if standard not in read.declares:
            yield f"it does not declare that it is {standard}"
