"""What is remembered of each authority serves as long as it is true: nothing else is ever found."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from generator.checks.confirmed_file import Confirmation, confirmed_text, digest_of, where_of
from generator.edition.authority import Authority
from generator.edition.origins import Origins, origins_json, with_imported
from generator.files.edition_cache import EditionCache
from generator.letter.compose import LetterSummary
from generator.lineage.earlier_years import load_edition
from generator.outputs.at_a_glance import edition_at_a_glance
from generator.outputs.remembered import inputs_now, recall, remember, remembered_letters
from generator.problems import Problem
from generator.project.load_edition import LoadedEdition, drafts_where_needed
from generator.workspace import EditionFolders
from tests.borsetshire import AMBRIDGE, BORSETSHIRE, EDITION, FELPERSHAM, authority, build_tree
from tests.lineage.conftest import SHA

A, F, H, P = (
    "ambridge-district-council",
    "felpersham-city-council",
    "hollerton-town-council",
    "ambridge-park-authority",
)
EDITION_FILE = "data/2031/edition.yaml"
HOURS = "columns: {hours: {decimal: 2, label: Hours}, by_us"
EVERYTHING = EDITION.replace("columns: {by_us", HOURS)
EVERYTHING += """\
copies: [link_officer]
usually: {remedied: {at_most: decided.upheld}}
outliers: {factor: 2, at_least: 20}
letters: {when: authority.received.total > 2}
charts:
  outcomes:
    form: donut
    parts: [decided.upheld, decided.not_upheld]
    alternative: "{{ authority.decided.upheld }} of {{ authority.decided.total }} were upheld"
"""
COMPARED = "comparators: {all: {among: all, average: mean}}\n"
NATIONAL = "national: {received: {total: 37}}\n"
FLOOD = """\
inserts:
  - place: statistics
    text: |
      You told us of {{ authority.received.ponds | count("gander", "ganders") }}.
"""
POND = "inserts:\n  - ponds: {what: Felpersham City Council}\n"
COPY = "copies: {link_officer: {name: Nelson Gabriel, office: Clerk, email: n@ambridge.example}}\n"


def rich(text: str) -> str:
    """An authority's file with a decimal, too."""
    return text.replace("remedied: {", "remedied: {hours: 3.50, ").replace(
        "remedied:\n", "remedied:\n  hours: null\n"
    )


