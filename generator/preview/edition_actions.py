"""Changing a whole edition: an authority renamed, a column added, next year's begun.

Each touches many files, so it is planned, shown, and then applied as it was shown.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Annotated

from pydantic import Field

from generator.batch.build_letters import remove_letters
from generator.edition.edit_yaml import Added, edit_bytes, quote_scalar, splice_yaml
from generator.edition.edition import Column, Edition
from generator.edition.formats import long_date
from generator.edition.load import Data, load_data
from generator.edition.schemas import schema_files
from generator.edition.values import ID, slug_of
from generator.edition.yaml_tree import YamlMapping, parse_yaml
from generator.files.bounded_read import Sort, drafted, read_bytes
from generator.lineage.earlier_years import load_edition
from generator.lineage.new_files import edition_contents, plan_edition
from generator.lineage.renaming import plan_renaming
from generator.preview.actions import Action, ActionRefusedError, file_name
from generator.preview.data_actions import (
    AuthoritySlug,
    node_at,
    splicing,
    with_its_line_ends,
    with_values,
)
from generator.preview.insert_actions import OneLine
from generator.preview.planned_actions import PlannedEdits, PlannedRequest, planned_actions
from generator.problems import Place, Problem, counted, errors, listed
from generator.workspace import EditionFolders


class RenameRequest(PlannedRequest):
    """An authority of another name."""

    authority: AuthoritySlug
    name: OneLine


def _rename(folders: EditionFolders, asked: RenameRequest) -> PlannedEdits:
    loaded = load_edition(folders)
    if asked.authority not in loaded.data.authorities:
        path = folders.authorities / f"{asked.authority}.yaml"
        missing = Problem(Place(path), "there is no such authority")
        raise ActionRefusedError(*errors(loaded.data.problems) or [missing])
    name = " ".join(asked.name.split())
    renaming = plan_renaming(loaded, asked.authority, name)

    def finish() -> list[Problem]:
        if renaming.new == renaming.old:
            return []
        return remove_letters(load_edition(folders), renaming.old).problems

    return PlannedEdits(
        f"{renaming.old_name} is now {name}",
        renaming.rows(lambda slug: file_name(folders.authorities / f"{slug}.yaml", folders)),
        renaming.contents,
        {"slug": renaming.new},
        finish=finish,
    )


class NewEditionRequest(PlannedRequest):
    """The year of an edition that is to begin from this one."""

    year: Annotated[int, Field(ge=1000, le=9999)]


def _new_edition(folders: EditionFolders, asked: NewEditionRequest) -> PlannedEdits:
    new, problems = plan_edition(folders, asked.year)
    if new is None:
        raise ActionRefusedError(*problems)
    rows = [
        ("letter date", f"{new.letter_date:%A} {long_date(new.letter_date, 'en-GB')}"),
        ("period end", f"{new.period_end:%A} {long_date(new.period_end, 'en-GB')}"),
        ("authorities", f"{new.authorities:,}, no figures yet"),
        (
            "folders",
            " and ".join(file_name(f, folders) for f in (new.folders.data, new.folders.templates)),
        ),
    ]
    for left in new.left_out:
        where = left.place.shown(file_name(left.place.path, folders))
        rows.append(("not carried over", f"{where}: {left.what}"))
    said = f"Edition {asked.year} was started from {folders.year}"
    more = {"year": asked.year}
    return PlannedEdits(said, rows, edition_contents(new), more, year=asked.year)


Heading = OneLine | dict[Annotated[str, Field(max_length=20)], OneLine]
"""What stands over a column; by language, where the edition has several."""


class ColumnRequest(PlannedRequest):
    """A count that is to be in a table, beside another."""

    after: Annotated[str, Field(pattern=rf"^{ID}\.{ID}$", max_length=200)]
    """The figure behind which it is printed, in whose table it is: `received.roads`."""
    label: Heading
    """What stands over it."""
    under: Heading = ""
    """What is printed over it and its neighbours."""


def _new_column(folders: EditionFolders, asked: ColumnRequest) -> PlannedEdits:
    """The figure in `edition.yaml`, and in each authority's file as not yet supplied."""
    before = load_data(folders)
    edition = before.edition
    if edition is None:
        raise ActionRefusedError(*before.problems)
    beside = next((c for c in edition.columns() if ".".join(c.address) == asked.after), None)
    if beside is None:
        raise _refused(edition.path, f"there is no figure {asked.after} to put it after", "after")
    label = _in_languages(asked.label, edition, "label")
    id_, said = _id_of(label[0], edition, beside), _yaml(label, edition)
    if _is_given(asked.under):
        under = _yaml(_in_languages(asked.under, edition, "under"), edition)
        said = f"{{label: {said}, under: {under}}}"
    added = Added(beside.steps[:-1], id_, said, after=(beside.id,))
    contents: dict[Path, bytes] = {
        edition.path: _edited(edition.path, lambda text: splice_yaml(text, {}, added=[added]))
    }
    for path in before.files.values():
        change = partial(_with_figure, path=path, edition=edition, beside=beside, id_=id_)
        contents[path] = _edited(path, change)
    with drafted(contents):
        after = load_data(folders)
        found = _problems(folders, after)
    known = _problems(folders, before)
    wrong = [problem for problem in errors(found, draft=True) if problem not in known]
    if wrong or after.edition is None:
        raise ActionRefusedError(*wrong)
    schemas = schema_files(folders.workspace, after.edition)
    contents |= {path: text.encode() for path, text in schemas.items() if path.exists()}
    key = f"{beside.group}.{id_}"
    files = counted(len(before.files), "authority", "authorities")
    rows = [
        (file_name(edition.path, folders), f"{id_}: {said}, after {beside.label}"),
        (f"files of {files}", f"{key}: null, which means not yet supplied"),
        ("in wording", f"authority.{key}"),
    ]
    return PlannedEdits(f"A figure {key} in edition {folders.year}", rows, contents, {"key": key})


