"""When the mission was last in touch with its contacts, and about its records."""

from datetime import date
from uuid import UUID

from embassy_desk.store.borders import translated
from embassy_desk.store.reading import seen
from embassy_desk.store.work import UnitOfWork

TAKEN_PLACE_TEXT = "e.state IN ('held', 'recorded') AND e.trashed_at IS NULL AND e.held_on <= :on"
"""`Engagement.has_taken_place` in the store's own language; a test compares the two."""

_OF_CONTACTS = (
    "SELECT p.contact_id, max(e.held_on) FROM their_participant p"  # noqa: S608
    " JOIN engagement e ON e.id = p.engagement_id"
    f" WHERE p.contact_id IS NOT NULL AND p.attended AND {TAKEN_PLACE_TEXT} AND {{seen}}"
    " GROUP BY p.contact_id"
)
_ABOUT_RECORDS = (
    "SELECT s.record_id, max(e.held_on) FROM engagement_subject s"  # noqa: S608
    " JOIN engagement e ON e.id = s.engagement_id"
    f" WHERE s.record_kind = :kind AND {TAKEN_PLACE_TEXT} AND {{seen}} GROUP BY s.record_id"
)


def last_with_contacts(work: UnitOfWork, on: date) -> dict[UUID, date]:
    """Return the day of the last engagement that each contact took part in, up to a day."""
    with translated():
        rows = work.raw.execute(
            _OF_CONTACTS.format(seen=seen(work, "e")), {"on": on.isoformat()}
        ).fetchall()
    return {UUID(contact): date.fromisoformat(day) for contact, day in rows}


def last_about_records(work: UnitOfWork, kind: str, on: date) -> dict[UUID, date]:
    """Return the day of the last engagement about each record of a kind, up to a day."""
    with translated():
        statement = _ABOUT_RECORDS.format(seen=seen(work, "e"))
        rows = work.raw.execute(statement, {"kind": kind, "on": on.isoformat()}).fetchall()
    return {UUID(record): date.fromisoformat(day) for record, day in rows}


def rhythms(work: UnitOfWork) -> list[tuple[UUID, int | None, date | None]]:
    """Return of every contact its cadence in days and the day on which it was entered (UTC)."""
    with translated():
        rows = work.raw.execute("SELECT id, cadence_days, created_at FROM contact").fetchall()
    return [
        (UUID(contact), cadence, date.fromisoformat(at[:10]) if at else None)
        for contact, cadence, at in rows
    ]
