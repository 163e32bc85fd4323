"""Letters are validated when they are built: once for all that are made of the same."""

import sys
from pathlib import Path

import pytest

from generator.batch.job import LetterRenderer
from generator.checks.pdf_checks import Breach, breaches
from generator.outputs.manifest import read_manifest
from generator.project.load_edition import LoadedEdition, load_edition
from generator.rendering.failures import LetterTemplateError
from tests.batch.executors import build
from tests.borsetshire import AMBRIDGE, BORSETSHIRE, build_tree
from tests.hard_letters import AMBRIDGE_FILE, AMBRIDGE_SLUG, TEMPLATE_FILE, hard_letter

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63f80f0001010100a5f645400000000049454e44ae426082"
)
TEMPLATE = BORSETSHIRE[TEMPLATE_FILE]


def changed(before: str, after: str) -> dict[str, str | bytes]:
    assert before in TEMPLATE
    return {TEMPLATE_FILE: TEMPLATE.replace(before, after)}


PICTURE = changed("<header>", '<header>\n<img alt="A duck" src="{{ image("duck.png") }}">')

BREAKS = {
    "a heading of the wrong depth": (
        changed("h1", "h3"),
        "",
        "not valid PDF/UA-1: heading level H",
    ),
    "markup in a link": (
        changed(">{{ run.text }}</a>", "><b>{{ run.text }}</b></a>"),
        '<a href="{{ run.link }}">',
        "not valid PDF/UA-1: annotation 1 on page",
    ),
    "a picture that is to be smoothed": (
        PICTURE | {"templates/duck.png": PIXEL},
        "",  # those of the letterhead are alike
        "not valid PDF/A-3a: image dictionary /Interpolate is not false",
    ),
}


@pytest.mark.parametrize(("changes", "cause", "message"), BREAKS.values(), ids=BREAKS)
def test_a_template_that_breaks_a_standard_fails_the_letters_at_its_place(
    changes: dict[str, str | bytes], cause: str, message: str, tmp_path: Path
) -> None:
    loaded = load_edition(build_tree(tmp_path, changes))
    assert loaded.letter_template is not None

    with pytest.raises(LetterTemplateError) as caught:
        LetterRenderer(loaded.letter_template).pdf(loaded.letters[AMBRIDGE_SLUG].letter)

    template = str(changes[TEMPLATE_FILE])
    line = template[: template.index(cause)].count("\n") + 1 if cause else 0
    assert {problem.place.path for problem in caught.value.problems} == {tmp_path / TEMPLATE_FILE}
    assert caught.value.problems[0].message.startswith(message)
    assert caught.value.problems[0].place.line == line


def test_a_file_that_is_no_pdf_is_told_as_one_that_nobody_can_validate() -> None:
    messages = [breach.message for breach in breaches(b"ducks")]

    assert [message[:37] for message in messages] == ["the validator cannot tell whether it "] * 2


def test_a_letter_that_is_what_it_declares_breaks_nothing() -> None:
    assert breaches(hard_letter("a plain letter").pdf) == []


@pytest.fixture
def validated(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The PDFs that were validated since."""
    asked = []

    def note(content: bytes) -> list[Breach]:
        asked.append(content)
        return breaches(content)

    monkeypatch.setattr("generator.batch.job.breaches", note)
    return asked


def conformance(loaded: LoadedEdition) -> list[str | None]:
    manifest = read_manifest(loaded.folders.output())
    assert manifest is not None
    return [entry.conformance for entry in manifest.letters.values()]


def test_what_was_validated_is_kept_and_not_validated_again(
    tmp_path: Path, validated: list[bytes]
) -> None:
    loaded = load_edition(build_tree(tmp_path))
    build(loaded, loaded.folders.output())
    of_all = conformance(loaded)
    assert None not in of_all
    assert len(validated) == len(set(of_all))

    corrected = {AMBRIDGE_FILE: AMBRIDGE.replace("upheld: 3", "upheld: 4")}
    loaded = load_edition(build_tree(tmp_path, corrected))
    written = [r for r in build(loaded, loaded.folders.output()).results if r.status == "written"]

    assert [result.slug for result in written] == [AMBRIDGE_SLUG]
    assert conformance(loaded) == of_all
    assert len(validated) == len(set(of_all))

    build(loaded, loaded.folders.output(), force=True)
    assert len(validated) == 2 * len(set(of_all))


def test_another_template_or_another_kind_of_element_is_validated(
    tmp_path: Path, validated: list[bytes]
) -> None:
    loaded = load_edition(build_tree(tmp_path))
    build(loaded, loaded.folders.output(), slugs=[AMBRIDGE_SLUG])
    (before,) = conformance(loaded)
    statistics = "templates/2031/sections/statistics.md"
    listed = {statistics: BORSETSHIRE[statistics] + "\n- ponds\n- roads\n"}

    for changes in (changed("<header>", '<header class="ours">'), listed):
        loaded = load_edition(build_tree(tmp_path, changes))
        build(loaded, loaded.folders.output(), slugs=[AMBRIDGE_SLUG])
        (after,) = conformance(loaded)
        assert after not in {before, None}

    assert len(validated) == 3


def test_without_the_validator_letters_are_made_and_it_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "page", None)
    loaded = load_edition(build_tree(tmp_path))

    outcome = build(loaded, loaded.folders.output())

    assert {result.status for result in outcome.results} == {"written"}
    assert conformance(loaded) == [None] * len(loaded.slugs)
    (problem,) = outcome.problems
    assert (problem.kind, problem.is_error) == ("not-validated", False)
    assert "python -m pip install page-validation" in problem.message
    assert build(loaded, loaded.folders.output()).problems == []