def _problems(folders: EditionFolders, data: Data) -> list[Problem]:
    """What is wrong with an edition's data, in each of its languages."""
    languages = data.edition.languages[1:] if data.edition else ()
    others = [load_data(folders, language=language).problems for language in languages]
    return list(dict.fromkeys([*data.problems, *chain.from_iterable(others)]))


def _is_given(heading: Heading) -> bool:
    texts = [heading] if isinstance(heading, str) else heading.values()
    return any(text.strip() for text in texts)


def _in_languages(heading: Heading, edition: Edition, where: str) -> list[str]:
    """A heading in each language of an edition, in their order. Raises `ActionRefusedError`."""
    languages = edition.languages
    if len(languages) > 1 and isinstance(heading, str):
        raise _refused(edition.path, f"given once; {_in_each(languages)}", where)
    if isinstance(heading, str):
        return [" ".join(heading.split())]
    if not languages:
        message = "given in several languages, but the edition has one; write one heading"
        raise _refused(edition.path, message, where)
    unknown = dict.fromkeys(
        sorted(heading.keys() - set(languages)), "the edition has no such language; remove it"
    )
    said = [" ".join(heading.get(language, "").split()) for language in languages]
    missing = {
        language: f"missing; {_in_each(languages)}"
        for language, text in zip(languages, said, strict=True)
        if not text
    }
    wrong = {**unknown, **missing}
    if wrong:
        place = Place(edition.path)
        raise ActionRefusedError(
            *(Problem(place, why, f"{where}.{each}") for each, why in wrong.items())
        )
    return said


def _in_each(languages: Sequence[str]) -> str:
    return f"write it in each language of the edition: {listed(languages)}"


def _yaml(heading: Sequence[str], edition: Edition) -> str:
    """A heading as `edition.yaml` has it."""
    said = [quote_scalar(text) for text in heading]
    if not edition.languages:
        return said[0]
    pairs = zip(edition.languages, said, strict=True)
    return f"{{{', '.join(f'{language}: {text}' for language, text in pairs)}}}"


def _id_of(label: str, edition: Edition, beside: Column) -> str:
    """The key of the new figure, made of its label in the first language."""
    id_ = slug_of(label).replace("-", "_")
    if not re.fullmatch(ID, id_):
        message = f'"{label}": expected a heading that begins with a letter'
        raise _refused(edition.path, message, "label")
    if any(column.address == (beside.group, id_) for column in edition.columns()):
        raise _refused(edition.path, f"there is a figure {beside.group}.{id_} already", "label")
    return id_


def _edited(path: Path, change: Callable[[str], str]) -> bytes:
    with splicing(path):
        return edit_bytes(
            read_bytes(path, Sort.TEXT), lambda text: with_its_line_ends(text, change)
        )


def _with_figure(text: str, *, path: Path, edition: Edition, beside: Column, id_: str) -> str:
    """An authority's file in which the figure is not yet supplied, where its table has it."""
    tree, problems = parse_yaml(text, path)
    if tree is None or problems:
        raise ActionRefusedError(*problems)
    group = node_at(tree, (beside.group,))
    if not isinstance(group, YamlMapping) or not group.entries:
        return with_values(text, {(beside.group, id_): "null"})
    above = (*_until(edition, beside),)
    return splice_yaml(text, {}, added=[Added((beside.group,), id_, "null", after=above)])


def _until(edition: Edition, beside: Column) -> Iterator[str]:
    """The figures of a table up to one of them."""
    for column in edition.columns():
        if column.group == beside.group:
            yield column.id
        if column is beside:
            return


def _refused(path: Path, message: str, where: str) -> ActionRefusedError:
    return ActionRefusedError(Problem(Place(path), message, where))


ACTIONS: tuple[Action, ...] = (
    *planned_actions("rename", RenameRequest, _rename),
    *planned_actions("new-edition", NewEditionRequest, _new_edition),
    *planned_actions("new-column", ColumnRequest, _new_column),
)
