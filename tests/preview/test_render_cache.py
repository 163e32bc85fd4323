from hypothesis import given
from hypothesis import strategies as st

from generator.batch.job import RenderedLetter
from generator.preview import edition_snapshot as shelf
from generator.preview.edition_snapshot import RenderCache, key_of

_MEGABYTE = 1024 * 1024


def _made(megabytes: int, pages: int = 3) -> RenderedLetter:
    return RenderedLetter("ambridge", {"pdf": bytes(megabytes * _MEGABYTE)}, pages)


def test_the_key_is_what_decides_the_bytes_and_nothing_else() -> None:
    inputs = {"letter": "a", "template": "b", "engine": "c", "wording": "d", "figures": "e"}

    assert key_of(inputs) == "a-b-c"
    assert key_of({**inputs, "wording": "another"}) == "a-b-c"


def test_what_was_put_is_there() -> None:
    found = RenderCache()
    made = _made(1)
    found.put("a", made)

    assert (found.get("a"), found.get("b")) == (made, None)
    assert (found.has("a"), found.has("b")) == (True, False)
    assert (found.knows("a"), found.knows("b")) == (True, False)
    assert (found.pages("a"), found.pages("b")) == (3, None)


def test_when_there_is_no_more_room_what_was_asked_for_longest_ago_goes() -> None:
    found = RenderCache()
    for key in "abcd":
        found.put(key, _made(30))
        found.get("a")

    assert [key for key in "abcd" if found.has(key)] == ["a", "c", "d"]
    assert [found.pages(key) for key in "abcd"] == [3, 3, 3, 3]


def test_one_letter_is_kept_however_large_it_is() -> None:
    found = RenderCache()
    found.put("small", _made(1))
    found.put("large", _made(200))

    assert [key for key in ("small", "large") if found.has(key)] == ["large"]


def test_a_letter_that_cannot_be_printed_is_known_though_it_has_no_pages() -> None:
    found = RenderCache()
    found.put("a", RenderedLetter("ambridge"))

    assert found.knows("a")
    assert found.pages("a") is None


def test_pages_that_others_counted_are_known() -> None:
    found = RenderCache()
    found.note_pages({"a": 4})

    assert found.knows("a")
    assert not found.has("a")
    assert found.pages("a") == 4


def test_not_even_counts_are_kept_without_end() -> None:
    found = RenderCache()
    found.note_pages({str(number): 3 for number in range(shelf._MOST_COUNTS + 10)})

    assert found.pages("0") is None
    assert found.pages("9") is None
    assert found.pages("10") == 3


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 60))))
def test_it_never_holds_more_than_it_may_and_knows_how_much_that_is(
    puts: list[tuple[str, int]],
) -> None:
    found = RenderCache()
    for key, megabytes in puts:
        found.put(key, _made(megabytes))
        things = found._made._things.values()
        held = sum(map(shelf._size, things))
        assert found._made._filled == held
        assert held <= shelf._MOST_BYTES or len(things) == 1
        assert found.has(key)
