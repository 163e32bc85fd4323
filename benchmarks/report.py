"""How benchmarks of many letters report their ratios: as lines, and for programs."""

import json
from collections.abc import Mapping, Sequence

from benchmarks.scale import Ratio, Scale

Found = Mapping[str, Sequence[Ratio]]
"""The ratios by measurement."""


def table(found: Found, titles: Mapping[str, str], scale: Scale) -> str:
    """The ratios as lines, each of which says of what it is one; the titles may name the scale."""
    lines = []
    for name, ratios in found.items():
        title = titles[name].format(letters=scale.letters, corrections=scale.corrections)
        lines += ["", f"{name}: {title}"]
        lines += [f"  {r.what}\n{r.ratio:>12.3f} times {r.of}" for r in ratios]
    return "\n".join(lines[1:])


def as_json(found: Found, scale: Scale) -> str:
    """The same for programs."""
    ratios = [
        {"measurement": name, "what": r.what, "ratio": round(r.ratio, 3), "of": r.of}
        for name, ratios in found.items()
        for r in ratios
    ]
    content = {"letters": scale.letters, "rounds": scale.rounds, "ratios": ratios}
    return json.dumps(content, indent=2) + "\n"
