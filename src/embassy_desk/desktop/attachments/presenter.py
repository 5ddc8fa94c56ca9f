"""What can be done with the files of the open record: add, open, save elsewhere, remove. No Qt."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from embassy_desk.application.attachments import (
    ask_for_content,
    attach_to,
    named_content,
    save_attachment,
)
from embassy_desk.application.mails import MAIL_SUFFIXES, TakenMail, opened_mail, take_mail
from embassy_desk.application.office import Office
from embassy_desk.application.records import trash
from embassy_desk.desktop.attachments.opened import OpenedCopies
from embassy_desk.desktop.kit.notice import Notice, Weight
from embassy_desk.domain.errors import MissingError
from embassy_desk.texts import N_, Text


def is_mail(path: Path) -> bool:
    """Say whether a file is an e-mail, by its name."""
    return path.suffix.lower() in MAIL_SUFFIXES


Report = Callable[[int, int], None]
During = Callable[[Text, Callable[[Report], Awaitable[Any]]], Awaitable[Any]]
"""Runs long work and shows how far it is."""


class DocumentsView(Protocol):
    """What the documents need from their tab."""

    def open_file(self, path: Path) -> None:
        """Let the system show a file in the program it is for."""


class DocumentsPresenter:
    """Serves the documents tab of the open record."""

    def __init__(
        self,
        office: Office,
        view: DocumentsView,
        copies: OpenedCopies,
        *,
        during: During,
        tell: Callable[[Notice], None],
    ) -> None:
        """Begin without a record."""
        self._office = office
        self._view = view
        self._copies = copies
        self._during = during
        self._tell = tell

    async def add(self, kind: str, record_id: UUID, paths: Sequence[Path]) -> None:
        """Add files to a record, one after the other; each is kept whole or not at all.

        Raises:
            RefusedError: A file is none, too large, or carries a mark of secrecy.
            StoppedError: The person stopped it.
            StoreError: A file cannot be read, or the disk refuses.
        """
        store = self._office.store
        for path in paths:
            warnings: list[Text] = []
            await self._during(
                N_("Adding “{file}” …", file=path.name),
                lambda report, path=path, warn=warnings.append: self._office.do(  # type: ignore[misc]
                    attach_to, store, kind, record_id, path, report, warn
                ),
            )
            weight = Weight.CAUTION if warnings else Weight.DONE
            text = N_("“{file}” was added.", file=path.name)
            self._tell(Notice(text, weight, tuple(dict.fromkeys(warnings)), can_undo=True))

    async def take_mail(self, contact_id: UUID, path: Path) -> None:
        """Enter an e-mail as an engagement with a contact, with the files that came with it.

        Raises:
            DeskError: It is none, was taken in before, or carries a mark of secrecy.
        """
        store = self._office.store
        warnings: list[Text] = []

        async def work(_report: Report) -> TakenMail:
            mail = await self._office.aside(partial(opened_mail, path=path))
            return await self._office.do(take_mail, store, contact_id, mail, warnings.append)

        taken: TakenMail = await self._during(N_("Reading “{file}” …", file=path.name), work)
        if taken.is_cut:
            warnings.append(N_("Its text was too long and ends early."))
        weight = Weight.CAUTION if warnings else Weight.DONE
        text = N_(
            "“{subject}” was entered as an engagement, with {count} file.",
            "“{subject}” was entered as an engagement, with {count} files.",
            subject=taken.engagement.subject,
            count=taken.file_count,
        )
        self._tell(Notice(text, weight, tuple(dict.fromkeys(warnings)), can_undo=True))

    async def open(self, attachment_id: UUID) -> None:
        """Show a file in the program it is for, from a copy that cannot be changed.

        A content that is not here yet is asked for, before every other one.

        Raises:
            MissingError: Its content is not on this computer, and there is nobody to ask.
            RefusedError: It is a program.
            StoreError: Its content is damaged, or the disk refuses.
        """
        try:
            found = await self._office.ask(named_content, self._office.store, attachment_id)
        except MissingError:
            if not await self._office.do(ask_for_content, self._office.store, attachment_id):
                raise
            self._tell(Notice(N_("The content of this file comes from headquarters next.")))
        else:
            self._view.open_file(self._copies.put(*found))

    def wipe(self) -> None:
        """Remove the copies that other programs were given."""
        self._copies.wipe()

    async def save_to(self, attachment_id: UUID, target: Path) -> None:
        """Write a file to a place that the person chose, unencrypted.

        Raises:
            MissingError: Its content is not on this computer.
            RefusedError: The rights do not allow it.
            StoreError: Its content is damaged, or the target cannot be written.
        """
        await self._office.call(
            partial(save_attachment, attachment_id=attachment_id, target=target)
        )
        self._tell(Notice(N_("“{file}” was saved, unencrypted.", file=str(target))))

    async def remove(self, attachment_id: UUID) -> None:
        """Put a file in the trash."""
        gone = await self._office.do(trash, "attachment", attachment_id)
        text = N_("“{heading}” was put in the trash.", heading=gone.heading)
        self._tell(Notice(text, can_undo=True))
