"""The clerk of the exchange: runs exchanges over a road, step by step, without holding the store.

Each step that touches the store is one short unit of work on the thread that writes; the network
lies between two steps and on another thread, so that neither saving nor the window ever waits.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from embassy_desk.application.continuing import take_refusal
from embassy_desk.application.exchange import (
    Planned,
    StaleAnswerError,
    body_of,
    linked,
    note_duration,
    note_failure,
    plan_exchange,
    take_answer,
)
from embassy_desk.application.merging import settled
from embassy_desk.application.office import perform
from embassy_desk.application.repairing import ask_repair, plan_repair, take_repair
from embassy_desk.domain.entity import Route
from embassy_desk.domain.errors import DeskError, RefusedError
from embassy_desk.store.headquarters_link import HeadquartersLink
from embassy_desk.store.opening import Store
from embassy_desk.store.outgoing import Node
from embassy_desk.store.takeover import Taken
from embassy_desk.store.work import Author, Changes
from embassy_desk.sync.exchange import (
    EXCHANGE_PATH,
    REIDENTIFY_PATH,
    ExchangeAnswer,
    ReidentifyRequest,
)
from embassy_desk.texts import N_
from embassy_desk.transport.errors import RequestRefusedError, RoadError
from embassy_desk.transport.road import Road, RoadTimes, Signer

MOST_EXCHANGES = 10_000
MOST_WITHOUT_PROGRESS = 3
"""So many exchanges that move nothing end a run: something loops (study, P13)."""

Announce = Callable[[Changes], None]


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
    """

    exchanges: int = 0
    sent: int = 0
    received: int = 0
    conflicts: int = 0
    rejected: int = 0
    repaired: int = 0

    def add(self, taken: Taken) -> None:
        """Count what an exchange did."""
        self.sent += taken.acknowledged
        self.received += taken.rows
        self.conflicts += taken.conflicts
        self.rejected += taken.rejected


def road_to(store: Store, times: RoadTimes, *, proxy: str | None = None) -> Road:
    """Return the road to the headquarters at which a store is enrolled.

    Raises:
        RefusedError: It is not enrolled.
    """
    with store.reading() as work:
        link = linked(work)
    if not link.url:
        raise RefusedError(N_("Headquarters is reached by pouch only."))
    return Road(link.url, link.root_certificate, times, proxy=proxy)


def begin(store: Store) -> Planned:
    """Plan the next exchange, on the thread that writes."""
    planned, _ = perform(store, plan_exchange)
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


def finish(
    store: Store,
    planned: Planned,
    answer: ExchangeAnswer,
    took: timedelta,
    *,
    may_hide_many: bool = False,
) -> tuple[Taken, Changes]:
    """Take an answer over, on the thread that writes.

    Raises:
        DeskError: As `take_answer`; then nothing was changed.
    """
    with store.work(applying(store)) as work:
        taken = take_answer(work, planned, answer, may_hide_many=may_hide_many)
        note_duration(work, planned, took, answer.now_ms)
        return taken, work.commit()


def go_on(store: Store, road: Road, planned: Planned, error: RequestRefusedError) -> None:
    """Do what a refusal asks for; headquarters agrees before anything is kept.

    Raises:
        RefusedError: A person must do something.
    """
    with store.work() as work:
        request = take_refusal(work, planned, error.problem)
        if request is not None:
            body = request.model_dump_json().encode()
            signer = signer_of(planned.node, planned.link)
            road.ask(REIDENTIFY_PATH, body, ReidentifyRequest, signer)
        work.commit()


def applying(store: Store) -> Author:
    """Return for whom headquarters' rows are written: nobody here did it."""
    return replace(store.author, via=Route.SYNC, mode="apply")


def signer_of(node: Node, link: HeadquartersLink) -> Signer:
    """Return with what an identity signs."""
    return Signer(node.node_id, node.key, link.offset_ms)


def synchronise(
    store: Store,
    road: Road,
    announce: Announce = lambda _: None,
    *,
    may_hide_many: bool = False,
) -> Report:
    """Exchange until there is nothing left to send or to fetch; on the calling thread.

    Args:
        store: An enrolled store.
        road: The road to its headquarters.
        announce: Told of every takeover.
        may_hide_many: A person agreed that many records vanish.

    Raises:
        DeskError: It came to a halt; what was exchanged before stays.
    """
    report = Report()
    idle = 0
    try:
        while report.exchanges < MOST_EXCHANGES and idle < MOST_WITHOUT_PROGRESS:
            planned = begin(store)
            report.exchanges += 1
            try:
                answer, took = carry(road, planned)
            except RequestRefusedError as error:
                go_on(store, road, planned, error)
                idle += 1
                continue
            taken, changes = finish(store, planned, answer, took, may_hide_many=may_hide_many)
            announce(changes)
            report.add(taken)
            if taken.mismatched:
                report.repaired += repair(store, road, taken.mismatched, announce)
            if not taken.more:
                if report.received:
                    announce(settled(store))
                return report
            idle = 0 if taken.acknowledged or taken.rows or taken.conflicts else idle + 1
    except DeskError as error:
        keep_failure(store, error)
        raise
    raise RefusedError(N_("The exchange does not get on; tell headquarters."))


def keep_failure(store: Store, error: DeskError) -> None:
    """Keep why an exchange failed, for the bar at the bottom to say."""
    reason = error.reason if isinstance(error, RoadError) else error.code
    if isinstance(error, RequestRefusedError):
        reason = error.problem.code
    if not isinstance(error, StaleAnswerError):
        perform(store, note_failure, reason)


def repair(
    store: Store, road: Road, scopes: tuple[str, ...], announce: Announce = lambda _: None
) -> int:
    """Find the rows that differ in some scopes and take headquarters' instead; return how many.

    A person is never asked to choose between whole stores.

    Raises:
        RoadError: Headquarters was not reached.
        RequestRefusedError: It refused.
    """
    count = 0
    for sid in scopes:
        planned, _ = perform(store, plan_repair, sid)
        told = ask_repair(road, planned, signer_of(planned.node, planned.link))
        with store.work(applying(store)) as work:
            count += take_repair(work, planned, told)
            announce(work.commit())
    return count
