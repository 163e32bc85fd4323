"""What a page shows is held against what happens, and an edit has one place or none."""

from pathlib import Path

import pytest

from tests.walkthrough import carried_out, renewed, shown_of

pytestmark = pytest.mark.processes

BEGIN = """\
```sh
./letters init practice --example borsetshire
cd practice
```
"""
PAGE = f"""\
Before it, nothing is carried out:

```sh
false
```

{BEGIN}
In `data/2025/edition.yaml`:

```diff
-year: 2025
+year: 2O25
```

```sh
../letters check
```

```text
Edition 2025, in data/2025
…
12 letters checked: no errors, no warnings.
```
"""


def test_an_edit_is_made_and_what_is_said_then_is_compared(tmp_path: Path) -> None:
    _, check = carried_out(PAGE, tmp_path)

    assert check.block is not None
    shown = check.block.content.splitlines()
    assert shown_of(check.actual.splitlines(), shown) != shown
    assert "year: found 2O25" in check.actual
    assert not check.succeeded


def test_what_a_page_shows_is_renewed_with_as_many_lines(tmp_path: Path) -> None:
    page = renewed(PAGE, tmp_path)

    assert page.startswith(PAGE.partition("Edition 2025")[0])
    assert page.count("\n") == PAGE.count("\n")
    assert "no errors, no warnings" not in page


@pytest.mark.parametrize(
    ("edit", "times"),
    [("-year: 2024\n+year: 2026", 0), ("-… noun: council …\n+… noun: borough …", 3)],
)
def test_an_edit_whose_place_is_not_certain_is_none(tmp_path: Path, edit: str, times: int) -> None:
    page = f"{BEGIN}\nIn `data/2025/edition.yaml`:\n\n```diff\n{edit}\n```\n"

    with pytest.raises(AssertionError, match=f"{times} times"):
        list(carried_out(page, tmp_path))


def test_a_new_file_is_written_and_a_key_of_a_list_follows_it(tmp_path: Path) -> None:
    said = "```sh\n../letters confirm --all 00000000 --by Ida\n```\n\n```text\n```\n"
    file = "As `list.txt`:\n\n```csv\n--all 0C1B5D7E\n```\n\n```sh\ncat list.txt\n```\n"
    page = f"{BEGIN}\n{file}\n{said}"

    assert "confirm --all 0C1B5D7E" in renewed(page, tmp_path)
