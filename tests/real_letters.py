"""The five letters of 2018, made once for all tests that read them."""

from functools import cache

from generator.batch.job import Made, jobs_of, make
from generator.project.load_edition import Prepared, prepare
from generator.workspace import Workspace
from tests.borsetshire import ROOT

LUTON = "luton-borough-council"
REAL = (
    "bromsgrove-district-council",
    LUTON,
    "milton-keynes-council",
    "north-west-leicestershire-district-council",
    "sefton-metropolitan-borough-council",
)


@cache
def real_edition() -> Prepared:
    """The edition of 2018, which is in order."""
    prepared = prepare(Workspace(ROOT).edition(2018))
    assert prepared.problems == []
    return prepared


@cache
def real_letter(slug: str) -> Made:
    """One of its letters, as `build` makes it."""
    return make(jobs_of(real_edition())(slug))
