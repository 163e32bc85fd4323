from collections.abc import Callable

from generator.batch.prepare import prepare
from generator.workspace import EditionFolders


def test_the_invented_workspace_is_in_order(borsetshire: Callable[..., EditionFolders]) -> None:
    prepared = prepare(borsetshire())

    assert prepared.problems == []
    assert list(prepared.letters) == ["ambridge-district-council", "felpersham-city-council"]
