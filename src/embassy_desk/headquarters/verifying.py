"""Proves that headquarters is whole: chains of operations, digests of rows, sums of scopes."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.rows import digest_of, state_of
from embassy_desk.headquarters.tables import (
    HUB_BLOB,
    HUB_NODE,
    HUB_OPERATION,
    HUB_PLACE,
    HUB_ROW,
    HUB_SCOPE,
)
from embassy_desk.sealing.digests import (
    CHAIN_START,
    NO_ROWS,
    chain_link,
    digest_sum,
    operation_digest,
)
from embassy_desk.texts import N_, Text

FETCHED_AT_ONCE = 1000
MOST_PROBLEMS = 100


@dataclass
class HubVerification:
    """What a check found.

    Attributes:
        devices: How many chains were followed.
        operations: How many operations they hold.
        rows: How many rows, deleted ones counted.
        problems: What is wrong; nothing when all is whole.
    """

    devices: int = 0
    operations: int = 0
    rows: int = 0
    problems: list[Text] = field(default_factory=list)

    def complain(self, problem: Text) -> None:
        """Add a problem; beyond a hundred they are not told any more."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)


def verify_hub(hub: Hub, connection: Connection) -> HubVerification:
    """Check everything against everything else, in one unchanging state.

    Args:
        hub: Headquarters.
        connection: A reading transaction of every scope.
    """
    found = HubVerification()
    _check_chains(connection, found)
    _check_rows(connection, found)
    _check_blobs(hub, connection, found)
    return found


def _check_chains(connection: Connection, found: HubVerification) -> None:
    nodes = connection.execute(select(HUB_NODE).order_by(HUB_NODE.c.nid)).all()
    for node in nodes:
        found.devices += 1
        chain, last = CHAIN_START, 0
        for last, (nseq, text, digest, link) in enumerate(_operations(connection, node.nid), 1):
            found.operations += 1
            is_own = text is None or operation_digest(text.encode()) == digest
            chain = chain_link(chain, digest)
            if nseq != last or not is_own or chain != link:
                found.complain(
                    N_("Operation {number} of device {node} was changed or is missing.",
                       number=last, node=node.node_id)
                )  # fmt: skip
                break
        else:
            if (last, chain) != (node.last_nseq, bytes(node.chain)):
                found.complain(N_("The chain of device {node} was cut.", node=node.node_id))


def _operations(connection: Connection, nid: int) -> Iterator[tuple[int, str | None, bytes, bytes]]:
    last = 0
    while True:
        rows = connection.execute(
            select(
                HUB_OPERATION.c.nseq,
                HUB_OPERATION.c.operation,
                HUB_OPERATION.c.digest,
                HUB_OPERATION.c.chain,
            )
            .where(HUB_OPERATION.c.nid == nid, HUB_OPERATION.c.nseq > last)
            .order_by(HUB_OPERATION.c.nseq)
            .limit(FETCHED_AT_ONCE)
        ).all()
        for nseq, text, digest, link in rows:
            yield nseq, text, bytes(digest), bytes(link)
        if len(rows) < FETCHED_AT_ONCE:
            return
        last = rows[-1].nseq


def _check_rows(connection: Connection, found: HubVerification) -> None:
    sums: dict[str, bytes] = {}
    places = {
        (entity, row_id): scope
        for entity, row_id, scope in connection.execute(
            select(HUB_PLACE.c.entity, HUB_PLACE.c.row_id, HUB_PLACE.c.scope)
        )
    }
    for row in connection.execute(select(HUB_ROW)):
        found.rows += 1
        digest = digest_of(state_of(row))
        sums[row.scope] = digest_sum(sums.get(row.scope, NO_ROWS), added=[digest])
        if digest != bytes(row.digest) or places.get((row.entity, row.row_id)) != row.scope:
            found.complain(
                N_("The row {row} of {entity} was changed.", row=row.row_id, entity=row.entity)
            )
    for scope, digest in connection.execute(select(HUB_SCOPE.c.scope, HUB_SCOPE.c.digest)):
        if bytes(digest) != sums.get(scope, NO_ROWS):
            found.complain(N_("The sum of {scope} does not fit its rows.", scope=scope))


def _check_blobs(hub: Hub, connection: Connection, found: HubVerification) -> None:
    for (name,) in connection.execute(select(HUB_BLOB.c.file_name)):
        if not (hub.folder("blobs") / name).is_file():
            found.complain(N_("The attachment file {file} is missing.", file=name))
