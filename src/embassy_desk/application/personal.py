"""What a person may ask of those who keep things about them: to know, and to be erased.

Rights of the persons concerned by law 91/2025/QH15 on the protection of personal data (to know,
to access, to erase) and, before it, decree 13/2023/NĐ-CP.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from embassy_desk.application.attachments import attachments_of
from embassy_desk.application.records import history_of, record_file, search_everything
from embassy_desk.application.showing import plain, plain_entity, plain_history, shown
from embassy_desk.domain.attachment import Attachment
from embassy_desk.domain.campaign import CampaignTarget
from embassy_desk.domain.contact import Consent, Contact
from embassy_desk.domain.engagement import (
    Commitment,
    Engagement,
    TheirParticipant,
    last_dealings,
)
from embassy_desk.domain.entity import Entity, Part, Record
from embassy_desk.domain.merge import survivor_of
from embassy_desk.domain.rights import Right
from embassy_desk.domain.task import Task
from embassy_desk.store.attachments import attachments_folder, sweep
from embassy_desk.store.erasing import (
    erase_content,
    forget_about,
    forget_content,
    position_of_log,
)
from embassy_desk.store.finders.merged import merged_records
from embassy_desk.store.opening import Store
from embassy_desk.store.work import UnitOfWork

RETENTION_YEARS = 3
"""After so many years without an engagement a contact should be looked at again."""

_DAYS_OF_A_YEAR = 365.25
_MENTIONS = 50


@dataclass(frozen=True)
class Erasure:
    """What an erasure did.

    Attributes:
        operations: How many changes of the log lost their content.
        files: How many attachments lost theirs.
        mentions: Headings of other records whose texts name the person; only people can judge
            those.
    """

    operations: int
    files: int
    mentions: tuple[str, ...]


def everything_about(work: UnitOfWork, contact_id: UUID, on: date) -> dict[str, Any]:
    """Return all that is kept about a person, as plain values: the answer to a subject request.

    Args:
        work: A unit of work.
        contact_id: The person.
        on: The day of the answer.

    Raises:
        MissingError: There is no such contact.
        RefusedError: The rights do not allow it.
    """
    work.rights.decide(Right.EXPORT).require()
    file = record_file(work, "contact", contact_id)
    contact = work.get(Contact, contact_id)
    return {
        "as_of": on.isoformat(),
        "contact": shown(file, on),
        "engagements": [
            {**plain_entity(part), "on": plain(engagement.held_on), "title": engagement.heading}
            for part in work.all(TheirParticipant, contact_id=contact_id)
            if (engagement := work.find(Engagement, part.engagement_id)) is not None
        ],
        "commitments": _plain_all(work.all(Commitment, contact_id=contact_id)),
        "campaigns": _plain_all(work.all(CampaignTarget, contact_id=contact_id)),
        "tasks": _plain_all(work.all(Task, waiting_on_contact_id=contact_id)),
        "files": _plain_all(attachments_of(work, contact)),
        "history": [plain_history(each) for each in history_of(work, contact_id)],
        "mentioned_in": list(_mentions(work, (contact,))),
    }


def erase_person(store: Store, contact_id: UUID) -> Erasure:
    """Erase a person: what is kept, what the log remembers, and the files.

    The contact stays as an empty shell in the trash that carries its reference only, so that
    engagements still count their participants. The chain of the log stays provable. It cannot be
    taken back. Records that were merged are of one person: whichever is named, all are erased.

    Args:
        store: The open store; one unit of work of its own erases, another removes the files.
        contact_id: The person.

    Raises:
        MissingError: There is no such contact.
        RefusedError: The rights do not allow it.
    """
    with store.work() as work:
        people = _merged_with(work, work.get(Contact, contact_id))
        for each in people:
            work.rights.decide(Right.ERASE_PERSON, each).require()
        before = position_of_log(work)
        mentions = tuple(dict.fromkeys(_mentions(work, people)))
        files_of = [file for each in people for file in work.all(Attachment, record_id=each.id)]
        digests = {each.digest: None for each in files_of}
        touched = [row.id for each in people for row in _empty(work, each)]
        operations = erase_content(work, touched, up_to=before)
        for each in people:
            forget_about(work, each.id)
        files = 0
        for digest in digests:
            if not work.all(Attachment, digest=digest):
                forget_content(work, digest)
                files += 1
        work.commit()
    with store.work() as work:
        sweep(work, attachments_folder(store.path))
    return Erasure(operations, files, mentions)


def past_retention(
    work: UnitOfWork, on: date, years: int = RETENTION_YEARS
) -> tuple[tuple[Contact, date], ...]:
    """Return the contacts to look at again, with the day of the last dealing, longest ago first.

    A preview: nothing is changed. A contact counts from its newest engagement, or from the day on
    which it was entered, and is left out while somebody's consent for it holds.

    Args:
        work: A unit of work.
        on: The mission's calendar day.
        years: How long silence may last.
    """
    limit = on - timedelta(days=round(years * _DAYS_OF_A_YEAR))
    last = last_dealings(work.all(Engagement), work.all(TheirParticipant), on)
    consented = {each.contact_id for each in work.all(Consent) if each.is_valid(on)}
    found = []
    for contact in work.all(Contact):
        if contact.is_trashed or contact.id in consented:
            continue
        entered = contact.created_at.date() if contact.created_at else on
        day = last.get(contact.id, entered)
        if day < limit:
            found.append((contact, day))
    return tuple(sorted(found, key=lambda each: (each[1], each[0].ref)))


def _empty(work: UnitOfWork, contact: Contact) -> Iterator[Entity]:
    """Empty or remove every row about a person, and yield what those rows were."""
    for parts in record_file(work, "contact", contact.id).parts.values():
        for part in parts:
            work.remove(part)
            yield part
    for seen in work.all(TheirParticipant, contact_id=contact.id):
        yield work.save(seen.changed(name_then="", position_then="", organisation_then=""))
    for promise in work.all(Commitment, contact_id=contact.id):
        yield work.save(promise.changed(who=""))
    for target in work.all(CampaignTarget, contact_id=contact.id):
        yield work.save(target.changed(name_then="", note=""))
    for file in work.all(Attachment, record_id=contact.id):
        shell = {"name": file.ref, "note": "", "digest": "0" * 64, "size_bytes": 0}
        yield work.save(file.changed(**shell, **_trashed(work)))
    empty = {
        name: field.get_default()
        for name, field in Contact.model_fields.items()
        if name not in Record.model_fields and not field.is_required()
    }
    shell_of_person = {**empty, "alias": contact.ref, "source": "", "archived_note": ""}
    yield work.save(contact.changed(**shell_of_person, **_trashed(work)))


def _trashed(work: UnitOfWork) -> dict[str, Any]:
    return {"trashed_at": work.at, "trashed_by": work.author.staff_id}


def _merged_with(work: UnitOfWork, contact: Contact) -> tuple[Contact, ...]:
    """Return every record of a person: the one that stands, and those merged into it."""
    merged = merged_records(work, "contact")
    stands = survivor_of(contact.id, merged)
    ids = {stands, *(each for each in merged if survivor_of(each, merged) == stands)}
    found = work.get_many(Contact, ids)
    return tuple(found[each] for each in sorted(found))


def _mentions(work: UnitOfWork, people: tuple[Contact, ...]) -> Iterator[str]:
    """Yield the headings of other records that name the person in their texts."""
    own = {each.id for each in people}
    for name in dict.fromkeys(each.display_name for each in people):
        for hit in search_everything(work, name, limit=_MENTIONS):
            if hit.id not in own:
                yield f"{hit.ref} {hit.heading}"


def _plain_all(entities: tuple[Record, ...] | tuple[Part, ...]) -> list[dict[str, Any]]:
    return [plain_entity(each) for each in entities]
