"""What a person can do on the page of headquarters: its buttons, with their dialogs."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from embassy_desk.application.headquarters_sheet import BrakeError
from embassy_desk.application.pouches import PouchPreview, of_restored
from embassy_desk.desktop.exchange.wording import moment_of_ms
from embassy_desk.desktop.headquarters_page.presenter import HeadquartersPresenter
from embassy_desk.desktop.headquarters_page.screen import HeadquartersScreen
from embassy_desk.desktop.kit.dialogs import Question, answer_to
from embassy_desk.desktop.kit.file_dialogs import files_to_open, place_to_save
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.domain.errors import DeskError, InvalidError
from embassy_desk.texts import N_, Text

_YES = 0


class HeadquartersActs(QObject):
    """Connects the screen to the presenter; every act runs under the keeper."""

    def __init__(
        self,
        screen: HeadquartersScreen,
        presenter: HeadquartersPresenter,
        keeper: Keeper,
        outfit: Outfit,
        window: QWidget,
        decide: Callable[[], object],
    ) -> None:
        """Connect every button."""
        super().__init__(screen)
        self._screen = screen
        self._presenter = presenter
        self._keeper = keeper
        self._outfit = outfit
        self._window = window
        self._decide = decide
        self._works = self._named_works()
        screen.asked.connect(self.do)
        screen.code.returnPressed.connect(lambda: self.do("enrol"))
        screen.proxy.returnPressed.connect(lambda: self.do("proxy"))
        screen.limit.returnPressed.connect(lambda: self.do("limit"))

    def _named_works(self) -> dict[str, Callable[[], Coroutine[Any, Any, object]]]:
        screen, presenter = self._screen, self._presenter
        return {
            "exchange": presenter.exchange,
            "allow": self._allow,
            "enrol": lambda: self._checked(presenter.enrol(screen.code.text())),
            "write_request": self._write_request,
            "read_answer": self._read_answer,
            "write_pouch": self._write_pouch,
            "read_pouch": self._read_pouch,
            "proxy": lambda: self._checked(presenter.set_proxy(screen.proxy.text())),
            "limit": lambda: self._checked(presenter.set_file_limit(screen.limit.text())),
        }

    def do(self, name: str) -> None:
        """Do what a button says."""
        if name == "decisions":
            self._decide()
        else:
            self._keeper.start(self._works[name](), name=name)

    async def _checked(self, work: Coroutine[Any, Any, object]) -> None:
        """Do what needs something typed, and say beside it what is wrong with it."""
        self._screen.complain(None)
        try:
            await work
        except InvalidError as error:
            self._screen.complain(error.problems[0])

    async def _asks(self, text: Text, yes: Text) -> bool:
        question = Question(self._window, self._outfit.words, text, (yes, N_("Cancel")), first=1)
        return await answer_to(question) == _YES

    async def _allow(self) -> None:
        text = N_(
            "The exchange would remove many records at once. Ask headquarters whether that is"
            " meant before you allow it."
        )
        if await self._asks(text, N_("Allow and exchange")):
            await self._presenter.exchange(may_hide_many=True)

    async def _write_request(self) -> None:
        name = "embassy-desk-request.json"
        target = await place_to_save(
            self._window, self._outfit.words, N_("Write a request file"), name
        )
        if target is not None:
            code = self._screen.code.text()
            await self._checked(self._presenter.write_request(code, target))

    async def take_in(self, path: Path) -> None:
        """Read what headquarters sent: a pouch, or the answer to a request by its ending.

        Raises:
            DeskError: It cannot be read, or does not prove genuine.
        """
        if path.suffix.lower() == ".enrolment":
            await self._presenter.read_answer(path)
        else:
            await self._take_over(path)

    async def _read_answer(self) -> None:
        path = await self._chosen(N_("Read the answer file"))
        if path is not None:
            await self._presenter.read_answer(path)

    async def _write_pouch(self) -> None:
        name = f"{self._outfit.today().isoformat()}.pouch"
        target = await place_to_save(self._window, self._outfit.words, N_("Write a pouch"), name)
        if target is not None:
            await self._presenter.write_pouch(target)

    async def _read_pouch(self) -> None:
        path = await self._chosen(N_("Read a pouch"))
        if path is not None:
            await self._take_over(path)

    async def _take_over(self, path: Path) -> None:
        """Prove a pouch, say what it would do, and take it over if that is wanted."""
        preview = await self._presenter.preview_pouch(path)
        if not await self._asks(preview_text(preview), N_("Take it over")):
            return
        try:
            await self._presenter.read_pouch(path)
        except DeskError as error:
            if not isinstance(error, BrakeError) or not await self._asks(
                error.text, N_("Allow it")
            ):
                raise
            await self._presenter.read_pouch(path, may_hide_many=True)

    async def _chosen(self, title: Text) -> Path | None:
        return next(iter(await files_to_open(self._window, self._outfit.words, title)), None)


def preview_text(preview: PouchPreview) -> Text:
    """Return what is in a pouch and what reading it would do."""
    day = moment_of_ms(preview.made_ms).date()
    if preview.is_of_restored:
        return of_restored()
    if preview.is_known:
        return N_(
            "Pouch {serial} of {day} from headquarters. All of it is here already.",
            serial=preview.serial,
            day=day,
        )
    return N_(
        "Pouch {serial} of {day} from headquarters. Rows changed elsewhere: {rows}, of them"
        " removed: {removed}. Questions to decide: {conflicts}. It is the receipt for"
        " {acknowledged} of your changes.",
        serial=preview.serial,
        day=day,
        rows=preview.rows,
        removed=preview.deletions,
        conflicts=preview.conflicts,
        acknowledged=preview.acknowledged,
    )
