"""The exchange, from a request to its answer (SYNC 3.10).

Everything is checked and unpacked before the transaction; the journal has the request before the
database does; the answer is read from one unchanging state after the commit.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select, update

from embassy_desk.domain.errors import InvalidError
from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.journal import Entry, Journal
from embassy_desk.headquarters.offers import EpochHeads
from embassy_desk.headquarters.parking import claim, park
from embassy_desk.headquarters.refusals import Refusal
from embassy_desk.headquarters.rows import Book
from embassy_desk.headquarters.signing_in import Caller
from embassy_desk.headquarters.tables import HUB_EPOCH, HUB_NODE, HUB_OPERATION, HUB_STATE
from embassy_desk.headquarters.taking import Setting, Taking
from embassy_desk.sealing.digests import CHAIN_START, operation_digest
from embassy_desk.sync.chains import offered_links
from embassy_desk.sync.exchange import PROTOCOL, ExchangeRequest, OperationResult
from embassy_desk.sync.operations import Operation, in_order
from embassy_desk.sync.packing import unpacked
from embassy_desk.sync.problems import ProblemCode

LINKS_ASKED_AT_ONCE = 500
_NODE_AND_EPOCH = select(
    HUB_NODE, select(HUB_STATE.c.epoch).scalar_subquery().label("present_epoch")
)


@dataclass(frozen=True)
class Push:
    """Operations that a node sends, over the line or in a pouch.

    Attributes:
        epoch: The generation that the node knows.
        nseq: Number of its newest operation.
        at: Number of the operation before the first one sent.
        link: Its chain's link there, hexadecimal.
        operations: Those after it, in order.
        cursors: How far the node has read.
        channel: `net` or `pouch`.
    """

    epoch: int
    nseq: int
    at: int
    link: str
    operations: Sequence[Operation]
    cursors: Mapping[str, int]
    channel: str = "net"


@dataclass(frozen=True)
class Taken:
    """What came of a push.

    Attributes:
        last: Number of the node's last operation that headquarters has.
        last_hash: Its link, hexadecimal.
        durable: Number up to which a verified backup has them.
        results: Of those that were not simply applied.
        has_news: Whether the laptop said something of itself that is not noted yet.
    """

    last: int
    last_hash: str
    durable: int
    results: tuple[OperationResult, ...] = ()
    has_news: bool = False


def push_of(request: ExchangeRequest, caller: Caller, hub: Hub) -> Push:
    """Return the operations of a request, read and in order.

    Raises:
        Refusal: The protocol is too old, it is meant for another node or headquarters, or its
            operations cannot be read.
    """
    if request.proto != PROTOCOL:
        raise Refusal(ProblemCode.UPDATE_NEEDED)
    if request.hub_id != hub.hub_id:
        raise Refusal(ProblemCode.EPOCH, hub_id=hub.hub_id)
    if request.node != caller.node_id:
        raise Refusal(ProblemCode.UNSIGNED)
    first = request.at + 1
    try:
        forms = unpacked((each.short for each in request.ops), first)
        operations = [Operation.read(each) for each in forms]
        texts = [each.canonical for each in operations]
    except InvalidError as error:
        raise Refusal(ProblemCode.MALFORMED, detail=str(error.text)[:500]) from error
    if not in_order(operations, first) or request.nseq < request.at + len(texts):
        raise Refusal(ProblemCode.MALFORMED, detail="ops")
    return Push(request.epoch, request.nseq, request.at, request.hash, operations, request.cursors)


def take(hub: Hub, journal: Journal, caller: Caller, push: Push, body: bytes) -> Taken:
    """Take operations in; they are durable when this returns, and in the journal before that.

    Args:
        hub: Headquarters.
        journal: Gets the body first, if there is anything in it to lose.
        caller: Who sends.
        push: What it sends.
        body: The same as it came, decompressed.

    Raises:
        Refusal: The chains parted, or something is missing; then what was sent is parked.
        StoreError: The disk refuses.
    """
    if push.operations:
        journal.append(Entry(hub.now_ms, caller.node_id, push.channel, body))
    with hub.database.writing([EVERY_SCOPE]) as connection:
        node = connection.execute(
            _NODE_AND_EPOCH.where(HUB_NODE.c.nid == caller.nid).with_for_update(of=HUB_NODE)
        ).one()
        epoch = node.present_epoch
        refusal = _disagreement(connection, node, push, epoch)
        if refusal is None:
            return _applied(hub, connection, caller, node, push, epoch)
        reason, now_ms = refusal.code.value, hub.now_ms
        park(connection, node, push.operations, reason=reason, now_ms=now_ms)
    raise refusal


def heard(connection: Connection, caller: Caller, push: Push) -> Taken | None:
    """Return what is known of a laptop that brings nothing and stands where headquarters does.

    Nothing is locked or written. Anybody else goes through `take`: the return is None.
    """
    if push.operations:
        return None
    node = connection.execute(_NODE_AND_EPOCH.where(HUB_NODE.c.nid == caller.nid)).one()
    chain = bytes(node.chain).hex()
    said = (push.epoch, push.nseq, push.at, push.link)
    if said != (node.present_epoch, node.last_nseq, node.last_nseq, chain):
        return None
    return Taken(node.last_nseq, chain, node.durable_nseq, has_news=bool(_news(node, push)))


def note_news(hub: Hub, caller: Caller, push: Push) -> None:
    """Note how far a laptop that brought nothing has read."""
    with hub.database.alone() as connection:
        node = connection.execute(select(HUB_NODE).where(HUB_NODE.c.nid == caller.nid)).one()
        if news := _news(node, push):
            connection.execute(update(HUB_NODE).where(HUB_NODE.c.nid == caller.nid).values(**news))


def _news(node: Row[Any], push: Push) -> dict[str, Any]:
    """Return what a laptop says of itself that was not known; `node` is its row."""
    said = {
        "backlog": max(0, push.nseq - node.last_nseq),
        "cursors": json.dumps(push.cursors, sort_keys=True),
    }
    return {name: value for name, value in said.items() if getattr(node, name) != value}


def _disagreement(connection: Connection, node: Row[Any], push: Push, epoch: int) -> Refusal | None:
    """Compare what both sides know of the node's chain."""
    last = node.last_nseq
    if push.epoch != epoch:
        return _refusal(connection, node, ProblemCode.EPOCH, epoch=epoch)
    if push.at > last:
        return _refusal(connection, node, ProblemCode.GAP)
    here = {last: bytes(node.chain).hex()}  # most continue where headquarters stands
    known = here if push.at == last else stored_links(connection, node.nid, [push.at])
    if known.get(push.at) != push.link:
        return _refusal(connection, node, ProblemCode.FORK)
    repeated = [each for each in push.operations if each.n <= last]
    digests = _digests(connection, node.nid, push.at + 1, push.at + len(repeated))
    if any(digests.get(each.n) != operation_digest(each.canonical) for each in repeated):
        return _refusal(connection, node, ProblemCode.FORK)
    if push.nseq < last:
        return _refusal(connection, node, ProblemCode.ROLLED_BACK)
    return None


