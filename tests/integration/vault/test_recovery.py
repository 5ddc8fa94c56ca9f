"""A forgotten passphrase: the code on paper opens, two custodians open together, nobody else."""

import json
import random
from pathlib import Path

import pytest

from embassy_desk.domain.errors import (
    DeskError,
    InvalidError,
    RefusedError,
    SignInError,
    StoreError,
)
from embassy_desk.sealing.derivation import FLOOR
from embassy_desk.sealing.keys import StoreKey
from embassy_desk.sealing.recovery import CustodianKey, made_code, made_custodian
from embassy_desk.vault.header import KEY_FILES, read_copies
from embassy_desk.vault.recovery import (
    Ways,
    opened_request,
    recovery_request,
    set_code,
    set_custodians,
    set_passphrase,
    unlock_with_code,
    ways_of,
)
from embassy_desk.vault.unlocking import change_passphrase, make_header, unlock
from makers.key_files import PASSPHRASE, Vault

NEW = "bảy con cò trắng trên sông Hồng"


@pytest.fixture
def key(vault: Vault) -> StoreKey:
    return StoreKey(bytes.fromhex(vault.hex96))


@pytest.fixture
def custodians(vault: Vault, key: StoreKey) -> tuple[CustodianKey, CustodianKey]:
    first, second = made_custodian(), made_custodian()
    set_custodians(vault.folder, key, (first.public, second.public))
    return first, second


def test_new_store_has_no_way_beside_its_passphrase(vault: Vault) -> None:
    assert ways_of(vault.folder) == Ways(has_code=False)
    with pytest.raises(RefusedError, match="No recovery code"):
        unlock_with_code(vault.folder, made_code())
    with pytest.raises(RefusedError, match="no custodians"):
        recovery_request(vault.folder)


def test_code_opens_and_the_passphrase_still_does(vault: Vault, key: StoreKey) -> None:
    code = set_code(vault.folder, key)
    assert ways_of(vault.folder).has_code
    assert unlock_with_code(vault.folder, code.lower()) == key
    assert vault.opens(PASSPHRASE)


def test_another_code_opens_nothing(vault: Vault, key: StoreKey) -> None:
    set_code(vault.folder, key)
    with pytest.raises(SignInError, match="not the recovery code"):
        unlock_with_code(vault.folder, made_code())


def test_new_code_takes_the_place_of_the_one_before(vault: Vault, key: StoreKey) -> None:
    before, after = set_code(vault.folder, key), set_code(vault.folder, key)
    assert unlock_with_code(vault.folder, after) == key
    with pytest.raises(SignInError):
        unlock_with_code(vault.folder, before)


def test_forgotten_passphrase_is_replaced_and_opens_no_more(vault: Vault, key: StoreKey) -> None:
    code = set_code(vault.folder, key)
    set_passphrase(vault.folder, unlock_with_code(vault.folder, code), NEW, FLOOR)
    assert vault.opens(NEW)
    with pytest.raises(SignInError):
        unlock(vault.folder, PASSPHRASE)
    assert unlock_with_code(vault.folder, code) == key


def test_changing_the_passphrase_keeps_the_ways_of_recovery(
    vault: Vault, key: StoreKey, custodians: tuple[CustodianKey, CustodianKey]
) -> None:
    code = set_code(vault.folder, key)
    change_passphrase(vault.folder, PASSPHRASE, NEW, FLOOR)
    assert unlock_with_code(vault.folder, code) == key
    assert ways_of(vault.folder).custodians == tuple(each.public for each in custodians)


def test_custodians_open_together_through_files(
    vault: Vault, key: StoreKey, custodians: tuple[CustodianKey, CustodianKey]
) -> None:
    first, second = custodians
    half = opened_request(recovery_request(vault.folder), second.secret)
    assert half.code == ""
    done = opened_request(half.content, first.secret)
    assert unlock_with_code(vault.folder, done.code, done.content) == key
    for each in (half.content, done.content, recovery_request(vault.folder)):
        assert vault.hex96.encode() not in each


def test_one_custodian_alone_gets_nothing(
    vault: Vault, custodians: tuple[CustodianKey, CustodianKey]
) -> None:
    first, second = custodians
    request = recovery_request(vault.folder)
    with pytest.raises(SignInError, match="other custodian"):
        opened_request(request, first.secret)
    half = opened_request(request, second.secret)
    with pytest.raises(SignInError):
        opened_request(half.content, second.secret)


def test_answer_without_its_code_opens_nothing(
    vault: Vault, custodians: tuple[CustodianKey, CustodianKey]
) -> None:
    first, second = custodians
    half = opened_request(recovery_request(vault.folder), second.secret)
    done = opened_request(half.content, first.secret)
    with pytest.raises(SignInError):
        unlock_with_code(vault.folder, made_code(), done.content)


def test_answer_for_another_store_is_refused(
    vault: Vault, custodians: tuple[CustodianKey, CustodianKey], tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    make_header(other, PASSPHRASE, FLOOR)
    first, second = custodians
    half = opened_request(recovery_request(vault.folder), second.secret)
    done = opened_request(half.content, first.secret)
    with pytest.raises(RefusedError, match="another store"):
        unlock_with_code(other, done.code, done.content)


@pytest.mark.parametrize("publics", [(), ("one",), ("same", "same"), ("age1x", "age1y")])
def test_two_different_custodians_are_needed(
    vault: Vault, key: StoreKey, publics: tuple[str, ...]
) -> None:
    with pytest.raises(InvalidError):
        set_custodians(vault.folder, key, publics)
    assert ways_of(vault.folder) == Ways(has_code=False)


def test_slot_of_another_store_opens_nothing(vault: Vault, key: StoreKey, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    other_key = make_header(other, PASSPHRASE, FLOOR)
    code = set_code(other, other_key)
    set_code(vault.folder, key)
    fields = vault.fields
    fields["slots"][-1] = json.loads((other / KEY_FILES[0]).read_text())["slots"][-1]
    vault.forge(fields)
    with pytest.raises(SignInError):
        unlock_with_code(vault.folder, code)


def test_removed_way_of_recovery_is_noticed_at_unlocking(vault: Vault, key: StoreKey) -> None:
    set_code(vault.folder, key)
    fields = vault.fields
    fields["slots"] = fields["slots"][:1]
    vault.forge(fields)
    with pytest.raises(StoreError, match="changed by something other"):
        vault.opens()


def test_flipped_bits_in_requests_and_answers_give_nothing(
    vault: Vault, key: StoreKey, custodians: tuple[CustodianKey, CustodianKey]
) -> None:
    first, second = custodians
    half = opened_request(recovery_request(vault.folder), second.secret)
    done = opened_request(half.content, first.secret)
    dice, opened = random.Random(2026), 0
    for _ in range(500):
        damaged = bytearray(done.content)
        damaged[dice.randrange(len(damaged) - 1)] ^= 1 << dice.randrange(8)
        try:
            opened += unlock_with_code(vault.folder, done.code, bytes(damaged)) != key
        except DeskError:
            continue
    assert opened == 0
    assert unlock_with_code(vault.folder, done.code, done.content) == key  # undamaged it opens


def test_both_copies_hold_the_new_way(vault: Vault, key: StoreKey) -> None:
    set_code(vault.folder, key)
    first, second = vault.files
    assert first.read_bytes() == second.read_bytes()
    assert read_copies(vault.folder).problems == {}
