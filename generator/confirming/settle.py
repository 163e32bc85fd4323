"""What a person's word makes of the file of what is confirmed: added, taken out, swept."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from generator.checks.confirmed_file import Confirmation, confirmed_text
from generator.confirming.confirmation import Confirmable


@dataclass(frozen=True)
class Settlement:
    """What is confirmed or withdrawn, and the file that says so."""

    confirmed: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    swept: tuple[Confirmation, ...] = ()
    """Entries that accept nothing any more, which go with it."""
    content: bytes | None = None
    """The file; None where nothing is to be written."""


def settle(
    found: Confirmable,
    chosen: Sequence[str],
    by: str,
    today: datetime.date,
    reason: str | None = None,
    *,
    withdraw: bool = False,
) -> Settlement:
    """Confirm these digests, those that are open, or withdraw them; what is void is swept."""
    withdrawn = tuple(chosen) if withdraw else ()
    confirmed = () if withdraw else tuple(digest for digest in chosen if digest in found.open)
    if not (confirmed or withdrawn):
        return Settlement()
    swept = tuple(found.void)
    out = {*withdrawn, *(entry.digest for entry in swept)}
    entries = [entry for digest, entry in found.confirmed.items() if digest not in out]
    entries += [found.entry(digest, by, today, reason) for digest in confirmed]
    return Settlement(confirmed, withdrawn, swept, confirmed_text(entries).encode())
