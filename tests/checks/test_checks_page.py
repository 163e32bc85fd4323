from generator.checks.checks_page import checks_page
from generator.checks.registry import all_checks
from tests.borsetshire import ROOT


def test_the_page_is_not_out_of_date() -> None:
    assert (ROOT / "docs/checks.md").read_text(encoding="utf-8") == checks_page()


def test_each_check_has_a_line_and_ends_its_sentence() -> None:
    page = checks_page()

    assert len(all_checks()) >= 14
    for check in all_checks():
        assert page.count(f"| `{check.name}` |") == 1
        assert check.summary.endswith(".")
