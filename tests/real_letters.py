"""The five letters of 2018, made once for all tests that read them."""

from functools import cache

from generator.batch.job import RenderedLetter, jobs_of, make
from generator.project.load_edition import LoadedEdition, load_edition
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
def real_edition() -> LoadedEdition:
    """The edition of 2018, which is in order."""
    loaded = load_edition(Workspace(ROOT).edition(2018))
    assert loaded.problems == []
    return loaded


@cache
def real_letter(slug: str) -> RenderedLetter:
    """One of its letters, as `build` makes it."""
    return make(jobs_of(real_edition())(slug))
