"""How benchmarks report ratios: as lines, and for programs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WORKERS = 2
FEWEST = 4
"""With fewer letters the parts of what is measured would be alike."""


@dataclass(frozen=True)
class Ratio:
    """One result: `what` takes so many times as much as `of`."""

    what: str
    ratio: float
    of: str


Found = Mapping[str, Sequence[Ratio]]
"""The ratios by measurement."""


def table(found: Found, titles: Mapping[str, str], letters: int) -> str:
    """The ratios as lines, each of which says of what it is one; titles may name the letters."""
    lines = []
    for name, ratios in found.items():
        lines += ["", f"{name}: {titles[name].format(letters=letters)}"]
        lines += [f"  {r.what}\n{r.ratio:>12.3f} times {r.of}" for r in ratios]
    return "\n".join(lines[1:])


def as_json(found: Found, letters: int, rounds: int) -> str:
    """The same for programs."""
    ratios = [
        {"measurement": name, "what": r.what, "ratio": round(r.ratio, 3), "of": r.of}
        for name, ratios in found.items()
        for r in ratios
    ]
    content = {"letters": letters, "rounds": rounds, "ratios": ratios}
    return json.dumps(content, indent=2) + "\n"
