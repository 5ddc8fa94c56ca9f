"""What headquarters' offline key signs: to wipe a device, the policy of all, the rights of one.

The key that signs them is not on the server, so whoever takes the server over cannot forge one.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from embassy_desk.domain.rights import Grant
from embassy_desk.sync.canonical import canonical
from embassy_desk.sync.enrolment import Form, Hex16, Hex64

WIPE_CONTEXT = b"embassy-desk wipe order 1\n"
POLICY_CONTEXT = b"embassy-desk policy 1\n"
GRANT_CONTEXT = b"embassy-desk grant 1\n"
REFERENCE_CONTEXT = b"embassy-desk reference 1\n"


class WipeOrder(Form):
    """Tells one device to seal its unsent work to headquarters and then to destroy what it has.

    Attributes:
        hub_id: The headquarters that orders it.
        node: The one device it is for.
        issued_ms: When it was signed, milliseconds since 1970.
        signature: By the order key, under all the rest.
    """

    hub_id: Hex16
    node: Hex16
    issued_ms: int
    signature: Hex64 | Literal[""]

    @property
    def signed_part(self) -> bytes:
        """What the signature is over."""
        return WIPE_CONTEXT + canonical(self.model_dump(exclude={"signature"}))


class SignedPolicy(BaseModel):
    """The policy of all desks: settings that headquarters decides; arrives by sync or file.

    Attributes:
        hub_id: The headquarters whose policy it is.
        serial: Higher replaces lower.
        values: Settings by name.
        signature: By the order key, under all the rest.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    hub_id: Hex16
    serial: Annotated[int, Field(ge=1)]
    values: dict[str, bool | int | str | None]
    signature: Hex64 | Literal[""]

    @property
    def signed_part(self) -> bytes:
        """What the signature is over."""
        return POLICY_CONTEXT + canonical(self.model_dump(exclude={"signature"}))


class SignedGrant(BaseModel):
    """The rights of one person at one mission; carried by file.

    Attributes:
        hub_id: The headquarters that grants them.
        grant: What the person may do, from when to when.
        signature: By the order key, under all the rest.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    hub_id: Hex16
    grant: Grant
    signature: Hex64 | Literal[""]

    @property
    def signed_part(self) -> bytes:
        """What the signature is over."""
        return GRANT_CONTEXT + canonical(self.model_dump(mode="json", exclude={"signature"}))
