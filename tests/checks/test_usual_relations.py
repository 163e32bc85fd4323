from pathlib import Path

from generator.project.load_edition import load_edition
from tests.borsetshire import AMBRIDGE, EDITION, build_tree
from tests.checks.years import found

A_FILE = "data/2031/authorities/ambridge-district-council.yaml"


def test_what_is_unusual_is_a_warning(tmp_path: Path) -> None:
    edition = EDITION + "usually:\n  remedied: {at_most: decided.upheld}\n"
    text = AMBRIDGE.replace("by_us: 2", "by_us: 20")
    folders = build_tree(tmp_path, {"data/2031/edition.yaml": edition, A_FILE: text})

    assert found(folders, "unusual-figures") == [
        f"{A_FILE}:7:11: warning: remedied: adds up to 21, usually no more than decided.upheld (3)"
    ]
    assert len(load_edition(folders).letters) == 2
