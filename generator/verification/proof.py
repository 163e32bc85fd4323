"""The proof of a letter: what was read back from its PDF against what the letter says.

Each doubt is one sentence. No doubt means: this authority's letter, all of it, with its figures
in their places, and nothing else.
"""

import re
from collections.abc import Iterable, Iterator

from generator.edition.typeface import Typeface
from generator.letter.letter import Letter
from generator.rendering.record import (
    FIGURES_FILE,
    RECORD_FILE,
    RecordError,
    figures_csv,
    read_record,
    record_of,
)
from generator.verification.reading import ReadLetter, ReadPage
from generator.verification.table_proof import table_by_position, table_by_structure
from generator.verification.word_proof import differences, expected_words, join_lines, short

_WORD = re.compile(r"\w+")


class Names:
    """The names of authorities, made once for many letters."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        """File each name under its words; a name without any is looked for everywhere."""
        self._names = tuple(names)
        self._filed: dict[tuple[str, ...], list[int]] = {}
        self._lengths: dict[str, set[int]] = {}
        self._wordless: list[int] = []
        for number, name in enumerate(self._names):
            words = tuple(_WORD.findall(name))
            if words:
                self._filed.setdefault(words, []).append(number)
                self._lengths.setdefault(words[0], set()).add(len(words))
            else:
                self._wordless.append(number)

    def others(self, authority: str, printed: str, own: str) -> Iterator[str]:
        """Other authorities that are named in what is printed more often than in its own words.

        In the order in which they were given. A name inside the authority's own is no other's.
        """
        for number in sorted(self._near(printed) | self._near(printed.replace(authority, ""))):
            name = self._names[number]
            if name == authority or name not in printed:
                continue
            if _count(name, printed, authority) > _count(name, own, authority):
                yield name

    def _near(self, text: str) -> set[int]:
        """The numbers of the names whose words follow one another in a text, whatever is between.

        A name that stands in a text, and not as a part of a longer word, is one of these.
        """
        words = _WORD.findall(text)
        found = set(self._wordless)
        for start, word in enumerate(words):
            for length in self._lengths.get(word, ()):
                found.update(self._filed.get(tuple(words[start : start + length]), ()))
        return found


def _count(name: str, text: str, longer: str) -> int:
    """How often a name stands in a text; not as a part of a longer name or word."""
    text = text.replace(longer, "") if name in longer else text
    return len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", text))


NARROWEST_MARGIN_POINTS = 18
"""Nothing is printed nearer than a quarter of an inch to the edge: printers could not print it."""

_PAGE_NUMBER = re.compile(r"\s*\b(\d+) / (\d+)\s*$")


def check_pdf(
    read: ReadLetter,
    letter: Letter,
    other_names: Names | Iterable[str] = (),
    typeface: Typeface = Typeface.LIBERATION_SANS,
) -> list[str]:
    """Every doubt that a PDF is this letter, a sentence each; none where it is.

    `other_names` are those of the edition's authorities: none but the letter's own may be in it,
    outside the words of its own inserts. Who proves many letters files them once, as `Names`.
    """
    names = other_names if isinstance(other_names, Names) else Names(other_names)
    return [
        *_identity(read, letter),
        *_pages(read),
        *_words(read, letter),
        *_figures(read, letter),
        *_other_names(read, letter, names),
        *_signature(read, letter),
        *_appearance(read, typeface),
        *_declarations(read),
    ]


def _identity(read: ReadLetter, letter: Letter) -> Iterator[str]:
    if read.title != letter.title:
        yield f'its title is "{read.title}", not "{letter.title}"'
    for name in (FIGURES_FILE, RECORD_FILE):
        if name not in read.files:
            yield f"the attached file {name} is missing"
    figures = figures_csv(letter)
    if read.files.get(FIGURES_FILE, figures) != figures:
        yield f"the attached file {FIGURES_FILE} is not this letter's"
    if RECORD_FILE in read.files and not _is_record(read.files[RECORD_FILE], letter):
        yield f"the attached file {RECORD_FILE} is not this letter's"
    for name in sorted(set(read.files) - {FIGURES_FILE, RECORD_FILE}):
        yield f'a file is attached that is not the letter\'s, "{name}"'


def _is_record(content: bytes, letter: Letter) -> bool:
    """Whether an attached record says the same; a later version may say more."""
    try:
        return read_record(content) == record_of(letter)
    except RecordError:
        return False


def _pages(read: ReadLetter) -> Iterator[str]:
    total = len(read.pages)
    for number, page in enumerate(read.pages, start=1):
        found = _PAGE_NUMBER.search(page.text)
        if found is None:
            yield f"page {number} bears no page number"
        elif (int(found[1]), int(found[2])) != (number, total):
            bears = f'page {number} of {total} bears the number "{found[0].strip()}"'
            yield f"{bears}: one is missing, added or moved"


def _words(read: ReadLetter, letter: Letter) -> Iterator[str]:
    """The words of all pages are those of all blocks, in the same order, and no others.

    White space does not count: a line may be broken after a dash or a slash, too.
    """
    printed = "\n".join(_text(page, letter) for page in read.pages)
    yield from differences(printed, expected_words(letter, bullet="•"), "page")


def _text(page: ReadPage, letter: Letter) -> str:
    """A page's text without its number, and without the mark of a draft."""
    text = _PAGE_NUMBER.sub("", page.text)
    return text.replace("DRAFT", "", 1) if letter.draft else text


