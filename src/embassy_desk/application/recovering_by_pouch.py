"""A restored headquarters gets back what it lost from a desk that has only pouches (SYNC 3.12).

Headquarters' next pouch holds everything that it has. The desk compares that with what it had
confirmed, as it would over the line by digests; what headquarters lacks goes with the desk's own
next pouch: operations that it had acknowledged wait again, the rest is offered. Nothing vanishes
here because headquarters has lost it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from embassy_desk.application.exchange import linked, told_rows
from embassy_desk.domain.errors import RefusedError
from embassy_desk.sealing.digests import row_digest
from embassy_desk.store.confirmed import OwnOperation, RowName, operations_of
from embassy_desk.store.generations import begin_generation, offer_lost
from embassy_desk.store.outgoing import Node, link_at, present_node, send_again
from embassy_desk.store.scope_digests import settle_digests
from embassy_desk.store.takeover import Taken, Takeover, Told, ToldRow
from embassy_desk.store.work import UnitOfWork
from embassy_desk.sync.chains import row_form
from embassy_desk.sync.conflicts import CONFLICT_ENTITY
from embassy_desk.sync.exchange import ExchangeAnswer, ScopePage
from embassy_desk.sync.scopes import mission_scope
from embassy_desk.texts import N_


@dataclass(frozen=True)
class Difference:
    """A scope as a restored headquarters has it otherwise.

    Attributes:
        rows: What it has, where that differs, or lies beneath operations that wait again.
        missing: Rows that it does not have.
        sseq: The position of both.
    """

    sid: str
    rows: tuple[ToldRow, ...]
    missing: tuple[RowName, ...]
    sseq: int


def is_of_later_generation(work: UnitOfWork, answer: ExchangeAnswer) -> bool:
    """Return whether headquarters was restored since this desk last heard of it.

    Raises:
        RefusedError: The answer is of before it was restored.
    """
    known = linked(work).epoch
    if answer.epoch < known:
        raise RefusedError(
            N_("This pouch is from before headquarters was restored; ask for a new one.")
        )
    return answer.epoch > known


def differences(work: UnitOfWork, answer: ExchangeAnswer) -> list[Difference]:
    """Compare what a restored headquarters has with what was confirmed here.

    Args:
        work: A writing unit of work; sums that were wrong are mended.
        answer: Everything that headquarters has, as its first pouch says it.

    Raises:
        RefusedError: The pouch does not hold everything, or headquarters knows another past of
            this device.
    """
    raw, node = work.raw, present_node(work.raw)
    if any(page.since or page.more for page in answer.scopes.values()):
        raise RefusedError(
            N_("Headquarters was restored, and this pouch does not hold all it has; ask anew.")
        )
    _refuse_other_past(work, node, answer)
    again = _sent_again(work, node, answer)
    known = [sid for (sid,) in raw.execute("SELECT sid FROM sync_scope ORDER BY sid")]
    return [
        _difference(sid, answer.scopes[sid], settle_digests(raw, sid), again)
        for sid in known
        if sid in answer.scopes
    ]


def begin_by_pouch(
    work: UnitOfWork, answer: ExchangeAnswer, *, may_hide_many: bool = False
) -> Taken:
    """Go on in the generation of a pouch, with what headquarters lost ready for the next one.

    Args:
        work: A unit of work of mode `apply`; the caller commits.
        answer: Everything that headquarters has.
        may_hide_many: A person agreed that many records vanish.

    Raises:
        RefusedError: As `differences`.
        BrakeError: Too much would vanish at once; then nothing may be committed.
    """
    raw, found = work.raw, differences(work, answer)
    again = _sent_again(work, present_node(raw), answer)
    wall_ms = int(work.at.timestamp() * 1000)
    own = {mission_scope(work.author.mission, is_restricted=each) for each in (False, True)}
    gone: list[tuple[str, str, str]] = []
    for each in found:
        missing = each.missing
        if each.sid in own:
            node, rows = present_node(raw), each.rows
            offer_lost(raw, node, rows, missing, wall_ms=wall_ms, sent_again=again)
            # A conflict comes back as soon as it is adopted.
            missing = tuple(name for name in missing if name[0] != CONFLICT_ENTITY)
        gone += [(each.sid, *name) for name in missing]
    send_again(raw, present_node(raw), after=answer.last)
    every = tuple(row for each in found for row in each.rows)
    told = Told(answer.last, rows=every, gone=tuple(gone))
    taken = Takeover(work, present_node(raw), told, may_hide_many=may_hide_many).take()
    begin_generation(raw, answer.epoch, {each.sid: each.sseq for each in found})
    taken.more = True  # what headquarters lost waits for the next pouch
    return taken


def _sent_again(
    work: UnitOfWork, node: Node, answer: ExchangeAnswer
) -> dict[RowName, list[OwnOperation]]:
    """Return the operations that headquarters had acknowledged and lacks now."""
    until = max(node.acked, answer.last)
    return operations_of(work.raw, node.no, after=answer.last, until=until)


def _refuse_other_past(work: UnitOfWork, node: Node, answer: ExchangeAnswer) -> None:
    """Refuse to send again what headquarters would not take: it has another past, or it is erased.

    Raises:
        RefusedError: It would not.
    """
    raw = work.raw
    is_ours = answer.last <= node.nseq
    if is_ours:
        try:
            is_ours = link_at(raw, node.no, answer.last).hex() == answer.last_hash
        except LookupError:
            is_ours = False
    (kept,) = raw.execute(
        "SELECT count(*) FROM sync_op WHERE node_no = ? AND nseq > ? AND operation IS NOT NULL",
        (node.no, answer.last),
    ).fetchone()
    if not is_ours or kept < node.nseq - answer.last:
        raise RefusedError(
            N_(
                "Headquarters was restored and knows another past of this device; only an exchange"
                " over the line can mend that."
            )
        )


def _difference(
    sid: str, page: ScopePage, own: dict[RowName, bytes], again: Iterable[RowName]
) -> Difference:
    theirs = {row.name: row for row in told_rows(sid, page.rows) if not row.is_deleted}
    beneath = set(again)
    rows = tuple(
        row
        for name, row in theirs.items()
        if name in beneath or own.get(name) != row_digest(row_form(*name, row.fields))
    )
    missing = tuple(name for name in own if name not in theirs)
    return Difference(sid, rows, missing, page.to)
