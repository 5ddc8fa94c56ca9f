"""The history of a record in sentences."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from embassy_desk.application.sheets import FieldChange, HistoryEntry, RecordHistory
from embassy_desk.desktop.kit.reading import Reader
from embassy_desk.desktop.records.past import past_lines
from embassy_desk.texts import Words
from makers import identity

READER = Reader(Words("en"))
AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
NAMES = {identity("staff"): "Nguyễn Văn An"}
HOUR = timedelta(hours=1)


def entry(kind: str, entity: str, *changes: FieldChange, transaction: int = 1) -> HistoryEntry:
    """Return an operation on the contact by a member of staff."""
    values: dict[str, Any] = {"nseq": transaction, "transaction": transaction, "at": AT}
    return HistoryEntry(
        **values,
        by=identity("staff"),
        via="typed",
        entity=entity,
        row_id=identity(entity),
        kind=kind,
        changes=changes,
    )


def told(*entries: HistoryEntry) -> list[tuple[str, ...]]:
    """Return the sentences of a history."""
    return [line.sentences for line in past_lines(RecordHistory(entries, NAMES), READER)]


def test_changed_field_says_what_it_was_and_what_it_is() -> None:
    change = FieldChange("alias", "Chị Hường", "Cô Hường")
    assert told(entry("put", "contact", change)) == [
        ("Also known as changed from “Chị Hường” to “Cô Hường”",)
    ]


def test_field_that_is_set_or_emptied_says_so() -> None:
    assert told(
        entry("put", "contact", FieldChange("alias", None, "A"), transaction=2),
        entry("put", "contact", FieldChange("alias", "A", None), transaction=1),
    ) == [("Also known as set to “A”",), ("Also known as “A” taken out",)]


def test_new_record_leaves_out_what_goes_without_saying() -> None:
    changes = (
        FieldChange("family_name", None, "Đặng"),
        FieldChange("do_not_contact", None, False),  # noqa: FBT003  a value of the log
        FieldChange("handling", None, "internal"),
        FieldChange("created_at", None, "2026-11-22T09:30:00Z"),
    )
    assert told(entry("add", "contact", *changes)) == [("Entered: Family name “Đặng”",)]


def test_rows_are_added_and_removed() -> None:
    address = FieldChange("address", None, "a@example.test")
    gone = FieldChange("address", "a@example.test", None)
    parent = FieldChange("contact_id", None, identity("contact").hex)
    assert told(entry("add", "contact_email", address, parent)) == [
        ("Added: E-mail address “a@example.test”",)
    ]
    assert told(entry("del", "contact_email", gone)) == [
        ("Removed: E-mail address “a@example.test” taken out",)
    ]


def test_one_change_of_a_person_is_one_line_with_its_author() -> None:
    history = RecordHistory(
        (
            entry("put", "contact", FieldChange("alias", None, "B"), transaction=7),
            entry("put", "contact", FieldChange("source", None, "thư"), transaction=7),
        ),
        NAMES,
    )
    (line,) = past_lines(history, READER)
    assert line.who == "Nguyễn Văn An"
    assert len(line.sentences) == 2


def test_change_that_says_nothing_to_people_is_left_out() -> None:
    assert told(entry("put", "contact", FieldChange("changed_by", None, "x"))) == []


def test_long_text_is_cut() -> None:
    (sentences,) = told(entry("put", "contact", FieldChange("notes", None, "chữ " * 500)))
    assert len(sentences[0]) < 250
    assert sentences[0].endswith("…”")


def test_steps_are_told_in_the_words_of_the_kind() -> None:
    step = entry(
        "add",
        "stage_step",
        FieldChange("from_state", None, "negotiating"),
        FieldChange("to_state", None, "superseded"),
    )
    for kind, word in (("agreement", "Superseded"), ("elevation", "Old instrument superseded")):
        (line,) = past_lines(RecordHistory((step,), NAMES, kind), READER)
        assert line.sentences == (f"Added: From the state “Negotiating”; To the state “{word}”",)


def test_what_others_did_at_different_times_stays_apart() -> None:
    later = replace(
        entry("put", "contact", FieldChange("alias", "B", "C"), transaction=0), at=AT + HOUR
    )
    earlier = entry("put", "contact", FieldChange("alias", "A", "B"), transaction=0)
    lines = past_lines(RecordHistory((later, earlier), NAMES), READER)
    assert [(each.at, each.place) for each in lines] == [(AT + HOUR, 0), (AT, 1)]
