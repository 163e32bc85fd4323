"""What a new workspace begins with: one of the examples, or a first letter to be replaced."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.files.bounded_read import Sort, read_bytes
from generator.files.parts import Content
from generator.problems import did_you_mean
from generator.workspace import BASE_TEMPLATES, UsageError, Workspace

_ASSETS = Path(__file__).parent.parent / "assets"
_EXAMPLES = _ASSETS / "examples"
_FIRST_LETTER = _ASSETS / "first-letter"
"""A workspace of one letter, dated so long ago that its dates stand for those of today."""
_ITS_YEAR, _ITS_LETTER_DATE, _ITS_PERIOD_END = "2001", "2001-07-16", "2001-03-31"
_LITTER = "__pycache__"

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class NewWorkspace:
    """All files of a workspace that is to be, by path from its folder, with slashes."""

    newest_year: int
    files: Files

    def contents(self, folder: Path) -> dict[Path, Content]:
        """The files and folders to write into a folder; the data, which make it one, come last."""
        contents: dict[Path, Content] = {}
        for name in sorted({path.partition("/")[0] for path in self.files}, key=_data_last):
            inside = {
                path.removeprefix(f"{name}/"): content
                for path, content in self.files.items()
                if path.startswith(f"{name}/")
            }
            contents[folder / name] = inside or self.files[name]
        return contents


def _data_last(name: str) -> tuple[bool, str]:
    return name == "data", name


def example_names() -> list[str]:
    """The examples there are, each a workspace."""
    return sorted(path.name for path in _EXAMPLES.iterdir() if path.is_dir())


def plan_workspace(
    example: str | None, today: datetime.date, *, with_templates: bool = False
) -> NewWorkspace:
    """Work out the files of an example, or, without one, of a first letter of this year.

    Raises `UsageError` where there is no such example, and `OSError` where a file cannot be read.
    """
    if example is None:
        source = Workspace(_FIRST_LETTER)
        dates = _dates(today)
    elif example in example_names():
        source = Workspace(_EXAMPLES / example)
        dates = {}
    else:
        names = example_names()
        known = f"; the examples are {', '.join(names)}" if names[1:] else f"; there is {names[0]}"
        hint = did_you_mean(example, names) or f"{known}."
        raise UsageError(f'No example "{example}"{hint}')
    files = {
        _dated(path.relative_to(source.folder).as_posix(), dates): read_bytes(path, Sort.PICTURE)
        for path in sorted(source.folder.rglob("*"))
        if path.is_file() and _LITTER not in path.parts
    }
    if dates:
        files = {name: _dated(text.decode(), dates).encode() for name, text in files.items()}
    files |= _schemas(source, dates)
    if with_templates:
        files |= {
            f"templates/{path.name}": read_bytes(path, Sort.TEXT)
            for path in sorted(BASE_TEMPLATES.iterdir())
        }
    return NewWorkspace(max(map(int, (_dated(str(y), dates) for y in source.years()))), files)


def _dates(today: datetime.date) -> dict[str, str]:
    """What stands for the dates of the first letter: a working day, and the end of March before."""
    weekend = max(today.weekday() - 4, 0)
    day = today + datetime.timedelta(days=3 - weekend if weekend else 0)
    end = datetime.date(day.year, 3, 31)
    if end >= day:
        end = end.replace(year=day.year - 1)
    return {
        _ITS_LETTER_DATE: day.isoformat(),
        _ITS_PERIOD_END: end.isoformat(),
        _ITS_YEAR: str(day.year),
    }


def _dated(text: str, dates: Mapping[str, str]) -> str:
    for old, new in dates.items():
        text = text.replace(old, new)
    return text


def _schemas(source: Workspace, dates: Mapping[str, str]) -> dict[str, bytes]:
    """The schemas with which an editor knows the keys of each edition."""
    from generator.edition.load import read_edition  # here: what names the examples is quick
    from generator.edition.schemas import schema_files

    found: dict[str, bytes] = {}
    for year in source.years():
        edition, problems = read_edition(source.edition(year))
        if edition is None:
            raise ValueError(f"the program's own workspace has mistakes: {problems}")
        edition = edition.model_copy(update={"year": int(_dated(str(year), dates))})
        for path, text in schema_files(source, edition).items():
            found[path.relative_to(source.folder).as_posix()] = text.encode()
    return found
