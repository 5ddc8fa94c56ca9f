"""What opens a store when the passphrase is forgotten: the code on paper, or two custodians.

The custodians never hold the store. They get a *request*, which holds nothing but the sealed key;
one after the other takes off a shell. What comes back is an *answer*: a slot that a fresh recovery
code opens. The answer travels as a file and the code by telephone, so that neither is enough.
"""

import base64
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from embassy_desk.domain.errors import InvalidError, Problem, RefusedError, SignInError, StoreError
from embassy_desk.sealing.derivation import DERIVATION_SALT_BYTES, Parameters
from embassy_desk.sealing.keys import NONCE_BYTES, StoreKey, wipe
from embassy_desk.sealing.recovery import (
    check_custodian,
    code_key,
    made_code,
    sealed_for,
    without_shell,
)
from embassy_desk.sync.canonical import canonical
from embassy_desk.texts import N_
from embassy_desk.vault.header import Header, Slot, read_copies, write_copies
from embassy_desk.vault.slots import (
    CODE,
    CUSTODIANS,
    CUSTODIANS_NEEDED,
    PASSPHRASE,
    CodeSlot,
    CustodianSlot,
    code_slot,
    custodian_slot,
    slots_of,
)
from embassy_desk.vault.unlocking import passphrase_slot

REQUEST_FORMAT, ANSWER_FORMAT = "embassy-desk-recovery-request", "embassy-desk-recovery-answer"
LARGEST_FILE_BYTES = 64 * 1024