FILES: Mapping[str, list[str | bytes]] = {
    A: [
        rich(AMBRIDGE),
        rich(AMBRIDGE) + "# as telephoned\n",
        "\n" + rich(AMBRIDGE),
        rich(authority(received_roads=4)),
        rich(authority(decided_upheld=0, received_ponds=1)),
        rich(AMBRIDGE).replace("roads: 3", "roads: null"),
        rich(AMBRIDGE).replace("upheld: 3", "uphled: 3"),
        rich(AMBRIDGE) + FLOOD,
        rich(AMBRIDGE) + POND,
        rich(AMBRIDGE) + POND + "declines: [many]\n",
        rich(AMBRIDGE) + COPY + "kind: authority\n",
        rich(AMBRIDGE).replace("Walter Gabriel", "Dorothy Adamson"),
        rich(AMBRIDGE).replace("Chief Executive", "Chief Executive of Felpersham"),
        rich(AMBRIDGE) + "aliases: [Felpersham City Council, Pond Council]\n",
        rich(AMBRIDGE) + f"formerly: [{F}]\ndomains: [ambridge.example]\n",
        rich(AMBRIDGE).replace("Executive\n", "Executive\n  email: clerk@felpersham.example\n"),
        rich(AMBRIDGE).replace("Walter Gabriel", "[Walter Gabriel, Phil Archer]"),
        b"\xff",
    ],
    F: [
        rich(FELPERSHAM),
        rich(FELPERSHAM).replace("roads: 20", "roads: 21"),
        rich(FELPERSHAM).replace("roads: 20", "roads: 2"),
        rich(FELPERSHAM).replace("upheld: 0\nrem", "upheld: 1\nrem") + POND,
        rich(FELPERSHAM).replace("Director", "Director\n  email: clerk@felpersham.example"),
        rich(AMBRIDGE),
        rich(AMBRIDGE).replace("Ambridge District", "Felpersham City"),
        rich(FELPERSHAM).replace("Dorothy", "D0rothy"),
    ],
    H: [
        rich(authority("Hollerton Town Council", received_ponds=2)),
        rich(authority("Hollerton Town Council")) + FLOOD,
        rich(authority("Hollerton Town Council")).replace("hours: 3.50", "hours: 10"),
        rich(authority("Felpersham City Council")),
        rich(authority("Hollerton Town Council")) + "inserts:\n  - few\n",
    ],
    P: [
        rich(authority("Ambridge Park Authority")) + "kind: authority\n",
        rich(authority("Ambridge Park Authority")),
        rich(authority("Borchester")) + "formerly: [borchester]\n",
    ],
}
"""What may stand in the file of each authority; it need not be right."""
CONFIRMED = "all that can be"
BEFORE = rich(authority(received_roads=30))
ROADS = {"received.roads": (3, "a.xlsx", SHA, "R!B2")}
ORIGINS = with_imported(Origins(), {A: ROADS, "ambridge": ROADS}, date(2031, 6, 2))
SHARED: Mapping[str, list[str | None]] = {
    EDITION_FILE: [
        EVERYTHING,
        EVERYTHING,
        EVERYTHING + COMPARED,
        EVERYTHING + NATIONAL,
        EVERYTHING.replace("council: {noun: council}", "council: {noun: borough}"),
    ],
    "templates/2031/sections/statistics.md": [
        BORSETSHIRE["templates/2031/sections/statistics.md"] + "\n{{ chart outcomes }}\n",
        "We saw {{ authority.decided.upheld }} ducks and {{ authority.copies.link_officer.name }}.",
    ],
    "templates/2031/inserts/ponds.md": [
        "---\nplace: statistics\n---\n{{ authority.decided.upheld }} ganders, {{ insert.what }}.\n",
        None,
    ],
    "templates/2031/inserts/many.md": [
        None,
        "---\nplace: statistics\nwhen: authority.received.roads > 3\n---\nSo many.\n",
    ],
    "templates/2031/inserts/few.md": [
        None,
        "---\nplace: statistics\n---\nOf {{ authority.decided.uphold_rate }} the rest.\n",
    ],
    "data/2031/origins.json": [None, origins_json(ORIGINS).decode()],
    "data/2031/confirmed.yaml": [None, CONFIRMED],
    "data/2030/edition.yaml": [None, EVERYTHING.replace("2031", "2030")],
    f"data/2030/authorities/{A}.yaml": [None, BEFORE],
    f"data/2030/authorities/{F}.yaml": [None, rich(FELPERSHAM)],
    f"data/2031/authorities/{P}.yaml": [FILES[P][0], None],  # type: ignore[list-item]
    f"issued/2030/{A}.txt": [None, "Dear Walter Gabriel,\n"],
}
"""What may stand in files that all letters share, or which there are."""


