"""Changing one authority by its form: what is filled in, and the stated sums that follow it."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from generator.edition.authority import authority_model, authority_of
from generator.edition.edit_yaml import edit_bytes, quote_scalar, splice_yaml
from generator.edition.edition import Edition
from generator.edition.load import read_edition
from generator.edition.yaml_tree import YamlMapping, YamlScalar, parse_yaml
from generator.files.bounded_read import Sort, read_bytes
from generator.preview.actions import (
    Action,
    ActionRefusedError,
    ActionRequest,
    DeskAction,
    Edits,
    FileAction,
    OpenedFiles,
    Reply,
)
from generator.preview.authority_fields import (
    FormField,
    field_groups,
    figures_of,
    filled_in,
    worked_out,
)
from generator.preview.data_actions import (
    AuthoritySlug,
    Steps,
    node_at,
    splicing,
    with_values,
)
from generator.preview.desk_sessions import DeskSession
from generator.problems import Place, Problem, counted, system_message
from generator.spreadsheets.import_changes import written_figure
from generator.workspace import EditionFolders

if TYPE_CHECKING:
    from generator.preview.preview_state import PreviewState


class AuthorityRequest(ActionRequest):
    """What was filled in, by the keys of fields; what was not touched is not told."""

    authority: AuthoritySlug
    values: Annotated[
        dict[Annotated[str, Field(max_length=200)], Annotated[str, Field(max_length=2000)]],
        Field(min_length=1, max_length=500),
    ]

    @property
    def yours(self) -> str:
        """A line for each value."""
        return "\n".join(f"{key}: {value}" for key, value in self.values.items())

    def path(self, folders: EditionFolders) -> Path:
        """The authority's file."""
        return folders.authorities / f"{self.authority}.yaml"


def _save(files: OpenedFiles, asked: AuthorityRequest) -> Edits:
    """Change the file, unless that would make a mistake in it that was not there before."""
    path = asked.path(files.folders)
    content = files.read(path)
    edition = _edition(files.folders)
    new, fields = _edited(content, path, edition, asked.values)
    before = {(problem.where, problem.message) for problem in _problems(content, path, edition)}
    found = [p for p in _problems(new, path, edition) if (p.where, p.message) not in before]
    if found:
        raise ActionRefusedError(*found)
    said = f"{counted(len(fields), 'value')} in {path.name}"
    return Edits(said, {path: new}, more={"figures": worked_out(_tree(new, path), edition)})


async def _try(desk: "PreviewState", _session: DeskSession, asked: AuthorityRequest) -> Reply:
    """Say what sums and rates would come of it, and what would be wrong; write nothing."""

    def work() -> Reply:
        path = asked.path(desk.folders)
        try:
            content = read_bytes(path, Sort.TEXT)
            edition = _edition(desk.folders)
            new, _ = _edited(content, path, edition, asked.values)
            more = {"figures": worked_out(_tree(new, path), edition)}
            return Reply(200, _problems(new, path, edition), more)
        except ActionRefusedError as refused:
            return Reply(422, refused.problems)
        except OSError as error:
            return Reply(422, [Problem(Place(path), system_message(error))])

    return await desk.tasks.do("letter", work)


def _edition(folders: EditionFolders) -> Edition:
    edition, problems = read_edition(folders)
    if edition is None:
        raise ActionRefusedError(*problems)
    return edition


def _tree(content: bytes, path: Path) -> YamlMapping:
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ActionRefusedError(Problem(Place(path), "not UTF-8; mend it first")) from error
    tree, problems = parse_yaml(text, path)
    if tree is None or problems:
        raise ActionRefusedError(*problems)
    return tree


def _problems(content: bytes, path: Path, edition: Edition) -> list[Problem]:
    return authority_of(_tree(content, path), path, edition, authority_model(edition))[1]


def _edited(
    content: bytes, path: Path, edition: Edition, values: Mapping[str, str]
) -> tuple[bytes, list[FormField]]:
    """The file with these values, and the stated sums and rates that follow from them."""
    tree = _tree(content, path)
    known = {field.key: field for field in filled_in(field_groups(tree, edition))}
    unknown = [key for key in values if key not in known]
    if unknown:
        message = "is no field of this authority; open its form again"
        raise ActionRefusedError(*(Problem(Place(path), message, key) for key in unknown))
    said = {known[key]: known[key].said(value) for key, value in values.items()}
    written = {field.steps: _written(field, value) for field, value in said.items()}
    new = {steps: text for steps, text in written.items() if text is not None}
    gone = [s for s, text in written.items() if text is None and node_at(tree, s) is not None]
    with splicing(path):
        changed = edit_bytes(content, lambda text: _spliced(text, new, gone))
        follows = _follows(_tree(changed, path), edition)
        if follows:
            changed = edit_bytes(changed, lambda text: splice_yaml(text, follows))
    return changed, list(said)


def _spliced(text: str, new: Mapping[Steps, str], gone: list[Steps]) -> str:
    text = with_values(text, new) if new else text
    return splice_yaml(text, {}, without=gone) if gone else text


def _written(field: FormField, value: str) -> str | None:
    """A value as the file has it; None where nothing is to be said."""
    if field.sort == "figure":
        return written_figure(value) if value else "null"
    if field.sort == "lines" and "\n" in value:
        return f"[{', '.join(map(quote_scalar, value.splitlines()))}]"
    return quote_scalar(value) if value else None


def _follows(tree: YamlMapping, edition: Edition) -> dict[Steps, str]:
    """The sums and rates that the file states otherwise than its figures now tell."""
    found: dict[Steps, str] = {}
    for address, figure in figures_of(tree, edition).items():
        kind, stated = figure.column.kind, node_at(tree, address)
        if kind.is_given or not figure.supplied or not isinstance(stated, YamlScalar):
            continue
        right = figure.column.state(figure.value)
        if not stated.is_blank and not kind.states_the_same(stated.text, right):
            found[address] = written_figure(right)
    return found


ACTIONS: tuple[Action, ...] = (
    FileAction("authority", AuthorityRequest, _save),
    DeskAction("try-authority", AuthorityRequest, _try),
)
