"""What laptop and headquarters say to each other: closed models (SYNC 3.10).

`POST /sync/v1/exchange` does everything in one round trip: it takes operations, acknowledges them
by hash, and answers with the state that changed. Bodies are canonical JSON, zstd-compressed.
Requests refuse unknown keys; answers may grow, and unknown keys in them are passed over.

Repeating a request is always safe. A laptop acts only on the answer to its newest request of the
present identity, if its cursors are unchanged since, and takes operations for acknowledged only if
`last_hash` is its own chain link at `last`.
"""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, FailFast, Field

from embassy_desk.sync.operations import (
    MOST_FIELDS,
    Count,
    Fields,
    Identity,
    Name,
    Number,
    OperationKind,
    ScopeName,
    Whole,
)
from embassy_desk.sync.problems import ChainLink, ResultCode

PROTOCOL = 1
LARGEST_BODY_BYTES = 1024 * 1024
"""Compressed."""
LARGEST_TEXT_BYTES = 16 * 1024 * 1024
"""Decompressed."""
MOST_OPERATIONS = 20_000
MOST_SCOPES = 500
MEDIA_TYPE = "application/json"
EXCHANGE_PATH = "/sync/v1/exchange"
DIGEST_PATH = "/sync/v1/digest"
ROWS_PATH = "/sync/v1/rows"
CHAIN_PATH = "/sync/v1/chain"
REIDENTIFY_PATH = "/sync/v1/reidentify"
SNAPSHOT_PATH = "/sync/v1/snapshot"
POUCH_PATH = "/sync/v1/pouch"
HEALTH_PATH = "/sync/v1/health"

_NO_END = 2**53

ShortId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{22}$")]


class _Asked(BaseModel):
    """A request: closed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class _Told(BaseModel):
    """An answer: may grow."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class PackedOperation(_Asked):
    """An operation as `sync.packing` writes it."""

    n: Number | None = None
    t: Whole = 0
    c: Count = 0
    b: Count = 0
    s: ScopeName | None = None
    g: Number = 1
    e: Name | None = None
    r: ShortId = ""
    k: OperationKind = OperationKind.PUT
    f: Fields = {}
    u: Identity | None = None
    x: Count = 0
    m: Annotated[int, Field(ge=1, le=1)] = 1
    o: tuple[Identity, Number] | None = None

    @property
    def short(self) -> dict[str, Any]:
        """The packed form with exactly the keys that were sent, for `sync.packing.unpacked`."""
        return self.model_dump(mode="json", exclude_unset=True)


class Wanted(_Asked):
    """How much the laptop wants in one answer.

    Attributes:
        bytes: About how many bytes of rows, before compression.
        rows: At most how many rows.
        sids: Only these scopes; all that it may read when left out.
        snapshots: Whether it takes a snapshot where one is offered instead of the first pages.
    """

    bytes: Number = 1024 * 1024
    rows: Number = 5_000
    sids: Annotated[tuple[ScopeName, ...], Field(max_length=MOST_SCOPES)] | None = None
    snapshots: bool = False


