"""What is tried: workspaces, each with its files, and what is done there, step by step.

A step is a command (a text) or an edit. Before a case the county is as it was, or, where its name
begins with "made", as it was with the letters of both years made.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

import pikepdf

from tests.corpus.sheets import CSVS, MAPPINGS, WORKBOOKS, workbooks
from tests.corpus.spoilt import SPOILT, Edit
from tests.corpus.world import A, B, E, F, S

PdfEdit = tuple[str, Callable[[pikepdf.Pdf], object]]
Step = str | Edit | PdfEdit
MAKE = "build --year 2030 --jobs 1", "build --year 2031 --jobs 1"
TERMINAL = "TERMINAL "
"""Before a command: its output goes to a terminal, with colours, and not wide."""

_ALWAYS = ("check", "check --json --strict")
_IN_TURN = (
    ("list", "diff --stat", "verify"),
    ("list --json", "build --dry-run", "diff --json"),
    ("build --dry-run --draft --json", "trace ambridge", "export"),
    ("trace --all --json", "new-edition 2032", "check --year 2032"),
    ("trace ambridge total --json", "diff ambridge --exit-code", "schema"),
    ("import sheets/good.csv --apply", "list ambridge penny", "check ambridge --sums"),
    ("export --to open --json", "diff --html changes.html", "build felpersham --dry-run"),
    ("TERMINAL check --quiet", "TERMINAL diff", "TERMINAL list", "check --sums --json"),
)
_MIXED = 120
_EVERY = 4
"""The quick corpus has one in so many."""

_PDF_A, _PDF_F = (f"output/2031/pdf/{path[22:-5]}.pdf" for path in (A, F))
_TEXT_A, _HTML_F = (
    "output/2031/text/" + _PDF_A[16:-3] + "txt",
    f"output/2031/html/{_PDF_F[16:-3]}html",
)
_MORE: tuple[Edit, Edit] = ((F, "ponds: 0", "ponds: 3"), (S, "every year", "each year"))


@dataclass(frozen=True)
class Case:
    """What is done in one workspace."""

    name: str
    steps: tuple[Step, ...]


def _bare(pdf: pikepdf.Pdf) -> None:
    """Leave nothing in it but its pages."""
    for key in ("/Names", "/AF", "/StructTreeRoot", "/MarkInfo"):
        del pdf.Root[key]


_COMMANDS = ("build", "check", "verify", "preview", "diff", "import", "trace", "export", "list")
_WRONG_USES = (
    "new-edition --help",
    "schema --help",
    "",
    "--help",
    "--version",
    "biuld",
    *(f"{command} --help" for command in _COMMANDS),
    "build --jobs 0",
    "build --jobs x --json",
    "build ambridge --prune",
    "build --cluster nowhere:1 --jobs 2",
    "build --time-limit 0",
    "build nobody",
    "build amb fel pen --dry-run",
    "build '' --dry-run",
    "check p",
    "check --sums ambridge",
    "check --year 1999",
    "check --year now",
    "check --workspace nowhere --json",
    "check --workspace data",
    "check --frobnicate",
    "list --year 2030 --quiet",
    "diff --against nowhere",
    "diff --against 1999",
    "diff --against ''",
    "diff --against data",
    "diff --html changes.txt",
    "diff --html nowhere/changes.html",
    "diff nobody --json",
    "trace",
    "trace --all ambridge",
    "trace ambridge up",
    "trace ambridge decided.upheeld",
    "trace ambridge xyz --json",
    "export --to data/2031/edition.yaml",
    "new-edition",
    "new-edition soon",
    "new-edition 2031",
    "new-edition 2030 --json",
    "new-edition 2033 --from 2029",
    "import",
    "import nowhere.xlsx",
    "import data",
    "import data/2031/edition.yaml --json",
    "preview nobody",
    "preview --port 99999",
    "preview --host nowhere.example",
)
_FLOWS: dict[str, tuple[Step, ...]] = {
    "good": (*_ALWAYS, *(command for turn in _IN_TURN for command in turn), "build --draft"),
    "good alone": (("data/2030", None, None), ("templates/2030", None, None), "check", "diff"),
    "figures come": ((A, "ponds: 14, total: 17", "ponds: null"), "build", "list", "build --draft"),
    "schemas": ("schema", "schema --json", (E, "roads: Roads", "lanes: Lanes"), "check", "schema"),
    "one fails": ((A, "roads: 3", "roads: -3"), "build --json", "build --only-failed --fail-fast"),
    "all fail": ((S, "}}", "}"), "build --fail-fast", "list", "verify"),
    "too wide": ((A, "Ambridge District Council", "W" * 200), "build --json", "check --pages"),
    "pages": ("check --pages", "check --pages --json", "check --pages felpersham"),
    "next year": (
        "new-edition 2032",
        "check",
        "check --year 2032 --json",
        "diff --year 2032 --stat",
        ("data/2032/carried-over.txt", "We held 58 courses", "We held 59 courses"),
        ("templates/2032/sections/statistics.md", "every year", "each year"),
        "check",
        "build --draft --jobs 1",
        "trace --all",
        "list --json",
    ),
    "next year from the one before": (
        "new-edition 2032 --from 2030 --json",
        "TERMINAL check --quiet",
    ),
    "next year confirmed": (
        "new-edition 2032 --quiet",
        ("data/2032/carried-over.txt", None, ""),
        "check --strict",
        ("data/2032/carried-over.txt", None, "x\n\0"),
        "check",
        "new-edition 2032",
        ("data/2032", None, None),
        "new-edition 2032",
    ),
    "renamed": (
        ("data/2031/authorities/borchester.yaml", None, None),
        (
            A,
            "name: Ambridge District Council",
            "name: Ambridge District Council\nformerly: [lakey]",
        ),
        "check",
        "diff --json",
        "diff ambridge --against data/2030",
    ),
    "made not again": (
        "build --jobs 1",
        "build --dry-run --json",
        "list",
        "verify",
        "verify --json",
    ),
    "made forced": ("build ambridge --force --json", "build --force --draft --quiet"),
    "made and changed": (
        *_MORE,
        "list",
        "verify",
        "verify --json",
        "build --dry-run",
        "build --jobs 1",
        "build --jobs 1 --json",
        "trace felpersham ponds",
    ),
    "made and other causes": (
        (A, "Walter Gabriel", "Wilma Gabriel"),
        (E, "2031-07-16", "2031-07-17"),
        "build --dry-run",
        "verify ambridge",
        (B, "upheld > 2", "upheld > 9"),
        "build --dry-run --json",
        "diff --json",
    ),
    "made and damaged": (
        (_TEXT_A, "", "by hand\n"),
        (_HTML_F, None, None),
        (_PDF_F, None, b"%PDF-1.7"),
        "list",
        "verify --json",
        "build --dry-run",
        "build --jobs 1",
    ),
    "made and manifest gone": (
        ("output/2031/manifest.json", None, None),
        "list",
        "build --dry-run",
        "verify",
    ),
    "made and manifest damaged": (
        ("output/2031/manifest.json", None, "{"),
        "build --dry-run --json",
        "check",
        "build ambridge",
    ),
    "made and an authority left": (
        (A, None, None),
        "build --jobs 1",
        "list",
        "diff",
        "verify",
        "build --prune --json",
        "build --prune --dry-run",
    ),
    "made and pruned with errors": ((A, None, None), (F, "ponds: 0", "ponds: x"), "build --prune"),
    "made without record": (
        (_PDF_A, lambda pdf: pdf.Root.Names.__delitem__("/EmbeddedFiles")),
        "verify",
        "verify ambridge --json",
        "diff --against output/2031/pdf",
    ),
    "made and hand-edited": (
        (_PDF_A, lambda pdf: pdf.pages.__delitem__(0)),
        (_PDF_F, lambda pdf: setattr(pdf.pages[0], "Rotate", 90)),
        "verify",
        "diff --against output/2031/pdf",
    ),
    "made without tags": (
        ("output/2030/pdf/ambridge-district-council.pdf", _bare),
        ("output/2030/pdf/felpersham-city-council.pdf", _bare),
        "diff --against output/2030/pdf",
        "diff --against output/2030/pdf --json",
        "diff ambridge --against output/2030/pdf/ambridge-district-council.pdf",
        "diff felpersham --against output/2030/pdf/ambridge-district-council.pdf",
    ),
    "made diffs": (
        "diff",
        "diff --json",
        "diff --stat --json",
        "diff --html changes.html --exit-code",
        "TERMINAL diff",
        "diff penny",
    ),
    "made diffs with changes": (
        *_MORE,
        "diff --against 2030",
        "diff --against output/2031/pdf --json",
    ),
    **{
        f"made diff against {what}": (
            *(_MORE if "2031" in what else ()),
            f"diff --against output/{what}",
            f"diff --against output/{what} --json",
            f"diff --against output/{what} --stat --exit-code",
            f"diff --against output/{what} --html changes.html",
        )
        for what in ("2030/pdf", "2030/html", "2030/text", "2031/html", "2031/text", "2031")
    },
    "made diff against one letter": (
        "diff --against output/2030/text/ambridge-district-council.txt",
        "diff felpersham --against output/2030/text/ambridge-district-council.txt",
        ("old/a.txt", None, "Dear all,\n\nNothing of note.\n"),
        "diff --against old",
        "diff --against old/a.txt --json",
        ("old/b.pdf", None, b"%PDF-1.7 no more"),
        ("old/c.html", None, "<p>Dear"),
        "diff --against old",
        ("issued/2030/x.txt", None, "Annual letter\n"),
        "diff",
    ),
    "made, the other way round": (
        "diff --year 2030",
        "diff --year 2030 --against 2031 --json",
    ),
    "made and left for a draft": ("build --draft --jobs 1", "build --draft --dry-run", "verify"),
    "made drafts of gaps": (
        (A, "ponds: 14, total: 17", "ponds: null"),
        "build --draft --jobs 1 --json",
        "list",
        "build",
    ),
    "made and traced": (
        *(
            f"trace {name} {option}"
            for option in ("", "--json")
            for name in (
                *("ambridge", "ambridge decided.upheld", "ambridge uphold"),
                *("penny", "penny decided.upheld", "penny received.total"),
            )
        ),
        "trace --all",
        "trace --all --json",
        "trace felpersham uphold --quiet",
    ),
    "made and imported": (
        "import sheets/good.xlsx --apply",
        "build --dry-run",
        "trace ambridge roads",
        "trace ambridge total",
        (A, "roads: 4", "roads: 6"),
        "trace ambridge",
        "import sheets/good.xlsx",
        "export",
        "import output/2031/figures.xlsx --apply",
        "import output/2031/figures.csv",
        "trace --all --json",
    ),
    "imports together": (
        "import sheets/good.xlsx sheets/good.csv",
        "import sheets/good.csv sheets/semicolons.csv --apply --json",
        "import sheets/blank.xlsx --blank-is-zero --apply",
        "import sheets/text.xlsx --leave-out ambridge --apply",
        "import sheets/text.xlsx --leave-out nobody",
        "import 'sheets/name nearly known.xlsx' --match 'Ambrigde District Council=ambridge'",
        "import 'sheets/name nearly known.xlsx' --new 'Ambrigde District Council' --apply --json",
        "import sheets/good.xlsx --match Ambridge",
        "import sheets/good.xlsx --match Nobody=ambridge --json",
        "import sheets/good.xlsx --match 'Ambridge District Council=nobody'",
        "import sheets/good.xlsx --new Nobody",
        "check",
    ),
    **{
        f"mapping {name}": (
            ("map.yaml", None, text),
            "import 'sheets/label unknown.xlsx' --mapping map.yaml",
            "import 'sheets/label of names unknown.xlsx' --mapping map.yaml --json",
        )
        for name, text in MAPPINGS.items()
    },
}


def sheets() -> dict[str, bytes]:
    """The spreadsheets that lie in every workspace, by their paths there."""
    books = {f"sheets/{name}.xlsx": content for name, content in workbooks().items()}
    return {**books, **{f"sheets/{name}.csv": content for name, content in CSVS.items()}}


def cases(*, quick: bool) -> list[Case]:
    """All that is tried, or about a quarter of it."""
    whole = [
        *(Case(f"use {number:02}", (words,)) for number, words in enumerate(_WRONG_USES)),
        *(Case(name, steps) for name, steps in _FLOWS.items()),
        *_imports(),
        *_spoilt(),
    ]
    return [case for number, case in enumerate(whole) if not quick or number % _EVERY == 0]


def _imports() -> Iterator[Case]:
    for path in (*(f"sheets/{n}.xlsx" for n in WORKBOOKS), *(f"sheets/{n}.csv" for n in CSVS)):
        if "/good." not in path:
            steps = (
                f"import '{path}'",
                f"import '{path}' --apply --json",
                "trace ambridge",
                "check",
            )
            yield Case(f"import {path[7:]}", steps)


def _spoilt() -> Iterator[Case]:
    """Each mistake by itself, then two or three together; the commands take turns."""
    random = Random(2031)
    alone = [[name] for name in SPOILT]
    mixed = [random.sample([*SPOILT], random.choice((2, 3))) for _ in range(_MIXED)]
    for number, names in enumerate(alone + mixed):
        edits = {SPOILT[name][0]: SPOILT[name] for name in names}  # of each file, one
        commands = (*_ALWAYS, *_IN_TURN[number % len(_IN_TURN)])
        yield Case(f"spoilt {number:03} {' + '.join(names)}", (*edits.values(), *commands))
