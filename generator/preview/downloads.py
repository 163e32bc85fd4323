"""What the desk gives away: a letter, a draft of it, and all letters or all drafts in one zip.

Everything is made as `build` makes it, of the files as they are at that moment. Nothing else is
given: no enclosures, no messages, no data files.
"""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from starlette.responses import Response

from generator.batch.job import Job, RenderedLetter, jobs_of
from generator.lineage.earlier_years import load_edition
from generator.preview.access import LETTER_POLICY
from generator.preview.preview_state import PreviewState
from generator.problems import errors
from generator.project.load_edition import LoadedEdition
from generator.verification.output_formats import OutputFormat, output_formats

_DOWNLOAD_S = 60
_AT_A_TIME = 8
"""So many letters of a zip are made at a time: more would only be kept until they are sent."""
LEFT_OUT = "left-out.txt"
"""The file in a zip that names the letters that are not in it."""


class NothingToDownloadError(Exception):
    """There is no such file, as things stand; the sentence says why."""


def offered_formats() -> list[OutputFormat]:
    """The formats in which letters can be downloaded."""
    return [each for each in output_formats() if each.is_offered]


async def letter_file(desk: PreviewState, slug: str, each: OutputFormat) -> Response:
    """A letter as it is, which may be a draft. Raises `NothingToDownloadError`."""
    letter, made = await desk.printed(slug, _DOWNLOAD_S)
    if letter is None or letter.good is None or letter.is_old:
        raise NothingToDownloadError("There is no letter: its files have errors")
    return _file(each, slug, made, draft=letter.good.letter.draft)


async def draft_file(desk: PreviewState, slug: str, each: OutputFormat) -> Response:
    """A draft of a letter, also of one that is ready. Raises `NothingToDownloadError`."""
    if desk.reading is None or slug not in desk.reading.letters:
        raise NothingToDownloadError(f"There is no letter to an authority “{slug}”")
    letters = await desk.tasks.do("letter", _drafts, desk, slug)
    if slug not in letters.slugs:
        raise NothingToDownloadError("There is no draft: the files of the letter have errors")
    made = await desk.tasks.render_now(partial(letters.jobs, slug))
    return _file(each, slug, made, draft=True)


def _file(each: OutputFormat, slug: str, made: RenderedLetter | None, *, draft: bool) -> Response:
    if made is None or each.name not in made.contents:
        raise NothingToDownloadError("The letter cannot be laid out: its problems say why")
    name = each.file_name(f"{slug}-draft" if draft else slug)
    return Response(made.contents[each.name], media_type=each.media_type, headers=_as_file(name))


def _as_file(name: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": LETTER_POLICY,
    }


@dataclass(frozen=True)
class LettersForDownload:
    """The letters of a zip, as they were at one moment."""

    slugs: Sequence[str]
    left_out: Sequence[tuple[str, str]]
    """The slugs of the others, and why: how each stands, and nothing of what it says."""
    jobs: Callable[[str], Job]
    draft: bool


def _drafts(desk: PreviewState, only: str | None = None) -> LettersForDownload:
    """All letters as drafts, marked so; those with errors are left out."""
    loaded = load_edition(desk.folders, only=[only] if only else None, draft=True)
    good = [slug for slug in loaded.letters if _can_be_made(loaded, slug)]
    rest = [(slug, "has problems") for slug in loaded.slugs if slug not in good]
    rest = [(slug, why) for slug, why in rest if slug not in loaded.without_letter]
    if loaded.letter_template is None or not good:
        return LettersForDownload((), rest, _no_job, draft=True)
    names = desk.reading.names if desk.reading else ()
    return LettersForDownload(good, rest, jobs_of(loaded, names), draft=True)


def _can_be_made(loaded: LoadedEdition, slug: str) -> bool:
    return slug not in loaded.without_letter and not errors(loaded.problems_of(slug), draft=True)


def _no_job(slug: str) -> Job:
    raise KeyError(slug)


def _letters(desk: PreviewState) -> LettersForDownload:
    """All letters that can be sent as they are; drafts are left out."""
    reading = desk.reading
    if reading is None or reading.jobs is None:
        return LettersForDownload((), (), _no_job, draft=False)
    due = [
        each for each in reading.letters.values() if each.slug not in reading.loaded.without_letter
    ]
    ready = [each.slug for each in due if each.status == "ready" and each.slug in reading.keys]
    rest = [(each.slug, each.status) for each in due if each.slug not in ready]
    return LettersForDownload(ready, rest, reading.jobs, draft=False)


def zip_name(desk: PreviewState, *, draft: bool) -> str:
    """What the zip is called."""
    return f"annual-letters-{desk.folders.year}{'-drafts' if draft else ''}.zip"


def zip_headers(desk: PreviewState, *, draft: bool) -> dict[str, str]:
    """With what the zip is sent."""
    return {"Content-Type": "application/zip", **_as_file(zip_name(desk, draft=draft))}


async def letters_for_download(desk: PreviewState, *, draft: bool) -> LettersForDownload:
    """The letters of a zip. Raises `NothingToDownloadError` where there would be none."""
    letters = await desk.tasks.do("reading", _drafts, desk) if draft else _letters(desk)
    if not letters.slugs:
        said = "There is no draft: all letters have problems" if draft else "No letter is ready"
        raise NothingToDownloadError(said)
    return letters


async def zipped(desk: PreviewState, letters: LettersForDownload) -> AsyncIterator[bytes]:
    """All of it as a zip, piece by piece as the letters are made, so that none of it is kept."""
    sink = _Sink()
    left_out = dict(letters.left_out)
    made: dict[str, RenderedLetter] = {}

    def keep(job: Job, result: RenderedLetter) -> None:
        made[job.letter.slug] = result

    with ZipFile(sink, "w") as archive:  # type: ignore[call-overload]  # all of a file it needs
        waiting = iter(letters.slugs)
        while group := list(islice(waiting, _AT_A_TIME)):
            made.clear()
            await desk.tasks.render_meanwhile(map(letters.jobs, group), keep)
            for slug in group:
                files = list(_files(slug, made.get(slug), letters))
                for name, content in files:
                    archive.writestr(ZipInfo(name, _WHEN), content, ZIP_DEFLATED)
                if not files:
                    left_out[slug] = "cannot be laid out"
                yield sink.taken()
        if left_out:
            lines = "".join(f"{slug}: {why}\n" for slug, why in sorted(left_out.items()))
            archive.writestr(ZipInfo(LEFT_OUT, _WHEN), lines, ZIP_DEFLATED)
    yield sink.taken()


_WHEN = (1980, 1, 1, 0, 0, 0)
"""The same letters are the same zip, whenever it is made."""


def _files(
    slug: str, made: RenderedLetter | None, letters: LettersForDownload
) -> Iterator[tuple[str, bytes]]:
    stem = f"{slug}-draft" if letters.draft else slug
    for each in offered_formats():
        if made is not None and each.name in made.contents:
            yield each.file_name(stem), made.contents[each.name]


class _Sink:
    """What a zip is written to: it can be taken away again and again."""

    def __init__(self) -> None:
        self._content = bytearray()

    def write(self, content: bytes) -> int:
        self._content += content
        return len(content)

    def flush(self) -> None:
        """All has been written."""

    def taken(self) -> bytes:
        """What was written since it was last taken."""
        content, self._content = bytes(self._content), bytearray()
        return content
