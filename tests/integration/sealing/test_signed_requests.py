"""Requests signed with the device's key."""

from datetime import UTC, datetime, timedelta

import pytest

from embassy_desk.sealing.keys import DeviceKey
from embassy_desk.sealing.requests import (
    ClockError,
    RequestSignature,
    UnsignedError,
    signed_headers,
    verified_signature,
)

NODE, URL, BODY = "a" * 32, "https://hq.example/sync/v1/exchange?x=1", b"body"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KEY = DeviceKey.made()


def signed(body: bytes = BODY) -> dict[str, str]:
    return signed_headers("POST", URL, body, key=KEY, key_id=NODE, created=NOW)


def verified(
    headers: dict[str, str], *, method: str = "POST", url: str = URL, body: bytes = BODY
) -> RequestSignature:
    keys = {NODE: KEY.public}
    return verified_signature(method, url, headers, body, key_of=keys.get, now=NOW)


@pytest.mark.parametrize("body", [BODY, b""])
def test_the_signer_of_a_request_is_known(body: bytes) -> None:
    first, second = verified(signed(body), body=body), verified(signed(body), body=body)

    assert (first.key_id, first.created) == (NODE, NOW)
    assert first.nonce != second.nonce


@pytest.mark.parametrize(
    "change",
    [
        {"method": "GET"},
        {"url": URL.replace("hq.", "other.")},
        {"url": URL.replace("exchange", "rows")},
        {"url": URL.replace("x=1", "x=2")},
        {"body": b"bodY"},
        {"body": b""},
    ],
)
def test_a_request_that_was_changed_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(UnsignedError):
        verified(signed(), **change)  # type: ignore[arg-type]


@pytest.mark.parametrize("missing", ["Signature", "Signature-Input", "Content-Digest"])
def test_a_request_without_one_of_the_headers_is_refused(missing: str) -> None:
    headers = {name: value for name, value in signed().items() if name != missing}

    with pytest.raises(UnsignedError):
        verified(headers)


@pytest.mark.parametrize(
    ("part", "other"),
    [(f'"{NODE}"', f'"{"b" * 32}"'), (";nonce=", ";expires=5;nonce="), ("embassy-desk", "other")],
)
def test_what_is_said_about_the_signature_is_signed_too(part: str, other: str) -> None:
    headers = signed()
    assert part in headers["Signature-Input"]
    headers["Signature-Input"] = headers["Signature-Input"].replace(part, other)

    with pytest.raises(UnsignedError):
        verified(headers)


def test_a_key_that_nobody_enrolled_signs_nothing() -> None:
    with pytest.raises(UnsignedError):
        verified_signature("POST", URL, signed(), BODY, key_of={}.get, now=NOW)


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_good_signature_of_another_time_is_told_apart(minutes: int) -> None:
    now = NOW + timedelta(minutes=minutes)

    with pytest.raises(ClockError):
        verified_signature("POST", URL, signed(), BODY, key_of={NODE: KEY.public}.get, now=now)
