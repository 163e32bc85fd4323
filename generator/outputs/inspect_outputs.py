"""Survey an output folder: what there is, against what the edition now makes of each letter."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.outputs.fingerprint import Inputs, digest, inputs_of, shared_inputs
from generator.outputs.manifest import Manifest, manifest_or_warning
from generator.outputs.output_files import letters_in, sums_of
from generator.outputs.plan import Step, plan_letter
from generator.problems import Problem, errors, reason_of
from generator.project.load_edition import LoadedEdition
from generator.rendering.engine import engine_parts


@dataclass(frozen=True)
class OutputState:
    """What is to be done about each letter of an edition, and what else lies in its folder."""

    manifest: Manifest
    steps: Mapping[str, Step]
    """Of all authorities, by slug."""
    inputs: Mapping[str, Inputs]
    stale: Mapping[str, list[str]]
    """The files, by slug, of letters that we made and that are no longer in the edition."""
    foreign_files: Mapping[str, list[str]]
    """Those that look like letters, belong to no authority, and were not made here."""
    problems: list[Problem]
    """What is wrong with the manifest."""


def inspect_outputs(
    loaded: LoadedEdition, folder: Path, *, draft: bool = False, force: bool = False
) -> OutputState:
    """Compare all letters of an edition with what lies in the output folder; nothing is written."""
    manifest, problems = manifest_or_warning(folder, "every letter is made again when it is built")
    engine = engine_parts()
    manifest = manifest or Manifest(loaded.folders.year, draft)
    inputs = inputs_now(loaded, engine)
    sums = sums_of(folder, loaded.slugs)
    steps = {}
    for slug in loaded.slugs:
        wrong = errors(loaded.problems_of(slug))
        steps[slug] = plan_letter(
            slug,
            inputs.get(slug),
            reason_of(wrong) if wrong else "",
            manifest.letters.get(slug),
            sums,
            force=force,
        )
    others = {s: names for s, names in letters_in(folder).items() if s not in steps}
    stale = {slug: names for slug, names in others.items() if slug in manifest.letters}
    strange = {slug: names for slug, names in others.items() if slug not in stale}
    # Without those that have left the edition and whose files somebody has removed.
    letters = {s: entry for s, entry in manifest.letters.items() if s in steps or s in stale}
    now = Manifest(manifest.year, manifest.draft, engine, letters)
    return OutputState(now, steps, inputs, stale, strange, problems)


def inputs_now(loaded: LoadedEdition, engine: Mapping[str, str]) -> dict[str, Inputs]:
    """The inputs of all letters of an edition, by slug, as they would be made by an engine."""
    if loaded.edition is None or loaded.letter_template is None:
        return {}
    shared = shared_inputs(loaded.edition, loaded.letter_template, digest(dict(engine)))
    authorities = loaded.data.authorities
    return {
        slug: inputs_of(composed.letter, authorities[slug], shared)
        for slug, composed in loaded.letters.items()
    }
