from pathlib import Path

import pytest

from tests.borsetshire import AMBRIDGE, build_tree
from tests.checks.years import found

FILE = "data/2031/authorities/ambridge-district-council.yaml"
SLUG_RULE = [
    ("Ambridge Town Council", "", "ambridge-town-council.yaml"),
    ("Penny Hassett & Loxley's", "", "penny-hassett-and-loxleys.yaml"),
    ("Ambridge District Council", "aliases: [Ambridge]\n", None),
    ("Ambridge", "aliases: [Ambridge Council, AMBRIDGE District Council]\n", None),
]


@pytest.mark.parametrize(("name", "aliases", "right"), SLUG_RULE)
def test_a_file_s_name_is_made_from_the_name_or_an_alias(
    tmp_path: Path, name: str, aliases: str, right: str | None
) -> None:
    """So two files whose contents were swapped do not pass unsaid."""
    changed = AMBRIDGE.replace("Ambridge District Council", name) + aliases
    folders = build_tree(tmp_path, {FILE: changed})
    expected = (
        f"{FILE}:1:7: warning: name: the file is not named after this authority ({right}); "
        "correct the name, rename the file, or add to aliases the name that it has"
    )

    assert found(folders, "file-name") == ([expected] if right else [])