def _figures(read: ReadLetter, letter: Letter) -> Iterator[str]:
    groups = list(dict.fromkeys(figure.group for figure in letter.figures))
    titles = letter.titles
    if len(read.tables) != len(groups):
        yield f"its structure has {len(read.tables)} tables, not {len(groups)}"
    for number, group in enumerate(groups):
        figures = [figure for figure in letter.figures if figure.group == group]
        doubt = table_by_position(read.pages, figures)
        if doubt:
            yield f'table "{titles[group]}", by its places on the page: {doubt}'
        if number < len(read.tables):
            doubt = table_by_structure(read.tables[number], figures)
            if doubt:
                yield f'table "{titles[group]}", by its structure: {doubt}'


def _other_names(read: ReadLetter, letter: Letter, names: Names) -> Iterator[str]:
    """Other authorities' names that the letter's own words do not have."""
    printed = join_lines("\n".join(page.text for page in read.pages))
    own = join_lines("\n".join(block.text for block in letter.blocks if block.insert))
    for name in names.others(letter.authority, printed, own):
        yield f'it names another authority, "{name}", outside its own inserts'


def _signature(read: ReadLetter, letter: Letter) -> Iterator[str]:
    closing = next(block.text for block in letter.blocks if block.role == "closing")
    first_word = closing.split()[0]
    for page in reversed(read.pages):
        ends = [p for p in page.pieces if p.text.startswith(first_word) and p.text in closing]
        if ends:
            above = {round(p.bottom / 3) for p in page.pieces if p.bottom > ends[-1].top}
            if len(above) < 2:
                yield "the signature stands without two lines of the letter above it"
            return
    yield f'"{closing}" stands on no page'


def typeface_of(read: ReadLetter) -> Typeface:
    """The typeface that a PDF was made in; the usual one where it is none of ours."""
    fonts = _fonts(read)
    made_in = (face for face in Typeface if any(_is_of(face, font) for font in fonts))
    return next(made_in, Typeface.LIBERATION_SANS)


def _fonts(read: ReadLetter) -> list[str]:
    return sorted({piece.font for page in read.pages for piece in page.pieces})


def _is_of(typeface: Typeface, font: str) -> bool:
    face = typeface.replace(" ", "-")
    font = font.replace(",", "")  # with which the engine ends a name that ends in a number
    return font == face or font.startswith(f"{face}-")


def _appearance(read: ReadLetter, typeface: Typeface) -> Iterator[str]:
    """Only the intended faces, and nothing over the margins."""
    for font in _fonts(read):
        if not _is_of(typeface, font):
            yield f'it uses the font "{font}", not {typeface}'
    for font in sorted(read.loose_fonts):
        yield f'the font "{font}" is not inside the file'
    least = NARROWEST_MARGIN_POINTS
    for number, page in enumerate(read.pages, start=1):
        for piece in page.pieces:
            across = least <= piece.left and piece.right <= page.width - least
            if not (across and least <= piece.bottom and piece.top <= page.height - least):
                yield f'on page {number} "{short(piece.text)}" runs over the margin'


def _declarations(read: ReadLetter) -> Iterator[str]:
    for standard in ("PDF/A-3a", "PDF/UA-1"):
        if standard not in read.declares:
            yield f"it does not declare that it is {standard}"
