"""The courier: exchanges with headquarters beside the work, whenever there is a reason to.

A reason is something that was saved, a line that came back, the time, or somebody who asks. One
exchange runs at a time; whoever asks meanwhile gets another one after it.
"""

import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QNetworkInformation

from embassy_desk.application.beside_the_work import BesideTheWork
from embassy_desk.application.enrolling import take_enrolment_answer
from embassy_desk.application.enrolment_road import ask_status
from embassy_desk.application.exchange import RevokedError
from embassy_desk.application.exchanging import (
    Report,
    exchange_all,
    keep_failure,
    road_to,
)
from embassy_desk.application.headquarters_sheet import PENDING, present_link
from embassy_desk.application.office import Office
from embassy_desk.application.pages import Changes
from embassy_desk.application.places import Watcher
from embassy_desk.application.proxy import proxy_of
from embassy_desk.application.sync_state import SyncMood, SyncState, sync_state
from embassy_desk.desktop.exchange.porter import Porter
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.notice import Notice, Way, Weight
from embassy_desk.domain.errors import DeskError, OfflineError
from embassy_desk.texts import N_
from embassy_desk.transport.road import Road, RoadTimes

Wipe = Callable[[str], Coroutine[Any, Any, object]]
"""Proves a wipe order, seals what is unsent, destroys the rest."""

_LOG = logging.getLogger(__name__)

SOON_MS = 4_000
"""After something was saved: what is saved shortly after goes with it."""

EVERY_MS = 5 * 60_000
"""Without any other reason; a tenth more or less, so that laptops do not come together."""

AGAIN_MS = 30_000
"""After a failure; twice as long after each further one, up to `EVERY_MS`."""


@dataclass(frozen=True)
class Standing:
    """What the bar at the bottom shows.

    Attributes:
        state: How the desk and headquarters stand.
        is_running: Whether an exchange is under way.
        done: How far it has come.
        total: Where it ends; 0 while nobody knows.
    """

    state: SyncState
    is_running: bool = False
    done: int = 0
    total: int = 0


