"""The high-water mark: how far a store had come when it was last seen, sealed with its key.

SQLCipher proves that a page is authentic, not that it is the newest. The mark lies outside the
store, beside it and in the keyring, so that an older copy of the store does not fit it. Only a
holder of the store key can make one; where both places have one, the greater serial counts.
"""

import json
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from embassy_desk.domain.errors import InvalidError
from embassy_desk.sealing.keys import StoreKey, authentication, is_authentic
from embassy_desk.settings.files import write_whole
from embassy_desk.settings.places import MARK_FILE
from embassy_desk.sync.canonical import canonical
from embassy_desk.vault.header import LARGEST_SERIAL, Hex16, Hex32
from embassy_desk.vault.protected import Protected

LARGEST_MARK_BYTES = 16 * 1024

_SEAL_PURPOSE = "embassy-desk high-water mark, version 1"

_Number = Annotated[int, Field(ge=0, le=LARGEST_SERIAL)]
_Link = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]


class Head(BaseModel):
    """Where the chain of one identity of this device had come to."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    node: _Number
    changes: _Number
    link: _Link


class Mark(BaseModel):
    """How far a store had come.

    Attributes:
        store: Identity of the key file, so that a mark fits one store only.
        serial: Grows with every mark.
        heads: Where the chains had come to.
        pages: Digest over every page of the closed file; empty while the store is in use.
        seal: Made with the store key over everything else.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    format: Literal["embassy-desk-mark"] = "embassy-desk-mark"
    version: Literal[1] = 1
    store: Hex16
    serial: Annotated[int, Field(ge=1, le=LARGEST_SERIAL)]
    heads: Annotated[list[Head], Field(max_length=200)]
    pages: Hex32 | Literal[""] = ""
    seal: Hex32 = "0" * 64

    def sealed(self, key: StoreKey) -> Self:
        """Return this mark with the seal that only holders of the store key can make."""
        seal = authentication(key.derived(_SEAL_PURPOSE), self._sealed_part())
        return self.model_copy(update={"seal": seal.hex()})

    def is_sealed(self, key: StoreKey) -> bool:
        """Return whether a holder of the store key made it."""
        seal = bytes.fromhex(self.seal)
        return is_authentic(key.derived(_SEAL_PURPOSE), self._sealed_part(), seal)

    def to_text(self) -> str:
        """Return what the file and the keyring hold."""
        return canonical(self.model_dump()).decode()

    def _sealed_part(self) -> bytes:
        return canonical(self.model_dump(exclude={"seal"}))


def read_mark(folder: Path, store: str, key: StoreKey, protected: Protected) -> Mark | None:
    """Return the newest mark of a store, or nothing where none was made or all were swapped.

    Args:
        folder: The profile's folder.
        store: Identity of its key file.
        key: Its key.
        protected: The keyring.
    """
    found = [
        mark
        for text in (_text_of(folder / MARK_FILE), protected.read(store))
        if text and (mark := _parsed(text)) and mark.store == store and mark.is_sealed(key)
    ]
    return max(found, key=lambda mark: mark.serial, default=None)


def write_mark(folder: Path, mark: Mark, protected: Protected) -> None:
    """Write a sealed mark beside the store and into the keyring.

    Raises:
        StoreError: The file cannot be written; the keyring may have taken it all the same.
    """
    text = mark.to_text()
    protected.write(mark.store, text)
    write_whole(folder / MARK_FILE, text.encode())


def _text_of(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as stream:
            return stream.read(LARGEST_MARK_BYTES)
    except (OSError, UnicodeDecodeError):
        return ""


def _parsed(text: str) -> Mark | None:
    try:
        return Mark.model_validate(json.loads(text[:LARGEST_MARK_BYTES]))
    except (ValidationError, ValueError, RecursionError, InvalidError):
        return None
