"""The porter: carries contents of files between exchanges, one piece at a time."""

import logging

from PySide6.QtCore import QObject, QTimer

from embassy_desk.application.beside_the_work import BesideTheWork
from embassy_desk.application.carrying import Carrier
from embassy_desk.application.file_pace import carriage_of
from embassy_desk.application.office import Office
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.domain.errors import DeskError
from embassy_desk.transport.road import Road

_LOG = logging.getLogger(__name__)


class Porter(QObject):
    """Carries while no exchange is under way; records always go first."""

    def __init__(self, office: Office, keeper: Keeper, places: BesideTheWork) -> None:
        """Rest until an exchange has ended."""
        super().__init__()
        self._office = office
        self._keeper = keeper
        self._places = places
        self._carrier: Carrier | None = None
        self._next = QTimer(self, singleShot=True)
        self._next.timeout.connect(self._start)

    async def begin(self, road: Road) -> None:
        """Carry over a road what there is to carry, at the pace that was agreed."""
        self._carrier = Carrier(self._places, road, await self._office.ask(carriage_of))
        self._next.start(0)

    def rest(self) -> None:
        """Carry no further piece; one that is on its way arrives, and stays."""
        self._next.stop()
        self._carrier = None

    def _start(self) -> None:
        self._keeper.start(self._carry(), name="contents of files")

    async def _carry(self) -> None:
        """Carry one piece; trouble with the line is for the next exchange to tell."""
        carrier = self._carrier
        if carrier is None:
            return
        try:
            rest_s = await carrier.step()
        except DeskError as error:
            _LOG.info("contents of files rest: %s", error.code)
            rest_s = None
        if carrier is not self._carrier:
            return  # an exchange has begun, and the next one ends with a new carrier
        if rest_s is None:
            self._carrier = None
        else:
            self._next.start(int(rest_s * 1000))
