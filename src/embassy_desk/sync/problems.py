"""Codes that headquarters answers with (SYNC 3.10). They are stable and never translated.

A refusal of a whole request is a problem document (RFC 9457): `type` is
`urn:embassy-desk:problem:<code>`, `status`, `title`, and what is named beside each code. What
concerns one operation stands in the answer's results; the operation counts as taken.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from embassy_desk.sync.operations import Count, Identity, Number

PROBLEM_TYPE = "urn:embassy-desk:problem:"


class ProblemCode(StrEnum):
    """Why a request was refused as a whole."""

    MALFORMED = "malformed"
    """400: the body is not what the models say."""
    UNSIGNED = "unsigned"
    """401: no signature, a wrong one, or a key that nobody enrolled."""
    CLOCK = "clock"
    """401: `created` is too far from headquarters' time, which `now_ms` tells; sign once more."""
    REPLAYED = "replayed"
    """401: the nonce was used before; sign once more."""
    PENDING = "pending"
    """403: the device waits for approval."""
    REVOKED = "revoked"
    """403: the device was revoked; `order` may carry a signed wipe order."""
    NOT_FOUND = "not_found"
    """404: unknown, or of a scope that this device does not read; both look the same."""
    FORK = "fork"
    """409: the chain differs from what headquarters has; `last` and `links`."""
    ROLLED_BACK = "rolled_back"
    """409: headquarters has more of this node than the node itself; `last` and `links`."""
    GAP = "gap"
    """409: operations between `last` and the first sent are missing; send from `last` + 1."""
    EPOCH = "epoch"
    """409: headquarters was restored from a backup; `epoch` is the present one."""
    SNAPSHOT_REQUIRED = "snapshot_required"
    """410: the cursor of `scope` is too old for a delta."""
    TOO_LARGE = "too_large"
    """413: the body; `limit_bytes`."""
    ENCODING = "encoding"
    """415: compressed before the signature could be checked, or in another way than zstd, gzip."""
    DAMAGED = "damaged"
    """422: the pieces of a content do not make what its hash says; all are dropped, begin again."""
    UPDATE_NEEDED = "update_needed"
    """426: the protocol is too old; the only hard stop."""
    BUSY = "busy"
    """429 and 503: come back after the seconds of `Retry-After`."""


STATUS = {
    ProblemCode.MALFORMED: 400,
    ProblemCode.UNSIGNED: 401,
    ProblemCode.CLOCK: 401,
    ProblemCode.REPLAYED: 401,
    ProblemCode.PENDING: 403,
    ProblemCode.REVOKED: 403,
    ProblemCode.NOT_FOUND: 404,
    ProblemCode.FORK: 409,
    ProblemCode.ROLLED_BACK: 409,
    ProblemCode.GAP: 409,
    ProblemCode.EPOCH: 409,
    ProblemCode.SNAPSHOT_REQUIRED: 410,
    ProblemCode.TOO_LARGE: 413,
    ProblemCode.ENCODING: 415,
    ProblemCode.DAMAGED: 422,
    ProblemCode.UPDATE_NEEDED: 426,
    ProblemCode.BUSY: 503,
}


class ResultCode(StrEnum):
    """What became of one operation that was not simply applied."""

    FLAGGED = "flagged"
    """Applied, although its content breaks a rule; it becomes a task of data quality."""
    DEFERRED = "deferred"
    """Kept: this version of headquarters knows no such entity."""
    FORBIDDEN = "forbidden"
    """Rejected: the device's mission may not write this row."""
    SHARED = "shared"
    """Rejected: reference data comes from headquarters alone."""
    TOO_LARGE = "too_large"
    """Rejected: a value or the row is larger than any version takes."""
    UNKNOWN_CONFLICT = "unknown_conflict"
    """Rejected: there is no such conflict to resolve."""


REJECTIONS = frozenset(
    {
        ResultCode.FORBIDDEN,
        ResultCode.SHARED,
        ResultCode.TOO_LARGE,
        ResultCode.UNKNOWN_CONFLICT,
    }
)
"""Codes after which the operation is not in force; the laptop moves it to the tray."""

ChainLink = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
"""A link of the chain or a digest: 16 bytes as hexadecimal digits."""


class ProblemDocument(BaseModel):
    """The body of a refusal; unknown members are ignored, as RFC 9457 asks.

    Attributes:
        type: `urn:embassy-desk:problem:` and the code.
        now_ms: Headquarters' clock.
        last: Number of the node's last operation that headquarters has.
        links: Number and chain link of operations that headquarters has, the newest first: every
            one of the last 1,000, then every hundredth. `POST /sync/v1/chain` tells others.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    type: str
    title: str = ""
    status: int
    detail: str = ""
    now_ms: Count | None = None
    last: Count | None = None
    links: tuple[tuple[Count, ChainLink], ...] = ()
    epoch: Number | None = None
    hub_id: Identity | None = None
    scope: str | None = None
    limit_bytes: Count | None = None
    order: str | None = None

    @property
    def code(self) -> str:
        """The code, which may be of a newer version."""
        return self.type.removeprefix(PROBLEM_TYPE)
