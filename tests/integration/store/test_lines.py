"""Lists: filtered, in Vietnamese order, page by page."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from embassy_desk.domain.contact import Contact
from embassy_desk.domain.entity import Entity, Handling
from embassy_desk.domain.errors import InvalidError, MissingError
from embassy_desk.store.finders.lines import (
    Comparison,
    Filter,
    Line,
    ListQuery,
    Shelf,
    count_lines,
    lines,
)
from embassy_desk.store.opening import Store
from makers import (
    identity,
    make_contact,
    make_contact_email,
    make_contact_phone,
    make_engagement,
    make_position,
)
from makers.stores import FIRST_MOMENT

PEOPLE = (
    ("Nguyễn", "Văn", "Ân"),
    ("Đặng", "Thị", "Hường"),
    ("Dương", "Văn", "Hùng"),
    ("Nguyễn", "Thị", "An"),
    ("Nguyen", "", "An"),
    ("Đặng", "Văn", "Hùng"),
    ("Ăng", "", "Ông"),
)
BY_GIVEN_NAME = (
    "Nguyen An",
    "Nguyễn Thị An",
    "Nguyễn Văn Ân",
    "Dương Văn Hùng",
    "Đặng Văn Hùng",
    "Đặng Thị Hường",
    "Ăng Ông",
)
BY_FAMILY_NAME = (
    "Ăng Ông",
    "Dương Văn Hùng",
    "Đặng Văn Hùng",
    "Đặng Thị Hường",
    "Nguyen An",
    "Nguyễn Thị An",
    "Nguyễn Văn Ân",
)


@pytest.fixture
def people(store: Store) -> tuple[Contact, ...]:
    """Contacts whose order shows which letters come first."""
    contacts = tuple(
        make_contact(
            id=identity(f"person {place}"),
            ref=f"TOK-CON-A7-{place:04}",
            family_name=family,
            middle_name=middle,
            given_name=given,
            precedence=place if place < 3 else None,
        )
        for place, (family, middle, given) in enumerate(PEOPLE)
    )
    _save(store, *contacts)
    return contacts


def _save(store: Store, *entities: Entity) -> None:
    with store.work() as work:
        for each in entities:
            work.save(each)
        work.commit()


def _lines(store: Store, **query: Any) -> tuple[Line, ...]:
    with store.reading() as work:
        return lines(work, ListQuery(**{"kind": "contact", **query}))


def _headings(store: Store, **query: Any) -> tuple[str, ...]:
    return tuple(each.heading for each in _lines(store, **query))


def _count(store: Store, **query: Any) -> int:
    with store.reading() as work:
        return count_lines(work, ListQuery(**{"kind": "contact", **query}))


@pytest.mark.usefixtures("people")
def test_people_are_listed_by_given_name_in_vietnamese_order(store: Store) -> None:
    assert _headings(store) == BY_GIVEN_NAME


@pytest.mark.usefixtures("people")
def test_people_are_listed_by_family_name_in_vietnamese_order(store: Store) -> None:
    assert _headings(store, sort="family") == BY_FAMILY_NAME


@pytest.mark.usefixtures("people")
def test_the_other_way_round_is_the_same_list_backwards(store: Store) -> None:
    assert _headings(store, is_descending=True) == BY_GIVEN_NAME[::-1]
    assert _headings(store, sort="family", is_descending=True) == BY_FAMILY_NAME[::-1]


@pytest.mark.usefixtures("people")
def test_pages_make_up_the_whole_list(store: Store) -> None:
    pages = [_headings(store, limit=3, offset=start) for start in range(0, 12, 3)]
    assert pages == [BY_GIVEN_NAME[:3], BY_GIVEN_NAME[3:6], BY_GIVEN_NAME[6:], ()]
    assert _count(store, limit=3) == len(PEOPLE)


@pytest.mark.usefixtures("people")
def test_what_is_unknown_comes_last_in_either_direction(store: Store) -> None:
    known = ("Nguyễn Văn Ân", "Đặng Thị Hường", "Dương Văn Hùng")
    assert _headings(store, sort="precedence")[:3] == known
    assert _headings(store, sort="precedence", is_descending=True)[:3] == known[::-1]


@pytest.mark.usefixtures("people")
def test_a_list_can_be_sorted_by_reference(store: Store) -> None:
    refs = [each.ref for each in _lines(store, sort="ref")]
    assert refs == sorted(refs)


def test_a_line_answers_the_fields_that_were_asked_for(store: Store) -> None:
    _save(store, make_contact(precedence=3, do_not_contact=True), make_position())
    (line,) = _lines(store, fields=("precedence", "do_not_contact", "handling", "id"))
    assert line == Line(
        identity("contact"),
        "TOK-CON-A7-0001",
        "contact",
        "Đặng Thị Hường",
        "Vụ trưởng, Bộ Khoa học và Công nghệ",
        (3, True, Handling.INTERNAL, identity("contact")),
    )


def test_an_empty_store_gives_an_empty_list(store: Store) -> None:
    assert _lines(store) == ()
    assert _count(store) == 0


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (Filter("family_name", Comparison.IS, "Nguyễn"), 2),
        (Filter("family_name", Comparison.IS, "Nguye\u0302\u0303n"), 2),
        (Filter("family_name", Comparison.IS_NOT, "Nguyễn"), 5),
        (Filter("precedence", Comparison.IS_NOT, 1), 6),
        (Filter("precedence", Comparison.AT_LEAST, 1), 2),
        (Filter("precedence", Comparison.AT_MOST, 1), 2),
        (Filter("precedence", Comparison.IS_EMPTY), 4),
        (Filter("middle_name", Comparison.IS_EMPTY), 2),
        (Filter("family_name", Comparison.CONTAINS, "uyễ"), 2),
        (Filter("family_name", Comparison.CONTAINS, "%"), 0),
        (Filter("family_name", Comparison.CONTAINS, "_"), 0),
        (Filter("family_name", Comparison.CONTAINS, "'; DROP TABLE contact; --"), 0),
        (Filter("family_name", Comparison.CONTAINS, "\ud800"), 0),
        (Filter("family_name", Comparison.ANY_OF, ("Ăng", "Đặng")), 3),
        (Filter("family_name", Comparison.ANY_OF, ()), 0),
        (Filter("handling", Comparison.IS, Handling.INTERNAL), 7),
        (Filter("handling", Comparison.ANY_OF, ("internal", "public")), 7),
        (Filter("do_not_contact", value=False), 7),
        (Filter("precedence", value=None), 4),
        (Filter("precedence", Comparison.IS_NOT, None), 3),
    ],
)
@pytest.mark.usefixtures("people")
def test_filters_compare_what_is_stored(store: Store, condition: Filter, found: int) -> None:
    assert len(_lines(store, filters=(condition,))) == found
    assert _count(store, filters=(condition,)) == found


@pytest.mark.usefixtures("people")
def test_all_filters_must_hold(store: Store) -> None:
    both = (Filter("family_name", Comparison.IS, "Đặng"), Filter("given_name", value="Hùng"))
    assert _headings(store, filters=both) == ("Đặng Văn Hùng",)


def test_days_are_compared_as_days(store: Store) -> None:
    for place, day in enumerate((date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 2))):
        _save(store, make_engagement(id=identity(f"{place}"), held_on=day))
    found = _lines(
        store,
        kind="engagement",
        fields=("held_on",),
        filters=(Filter("held_on", Comparison.AT_LEAST, date(2026, 1, 1)),),
        sort="held_on",
    )
    assert [each.values for each in found] == [(date(2026, 1, 1),), (date(2026, 1, 2),)]


@pytest.mark.usefixtures("people")
def test_words_narrow_a_list_and_leave_it_in_order(store: Store) -> None:
    assert _headings(store, words="nguyen a") == BY_GIVEN_NAME[:3]
    assert _count(store, words="nguyen a") == 3
    assert _headings(store, words="ngu", filters=(Filter("given_name", value="Ân"),)) == (
        "Nguyễn Văn Ân",
    )
    assert _headings(store, words="   ") == BY_GIVEN_NAME


@pytest.mark.parametrize("words", ["!!!", '"', "*", "\ud800", "\0", "zzz", "NEAR(a b)"])
@pytest.mark.usefixtures("people")
def test_words_that_nothing_holds_give_an_empty_list(store: Store, words: str) -> None:
    assert _lines(store, words=words) == ()
    assert _count(store, words=words) == 0


def test_words_find_addresses_and_numbers(store: Store) -> None:
    _save(store, make_contact(), make_contact_email(), make_contact_phone())
    assert len(_lines(store, words="huong@example")) == 1
    assert len(_lines(store, words="03 1234 5678")) == 1


def test_each_shelf_holds_its_own(store: Store) -> None:
    _save(
        store,
        make_contact(),
        make_contact(id=identity("archived"), archived_at=FIRST_MOMENT),
        make_contact(id=identity("trashed"), archived_at=FIRST_MOMENT, trashed_at=FIRST_MOMENT),
    )
    found: dict[Shelf, list[UUID]] = {
        shelf: [each.id for each in _lines(store, shelf=shelf)] for shelf in Shelf
    }
    assert found[Shelf.IN_USE] == [identity("contact")]
    assert found[Shelf.ARCHIVED] == [identity("archived")]
    assert found[Shelf.TRASH] == [identity("trashed")]
    assert len(found[Shelf.ALL]) == 3


def test_restricted_records_are_left_out_when_not_asked_for(store: Store) -> None:
    _save(
        store,
        make_contact(),
        make_contact(id=identity("restricted"), handling=Handling.RESTRICTED),
    )
    assert len(_lines(store)) == 2
    assert [each.id for each in _lines(store, handlings=frozenset({"internal"}))] == [
        identity("contact")
    ]
    assert _lines(store, handlings=frozenset()) == ()


@pytest.mark.parametrize(
    "query",
    [
        {"fields": ("shoe_size",)},
        {"sort": "shoe_size"},
        {"sort": "ref; DROP TABLE contact"},
        {"filters": (Filter("shoe_size", value=43),)},
    ],
)
def test_an_unknown_field_is_refused(store: Store, query: dict[str, Any]) -> None:
    with pytest.raises(InvalidError, match="has no such field"):
        _lines(store, **query)


def test_an_unknown_kind_is_refused_with_the_nearest_one(store: Store) -> None:
    with pytest.raises(MissingError, match="Did you mean “contact”"):
        _lines(store, kind="contatc")


def test_lines_that_are_equal_keep_one_order(store: Store) -> None:
    _save(store, *(make_contact(id=identity(f"{number}"), ref="") for number in range(20)))
    first = [each.id for each in _lines(store, sort="precedence")]
    pages = [
        each.id
        for start in range(0, 20, 7)
        for each in _lines(store, sort="precedence", limit=7, offset=start)
    ]
    assert pages == first
