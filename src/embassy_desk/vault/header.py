"""The key file beside the store: what it says, and its two copies.

JSON with a format name, a version, a serial that grows with every change, and slots. Each slot
holds the same store key wrapped in another way; slots of a type this version does not know are
kept as they are and not used. Two guards stand over the whole file: a SHA-256 checksum finds
accidents before a passphrase is asked for, and a seal made with the store key finds forgers after
it was right. `docs/decisions/0002-keys.md` has the fields one by one.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from embassy_desk.domain.errors import InvalidError, StoreError
from embassy_desk.sealing.derivation import Parameters
from embassy_desk.sealing.keys import StoreKey, authentication, is_authentic
from embassy_desk.settings.files import write_whole
from embassy_desk.sync.canonical import canonical
from embassy_desk.texts import N_, Text

KEY_FILES = ("store.key", "store.key2")
"""The two copies; the first is written first."""

FORMAT = "embassy-desk-keys"
VERSION = 1
LARGEST_HEADER_BYTES = 64 * 1024
MOST_SLOTS = 16
LARGEST_SERIAL = 2**53 - 1

_SEAL_PURPOSE = "embassy-desk key file, version 1"

Hex12 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{24}$")]
Hex16 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Hex32 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Hex64 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{128}$")]


class Slot(BaseModel):
    """One way to the store key; its type says how. Fields nobody here knows are kept."""

    model_config = ConfigDict(frozen=True, strict=True, extra="allow")

    type: Annotated[str, StringConstraints(min_length=1, max_length=60)]


class PassphraseSlot(BaseModel):
    """The store key wrapped with AES-256-GCM under a key that Argon2id makes of a passphrase."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    type: Literal["passphrase"] = "passphrase"
    cipher: Literal["aes-256-gcm"] = "aes-256-gcm"
    kdf: Literal["argon2id"] = "argon2id"
    memory_kib: int
    iterations: int
    lanes: int
    salt: Hex16
    nonce: Hex12
    wrapped: Hex64 = "0" * 128

    @property
    def parameters(self) -> Parameters:
        """How hard the derivation is; not checked yet."""
        return Parameters(self.memory_kib, self.iterations, self.lanes)

    def bound(self, header_id: str) -> bytes:
        """Return what the wrapped key is bound to: its key file and all fields of the slot."""
        fields = self.model_dump(exclude={"wrapped"})
        return canonical({"format": FORMAT, "version": VERSION, "id": header_id, "slot": fields})


class Header(BaseModel):
    """What a key file says.

    Attributes:
        id: Random identity of this key file; a slot of another file does not open here.
        serial: Grows with every change; of two copies the greater counts.
        slots: The ways to the store key.
        seal: Made with the store key over everything else.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="allow")

    format: Literal["embassy-desk-keys"] = "embassy-desk-keys"
    version: Literal[1] = 1
    id: Hex16
    serial: Annotated[int, Field(ge=1, le=LARGEST_SERIAL)]
    slots: Annotated[list[Slot], Field(min_length=1, max_length=MOST_SLOTS)]
    seal: Hex32 = "0" * 64

    def passphrase_slots(self) -> list[PassphraseSlot]:
        """Return the slots that a passphrase opens.

        Raises:
            StoreError: One of them does not have the fields it should.
        """
        slots = [each.model_dump() for each in self.slots if each.type == "passphrase"]
        try:
            return [PassphraseSlot.model_validate(each) for each in slots]
        except ValidationError as error:
            raise StoreError(N_("A slot of the key file cannot be read.")) from error

    def sealed(self, key: StoreKey) -> Self:
        """Return this header with the seal that only holders of the store key can make."""
        seal = authentication(key.derived(_SEAL_PURPOSE), self._sealed_part())
        return self.model_copy(update={"seal": seal.hex()})

    def is_sealed(self, key: StoreKey) -> bool:
        """Return whether the header is as a holder of the store key left it."""
        seal = bytes.fromhex(self.seal)
        return is_authentic(key.derived(_SEAL_PURPOSE), self._sealed_part(), seal)

    def to_bytes(self) -> bytes:
        """Return the content of a key file."""
        content = self.model_dump()
        return canonical({**content, "checksum": _checksum(content)}) + b"\n"

    def _sealed_part(self) -> bytes:
        return canonical(self.model_dump(exclude={"seal"}))


@dataclass(frozen=True)
class Copies:
    """What was found of the two key files.

    Attributes:
        header: What the newest good copy says.
        problems: By name of the file, what is wrong with the other copy.
    """

    header: Header
    problems: Mapping[str, Text]


def read_copies(folder: Path) -> Copies:
    """Read both key files and choose the newest good one; nothing is written.

    Raises:
        StoreError: Neither can be used, or one was made by a newer version of this program.
    """
    headers: dict[str, Header] = {}
    problems: dict[str, Text] = {}
    for name in KEY_FILES:
        found = _read(folder / name)
        if isinstance(found, Header):
            headers[name] = found
        else:
            problems[name] = found
    if not headers:
        raise _unusable(folder, problems)
    newest = max(headers.values(), key=lambda header: header.serial)
    for name, header in headers.items():
        if header != newest:
            problems[name] = N_("The key file “{file}” is older than its copy.", file=name)
    return Copies(newest, problems)


def write_copies(folder: Path, header: Header) -> None:
    """Write both key files, one after the other; a crash in between leaves one good copy.

    Raises:
        StoreError: A file cannot be written.
    """
    content = header.to_bytes()
    for name in KEY_FILES:
        write_whole(folder / name, content)


def _read(path: Path) -> Header | Text:
    """Return what a key file says, or what is wrong with it.

    Raises:
        StoreError: It is whole and of a newer version; an older copy must not replace it.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_HEADER_BYTES + 1)
    except FileNotFoundError:
        return N_("The key file “{file}” is missing.", file=path.name)
    except OSError as error:
        return N_(
            "The key file “{file}” cannot be read: {reason}.",
            file=path.name,
            reason=error.strerror or type(error).__name__,
        )
    if not content:
        return N_("The key file “{file}” is empty.", file=path.name)
    header = _parsed(content)
    return header or N_("The key file “{file}” is damaged.", file=path.name)


def _parsed(content: bytes) -> Header | None:
    if len(content) > LARGEST_HEADER_BYTES:
        return None
    try:
        fields = json.loads(content)
        if not isinstance(fields, dict) or fields.pop("checksum", None) != _checksum(fields):
            return None
        if fields.get("format") == FORMAT and _is_newer(fields.get("version")):
            raise StoreError(N_("The store was made by a newer version of this program."))
        return Header.model_validate(fields)
    except (ValueError, RecursionError, InvalidError):
        # Not JSON, not canonical or not a header (pydantic's error is a ValueError): damaged.
        return None


def _is_newer(version: object) -> bool:
    return isinstance(version, int) and version > VERSION


def _checksum(fields: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(dict(fields))).hexdigest()


def _unusable(folder: Path, problems: Mapping[str, Text]) -> StoreError:
    if not any((folder / name).exists() for name in KEY_FILES):
        return StoreError(N_("There are no key files in “{folder}”.", folder=str(folder)))
    first, second = problems.values()
    return StoreError(
        N_(
            "The store cannot be opened without a key file; restore it from a backup. "
            "{first} {second}",
            first=first,
            second=second,
        )
    )
