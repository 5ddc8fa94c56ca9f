"""The clerk of the exchange: runs exchanges over a road, step by step, without holding the store.

Each step that touches the store is one short unit of work on the thread that writes; the network
lies between two steps and on another thread, so that neither saving nor the window ever waits.
"""

import asyncio
import time
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from embassy_desk.application.beginning import Beginning, Begun
from embassy_desk.application.continuing import Parting, part, take_refusal
from embassy_desk.application.exchange import (
    Planned,
    RevokedError,
    StaleAnswerError,
    body_of,
    linked,
    note_failure,
    plan_exchange,
)
from embassy_desk.application.merging import settled
from embassy_desk.application.office import perform
from embassy_desk.application.places import UNWATCHED, Here, Places, Watcher, applying, signer_of
from embassy_desk.application.proxy import proxy_of
from embassy_desk.application.recovering import PartedError, generation_of, recover
from embassy_desk.application.repairing import (
    PlannedRepair,
    ToldRepair,
    ask_repair,
    plan_repair,
    take_repair,
)
from embassy_desk.application.taking_over import take_over
from embassy_desk.domain.errors import DeskError, RefusedError
from embassy_desk.store.opening import Store
from embassy_desk.store.takeover import Taken
from embassy_desk.store.work import Changes, UnitOfWork
from embassy_desk.sync.exchange import (
    EXCHANGE_PATH,
    REIDENTIFY_PATH,
    ExchangeAnswer,
    ReidentifyRequest,
)
from embassy_desk.sync.problems import ProblemDocument
from embassy_desk.texts import N_
from embassy_desk.transport.errors import RequestRefusedError
from embassy_desk.transport.road import Road, RoadTimes

MOST_EXCHANGES = 10_000
MOST_WITHOUT_PROGRESS = 3
"""So many exchanges that move nothing end a run: something loops (study, P13)."""


@dataclass
class Report:
    """What a run of exchanges did.

    Attributes:
        exchanges: How many there were.
        sent: Operations that were acknowledged.
        received: Rows that others changed.
        conflicts: Conflicts that were told.
        rejected: Operations that headquarters did not put in force.
        repaired: Scopes whose digest differed and that were repaired.
        offered: Records and values that a restored headquarters had lost and was offered.
    """

    exchanges: int = 0
    sent: int = 0
    received: int = 0
    conflicts: int = 0
    rejected: int = 0
    repaired: int = 0
    offered: int = 0

    def add(self, taken: Taken, begun: Begun) -> None:
        """Count what an exchange did, and the snapshot that came after it."""
        self.sent += taken.acknowledged
        self.received += taken.rows + begun.rows
        self.conflicts += taken.conflicts
        self.rejected += taken.rejected


def road_to(work: UnitOfWork, times: RoadTimes, *, proxy: str | None = None) -> Road:
    """Return the road to the headquarters at which a store is enrolled.

    Args:
        work: A unit of work.
        times: Clock and sleep.
        proxy: Address of a proxy; by default the one that was set at this desk.

    Raises:
        RefusedError: It is not enrolled.
    """
    link = linked(work, may_be_revoked=True)
    if not link.url:
        raise RefusedError(N_("Headquarters is reached by pouch only."))
    through = proxy if proxy is not None else proxy_of(work)
    return Road(link.url, link.root_certificate, times, proxy=through or None)


def begin(store: Store, *, takes_snapshots: bool = True) -> Planned:
    """Plan the next exchange, on the thread that writes."""
    planned, _ = perform(store, plan_exchange, takes_snapshots=takes_snapshots)
    return planned


def carry(road: Road, planned: Planned) -> tuple[ExchangeAnswer, timedelta]:
    """Send a planned exchange and return its answer, on any thread; the store is not touched.

    Raises:
        RoadError: Headquarters was not reached.
        RequestRefusedError: It refused.
    """
    started = time.monotonic()
    body = body_of(planned.request)
    answer = road.ask(EXCHANGE_PATH, body, ExchangeAnswer, signer_of(planned.node, planned.link))
    return answer, timedelta(seconds=time.monotonic() - started)


def synchronise(
    store: Store, road: Road, watcher: Watcher = UNWATCHED, *, may_hide_many: bool = False
) -> Report:
    """Exchange until there is nothing left to send or to fetch; on the calling thread.

    Args:
        store: An enrolled store.
        road: The road to its headquarters.
        watcher: Told of what happens.
        may_hide_many: A person agreed that many records vanish.

    Raises:
        RevokedError: Headquarters has closed this device out.
        DeskError: It came to a halt; what was exchanged before stays.
    """
    return asyncio.run(exchange_all(Here(store), road, watcher, may_hide_many=may_hide_many))


