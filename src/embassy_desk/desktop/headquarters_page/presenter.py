"""Shows how this desk and headquarters stand; enrols it, writes and reads pouches. No Qt."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from embassy_desk.application.beside_the_work import BesideTheWork
from embassy_desk.application.enrolling import (
    device_words,
    read_enrolment_answer,
    request_enrolment,
    take_enrolment_answer,
)
from embassy_desk.application.enrolment_road import ask_enrolment
from embassy_desk.application.file_pace import keep_file_limit
from embassy_desk.application.headquarters_sheet import (
    ACTIVE,
    PENDING,
    HeadquartersSheet,
    headquarters_sheet,
)
from embassy_desk.application.office import Office
from embassy_desk.application.pouches import (
    PouchPreview,
    preview_pouch,
    read_pouch,
    write_pouch,
)
from embassy_desk.application.proxy import keep_proxy, proxy_of
from embassy_desk.desktop.kit.notice import Notice, Weight
from embassy_desk.domain.errors import StoreError
from embassy_desk.settings.files import write_whole
from embassy_desk.sync.enrolment import EnrolmentCode
from embassy_desk.texts import N_, Text
from embassy_desk.transport.road import RoadTimes

_STATUSES: dict[str, Text] = {
    PENDING: N_("Headquarters has the request and must approve it."),
    ACTIVE: N_("This desk is enrolled."),
}


class HeadquartersView(Protocol):
    """What the page needs from its screen."""

    def show_sheet(self, sheet: HeadquartersSheet) -> None:
        """Show everything."""


class Exchanger(Protocol):
    """Who exchanges with headquarters beside the work."""

    places: BesideTheWork

    def start_exchange(self) -> None:
        """Exchange soon, and be quiet about it."""

    def forget_road(self) -> None:
        """Go another way from now on."""

    async def exchange_now(self, *, may_hide_many: bool = False) -> None:
        """Exchange, and tell what came of it."""

    async def show_state(self) -> None:
        """Tell how the desk and headquarters stand."""


class HeadquartersPresenter:
    """Acts for the page; the network is asked beside the work."""

    def __init__(
        self,
        office: Office,
        view: HeadquartersView,
        courier: Exchanger,
        times: RoadTimes,
        tell: Callable[[Notice], None],
        refuse_own_file: Callable[[Path], None],
    ) -> None:
        """Begin without anything shown."""
        self._office = office
        self._view = view
        self._courier = courier
        self._times = times
        self._tell = tell
        self._refuse_own_file = refuse_own_file
        self._places = courier.places

    async def refresh(self) -> None:
        """Show the page anew."""
        self._view.show_sheet(await self._office.ask(headquarters_sheet))

    async def exchange(self, *, may_hide_many: bool = False) -> None:
        """Exchange now.

        Raises:
            DeskError: It came to a halt; says why.
        """
        try:
            await self._courier.exchange_now(may_hide_many=may_hide_many)
        finally:
            await self.refresh()

    async def enrol(self, typed: str) -> None:
        """Ask headquarters over the line to let this desk in.

        Raises:
            InvalidError: The code is none.
            RefusedError: Headquarters refuses it, or this desk may not be enrolled.
            OfflineError: Headquarters was not reached.
        """
        code = EnrolmentCode.parsed(typed)
        is_demo = self._office.store.identity.is_demo
        request = await self._office.do(request_enrolment, code, is_demo=is_demo)
        proxy = await self._office.ask(proxy_of)
        answer = await self._places.on_the_road(
            partial(ask_enrolment, request, code, self._times, proxy=proxy or None)
        )
        status = await self._office.do(take_enrolment_answer, answer)
        self._say_status(status)
        await self._entered(status)

    async def write_request(self, typed: str, target: Path) -> None:
        """Write the request to be let in into a file for headquarters.

        Raises:
            InvalidError: The code is none.
            RefusedError: This desk may not be enrolled.
            StoreError: The file cannot be written.
        """
        self._refuse_own_file(target)
        code = EnrolmentCode.parsed(typed)
        is_demo = self._office.store.identity.is_demo
        request = await self._office.do(request_enrolment, code, is_demo=is_demo)
        content = request.model_dump_json(indent=2).encode()
        await self._office.aside(lambda _: write_whole(target, content))
        words = N_("Read these words to headquarters: {words}", words=device_words(request))
        self._tell(
            Notice(N_("The request is written. Carry it to headquarters."), details=(words,))
        )
        await self.refresh()

    async def read_answer(self, path: Path) -> None:
        """Read headquarters' answer from a file.

        Raises:
            StoreError: The file cannot be read.
            InvalidError: It is no answer.
            RefusedError: It is for another device, or not of the headquarters of the code.
        """
        content = await self._office.aside(lambda _: _content(path))
        status = await self._office.do(take_enrolment_answer, read_enrolment_answer(content))
        self._say_status(status)
        await self._entered(status)

    async def _entered(self, status: str) -> None:
        await self._courier.show_state()
        await self.refresh()
        if status == ACTIVE:
            self._courier.start_exchange()

    def _say_status(self, status: str) -> None:
        closed = N_("Headquarters has closed this device out.")
        self._tell(Notice(_STATUSES.get(status, closed)))

    async def set_proxy(self, address: str) -> None:
        """Keep the address of the proxy of this network; nothing means none.

        Raises:
            InvalidError: It is no address of a proxy.
        """
        await self._office.do(keep_proxy, address)
        self._courier.forget_road()
        self._tell(Notice(N_("The proxy is kept for this desk.")))
        await self.refresh()

    async def set_file_limit(self, typed: str) -> None:
        """Keep how many kbit/s contents of files may take; nothing means all of the line.

        Raises:
            InvalidError: It is no such number.
        """
        await self._office.do(keep_file_limit, typed)
        self._tell(Notice(N_("The limit for files is kept for this desk.")))
        await self.refresh()

    async def write_pouch(self, target: Path) -> None:
        """Write a pouch for headquarters.

        Raises:
            RefusedError: This desk is not enrolled.
            StoreError: The medium does not take it whole.
        """
        self._refuse_own_file(target)
        written = await self._office.call(lambda store: write_pouch(store, target))
        self._tell(
            Notice(
                N_(
                    "Pouch {serial} is written. Changes in it: {count}.",
                    serial=written.serial,
                    count=written.operations,
                )
            )
        )
        await self.refresh()

    async def preview_pouch(self, path: Path) -> PouchPreview:
        """Return what reading a pouch would do.

        Raises:
            DeskError: It is not for this desk, was changed, or is no pouch.
        """
        return await self._office.call(lambda store: preview_pouch(store, path))

    async def read_pouch(self, path: Path, *, may_hide_many: bool = False) -> None:
        """Take a pouch over.

        Raises:
            DeskError: An earlier one is missing, or as `preview_pouch`.
        """
        taken, changes = await self._office.call(
            lambda store: read_pouch(store, path, may_hide_many=may_hide_many)
        )
        self._office.announce(changes)
        text = N_(
            "Acknowledged: {count}. Received: {rows}.", count=taken.acknowledged, rows=taken.rows
        )
        weight = Weight.CAUTION if taken.conflicts else Weight.DONE
        self._tell(Notice(text, weight))
        await self._courier.show_state()
        await self.refresh()


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StoreError(N_("The file {path} cannot be read.", path=str(path))) from error
