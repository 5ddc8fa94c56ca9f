"""What mends a difference: digests by bucket, whole rows, chain links, new identities."""

from typing import Any

from sqlalchemy import Connection, insert, select, update

from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.exchanging import stored_links
from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.refusals import Refusal
from embassy_desk.headquarters.rows import Book
from embassy_desk.headquarters.signing_in import Caller
from embassy_desk.headquarters.tables import HUB_NODE, HUB_ROW, HUB_SCOPE
from embassy_desk.headquarters.telling import Asker, told_row
from embassy_desk.sealing.digests import NO_ROWS, digest_sum
from embassy_desk.sealing.fingerprints import fingerprint_words
from embassy_desk.sealing.keys import is_sound
from embassy_desk.sync.chains import BUCKETS, bucket_of
from embassy_desk.sync.exchange import (
    ChainAnswer,
    ChainRequest,
    DigestAnswer,
    DigestRequest,
    PackedRow,
    ReidentifyRequest,
    RowsAnswer,
    RowsRequest,
)
from embassy_desk.sync.packing import long_id, packed_rows, short_id
from embassy_desk.sync.problems import ProblemCode

MOST_LINKS = 5000


def bucket_sums(hub: Hub, caller: Caller, asked: DigestRequest) -> DigestAnswer:
    """Return the sums of all buckets of a scope, or the digests of the rows of some.

    Raises:
        Refusal: The caller does not read the scope.
    """
    with hub.database.reading(caller.scopes) as connection:
        sseq = _head(connection, caller, asked.scope)
        rows = connection.execute(
            select(HUB_ROW.c.entity, HUB_ROW.c.row_id, HUB_ROW.c.digest).where(
                HUB_ROW.c.scope == asked.scope, HUB_ROW.c.is_deleted == 0
            )
        ).all()
    if asked.buckets:
        named = tuple(
            (entity, short_id(row_id), bytes(digest).hex())
            for entity, row_id, digest in rows
            if bucket_of(row_id) in asked.buckets
        )
        return DigestAnswer(sseq=sseq, rows=named)
    sums: list[list[bytes]] = [[] for _ in range(BUCKETS)]
    for _, row_id, digest in rows:
        sums[bucket_of(row_id)].append(bytes(digest))
    return DigestAnswer(sseq=sseq, sums=tuple(digest_sum(NO_ROWS, added=s).hex() for s in sums))


def whole_rows(hub: Hub, caller: Caller, asked: RowsRequest) -> RowsAnswer:
    """Return those of the named rows that live in a scope, whole.

    Raises:
        Refusal: The caller does not read the scope, or a name cannot be read.
    """
    try:
        keys = [(entity, long_id(row)) for entity, row in asked.rows]
    except ValueError as error:
        raise Refusal(ProblemCode.MALFORMED, detail="rows") from error
    with hub.database.reading(caller.scopes) as connection:
        sseq = _head(connection, caller, asked.scope)
        book = Book(connection)
        book.load(keys)
    nobody = Asker(node="", at=0)
    forms = [
        form
        for state in book.states.values()
        if state is not None and state.scope == asked.scope and state.deleted is None
        if (form := told_row(state, -1, nobody, base=-1)) is not None
    ]
    rows = tuple(PackedRow.model_validate(each) for each in packed_rows(forms))
    return RowsAnswer(sseq=sseq, rows=rows)


def chain_links(hub: Hub, caller: Caller, asked: ChainRequest) -> ChainAnswer:
    """Return links of the caller's own chain.

    Raises:
        Refusal: The chain asked for is another's, or too much of it.
    """
    if asked.node != caller.node_id:
        raise Refusal(ProblemCode.NOT_FOUND)
    if asked.last - asked.first >= MOST_LINKS:
        raise Refusal(ProblemCode.MALFORMED, detail="last")
    numbers = list(range(asked.first, asked.last + 1))
    with hub.database.reading([EVERY_SCOPE]) as connection:
        links = stored_links(connection, caller.nid, numbers)
    return ChainAnswer(links=tuple(sorted(links.items(), reverse=True)))


def new_identity(hub: Hub, caller: Caller, asked: ReidentifyRequest) -> ReidentifyRequest:
    """Let a device go on under a new identity that continues the old one; return which.

    Asked twice, it answers as before. The old identity takes no more operations.

    Raises:
        Refusal: The past is not the caller's, or the link there is another.
    """
    key = bytes.fromhex(asked.public_key)
    old, agreed = asked.pred
    if old != caller.node_id or not is_sound(key):
        raise Refusal(ProblemCode.NOT_FOUND)
    with hub.database.writing([EVERY_SCOPE]) as connection:
        node = connection.execute(
            select(HUB_NODE).where(HUB_NODE.c.nid == caller.nid).with_for_update()
        ).one()
        known = connection.execute(select(HUB_NODE).where(HUB_NODE.c.node_id == asked.node)).first()
        if known is not None:
            if known.pred_nid != caller.nid or bytes(known.signing_key) != key:
                raise Refusal(ProblemCode.NOT_FOUND)
            return asked
        if stored_links(connection, caller.nid, [agreed]).get(agreed) != asked.hash:
            raise Refusal(ProblemCode.FORK, last=node.last_nseq)
        values: dict[str, Any] = dict(node._mapping)  # noqa: SLF001  SQLAlchemy's public name
        del values["nid"]
        values.update(
            node_id=asked.node,
            pred_nid=caller.nid,
            pred_nseq=agreed,
            signing_key=key,
            words=fingerprint_words(key, node.recipient.encode()),
            last_nseq=0,
            chain=bytes(len(NO_ROWS)),
            durable_nseq=0,
            backlog=0,
            cursors="{}",
            enrolled_ms=hub.now_ms,
            pouch_out=0,
            pouch_digest="",
        )
        connection.execute(insert(HUB_NODE).values(**values))
        connection.execute(update(HUB_NODE).where(HUB_NODE.c.nid == caller.nid).values(backlog=0))
    return asked


def _head(connection: Connection, caller: Caller, scope: str) -> int:
    """Return where a scope ends, for who may read it; both refusals look the same.

    Raises:
        Refusal: The caller does not read it, or it is not there.
    """
    head = connection.execute(select(HUB_SCOPE.c.head).where(HUB_SCOPE.c.scope == scope)).scalar()
    if scope not in caller.scopes or head is None:
        raise Refusal(ProblemCode.NOT_FOUND)
    return int(head)