class Courier(QObject):
    """Runs exchanges on an enrolled desk.

    Attributes:
        stands: How it stands has changed; carries a `Standing`.
        ran: An exchange ended; carries its `Report`, or nothing if it failed.
        places: Where the steps of exchanges run.
    """

    stands = Signal(object)
    ran = Signal(object)

    def __init__(
        self,
        office: Office,
        keeper: Keeper,
        tell: Callable[[Notice], None],
        times: RoadTimes,
        wipe: Wipe,
    ) -> None:
        """Rest until it is started."""
        super().__init__()
        self._office = office
        self._keeper = keeper
        self._tell = tell
        self._times = times
        self._wipe = wipe
        self.places = BesideTheWork(office)
        self._porter = Porter(office, keeper, self.places)
        self._road: Road | None = None
        self._running: Standing | None = None
        self._is_wanted = self._is_announcing = False
        self._failures, self._told = 0, ""
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._every = QTimer(self, interval=int(EVERY_MS * (0.9 + 0.2 * times.chance())))
        for timer in (self._soon, self._every):
            timer.timeout.connect(self.start_exchange)

    async def start(self) -> None:
        """Show how it stands, exchange at once, and then whenever there is a reason."""
        self._office.listen(self._on_changes)
        self._every.start()
        if QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
            QNetworkInformation.instance().reachabilityChanged.connect(self._on_reachable)
        await self.show_state()
        self.start_exchange()

    def stop(self) -> None:
        """Begin no more exchanges; what is under way is called off with the keeper."""
        self._soon.stop()
        self._every.stop()
        self.forget_road()
        self.places.close()

    def start_exchange(self) -> None:
        """Exchange, unless that is under way; then once more after it."""
        if self._running is not None:
            self._is_wanted = True
            return
        self._keeper.start(self._exchange_quietly(), name="exchange")

    async def exchange(self, *, may_hide_many: bool = False) -> Report | None:
        """Exchange now, and return what that did; nothing where there is nobody to exchange with.

        Args:
            may_hide_many: The person agreed that many records vanish.

        Raises:
            DeskError: It came to a halt; says why.
        """
        if self._running is not None:
            self._is_wanted = True
            return None
        state = await self._office.ask(sync_state)
        if state.mood is SyncMood.ALONE:
            return None
        self._porter.rest()
        self._running = Standing(state, is_running=True)
        self.stands.emit(self._running)
        report: Report | None = None
        try:
            report = await self._exchanged(may_hide_many=may_hide_many)
            self._failures = 0
        except RevokedError as error:
            self.forget_road()
            if error.order:
                await self._wipe(error.order)
            raise
        except DeskError:
            self.forget_road()
            self._failures += 1
            raise
        finally:
            self._running = None
            self._plan_next(is_well=report is not None)
        if self._road is not None:
            await self._porter.begin(self._road)
        await self.show_state()
        self.ran.emit(report)
        return report

    async def _exchange_quietly(self) -> None:
        """Exchange; what passes by itself stands in the bar alone, other trouble is told once."""
        try:
            await self.exchange()
            self._told = ""
        except DeskError as error:
            _LOG.info("no exchange: %s", error.code)
            await self.show_state()
            self.ran.emit(None)
            if not isinstance(error, OfflineError) and error.code != self._told:
                self._told = error.code
                way = Way(N_("Show"), "headquarters")
                self._tell(Notice(error.text, Weight.CAUTION, way=way))

    async def exchange_now(self, *, may_hide_many: bool = False) -> None:
        """Exchange because somebody asks, and tell them how it went.

        Raises:
            DeskError: It came to a halt; says why.
        """
        try:
            report = await self.exchange(may_hide_many=may_hide_many)
        finally:
            await self.show_state()
        if report is not None:
            self._tell(told(report))

    async def _exchanged(self, *, may_hide_many: bool) -> Report:
        link = await self._office.ask(present_link)
        if link is not None and link.status == PENDING:
            await _ask_whether_approved(self._office, self.places, self._times)
        if self._road is None:
            self._road = await self._office.ask(road_to, self._times)
        watcher = Watcher(self._announce, self._on_progress)
        return await exchange_all(self.places, self._road, watcher, may_hide_many=may_hide_many)

    async def show_state(self) -> None:
        """Show how the desk and headquarters stand."""
        if self._running is None:
            self.stands.emit(Standing(await self._office.ask(sync_state)))

    def forget_road(self) -> None:
        """Take another way from now on, such as after the proxy was changed."""
        self._porter.rest()
        road, self._road = self._road, None
        if road is not None:
            self.places.after_the_road(road.close)

    def _plan_next(self, *, is_well: bool) -> None:
        if self._is_wanted:
            self._is_wanted = False
            self._soon.start(SOON_MS)
        elif not is_well:
            self._soon.start(min(EVERY_MS, AGAIN_MS * 2 ** min(self._failures, 5)))

    def _announce(self, changes: Changes) -> None:
        """Tell the desk what came; that is no reason to exchange again."""
        self._is_announcing = True
        try:
            self._office.announce(changes)
        finally:
            self._is_announcing = False

    def _on_progress(self, done: int, total: int) -> None:
        if self._running is not None:
            state = self._running.state
            self._running = Standing(state, is_running=True, done=done, total=total)
            self.stands.emit(self._running)

    def _on_changes(self, _changes: Changes) -> None:
        if self._is_announcing:
            return
        self._keeper.start(self.show_state(), name="state of the exchange")
        if self._running is not None:
            self._is_wanted = True
        else:
            self._soon.start(SOON_MS)

    def _on_reachable(self, reachability: QNetworkInformation.Reachability) -> None:
        if reachability is QNetworkInformation.Reachability.Online:
            self._soon.start(SOON_MS)


async def _ask_whether_approved(office: Office, places: BesideTheWork, times: RoadTimes) -> None:
    """Ask headquarters whether this device was approved meanwhile, and keep the answer.

    Raises:
        DeskError: Headquarters was not reached, or does not know this device any more.
    """
    link, proxy = await office.ask(present_link), await office.ask(proxy_of)
    if link is None:
        return
    ask = partial(ask_status, office.store, link, times, proxy=proxy or None)
    try:
        await office.do(take_enrolment_answer, await places.on_the_road(ask))
    except DeskError as error:
        await office.call(partial(keep_failure, error=error))
        raise


def told(report: Report) -> Notice:
    """Return what an exchange did, in words."""
    text = N_("Sent: {sent}. Received: {received}.", sent=report.sent, received=report.received)
    if report.rejected:
        rejected = N_("Not accepted by headquarters: {count}.", count=report.rejected)
        return Notice(text, Weight.CAUTION, (rejected,))
    return Notice(text)
