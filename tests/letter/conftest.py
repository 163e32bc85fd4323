from collections.abc import Mapping

import pytest

from generator.edition.edition import Edition
from generator.letter.variables import Variable, Vocabulary, variables_of, vocabulary
from generator.project.load_edition import load_edition
from tests.borsetshire import build_tree
from tests.letter.reading import AMBRIDGE, FELPERSHAM


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> tuple[Edition, list[dict[str, Variable]]]:
    """Borsetshire's edition, and the variables of Ambridge and Felpersham."""
    data = load_edition(build_tree(tmp_path_factory.mktemp("county"))).data
    assert data.edition is not None
    authorities = [data.authorities[slug] for slug in (AMBRIDGE, FELPERSHAM)]
    return data.edition, [variables_of(data.edition, authority) for authority in authorities]


@pytest.fixture(scope="session")
def known(county: tuple[Edition, list[dict[str, Variable]]]) -> Vocabulary:
    """Every name that wording may use in Borsetshire."""
    return vocabulary(county[0])


@pytest.fixture(scope="session")
def ambridge(county: tuple[Edition, list[dict[str, Variable]]]) -> Mapping[str, Variable]:
    """The variables of Ambridge: 17 received, 5 not upheld, 3 upheld, so a rate of 38%."""
    return county[1][0]


@pytest.fixture(scope="session")
def felpersham(county: tuple[Edition, list[dict[str, Variable]]]) -> Mapping[str, Variable]:
    """The variables of Felpersham: nothing investigated, so no rate."""
    return county[1][1]
