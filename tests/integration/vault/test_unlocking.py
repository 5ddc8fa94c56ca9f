"""From a passphrase to the key, from one passphrase to the next, and what lies on the disk."""

import base64
import logging
import random
import stat
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from embassy_desk.domain.errors import RefusedError, SignInError, StoreError
from embassy_desk.sealing.derivation import FLOOR
from embassy_desk.settings.files import sweep
from embassy_desk.vault import header as header_module
from embassy_desk.vault.header import PassphraseSlot, Slot, read_copies, write_copies
from embassy_desk.vault.unlocking import change_passphrase, make_header, unlock
from makers.key_files import PASSPHRASE, Vault

NEW_PASSPHRASE = "bảy con cò trắng trên sông Hồng"
WRITE_FOR_EVER = """
import pathlib, sys
from embassy_desk.vault.header import read_copies, write_copies
folder = pathlib.Path(sys.argv[1])
header = read_copies(folder).header
while True:
    header = header.model_copy(update={"serial": header.serial + 1})
    write_copies(folder, header)
    print(header.serial, flush=True)
"""
WEAKER = replace(FLOOR, memory_kib=FLOOR.memory_kib // 2)


def test_the_passphrase_gives_the_key_that_was_made(vault: Vault) -> None:
    assert vault.opens()


def test_unlocking_changes_nothing_on_the_disk(vault: Vault) -> None:
    before = {each.name: each.read_bytes() for each in vault.folder.iterdir()}
    assert vault.opens()
    assert {each.name: each.read_bytes() for each in vault.folder.iterdir()} == before


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE + " ", PASSPHRASE.upper(), "x" * 10_000])
def test_another_passphrase_is_refused(vault: Vault, passphrase: str) -> None:
    with pytest.raises(SignInError, match="The passphrase is not right"):
        unlock(vault.folder, passphrase)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKD"])
def test_accents_open_however_they_were_typed(vault: Vault, form: str) -> None:
    assert vault.opens(unicodedata.normalize(form, PASSPHRASE))  # type: ignore[arg-type]


def test_a_store_made_with_split_accents_opens_with_whole_ones(tmp_path: Path) -> None:
    key = make_header(tmp_path, unicodedata.normalize("NFD", PASSPHRASE), FLOOR)
    assert unlock(tmp_path, unicodedata.normalize("NFC", PASSPHRASE)) == key


def test_two_stores_with_one_passphrase_have_different_keys(
    made_once: Vault, tmp_path: Path
) -> None:
    assert make_header(tmp_path, PASSPHRASE, FLOOR).hex96() != made_once.hex96


