"""Signed statements prove who said what, and for what it was meant."""

import json

import pytest

from embassy_desk.domain.errors import InvalidError
from embassy_desk.sealing.keys import DeviceKey
from embassy_desk.sealing.statements import (
    LARGEST_STATEMENT_BYTES,
    opened_statement,
    signed_statement,
)

BODY = '{"role":"officer","tên":"Đặng"}'.encode()


def test_what_was_signed_is_read_back() -> None:
    key = DeviceKey.made()
    opened = opened_statement(signed_statement(key, "grant", BODY), "grant", {key.public})
    assert (opened.body, opened.signer, opened.purpose) == (BODY, key.public, "grant")


def test_a_statement_for_one_thing_never_passes_for_another() -> None:
    key = DeviceKey.made()
    file = signed_statement(key, "grant", BODY)
    with pytest.raises(InvalidError, match="not what is expected"):
        opened_statement(file, "policy", {key.public})
    forged = json.loads(file) | {"purpose": "policy"}
    with pytest.raises(InvalidError, match="changed after"):
        opened_statement(json.dumps(forged).encode(), "policy", {key.public})


def test_a_signature_of_a_stranger_is_refused() -> None:
    key, stranger = DeviceKey.made(), DeviceKey.made()
    with pytest.raises(InvalidError, match="not signed by headquarters"):
        opened_statement(signed_statement(stranger, "grant", BODY), "grant", {key.public})


@pytest.mark.parametrize("field", ["body", "signature"])
def test_a_changed_statement_is_refused(field: str) -> None:
    key = DeviceKey.made()
    written = json.loads(signed_statement(key, "grant", BODY))
    written[field] = "00" + written[field][2:]
    with pytest.raises(InvalidError):
        opened_statement(json.dumps(written).encode(), "grant", {key.public})


@pytest.mark.parametrize(
    "file",
    [b"", b"\xff", b"[]", b"{}", b'"x"', b"[" * 100_000, b" " * (LARGEST_STATEMENT_BYTES + 1)],
    ids=["empty", "bytes", "list", "object", "text", "deep", "large"],
)
def test_nonsense_is_refused_in_words(file: bytes) -> None:
    with pytest.raises(InvalidError, match="not what is expected"):
        opened_statement(file, "grant", set())