@dataclass(frozen=True)
class Ways:
    """Which ways lead to a store beside the passphrase.

    Attributes:
        has_code: A recovery code was made.
        custodians: Public keys of the custodians; empty when there are none.
    """

    has_code: bool
    custodians: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether a forgotten passphrase costs nothing."""
        return self.has_code or bool(self.custodians)


def ways_of(folder: Path) -> Ways:
    """Return which ways of recovery the key files hold; needs no passphrase.

    Raises:
        StoreError: The key files cannot be read.
    """
    header = read_copies(folder).header
    custodians = slots_of(header, CUSTODIANS)
    publics = custodian_slot(custodians[0]).publics if custodians else []
    return Ways(bool(slots_of(header, CODE)), tuple(publics))


def set_code(folder: Path, key: StoreKey) -> str:
    """Make a recovery code, which takes the place of any before, and return it.

    Raises:
        StoreError: The key files cannot be read, are not this store's, or cannot be written.
    """
    header = _own_header(folder, key)
    code = made_code()
    _with_slot(folder, header, key, _code_slot(header.id, key, code))
    return code


def set_custodians(folder: Path, key: StoreKey, publics: tuple[str, ...]) -> None:
    """Seal the key for two custodians, who take the place of any before.

    Raises:
        InvalidError: They are not two different public keys.
        StoreError: The key files cannot be read, are not this store's, or cannot be written.
    """
    check_custodians(publics)
    header = _own_header(folder, key)
    content = canonical({"store": header.id, "key": key.hex96()})
    slot = CustodianSlot(publics=list(publics), sealed=sealed_for(content, publics))
    _with_slot(folder, header, key, Slot.model_validate(slot.model_dump()))


def check_custodians(publics: tuple[str, ...]) -> None:
    """Make sure that these are public keys of two custodians.

    Raises:
        InvalidError: They are not.
    """
    if len(set(publics)) != CUSTODIANS_NEEDED or len(publics) != CUSTODIANS_NEEDED:
        text = N_("Two different custodians are needed, each with a key of their own.")
        raise InvalidError([Problem("custodians", text)])
    for each in publics:
        check_custodian(each)


def unlock_with_code(folder: Path, code: str, answer: bytes | None = None) -> StoreKey:
    """Return the key of the store by the code on paper, or by one that came with an answer.

    Raises:
        RefusedError: No recovery code was made for this store.
        SignInError: The code is not right.
        StoreError: Key files or answer cannot be read, or were changed.
    """
    header = read_copies(folder).header
    slots = slots_of(header, CODE) if answer is None else [_slot_of_answer(answer, header.id)]
    if not slots:
        raise RefusedError(N_("No recovery code was made for this store."))
    key = _unwrapped(header.id, code_slot(slots[0]), code)
    if not header.is_sealed(key):
        key.wipe()
        raise StoreError(N_("The key file was changed by something other than this program."))
    return key


def set_passphrase(folder: Path, key: StoreKey, new: str, parameters: Parameters) -> None:
    """Let a new passphrase open the store, in the place of a forgotten one.

    Args:
        folder: Where the store lies.
        key: The key of the store, from a recovery.
        new: The passphrase from now on; `passphrase_problem` judges it beforehand.
        parameters: How hard the derivation is.

    Raises:
        StoreError: The key files are not this store's, or cannot be written.
    """
    header = _own_header(folder, key)
    _with_slot(folder, header, key, passphrase_slot(header.id, key, new, parameters))


def recovery_request(folder: Path) -> bytes:
    """Return what custodians need to help: the sealed key and whose it is; no secret.

    Raises:
        RefusedError: This store has no custodians.
        StoreError: The key files cannot be read.
    """
    header = read_copies(folder).header
    found = slots_of(header, CUSTODIANS)
    if not found:
        raise RefusedError(N_("This store was sealed for no custodians."))
    slot = custodian_slot(found[0])
    fields = {"format": REQUEST_FORMAT, "store": header.id, "left": slot.publics}
    return canonical({**fields, "sealed": slot.sealed}) + b"\n"


@dataclass(frozen=True)
class Opened:
    """What a custodian hands on.

    Attributes:
        content: The file: a request with one shell less, or the answer.
        code: The code that goes with the answer, by telephone; empty while a shell is left.
    """

    content: bytes
    code: str = field(default="", repr=False)


def opened_request(request: bytes, secret: str) -> Opened:
    """Take off a custodian's shell; the last custodian makes the answer.

    Args:
        request: The request of a store, or what the other custodian handed on.
        secret: The custodian's key.

    Raises:
        SignInError: It is the other custodian's turn, or the key is none.
        StoreError: The request is damaged.
    """
    fields = _fields(request, REQUEST_FORMAT)
    store, left = str(fields.get("store")), fields.get("left")
    if not isinstance(left, list) or not left:
        raise StoreError(N_("The file is not a request for recovery, or damaged."))
    inside = without_shell(str(fields.get("sealed")), secret)
    if len(left) > 1:
        # The next shell is an age file again.
        rest = {"format": REQUEST_FORMAT, "store": store, "left": left[:-1]}
        return Opened(canonical({**rest, "sealed": base64.b64encode(inside).decode()}) + b"\n")
    key = _key_of(inside, store)
    code = made_code()
    try:
        slot = _code_slot(store, key, code)
    finally:
        key.wipe()
    answer = {"format": ANSWER_FORMAT, "store": store, "slot": slot.model_dump()}
    return Opened(canonical(answer) + b"\n", code)


def _key_of(content: bytes, store: str) -> StoreKey:
    try:
        fields = json.loads(content)
        key = StoreKey(bytes.fromhex(fields["key"]))
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(N_("The sealed key is damaged.")) from error
    if fields.get("store") != store:
        key.wipe()
        raise StoreError(N_("The sealed key is that of another store."))
    return key


def _slot_of_answer(answer: bytes, header_id: str) -> Slot:
    fields = _fields(answer, ANSWER_FORMAT)
    if fields.get("store") != header_id:
        raise RefusedError(N_("This answer is for another store."))
    try:
        return Slot.model_validate(fields.get("slot"))
    except ValueError as error:
        raise StoreError(N_("The answer of the custodians is damaged.")) from error


def _fields(content: bytes, wanted: str) -> Mapping[str, Any]:
    try:
        fields = json.loads(content) if len(content) <= LARGEST_FILE_BYTES else None
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict) or fields.get("format") != wanted:
        if wanted == ANSWER_FORMAT:
            raise StoreError(N_("The file is not an answer of the custodians, or damaged."))
        raise StoreError(N_("The file is not a request for recovery, or damaged."))
    return fields


def _own_header(folder: Path, key: StoreKey) -> Header:
    header = read_copies(folder).header
    if not header.is_sealed(key):
        raise StoreError(N_("The key file was changed by something other than this program."))
    return header


def _with_slot(folder: Path, header: Header, key: StoreKey, slot: Slot) -> None:
    """Write the header with a slot in the place of those of its type; passphrases stand first."""
    others = [each for each in header.slots if each.type != slot.type]
    slots = [slot, *others] if slot.type == PASSPHRASE else [*others, slot]
    changed = header.model_copy(update={"serial": header.serial + 1, "slots": slots})
    write_copies(folder, changed.sealed(key))


def _code_slot(header_id: str, key: StoreKey, code: str) -> Slot:
    salt = secrets.token_bytes(DERIVATION_SALT_BYTES)
    nonce = secrets.token_bytes(NONCE_BYTES)
    slot = CodeSlot(salt=salt.hex(), nonce=nonce.hex())
    wrapping = code_key(code, salt)
    try:
        wrapped = key.wrapped(wrapping, nonce, slot.bound(header_id))
    finally:
        wipe(wrapping)
    return Slot.model_validate({**slot.model_dump(), "wrapped": wrapped.hex()})


def _unwrapped(header_id: str, slot: CodeSlot, code: str) -> StoreKey:
    wrapping = code_key(code, bytes.fromhex(slot.salt))
    try:
        return StoreKey.unwrapped(
            bytes.fromhex(slot.wrapped), wrapping, bytes.fromhex(slot.nonce), slot.bound(header_id)
        )
    except SignInError as error:
        raise SignInError(N_("This is not the recovery code of this store.")) from error
    finally:
        wipe(wrapping)
