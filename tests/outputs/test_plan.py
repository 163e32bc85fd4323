"""What is to be done about a letter, and why, from what was made and what is there."""

import hashlib
from dataclasses import dataclass, field, replace

import pytest

from generator.outputs.manifest import Inputs, ManifestEntry, made_file, output_names
from generator.outputs.plan import PlannedAction, Step, plan_letter

SLUG = "ambridge"
NAMES = output_names(SLUG)
PDF, HTML, TEXT = NAMES["pdf"], NAMES["html"], NAMES["text"]
CONTENTS = {name: name.encode() for name in NAMES.values()}
SUMS = {name: hashlib.sha256(content).hexdigest() for name, content in CONTENTS.items()}
OTHER = hashlib.sha256(b"by hand").hexdigest()
PARTS = ("letter", "figures", "addressee", "edition", "wording", "template", "engine")
INPUTS: Inputs = dict.fromkeys(PARTS, "then")
MADE = ManifestEntry(INPUTS, 2, {name: made_file(content) for name, content in CONTENTS.items()})


@dataclass(frozen=True)
class Case:
    """A letter as it was made, and what has become of it."""

    now: Inputs | None = field(default_factory=lambda: INPUTS)
    error: str = ""
    entry: ManifestEntry | None = MADE
    sums: dict[str, str] = field(default_factory=lambda: SUMS)
    force: bool = False


def changed(*names: str) -> Inputs:
    return {**INPUTS, **dict.fromkeys(("letter", *names), "now")}


def without(*names: str) -> dict[str, str]:
    return {name: found for name, found in SUMS.items() if name not in names}


CASES = {
    "as it should be": (Case(), PlannedAction.KEEP, ""),
    "never made": (Case(entry=None, sums={}), PlannedAction.MAKE, "new"),
    "made, and the manifest lost": (Case(entry=None), PlannedAction.MAKE, "not in the manifest"),
    "only failed until now": (
        Case(entry=ManifestEntry(failed="ink"), sums={}),
        PlannedAction.MAKE,
        "new",
    ),
    "figures": (Case(changed("figures")), PlannedAction.MAKE, "figures changed"),
    "figures and wording": (
        Case(changed("wording", "figures")),
        PlannedAction.MAKE,
        "figures changed, wording changed",
    ),
    "a cause without a trace in the letter": (
        Case({**INPUTS, "addressee": "now"}),
        PlannedAction.KEEP,
        "",
    ),
    "the template alone": (
        Case({**INPUTS, "template": "now"}),
        PlannedAction.MAKE,
        "template changed",
    ),
    "the engine alone": (Case({**INPUTS, "engine": "now"}), PlannedAction.MAKE, "engine changed"),
    "a file removed": (Case(sums=without(HTML)), PlannedAction.MAKE, f"{HTML} is missing"),
    "all files removed": (
        Case(sums={}),
        PlannedAction.MAKE,
        f"{PDF} is missing, {HTML} is missing, {TEXT} is missing",
    ),
    "a file edited": (
        Case(sums={**SUMS, TEXT: OTHER}),
        PlannedAction.MAKE,
        f"{TEXT} has changed since it was built",
    ),
    "a file that the manifest does not know": (
        Case(entry=replace(MADE, files={n: f for n, f in MADE.files.items() if n != TEXT})),
        PlannedAction.MAKE,
        f"{TEXT} has changed since it was built",
    ),
    "figures changed and a file removed": (
        Case(changed("figures"), sums=without(PDF)),
        PlannedAction.MAKE,
        f"figures changed, {PDF} is missing",
    ),
    "cut off": (
        Case(entry=replace(MADE, unfinished=True)),
        PlannedAction.MAKE,
        "not finished last time",
    ),
    "cut off before it was made once": (
        Case(entry=ManifestEntry(unfinished=True), sums={}),
        PlannedAction.MAKE,
        "not finished last time",
    ),
    "failed last time, and the data are as they were made again": (
        Case(entry=replace(MADE, failed="ink")),
        PlannedAction.KEEP,
        "",
    ),
    "forced": (Case(force=True), PlannedAction.MAKE, "rebuilt as asked (--force)"),
    "forced, and changed anyway": (
        Case(changed("figures"), force=True),
        PlannedAction.MAKE,
        "figures changed",
    ),
    "an error": (
        Case(error="received.roads: a word"),
        PlannedAction.FAIL,
        "received.roads: a word",
    ),
    "an error, forced": (Case(error="a word", force=True), PlannedAction.FAIL, "a word"),
    "an error, and never made": (
        Case(None, error="a word", entry=None, sums={}),
        PlannedAction.FAIL,
        "a word",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_to_be_done_and_why(name: str) -> None:
    case, action, reason = CASES[name]

    step = plan_letter(SLUG, case.now, case.error, case.entry, case.sums, force=case.force)

    assert (step.slug, step.action, step.reason) == (SLUG, action, reason)
    assert step.is_new == (reason == "new")


def test_other_letters_files_do_not_count() -> None:
    others = {name.replace(SLUG, "felpersham"): OTHER for name in SUMS}

    assert plan_letter(SLUG, INPUTS, "", MADE, {**others, **SUMS}).action is PlannedAction.KEEP
    assert plan_letter(SLUG, INPUTS, "", MADE, others).action is PlannedAction.MAKE


def test_reasons_are_said_in_one_text() -> None:
    assert Step(SLUG, PlannedAction.MAKE, ("figures changed", "engine changed")).reason == (
        "figures changed, engine changed"
    )
