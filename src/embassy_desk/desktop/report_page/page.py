"""The page of reports put together: what its screen asks for, and who does it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from embassy_desk.application.office import Office
from embassy_desk.application.reports import Wish
from embassy_desk.application.signing import Signature, default_layout
from embassy_desk.desktop.kit.asking import Asking
from embassy_desk.desktop.kit.file_dialogs import files_to_open, place_to_save
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.notice import Notice
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.report_page.presenter import During, ReportPresenter
from embassy_desk.desktop.report_page.printing import chosen_press
from embassy_desk.desktop.report_page.saving import (
    FORMS,
    STARTER_TITLE,
    TEMPLATE_TITLE,
    TEMPLATES,
    TITLE,
)
from embassy_desk.desktop.report_page.screen import PAGE_PX, ReportScreen
from embassy_desk.desktop.report_page.writing import Writing
from embassy_desk.domain.errors import Problem
from embassy_desk.domain.signed_report import SignedReport
from embassy_desk.texts import N_

_SIGNATURE = ("authority", "signatory", "layout", "replaces_id")

Tell = Callable[[Notice], None]
"""Shows a notice."""


class ReportPage(QObject):
    """Holds screen and presenter of the page of reports.

    Attributes:
        screen: What is seen.
        presenter: Makes the reports.
        writing: Keeps what is written into them.
    """

    def __init__(
        self, office: Office, keeper: Keeper, outfit: Outfit, during: During, tell: Tell
    ) -> None:
        """Put the page together; `during` shows long work, `tell` says what was done."""
        self.screen = ReportScreen(outfit)
        super().__init__(self.screen)
        self._keeper = keeper
        self._outfit = outfit
        self.presenter = ReportPresenter(
            office, self.screen, during, lambda text: tell(Notice(text))
        )
        self.writing = Writing(office, self.screen.tabs.texts, keeper)
        self.screen.preview_asked.connect(self._on_preview)
        self.screen.save_asked.connect(self._on_save)
        self.screen.print_asked.connect(self._on_print)
        self.screen.sign_asked.connect(self._on_sign)
        self.screen.texts_asked.connect(self._on_texts)
        self.screen.use_template.triggered.connect(self._on_template)
        self.screen.begin_template.triggered.connect(self._on_starter)
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

    def _on_print(self, name: str, wish: Wish) -> None:
        self._keeper.start(self._print(name, wish), name="print a report")

    async def _print(self, name: str, wish: Wish) -> None:
        words = self._outfit.words
        press = await chosen_press(self.screen, words)
        if press is not None:
            await self.writing.flush()
            await self.presenter.print(name, wish, words, press)

    def _on_template(self) -> None:
        self._keeper.start(self._use_template(), name="template of the mission")

    async def _use_template(self) -> None:
        files = await files_to_open(self.screen, self._outfit.words, TEMPLATE_TITLE)
        if files:
            await self.presenter.use_template(files[0])

    def _on_starter(self) -> None:
        self._keeper.start(self._save_starter(), name="template to begin with")

    async def _save_starter(self) -> None:
        words = self._outfit.words
        target = await place_to_save(self.screen, words, STARTER_TITLE, "template", TEMPLATES)
        if target is not None:
            await self.presenter.save_starter(target, words)

    def _on_sign(self, name: str, wish: Wish) -> None:
        self._keeper.start(self._sign(name, wish), name="sign a report")

    async def _sign(self, name: str, wish: Wish) -> None:
        """Ask who signs; the dialog stays until the report is signed or the person gives up."""
        await self.writing.flush()
        asking = Asking(self._keeper, self._outfit, self.screen)
        dialog = asking.dialog(N_("Sign this report off"), SignedReport, _SIGNATURE)
        head = await self.presenter.head()
        layout = default_layout(name, self._outfit.words)
        values = {"authority": head.authority, "signatory": head.signatory, "layout": layout}
        dialog.fields.show_entity(values, {})

        async def attempt(values: dict[str, Any]) -> tuple[Problem, ...]:
            replaced = values["replaces_id"]
            signature = Signature(
                signatory=values["signatory"],
                authority=values["authority"],
                layout=values["layout"],
                replaces=str(replaced) if replaced else "",
            )
            await self.presenter.sign(name, wish, self._outfit.words, signature)
            return ()

        await asking.ask(dialog, attempt)
        self.writing.forget()
