"""Letters of authorities that have left the edition: kept until someone says otherwise."""

from pathlib import Path

from generator.outputs.inspect_outputs import OutputState
from generator.outputs.manifest import ManifestError, read_manifest
from generator.outputs.output_files import letters_in
from generator.problems import Place, Problem, Severity
from generator.project.load_edition import LoadedEdition
from generator.workspace import DRAFTS


def left_over(
    loaded: LoadedEdition, found: OutputState, folder: Path, *, pruned: bool = False
) -> list[Problem]:
    """A warning for each letter and draft that belongs to no authority of the edition.

    Drafts lie in a folder of their own, inside that of the letters, and are pruned by a build of
    their own: without a word when letters are built they would be forgotten there.
    """
    kinds = {
        _STALE: {} if pruned else found.stale,
        _STALE_DRAFT: {} if found.manifest.draft else _stale_drafts(loaded, folder),
        _STRANGE: found.foreign_files,
    }
    return [
        Problem(Place(folder / names[0]), message, severity=Severity.WARNING, kind="left-over")
        for message, letters in kinds.items()
        for names in letters.values()
    ]


def _stale_drafts(loaded: LoadedEdition, folder: Path) -> dict[str, list[str]]:
    drafts = folder / DRAFTS
    try:
        manifest = read_manifest(drafts)
    except ManifestError:  # as a build of the drafts will say
        return {}
    ours = manifest.letters if manifest else {}
    return {
        slug: [f"{DRAFTS}/{name}" for name in names]
        for slug, names in letters_in(drafts).items()
        if slug in ours and slug not in loaded.data.files
    }


_STALE = "stale: its authority is no longer in the edition; --prune removes its letter"
_STALE_DRAFT = (
    "stale: its authority is no longer in the edition; build --draft --prune removes its draft"
)
_STRANGE = "belongs to no authority of the edition and was not made here; move it away"
