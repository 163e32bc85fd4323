"""How large the program is: lines of substance, modules, the longest of them, docstrings.

    .venv/bin/python -m benchmarks.size [FOLDER]

Of Python every line counts but those that are blank, comments, docstrings or imports; of templates,
styles and scripts all that are neither blank nor comments. FOLDER is a checkout; ours, if not said.
"""

import argparse
import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("generator", "tests", "benchmarks")
OTHERS = {"Jinja": ".jinja", "CSS": ".css", "JS": ".js"}
LONGEST = 10
"""So many of the longest modules are named."""

_NOTHING = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}
_COMMENTS = re.compile(r"\{#.*?#\}|/\*.*?\*/|<!--.*?-->|^\s*//[^\n]*", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Size:
    """Of a module, or of many: all lines, those of substance, those of docstrings."""

    lines: int
    substance: int
    docstrings: int

    @property
    def share(self) -> float:
        """How much of what is written is docstrings."""
        return self.docstrings / max(self.docstrings + self.substance, 1)


def size_of(source: str) -> Size:
    """The size of a Python module."""
    docstrings: set[int] = set()
    imports: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            imports.update(_lines_of(node))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            docstrings.update(_lines_of(node) if isinstance(node.value.value, str) else ())
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    filled = {
        number
        for token in tokens
        if token.type not in _NOTHING
        for number in range(token.start[0], token.end[0] + 1)
    }
    substance = filled - docstrings - imports
    return Size(source.count("\n"), len(substance), len(docstrings))


def _lines_of(node: ast.stmt) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def sum_of(sizes: Iterable[Size]) -> Size:
    """The size of several modules together."""
    found = list(sizes)
    return Size(
        sum(size.lines for size in found),
        sum(size.substance for size in found),
        sum(size.docstrings for size in found),
    )


def lines_in(text: str) -> int:
    """How many lines of a template, a style sheet or a script are neither blank nor comments."""
    return sum(bool(line.strip()) for line in _COMMENTS.sub("", text).splitlines())


def modules_in(folder: Path) -> dict[str, Size]:
    """The modules of a package by their paths; `__init__.py` has nothing but its docstring."""
    return {
        path.relative_to(folder.parent).as_posix(): size_of(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.py"))
        if path.name != "__init__.py"
    }


def report(root: Path) -> Iterator[str]:
    """What there is to say of a checkout, line by line."""
    yield f"{'':<12}{'modules':>8}{'lines':>9}{'substance':>11}{'docstrings':>12}{'share':>8}"
    for name in PACKAGES:
        modules = modules_in(root / name)
        size = sum_of(modules.values())
        counted = f"{len(modules):>8,}{size.lines:>9,}{size.substance:>11,}{size.docstrings:>12,}"
        yield f"{name:<12}{counted}{size.share:>8.1%}"
    for name, suffix in OTHERS.items():
        folders = (root / "generator", root / "templates")
        paths = [path for folder in folders for path in folder.rglob(f"*{suffix}")]
        number = sum(lines_in(path.read_text(encoding="utf-8")) for path in paths)
        yield f"{name:<12}{len(paths):>8,}{'':>9}{number:>11,}"
    yield ""
    yield "the longest modules, by all their lines:"
    modules = modules_in(root / "generator")
    for name in sorted(modules, key=lambda name: -modules[name].lines)[:LONGEST]:
        yield f"{modules[name].lines:>6}  {name}"


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT, help="a checkout (ours)")
    print("\n".join(report(parser.parse_args().folder)))


if __name__ == "__main__":
    main()
