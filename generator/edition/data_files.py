"""Data files as objects that know their places, or what is wrong with them in plain words."""

import typing
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from generator.edition.values import Expected
from generator.edition.yaml_tree import (
    Found,
    YamlMapping,
    YamlNode,
    YamlScalar,
    YamlSequence,
    describe,
    follow,
    shown,
)
from generator.problems import Place, Problem, nearest

Model = TypeVar("Model", bound=BaseModel)
_CONTAINERS = {dict, list, tuple}
Steps = tuple[str | int, ...]


def validate(
    model: type[Model], tree: YamlMapping, path: Path
) -> tuple[Model | None, list[Problem]]:
    """A file's tree read as a model, or every reason why it is none."""
    try:
        return model.model_validate(_plain(tree), context=(tree, path)), []
    except ValidationError as error:
        details = error.errors(include_url=False)
    problems: list[Problem] = []
    meant: set[Steps] = set()
    for detail in details:
        if detail["type"] == "extra_forbidden":
            known = _known_keys(model, detail["loc"][:-1])
            problem, near = _unknown_key(tree, path, detail["loc"], known)
            problems.append(problem)
            if near:
                meant.add((*detail["loc"][:-1], near))
    for detail in details:
        if detail["type"] == "missing" and detail["loc"] not in meant:
            problems.append(_missing(model, tree, path, detail["loc"]))
        elif detail["type"] not in {"missing", "extra_forbidden"}:
            problems += _refused(model, tree, path, detail)
    return None, sorted(problems)


def valid_parts(model: type[Model], tree: YamlMapping, read: Model | None) -> dict[str, Any]:
    """The values at the top of a file that are in order, by key, whatever is wrong with others.

    So a mistake in one part does not hide what is wrong with how others fit each other. `read` is
    the file as a model, where all of it is in order.
    """
    if read is not None:
        return {
            field.alias or name: getattr(read, name) for name, field in model.model_fields.items()
        }
    parts = {}
    for key, field in fields_of(model).items():
        if key in tree.entries:
            with suppress(ValidationError):
                plain = _plain(tree.entries[key])
                parts[key] = TypeAdapter(_declared(field)).validate_python(plain)
    return parts


def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a model by the keys that they have in files."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def place_of(tree: YamlMapping, path: Path, *steps: str | int) -> Place:
    """The place of the value at the end of the steps; of the parent's key, where it is missing."""
    return _place(follow(tree, steps), path, steps)


def _plain(node: YamlNode) -> Any:
    """The tree as dicts and lists, its scalars untouched: what the models read."""
    match node:
        case YamlMapping():
            return {key: _plain(value) for key, value in node.entries.items()}
        case YamlSequence():
            return [_plain(item) for item in node.items]
        case YamlScalar():
            return node


def _unknown_key(
    tree: YamlMapping, path: Path, steps: Steps, known: list[str]
) -> tuple[Problem, str | None]:
    """The problem with an unknown key, and the known key that was probably meant."""
    found = follow(tree, steps)
    parent = follow(tree, steps[:-1]).node
    given = parent.entries if isinstance(parent, YamlMapping) else {}
    unused = [key for key in known if key not in given]
    name = str(steps[-1])
    near = nearest(name, unused) or nearest(name, known)
    if name.partition(":")[0] in known:
        near, message = name.partition(":")[0], "a space is missing after the colon"
    elif near:
        message = f'unknown key; did you mean "{near}"?'
    else:
        message = f"unknown key; {f'expected one of {_listed(unused)}' if unused else 'remove it'}"
    at = found.key or found.node
    return Problem(Place(path, at.line, at.column), message, where_of(steps)), near


def _listed(keys: list[str]) -> str:
    return ", ".join(keys) if len(keys) <= MOST_LISTED else f"{', '.join(keys[:MOST_LISTED])}, …"


MOST_LISTED = 12


def _missing(model: type[BaseModel], tree: YamlMapping, path: Path, steps: Steps) -> Problem:
    expected = _expected(annotation_at(model, steps))
    return Problem(place_of(tree, path, *steps), f"missing; {expected}", where_of(steps))


def _refused(
    model: type[BaseModel], tree: YamlMapping, path: Path, detail: ErrorDetails
) -> list[Problem]:
    steps = detail["loc"]
    on_key = bool(steps) and steps[-1] == "[key]"
    found = follow(tree, steps[:-1] if on_key else steps)
    if isinstance(found.node, YamlScalar) and found.node.refused:
        return []
    match detail["type"]:
        case "model_type" | "dict_type" | "list_type" | "tuple_type":
            was = describe(found.node)
            was = "left blank" if was == "nothing" else f"found {was}"
            message = f"{was}; {_expected(annotation_at(model, found.steps))}"
        case "too_short":
            message = "empty; expected at least one"
        case _:
            message = detail["msg"]
    if on_key and found.key:
        place = Place(path, found.key.line, found.key.column)
        return [Problem(place, message, where_of(found.steps))]
    steps = steps if isinstance(found.node, YamlMapping) else found.steps
    return [Problem(_place(found, path, steps), message, where_of(steps))]


