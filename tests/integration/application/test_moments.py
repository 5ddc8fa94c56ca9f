"""What differs between two moments of a history."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from embassy_desk.application.moments import differences
from embassy_desk.store.history import FieldChange, HistoryEntry

ROW, OTHER, WHO = UUID(int=1), UUID(int=2), UUID(int=3)
BEGIN = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def entry(minute: int, row: UUID, kind: str, *changes: tuple[str, object, object]) -> HistoryEntry:
    """Return an operation on a row some minutes after the beginning."""
    return HistoryEntry(
        nseq=minute,
        transaction=minute,
        at=BEGIN + timedelta(minutes=minute),
        by=WHO,
        via="hand",
        entity="contact" if row == ROW else "contact_phone",
        row_id=row,
        kind=kind,
        changes=tuple(FieldChange(*each) for each in changes),
    )


NEWEST_FIRST = (
    entry(4, OTHER, "del", ("typed", "+84 1", None)),
    entry(3, ROW, "put", ("alias", "B", "C"), ("title", "Ông", None)),
    entry(2, OTHER, "add", ("typed", None, "+84 1")),
    entry(1, ROW, "put", ("alias", "A", "B")),
    entry(0, ROW, "add", ("alias", None, "A"), ("title", None, "Ông")),
)


def found(earlier: int, later: int) -> list[tuple[str, object, object, int]]:
    """Return field, both values, and the minute of the last change."""
    return [
        (each.field, each.earlier, each.later, (each.at - BEGIN).seconds // 60)
        for each in differences(NEWEST_FIRST, earlier, later)
    ]


def test_first_and_last_value_between_two_moments_are_told_with_the_last_change() -> None:
    assert found(4, 1) == [
        ("alias", "A", "C", 3),
        ("typed", None, "+84 1", 2),
        ("title", "Ông", None, 3),
    ]


def test_a_row_that_came_and_went_differs_only_where_it_was_there() -> None:
    assert [each[0] for each in found(4, 0)] == ["alias", "title"]
    assert found(2, 0) == [
        ("alias", "B", "C", 3),
        ("title", "Ông", None, 3),
        ("typed", "+84 1", None, 4),
    ]


def test_a_moment_does_not_differ_from_itself() -> None:
    assert found(2, 2) == []


@pytest.mark.parametrize(("earlier", "later"), [(0, 1), (5, 0), (3, -1)])
def test_moments_that_are_none_are_refused(earlier: int, later: int) -> None:
    with pytest.raises(ValueError, match="no two moments"):
        differences(NEWEST_FIRST, earlier, later)
