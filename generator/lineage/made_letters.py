"""Last year's letters as they were made: whole by the manifest, or composed afresh."""

from dataclasses import replace
from pathlib import Path

from generator.external_letters.letter_files import LetterFiles, read_recorded
from generator.letter.letter import Letter, LetterSource, Reading
from generator.outputs.manifest import (
    MANIFEST_FILE,
    ManifestError,
    output_names,
    read_manifest,
    sum_of,
)
from generator.problems import errors, reason_of
from generator.project.load_edition import LoadedEdition
from generator.verification.output_formats import PDF


def made_letters(folder: Path) -> LetterFiles:
    """The letters in an output folder, by the records in their PDFs.

    Only those that the manifest vouches for: finished, and unchanged since.
    """
    try:
        manifest = read_manifest(folder)
    except ManifestError as error:
        return LetterFiles((), ((folder / MANIFEST_FILE, f"it {error}"),))
    if manifest is None:
        return LetterFiles((), ((folder / MANIFEST_FILE, "it is missing"),))
    versions = []
    unread: list[tuple[Path, str]] = []
    for slug, entry in manifest.letters.items():
        name = output_names(slug)[PDF.name]
        path = folder / name
        if name not in entry.files:
            continue  # it was never made
        if entry.unfinished:
            unread.append((path, "it may be old or new: its build was interrupted"))
        elif sum_of(path) != entry.files[name].sha256:
            unread.append((path, "it is changed, damaged or missing"))
        else:
            read = read_recorded(path)
            if isinstance(read, Letter):
                versions.append(read)
            else:
                unread.append((path, read or "it contains no record"))
    return LetterFiles(tuple(versions), tuple(unread))


def edition_letters(loaded: LoadedEdition) -> LetterFiles:
    """The letters of an edition, composed; authorities whose files have errors are unread."""
    if loaded.edition is None:
        why = reason_of(errors(loaded.problems))
        return LetterFiles((), ((loaded.folders.edition_file, why),))
    unread = []
    for slug, path in loaded.files.items():
        if slug not in loaded.letters and slug not in loaded.without_letter:
            unread.append((path, reason_of(errors(loaded.problems_of(slug)))))
    versions = [
        replace(composed.letter, reading=Reading(LetterSource.EDITION, loaded.files[slug]))
        for slug, composed in loaded.letters.items()
    ]
    return LetterFiles(tuple(versions), tuple(unread))
