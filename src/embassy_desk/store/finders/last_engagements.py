"""When the mission was last in touch with its contacts, and about its records."""

from datetime import date
from uuid import UUID

from embassy_desk.domain.conditions import DAYS_UNTIL_NEVER_CONTACTED, ContactSilence
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


def contacts_in_silence(work: UnitOfWork, on: date, silence: ContactSilence) -> tuple[UUID, ...]:
    """Return the contacts of which `contact_silence` of the domain says this on a day.

    The rule is repeated in the store's own language, so that a hundred thousand contacts are not
    read one by one; a test compares the two.
    """
    met, condition = _SILENCES[silence]
    statement = (
        f"WITH met(id, last_on) AS ({_OF_CONTACTS.format(seen=seen(work, 'e'))})"  # noqa: S608 ours
        f" SELECT c.id FROM {met} WHERE {condition}"
    )
    values = {"on": on.isoformat(), "patience": DAYS_UNTIL_NEVER_CONTACTED}
    with translated():
        rows = work.raw.execute(statement, values).fetchall()
    return tuple([UUID(each) for (each,) in rows])


_SPOKEN_TO = "met CROSS JOIN contact c ON c.id = met.id"
_NOT_SPOKEN_TO = "contact c"
_NEVER = "c.id NOT IN (SELECT id FROM met)"
_IS_NEW = (
    "julianday(:on) <= julianday(coalesce(substr(c.created_at, 1, 10), :on))"
    " + coalesce(nullif(c.cadence_days, 0), :patience)"
)
_IS_RECENT = "(c.cadence_days IS NULL OR julianday(:on) <= julianday(met.last_on) + c.cadence_days)"
_SILENCES = {
    ContactSilence.NEW: (_NOT_SPOKEN_TO, f"{_NEVER} AND {_IS_NEW}"),
    ContactSilence.NEVER_CONTACTED: (_NOT_SPOKEN_TO, f"{_NEVER} AND NOT {_IS_NEW}"),
    ContactSilence.IN_TOUCH: (_SPOKEN_TO, _IS_RECENT),
    ContactSilence.QUIET: (_SPOKEN_TO, f"NOT {_IS_RECENT}"),
}
"""By what a contact is: the tables to go through, and the condition."""
