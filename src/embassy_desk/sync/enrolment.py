"""How a laptop and headquarters come to know each other: the code, the request, the answer.

The same forms travel over the line and as files on a stick. The officer at headquarters gives a
person a code; the laptop sends it with its public keys; the officer compares six words by
telephone and approves. Whatever headquarters answers is signed by its service key, which its root
endorsed, and the code carries the root's fingerprint, so nothing has to be trusted unseen.
"""

import re
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.sync.canonical import canonical
from embassy_desk.texts import N_

PROTOCOL = 1
SECRET_LETTERS = 25
"""125 random bits."""

ROOT_LETTERS = 26
"""128 bits of the root's fingerprint and two bits of zero."""

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none that people mix up
_CHECKS = _ALPHABET + "*~$=U"
_TYPED = str.maketrans("OIL", "011")
_GROUP = 5
_CODE = re.compile(
    rf"(?P<address>(?:http://)?[a-z0-9.:\[\]-]{{1,260}})\+(?P<secret>[{_ALPHABET}]{{{SECRET_LETTERS}}})"
    rf"\+(?P<root>[{_ALPHABET}]{{{ROOT_LETTERS}}})(?P<check>[{re.escape(_CHECKS)}])"
)
_LOOPBACK = re.compile(r"http://(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?")

REQUEST_CONTEXT = b"embassy-desk enrolment request 1\n"
"""What the device's signature under a request begins with."""

ANSWER_CONTEXT = b"embassy-desk enrolment answer 1\n"
"""What the service's signature under an answer begins with."""

SERVICE_CONTEXT = b"embassy-desk service key 1\n"
"""What the root's endorsement of the service key begins with."""

Hex16 = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Hex32 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Hex64 = Annotated[str, Field(pattern=r"^[0-9a-f]{128}$")]
ShortText = Annotated[str, Field(max_length=200)]


@dataclass(frozen=True)
class EnrolmentCode:
    """What an officer hands to a person: where headquarters is, a secret, and the root to trust.

    Attributes:
        address: `host:port`; before it `http://`, on the loopback address only.
        secret: 25 letters of Crockford's alphabet, used once.
        root: First 16 bytes of the SHA-256 of headquarters' root certificate.
    """

    address: str
    secret: str
    root: bytes

    @property
    def url(self) -> str:
        """Where requests go, without a slash at the end."""
        return self.address if self.address.startswith("http://") else f"https://{self.address}"

    @property
    def text(self) -> str:
        """The code as it is written, in groups of five with a check character at its end."""
        root = _letters(int.from_bytes(self.root), ROOT_LETTERS)
        plain = f"{self.address}+{self.secret}+{root}"
        return f"{self.address}+{_grouped(self.secret)}+{_grouped(root + _check(plain))}"

    @classmethod
    def parsed(cls, text: str) -> Self:
        """Return the code that somebody pasted or typed; spaces and hyphens do not count.

        Raises:
            InvalidError: It is not a code, or a letter is wrong.
        """
        address, _, rest = "".join(text.split()).partition("+")
        letters = rest.upper().replace("-", "").translate(_TYPED)
        found = _CODE.fullmatch(f"{address.lower()}+{letters}")
        if found is None:
            raise InvalidError([Problem("code", N_("This is not an enrolment code."))])
        plain = f"{found['address']}+{found['secret']}+{found['root']}"
        if _check(plain) != found["check"]:
            raise InvalidError([Problem("code", N_("A letter of the code is wrong."))])
        if found["address"].startswith("http://") and not _LOOPBACK.fullmatch(found["address"]):
            raise InvalidError(
                [Problem("code", N_("Without encryption only this computer itself is spoken to."))]
            )
        number = 0
        for letter in found["root"]:
            number = number * 32 + _ALPHABET.index(letter)
        return cls(found["address"], found["secret"], (number % 2**128).to_bytes(16))


class Form(BaseModel):
    """A form that is exactly what it says: nothing unknown, nothing converted; abstract."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class EnrolmentRequest(Form):
    """What a laptop sends to be let in; over the line or as a file.

    Attributes:
        secret: The secret of the code.
        node: Identity of this device.
        signing_key: Its public Ed25519 key.
        recipient: Its public age key, to which pouches are sealed.
        person: Whose laptop it is.
        device: What the person calls it.
        app: Version of the program.
        system: Operating system, for the list of devices.
        signature: The device's signature under all the rest; proves that it has the key.
    """

    proto: Literal[1] = 1
    secret: Annotated[str, Field(pattern=rf"^[{_ALPHABET}]{{{SECRET_LETTERS}}}$")]
    node: Hex16
    signing_key: Hex32
    recipient: Annotated[str, Field(pattern=r"^age1[a-z0-9]{40,120}$")]
    person: ShortText = ""
    device: ShortText = ""
    app: ShortText = ""
    system: ShortText = ""
    signature: Hex64

    @property
    def signed_part(self) -> bytes:
        """What the signature is over."""
        return REQUEST_CONTEXT + canonical(self.model_dump(exclude={"signature"}))


class EnrolmentAnswer(Form):
    """What headquarters answers; the same when asked again later.

    Attributes:
        hub_id: Identity of headquarters; signatures of requests are made for it.
        epoch: Its present generation.
        node: The device that asked.
        status: `pending` until an officer has compared the words; then `active`, or `revoked`.
        mission: The mission the code was made for.
        scopes: What the device holds once it is active.
        address: Where headquarters is, as in the code.
        root: Headquarters' root certificate, PEM; its fingerprint stands in the code.
        service_key: Public Ed25519 key under which the service signs answers, pages and pouches.
        endorsement: The root's signature under the service key, hexadecimal.
        order_key: Public Ed25519 key of wipe orders and policy; its other half is offline.
        recipient: Headquarters' public age key, to which pouches are sealed.
        recovery: Public age key of the custodians.
        now_ms: Headquarters' clock, milliseconds since 1970.
        signature: The service's signature under all the rest.
    """

    proto: Literal[1] = 1
    hub_id: Hex16
    epoch: int
    node: Hex16
    status: Literal["pending", "active", "revoked"]
    mission: str
    scopes: list[str]
    address: str
    root: str
    service_key: Hex32
    endorsement: str
    order_key: Hex32
    recipient: str
    recovery: str
    now_ms: int
    signature: str

    @property
    def signed_part(self) -> bytes:
        """What the signature is over."""
        return ANSWER_CONTEXT + canonical(self.model_dump(exclude={"signature"}))

    @property
    def endorsed_part(self) -> bytes:
        """What the root's endorsement is over."""
        return SERVICE_CONTEXT + bytes.fromhex(self.service_key)


def letters_of(random: bytes) -> str:
    """Return a secret of 25 letters made of 16 random bytes."""
    return _letters(int.from_bytes(random), SECRET_LETTERS)


def _letters(number: int, count: int) -> str:
    found = []
    for _ in range(count):
        number, rest = divmod(number, 32)
        found.append(_ALPHABET[rest])
    return "".join(reversed(found))


def _grouped(letters: str) -> str:
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def _check(plain: str) -> str:
    """Return a character that notices one wrong letter and two that changed places."""
    total = 0
    for letter in plain:
        total = (total * 131 + ord(letter)) % len(_CHECKS)
    return _CHECKS[total]