def _refusal(connection: Connection, node: Row[Any], code: ProblemCode, **members: Any) -> Refusal:
    links = stored_links(connection, node.nid, offered_links(node.last_nseq))
    told = [[number, links[number]] for number in sorted(links, reverse=True)]
    return Refusal(code, last=node.last_nseq, links=told, **members)


def stored_links(connection: Connection, nid: int, numbers: Sequence[int]) -> dict[int, str]:
    """Return the chain links that headquarters has at these numbers, hexadecimal."""
    found = {0: CHAIN_START.hex()} if 0 in numbers else {}
    wanted = [each for each in numbers if each]
    for start in range(0, len(wanted), LINKS_ASKED_AT_ONCE):
        some = wanted[start : start + LINKS_ASKED_AT_ONCE]
        rows = connection.execute(
            select(HUB_OPERATION.c.nseq, HUB_OPERATION.c.chain).where(
                HUB_OPERATION.c.nid == nid, HUB_OPERATION.c.nseq.in_(some)
            )
        )
        found.update({nseq: chain.hex() for nseq, chain in rows})
    return found


def _digests(connection: Connection, nid: int, first: int, last: int) -> dict[int, bytes]:
    if last < first:
        return {}
    rows = connection.execute(
        select(HUB_OPERATION.c.nseq, HUB_OPERATION.c.digest).where(
            HUB_OPERATION.c.nid == nid, HUB_OPERATION.c.nseq.between(first, last)
        )
    )
    return {nseq: bytes(digest) for nseq, digest in rows}


def _applied(
    hub: Hub, connection: Connection, caller: Caller, node: Row[Any], push: Push, epoch: int
) -> Taken:
    fresh = [each for each in push.operations if each.n > node.last_nseq]
    last, chain = node.last_nseq, bytes(node.chain)
    results: tuple[OperationResult, ...] = ()
    if fresh:
        setting = Setting(
            caller=caller,
            node=caller.node_id,
            nid=caller.nid,
            ancestry=ancestry_of(connection, node),
            epoch=epoch,
            epoch_heads=epoch_heads(connection),
            now_ms=hub.now_ms,
            channel=push.channel,
        )
        # From here on row-level security holds the transaction to what the caller may touch.
        hub.database.enter(connection, caller.writes | set(caller.scopes))
        taking = Taking(setting, Book(connection))
        taking.prepare(fresh)
        for each in fresh:
            taking.take(each)
        chain, last = taking.finish(connection, chain), fresh[-1].n
        results = tuple(taking.results)
        claim(connection, caller.node_id, fresh, hub.now_ms)
    values = {
        "last_nseq": last,
        "chain": chain,
        "backlog": max(0, push.nseq - last),
        "cursors": json.dumps(push.cursors, sort_keys=True),
    }
    if any(getattr(node, name) != value for name, value in values.items()):
        connection.execute(update(HUB_NODE).where(HUB_NODE.c.nid == caller.nid).values(**values))
    return Taken(last, chain.hex(), node.durable_nseq, results)


def ancestry_of(connection: Connection, node: Row[Any]) -> Mapping[str, int]:
    """Return the nodes that one continues, each with the last number of the common past."""
    found: dict[str, int] = {}
    while node.pred_nid is not None and len(found) < LINKS_ASKED_AT_ONCE:
        agreed = node.pred_nseq
        node = connection.execute(select(HUB_NODE).where(HUB_NODE.c.nid == node.pred_nid)).one()
        found[node.node_id] = agreed
    return found


def epoch_heads(connection: Connection) -> EpochHeads:
    """Return where each scope stood when the generations after the first began."""
    rows = connection.execute(select(HUB_EPOCH).order_by(HUB_EPOCH.c.epoch))
    found: dict[str, list[tuple[int, int]]] = {}
    for row in rows:
        found.setdefault(row.scope, []).append((row.epoch, row.head))
    return found
