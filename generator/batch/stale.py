"""Letters of authorities that have left the edition: kept until someone says otherwise."""

from collections.abc import Mapping
from pathlib import Path

from generator.batch.run import Ledger


def prune(stale: Mapping[str, list[str]], folder: Path, ledger: Ledger) -> list[Path]:
    """Remove these letters' files, by slug and path from the folder. Raises `OSError`.

    First the manifest forgets them, so that it never speaks of what is not there.
    """
    for slug in stale:
        ledger.restore(slug, None)
    ledger.save()
    paths = [folder / name for names in stale.values() for name in names]
    for path in paths:
        path.unlink(missing_ok=True)
    return paths
