"""A record as plain values, stored and computed, for scripts and for reading aloud."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from embassy_desk.application.agreements import standing, steps
from embassy_desk.application.contacts import present_organisation
from embassy_desk.application.records import RecordFile, record_file
from embassy_desk.domain.agreement import Agreement
from embassy_desk.domain.catalogue import kind_of
from embassy_desk.domain.contact import Contact, ContactEmail, ContactPhone
from embassy_desk.domain.entity import Entity, Record
from embassy_desk.domain.obligation import Obligation
from embassy_desk.domain.task import Task
from embassy_desk.store.history import HistoryEntry
from embassy_desk.store.types import time_text
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import Words


def plain(value: Any) -> Any:
    """Return a value as JSON holds it: choices and identities as text, days as ISO 8601."""
    if isinstance(value, datetime):
        return time_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, bool | int) or value is None:
        return value
    return str(value)


def plain_entity(entity: Entity) -> dict[str, Any]:
    """Return the fields of a record or part as JSON holds them."""
    return {name: plain(value) for name, value in entity}


def plain_history(entry: HistoryEntry) -> dict[str, Any]:
    """Return what happened to a row as JSON holds it: each field before and after."""
    return {
        "change": entry.nseq,
        "at": plain(entry.at),
        "by": plain(entry.by),
        "via": entry.via,
        "entity": entry.entity,
        "kind": entry.kind,
        "fields": {each.field: [each.before, each.after] for each in entry.changes},
    }


def shown(file: RecordFile, on: date) -> dict[str, Any]:
    """Return a record: its heading, its fields, what follows from its rows, and the rows."""
    record = file.record
    values: dict[str, Any] = {
        **plain_entity(record),
        "heading": record.heading,
        "tags": [each.label for each in file.parts["tag"] if hasattr(each, "label")],
        "parts": {
            name: [plain_entity(each) for each in rows] for name, rows in file.parts.items() if rows
        },
    }
    values.setdefault("kind", kind_of(record).name)
    values.setdefault("title", record.heading)
    if isinstance(record, Contact):
        values.update(_contact(record, file, on))
    return values


def _contact(contact: Contact, file: RecordFile, on: date) -> dict[str, Any]:
    emails = [each for each in file.parts["contact_email"] if isinstance(each, ContactEmail)]
    phones = [each for each in file.parts["contact_phone"] if isinstance(each, ContactPhone)]
    return {
        "display_name": contact.display_name,
        "organisation": present_organisation(file, on),
        "emails": [each.address for each in sorted(emails, key=lambda e: not e.is_primary)],
        "phones": [
            each.e164 or each.typed for each in sorted(phones, key=lambda p: not p.is_primary)
        ],
    }


def shown_with_standing(work: UnitOfWork, record: Record, on: date, words: Words) -> dict[str, Any]:
    """Return a record as plain values, with what dates tell on a day.

    Args:
        work: A unit of work.
        record: The record as stored.
        on: The day.
        words: Language of the sentences.
    """
    values = shown(record_file(work, kind_of(record).name, record.id), on)
    if isinstance(record, Agreement):
        values.update(_agreement(work, record, on, words))
    if isinstance(record, Task):
        values["is_overdue"] = record.is_overdue(on)
    if isinstance(record, Obligation):
        agreement = work.find(Agreement, record.agreement_id)
        in_force_on = agreement.in_force_on if agreement else None
        values["due"] = plain(record.due(on, in_force_on))
        values["is_late"] = record.is_late(on, in_force_on)
    return values


def _agreement(work: UnitOfWork, record: Agreement, on: date, words: Words) -> dict[str, Any]:
    stands = standing(work, record.id, on)
    return {
        "on": plain(on),
        "term_number": stands.term_number,
        "term_from": plain(stands.term_from),
        "term_to": plain(stands.term_to),
        "notice_by": plain(stands.notice_by),
        "renews_to": plain(stands.renews_to),
        "ends_on": plain(stands.ends_on),
        "review_due_on": plain(stands.review_on),
        "conditions": [str(each) for each in stands.conditions],
        "why": " ".join(words(each) for each in stands.why),
        "next_steps": [
            {
                "state": each.target,
                "label": words(each.label),
                "missing": [words(text) for text in each.missing],
                "needs_reason": each.needs_reason,
            }
            for each in steps(work, record.id)
        ],
    }
