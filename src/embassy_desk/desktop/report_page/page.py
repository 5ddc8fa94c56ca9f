"""The page of reports put together: what its screen asks for, and who does it."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from embassy_desk.application.office import Office
from embassy_desk.application.reports import Wish
from embassy_desk.desktop.kit.file_dialogs import place_to_save
from embassy_desk.desktop.kit.keeper import Keeper, Notice
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.report_page.presenter import ReportPresenter
from embassy_desk.desktop.report_page.saving import FORMS, TITLE
from embassy_desk.desktop.report_page.screen import PAGE_PX, ReportScreen
from embassy_desk.desktop.report_page.writing import Writing

Tell = Callable[[Notice], None]
"""Shows a notice."""


class ReportPage(QObject):
    """Holds screen and presenter of the page of reports.

    Attributes:
        screen: What is seen.
        presenter: Makes the reports.
        writing: Keeps what is written into them.
    """

    def __init__(self, office: Office, keeper: Keeper, outfit: Outfit, tell: Tell) -> None:
        """Put the page together; `tell` says what was done."""
        self.screen = ReportScreen(outfit)
        super().__init__(self.screen)
        self._keeper = keeper
        self._outfit = outfit
        self.presenter = ReportPresenter(office, self.screen, lambda text: tell(Notice(text)))
        self.writing = Writing(office, self.screen.tabs.texts, keeper)
        self.screen.preview_asked.connect(self._on_preview)
        self.screen.save_asked.connect(self._on_save)
        self.screen.texts_asked.connect(self._on_texts)
        self.screen.tabs.texts.edited.connect(self.writing.note_edit)

    def _on_texts(self, name: str, wish: Wish) -> None:
        self._keeper.start(self.writing.open(name, wish), name="texts of a report")

    def _on_preview(self, name: str, wish: Wish) -> None:
        self._keeper.start(self._preview(name, wish), name="report")

    async def _preview(self, name: str, wish: Wish) -> None:
        await self.writing.flush()
        await self.presenter.preview(name, wish, self._outfit.words, PAGE_PX)

    def _on_save(self, name: str, wish: Wish) -> None:
        self._keeper.start(self._save(name, wish), name="report")

    async def _save(self, name: str, wish: Wish) -> None:
        words = self._outfit.words
        target = await place_to_save(self.screen, words, TITLE, name, FORMS)
        if target is not None:
            await self.writing.flush()
            await self.presenter.save(name, wish, words, target)
