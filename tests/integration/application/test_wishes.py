"""Wishes: what chips ask of the store on a day, and what is computed rather than stored."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from tests.integration.application.conftest import NOW

from embassy_desk.application.contacts import Reach, add_to_list, enter_contact
from embassy_desk.application.findings import findings_of
from embassy_desk.application.office import answer, perform
from embassy_desk.application.pages import Shelf, lines
from embassy_desk.application.ready_chips import ready_filters
from embassy_desk.application.records import enter_record, tag
from embassy_desk.application.wishes import ME, Chip, ChipTest, Resolved, Wish, resolved
from embassy_desk.domain.catalogue import KINDS
from embassy_desk.domain.contact_list import ContactList
from embassy_desk.domain.entity import Record
from embassy_desk.store.opening import Store
from embassy_desk.store.work import UnitOfWork

TODAY = NOW.date()
TOKYO = ZoneInfo("Asia/Tokyo")


def entered(store: Store, kind: str, /, **values: Any) -> Record:
    return perform(store, enter_record, kind, values)[0]


def asked(store: Store, kind: str, *chips: Chip, on: date = TODAY) -> Resolved:
    return answer(store, resolved, Wish(kind=kind, chips=chips), on=on, zone=TOKYO)


def found(store: Store, kind: str, *chips: Chip, on: date = TODAY) -> set[str]:
    query = asked(store, kind, *chips, on=on).query
    return {line.heading for line in answer(store, lines, query)}


def names_of(store: Store, kind: str, *ids: UUID) -> set[str]:
    return {line.heading for line in found_lines(store, kind) if line.id in ids}


def found_lines(store: Store, kind: str) -> tuple[Any, ...]:
    return answer(store, lines, asked(store, kind).query)


def test_several_chips_must_all_hold(store: Store) -> None:
    entered(store, "task", title="A", state="open", due_on="2026-11-25")
    entered(store, "task", title="B", state="done", due_on="2026-11-25")
    entered(store, "task", title="C", state="open", due_on="2027-11-25")
    soon = Chip("due_on", ChipTest.NEXT_DAYS, 7)
    is_open = Chip("state", ChipTest.NONE_OF, ("done", "cancelled"))
    assert found(store, "task", soon) == {"A", "B"}
    assert found(store, "task", soon, is_open) == {"A"}


def test_days_count_from_the_day_of_asking(store: Store) -> None:
    entered(store, "task", title="A", due_on="2026-11-30")
    chip = Chip("due_on", ChipTest.NEXT_DAYS, 7)
    assert found(store, "task", chip, on=date(2026, 11, 22)) == set()
    assert found(store, "task", chip, on=date(2026, 11, 23)) == {"A"}
    assert found(store, "task", chip, on=date(2026, 12, 1)) == set()
    past = Chip("due_on", ChipTest.PAST)
    assert found(store, "task", past, on=date(2026, 11, 30)) == set()
    assert found(store, "task", past, on=date(2026, 12, 1)) == {"A"}


def test_points_in_time_belong_to_the_day_of_the_desk(store: Store) -> None:
    """18:00 in London is the next morning in Tokyo."""
    entered(store, "task", title="A", due_at=datetime(2026, 11, 22, 18, tzinfo=UTC), zone="UTC")
    same, following = ("2026-11-22", "2026-11-22"), ("2026-11-23", "2026-11-23")
    assert found(store, "task", Chip("due_at", ChipTest.BETWEEN, same)) == set()
    assert found(store, "task", Chip("due_at", ChipTest.BETWEEN, following)) == {"A"}


@pytest.mark.parametrize(
    ("span", "expected"),
    [((30, None), {"60"}), ((None, 30), {"7"}), ((7, 60), {"7", "60"}), ((8, 59), set())],
)
def test_either_end_of_a_span_may_be_open(store: Store, span: Any, expected: set[str]) -> None:
    for days in (7, 60):
        entered(store, "contact", given_name=str(days), cadence_days=days)
    entered(store, "contact", given_name="never")
    assert found(store, "contact", Chip("cadence_days", ChipTest.BETWEEN, span)) == expected


def test_mine_means_whoever_is_at_the_desk(store: Store) -> None:
    entered(store, "contact", given_name="Mine")
    entered(store, "contact", given_name="Nobody's", owner=None)
    assert found(store, "contact", Chip("owner", ChipTest.ANY_OF, (ME,))) == {"Mine"}
    assert found(store, "contact", Chip("owner", ChipTest.NONE_OF, (ME,))) == {"Nobody's"}
    assert found(store, "contact", Chip("owner", ChipTest.EMPTY)) == {"Nobody's"}


def test_words_are_found_without_their_marks_by_their_beginnings(store: Store) -> None:
    entered(store, "contact", given_name="Hường", family_name="Đặng")
    entered(store, "contact", given_name="An", notes="Đặng Hường")
    for typed in ("hường", "Huong", "dang", "ĐẶN"):
        field = "family_name" if typed.lower().startswith(("d", "đ")) else "given_name"
        assert found(store, "contact", Chip(field, ChipTest.WORDS, typed)) == {"Đặng Hường"}, typed
    assert found(store, "contact", Chip("given_name", ChipTest.WORDS, "ường")) == set()


def test_rows_of_a_record_can_be_asked_about(store: Store) -> None:
    perform(
        store,
        enter_contact,
        {"given_name": "An"},
        Reach(emails=("an@example.vn",), organisation="Bộ Y tế", tags=("ICT", "y tế")),
    )
    entered(store, "contact", given_name="Ba")
    assert found(store, "contact", Chip("contact_email.address", ChipTest.EMPTY)) == {"Ba"}
    assert found(store, "contact", Chip("contact_email.address", ChipTest.FILLED)) == {"An"}
    body = Chip("position.organisation_name", ChipTest.WORDS, "bo y te")
    assert found(store, "contact", body) == {"An"}
    assert found(store, "contact", Chip("tag.label", ChipTest.WORDS, "ict")) == {"An"}


def test_a_field_of_several_codes_is_found_by_each(store: Store) -> None:
    entered(store, "organisation", name_vi="A", sectors="ict agriculture")
    entered(store, "organisation", name_vi="B", sectors="ict2")
    assert found(store, "organisation", Chip("sectors", ChipTest.ANY_OF, ("ict",))) == {"A"}


def test_contacts_on_a_list_are_found(store: Store) -> None:
    an = entered(store, "contact", given_name="An")
    entered(store, "contact", given_name="Ba")
    kept = entered(store, "contact_list", title="Tết")
    assert isinstance(kept, ContactList)
    perform(store, add_to_list, kept, [an.id])
    chip = Chip("contact_list", ChipTest.ANY_OF, (kept.id.hex,))
    assert found(store, "contact", chip) == {"An"}
    assert asked(store, "contact", chip).names == {kept.id: "Tết"}


def test_records_that_chips_name_come_with_their_names(store: Store) -> None:
    body = entered(store, "organisation", name_vi="Bộ Y tế")
    chip = Chip("lead_ministry_id", ChipTest.ANY_OF, (body.id.hex,))
    assert asked(store, "agreement", chip).names == {body.id: "Bộ Y tế"}


@pytest.mark.parametrize(
    "chip",
    [
        Chip("no_such_field", ChipTest.EMPTY),
        Chip("no_such_part.field", ChipTest.EMPTY),
        Chip("no_such_finding", ChipTest.HOLDS),
        Chip("due_on", ChipTest.BETWEEN, ("soon", None)),
        Chip("due_on", ChipTest.BETWEEN, None),
        Chip("due_on", ChipTest.NEXT_DAYS, "many"),
        Chip("state", ChipTest.ANY_OF, ("no such state",)),
        Chip("owner", ChipTest.ANY_OF, ("nobody",)),
        Chip("contact_list", ChipTest.ANY_OF, ("none",)),
    ],
)
def test_a_chip_that_cannot_be_read_is_named_and_hides_nothing(store: Store, chip: Chip) -> None:
    entered(store, "task", title="A")
    assert asked(store, "task", chip).unread == {chip}
    assert found(store, "task", chip) == {"A"}


def held(store: Store, on: str, contact: Record) -> None:
    guests = {"their_participant": [{"contact_id": contact.id}]}
    values = {"subject": "Gặp", "held_on": on, "state": "held"}
    perform(store, enter_record, "engagement", values, guests)


def test_contacts_gone_quiet_are_found_by_their_own_cadence(store: Store) -> None:
    quiet = entered(store, "contact", given_name="Quiet", cadence_days=30)
    recent = entered(store, "contact", given_name="Recent", cadence_days=30)
    without = entered(store, "contact", given_name="Without")
    entered(store, "contact", given_name="New", cadence_days=30)
    for contact, day in ((quiet, "2026-09-01"), (recent, "2026-11-10"), (without, "2020-01-01")):
        held(store, day, contact)
    assert found(store, "contact", Chip("quiet", ChipTest.HOLDS)) == {"Quiet"}
    later = date(2027, 2, 1)
    assert found(store, "contact", Chip("quiet", ChipTest.HOLDS), on=later) == {"Quiet", "Recent"}
    assert found(store, "contact", Chip("never_contacted", ChipTest.HOLDS), on=later) == {"New"}


def test_agreements_that_run_out_are_found_from_their_dates(store: Store) -> None:
    entered(
        store, "agreement", title_vi="Soon", state="in_force",
        in_force_on="2024-02-01", initial_term_months=36,
    )  # fmt: skip
    entered(
        store, "agreement", title_vi="Renews", state="in_force", renewal_type="tacit",
        renewal_months=36, in_force_on="2024-02-01", initial_term_months=36,
    )  # fmt: skip
    entered(store, "agreement", title_vi="Idea")
    chip = Chip("expiring", ChipTest.HOLDS)
    assert found(store, "agreement", chip) == {"Soon"}
    assert found(store, "agreement", chip, on=date(2026, 6, 1)) == set()
    assert found(store, "agreement", Chip("expired", ChipTest.HOLDS), on=date(2027, 3, 1)) == {
        "Soon"
    }


def test_late_obligations_and_their_agreements_are_found(store: Store) -> None:
    agreement = entered(
        store, "agreement", title_vi="MOU", state="in_force", in_force_on="2026-01-01"
    )
    for text, months in (("Late", 6), ("Not yet", 12)):
        entered(
            store, "obligation", agreement_id=agreement.id, text=text,
            due_rule="months_after_entry", due_months=months,
        )  # fmt: skip
    assert found(store, "obligation", Chip("late", ChipTest.HOLDS)) == {"Late"}
    assert found(store, "agreement", Chip("obligations_late", ChipTest.HOLDS)) == {"MOU"}


def test_a_deferred_task_is_overdue_only_after_its_own_day(store: Store) -> None:
    values = {"due_on": "2026-11-01", "deferred_until": "2026-12-01"}
    entered(store, "task", title="Deferred", state="deferred", **values)
    entered(store, "task", title="Open", due_on="2026-11-01")
    entered(store, "task", title="Done", state="done", due_on="2026-11-01")
    chip = Chip("overdue", ChipTest.HOLDS)
    assert found(store, "task", chip) == {"Open"}
    assert found(store, "task", chip, on=date(2026, 12, 2)) == {"Open", "Deferred"}


def test_findings_and_fields_combine(store: Store) -> None:
    entered(store, "task", title="A", due_on="2026-11-01", priority="urgent")
    entered(store, "task", title="B", due_on="2026-11-01")
    overdue, urgent = (
        Chip("overdue", ChipTest.HOLDS),
        Chip("priority", ChipTest.ANY_OF, ("urgent",)),
    )
    assert found(store, "task", overdue, urgent) == {"A"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_ready_filter_can_be_read_and_asked(store: Store, kind: Any) -> None:
    for ready in ready_filters(kind.name):
        answered = asked(store, kind.name, *ready.chips)
        assert answered.unread == frozenset(), str(ready.label)
        answer(store, lines, answered.query)


def test_every_finding_answers_with_records_of_its_kind(store: Store) -> None:
    def tagged(work: UnitOfWork, record: Record) -> None:
        tag(work, record, "x")

    perform(store, tagged, entered(store, "contact", given_name="An"))
    for kind in KINDS:
        known = {line.id for line in found_lines(store, kind.name)}
        with store.reading() as work:
            for each in findings_of(kind.name):
                assert set(each.find(work, TODAY)) <= known, each.name


def test_shelves_and_words_belong_to_the_wish(store: Store) -> None:
    entered(store, "contact", given_name="An")
    wish = Wish(kind="contact", words="an", shelf=Shelf.TRASH, sort="ref", is_descending=True)
    query = answer(store, resolved, wish, on=TODAY, zone=TOKYO).query
    assert (query.words, query.shelf, query.sort) == ("an", Shelf.TRASH, "ref")
    assert answer(store, lines, query) == ()
