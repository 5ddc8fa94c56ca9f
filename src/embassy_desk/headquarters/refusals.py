"""Refusals of whole requests, as problem documents (RFC 9457)."""

from typing import Any

from embassy_desk.sync.problems import PROBLEM_TYPE, STATUS, ProblemCode

MEDIA_TYPE = "application/problem+json"

_TITLES = {
    ProblemCode.MALFORMED: "The request is not what the models say.",
    ProblemCode.UNSIGNED: "The request is not signed by a device that is known here.",
    ProblemCode.CLOCK: "The signature's time is too far from this clock.",
    ProblemCode.REPLAYED: "This request was taken before.",
    ProblemCode.PENDING: "The device waits for approval.",
    ProblemCode.REVOKED: "The device was revoked.",
    ProblemCode.NOT_FOUND: "There is no such thing here.",
    ProblemCode.FORK: "The chain of this device parted from the one known here.",
    ProblemCode.ROLLED_BACK: "This device was set back; more of it is known here.",
    ProblemCode.GAP: "Operations are missing in between.",
    ProblemCode.EPOCH: "Headquarters was restored from a backup, or is another one.",
    ProblemCode.SNAPSHOT_REQUIRED: "The cursor is too old; take a snapshot.",
    ProblemCode.TOO_LARGE: "The request is too large.",
    ProblemCode.ENCODING: "The body is compressed in a way, or at a time, that is not allowed.",
    ProblemCode.DAMAGED: "The content is not what its hash says; begin again.",
    ProblemCode.UPDATE_NEEDED: "The protocol is too old; update the program.",
    ProblemCode.BUSY: "Too much at once; come back later.",
}


class Refusal(Exception):  # noqa: N818  a refusal is an answer
    """A request was refused as a whole.

    Attributes:
        code: Why.
        status: The HTTP status.
        members: What the document says besides.
        retry_after_s: When to come back, where that helps.
    """

    def __init__(
        self,
        code: ProblemCode,
        *,
        status: int | None = None,
        retry_after_s: int | None = None,
        **members: Any,
    ) -> None:
        """Refuse with a code; what is named besides goes into the document."""
        super().__init__(code.value)
        self.code = code
        self.status = status or STATUS[code]
        self.retry_after_s = retry_after_s
        self.members = members

    def document(self, now_ms: int) -> dict[str, Any]:
        """Return the problem document."""
        return {
            "type": PROBLEM_TYPE + self.code.value,
            "title": _TITLES[self.code],
            "status": self.status,
            "now_ms": now_ms,
            **self.members,
        }
