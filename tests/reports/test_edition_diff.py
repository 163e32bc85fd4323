"""An edition beside last year's letters: which are compared, with what, and which are not."""

import json
from dataclasses import replace
from pathlib import Path

from generator.comparison.changes import INSERT, LAYOUT, RULE, Cause, ChangeType
from generator.letter.letter import Block, Letter, LetterSource, Reading
from generator.lineage.last_year import LastYear
from generator.outputs.manifest import MANIFEST_FILE, inputs_of
from generator.project.load_edition import LoadedEdition, load_edition, with_problems_of_drafts
from generator.rendering.record import record_of
from generator.reports.edition_diff import EditionDiff, compare_edition
from generator.workspace import Workspace
from tests.borsetshire import AMBRIDGE as AMBRIDGE_DATA
from tests.borsetshire import BORSETSHIRE, authority, build_tree
from tests.reports.invented import AMBRIDGE, FELPERSHAM

C = "cresscott-council"
A_FILE = f"data/2031/authorities/{AMBRIDGE}.yaml"
INSERT_RULE = "---\nplace: statistics\nwhen: authority.decided.upheld > {}\n---\nYou are thanked.\n"


def prepared_in(folder: Path, *changes: dict[str, str]) -> LoadedEdition:
    return with_problems_of_drafts(load_edition(build_tree(folder, *changes)))


def version(loaded: LoadedEdition, slug: str, pages: int | None = None) -> Letter:
    reading = Reading(LetterSource.EDITION, loaded.data.files[slug], pages)
    return replace(record_of(loaded.letters[slug].letter), reading=reading)


def last_year(
    loaded: LoadedEdition, *slugs: str, new: tuple[str, ...] = (), gone: tuple[str, ...] = ()
) -> LastYear:
    """These letters of an edition as last year's, each its own counterpart."""
    return LastYear("last year's", {s: (version(loaded, s),) for s in slugs}, new, gone)


def diff(loaded: LoadedEdition, given: LastYear, *slugs: str) -> EditionDiff:
    return compare_edition(loaded, slugs or loaded.slugs, given, None)


def test_each_letter_is_compared_with_its_counterpart(tmp_path: Path) -> None:
    loaded = prepared_in(tmp_path)
    found = diff(loaded, last_year(loaded, AMBRIDGE, FELPERSHAM))

    compared = [(c.slug, c.before.slug, c.changes) for c in found.comparison.letters]
    assert compared == [(AMBRIDGE, AMBRIDGE, ()), (FELPERSHAM, FELPERSHAM, ())]
    assert (found.comparison.year, found.comparison.against) == (2031, "last year's")
    assert found.unfit == ()


def test_a_merged_council_is_compared_with_each_of_those_it_was(tmp_path: Path) -> None:
    loaded = prepared_in(tmp_path)
    both = (version(loaded, AMBRIDGE), version(loaded, FELPERSHAM))
    found = diff(loaded, LastYear("last year's", {AMBRIDGE: both}), AMBRIDGE)

    assert [(c.slug, c.before.slug, c.changes != ()) for c in found.comparison.letters] == [
        (AMBRIDGE, AMBRIDGE, False),
        (AMBRIDGE, FELPERSHAM, True),
    ]


def test_letters_without_a_counterpart_are_listed_if_they_were_asked_for(tmp_path: Path) -> None:
    loaded = prepared_in(tmp_path)
    given = last_year(loaded, AMBRIDGE, new=(FELPERSHAM,), gone=("Loxley Barrett Council",))

    of_all, of_one = diff(loaded, given), diff(loaded, given, AMBRIDGE)

    assert of_all.comparison.added == (FELPERSHAM,)
    assert of_all.comparison.removed == ("Loxley Barrett Council",)
    assert (of_one.comparison.added, of_one.comparison.removed) == ((), ())


def test_a_letter_with_errors_is_not_compared_and_its_old_letter_is_not_gone(
    tmp_path: Path,
) -> None:
    whole = prepared_in(tmp_path)
    given = last_year(whole, AMBRIDGE, FELPERSHAM, gone=("Ambridge District Council",))
    loaded = prepared_in(tmp_path, {A_FILE: AMBRIDGE_DATA.replace("office", "ofice")})

    found = diff(loaded, given)

    assert found.unfit == (AMBRIDGE,)
    assert [compared.slug for compared in found.comparison.letters] == [FELPERSHAM]
    assert found.comparison.removed == ()


def test_files_that_could_not_be_read_are_named_by_their_paths(tmp_path: Path) -> None:
    loaded = prepared_in(tmp_path)
    given = replace(last_year(loaded, AMBRIDGE), unread={Path("sent/a.pdf"): "it is empty"})

    assert diff(loaded, given).comparison.unread == {"sent/a.pdf": ("it is empty",)}


def ruled_in(folder: Path, year: int) -> LoadedEdition:
    """An edition with an insert by a rule that in another edition placed it in no letter."""
    old = {
        path.replace("2031", str(year)): text.replace("year: 2031", f"year: {year}")
        for path, text in BORSETSHIRE.items()
        if "2031" in path
    }
    rules = {
        f"templates/{year}/inserts/thanks.md": INSERT_RULE.format(7),
        "templates/2031/inserts/thanks.md": INSERT_RULE.format(1),
    }
    build_tree(folder, old, rules)
    return with_problems_of_drafts(load_edition(Workspace(folder).edition(2031)))


