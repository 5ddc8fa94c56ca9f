"""What the page of headquarters shows: this device, what waits, pouches, what was not accepted."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from embassy_desk.application.enrolling import own_words
from embassy_desk.application.file_pace import file_limit_kbit
from embassy_desk.application.outbox import Outbox, outbox
from embassy_desk.application.pouches import PouchLog, pouch_log
from embassy_desk.application.proxy import proxy_of
from embassy_desk.application.sync_state import SyncState, sync_state
from embassy_desk.store.finders.names import headings
from embassy_desk.store.headquarters_link import (
    ACTIVE,
    PENDING,
    REVOKED,
    HeadquartersLink,
    headquarters_link,
)
from embassy_desk.store.outgoing import present_node
from embassy_desk.store.takeover import BrakeError
from embassy_desk.store.work import UnitOfWork
from embassy_desk.sync.problems import ResultCode
from embassy_desk.texts import N_, Text

__all__ = [
    "ACTIVE",
    "PENDING",
    "REVOKED",
    "BrakeError",
    "HeadquartersSheet",
    "Refused",
    "headquarters_sheet",
    "present_link",
]

MOST_REFUSED = 200


@dataclass(frozen=True)
class Refused:
    """A change that headquarters did not put in force.

    Attributes:
        why: In a sentence.
        at: When it was told.
        kind: Kind of the record; empty if it is not here.
        record_id: The record.
        heading: What it is called.
    """

    why: Text
    at: str
    kind: str
    record_id: UUID | None
    heading: str


@dataclass(frozen=True)
class HeadquartersSheet:
    """Everything the page shows.

    Attributes:
        state: How the desk and headquarters stand.
        is_asked: Whether this desk has asked to be let in.
        url: Where headquarters is; empty when it is reached by pouch only.
        status: `pending`, `active` or `revoked`; empty before enrolment.
        words: Six words by which headquarters knows this device.
        device: Short name of the device.
        tried_at: When it was last tried.
        durable: Up to which change a verified backup of headquarters has ours.
        last: Number of the newest change of this device.
        proxy: Address of the proxy.
        files_kbit: How many kbit/s contents of files may take, as typed; empty for all of the line.
        pouches: What was written and read.
        outbox: What waits to go, by record.
        refused: Changes that are not in force, newest first.
    """

    state: SyncState
    is_asked: bool
    url: str
    status: str
    words: str
    device: str
    tried_at: datetime | None
    durable: int
    last: int
    proxy: str
    files_kbit: str
    pouches: PouchLog
    outbox: Outbox
    refused: tuple[Refused, ...]


def present_link(work: UnitOfWork) -> HeadquartersLink | None:
    """Return how this desk is tied to headquarters; nothing before enrolment."""
    return headquarters_link(work.raw)


def headquarters_sheet(work: UnitOfWork) -> HeadquartersSheet:
    """Return what the page of headquarters shows."""
    link, node = headquarters_link(work.raw), present_node(work.raw)
    words, state = own_words(work), sync_state(work)
    return HeadquartersSheet(
        state=state,
        is_asked=bool(words),
        url=link.url if link else "",
        status=link.status if link else "",
        words=words,
        device=node.node_id[:8],
        tried_at=link.tried_at if link else None,
        durable=link.durable if link else 0,
        last=node.nseq,
        proxy=proxy_of(work),
        files_kbit=str(file_limit_kbit(work) or ""),
        pouches=pouch_log(work),
        outbox=outbox(work, state),
        refused=_refused(work),
    )


def _refused(work: UnitOfWork) -> tuple[Refused, ...]:
    rows = work.raw.execute(
        "SELECT t.code, t.at, o.root_kind, o.root_id, o.operation FROM sync_tray t"
        " LEFT JOIN sync_op o ON o.node_no = t.node_no AND o.nseq = t.nseq"
        " ORDER BY t.node_no DESC, t.nseq DESC LIMIT ?",
        (MOST_REFUSED,),
    ).fetchall()
    names = headings(work, {UUID(root) for _, _, _, root, _ in rows if root})
    found = []
    for code, at, kind, root, text in rows:
        record_id = UUID(root) if root and UUID(root) in names else None
        why = _WHY.get(code, N_("Headquarters refused: {code}.", code=code))
        heading = names[record_id] if record_id else _name_of(text)
        found.append(Refused(why, at, kind if record_id else "", record_id, heading))
    return tuple(found)


def _name_of(text: str | None) -> str:
    """Return what is known of a row that is not here."""
    return str(json.loads(text).get("e", "")) if text else ""


_WHY: dict[str, Text] = {
    ResultCode.FORBIDDEN: N_("Your mission may not change this record."),
    ResultCode.SHARED: N_("Reference data comes from headquarters alone."),
    ResultCode.TOO_LARGE: N_("This is larger than headquarters takes."),
    ResultCode.UNKNOWN_CONFLICT: N_("Headquarters knows no such question any more."),
}
