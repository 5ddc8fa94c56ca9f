"""Digests of operations, chains, rows and streams."""

import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.sealing.digests import (
    CHAIN_START,
    NO_ROWS,
    READ_BYTES,
    chain_link,
    digest_sum,
    operation_digest,
    row_digest,
    stream_digest,
)

DIGESTS = st.binary(min_size=16, max_size=16)


def chain(operations: list[bytes]) -> bytes:
    link = CHAIN_START
    for each in operations:
        link = chain_link(link, operation_digest(each))
    return link


def test_an_operation_digest_is_blake2b_of_128_bits() -> None:
    assert operation_digest(b'{"n":1}').hex() == "984530e49acf879ea2a3b7c3062fca65"


def test_the_first_link_is_the_hash_of_sixteen_zeros_and_the_digest() -> None:
    digest = operation_digest(b"{}")
    expected = hashlib.blake2b(bytes(16) + digest, digest_size=16).digest()
    assert chain_link(CHAIN_START, digest) == expected


@given(st.lists(st.binary(), min_size=1, max_size=8), st.data())
def test_any_change_of_any_operation_changes_the_chain(
    operations: list[bytes], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(operations) - 1))
    changed = [*operations]
    changed[place] += b"!"
    assert chain(changed) != chain(operations)
    assert chain(operations[:place] + operations[place + 1 :]) != chain(operations)


def test_two_operations_in_the_other_order_give_another_chain() -> None:
    assert chain([b"a", b"b"]) != chain([b"b", b"a"])


@pytest.mark.parametrize(("previous", "digest"), [(b"", bytes(16)), (bytes(16), bytes(32))])
def test_a_link_of_the_wrong_length_is_refused(previous: bytes, digest: bytes) -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        chain_link(previous, digest)


@given(st.lists(DIGESTS))
def test_the_sum_of_rows_does_not_depend_on_their_order(digests: list[bytes]) -> None:
    assert digest_sum(added=sorted(digests)) == digest_sum(added=digests)


@given(st.lists(DIGESTS), DIGESTS, DIGESTS)
def test_replacing_a_row_equals_summing_from_scratch(
    others: list[bytes], before: bytes, after: bytes
) -> None:
    total = digest_sum(added=[*others, before])
    replaced = digest_sum(total, added=[after], removed=[before])
    assert replaced == digest_sum(added=[*others, after])


@given(st.lists(DIGESTS))
def test_removing_every_row_leaves_nothing(digests: list[bytes]) -> None:
    assert digest_sum(digest_sum(added=digests), removed=digests) == NO_ROWS


def test_different_rows_have_different_digests() -> None:
    assert row_digest(b'{"row_id":"1"}') != row_digest(b'{"row_id":"2"}')


@pytest.mark.parametrize("size", [0, 1, READ_BYTES, READ_BYTES + 1])
def test_a_stream_is_digested_to_its_end(size: int) -> None:
    content = bytes(size)
    assert stream_digest(io.BytesIO(content)) == (hashlib.sha256(content).digest(), size)