def put(folder: Path, name: str, content: str | bytes | None) -> None:
    path = folder / name
    if content is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EditionFolders:
    """A county that has everything, with a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folders = build_tree(tmp_path / "county")
    for slug, contents in FILES.items():
        put(tmp_path / "county", f"data/2031/authorities/{slug}.yaml", contents[0])
    for name, choices in SHARED.items():
        put(tmp_path / "county", name, choices[0])
    return folders


def all_confirmed(folders: EditionFolders) -> str:
    """The file of what was confirmed, where somebody has confirmed all that is found now."""
    return confirmed_text(
        Confirmation.model_construct(
            kind=problem.kind,
            where=where_of(problem, folders),
            what=problem.message,
            digest=digest_of(problem, folders),
            by="Joe Grundy",
            on=date(2031, 6, 2),
        )
        for problem in load_edition(folders).problems
        if problem.subject is not None
    )


def told(problems: list[Problem]) -> list[tuple[Any, ...]]:
    return sorted((p, p.subject or "", p.in_draft) for p in problems)


def said_by(authority: Authority) -> dict[str, Any]:
    """All that is known of an authority, with the places of all of it."""
    names = [name for name in Authority.model_fields if name != "slug"]
    return {
        **{name: getattr(authority, name) for name in names},
        "says its kind": "kind" in authority.model_fields_set,
        "figures": {**authority.figures},
        "compared": {**authority.compared},
        "copies": {**authority.copies},
        "inserts": (authority.inserts, authority.declines),
        "others": [*authority.values_of_inserts(), *authority.own_paragraphs()],
        "emails": [*authority.emails()],
        "file": (authority.path, authority.slug, authority.tree),
    }


def all_of(loaded: LoadedEdition) -> dict[str, Any]:
    """All that anybody can ask an edition for."""
    drafts = drafts_where_needed(loaded)
    names = [field.name for field in fields(LetterSummary)]
    return {
        "problems": told(loaded.problems),
        "confirmed": told(loaded.confirmed),
        "findings": told(loaded.findings),
        "letters": {**loaded.letters},
        "drafts": {**drafts.letters},
        "summaries": {s: [getattr(e, n) for n in names] for s, e in loaded.summaries.items()},
        "without": (dict(loaded.without_letter), loaded.letters_rule),
        "files": (dict(loaded.files), dict(loaded.used_files)),
        "authorities": {slug: said_by(each) for slug, each in loaded.authorities.items()},
        "glance": edition_at_a_glance(loaded),
        "inputs": (inputs_now(loaded, {}), inputs_now(drafts, {})),
    }


@pytest.mark.parametrize(
    ("edits", "draft"),
    [
        pytest.param(200, False, id="letters-many", marks=pytest.mark.thorough),
        pytest.param(60, True, id="drafts-many", marks=pytest.mark.thorough),
        pytest.param(20, False, id="letters-some"),
        pytest.param(10, True, id="drafts-some"),
    ],
)
def test_whatever_is_edited_all_is_found_that_is_found_without_it(
    edits: int, draft: bool, folders: EditionFolders
) -> None:
    random = Random(f"{edits} edits")
    known = 0
    for number in range(edits):
        for slug in random.sample([*FILES], random.choice((0, 1, 1, 1, 2))):
            if (folders.authorities / f"{slug}.yaml").exists():
                put(folders.authorities, f"{slug}.yaml", random.choice(FILES[slug]))
        if random.random() < 0.2:
            name = random.choice([*SHARED])
            content = random.choice(SHARED[name])
            content = all_confirmed(folders) if content == CONFIRMED else content
            put(folders.workspace.folder, name, content)

        cache = EditionCache(folders, draft=draft)
        found = load_edition(folders, draft=draft, known=remembered_letters(cache))
        remember(found, cache)

        assert all_of(found) == all_of(load_edition(folders, draft=draft)), f"after {number} edits"
        known += len(found.known)
    assert known > edits


def test_after_a_correction_only_its_file_is_read_and_only_its_letter_composed(
    folders: EditionFolders,
) -> None:
    remember(load_edition(folders), EditionCache(folders, draft=False))
    put(folders.authorities, f"{A}.yaml", FILES[A][3])

    found = load_edition(folders, known=remembered_letters(EditionCache(folders, draft=False)))

    assert [slug for slug in found.authorities if slug not in found.known] == [A]
    assert found.problems == load_edition(folders).problems


def test_of_a_file_that_was_renamed_or_is_new_nothing_is_known(folders: EditionFolders) -> None:
    remember(load_edition(folders), EditionCache(folders, draft=False))
    put(folders.authorities, "borchester.yaml", FILES[A][0])

    assert remembered_letters(EditionCache(folders, draft=False)) == {}


def test_when_a_shared_file_has_changed_nothing_is_known(folders: EditionFolders) -> None:
    remember(load_edition(folders), EditionCache(folders, draft=False))
    put(folders.workspace.folder, "templates/2031/inserts/ponds.md", "---\nplace: x\n---\nWater.\n")

    assert remembered_letters(EditionCache(folders, draft=False)) == {}


def test_a_letter_that_hangs_on_others_figures_is_composed_again(folders: EditionFolders) -> None:
    put(folders.workspace.folder, EDITION_FILE, EVERYTHING + COMPARED)
    remember(load_edition(folders), EditionCache(folders, draft=False))
    put(folders.authorities, f"{A}.yaml", FILES[A][3])

    known = remembered_letters(EditionCache(folders, draft=False))

    assert {F, H, P} == known.keys()
    assert load_edition(folders, known=known).known == {}


def test_what_is_no_letter_is_as_none(folders: EditionFolders) -> None:
    cache = EditionCache(folders, draft=False)
    cache.keep("{}", [], [(f"{A}.yaml", '{"authority": 1}')])

    cache.renew()

    assert remembered_letters(cache) == {}
    assert recall(folders, cache, lambda: load_edition(folders)) is None
