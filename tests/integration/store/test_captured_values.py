"""A value stands in the log as SYNC 3.2 says: null, true, false, a whole number or a text."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError
from sqlcipher3 import dbapi2

from embassy_desk.domain.contact import EmailValidity
from embassy_desk.domain.entity import Entity
from embassy_desk.store.opening import Store
from embassy_desk.sync.canonical import LARGEST_INTEGER
from makers import (
    identity,
    make_consent,
    make_contact,
    make_contact_email,
    make_stage_step,
    make_task,
)
from makers.stores import operations_of, patches


def _fields(store: Store, entity: Entity) -> dict[str, Any]:
    """Save an entity and return the fields of its operation."""
    with store.work() as work:
        work.save(entity)
        work.commit()
    ((_, fields),) = patches(store, entity.id)
    return fields


def test_flags_are_true_and_false(store: Store) -> None:
    assert _fields(store, make_contact_email(is_primary=True))["is_primary"] is True
    other = make_contact_email(id=identity("other"), is_primary=False)
    assert _fields(store, other)["is_primary"] is False


def test_whole_numbers_stay_numbers(store: Store) -> None:
    assert _fields(store, make_contact(precedence=LARGEST_INTEGER))["precedence"] == 2**53


def test_days_are_iso_dates(store: Store) -> None:
    fields = _fields(store, make_consent(given_on=date(2025, 1, 5)))
    assert fields["given_on"] == "2025-01-05"


def test_times_are_utc_with_milliseconds(store: Store) -> None:
    tokyo = timezone(timedelta(hours=9))
    step = make_stage_step(at=datetime(2026, 3, 1, 8, 30, 15, 987_654, tzinfo=tokyo))
    assert _fields(store, step)["at"] == "2026-02-28T23:30:15.987Z"


def test_choices_are_their_values(store: Store) -> None:
    email = make_contact_email(validity=EmailValidity.BOUNCED)
    assert _fields(store, email)["validity"] == "bounced"


def test_identities_are_32_digits(store: Store) -> None:
    assert _fields(store, make_contact_email())["contact_id"] == identity("contact").hex


def test_texts_keep_every_letter(store: Store) -> None:
    notes = 'Ông Hùng nói: “được”\n\t"quoted" \\ back — 山田 😀 \u2028.'
    assert _fields(store, make_contact(notes=notes))["notes"] == notes


def test_a_long_text_is_captured_whole(store: Store) -> None:
    notes = "ề" * 50_000
    assert _fields(store, make_contact(notes=notes))["notes"] == notes


def test_empty_texts_are_left_out_of_a_new_row(store: Store) -> None:
    assert "notes" not in _fields(store, make_contact(notes=""))


def test_an_emptied_text_travels_as_null(store: Store) -> None:
    contact = make_contact(notes="soon gone", cadence_days=30)
    _fields(store, contact)
    with store.work() as work:
        work.save(contact.changed(notes="", cadence_days=None))
        work.commit()
    assert patches(store, contact.id)[-1] == ("put", {"notes": None, "cadence_days": None})


def test_the_text_of_an_operation_is_canonical(store: Store) -> None:
    _fields(store, make_task(title="Đ…", detail="a\nb"))
    with store.reading() as work:
        (text,) = work.raw.execute("SELECT operation FROM sync_op").fetchone()
    assert text == json.dumps(
        json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def test_what_an_edit_replaced_is_kept_beside_the_operation(store: Store) -> None:
    contact = make_contact(notes="before")
    _fields(store, contact)
    with store.work() as work:
        work.save(contact.changed(notes="after"))
        work.commit()
    with store.reading() as work:
        rows = work.raw.execute("SELECT before FROM sync_op ORDER BY position").fetchall()
    assert rows[0] == (None,)
    assert json.loads(rows[1][0])["notes"] == "before"
    assert "before" not in json.dumps(operations_of(store)[1:])


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("cadence_days", 1.5),
        ("cadence_days", "many"),
        ("cadence_days", b"30"),
        ("precedence", 2**53 + 1),
        ("precedence", -(2**53) - 1),
        ("do_not_contact", 2),
        ("do_not_contact", "yes"),
        ("notes", b"\x00\xff"),
    ],
)
def test_a_value_that_cannot_travel_is_refused_where_it_is_written(
    store: Store, column: str, value: object
) -> None:
    contact = make_contact()
    _fields(store, contact)
    with store.work() as work, pytest.raises((dbapi2.DatabaseError, IntegrityError)):
        work.raw.execute(f"UPDATE contact SET {column} = ? WHERE id = ?", (value, contact.id.hex))
    with store.reading() as work:
        assert work.get(type(contact), contact.id) == contact


def test_a_nul_written_past_the_entities_travels_as_it_is(store: Store) -> None:
    contact = make_contact()
    _fields(store, contact)
    with store.work() as work:
        work.raw.execute("UPDATE contact SET notes = ?", ("a\0b",))
        work.commit()
    assert patches(store, contact.id)[-1] == ("put", {"notes": "a\0b"})


def test_a_point_in_time_reads_back_equal_and_leaves_no_second_operation(store: Store) -> None:
    step = make_stage_step(at=datetime(2026, 3, 1, 8, 30, 15, 987_654, tzinfo=UTC))
    with store.work() as work:
        work.save(step)
        work.commit()
    with store.work() as work:
        work.save(step)
        assert work.commit().operations == 0


def test_an_identity_made_of_digits_stays_a_text(store: Store) -> None:
    digits = UUID("12345678901234567890123456789012")
    with store.work() as work:
        work.save(make_contact(id=digits))
        work.commit()
    with store.reading() as work:
        assert work.get(type(make_contact()), digits).id == digits
