"""Pages are found the cheaper way, and are the same as pieces of the whole list."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from embassy_desk.domain.contact import Contact
from embassy_desk.domain.entity import Entity, Handling
from embassy_desk.store.finders.lines import (
    Comparison,
    Filter,
    ListQuery,
    Shelf,
    keys_of_page,
    lines,
)
from embassy_desk.store.opening import Store
from makers import identity, make_contact
from makers.stores import FIRST_MOMENT

MANY = 130
FIELDS = ("nationality", "verified_on")
COUNTRIES = ("VN", "VN", "VN", "JP", "JP", "")
COMMON = (Filter("nationality", Comparison.IS, "VN"),)
RARE = (Filter("cadence_days", Comparison.IS, 7),)
NONE = (Filter("nationality", Comparison.IS, "BT"),)


@pytest.fixture
def people(store: Store) -> Store:
    with store.work() as work:
        work.add_all([contact(number) for number in range(MANY)])
        work.commit()
    return store


def contact(number: int) -> Entity:
    values: dict[str, Any] = {
        "nationality": COUNTRIES[number % len(COUNTRIES)],
        "verified_on": None if number % 3 else date(2026, 1, 1) + timedelta(days=number % 11),
        "cadence_days": 7 if number % 40 == 1 else None,
        "handling": Handling.RESTRICTED if number % 10 == 4 else Handling.INTERNAL,
    }
    if number % 7 == 2:
        values["archived_at"] = FIRST_MOMENT
    if number % 9 == 5:
        values["trashed_at"] = FIRST_MOMENT
    return make_contact(
        id=identity(f"person {number}"),
        ref=f"TOK-CON-A7-{number:04}",
        family_name=("Nguyễn", "Đặng", "Trần")[number % 3],
        given_name=f"An {number * 37 % MANY}",
        **values,
    )


@pytest.mark.parametrize("sort", ["heading", "family", "ref", "verified_on", "nationality"])
@pytest.mark.parametrize("filters", [(), COMMON, RARE, NONE, (*COMMON, *RARE)])
def test_pages_are_pieces_of_the_whole_list(
    people: Store, sort: str, filters: tuple[Filter, ...]
) -> None:
    with people.reading() as work:
        for shelf in Shelf:
            for is_descending in (False, True):
                query = ListQuery(
                    kind="contact", fields=FIELDS, sort=sort, filters=filters, shelf=shelf,
                    is_descending=is_descending,
                )  # fmt: skip
                whole = lines(work, query)
                for offset in (0, 1, 20, 61, len(whole), MANY):
                    page = lines(work, replace(query, limit=17, offset=offset))
                    assert page == whole[offset : offset + 17]


def test_pages_leave_out_what_is_handled_otherwise(people: Store) -> None:
    query = ListQuery(
        kind="contact", sort="verified_on", handlings=frozenset({"restricted"}), filters=COMMON
    )
    with people.reading() as work:
        whole = lines(work, query)
        pages = [lines(work, replace(query, limit=5, offset=offset)) for offset in (0, 5, 10)]
        restricted = {each.id for each in work.all(Contact, handling=Handling.RESTRICTED)}
    assert tuple(line for page in pages for line in page) == whole
    assert {line.id for line in whole} <= restricted


@pytest.mark.parametrize(
    ("query", "is_walked"),
    [
        (ListQuery(kind="contact", limit=5, filters=COMMON), True),
        (ListQuery(kind="contact", limit=5, filters=RARE), False),
        (ListQuery(kind="contact", limit=5, sort="verified_on"), True),
        (ListQuery(kind="contact", limit=5, filters=COMMON, words="an"), False),
        (ListQuery(kind="contact", filters=COMMON), False),
        (ListQuery(kind="contact", limit=5, filters=(Filter("tag.label", value="x"),)), False),
    ],
)
def test_keys_are_chosen_first_where_that_is_cheaper(
    people: Store, query: ListQuery, *, is_walked: bool
) -> None:
    with people.reading() as work:
        keys = keys_of_page(work, query)
    assert (keys is not None) is is_walked
    if keys is not None:
        assert len(keys) == query.limit
