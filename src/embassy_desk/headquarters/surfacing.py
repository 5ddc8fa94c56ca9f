"""Offers people what was received, refused and never claimed (SYNC 3.12).

An operation that was parked may be the last copy of somebody's words. When its device goes on
under a new identity and has sent all it has, or after 14 days, its values are offered as
`recover`: adopted where nothing is, otherwise told in a conflict of the kind `recovered`. Parked
deletions and resolutions stay in the list for a person.
"""

from sqlalchemy import Connection, func, select

from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.exchanging import ancestry_of, epoch_heads
from embassy_desk.headquarters.hub import Hub, epoch_of
from embassy_desk.headquarters.parking import SURFACED_AFTER_MS, mark_surfaced, unclaimed
from embassy_desk.headquarters.rows import Book
from embassy_desk.headquarters.signing_in import Caller, caller_of
from embassy_desk.headquarters.tables import HUB_NODE, HUB_PARKED
from embassy_desk.headquarters.taking import Setting, Taking
from embassy_desk.sealing.digests import CHAIN_START
from embassy_desk.sync.conflicts import ConflictKind
from embassy_desk.sync.operations import Operation, OperationKind

_OFFERED = frozenset({OperationKind.PUT, OperationKind.MOVE, OperationKind.RECOVER})


def surface(hub: Hub, caller: Caller, *, before_ms: int | None = None) -> int:
    """Offer what a device's former identities sent and nobody claimed; return how many.

    Args:
        hub: Headquarters.
        caller: The device as it is now.
        before_ms: Only what came before this time.
    """
    with hub.database.writing([EVERY_SCOPE]) as connection:
        node = connection.execute(
            select(HUB_NODE).where(HUB_NODE.c.nid == caller.nid).with_for_update()
        ).one()
        nodes = {caller.node_id, *ancestry_of(connection, node)}
        parked = unclaimed(connection, nodes, before_ms=before_ms)
        offered = [_as_offer(each) for _, each in parked if each.k in _OFFERED]
        if not offered:
            return 0
        _offer(hub, connection, caller, offered)
        mark_surfaced(connection, nodes, hub.now_ms, before_ms=before_ms)
    return len(offered)


def surface_old(hub: Hub) -> int:
    """Offer what waited for longer than 14 days, whoever sent it; return how many that was.

    To be run daily. A device that has a successor by now is spoken for by the newest one.
    """
    before_ms = hub.now_ms - SURFACED_AFTER_MS
    with hub.database.reading([EVERY_SCOPE]) as connection:
        rows = connection.execute(
            select(HUB_PARKED.c.origin)
            .where(
                HUB_PARKED.c.claimed_ms.is_(None),
                HUB_PARKED.c.surfaced_ms.is_(None),
                HUB_PARKED.c.received_ms < before_ms,
            )
            .distinct()
        )
        newest = {_newest(connection, origin) for (origin,) in rows}
        callers = [
            caller_of(connection, node)
            for node in connection.execute(select(HUB_NODE).where(HUB_NODE.c.nid.in_(newest)))
        ]
    return sum(surface(hub, each, before_ms=before_ms) for each in callers)


def _newest(connection: Connection, node_id: str) -> int:
    """Return the number of the last identity that continues a node."""
    nid = connection.execute(
        select(HUB_NODE.c.nid).where(HUB_NODE.c.node_id == node_id)
    ).scalar_one()
    while True:
        later = connection.execute(
            select(func.max(HUB_NODE.c.nid)).where(HUB_NODE.c.pred_nid == nid)
        ).scalar()
        if later is None:
            return int(nid)
        nid = later


def _offer(hub: Hub, connection: Connection, caller: Caller, offered: list[Operation]) -> None:
    """Merge offers as nobody's, or they would look like echoes of what their authors send."""
    setting = Setting(
        caller=caller,
        node=caller.node_id,
        nid=caller.nid,
        ancestry={},
        epoch=epoch_of(connection),
        epoch_heads=epoch_heads(connection),
        now_ms=hub.now_ms,
    )
    hub.database.enter(connection, caller.writes | set(caller.scopes))
    taking = Taking(setting, Book(connection), lost_as=ConflictKind.RECOVERED)
    taking.prepare(offered)
    for each in offered:
        taking.offer(each)
    taking.finish(connection, CHAIN_START)


def _as_offer(operation: Operation) -> Operation:
    """Return a parked operation as one that never wins and covers nothing."""
    return operation.model_copy(update={"k": OperationKind.RECOVER, "b": 0, "s": None})
