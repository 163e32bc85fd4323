from pathlib import Path

from generator.problems import Place
from tests.comparison.two_years import background, prepare_year


def test_the_line_of_a_rule_is_known_though_its_file_is_gone(tmp_path: Path) -> None:
    rule = "when: authority.received.total > 52"
    commented = f"# when: there is much to do\n{rule.replace('when', repr('when'))}"
    loaded = prepare_year(tmp_path, 2031, {"busy.md": (rule, commented)})
    path = loaded.folders.inserts / "busy.md"
    path.unlink()

    condition = background(loaded).rules["busy"]

    assert condition.place == Place(path, 4, 1)
    assert condition.source == "authority.received.total > 52"
    assert condition.names == ("authority.received.total",)
