"""Store and device keys: wrapped, bound, hidden, wiped."""

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.domain.errors import SignInError, StoreError
from embassy_desk.sealing.keys import (
    _WEAK_PUBLIC_KEYS,
    WRAPPED_BYTES,
    DeviceKey,
    StoreKey,
    authentication,
    is_authentic,
    is_signed,
)

WRAPPING = bytes(range(32))
NONCE = bytes(range(12))
MATERIAL = bytes(range(48))


def test_a_store_key_is_shown_to_sqlcipher_as_96_digits() -> None:
    assert StoreKey(MATERIAL).hex96() == MATERIAL.hex()
    assert len(StoreKey.made().hex96()) == 96


def test_two_made_keys_differ() -> None:
    assert StoreKey.made() != StoreKey.made()


def test_a_store_key_never_shows_itself() -> None:
    key = StoreKey(MATERIAL)
    for shown in (repr(key), str(key), f"{key}", f"{[key]}"):
        assert "0102" not in shown
        assert "\\x01" not in shown


@pytest.mark.parametrize("copier", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_store_key_is_not_copied_or_sent(copier: object) -> None:
    with pytest.raises(TypeError, match="not copied"):
        copier(StoreKey(MATERIAL))  # type: ignore[operator]


@pytest.mark.parametrize("size", [0, 32, 47, 49])
def test_material_of_another_length_is_no_store_key(size: int) -> None:
    with pytest.raises(ValueError, match="48 bytes"):
        StoreKey(bytes(size))


def test_a_wiped_key_opens_nothing() -> None:
    key = StoreKey(MATERIAL)
    key.wipe()
    for use in (key.hex96, lambda: key.derived("x"), lambda: key.wrapped(WRAPPING, NONCE, b"")):
        with pytest.raises(SignInError):
            use()


def test_wiping_one_key_leaves_what_it_was_made_from() -> None:
    material = bytearray(MATERIAL)
    StoreKey(material).wipe()
    assert material == MATERIAL


def test_a_wrapped_key_unwraps_to_itself() -> None:
    wrapped = StoreKey(MATERIAL).wrapped(WRAPPING, NONCE, b"bound")
    assert len(wrapped) == WRAPPED_BYTES
    assert MATERIAL[:8] not in wrapped
    assert StoreKey.unwrapped(wrapped, WRAPPING, NONCE, b"bound") == StoreKey(MATERIAL)


@given(st.integers(0, 8 * WRAPPED_BYTES - 1))
def test_a_wrapped_key_with_any_bit_flipped_is_refused(bit: int) -> None:
    wrapped = bytearray(StoreKey(MATERIAL).wrapped(WRAPPING, NONCE, b"bound"))
    wrapped[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SignInError):
        StoreKey.unwrapped(bytes(wrapped), WRAPPING, NONCE, b"bound")


@pytest.mark.parametrize(
    ("wrapping", "nonce", "associated"),
    [
        (bytes(32), NONCE, b"bound"),
        (WRAPPING, bytes(12), b"bound"),
        (WRAPPING, NONCE, b"elsewhere"),
        (WRAPPING, NONCE, b""),
    ],
)
def test_a_wrapped_key_is_bound_to_everything_it_was_wrapped_with(
    wrapping: bytes, nonce: bytes, associated: bytes
) -> None:
    wrapped = StoreKey(MATERIAL).wrapped(WRAPPING, NONCE, b"bound")
    with pytest.raises(SignInError):
        StoreKey.unwrapped(wrapped, wrapping, nonce, associated)


@pytest.mark.parametrize("size", [0, 15, 63, 65, 128])
def test_a_wrapped_key_of_another_length_is_refused(size: int) -> None:
    with pytest.raises(SignInError):
        StoreKey.unwrapped(bytes(size), WRAPPING, NONCE, b"bound")


def test_each_purpose_has_a_key_of_its_own() -> None:
    key = StoreKey(MATERIAL)
    derived = {key.derived("header"), key.derived("high-water mark"), MATERIAL[:32]}
    assert len(derived) == 3
    assert key.derived("header") == StoreKey(MATERIAL).derived("header")
    assert key.derived("header") != StoreKey(MATERIAL[::-1]).derived("header")


def test_a_code_of_authentication_is_for_one_key_and_one_message() -> None:
    code = authentication(WRAPPING, b"slots")
    assert is_authentic(WRAPPING, b"slots", code)
    assert not is_authentic(WRAPPING, b"slot", code)
    assert not is_authentic(bytes(32), b"slots", code)
    assert not is_authentic(WRAPPING, b"slots", code[:-1])


def test_a_device_key_survives_the_store() -> None:
    key = DeviceKey.made()
    again = DeviceKey.from_bytes(key.to_bytes())
    assert again.public == key.public
    assert again.sign(b"change") == key.sign(b"change")


def test_a_signature_is_for_one_message_and_one_device() -> None:
    key, other = DeviceKey.made(), DeviceKey.made()
    signature = key.sign(b"change")
    assert is_signed(key.public, b"change", signature)
    assert not is_signed(key.public, b"changes", signature)
    assert not is_signed(other.public, b"change", signature)


@pytest.mark.parametrize("sign", [0, 0x80])
@pytest.mark.parametrize("public", sorted(_WEAK_PUBLIC_KEYS))
def test_a_public_key_with_which_anybody_can_sign_is_refused(public: bytes, sign: int) -> None:
    signed = public[:-1] + bytes([public[-1] | sign])
    forged = [point + bytes(32) for point in _WEAK_PUBLIC_KEYS]
    messages = [bytes([each]) for each in range(64)]
    assert not any(is_signed(signed, message, each) for message in messages for each in forged)


@pytest.mark.parametrize("public", [b"", bytes(31), bytes(33)])
def test_nonsense_is_not_signed(public: bytes) -> None:
    assert not is_signed(public, b"change", bytes(64))
    assert not is_signed(DeviceKey.made().public, b"change", b"")


def test_a_device_key_shows_only_its_public_half() -> None:
    key = DeviceKey.made()
    assert key.public.hex() in repr(key)
    assert key.to_bytes().hex() not in repr(key)


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_device_key_of_another_length_is_damaged(size: int) -> None:
    with pytest.raises(StoreError):
        DeviceKey.from_bytes(bytes(size))


def test_a_store_key_equals_no_text() -> None:
    assert StoreKey(MATERIAL) != MATERIAL.hex()
