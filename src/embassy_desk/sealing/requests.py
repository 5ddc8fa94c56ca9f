<<<<<<< HEAD
"""Signed requests: HTTP message signatures (RFC 9421) with the device's Ed25519 key.

There is no token to steal and no turn for a login: every request carries the digest of its body
(RFC 9530) and a signature over method, host, path, query and that digest, with the time and a
random nonce. The verifier keeps nonces for as long as it accepts the time.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureAlgorithm,
    HTTPSignatureKeyResolver,
    InvalidSignature,
)
from http_message_signatures.exceptions import HTTPMessageSignaturesException

from embassy_desk.domain.errors import SignInError
from embassy_desk.sealing.keys import DeviceKey, is_signed
from embassy_desk.texts import N_

SIGNATURE_TAG = "embassy-desk"
LARGEST_CLOCK_DIFFERENCE = timedelta(minutes=5)
"""How far `created` may be from the verifier's time; nonces are kept for twice as long."""

_COVERED = ("@method", "@authority", "@path", "@query", "content-digest")
_NONCE_BYTES = 16
_ANY_AGE = timedelta(days=365_000)

KeyOf = Callable[[str], bytes | None]
"""Answers with the public key of a key's name, or nothing if nobody enrolled it."""


@dataclass(frozen=True)
class RequestSignature:
    """Who signed a request, and when.

    Attributes:
        key_id: Name of the key: the node's identity.
        created: When it was signed, by the signer's clock.
        nonce: Random; accepted once.
    """

    key_id: str
    created: datetime
    nonce: str


class UnsignedError(SignInError):
    """A request without a signature that counts."""

    code = "unsigned"


class ClockError(SignInError):
    """A good signature of another time; carries it."""

    code = "clock"


class _DeviceSignature(HTTPSignatureAlgorithm):
    """Ed25519 with our keys, which refuses public keys that anybody can sign for."""

    algorithm_id: str = "ed25519"

    def __init__(self, public_key: bytes = b"", private_key: DeviceKey | None = None) -> None:
        self._public = public_key
        self._private = private_key

    def sign(self, message: bytes) -> bytes:
        """Return the signature."""
        if self._private is None:
            raise HTTPMessageSignaturesException("there is no key to sign with")
        return self._private.sign(message)

    def verify(self, signature: bytes, message: bytes) -> None:
        """Refuse what was not signed by the holder of the key."""
        if not is_signed(self._public, message, signature):
            raise InvalidSignature("signed with another key")


class _OwnKey(HTTPSignatureKeyResolver):
    """The one key that signs here."""

    def __init__(self, key: DeviceKey) -> None:
        self._key = key

    def resolve_private_key(self, key_id: str) -> DeviceKey:  # noqa: ARG002  there is one
        """Return our key."""
        return self._key


class _EnrolledKeys(HTTPSignatureKeyResolver):
    """Those that the caller finds by their names."""

    def __init__(self, key_of: KeyOf) -> None:
        self._key_of = key_of

    def resolve_public_key(self, key_id: str) -> bytes | None:
        """Return the key that was enrolled under this name."""
        return self._key_of(key_id)


@dataclass
class _Message:
    """A request as the library wants to see it."""

    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)


class _AnyTimeVerifier(HTTPMessageVerifier):
    """Leaves the time to us, because a clock is passed in."""
