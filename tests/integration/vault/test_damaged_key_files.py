"""Key files cut, flipped, mixed up and forged: refused or still right, never a wrong key."""

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from embassy_desk.domain.errors import SignInError, StoreError
from embassy_desk.sealing import derivation
from embassy_desk.sealing.derivation import FLOOR, MOST_ITERATIONS, MOST_MEMORY_KIB
from embassy_desk.texts import Text
from embassy_desk.vault.header import LARGEST_HEADER_BYTES, read_copies
from embassy_desk.vault.unlocking import make_header, unlock
from makers.key_files import PASSPHRASE, Vault, with_checksum

HERE = [HealthCheck.function_scoped_fixture]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text("abc é"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc"), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture
def no_derivation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make any derivation fail the test."""
    monkeypatch.delattr(derivation, "Argon2id")


@pytest.mark.usefixtures("no_derivation")
def test_every_flipped_bit_in_both_copies_is_found_before_a_derivation(vault: Vault) -> None:
    whole = vault.content
    for bit in range(8 * len(whole)):
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        vault.write(flipped)
        with pytest.raises(StoreError):
            unlock(vault.folder, PASSPHRASE)
    assert bit > 4_000


@pytest.mark.usefixtures("no_derivation")
def test_key_files_cut_at_any_byte_are_found(vault: Vault) -> None:
    whole = vault.content
    for length in range(len(whole) - 1):
        vault.write(whole[:length])
        with pytest.raises(StoreError):
            unlock(vault.folder, PASSPHRASE)


def test_every_flipped_bit_in_one_copy_is_mended_by_the_other(vault: Vault) -> None:
    whole = vault.content
    genuine = read_copies(vault.folder).header
    dice = random.Random(7)
    for bit in dice.sample(range(8 * len(whole)), 2_000):
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        vault.files[bit % 2].write_bytes(flipped)
        copies = read_copies(vault.folder)
        assert copies.header == genuine
        assert [*copies.problems] == [vault.files[bit % 2].name]
        vault.files[bit % 2].write_bytes(whole)


@pytest.mark.parametrize("bad", [0, 1])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "is missing"),
        (b"", "is empty"),
        (b"\0" * 700, "is damaged"),
        (b"{}", "is damaged"),
        (b"[" * 60_000, "is damaged"),
        (b"9" * 5_000, "is damaged"),
        (b" " * LARGEST_HEADER_BYTES + b" {}", "is damaged"),
        (b'{"format": 1e999}', "is damaged"),
        (b"\xff\xfe", "is damaged"),
    ],
)
def test_one_bad_copy_is_named_and_repaired(
    vault: Vault, bad: int, content: bytes | None, words: str
) -> None:
    whole = vault.content
    if content is None:
        vault.files[bad].unlink()
    else:
        vault.files[bad].write_bytes(content)
    notices: list[Text] = []
    key = unlock(vault.folder, PASSPHRASE, notice=notices.append)
    assert key.hex96() == vault.hex96
    (notice,) = map(str, notices)
    assert notice.startswith(f"The key file “{vault.files[bad].name}” {words}")
    assert notice.endswith("It was repaired from its copy.")
    assert vault.files[bad].read_bytes() == whole
    assert len(list(vault.folder.iterdir())) == 2


def test_an_older_copy_is_brought_up_to_date(vault: Vault) -> None:
    newest = read_copies(vault.folder).header.model_copy(update={"serial": 9})
    key = unlock(vault.folder, PASSPHRASE)
    vault.files[1].write_bytes(newest.sealed(key).to_bytes())
    notices: list[Text] = []
    unlock(vault.folder, PASSPHRASE, notice=notices.append)
    assert "“store.key” is older than its copy" in str(notices[0])
    assert vault.fields["serial"] == 9


def test_a_copy_is_not_repaired_for_somebody_who_cannot_open(vault: Vault) -> None:
    vault.files[1].write_bytes(b"damaged")
    with pytest.raises(SignInError):
        unlock(vault.folder, "not this one")
    assert vault.files[1].read_bytes() == b"damaged"


def test_a_copy_that_cannot_be_repaired_does_not_keep_the_store_shut(vault: Vault) -> None:
    vault.files[1].unlink()
    vault.files[1].mkdir()
    notices: list[Text] = []
    key = unlock(vault.folder, PASSPHRASE, notice=notices.append)
    assert key.hex96() == vault.hex96
    assert "“store.key2” cannot be read" in str(notices[0])
    assert "It cannot be repaired: “store.key2” cannot be written" in str(notices[0])


def test_two_bad_copies_are_both_named(vault: Vault) -> None:
    vault.files[0].write_bytes(b"")
    vault.files[1].write_bytes(b"damaged")
    with pytest.raises(StoreError) as refused:
        unlock(vault.folder, PASSPHRASE)
    assert "“store.key” is empty" in str(refused.value)
    assert "“store.key2” is damaged" in str(refused.value)
    assert [each.read_bytes() for each in vault.files] == [b"", b"damaged"]


@pytest.mark.parametrize("newer", [0, 1])
@pytest.mark.usefixtures("no_derivation")
def test_a_copy_of_a_newer_version_is_neither_read_nor_overwritten(
    vault: Vault, newer: int
) -> None:
    content = with_checksum({**vault.fields, "version": 2})
    vault.files[newer].write_bytes(content)
    with pytest.raises(StoreError, match="newer version"):
        unlock(vault.folder, PASSPHRASE)
    assert vault.files[newer].read_bytes() == content


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("memory_kib", FLOOR.memory_kib - 1, "weaker"),
        ("memory_kib", 8, "weaker"),
        ("memory_kib", 0, "weaker"),
        ("memory_kib", -(2**40), "weaker"),
        ("iterations", FLOOR.iterations - 1, "weaker"),
        ("iterations", 0, "weaker"),
        ("memory_kib", MOST_MEMORY_KIB + 1, "more memory or time"),
        ("memory_kib", 2**53, "more memory or time"),
        ("iterations", MOST_ITERATIONS + 1, "more memory or time"),
        ("iterations", 2**53, "more memory or time"),
        ("lanes", 2**53, "more memory or time"),
        ("lanes", 0, "more memory or time"),
        ("memory_kib", "65536", "cannot be read"),
        ("memory_kib", True, "cannot be read"),
        ("kdf", "pbkdf2", "cannot be read"),
        ("cipher", "none", "cannot be read"),
        ("salt", "", "cannot be read"),
        ("nonce", "00", "cannot be read"),
        ("wrapped", "zz" * 64, "cannot be read"),
        ("hint", "cat", "cannot be read"),
    ],
)
@pytest.mark.usefixtures("no_derivation")
def test_forged_parameters_are_refused_before_a_derivation(
    vault: Vault, field: str, value: object, words: str
) -> None:
    fields = vault.fields
    fields["slots"][0][field] = value
    vault.forge(fields)
    with pytest.raises(StoreError, match=words):
        unlock(vault.folder, PASSPHRASE)


@pytest.mark.usefixtures("no_derivation")
def test_one_forged_slot_beside_a_good_one_is_refused_before_a_derivation(vault: Vault) -> None:
    fields = vault.fields
    fields["slots"].append({**fields["slots"][0], "memory_kib": 8})
    vault.forge(fields)
    with pytest.raises(StoreError, match="weaker"):
        unlock(vault.folder, PASSPHRASE)


@pytest.mark.parametrize(
    ("field", "value"),
    [("memory_kib", FLOOR.memory_kib * 2), ("iterations", 4), ("lanes", 1), ("lanes", 5)],
)
def test_other_parameters_within_the_bounds_do_not_open(
    vault: Vault, field: str, value: int
) -> None:
    fields = vault.fields
    fields["slots"][0][field] = value
    vault.forge(fields)
    with pytest.raises(SignInError):
        unlock(vault.folder, PASSPHRASE)


@pytest.mark.parametrize("field", ["salt", "nonce", "wrapped"])
@pytest.mark.parametrize("place", [0, 7, -1])
def test_a_forged_digit_in_a_slot_does_not_open(vault: Vault, field: str, place: int) -> None:
    fields = vault.fields
    digits = [*fields["slots"][0][field]]
    digits[place] = "0" if digits[place] != "0" else "1"
    fields["slots"][0][field] = "".join(digits)
    vault.forge(fields)
    with pytest.raises(SignInError):
        unlock(vault.folder, PASSPHRASE)


def test_a_slot_of_another_store_with_the_same_passphrase_does_not_open(
    vault: Vault, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    make_header(tmp_path / "other", PASSPHRASE, FLOOR)
    other = Vault(tmp_path / "other", "")
    for fields in (
        {**vault.fields, "slots": other.fields["slots"]},
        {**vault.fields, "slots": other.fields["slots"], "seal": other.fields["seal"]},
        {**vault.fields, "id": other.fields["id"]},
    ):
        vault.forge(fields)
        with pytest.raises(SignInError):
            unlock(vault.folder, PASSPHRASE)


def forgeries(fields: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what a forger may do who can write the file and knows no passphrase."""
    slot = fields["slots"][0]
    return [
        {**fields, "serial": 5},
        {**fields, "seal": "0" * 64},
        {**fields, "slots": [slot, {"type": "recovery", "sealed": "the forger's"}]},
        {**fields, "slots": [{"type": "recovery"}, slot]},
        {**fields, "slots": [slot, slot]},
        {**fields, "note": "added"},
    ]


@pytest.mark.parametrize("number", range(6))
def test_a_change_that_only_the_seal_can_tell_is_refused(vault: Vault, number: int) -> None:
    vault.forge(forgeries(vault.fields)[number])
    with pytest.raises(StoreError, match="something other than this program"):
        unlock(vault.folder, PASSPHRASE)


def test_a_forged_newer_copy_does_not_replace_the_genuine_one(vault: Vault) -> None:
    forged = copy.deepcopy(vault.fields) | {"serial": 5}
    forged["slots"][0]["wrapped"] = "00" * 64
    vault.files[0].write_bytes(with_checksum(forged))
    with pytest.raises(SignInError):
        unlock(vault.folder, PASSPHRASE)
    vault.files[0].unlink()
    assert vault.opens()


@pytest.mark.usefixtures("no_derivation")
@settings(suppress_health_check=HERE)
@given(st.binary(max_size=300) | JSON.map(lambda value: json.dumps(value).encode()))
def test_no_content_of_a_key_file_gives_anything_but_our_refusal(
    vault: Vault, content: bytes
) -> None:
    vault.write(content)
    with pytest.raises(StoreError):
        unlock(vault.folder, PASSPHRASE)


@pytest.mark.usefixtures("no_derivation")
@settings(suppress_health_check=HERE)
@given(st.sampled_from(["format", "version", "id", "serial", "slots", "seal"]), JSON)
def test_no_value_of_a_field_gives_anything_but_our_refusal(
    vault: Vault, made_once: Vault, field: str, value: Any
) -> None:
    vault.forge({**made_once.fields, "slots": [{"type": "none"}], field: value})
    with pytest.raises(StoreError):
        unlock(vault.folder, PASSPHRASE)
