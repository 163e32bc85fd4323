"""Validation errors to problems: located in the file, in plain words, one for each mistake."""

import typing
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.loading.values import expected_of
from generator.loading.yaml_tree import Found, Mapping, Node, Scalar, Sequence, describe, follow
from generator.problems import Place, Problem, did_you_mean, nearest

Model = TypeVar("Model", bound=BaseModel)
Steps = tuple[str | int, ...]


def validate(model: type[Model], tree: Mapping, path: Path) -> tuple[Model | None, list[Problem]]:
    """A file's tree read as a model, or every reason why it is none."""
    try:
        return model.model_validate(_plain(tree)), []
    except ValidationError as error:
        details = error.errors(include_url=False)
    problems: list[Problem] = []
    meant: set[Steps] = set()
    for detail in details:
        if detail["type"] == "extra_forbidden":
            known = _known_keys(model, detail["loc"][:-1])
            near = nearest(str(detail["loc"][-1]), known)
            if near:
                meant.add((*detail["loc"][:-1], near))
            problems.append(_unknown_key(tree, path, detail["loc"], known))
    for detail in details:
        if detail["type"] == "missing" and detail["loc"] not in meant:
            problems.append(_missing(model, tree, path, detail["loc"]))
        elif detail["type"] not in {"missing", "extra_forbidden"}:
            problems.append(_refused(tree, path, detail))
    return None, sorted(problems)


def place_of(tree: Mapping, path: Path, *steps: str | int) -> Place:
    """The place of the value at the end of the steps; of the parent's key, where it is missing."""
    return _place(follow(tree, steps), path, steps)


def _plain(node: Node) -> Any:
    """The tree as dicts and lists, its scalars untouched: what the models read."""
    match node:
        case Mapping():
            return {key: _plain(value) for key, value in node.entries.items()}
        case Sequence():
            return [_plain(item) for item in node.items]
        case Scalar():
            return node


def _unknown_key(tree: Mapping, path: Path, steps: Steps, known: list[str]) -> Problem:
    key = follow(tree, steps).key
    place = Place(path, key.line, key.column) if key else Place(path)
    message = "unknown key" + did_you_mean(str(steps[-1]), known)
    return Problem(place, message, _where(steps))


def _missing(model: type[BaseModel], tree: Mapping, path: Path, steps: Steps) -> Problem:
    expected = expected_of(_annotation(model, steps))
    return Problem(place_of(tree, path, *steps), f"missing; {expected}", _where(steps))


def _refused(tree: Mapping, path: Path, detail: ErrorDetails) -> Problem:
    steps = detail["loc"]
    on_key = bool(steps) and steps[-1] == "[key]"
    found = follow(tree, steps[:-1] if on_key else steps)
    match detail["type"]:
        case "model_type" | "dict_type":
            message = f"found {describe(found.node)}; expected keys and values below it"
        case "list_type":
            message = f"found {describe(found.node)}; expected a list, a hyphen before each item"
        case "too_short":
            message = "empty; expected at least one"
        case _:
            message = detail["msg"]
    if on_key and found.key:
        return Problem(Place(path, found.key.line, found.key.column), message, _where(found.steps))
    steps = steps if isinstance(found.node, Mapping) else found.steps
    return Problem(_place(found, path, steps), message, _where(steps))


def _place(found: Found, path: Path, steps: Steps) -> Place:
    is_missing = len(found.steps) < len(steps) and isinstance(found.node, Mapping)
    at = found.key if is_missing and found.key else found.node
    return Place(path, at.line, at.column)


def _where(steps: Steps) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in steps)


def _known_keys(model: type[BaseModel], steps: Steps) -> list[str]:
    """The keys that the model knows at the end of the steps."""
    annotation = _annotation(model, steps)
    return [key for found in _models(annotation) for key in found.model_fields]


def _annotation(model: type[BaseModel], steps: Steps) -> Any:
    """The declared type at the end of the steps."""
    annotation: Any = model
    for step in steps:
        fields = {k: f for found in _models(annotation) for k, f in found.model_fields.items()}
        if step in fields:
            field = fields[str(step)]
            annotation = typing.Annotated[(field.annotation, *(field.metadata or [None]))]
        else:
            annotation = _inner(annotation)
    return annotation


def _models(annotation: Any) -> list[type[BaseModel]]:
    """The models that a declared type allows: itself, or those in an `Optional` or `Annotated`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if typing.get_origin(annotation) in {dict, list}:
        return []
    return [found for part in typing.get_args(annotation) for found in _models(part)]


def _inner(annotation: Any) -> Any:
    """The type of the values in a dict or a list."""
    origin = typing.get_origin(annotation)
    if origin in {dict, list}:
        return typing.get_args(annotation)[-1]
    inner = [_inner(part) for part in typing.get_args(annotation) if typing.get_origin(part)]
    return inner[0] if inner else None
