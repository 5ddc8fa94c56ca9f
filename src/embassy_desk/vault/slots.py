"""The slots of a key file beside that of the passphrase: recovery code and custodians."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from embassy_desk.domain.errors import StoreError
from embassy_desk.sync.canonical import canonical
from embassy_desk.texts import N_
from embassy_desk.vault.header import FORMAT, VERSION, Header, Hex12, Hex16, Hex64, Slot

CODE, CUSTODIANS, PASSPHRASE = "recovery-code", "custodians", "passphrase"

CUSTODIANS_NEEDED = 2
"""Nobody at headquarters opens a store alone."""

Public = Annotated[str, StringConstraints(pattern=r"^age1[0-9a-z]{10,200}$")]


class CodeSlot(BaseModel):
    """The store key wrapped with AES-256-GCM under a key made of a recovery code."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    type: Literal["recovery-code"] = "recovery-code"
    cipher: Literal["aes-256-gcm"] = "aes-256-gcm"
    kdf: Literal["hkdf-sha256"] = "hkdf-sha256"
    salt: Hex16
    nonce: Hex12
    wrapped: Hex64 = "0" * 128

    def bound(self, header_id: str) -> bytes:
        """Return what the wrapped key is bound to: its key file and all fields of the slot."""
        fields = self.model_dump(exclude={"wrapped"})
        return canonical({"format": FORMAT, "version": VERSION, "id": header_id, "slot": fields})


class CustodianSlot(BaseModel):
    """The store key sealed for two custodians, the first's shell inside the second's.

    Attributes:
        publics: Their public keys, the first one's first.
        sealed: Base 64 of the outer age file.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    type: Literal["custodians"] = "custodians"
    publics: Annotated[
        list[Public], Field(min_length=CUSTODIANS_NEEDED, max_length=CUSTODIANS_NEEDED)
    ]
    sealed: Annotated[str, StringConstraints(min_length=1, max_length=8192)]


def slots_of(header: Header, kind: str) -> list[Slot]:
    """Return the slots of a type."""
    return [each for each in header.slots if each.type == kind]


def code_slot(slot: Slot) -> CodeSlot:
    """Return a slot as that of a recovery code.

    Raises:
        StoreError: It does not have the fields it should.
    """
    try:
        return CodeSlot.model_validate(slot.model_dump())
    except ValidationError as error:
        raise StoreError(N_("A slot of the key file cannot be read.")) from error


def custodian_slot(slot: Slot) -> CustodianSlot:
    """Return a slot as that of the custodians.

    Raises:
        StoreError: It does not have the fields it should.
    """
    try:
        return CustodianSlot.model_validate(slot.model_dump())
    except ValidationError as error:
        raise StoreError(N_("A slot of the key file cannot be read.")) from error