def test_a_rule_is_known_by_last_years_edition(tmp_path: Path) -> None:
    """Without its files an insert that no letter had would be taken for a new one."""
    loaded = ruled_in(tmp_path, 2030)
    before = load_edition(loaded.folders.workspace.edition(2030))

    [compared] = diff(loaded, last_year(before, AMBRIDGE), AMBRIDGE).comparison.letters

    [placed] = [change for change in compared.changes if change.cause is RULE]
    assert placed.added == "You are thanked."
    assert placed.place_before is not None
    assert placed.place_before.path == tmp_path / "templates/2030/inserts/thanks.md"


def test_a_later_edition_is_last_years_only_where_it_was_asked_for(tmp_path: Path) -> None:
    """A letter among last year's may bear any date: a later edition is not read for it."""
    loaded = ruled_in(tmp_path, 2032)
    given = last_year(load_edition(loaded.folders.workspace.edition(2032)), AMBRIDGE)

    for against, expected in ((None, INSERT), (Path("2032"), RULE)):
        [compared] = compare_edition(loaded, [AMBRIDGE], given, against).comparison.letters
        [placed] = [c for c in compared.changes if c.added == "You are thanked."]
        assert placed.cause is expected


def manifest(loaded: LoadedEdition, **more: object) -> str:
    """What a build leaves, of a letter of three pages."""
    letter = loaded.letters[AMBRIDGE].letter
    inputs = inputs_of(letter, loaded.data.authorities[AMBRIDGE], {})
    entry = {"inputs": inputs, "pages": 3, "files": {}, "unfinished": False, "failed": None}
    return json.dumps(
        {
            "schema_version": 1,
            "year": 2031,
            "draft": False,
            "engine": {},
            "letters": {AMBRIDGE: entry | more},
        }
    )


def causes_with(folder: Path, **more: object) -> list[tuple[Cause, str, str]]:
    """The changes of a letter of two pages last year, and what its manifest says this year."""
    loaded = prepared_in(folder)
    (folder / "output/2031").mkdir(parents=True, exist_ok=True)
    (folder / "output/2031" / MANIFEST_FILE).write_text(manifest(loaded, **more))
    given = LastYear("last year's", {AMBRIDGE: (version(loaded, AMBRIDGE, 2),)})
    [compared] = diff(loaded, given, AMBRIDGE).comparison.letters
    return [(change.cause, change.removed, change.added) for change in compared.changes]


def test_another_number_of_pages_is_a_change_of_layout(tmp_path: Path) -> None:
    assert causes_with(tmp_path) == [(LAYOUT, "2", "3")]


def test_the_pages_of_a_letter_that_is_out_of_date_are_not_known(tmp_path: Path) -> None:
    assert causes_with(tmp_path, inputs={"letter": "another"}) == []
    assert causes_with(tmp_path, unfinished=True) == []
    assert causes_with(tmp_path, failed="the disk was full") == []


def read_from(version_: Letter, source: LetterSource) -> Letter:
    return replace(version_, reading=replace(version_.reading, source=source))


def bare(version_: Letter, *more: str) -> Letter:
    """The same letter read from a text, with these paragraphs more in its statistics."""
    passages = [Block(p.part, p.role, p.text, group=p.group) for p in version_.blocks]
    at = max(n for n, passage in enumerate(passages) if passage.part == "statistics")
    passages[at + 1 : at + 1] = [Block("statistics", "paragraph", text) for text in more]
    return read_from(replace(version_, blocks=tuple(passages)), LetterSource.TEXT)


def test_a_reason_is_concluded_from_all_letters_however_many_are_asked_for(tmp_path: Path) -> None:
    """A paragraph that one letter of two had was its own; of that letter alone, all had it."""
    loaded = prepared_in(tmp_path)
    given = LastYear(
        "last year's",
        {
            AMBRIDGE: (bare(version(loaded, AMBRIDGE), "The ducks of Ambridge are thanked."),),
            FELPERSHAM: (bare(version(loaded, FELPERSHAM)),),
        },
    )

    for found in (diff(loaded, given), diff(loaded, given, AMBRIDGE)):
        told = [
            (shared.slugs, shared.change.action, shared.change.cause, shared.change.inferred)
            for shared in found.comparison.shared
        ]
        assert told == [((AMBRIDGE,), ChangeType.REMOVED, INSERT, True)]
        assert found.comparison.letters[0].slug == AMBRIDGE
    assert len(found.comparison.letters) == 1


def test_of_one_letter_named_by_its_file_only_those_asked_for_are_missed(tmp_path: Path) -> None:
    loaded = prepared_in(tmp_path)
    given = replace(last_year(loaded, AMBRIDGE, new=(FELPERSHAM,)), one_letter="Ambridge")

    assert diff(loaded, given).comparison.added == ()
    assert diff(loaded, given, FELPERSHAM).comparison.added == (FELPERSHAM,)


def test_an_insert_that_another_letter_had_is_not_new_in_the_one_asked_for(tmp_path: Path) -> None:
    """Of letters whose edition is not at hand, all tell which inserts there were."""
    rule = {"templates/2031/inserts/thanks.md": INSERT_RULE.format(1)}
    more = {f"data/2031/authorities/{C}.yaml": authority("Cresscott")}
    loaded = prepared_in(tmp_path, rule, more)
    had, had_not = version(loaded, AMBRIDGE), version(loaded, AMBRIDGE)
    had_not = replace(had_not, blocks=tuple(p for p in had.blocks if p.insert is None))
    given = LastYear(
        "last year's",
        {
            AMBRIDGE: (read_from(replace(had_not, year=None), LetterSource.RECORD),),
            C: (read_from(replace(had, year=None), LetterSource.RECORD),),
        },
    )

    [compared] = diff(loaded, given, AMBRIDGE).comparison.letters

    assert [(change.cause, change.added) for change in compared.changes] == [
        (RULE, "You are thanked.")
    ]