def _place(found: Found, path: Path, steps: Steps) -> Place:
    is_missing = len(found.steps) < len(steps) and isinstance(found.node, YamlMapping)
    at = found.key if is_missing and found.key else found.node
    return Place(path, at.line, at.column)


def where_of(steps: Steps) -> str:
    """The thing at the end of the steps, as problems name it."""
    return shown(".".join(str(step + 1) if isinstance(step, int) else step for step in steps))


def _known_keys(model: type[BaseModel], steps: Steps) -> list[str]:
    """The keys that the model knows at the end of the steps."""
    annotation = annotation_at(model, steps)
    return [key for found in models_in(annotation) for key in fields_of(found)]


def annotation_at(model: type[BaseModel], steps: Steps) -> Any:
    """The declared type at the end of the steps."""
    annotation: Any = model
    for step in steps:
        fields = {key: f for found in models_in(annotation) for key, f in fields_of(found).items()}
        annotation = _declared(fields[str(step)]) if step in fields else _inner(annotation)
    return annotation


def _declared(field: FieldInfo) -> Any:
    """The type of a field with all that its declaration says about it."""
    return typing.Annotated[(field.annotation, *(field.metadata or [None]))]


def _expected(annotation: Any) -> str:
    """What a declared type expects, as the end of a sentence."""
    parts = typing.get_args(annotation)
    said = [part.said for part in parts if isinstance(part, Expected)]
    if said:
        return said[0]
    origin = typing.get_origin(annotation)
    if origin in {list, tuple}:
        return "expected a list, a hyphen before each item"
    if origin is not dict and parts:
        return _expected(parts[0])
    keys = [key for model in models_in(annotation) for key in fields_of(model)]
    return f'expected lines such as "{keys[0] if keys else "key"}: …" below it'


def models_in(annotation: Any) -> list[type[BaseModel]]:
    """The models that a declared type allows: itself, or those in an `Optional` or `Annotated`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if typing.get_origin(annotation) in _CONTAINERS:
        return []
    return [found for part in typing.get_args(annotation) for found in models_in(part)]


def _inner(annotation: Any) -> Any:
    """The type of the values in a dict, a list or a tuple of any length."""
    origin = typing.get_origin(annotation)
    if origin in _CONTAINERS:
        return typing.get_args(annotation)[1 if origin is dict else 0]
    inner = [_inner(part) for part in typing.get_args(annotation) if typing.get_origin(part)]
    return inner[0] if inner else None


class FileModel(BaseModel):
    """A part of a data file: every key known, nothing changed after it is read.

    Built when a file is first read, so that parts are not built once more each by itself.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class DataFile(FileModel):
    """A whole data file, which knows the place of all that it says."""

    _tree: YamlMapping | None
    _path: Path
    _layout: YamlMapping | None = None
    _read: Callable[[], YamlMapping]

    def model_post_init(self, context: Any) -> None:
        """Keep the tree and the path that `validate` gives to what it reads."""
        if context is not None:
            self._tree, self._path = context

    def is_of(
        self, path: Path, read: Callable[[], YamlMapping], layout: YamlMapping | None = None
    ) -> None:
        """Tell it its file, and how that is read when its tree is asked for.

        Or a place in it, unless its layout is given. So thousands of trees need not be kept.
        """
        self._tree, self._path, self._layout, self._read = None, path, layout, read

    @property
    def tree(self) -> YamlMapping:
        """The file as it is written."""
        return self._tree or _read_anew(self._read)

    @cached_property  # as private attributes of a model are slow
    def path(self) -> Path:
        """The file."""
        return self._path

    def place(self, *steps: str | int) -> Place:
        """Where in the file something is said, by keys and indexes."""
        return place_of(self._layout or self.tree, self.path, *steps)


@lru_cache(maxsize=500)  # a usual edition has fewer authorities
def _read_anew(read: Callable[[], YamlMapping]) -> YamlMapping:
    return read()


_Outline = tuple[Any, ...]


def layout_of(tree: YamlMapping) -> YamlMapping:
    """A tree without its texts, for places: the same one for all files that are written alike."""
    return _laid_out(_outline(tree))


def _outline(node: YamlNode) -> _Outline:
    match node:
        case YamlMapping():
            keys = ((n, k.line, k.column, _outline(node.entries[n])) for n, k in node.keys.items())
            return (node.line, node.column, "keys", *keys)
        case YamlSequence():
            return (node.line, node.column, "items", *map(_outline, node.items))
        case YamlScalar():
            return (node.line, node.column)


@lru_cache(maxsize=1000)
def _laid_out(outline: _Outline) -> YamlMapping:
    line, column, _, *keys = outline
    return YamlMapping(
        line,
        column,
        {name: _node(outlined) for name, _, _, outlined in keys},
        {name: YamlScalar("", line, column) for name, line, column, _ in keys},
    )


def _node(outline: _Outline) -> YamlNode:
    match outline:
        case (line, column):
            return YamlScalar("", line, column)
        case (line, column, "items", *items):
            return YamlSequence(line, column, list(map(_node, items)))
        case _:
            return _laid_out(outline)
