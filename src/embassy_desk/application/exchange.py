"""One exchange with headquarters, planned here and taken over here; the road is `transport`.

    plan_exchange     what to ask and to send, read in one unit of work
    take_answer       what the answer changes, in one unit of work
    take_refusal      what a refusal asks for: go on under a new identity, or a new epoch

Nothing is held between the two: a lost answer costs a repetition, which is always safe.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from embassy_desk import __version__
from embassy_desk.domain.errors import OfflineError, RefusedError
from embassy_desk.sealing.files import LARGEST_FILE_BYTES
from embassy_desk.store.contents import (
    absent_contents,
    awaited_contents,
    note_sent,
    unsent_contents,
)
from embassy_desk.store.headquarters_link import (
    ACTIVE,
    REVOKED,
    HeadquartersLink,
    headquarters_link,
    note_headquarters,
)
from embassy_desk.store.outgoing import (
    Node,
    link_at,
    pending_forms,
    present_node,
    previous_node,
)
from embassy_desk.store.schema import HEAD_REVISION
from embassy_desk.store.snapshots import present_stage
from embassy_desk.store.takeover import Taken, Takeover, Told, ToldRow, ToldScope
from embassy_desk.store.work import UnitOfWork
from embassy_desk.sync.contents import MOST_ASKED, MOST_OFFERED
from embassy_desk.sync.exchange import (
    MOST_OPERATIONS,
    PROTOCOL,
    ExchangeAnswer,
    ExchangeRequest,
    PackedOperation,
    PackedRow,
    Wanted,
)
from embassy_desk.sync.packing import long_id, packed, unpacked_rows
from embassy_desk.sync.problems import REJECTIONS
from embassy_desk.texts import N_

LARGEST_BATCH_BYTES = 1024 * 1024
SMALLEST_BATCH_BYTES = 4 * 1024
AIM_S = 5.0
"""How long an exchange should take: batches grow and shrink towards it."""

_SHRINKS = 4  # about how much shorter compression makes operations
_LARGEST_POUCH_TEXT = 64 * 1024 * 1024

ROWS_AT_ONCE = 1_000
ROWS_AT_FIRST = 5_000
"""Rows of one answer; while a scope is fetched for the first time, fewer turns are worth more."""


@dataclass(frozen=True)
class Planned:
    """An exchange that is about to happen.

    Attributes:
        request: What is sent.
        node: The identity that asks.
        asked: Number of this request; only the answer to the newest is acted upon.
        link: Headquarters as it was known.
    """

    request: ExchangeRequest
    node: Node
    asked: int
    link: HeadquartersLink


class StaleAnswerError(OfflineError):
    """The answer is to an older request, or something moved on since; it is dropped."""

    code = "stale"


class RevokedError(RefusedError):
    """Headquarters has closed this device out; `order` is its wipe order, if it sent one."""

    code = "revoked"

    def __init__(self, order: str = "") -> None:
        """Keep the order as it came; nobody has proved it yet."""
        super().__init__(
            N_(
                "Headquarters has closed this device out: nothing is sent or fetched any more."
                " What is on this computer stays readable. Ask headquarters why."
            )
        )
        self.order = order


def linked(work: UnitOfWork, *, may_be_revoked: bool = False) -> HeadquartersLink:
    """Return what is known of headquarters.

    Args:
        work: A unit of work.
        may_be_revoked: Whether one that was closed out may go on, to ask or to seal what is unsent.

    Raises:
        RevokedError: Headquarters has closed this device out.
        RefusedError: This device was not enrolled, or is not approved.
    """
    link = headquarters_link(work.raw)
    if link is None:
        raise RefusedError(N_("This desk is not enrolled at headquarters yet."))
    if link.status == REVOKED:
        if may_be_revoked:
            return link
        raise RevokedError
    if link.status != ACTIVE:
        raise RefusedError(N_("Headquarters has not approved this device."))
    return link


def plan_exchange(
    work: UnitOfWork, *, is_whole: bool = False, takes_snapshots: bool = True
) -> Planned:
    """Return the next exchange: as many operations as a batch takes, and where we stand.

    A device that was closed out sends nothing over the line and only asks: an order may wait.

    Args:
        work: A writing unit of work; the number of the request is kept.
        is_whole: All that is pending, as for a pouch, instead of what one request takes.
        takes_snapshots: Whether a scope that is not here yet may come as one file.

    Raises:
        RefusedError: This device was not enrolled, or is not active.
    """
    link = linked(work, may_be_revoked=True)
    raw = work.raw
    node = present_node(raw)
    size = _LARGEST_POUCH_TEXT if is_whole else link.batch_bytes * _SHRINKS
    most = 0 if link.status == REVOKED and not is_whole else MOST_OPERATIONS
    forms = pending_forms(raw, node.no, node.acked, most_bytes=size, most=most)
    scopes = raw.execute("SELECT sid, cursor, base, head FROM sync_scope").fetchall()
    request = ExchangeRequest(
        proto=PROTOCOL,
        hub_id=link.hub_id,
        epoch=link.epoch,
        node=node.node_id,
        pred=previous_node(raw, node.no),
        schema_rev=HEAD_REVISION,
        app=__version__,
        now_ms=int(work.at.timestamp() * 1000),
        nseq=node.nseq,
        at=node.acked,
        hash=link_at(raw, node.no, node.acked).hex(),
        cursors={sid: cursor for sid, cursor, _, _ in scopes},
        bases={sid: base for sid, cursor, base, _ in scopes if base != cursor},
        ops=tuple(PackedOperation.model_validate(each) for each in packed(forms, node.acked + 1)),
        want=_wanted_rows(work, scopes, takes_snapshots=takes_snapshots and not is_whole),
        durable_seen=link.durable,
        **(_wanted(raw) if is_whole else _offered(raw, link)),
    )
    asked = link.asked + 1
    note_headquarters(raw, asked=asked, tried_at=work.at)
    return Planned(request, node, asked, link)


def _wanted_rows(
    work: UnitOfWork, scopes: list[tuple[str, int, int, int]], *, takes_snapshots: bool
) -> Wanted:
    """Return how many rows to ask for, and of which scopes: not of one that comes as a snapshot."""
    is_first = not scopes or any(head and not base for _, _, base, head in scopes)
    if not is_first:
        return Wanted(rows=ROWS_AT_ONCE)
    if not takes_snapshots:
        return Wanted(rows=ROWS_AT_FIRST)
    stage = present_stage(work)
    if stage is None:
        return Wanted(rows=ROWS_AT_FIRST, snapshots=True)
    return Wanted(rows=ROWS_AT_FIRST, sids=tuple(sid for sid, *_ in scopes if sid != stage.sid))


def _offered(raw: Any, link: HeadquartersLink) -> dict[str, Any]:
    """Return the contents of attachments that headquarters may lack; nothing when it has all."""
    offered = tuple(each.digest for each in unsent_contents(raw, link.epoch, most=MOST_OFFERED))
    return {"blobs_have": offered} if offered else {}


def _wanted(raw: Any) -> dict[str, Any]:
    """Return the attachments whose contents a pouch asks for; nothing when all are here."""
    asked = awaited_contents(raw, most=MOST_ASKED)
    asked += absent_contents(raw, up_to_bytes=LARGEST_FILE_BYTES, most=MOST_ASKED)
    wants = tuple(dict.fromkeys(each.row_id for each in asked))[:MOST_ASKED]
    return {"wants": wants} if wants else {}


def body_of(request: ExchangeRequest) -> bytes:
    """Return the request as it travels, before compression: what says nothing is left out."""
    values = request.model_dump(mode="json", exclude_unset=True, exclude_none=True)
    values["ops"] = [each.short for each in request.ops]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def take_answer(
    work: UnitOfWork, planned: Planned, answer: ExchangeAnswer, *, may_hide_many: bool = False
) -> Taken:
    """Take over an answer, all of it at once; `taking_over` does it in portions.

    Args:
        work: A unit of work of mode `apply`.
        planned: The exchange that it answers.
        answer: What headquarters said.
        may_hide_many: A person agreed that many records vanish.

    Raises:
        StaleAnswerError: It answers an older request, or the store moved on since.
        BrakeError: Too much would vanish at once; nothing is changed.
        RefusedError: It is another headquarters, or its chain is not ours.
    """
    node = answered_node(work, planned, answer)
    told = told_of(answer, planned)
    taken = Takeover(work, node, told, may_hide_many=may_hide_many).take()
    note_answer(work, planned, answer, taken)
    return taken


def answered_node(work: UnitOfWork, planned: Planned, answer: ExchangeAnswer) -> Node:
    """Return the identity to which an answer is, if it may still be acted upon.

    Raises:
        StaleAnswerError: It answers an older request, or the store moved on since.
        RefusedError: It is another headquarters, or its chain is not ours.
    """
    raw = work.raw
    link = linked(work)
    if answer.hub_id != link.hub_id:
        raise RefusedError(N_("This is not the headquarters at which this desk was enrolled."))
    node = still_answered(work, planned, planned.node.acked)
    if (
        answer.last < node.acked
        or answer.last > node.nseq
        or (link_at(raw, node.no, answer.last).hex() != answer.last_hash)
    ):
        raise RefusedError(N_("Headquarters acknowledged what this device never sent."))
    return node


def still_answered(work: UnitOfWork, planned: Planned, acked: int) -> Node:
    """Return the present identity, if nothing but one answer moved the store on since it was asked.

    Args:
        work: A unit of work.
        planned: What was asked.
        acked: What is acknowledged, as far as the answer was taken over.

    Raises:
        StaleAnswerError: Something did.
    """
    link, node = linked(work), present_node(work.raw)
    expected = (planned.asked, planned.node.no, acked, planned.link.epoch)
    if (link.asked, node.no, node.acked, link.epoch) != expected:
        raise StaleAnswerError(N_("An answer came too late and was dropped."))
    return node


def note_answer(work: UnitOfWork, planned: Planned, answer: ExchangeAnswer, taken: Taken) -> None:
    """Note what an answer says besides, once all of it is taken over."""
    raw, link = work.raw, linked(work)
    taken.more = taken.more or answer.last < present_node(raw).nseq
    missing = set(answer.blobs_missing)
    here = [each for each in planned.request.blobs_have if each not in missing]
    note_sent(raw, [*here, *answer.blobs_here], link.epoch)
    note_headquarters(
        raw,
        durable=max(link.durable, answer.durable),
        succeeded_at=work.at,
        problem="digest" if taken.mismatched else "",
    )


def told_of(answer: ExchangeAnswer, planned: Planned) -> Told:
    """Return what an answer tells, in the words of the store, without pages of other cursors."""
    pages = {
        sid: page
        for sid, page in answer.scopes.items()
        if page.since == planned.request.cursors.get(sid, 0)
    }
    return Told(
        last=answer.last,
        rejected={each.n: str(each.code) for each in answer.results if each.code in REJECTIONS},
        scopes=tuple(
            ToldScope(
                sid,
                page.since,
                page.to,
                page.head,
                None if page.digest is None else bytes.fromhex(page.digest),
            )
            for sid, page in pages.items()
        ),
        rows=tuple(
            row for sid, page in pages.items() for row in told_rows(sid, page.rows, page.head)
        ),
        gone=tuple(
            (sid, each.e, long_id(each.r)) for sid, page in pages.items() for each in page.gone
        ),
    )


def told_rows(
    sid: str, rows: tuple[PackedRow, ...], head: int | None = None
) -> tuple[ToldRow, ...]:
    """Return the rows of a page in the words of the store.

    Args:
        sid: The scope.
        rows: Packed rows.
        head: Where the scope ended when they were told: all their changes up to there are in them.
    """
    return tuple(told_row(sid, row, head) for row in unpacked_rows(each.short for each in rows))


def told_row(sid: str, row: dict[str, Any], head: int | None) -> ToldRow:
    """Return a row that was unpacked in the words of the store."""
    return ToldRow(
        sid,
        row["e"],
        row["r"],
        row["f"],
        user=row["u"],
        at_ms=row["t"],
        is_whole=bool(row.get("w")),
        is_deleted=bool(row.get("d")),
        seen=head,
    )


def note_duration(work: UnitOfWork, planned: Planned, took: timedelta, answer_ms: int) -> None:
    """Adapt the next batch and the clock's offset to how an exchange went.

    Args:
        work: A writing unit of work.
        planned: The exchange.
        took: From the first byte sent to the last received.
        answer_ms: Headquarters' clock in the answer.
    """
    size = planned.link.batch_bytes
    if planned.request.ops and took.total_seconds() > 2 * AIM_S:
        size = max(SMALLEST_BATCH_BYTES, size // 2)
    elif planned.request.ops and took.total_seconds() < AIM_S / 2:
        size = min(LARGEST_BATCH_BYTES, size * 2)
    half = int(took.total_seconds() * 500)
    note_headquarters(
        work.raw, batch_bytes=size, offset_ms=answer_ms - planned.request.now_ms - half
    )


def note_failure(work: UnitOfWork, code: str) -> None:
    """Keep why the last exchange failed, for people to see."""
    if headquarters_link(work.raw) is not None:
        note_headquarters(work.raw, problem=code[:40], tried_at=work.at)


def last_success(work: UnitOfWork) -> datetime | None:
    """Return when an exchange last ended well."""
    link = headquarters_link(work.raw)
    return None if link is None else link.succeeded_at
