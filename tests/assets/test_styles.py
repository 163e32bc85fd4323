"""The styles of our pages: each rule stands once, and says nothing that none of the pages has."""

import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
import tinycss2

from generator.assets.page_templates import environment_of
from tests.borsetshire import ROOT

PAGES = {
    "overview": ["base.css", "overview.css"],
    "report": ["base.css", "changes.css", "report.css"],
    "public": ["base.css", "public.css"],
    "review": ["base.css", "review.css"],
    "desk": ["base.css", "changes.css", "desk.css", "forms.css"],
}
SHEETS = {name for names in PAGES.values() for name in names}
WHAT_PAGES_SAY = [
    path.read_text(encoding="utf-8")
    for ending in ("jinja", "js", "py")
    for path in (ROOT / "generator").rglob(f"*.{ending}")
]


def styles(name: str) -> str:
    """A style sheet as a page has it, filled in where it is a template."""
    template = environment_of("generator.assets").get_template(name)
    return template.render(table_rem=46, window_rem=50, headers=[], has_inserts=True)


def rules(text: str) -> list[tuple[str, str]]:
    """Each selector, with the condition that it is under, and each thing that is said of it."""
    found = []
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        assert rule.type != "error", rule.message
        about = " ".join(tinycss2.serialize(rule.prelude).split())
        if rule.type == "at-rule" and rule.at_keyword == "media":
            inside = tinycss2.serialize(rule.content)
            found += [(f"{about} {selector}", said) for selector, said in rules(inside)]
            continue
        for said in tinycss2.serialize(rule.content).split(";"):
            found += [(one, " ".join(said.split())) for one in about.split(", ") if said.strip()]
    return found


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_said_twice(page: str) -> None:
    counts = Counter(rule for name in PAGES[page] for rule in rules(styles(name)))

    assert [rule for rule, number in counts.items() if number > 1] == []


def test_what_all_pages_have_is_in_the_base_alone() -> None:
    own = [{*rules(styles(names[-1]))} for names in PAGES.values()]

    assert set.intersection(*own) == set()


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_every_class_that_has_a_rule_is_used(name: str) -> None:
    text = "\n".join(selector for selector, _ in rules(styles(name)))
    named = {*re.findall(r"[.#]([a-z][a-z-]*[a-z])", text)}
    used = {word for said in WHAT_PAGES_SAY for word in re.findall(r"[a-z][a-z-]*[a-z]", said)}

    assert named - used == set()


SCALED = re.compile(r"(font-size|gap|(margin|padding)(-[a-z]+)*): (.*)")


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_sizes_of_type_and_space_are_those_of_the_scale(name: str) -> None:
    """But on paper, and what makes room for something: more than two lines."""
    said = [
        found
        for about, each in rules(styles(name))
        if "print" not in about and (found := SCALED.fullmatch(each))
    ]
    sizes = [float(size) for found in said for size in re.findall(r"([\d.]+)rem", found[4])]

    assert [size for size in sizes if size < 3] == []


def test_every_style_sheet_is_one_of_a_page() -> None:
    there = {Path(str(path)).name for path in files("generator.assets").iterdir()}

    assert {name for name in there if name.endswith(".css")} == SHEETS