=======
"""Requests that are signed, not logged in: HTTP message signatures (RFC 9421) with device keys.

A signature covers method, path with query, type, encoding and digest of the body (RFC 9530), the
time it was made and a nonce; its tag names the headquarters it is meant for. There is no token to
steal. Whether the time is near and the nonce new is for the caller to judge: it has the clock and
remembers the nonces.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageSignaturesException,
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    InvalidSignature,
)
from http_message_signatures.algorithms import ED25519

from embassy_desk.sealing.keys import DeviceKey, is_sound

LABEL = "desk"
COVERED_ALWAYS = ("@method", "@path", "@query", "content-digest")
COVERED_WHERE_PRESENT = ("content-type", "content-encoding", "upload-offset", "upload-complete")
"""Headers that change what a request means; whoever adds one to it makes it invalid."""

LARGEST_NONCE = 64
_NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")
_NO_AUTHORITY = "https://headquarters"  # the authority is not covered: a proxy may change it
_ANY_AGE = timedelta(days=36_500)


@dataclass(frozen=True)
class OutgoingRequest:
    """What is to be signed.

    Attributes:
        method: In capitals.
        target: Path and query, as they go out.
        headers: Those that are set already; the signature's are to be added.
        body: As it goes out, compressed or not; empty when there is none.
    """

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True)
class SignedBy:
    """Who signed a request, when, and the number that is used only once.

    Attributes:
        key_id: The node's identity, 32 hexadecimal digits.
        created_at: The signer's clock.
        nonce: 16 to 64 letters, digits, hyphens and underscores.
    """

    key_id: str
    created_at: datetime
    nonce: str


class UnsignedError(Exception):
    """A request is not signed, or not rightly; why is said in the log, not to the sender."""


def signature_headers(
    request: OutgoingRequest, key: DeviceKey, *, key_id: str, hub_id: str, at: datetime, nonce: str
) -> dict[str, str]:
    """Return the headers that a request must carry besides its own.

    Args:
        request: What goes out.
        key: The device's key.
        key_id: Identity of the node.
        hub_id: Identity of the headquarters it is meant for.
        at: The present time, corrected by what headquarters last said.
        nonce: 16 to 64 random letters, digits, hyphens and underscores; never used again.
    """
    message = _Message(request)
    signer = HTTPMessageSigner(
        signature_algorithm=ED25519,
        key_resolver=_OneKey(Ed25519PrivateKey.from_private_bytes(key.to_bytes())),
    )
    present = {name.lower() for name in request.headers}
    signer.sign(
        message,
        key_id=key_id,
        created=at.astimezone(UTC),
        nonce=nonce,
        label=LABEL,
        tag=hub_id,
        body=request.body,
        covered_component_ids=(
            *COVERED_ALWAYS,
            *(each for each in COVERED_WHERE_PRESENT if each in present),
        ),
    )
    made = ("Content-Digest", "Signature-Input", "Signature")
    return {name: message.headers[name] for name in made}


def verified(
    request: OutgoingRequest, public_key_of: Callable[[str], bytes | None], *, hub_id: str
) -> SignedBy:
    """Return who signed a request that came in, its body as it came in.

    Args:
        request: With all its headers, names in small letters.
        public_key_of: Gives the public key of a node, or nothing when there is none.
        hub_id: Our own identity; a request meant for somebody else is refused.

    Raises:
        UnsignedError: Something is missing, changed, or signed by nobody we know.
    """
    keys = _PublicKeys(public_key_of)
    needed = [
        *COVERED_ALWAYS,
        *(each for each in COVERED_WHERE_PRESENT if each in request.headers),
    ]
    try:
        (result,) = _AnyAge(signature_algorithm=ED25519, key_resolver=keys).verify(
            _Message(request),
            max_age=None,
            expect_tag=hub_id,
            require_components=needed,
            body=request.body,
        )
    except (HTTPMessageSignaturesException, InvalidSignature, ValueError) as error:
        raise UnsignedError(str(error)) from error
    nonce = result.nonce or ""
    if not _NONCE.fullmatch(nonce):
        raise UnsignedError("the nonce is missing or too short")
    created = datetime.fromtimestamp(int(result.parameters["created"]), UTC)
    return SignedBy(str(result.parameters["keyid"]), created, nonce)


class _Message:
    """A request as the library wants to see it."""

    def __init__(self, request: OutgoingRequest) -> None:
        self.method = request.method
        self.url = _NO_AUTHORITY + request.target
        self.headers = dict(request.headers)


class _AnyAge(HTTPMessageVerifier):
    """Leaves the judgement of time to the caller, who has the clock."""
>>>>>>> 6c7fafd (Let headquarters have a home, keys, a database and devices)

    max_clock_skew = _ANY_AGE


<<<<<<< HEAD
def signed_headers(
    method: str,
    url: str,
    body: bytes,
    *,
    key: DeviceKey,
    key_id: str,
    created: datetime,
) -> dict[str, str]:
    """Return the headers that sign a request: its digest, what is signed, and the signature.

    Args:
        method: `POST`, `GET` …
        url: The whole address.
        body: The bytes as they are sent, after compression; may be empty.
        key: The device's key.
        key_id: Under which name it was enrolled.
        created: The present time, corrected by headquarters' offset.
    """
    message = _Message(method, url)
    signer = HTTPMessageSigner(signature_algorithm=_DeviceSignature, key_resolver=_OwnKey(key))
    signer.sign(
        message,
        key_id=key_id,
        created=created,
        nonce=secrets.token_urlsafe(_NONCE_BYTES),
        label="desk",
        tag=SIGNATURE_TAG,
        covered_component_ids=_COVERED[:-1],
        body=body,
    )
    return message.headers


def verified_signature(
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    key_of: KeyOf,
    now: datetime,
) -> RequestSignature:
    """Return who signed a request. Whether the nonce was used before is the caller's to know.

    Args:
        method: As it came.
        url: The whole address; only host, path and query count.
        headers: As they came.
        body: The bytes as they came, before decompression.
        key_of: Finds the public key of a name.
        now: The verifier's time, with zone.

    Raises:
        UnsignedError: There is no signature, or it does not fit.
        ClockError: It fits, but was made more than five minutes from now.
    """
    verifier = _AnyTimeVerifier(
        signature_algorithm=_DeviceSignature, key_resolver=_EnrolledKeys(key_of)
    )
    try:
        (result,) = verifier.verify(
            _Message(method, url, dict(headers)),
            max_age=None,
            expect_tag=SIGNATURE_TAG,
            require_components=_COVERED,
            body=body,
        )
        said = result.parameters
        created = datetime.fromtimestamp(int(said["created"]), now.tzinfo)
        found = RequestSignature(str(said["keyid"]), created, str(said["nonce"]))
    except (HTTPMessageSignaturesException, KeyError, ValueError, OverflowError) as error:
        raise UnsignedError(N_("The request is not signed by an enrolled device.")) from error
    if abs(now - created) > LARGEST_CLOCK_DIFFERENCE:
        raise ClockError(N_("The clock of the device and of headquarters are too far apart."))
    return found
=======
class _OneKey(HTTPSignatureKeyResolver):
    """Signs with the one key there is."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private

    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:  # noqa: ARG002
        return self._private


class _PublicKeys(HTTPSignatureKeyResolver):
    """Looks up the keys of nodes."""

    def __init__(self, public_key_of: Callable[[str], bytes | None]) -> None:
        self._public_key_of = public_key_of

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        public = self._public_key_of(key_id)
        if public is None or not is_sound(public):
            return None
        return Ed25519PublicKey.from_public_bytes(public)
>>>>>>> 6c7fafd (Let headquarters have a home, keys, a database and devices)
