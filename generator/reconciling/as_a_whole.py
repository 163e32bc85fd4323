"""What is wrong with an edition as a whole, beyond what is wrong with each of its letters."""

from generator.batch.prepare import Prepared
from generator.loading.predecessors import unknown_predecessors
from generator.loading.schemas import stale_schemas
from generator.problems import Problem
from generator.reconciling.reconcile import Reconciled
from generator.starting.carried_over import still_to_confirm


def problems_as_a_whole(prepared: Prepared, reconciled: Reconciled) -> list[Problem]:
    """What only all letters together, the year before or the files beside them can tell.

    Nothing where the edition cannot be read: then nothing of this can be told.
    """
    edition, folders = prepared.edition, prepared.folders
    if edition is None:
        return []
    authorities = prepared.data.authorities.values()
    return [
        *unknown_predecessors(authorities, folders.workspace, folders.year),
        *stale_schemas(folders.workspace, edition),
        *still_to_confirm(folders),
        *reconciled.problems,
    ]
