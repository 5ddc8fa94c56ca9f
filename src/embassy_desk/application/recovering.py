"""After headquarters was restored from a backup: it gets back what it lost and is here (SYNC 3.12).

    feed        operations that it had acknowledged and no longer has, also of former identities
    compare     every scope by digests: what it lacks is offered, what it has otherwise is taken
    begin       the new generation, once everything was compared

Nothing says how far this has come: whatever breaks, all of it begins anew with the next exchange
and finds less to do. Until the last step people go on in the old generation, and what they write
names what they saw in that. No row vanishes because headquarters has lost it.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial

from embassy_desk import __version__
from embassy_desk.application.exchange import (
    LARGEST_BATCH_BYTES,
    Planned,
    StaleAnswerError,
    body_of,
    linked,
)
from embassy_desk.application.office import perform
from embassy_desk.application.places import Places, applying, signer_of
from embassy_desk.application.repairing import PlannedRepair, ToldRepair, ask_repair, plan_repair
from embassy_desk.domain.errors import RefusedError
from embassy_desk.store.generations import begin_generation, offer_lost
from embassy_desk.store.headquarters_link import HeadquartersLink
from embassy_desk.store.opening import Store
from embassy_desk.store.outgoing import Node, every_node, link_at, pending_forms, present_node
from embassy_desk.store.schema import HEAD_REVISION
from embassy_desk.store.takeover import Takeover, Told
from embassy_desk.store.work import Changes, UnitOfWork
from embassy_desk.sync.conflicts import CONFLICT_ENTITY
from embassy_desk.sync.exchange import (
    EXCHANGE_PATH,
    PROTOCOL,
    ExchangeAnswer,
    ExchangeRequest,
    PackedOperation,
    Wanted,
)
from embassy_desk.sync.packing import packed
from embassy_desk.sync.problems import PROBLEM_TYPE, STATUS, ProblemCode, ProblemDocument
from embassy_desk.sync.scopes import mission_scope
from embassy_desk.texts import N_
from embassy_desk.transport.errors import RequestRefusedError
from embassy_desk.transport.road import Road

ROWS_AT_ONCE = 500
"""Rows of one unit of work, so that somebody who saves need not wait."""

_PARTED = frozenset({ProblemCode.FORK, ProblemCode.ROLLED_BACK})


class PartedError(Exception):
    """Headquarters knows another past of an identity; carries what it said."""

    def __init__(self, problem: ProblemDocument) -> None:
        """Keep what it said."""
        super().__init__(problem.code)
        self.problem = problem


def generation_of(problem: ProblemDocument, link: HeadquartersLink) -> int | None:
    """Return the generation that the same headquarters has begun, or nothing."""
    is_same = problem.code == ProblemCode.EPOCH and problem.hub_id in (None, link.hub_id)
    is_later = problem.epoch is not None and problem.epoch > link.epoch
    return problem.epoch if is_same and is_later else None


async def recover(
    places: Places,
    road: Road,
    epoch: int,
    announce: Callable[[Changes], None],
    *,
    planned: Planned,
    may_hide_many: bool = False,
) -> int:
    """Give a restored headquarters what it lost; return how many records and values that were.

    Args:
        places: Where the steps are done.
        road: The road to headquarters.
        epoch: Its new generation.
        announce: Told of every takeover.
        planned: The exchange that it refused.
        may_hide_many: A person agreed that many records vanish.

    Raises:
        PartedError: Headquarters knows another past of this identity.
        BrakeError: Too much would vanish at once.
        StaleAnswerError: Another exchange has done it meanwhile.
        DeskError: It came to a halt; the next exchange begins anew.
    """
    nodes, scopes = await places.by_the_clerk(_known)
    for node in nodes[:-1]:
        with suppress(PartedError):  # what is there of it was set aside; headquarters offers it
            await _feed(places, road, node, epoch, planned.link)
    answer = await _feed(places, road, nodes[-1], epoch, planned.link)
    acknowledging = partial(_acknowledge, planned=planned, answer=answer)
    planned = replace(planned, node=await places.by_the_clerk(acknowledging))
    positions, offered = {}, 0
    for sid in scopes:
        told = await _compared(places, road, sid, planned)
        if told is None:
            continue
        positions[sid] = told.sseq
        count = max(len(told.rows), len(told.gone))
        for start in range(0, count, ROWS_AT_ONCE):
            some = ToldRepair(
                told.rows[start:][:ROWS_AT_ONCE], told.gone[start:][:ROWS_AT_ONCE], told.sseq
            )
            step = partial(_take, planned=planned, told=some, sid=sid, may_hide_many=may_hide_many)
            found, changes = await places.by_the_clerk(step)
            announce(changes)
            offered += found
    await places.by_the_clerk(partial(_begin, planned=planned, epoch=epoch, positions=positions))
    return offered


def _known(store: Store) -> tuple[list[Node], list[str]]:
    with store.reading() as work:
        scopes = work.raw.execute("SELECT sid FROM sync_scope ORDER BY sid").fetchall()
        return every_node(work.raw), [sid for (sid,) in scopes]


async def _feed(
    places: Places, road: Road, node: Node, epoch: int, link: HeadquartersLink
) -> ExchangeAnswer:
    """Send again what an identity had been told was received, as far as it is lost.

    What waits besides goes with the next exchange; only where headquarters has more under other
    links is it sent here, to be told where both parted.

    Raises:
        PartedError: Headquarters knows another past of it, or lacks what was erased here since:
            what is behind that goes on under a new identity.
    """
    at, until, gap = node.acked, node.acked, None
    while True:
        planning = partial(_fed, node=node, at=at, until=until, epoch=epoch)
        request = await places.by_the_clerk(planning)
        if gap is not None and at < until and not request.ops:
            raise PartedError(gap)
        body, signer = body_of(request), signer_of(node, link)
        asking = partial(road.ask, EXCHANGE_PATH, body, ExchangeAnswer, signer)
        try:
            answer = await places.on_the_road(asking)
        except RequestRefusedError as error:
            at, gap = _missing_after(error, at), _parted(error.problem)
            continue
        if answer.last > node.acked and until == node.acked:
            is_ours = partial(_is_ours, node=node, answer=answer)
            if not await places.by_the_clerk(is_ours):
                at, until = node.acked, node.nseq
                continue
        if answer.last >= until:
            return answer
        if answer.last <= at:
            raise RefusedError(N_("The exchange does not get on; tell headquarters."))
        at = answer.last


def _missing_after(error: RequestRefusedError, at: int) -> int:
    """Return the last operation that headquarters has of an identity, if it lacks the next.

    Raises:
        PartedError: It knows another past.
        RequestRefusedError: It refuses for another reason.
    """
    problem = error.problem
    if problem.code in _PARTED:
        raise PartedError(problem) from error
    if problem.code != ProblemCode.GAP or problem.last is None or problem.last >= at:
        raise error
    return problem.last


def _parted(problem: ProblemDocument) -> ProblemDocument:
    """Return what headquarters says of a gap as if it asked for a new identity from there on."""
    code = ProblemCode.ROLLED_BACK
    return problem.model_copy(update={"type": PROBLEM_TYPE + code, "status": STATUS[code]})


def _is_ours(store: Store, node: Node, answer: ExchangeAnswer) -> bool:
    """Return whether headquarters has what an identity wrote here, up to where it goes."""
    if answer.last > node.nseq:
        return False
    with store.reading() as work:
        return link_at(work.raw, node.no, answer.last).hex() == answer.last_hash


def _fed(store: Store, node: Node, at: int, until: int, epoch: int) -> ExchangeRequest:
    """Return the next part of an identity's operations; nothing is asked for."""
    with store.reading() as work:
        raw, link = work.raw, linked(work)
        most = until - at
        forms = pending_forms(raw, node.no, at, most_bytes=LARGEST_BATCH_BYTES, most=most)
        return ExchangeRequest(
            proto=PROTOCOL,
            hub_id=link.hub_id,
            epoch=epoch,
            node=node.node_id,
            schema_rev=HEAD_REVISION,
            app=__version__,
            now_ms=int(work.at.timestamp() * 1000),
            nseq=node.nseq,
            at=at,
            hash=link_at(raw, node.no, at).hex(),
            ops=tuple(PackedOperation.model_validate(each) for each in packed(forms, at + 1)),
            want=Wanted(sids=()),
        )


