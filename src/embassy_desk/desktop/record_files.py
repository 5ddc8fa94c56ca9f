"""Takes the open record out of the desk in a file: allowed and written down first."""

from collections.abc import Callable
from pathlib import Path

from embassy_desk.application.exporting import export_records
from embassy_desk.application.office import Office
from embassy_desk.application.taking_out import called, take_out_one
from embassy_desk.desktop.attachments.opened import plain_name
from embassy_desk.desktop.file_forms import asked_form, asked_place, whole_forms
from embassy_desk.desktop.kit.notice import Notice
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.records.presenter import RecordPresenter
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.errors import MissingError, RefusedError
from embassy_desk.texts import N_


class RecordFiles:
    """Writes the record that is open."""

    def __init__(
        self,
        office: Office,
        records: RecordPresenter,
        outfit: Outfit,
        window: Frame,
        refuse: Callable[[Path], None],
    ) -> None:
        """Write what `records` has open; `refuse` raises for files of the store itself."""
        self._office = office
        self._records = records
        self._outfit = outfit
        self._window = window
        self._refuse = refuse

    async def export(self) -> None:
        """Ask for form and file, and write the record that is open.

        Raises:
            MissingError: No record is open, or it is gone.
            RefusedError: Its kind is not written to files, or the rights do not allow it.
            StoreError: The file cannot be written.
        """
        kind, record_id = self._records.kind, self._records.record_id
        if record_id is None:
            raise MissingError(N_("Open a record first."))
        forms = whole_forms(kind)
        if not forms:
            plural = kind_named(kind).plural
            raise RefusedError(N_("“{kind}” are not written to files. Print it.", kind=plural))
        form = await asked_form(self._window, self._outfit, forms)
        if form is None:
            return
        name = plain_name(await self._office.ask(called, kind, record_id))
        target = await asked_place(self._window, self._outfit, form.suffix, name)
        if target is None:
            return
        self._refuse(target)
        suffix = form.suffix.removeprefix(".")
        taken = await self._office.do(take_out_one, kind, record_id, suffix)
        await self._office.ask(
            export_records,
            kind,
            target,
            ids=taken.ids,
            card_version=form.card_version,
            marked=(taken.entry, self._outfit.words),
        )
        told = N_("The record was written to “{file}”.", file=target.name)
        self._window.notices.tell(Notice(told))
