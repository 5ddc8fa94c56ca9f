"""The diplomatic pouch: an exchange with a very slow transport (SYNC 3.18).

A pouch to headquarters holds the very request that would go over the line, one to a laptop the
very answer. What is known is skipped, so a pouch may come late, twice, or after the line came back.
Each begins at what was acknowledged when it was written; where one is missing, the reader says so.
"""

from hashlib import sha256
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from embassy_desk.sync.canonical import canonical
from embassy_desk.sync.operations import Count, Identity, Number, unreadable

POUCH_CONTEXT = b"embassy-desk pouch 1\n"
"""What the signature under a manifest begins with."""

EXCHANGE_PART = "exchange"
"""The part that holds the request or the answer: JSON, compressed with zstd."""

CONTENT_PART = "content_"
"""Parts that hold contents of attachments: this and the identity of the record, as they are."""

MOST_CONTENTS = 1_000
MOST_CONTENT_BYTES = 64 * 1024 * 1024
"""How much of a pouch contents may take; what does not fit is named and comes with another."""

LARGEST_POUCH_BYTES = 128 * 1024 * 1024
LARGEST_EXCHANGE_BYTES = 200 * 1024 * 1024
"""The exchange unpacked."""

MOST_PARTS = 2_000

TO_HEADQUARTERS, TO_LAPTOP = "to_headquarters", "to_laptop"


def part_of(name: str, content: bytes) -> "PouchPart":
    """Return what a manifest says of a part."""
    return PouchPart(name=name, size=len(content), sha256=sha256(content).hexdigest())


class PouchPart(BaseModel):
    """One part: its name, length and SHA-256."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,80}$")]
    size: Count
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class PouchManifest(BaseModel):
    """What a pouch says of itself; signed by its sender.

    Attributes:
        format: Version of the container.
        pouch_id: Random identity.
        direction: `to_headquarters` or `to_laptop`.
        sender: The node, or the headquarters.
        recipient: The headquarters, or the node.
        mission: Whose records it carries.
        serial: 1, 2, 3 … for each pair of sender and recipient.
        previous: SHA-256 of the file before, empty for the first.
        made_ms: When it was written, by the sender's clock.
        parts: In the order in which they follow.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    pouch_id: Identity
    direction: Literal["to_headquarters", "to_laptop"]
    sender: Identity
    recipient: Identity
    mission: Annotated[str, Field(max_length=10)]
    serial: Number
    previous: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    made_ms: Count
    parts: Annotated[tuple[PouchPart, ...], Field(max_length=MOST_PARTS)]

    @classmethod
    def read(cls, text: bytes) -> Self:
        """Return a manifest.

        Raises:
            InvalidError: It is something else.
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise unreadable(error) from error

    @property
    def canonical(self) -> bytes:
        """The bytes that stand in the pouch."""
        return canonical(self.model_dump(mode="json"))

    @property
    def signed_part(self) -> bytes:
        """What the signature is over."""
        return POUCH_CONTEXT + self.canonical


def padded_size(size: int) -> int:
    """Return the length to which a pouch is filled up, so that it tells little of its content.

    Padmé: at most an eighth more, and only about log log of the length becomes known.
    """
    if size < _SMALLEST_BYTES:
        return _SMALLEST_BYTES
    exponent = size.bit_length() - 1
    lost_bits = exponent - exponent.bit_length()
    mask = (1 << lost_bits) - 1
    return (size + mask) & ~mask


_SMALLEST_BYTES = 4096