def test_neither_passphrase_nor_key_is_in_the_key_files(vault: Vault) -> None:
    material = bytes.fromhex(vault.hex96)
    secrets = [material[:32], material[32:], material]
    secrets += [PASSPHRASE.encode(), unicodedata.normalize("NFD", PASSPHRASE).encode()]
    for secret in secrets:
        for written in (secret, secret.hex().encode(), base64.b64encode(secret)[:12]):
            assert not any(written in each.read_bytes() for each in vault.folder.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_both_copies_are_equal_and_private(tmp_path: Path) -> None:
    make_header(tmp_path, PASSPHRASE, FLOOR)
    vault = Vault(tmp_path, "")
    assert vault.files[0].read_bytes() == vault.files[1].read_bytes()
    assert {stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()} == {0o600}


@pytest.mark.parametrize("kept", [0, 1])
def test_a_store_is_never_made_over_another(vault: Vault, kept: int) -> None:
    vault.files[1 - kept].unlink()
    before = vault.files[kept].read_bytes()
    with pytest.raises(RefusedError, match="already"):
        make_header(vault.folder, PASSPHRASE, FLOOR)
    assert list(vault.folder.iterdir()) == [vault.files[kept]]
    assert vault.files[kept].read_bytes() == before


def test_nothing_is_made_where_a_store_is_expected(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(StoreError, match="There are no key files in"):
            unlock(folder, PASSPHRASE)
        with pytest.raises(StoreError, match="There are no key files in"):
            change_passphrase(folder, PASSPHRASE, NEW_PASSPHRASE, FLOOR)
    assert list(tmp_path.iterdir()) == []


def test_a_store_weaker_than_the_floor_cannot_be_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="weaker"):
        make_header(tmp_path, PASSPHRASE, WEAKER)
    assert list(tmp_path.iterdir()) == []


def test_a_changed_passphrase_opens_the_same_store_and_the_old_one_does_not(vault: Vault) -> None:
    change_passphrase(vault.folder, PASSPHRASE, NEW_PASSPHRASE, replace(FLOOR, iterations=4))
    assert vault.opens(NEW_PASSPHRASE)
    with pytest.raises(SignInError):
        unlock(vault.folder, PASSPHRASE)
    assert vault.fields["serial"] == 2
    assert vault.fields["slots"][0]["iterations"] == 4


def test_nothing_of_the_old_wrapping_is_used_again(vault: Vault) -> None:
    before = vault.fields["slots"][0]
    change_passphrase(vault.folder, PASSPHRASE, PASSPHRASE, FLOOR)
    after = vault.fields["slots"][0]
    assert all(before[name] != after[name] for name in ("salt", "nonce", "wrapped"))


@pytest.mark.parametrize(
    ("old", "parameters", "error"),
    [("not this one", FLOOR, SignInError), (PASSPHRASE, WEAKER, StoreError)],
)
def test_a_refused_change_of_passphrase_changes_nothing(
    vault: Vault, old: str, parameters: object, error: type[Exception]
) -> None:
    before = vault.content
    with pytest.raises(error):
        change_passphrase(vault.folder, old, NEW_PASSPHRASE, parameters)  # type: ignore[arg-type]
    assert [each.read_bytes() for each in vault.files] == [before, before]


@pytest.mark.parametrize(("written", "opens"), [(0, PASSPHRASE), (1, NEW_PASSPHRASE)])
def test_a_crash_between_the_copies_leaves_one_passphrase_that_opens(
    vault: Vault, written: int, opens: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[Path] = []
    write = header_module.write_whole

    def crash_after(path: Path, content: bytes) -> None:
        if len(done) == written:
            raise KeyboardInterrupt
        done.append(path)
        write(path, content)

    with monkeypatch.context() as patch:
        patch.setattr(header_module, "write_whole", crash_after)
        with pytest.raises(KeyboardInterrupt):
            change_passphrase(vault.folder, PASSPHRASE, NEW_PASSPHRASE, FLOOR)
    assert vault.opens(opens)
    other = {PASSPHRASE: NEW_PASSPHRASE, NEW_PASSPHRASE: PASSPHRASE}[opens]
    with pytest.raises(SignInError):
        unlock(vault.folder, other)
    assert vault.files[0].read_bytes() == vault.files[1].read_bytes()


def test_a_process_killed_while_writing_leaves_a_good_copy(vault: Vault) -> None:
    dice = random.Random(11)
    before = read_copies(vault.folder).header.serial
    for _ in range(12):
        with subprocess.Popen(
            [sys.executable, "-c", WRITE_FOR_EVER, vault.folder], stdout=subprocess.PIPE
        ) as writer:
            assert writer.stdout is not None
            for _ in range(dice.randint(1, 40)):
                announced = int(writer.stdout.readline())
            writer.kill()
        found = read_copies(vault.folder)
        assert found.header.serial >= announced > before
        assert all("older" in str(problem) for problem in found.problems.values())
        before = found.header.serial
    sweep(vault.folder)
    assert sorted(vault.folder.iterdir()) == sorted(vault.files)


def test_slots_of_an_unknown_type_are_kept_and_not_used(vault: Vault) -> None:
    recovery = {"type": "recovery", "sealed": "age…", "custodians": ["a", "b"], "since": None}
    header = read_copies(vault.folder).header
    slots = [Slot.model_validate(recovery), *header.slots]
    key = unlock(vault.folder, PASSPHRASE)
    write_copies(vault.folder, header.model_copy(update={"slots": slots}).sealed(key))
    assert vault.opens()
    change_passphrase(vault.folder, PASSPHRASE, NEW_PASSPHRASE, FLOOR)
    assert vault.opens(NEW_PASSPHRASE)
    assert [each["type"] for each in vault.fields["slots"]] == ["passphrase", "recovery"]
    assert vault.fields["slots"][1] == recovery


def test_fields_of_an_unknown_name_are_kept(vault: Vault) -> None:
    key = unlock(vault.folder, PASSPHRASE)
    header = read_copies(vault.folder).header.model_copy(update={"made_on": "2026-11-22"})
    write_copies(vault.folder, header.sealed(key))
    assert vault.opens()
    change_passphrase(vault.folder, PASSPHRASE, NEW_PASSPHRASE, FLOOR)
    assert vault.fields["made_on"] == "2026-11-22"
    assert vault.opens(NEW_PASSPHRASE)


def test_a_wrapped_key_is_bound_to_every_field_of_its_slot_and_to_its_file(vault: Vault) -> None:
    (slot,) = read_copies(vault.folder).header.passphrase_slots()
    bound = {slot.bound("0" * 32), slot.bound("1" * 32)}
    for field, value in slot:
        another = value + 1 if isinstance(value, int) else value + "0"
        bound.add(slot.model_construct(**{**dict(slot), field: another}).bound("0" * 32))
    assert len(bound) == 1 + len(PassphraseSlot.model_fields)


def test_either_of_two_passphrases_opens(vault: Vault, tmp_path: Path) -> None:
    one = read_copies(vault.folder).header
    change_passphrase(vault.folder, PASSPHRASE, NEW_PASSPHRASE, FLOOR)
    other = read_copies(vault.folder).header
    key = unlock(vault.folder, NEW_PASSPHRASE)
    both = other.model_copy(update={"slots": [*one.slots, *other.slots]}).sealed(key)
    write_copies(vault.folder, both)
    assert vault.opens(PASSPHRASE)
    assert vault.opens(NEW_PASSPHRASE)


def test_a_store_without_a_passphrase_slot_says_so(vault: Vault) -> None:
    fields = vault.fields
    fields["slots"] = [{"type": "recovery"}]
    vault.forge(fields)
    with pytest.raises(StoreError, match="No passphrase opens"):
        unlock(vault.folder, PASSPHRASE)


def test_without_a_listener_notices_go_to_the_log(
    vault: Vault, caplog: pytest.LogCaptureFixture
) -> None:
    vault.files[1].unlink()
    with caplog.at_level(logging.WARNING):
        unlock(vault.folder, PASSPHRASE)
    assert caplog.messages == [
        "The key file “store.key2” is missing. It was repaired from its copy."
    ]
