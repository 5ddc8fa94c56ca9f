"""Finding where two chains part, and what a row's digest is of."""

from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.sync.chains import bucket_of, last_agreed, offered_links, row_form


@given(st.integers(0, 5_000), st.integers(0, 5_000), st.integers(0, 5_000))
def test_the_last_agreed_number_is_bracketed(own_last: int, their_last: int, parted: int) -> None:
    """The chains agree up to `parted`."""

    def link(number: int, side: str) -> str:
        return f"{number}" if number <= parted else f"{number}{side}"

    own = {number: link(number, "own") for number in range(own_last + 1)}
    offered = [(number, link(number, "their")) for number in offered_links(their_last)]
    agreed, above = last_agreed(own, offered)

    truth = min(parted, own_last, their_last)
    assert agreed <= truth < above or (agreed == truth == their_last)
    if their_last - truth < 1_000:
        assert agreed == truth


def test_empty_and_absent_fields_are_the_same_in_a_digest() -> None:
    assert row_form("task", "1" * 32, {"notes": None, "title": "x"}) == row_form(
        "task", "1" * 32, {"title": "x"}
    )


def test_a_row_counts_in_the_bucket_of_its_last_byte() -> None:
    assert bucket_of("0" * 30 + "ff") == 255
