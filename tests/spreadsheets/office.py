"""The year's spreadsheet as the office exports it: 360 invented authorities and the five real ones.

A merged title, heads in the fourth row, some labels of its own, a total as formulas, notes below.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from benchmarks.county import authority_name, authority_text
from generator.edition.yaml_tree import YamlMapping, YamlScalar, parse_yaml, read_yaml
from tests.borsetshire import ROOT
from tests.spreadsheets.workbooks import Row, put

REAL = sorted((ROOT / "data/2018/authorities").glob("*.yaml"))

GROUPS: dict[str, dict[str, str]] = {
    "received": {
        "adult_care_services": "Adult Care Services",
        "benefits_and_tax": "Benefits & Tax",
        "corporate_and_other_services": "Corporate & Other Services",
        "education_and_childrens_services": "Education &\nChildren's Services",
        "environment_services": ("Environmental services, public protection & regulation"),
        "highways_and_transport": "Highways & Transport",
        "housing": "HOUSING",
        "planning_and_development": "Planning and  Development",
        "other": "Other",
        "total": "Total",
    },
    "decided": {
        "incomplete_or_invalid": "Invalid or incomplete",
        "advice_given": "Advice given",
        "referred_back_for_local_resolution": "Referred back for local resolution",
        "closed_after_initial_enquiries": "Closed after initial enquiries",
        "not_upheld": "Not upheld",
        "upheld": "Upheld",
        "uphold_rate": "Uphold rate (%)",
        "total": "Total",
    },
    "remedied": {
        "by_lgo": "By LGO",
        "by_authority": "Satisfactorily by Authority before LGO involvement",
    },
}
"""The labels of the office, by the ids of the figures."""


def invented(number: int) -> YamlMapping:
    """The data of one of the invented authorities."""
    tree, _ = parse_yaml(authority_text(number), Path())
    assert tree is not None
    return tree


def all_authorities(number: int = 360) -> list[YamlMapping]:
    """The real five among so many invented ones, in the order of their names."""
    real = [tree for path in REAL if (tree := read_yaml(path)[0])]
    assert len(real) == 5
    return sorted([*real, *map(invented, range(number))], key=lambda tree: text(tree, "name"))


def text(tree: YamlMapping, *steps: str) -> str:
    """A value of an authority's data, as written."""
    node: Any = tree
    for step in steps:
        node = node.entries.get(step)
    return node.text if isinstance(node, YamlScalar) else ""


def name_of(number: int) -> str:
    """The name of one of the invented authorities."""
    return authority_name(number)


def rows_of(group: str, authorities: Iterable[YamlMapping]) -> list[Row]:
    """The rows of a group: names, figures, and what the office works out itself."""
    return [
        [text(tree, "name"), *(_value(tree, group, id_) for id_ in GROUPS[group])]
        for tree in authorities
    ]


def _value(tree: YamlMapping, group: str, id_: str) -> Any:
    if id_ != "uphold_rate":
        return int(text(tree, group, id_))
    upheld, not_upheld = (int(text(tree, group, name)) for name in ("upheld", "not_upheld"))
    return upheld / (upheld + not_upheld) if upheld + not_upheld else "N/A"


def addressee_rows(authorities: Iterable[YamlMapping]) -> list[Row]:
    """The office's list of addressees."""
    return [
        [text(tree, "name"), *(text(tree, "addressee", part) for part in ("name", "office"))]
        for tree in authorities
    ]


def total_row(rows: list[Row]) -> Row:
    """The sums of the columns of figures; none of rates."""
    columns = list(zip(*rows, strict=True))[1:]
    return ["Total", *(sum(c) if all(type(v) is int for v in c) else None for c in columns)]


def office_workbook(
    authorities: list[YamlMapping], sort: Callable[[list[Row]], list[Row]] = list
) -> Workbook:
    """The workbook; `sort` may put the rows of each sheet into another order."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for group, labels in GROUPS.items():
        rows = sort(rows_of(group, authorities))
        sheet = book.create_sheet(group.capitalize())
        _titles(sheet, group, len(labels) + 1)
        put(sheet, [["Authority name", *labels.values()], *rows], first_row=4)
        last = 5 + len(rows)
        put(sheet, [total_row(rows)], first_row=last)
        sheet.cell(last + 2, 1, "Figures are as on 1 June.")
        sheet.cell(last + 3, 1, "* Includes complaints about the pension fund.")
    sheet = book.create_sheet("Chief executives")
    put(sheet, [["Local authority", "Name", "Job title"], *addressee_rows(authorities)])
    return book


def _titles(sheet: Worksheet, group: str, columns: int) -> None:
    sheet["A1"] = f"Complaints {group}, year ended 31 March 2018"
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=columns)
    sheet["A2"] = "By authority. Figures for the annual review letters; do not circulate."


def figures(tree: YamlMapping) -> Mapping[str, str]:
    """All that an authority's data say of figures, by group and id."""
    return {
        f"{group}.{id_}": text(tree, group, id_)
        for group in GROUPS
        for id_ in GROUPS[group]
        if text(tree, group, id_)
    }
