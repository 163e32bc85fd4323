from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.preview.desks import OpenDesk

OpenIt = Callable[..., OpenDesk]


@pytest.fixture
def open_desk() -> Iterator[OpenIt]:
    """Opens the desk of a workspace; whatever is left of it ends with the test."""
    desks: list[OpenDesk] = []

    def open_one(workspace: Path, *words: str, **how: object) -> OpenDesk:
        given = words if "--port" in words else ("--port", "0", *words)
        desks.append(OpenDesk(workspace, *given, **how))
        desks[-1].wait_until_open()
        return desks[-1]

    yield open_one
    for desk in desks:
        desk.end()