async def exchange_all(
    places: Places, road: Road, watcher: Watcher, *, may_hide_many: bool = False
) -> Report:
    """Exchange until there is nothing left, each step in its place; see `synchronise`."""
    report = Report()
    beginning = Beginning(places, road, watcher, may_hide_many=may_hide_many)
    idle = 0
    try:
        while report.exchanges < MOST_EXCHANGES and idle < MOST_WITHOUT_PROGRESS:
            report.exchanges += 1
            planning = partial(begin, takes_snapshots=beginning.takes_snapshots)
            planned = await places.by_the_clerk(planning)
            try:
                carried = await places.on_the_road(partial(carry, road, planned))
            except RequestRefusedError as error:
                watched = partial(_go_on, watcher=watcher, may_hide_many=may_hide_many)
                report.offered += await watched(places, road, planned, error.problem)
                idle += 1
                continue
            taken = await take_over(
                places, planned, carried, watcher.announce, may_hide_many=may_hide_many
            )
            watcher.going_on(*_reached(carried[0]))
            begun = await beginning.step(planned, carried[0])
            report.add(taken, begun)
            for sid in taken.mismatched:
                report.repaired += await _repair(places, road, sid, watcher)
            if not taken.more and not begun.is_going_on:
                if report.received:
                    watcher.announce(await places.by_the_clerk(settled))
                return report
            moved = taken.acknowledged or taken.rows or taken.conflicts or begun.has_moved
            idle = 0 if moved else idle + 1
        raise RefusedError(N_("The exchange does not get on; tell headquarters."))
    except DeskError as error:
        await places.by_the_clerk(partial(keep_failure, error=error))
        raise


def _reached(answer: ExchangeAnswer) -> tuple[int, int]:
    """Return how far the scopes have come, and where they end."""
    pages = answer.scopes.values()
    return sum(page.to for page in pages), sum(page.head for page in pages)


async def _go_on(
    places: Places,
    road: Road,
    planned: Planned,
    problem: ProblemDocument,
    *,
    watcher: Watcher,
    may_hide_many: bool,
) -> int:
    """Do what a refusal asks for; headquarters agrees to a new identity before it holds.

    Returns:
        How many records and values were offered to a headquarters that had lost them.

    Raises:
        RevokedError: Headquarters has closed this device out.
        RefusedError: A person must do something.
    """
    epoch = generation_of(problem, planned.link)
    if epoch is not None:
        how = partial(recover, planned=planned, may_hide_many=may_hide_many)
        try:
            return await how(places, road, epoch, watcher.announce)
        except PartedError as error:
            problem = error.problem
    parting = await places.by_the_clerk(partial(_refused, planned=planned, problem=problem))
    if isinstance(parting, RevokedError):
        raise parting
    body = parting.request.model_dump_json().encode()
    signer = signer_of(planned.node, planned.link)
    await places.on_the_road(partial(road.ask, REIDENTIFY_PATH, body, ReidentifyRequest, signer))
    await places.by_the_clerk(lambda store: perform(store, part, planned, parting))
    return 0


def _refused(store: Store, planned: Planned, problem: ProblemDocument) -> Parting | RevokedError:
    result, _ = perform(store, take_refusal, planned, problem)
    return result


def keep_failure(store: Store, error: DeskError) -> None:
    """Keep why an exchange failed, for the bar at the bottom to say."""
    reason = getattr(error, "reason", error.code)
    if isinstance(error, RequestRefusedError):
        reason = error.problem.code
    if not isinstance(error, StaleAnswerError | RevokedError):
        perform(store, note_failure, reason)


async def _repair(places: Places, road: Road, sid: str, watcher: Watcher) -> int:
    """Find the rows of a scope that differ and take headquarters' instead; return how many.

    A person is never asked to choose between whole stores.

    Raises:
        RoadError: Headquarters was not reached.
        RequestRefusedError: It refused.
    """
    planned, _ = await places.by_the_clerk(lambda store: perform(store, plan_repair, sid))
    signer = signer_of(planned.node, planned.link)
    told = await places.on_the_road(partial(ask_repair, road, planned, signer))
    count, changes = await places.by_the_clerk(partial(_mend, planned=planned, told=told))
    watcher.announce(changes)
    return count


def _mend(store: Store, planned: PlannedRepair, told: ToldRepair) -> tuple[int, Changes]:
    with store.work(applying(store)) as work:
        return take_repair(work, planned, told), work.commit()