class ExchangeRequest(_Asked):
    """What a laptop sends.

    Attributes:
        proto: `PROTOCOL`.
        hub_id: The headquarters it was enrolled at.
        epoch: The epoch it knows.
        node: Its present identity.
        pred: The identity before that one, and the last number on which both sides agreed.
        schema_rev: Revision of its tables.
        app: Version of the program.
        now_ms: Its wall clock.
        nseq: Number of its newest operation.
        at: Number of the operation before the first one sent.
        hash: Chain link at `at`.
        cursors: Position in each scope it holds; a scope it should hold and does not name is at 0.
        bases: Where `cursors` last stood at the end of a scope: everything up to there is here.
            While a scope is fetched in pages, `cursors` runs ahead, and a row of a later page may
            have changed before the present one: so rows are chosen by `cursors`, and what to tell
            of them by `bases` (everything after it; the whole row if it was created after it).
            Left out where both are the same.
        digests: Sum of its confirmed rows, for each scope; left out while a bootstrap is under way.
        ops: Packed operations `at` + 1, `at` + 2 …
        blobs_have: SHA-256 of attachments that it can upload.
        wants: Attachments whose contents are to come by pouch; over the line they are fetched.
        durable_seen: The `durable` that it has acted upon.
        has_recovered: Whether it has offered all that it holds to a restored headquarters.
    """

    proto: Number
    hub_id: Identity
    epoch: Number
    node: Identity
    pred: tuple[Identity, Count] | None = None
    schema_rev: Annotated[str, Field(max_length=40)]
    app: Annotated[str, Field(max_length=40)]
    now_ms: Count
    nseq: Count
    at: Count
    hash: ChainLink
    cursors: Annotated[dict[ScopeName, Count], Field(max_length=MOST_SCOPES)] = {}
    bases: Annotated[dict[ScopeName, Count], Field(max_length=MOST_SCOPES)] = {}
    digests: Annotated[dict[ScopeName, ChainLink], Field(max_length=MOST_SCOPES)] = {}
    ops: Annotated[tuple[PackedOperation, ...], Field(max_length=MOST_OPERATIONS), FailFast()] = ()
    want: Wanted = Wanted()
    blobs_have: Annotated[
        tuple[Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")], ...], Field(max_length=1_000)
    ] = ()
    wants: Annotated[tuple[Identity, ...], Field(max_length=200)] = ()
    durable_seen: Count = 0
    has_recovered: bool = False

    def base(self, sid: str) -> int:
        """Return the position up to which everything of a scope is here."""
        return min(self.bases.get(sid, _NO_END), self.cursors.get(sid, 0))


class PackedRow(_Told):
    """A row of an answer as `sync.packing` writes it."""

    e: str | None = None
    r: ShortId
    u: str | None = None
    t: Whole = 0
    w: int = 0
    d: int = 0
    m: int = 0
    f: Annotated[dict[str, Any], Field(max_length=10 * MOST_FIELDS)] = {}

    @property
    def short(self) -> dict[str, Any]:
        """The packed form with exactly the keys that were sent."""
        return self.model_dump(mode="json", exclude_unset=True)


class Gone(_Told):
    """A row that left the scope; the laptop forgets it there."""

    e: str
    r: ShortId


class SnapshotOffer(_Told):
    """A snapshot that is shorter than the delta.

    Attributes:
        hash: SHA-256 of the file, its address.
        sseq: The position it was made at.
        bytes: Its length.
        rows: How many rows it holds.
    """

    hash: str
    sseq: Count
    bytes: Count
    rows: Count


class ScopePage(_Told):
    """The next part of a scope: everything after `from`, up to and including `to`.

    Attributes:
        since: The cursor that was sent; `from` on the wire.
        to: The cursor afterwards.
        head: Where the scope ends.
        more: Whether `to` is before `head`.
        digest: Sum of all rows at `to`; only where that is the head.
        rows: In the order in which they changed; a row created after `from` is whole. What the
            laptop's own operations put in force is left out.
        gone: Rows that left the scope.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    since: Annotated[Count, Field(alias="from")]
    to: Count
    head: Count
    more: bool = False
    digest: ChainLink | None = None
    rows: tuple[PackedRow, ...] = ()
    gone: tuple[Gone, ...] = ()
    snapshot: SnapshotOffer | None = None


class OperationResult(_Told):
    """What became of one operation; the simply applied ones are not named.

    Attributes:
        code: One of `ResultCode`, or one that a newer version knows.
    """

    n: Number
    code: ResultCode | str
    msg: str = ""
    field: str | None = None


class ExchangeAnswer(_Told):
    """What headquarters answers.

    Attributes:
        last: Number of the node's last operation that headquarters has.
        last_hash: Chain link there.
        durable: Number up to which a verified backup has them.
        revoked: Scopes that the laptop must push the rest of, and then forget.
        blobs_missing: SHA-256 of attachments that headquarters wants.
        blobs_here: SHA-256 of attachments that came from this device; told by pouch, where nobody
            can ask.
        notices: Codes of what the person should be told, such as `update_available`.
        newest_proto: The newest protocol that headquarters speaks.
    """

    hub_id: Identity
    epoch: Number
    now_ms: Count
    last: Count
    last_hash: ChainLink
    durable: Count = 0
    results: tuple[OperationResult, ...] = ()
    scopes: dict[str, ScopePage] = {}
    revoked: tuple[str, ...] = ()
    blobs_missing: tuple[str, ...] = ()
    blobs_here: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    newest_proto: Number = PROTOCOL


class DigestRequest(_Asked):
    """Asks for sums of one scope: of all buckets, or the row digests of some (SYNC 3.15)."""

    scope: ScopeName
    buckets: Annotated[tuple[Annotated[int, Field(ge=0, le=255)], ...], Field(max_length=256)] = ()


class DigestAnswer(_Told):
    """Sums of the 256 buckets (`sync.chains.bucket_of`), or digests of the rows of those asked for.

    Attributes:
        sseq: The position both are of.
        sums: 256 sums when no bucket was named.
        rows: Entity, row and digest otherwise.
    """

    sseq: Count
    sums: tuple[ChainLink, ...] = ()
    rows: tuple[tuple[str, ShortId, ChainLink], ...] = ()


class RowsRequest(_Asked):
    """Asks for whole rows by name."""

    scope: ScopeName
    rows: Annotated[tuple[tuple[Name, ShortId], ...], Field(max_length=5_000)]


class RowsAnswer(_Told):
    """Those of the rows that are in the scope; the others are gone."""

    sseq: Count
    rows: tuple[PackedRow, ...] = ()


class ChainRequest(_Asked):
    """Asks for the chain links of the asking device, first to last, at most 5,000."""

    node: Identity
    first: Count
    last: Count


class ChainAnswer(_Told):
    """Number and link of each operation that headquarters has of those."""

    links: tuple[tuple[Count, ChainLink], ...] = ()


class ReidentifyRequest(_Asked):
    """Asks for a new identity after a fork or a restored laptop; signed by the old key.

    Attributes:
        node: The new identity, random.
        public_key: The new Ed25519 key, 64 hexadecimal digits.
        pred: The identity it continues, and the last number on which both sides agreed.
        hash: The link there.
    """

    node: Identity
    public_key: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    pred: tuple[Identity, Count]
    hash: ChainLink
