"""What stands in the review's PDF, as who writes no wording reads it."""

import pytest
from markupsafe import Markup

from generator.reports.review_pack import plain_words


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Dear {{ authority.name }},", "Dear «name»,"),
        ("{{ insert.what }} & more", "«insert.what» & more"),
        (
            Markup("{{ authority.a.b | count(&#34;duck&#34;) }} &amp; more"),
            Markup("«a.b | count(&#34;duck&#34;)» &amp; more"),
        ),
    ],
)
def test_a_value_is_named_and_markup_stays_as_it_is(words: str, said: str) -> None:
    assert (plain_words(words), type(plain_words(words))) == (said, type(said))
