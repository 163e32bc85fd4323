"""Carry out the plan of an import: all of its files, or none."""

from pathlib import Path

from generator.batch.files import write_all_whole
from generator.importing.plan import Plan


def write_import(plan: Plan) -> list[Path]:
    """Write the files of a plan, and say which. Raises `OSError`, leaving all as they were."""
    write_all_whole(plan.contents)
    return list(plan.contents)