def _acknowledge(store: Store, planned: Planned, answer: ExchangeAnswer) -> Node:
    """Count what headquarters has as acknowledged, and return the present identity.

    An answer may have been lost before it was restored. What is compared then has these
    operations in it, so they may not lie over it as if they waited.

    Raises:
        RefusedError: It has more than there is.
    """
    with store.work(applying(store)) as work:
        node = _still_present(work, planned)
        if answer.last == node.acked:
            return node
        if answer.last > node.nseq:
            raise RefusedError(N_("Headquarters acknowledged what this device never sent."))
        Takeover(work, node, Told(answer.last)).take()
        work.commit()
        return present_node(work.raw)


async def _compared(places: Places, road: Road, sid: str, planned: Planned) -> ToldRepair | None:
    """Compare a scope; nothing where headquarters does not let this device read it any more."""
    plan = await places.by_the_clerk(partial(_planned_comparison, sid=sid))
    signer = signer_of(planned.node, planned.link)
    try:
        return await places.on_the_road(partial(ask_repair, road, plan, signer))
    except RequestRefusedError as error:
        if error.problem.code == ProblemCode.NOT_FOUND:
            return None
        raise


def _planned_comparison(store: Store, sid: str) -> PlannedRepair:
    plan, _ = perform(store, plan_repair, sid)
    return plan


def _take(
    store: Store, planned: Planned, told: ToldRepair, sid: str, *, may_hide_many: bool
) -> tuple[int, Changes]:
    """Offer what headquarters lacks of some rows, and take over what it has instead.

    What only headquarters may write is not offered. A conflict that it lacks stays as it is: it
    comes back as soon as it is adopted.
    """
    with store.work(applying(store)) as work:
        node = _still_present(work, planned)
        missing, gone = [each[1:] for each in told.gone], told.gone
        offered = 0
        if sid in _own_scopes(work):
            gone = tuple(each for each in gone if each[1] != CONFLICT_ENTITY)
            wall_ms = int(work.at.timestamp() * 1000)
            offered = offer_lost(work.raw, node, told.rows, missing, wall_ms=wall_ms)
        said = Told(node.acked, rows=told.rows, gone=gone)
        Takeover(work, present_node(work.raw), said, may_hide_many=may_hide_many).take()
        return offered, work.commit()


def _own_scopes(work: UnitOfWork) -> frozenset[str]:
    mission = work.author.mission
    return frozenset(mission_scope(mission, is_restricted=each) for each in (False, True))


def _begin(store: Store, planned: Planned, epoch: int, positions: dict[str, int]) -> None:
    with store.work() as work:
        _still_present(work, planned)
        begin_generation(work.raw, epoch, positions)
        work.commit()


def _still_present(work: UnitOfWork, planned: Planned) -> Node:
    """Return the present identity, unless something else went on meanwhile.

    Raises:
        StaleAnswerError: It did.
    """
    node = present_node(work.raw)
    known = (planned.node.no, planned.node.acked, planned.link.epoch)
    if (node.no, node.acked, linked(work).epoch) != known:
        raise StaleAnswerError(N_("An answer came too late and was dropped."))
    return node
