"""Whether a letter may leave the office: approved, and built as its data and wording now are."""

import errno
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.files.bounded_read import Sort, read_bytes
from generator.issuing.review_status import ReviewStatus, review_status
from generator.outputs.manifest import ManifestEntry, made_file, output_names
from generator.outputs.plan import OutputState, inspect_outputs
from generator.problems import Problem, errors, first_of, reason_of
from generator.project.load_edition import LoadedEdition

_MOST_NAMED = 3


@dataclass(frozen=True)
class Readiness:
    """What is known of an edition's letters before their files are looked at."""

    status: ReviewStatus
    outputs: OutputState

    @property
    def loaded(self) -> LoadedEdition:
        """The edition whose letters they are."""
        return self.status.loaded

    def problems_of(self, slugs: Iterable[str]) -> list[Problem]:
        """What is wrong with these letters, with decisions and manifest."""
        return [*self.status.problems_of(slugs), *self.outputs.problems]

    @property
    def entries(self) -> Mapping[str, ManifestEntry]:
        """What the manifest says of the letters that were built."""
        return self.outputs.manifest.letters

    def built(self, slug: str) -> dict[str, bytes]:
        """A letter's files by format, as they were when its readiness was looked into.

        Raises `OSError`, also where another command has made one of them anew since.
        """
        folder, entry = self.loaded.folders.output(), self.entries[slug]
        contents = {}
        for kind, name in output_names(slug).items():
            contents[kind] = read_bytes(folder / name, Sort.LETTER)
            if made_file(contents[kind]).sha256 != entry.files[name].sha256:
                meanwhile = "it was built again meanwhile; give the command once more"
                raise OSError(errno.EBUSY, meanwhile, str(folder / name))
        return contents

    def why_not(self, slug: str) -> str:
        """Why a letter may not leave; blank where it may, once it is proven."""
        wrong = errors(self.loaded.problems_of(slug))
        if wrong:
            return reason_of(wrong)
        open_ = [i for i in self.status.review.of_letter(slug) if not self.status.is_approved(i)]
        if open_:
            named = first_of([f"{i.kind} {i.name}" for i in open_], _MOST_NAMED)
            return f"not approved: {named}"
        state, why = self.outputs.made(slug)
        if state != "up to date":
            return f"{state}{f' ({why})' if why else ''}; build it first"
        if self.entries[slug].conformance is None:
            return "not validated as PDF/UA-1 and PDF/A-3a; build it with --force"
        return ""


def readiness_of(loaded: LoadedEdition) -> Readiness:
    """How ready the letters of an edition are to leave."""
    return Readiness(review_status(loaded), inspect_outputs(loaded, loaded.folders.output()))
