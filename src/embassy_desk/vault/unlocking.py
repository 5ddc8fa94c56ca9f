"""From a passphrase to the key of the store, and from one passphrase to the next."""

import logging
import secrets
from collections.abc import Callable
from pathlib import Path

from embassy_desk.domain.errors import RefusedError, SignInError, StoreError
from embassy_desk.sealing.derivation import (
    DERIVATION_SALT_BYTES,
    Parameters,
    check_parameters,
    derived_key,
)
from embassy_desk.sealing.keys import NONCE_BYTES, StoreKey, wipe
from embassy_desk.settings.files import write_whole
from embassy_desk.texts import N_, Text
from embassy_desk.vault.header import (
    KEY_FILES,
    Copies,
    Header,
    PassphraseSlot,
    Slot,
    read_copies,
    write_copies,
)

_ID_BYTES = 16

_log = logging.getLogger(__name__)


def log_notice(text: Text) -> None:
    """Write what was noticed about the key files into the log."""
    _log.warning("%s", text)


def make_header(folder: Path, passphrase: str, parameters: Parameters) -> StoreKey:
    """Make a new store key and the key files that hold it; return the key.

    Args:
        folder: Where the store will lie; must exist and hold no key file.
        passphrase: What will open the store; `passphrase_problem` judges it beforehand.
        parameters: How hard the derivation is, from `scaled_parameters` or the floor.

    Raises:
        RefusedError: There is a key file already.
        StoreError: The parameters are not allowed, or a file cannot be written.
    """
    if any((folder / name).exists() for name in KEY_FILES):
        raise RefusedError(N_("There is a store in “{folder}” already.", folder=str(folder)))
    key = StoreKey.made()
    header_id = secrets.token_hex(_ID_BYTES)
    slot = passphrase_slot(header_id, key, passphrase, parameters)
    write_copies(folder, Header(id=header_id, serial=1, slots=[slot]).sealed(key))
    return key


def unlock(
    folder: Path, passphrase: str, *, notice: Callable[[Text], None] = log_notice
) -> StoreKey:
    """Return the key of the store; repair a key file that is missing, damaged or older.

    Nothing is ever made where a store is expected, and a copy is repaired only from one that the
    passphrase has opened.

    Args:
        folder: Where the store lies.
        passphrase: What the person typed, in any Unicode form.
        notice: Told in words what was wrong with a key file and what became of it.

    Raises:
        SignInError: The passphrase is not right.
        StoreError: The key files are missing, damaged, forged, of a newer version, or ask for a
            derivation that is too weak or too heavy; none of these runs a derivation.
    """
    copies = read_copies(folder)
    key = _opened(copies.header, passphrase)
    _repair(folder, copies, notice)
    return key


def change_passphrase(folder: Path, old: str, new: str, parameters: Parameters) -> None:
    """Wrap the same store key under another passphrase; the store itself is not touched.

    After a crash one of the two passphrases opens the store. Slots of other types stay. Copies
    of the key files elsewhere, in backups, keep the old passphrase.

    Args:
        folder: Where the store lies.
        old: The passphrase until now.
        new: The passphrase from now on; `passphrase_problem` judges it beforehand.
        parameters: How hard the new derivation is.

    Raises:
        SignInError: The old passphrase is not right.
        StoreError: As for `unlock`, or a file cannot be written.
    """
    check_parameters(parameters)
    header = read_copies(folder).header
    key = _opened(header, old)
    try:
        slot = passphrase_slot(header.id, key, new, parameters)
        others = [each for each in header.slots if each.type != slot.type]
        changed = {"serial": header.serial + 1, "slots": [slot, *others]}
        write_copies(folder, header.model_copy(update=changed).sealed(key))
    finally:
        key.wipe()


def _opened(header: Header, passphrase: str) -> StoreKey:
    slots = header.passphrase_slots()
    if not slots:
        raise StoreError(N_("No passphrase opens this store."))
    for slot in slots:
        check_parameters(slot.parameters)
    for slot in slots:
        key = _tried(header, slot, passphrase)
        if key is None:
            continue
        if not header.is_sealed(key):
            key.wipe()
            raise StoreError(N_("The key file was changed by something other than this program."))
        return key
    raise SignInError(N_("The passphrase is not right."))


def _tried(header: Header, slot: PassphraseSlot, passphrase: str) -> StoreKey | None:
    wrapping = derived_key(passphrase, bytes.fromhex(slot.salt), slot.parameters)
    try:
        return StoreKey.unwrapped(
            bytes.fromhex(slot.wrapped),
            wrapping,
            bytes.fromhex(slot.nonce),
            slot.bound(header.id),
        )
    except SignInError:
        return None  # another slot may open
    finally:
        wipe(wrapping)


def passphrase_slot(header_id: str, key: StoreKey, passphrase: str, parameters: Parameters) -> Slot:
    """Return a slot that a passphrase opens, for the key file with an identity."""
    salt = secrets.token_bytes(DERIVATION_SALT_BYTES)
    nonce = secrets.token_bytes(NONCE_BYTES)
    slot = PassphraseSlot(
        memory_kib=parameters.memory_kib,
        iterations=parameters.iterations,
        lanes=parameters.lanes,
        salt=salt.hex(),
        nonce=nonce.hex(),
    )
    wrapping = derived_key(passphrase, salt, parameters)
    try:
        wrapped = key.wrapped(wrapping, nonce, slot.bound(header_id))
    finally:
        wipe(wrapping)
    return Slot.model_validate({**slot.model_dump(), "wrapped": wrapped.hex()})


def _repair(folder: Path, copies: Copies, notice: Callable[[Text], None]) -> None:
    for name, problem in copies.problems.items():
        try:
            write_whole(folder / name, copies.header.to_bytes())
        except StoreError as error:
            reason = error.text
            notice(N_("{problem} It cannot be repaired: {reason}", problem=problem, reason=reason))
        else:
            notice(N_("{problem} It was repaired from its copy.", problem=problem))
