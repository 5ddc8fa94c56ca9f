"""What a person can do on the documents tab: connects it to its presenter and to file dialogs."""

from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from embassy_desk.desktop.attachments.presenter import DocumentsPresenter, is_mail
from embassy_desk.desktop.attachments.screen import DocumentsPane
from embassy_desk.desktop.kit.file_dialogs import files_to_open, place_to_save
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.records.presenter import RecordPresenter
from embassy_desk.texts import N_


class DocumentActs:
    """Runs what is asked on the documents tab."""

    def __init__(
        self,
        pane: DocumentsPane,
        presenter: DocumentsPresenter,
        records: RecordPresenter,
        keeper: Keeper,
        outfit: Outfit,
        window: QWidget,
    ) -> None:
        """Connect the tab; file dialogs stand on the window."""
        self._presenter = presenter
        self._records = records
        self._keeper = keeper
        self._outfit = outfit
        self._window = window
        pane.choose_asked.connect(lambda: self._start(self._choose(), "choose files"))
        pane.add_asked.connect(lambda paths: self._start(self._add(paths), "add files"))
        pane.open_asked.connect(lambda one: self._start(presenter.open(one), "open a file"))
        pane.save_asked.connect(lambda one, name: self._start(self._save(one, name), "save a file"))
        pane.remove_asked.connect(lambda one: self._start(presenter.remove(one), "remove a file"))

    def wipe(self) -> None:
        """Remove the copies that other programs were given."""
        self._presenter.wipe()

    def _start(self, work: Coroutine[Any, Any, object], name: str) -> None:
        self._keeper.start(work, name=name)

    async def _choose(self) -> None:
        title = N_("Add files to this record")
        await self._add(await files_to_open(self._window, self._outfit.words, title))

    def start_mail(self) -> None:
        """Ask for an e-mail, and enter it as an engagement with the open contact."""
        self._start(self._choose_mail(), "take in an e-mail")

    async def _choose_mail(self) -> None:
        title = N_("Take in an e-mail of this contact")
        await self._add(await files_to_open(self._window, self._outfit.words, title))

    async def _add(self, paths: Sequence[Path]) -> None:
        """Add files to the open record; an e-mail of a contact becomes an engagement."""
        kind, record_id = self._records.kind, self._records.record_id
        if record_id is None:
            return
        mails = [each for each in paths if kind == "contact" and is_mail(each)]
        for each in mails:
            await self._presenter.take_mail(record_id, each)
        await self._presenter.add(kind, record_id, [each for each in paths if each not in mails])

    async def _save(self, attachment_id: UUID, name: str) -> None:
        title = N_("Save this file, unencrypted")
        target = await place_to_save(self._window, self._outfit.words, title, name)
        if target is not None:
            await self._presenter.save_to(attachment_id, target)
