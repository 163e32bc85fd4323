"""The pages for the website, as people read them."""

import datetime
import re
from pathlib import Path

from generator.issuing.issued_letters import IssuedLetter
from generator.lineage.earlier_years import load_edition
from generator.rendering.record import record_of
from generator.reports.public_pages import public_files
from tests.borsetshire import INTRODUCTION, build_tree
from tests.tables import EDITION_FILE, TABLES, with_tables

A = "ambridge-district-council"


def test_figures_stand_in_the_order_of_their_own_table(tmp_path: Path) -> None:
    """Not in that in which they are first met: the first table of this letter begins with ponds."""
    folders = build_tree(
        tmp_path,
        {
            EDITION_FILE: with_tables(TABLES),
            "templates/2031/sections/introduction.md": INTRODUCTION + "\n{{ table in_short }}\n",
        },
    )
    letter = record_of(load_edition(folders).letters[A].letter)
    assert letter.figures[0].id == "ponds"
    midnight = datetime.datetime(2031, 7, 16)

    files, findings = public_files(2031, [IssuedLetter(2031, A, letter, {}, {})], midnight)

    assert findings == []
    page = files[f"authorities/{A}.html"].decode()
    (office,) = (block.text for block in letter.blocks if block.role == "masthead")
    assert f"<p>{office}</p>" in files["index.html"].decode()
    assert re.findall(r'data-figure="2031.received.(\w+)"', page) == ["roads", "ponds", "total"]
