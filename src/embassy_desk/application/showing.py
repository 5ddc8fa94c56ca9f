"""A record as plain values, stored and computed, for scripts and for reading aloud."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from embassy_desk.application.contacts import present_organisation
from embassy_desk.application.records import RecordFile
from embassy_desk.domain.catalogue import kind_of
from embassy_desk.domain.contact import Contact, ContactEmail, ContactPhone
from embassy_desk.domain.entity import Entity
from embassy_desk.store.types import time_text


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


def shown(file: RecordFile) -> dict[str, Any]:
    """Return a record with its heading, its fields, what is computed from its rows, and its rows."""
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
        values.update(_contact(record, file))
    return values


def _contact(contact: Contact, file: RecordFile) -> dict[str, Any]:
    emails = [each for each in file.parts["contact_email"] if isinstance(each, ContactEmail)]
    phones = [each for each in file.parts["contact_phone"] if isinstance(each, ContactPhone)]
    return {
        "display_name": contact.display_name,
        "organisation": present_organisation(file),
        "emails": [each.address for each in sorted(emails, key=lambda e: not e.is_primary)],
        "phones": [
            each.e164 or each.typed for each in sorted(phones, key=lambda p: not p.is_primary)
        ],
    }
