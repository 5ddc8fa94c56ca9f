"""When digests differ: from sums of buckets to rows, and only those are fetched (SYNC 3.15)."""

from dataclasses import dataclass
from typing import Protocol, TypeVar

from pydantic import BaseModel

from embassy_desk.application.exchange import linked, told_rows
from embassy_desk.sealing.digests import NO_ROWS, digest_sum
from embassy_desk.store.headquarters_link import HeadquartersLink, note_headquarters
from embassy_desk.store.outgoing import Node, present_node
from embassy_desk.store.scope_digests import settle_digests
from embassy_desk.store.takeover import Takeover, Told, ToldRow
from embassy_desk.store.work import UnitOfWork
from embassy_desk.sync.chains import BUCKETS, bucket_of
from embassy_desk.sync.exchange import (
    DIGEST_PATH,
    ROWS_PATH,
    DigestAnswer,
    DigestRequest,
    RowsAnswer,
    RowsRequest,
)
from embassy_desk.sync.packing import long_id, short_id
from embassy_desk.transport.road import Signer

ROWS_AT_ONCE = 1_000

Answer = TypeVar("Answer", bound=BaseModel)
Name = tuple[str, str]


class Asking(Protocol):
    """What asks headquarters: a road."""

    def ask(self, path: str, body: bytes, answer: type[Answer], signer: Signer) -> Answer:
        """Return the answer to a signed request."""


@dataclass(frozen=True)
class PlannedRepair:
    """A scope that differs, and what is confirmed of it here.

    Attributes:
        digests: Digest of every confirmed row.
        cursor: Where the scope stood.
    """

    sid: str
    node: Node
    link: HeadquartersLink
    digests: dict[Name, bytes]
    cursor: int


@dataclass(frozen=True)
class ToldRepair:
    """Rows as headquarters has them, and rows that it does not have.

    Attributes:
        gone: Scope, table and identity of what it does not have.
        sseq: The position at which both were compared.
    """

    rows: tuple[ToldRow, ...]
    gone: tuple[tuple[str, str, str], ...]
    sseq: int = 0


def plan_repair(work: UnitOfWork, sid: str) -> PlannedRepair:
    """Read what is confirmed in a scope; its own sums are mended first, if they are wrong.

    Args:
        work: A writing unit of work.
        sid: The scope.
    """
    (cursor,) = work.raw.execute("SELECT cursor FROM sync_scope WHERE sid = ?", (sid,)).fetchone()
    return PlannedRepair(
        sid, present_node(work.raw), linked(work), settle_digests(work.raw, sid), cursor
    )


def ask_repair(road: Asking, planned: PlannedRepair, signer: Signer) -> ToldRepair:
    """Ask headquarters for sums, then for digests, then for the rows that differ."""
    own = planned.digests
    compared = _asked(road, DigestRequest(scope=planned.sid), signer)
    sums = compared.sums
    differing = tuple(
        bucket for bucket in range(BUCKETS) if sums and sums[bucket] != _sum(own, bucket)
    )
    if not differing:
        return ToldRepair((), (), compared.sseq)
    rows = _asked(road, DigestRequest(scope=planned.sid, buckets=differing), signer).rows
    theirs = {(entity, long_id(row_id)): bytes.fromhex(digest) for entity, row_id, digest in rows}
    wanted = [name for name, digest in theirs.items() if own.get(name) != digest]
    extra = [name for name in own if bucket_of(name[1]) in set(differing) and name not in theirs]
    told: list[ToldRow] = []
    for start in range(0, len(wanted), ROWS_AT_ONCE):
        names = tuple(
            (entity, short_id(row_id)) for entity, row_id in wanted[start:][:ROWS_AT_ONCE]
        )
        body = RowsRequest(scope=planned.sid, rows=names).model_dump_json().encode()
        told += told_rows(planned.sid, road.ask(ROWS_PATH, body, RowsAnswer, signer).rows)
    gone = tuple((planned.sid, *name) for name in extra)
    return ToldRepair(tuple(told), gone, compared.sseq)


def take_repair(work: UnitOfWork, planned: PlannedRepair, told: ToldRepair) -> int:
    """Take the rows over, beneath what is pending; return how many differed.

    Nothing is done if the scope moved on meanwhile: the next exchange compares again.
    """
    (cursor,) = work.raw.execute(
        "SELECT cursor FROM sync_scope WHERE sid = ?", (planned.sid,)
    ).fetchone()
    node = present_node(work.raw)
    if cursor != planned.cursor or node.acked != planned.node.acked:
        return 0
    Takeover(work, node, Told(node.acked, rows=told.rows, gone=told.gone)).take()
    note_headquarters(work.raw, problem="")
    return len(told.rows) + len(told.gone)


def _asked(road: Asking, request: DigestRequest, signer: Signer) -> DigestAnswer:
    body = request.model_dump_json(exclude_defaults=True).encode()
    return road.ask(DIGEST_PATH, body, DigestAnswer, signer)


def _sum(digests: dict[Name, bytes], bucket: int) -> str:
    of_bucket = [each for name, each in digests.items() if bucket_of(name[1]) == bucket]
    return digest_sum(NO_ROWS, added=of_bucket).hex()
