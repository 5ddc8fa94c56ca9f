"""An e-mail from a file, taken in as an engagement with a contact, with what came with it."""

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from embassy_desk.application.attachments import attach_received
from embassy_desk.application.engagements import EngagementEntry, record_engagement
from embassy_desk.application.host import mission_day, mission_zone, zone_name
from embassy_desk.domain.choices import Mode
from embassy_desk.domain.contact import Contact, ContactEmail
from embassy_desk.domain.engagement import Engagement, EngagementKind, EngagementState
from embassy_desk.domain.errors import RefusedError
from embassy_desk.interchange.apart import Run, apart
from embassy_desk.interchange.mails import MAIL_SUFFIXES, Mail, read_mail
from embassy_desk.store.opening import Store
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_, Text

__all__ = ["MAIL_SUFFIXES", "TakenMail", "opened_mail", "take_mail"]

_LONGEST_READOUT = 50_000


@dataclass(frozen=True)
class TakenMail:
    """An e-mail that was taken in.

    Attributes:
        engagement: What became of it.
        file_count: How many files came with it.
        is_cut: Whether its text was too long and ends early.
    """

    engagement: Engagement
    file_count: int
    is_cut: bool


def opened_mail(_store: Store, path: Path, run: Run = apart) -> Mail:
    """Return the e-mail in a file, read in a process of its own.

    Raises:
        UnreadableFileError: It is no e-mail, or not safe.
        StoreError: It cannot be opened.
    """
    return run(read_mail, path)


def take_mail(
    work: UnitOfWork, store: Store, contact_id: UUID, mail: Mail, warn: Callable[[Text], None]
) -> TakenMail:
    """Enter an e-mail as an engagement with a contact, and with whom else it went to.

    Args:
        work: A writing unit of work.
        store: The store, beside which contents lie.
        contact_id: On whom it was dropped.
        mail: The e-mail.
        warn: Is told of a mention of secrecy that may be harmless.

    Raises:
        MissingError: The contact is gone.
        RefusedError: It was taken in before, or something of it carries a mark of secrecy.
        InvalidError: Its text carries a mark of secrecy.
        StoreError: The disk refuses.
    """
    contact = work.get(Contact, contact_id)
    if mail.message_id and work.all(Engagement, source=mail.message_id):
        raise RefusedError(N_("This e-mail was taken in before."))
    engagement = record_engagement(
        work,
        EngagementEntry(
            values=_values(work, mail),
            contact_ids=tuple(dict.fromkeys([contact.id, *_known(work, mail)])),
        ),
    )
    for each in mail.files:
        attach_received(work, store, engagement, each.name, base64.b64decode(each.content), warn)
    return TakenMail(engagement, len(mail.files), mail.is_cut)


def _values(work: UnitOfWork, mail: Mail) -> dict[str, object]:
    sender = mail.sender[0] or mail.sender[1]
    values: dict[str, object] = {
        "subject": mail.subject or sender,
        "kind": EngagementKind.EMAIL,
        "mode": Mode.EMAIL,
        "state": EngagementState.HELD,
        "held_on": mission_day(work),
        "readout": f"{_road(mail)}\n\n{mail.text}".strip()[:_LONGEST_READOUT],
        "source": mail.message_id,
    }
    if mail.sent_at is not None:
        values["held_on"] = mail.sent_at.astimezone(mission_zone(work)).date()
        if zone := zone_name(work):
            values |= {"starts_at": mail.sent_at, "zone": zone}
    return values


def _road(mail: Mail) -> str:
    """Return from whom to whom it went, without words of any language."""
    return f"{_person(mail.sender)} → {', '.join(map(_person, mail.receivers))}"


def _person(person: tuple[str, str]) -> str:
    name, address = person
    return f"{name} <{address}>" if name and address else name or address


def _known(work: UnitOfWork, mail: Mail) -> Iterator[UUID]:
    """Yield the contacts whose addresses stand on the mail."""
    for _, address in (mail.sender, *mail.receivers):
        for each in work.all(ContactEmail, address=address) if address else ():
            found = work.find(Contact, each.contact_id)
            if found is not None and not found.is_trashed and found.merged_into is None:
                yield found.id
