"""The search: exact spelling first, marks do not matter, anything may be typed."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.domain.entity import Entity, Handling
from embassy_desk.store.finders.search import Hit, search
from embassy_desk.store.opening import Store
from makers import (
    identity,
    make_agreement,
    make_contact,
    make_contact_email,
    make_contact_phone,
    make_engagement,
    make_organisation,
    make_organisation_alias,
    make_position,
    make_tag,
)
from makers.stores import FIRST_MOMENT, make_store


def _save(store: Store, *entities: Entity) -> None:
    with store.work() as work:
        for each in entities:
            work.save(each)
        work.commit()


def _person(family: str, given: str, **values: Any) -> Entity:
    name = f"{family} {given}"
    return make_contact(
        **{"id": identity(name), "ref": "", "family_name": family, "middle_name": ""}
        | {"given_name": given}
        | values
    )


def _hits(store: Store, text: str, **options: Any) -> tuple[Hit, ...]:
    with store.reading() as work:
        return search(work, text, **options)


def _found(store: Store, text: str, **options: Any) -> list[str]:
    return [each.heading for each in _hits(store, text, **options)]


@pytest.fixture
def namesakes(store: Store) -> None:
    """People who differ by the marks on their family names only."""
    for family in ("Đặng", "Dang", "Đăng"):
        _save(store, _person(family, "An"))
    _save(store, _person("Nguyễn", "An"))


@pytest.mark.parametrize("typed", ["dang", "Đặng", "DANG", "đặng", "Đa\u0323\u0306ng", "  ĐẶNG  "])
@pytest.mark.usefixtures("namesakes")
def test_marks_and_capitals_do_not_matter(store: Store, typed: str) -> None:
    assert set(_found(store, typed)) == {"Đặng An", "Dang An", "Đăng An"}


@pytest.mark.parametrize(
    ("typed", "first"), [("Đặng", "Đặng An"), ("dang", "Dang An"), ("đăng", "Đăng An")]
)
@pytest.mark.usefixtures("namesakes")
def test_what_is_spelled_exactly_so_comes_first(store: Store, typed: str, first: str) -> None:
    assert _found(store, typed)[0] == first


@pytest.mark.usefixtures("namesakes")
def test_every_word_must_be_there_and_the_last_one_may_be_a_beginning(store: Store) -> None:
    assert _found(store, "nguyen a") == ["Nguyễn An"]
    assert _found(store, "an nguy") == ["Nguyễn An"]
    assert _found(store, "nguy an") == []


def test_names_come_before_other_texts(store: Store) -> None:
    _save(store, _person("Lê", "Sen"), _person("Trần", "Mai", notes="quen chị Sen"))
    assert _found(store, "sen") == ["Lê Sen", "Trần Mai"]


def test_the_newest_change_comes_first_among_equals(store: Store) -> None:
    older, newer = _person("Lê", "Sen", id=identity("a")), _person("Lê", "Sen", id=identity("b"))
    _save(store, older)
    _save(store, newer)
    assert [each.id for each in _hits(store, "sen")] == [newer.id, older.id]
    _save(store, older.changed(notes="gặp lại"))
    assert [each.id for each in _hits(store, "sen")] == [older.id, newer.id]


@pytest.mark.parametrize("typed", ["huong@example.test", "HUONG@EXA", "example.test", "huong"])
def test_an_address_finds_its_contact(store: Store, typed: str) -> None:
    _save(store, _person("Lê", "Sen", id=identity("contact")), make_contact_email())
    assert _found(store, typed) == ["Lê Sen"]


@pytest.mark.parametrize(
    "typed",
    [
        "+81 3-1234-5678",
        "+81312345678",
        "81312345678",
        "0312345678",
        "03-1234-5678",
        "03 1234 5678",
        "(03) 1234-56",
        "1234-5678",
    ],
)
def test_a_number_finds_its_contact_however_it_is_typed(store: Store, typed: str) -> None:
    _save(store, make_contact(), make_contact_phone())
    assert _found(store, typed) == ["Đặng Thị Hường"]


def test_parts_and_tags_are_found_with_their_record(store: Store) -> None:
    _save(
        store,
        make_contact(),
        make_position(),
        make_tag(),
        make_organisation(name_en="", name_vi="Bộ X", short_name=""),
        make_organisation_alias(),
    )
    assert _found(store, "vụ trưởng") == ["Đặng Thị Hường"]
    assert _found(store, "ban dan") == ["Đặng Thị Hường"]
    assert "Bộ X" in _found(store, "KH&CN")


def test_a_reference_finds_its_record(store: Store) -> None:
    _save(store, make_contact())
    assert _found(store, "TOK-CON-A7-0001") == ["Đặng Thị Hường"]


def test_names_without_spaces_are_found_by_any_part(store: Store) -> None:
    _save(store, _person("", "Yamada Taro", original_name="山田太郎"))
    assert _found(store, "太郎") == ["Yamada Taro"]
    assert _found(store, "山田太郎") == ["Yamada Taro"]


def test_a_changed_name_is_found_and_the_old_one_is_not(store: Store) -> None:
    person = _person("Lê", "Sen")
    _save(store, person)
    _save(store, person.changed(given_name="Mai"))
    assert _found(store, "sen") == []
    assert _found(store, "mai") == ["Lê Mai"]


def test_archived_records_are_shown_as_such_and_the_trash_is_hidden(store: Store) -> None:
    _save(
        store,
        _person("Lê", "Sen", archived_at=FIRST_MOMENT),
        _person("Trần", "Sen", trashed_at=FIRST_MOMENT),
        _person("Vũ", "Sen"),
    )
    assert {(each.heading, each.is_archived) for each in _hits(store, "sen")} == {
        ("Lê Sen", True),
        ("Vũ Sen", False),
    }


def test_kinds_and_handlings_narrow_the_search(store: Store) -> None:
    _save(
        store,
        _person("Lê", "Sen"),
        make_agreement(title_vi="Ghi nhớ về sen", handling=Handling.RESTRICTED),
        make_engagement(subject="Hội chợ sen"),
    )
    assert len(_found(store, "sen")) == 3
    assert _found(store, "sen", kinds=frozenset({"engagement"})) == ["Hội chợ sen"]
    assert len(_found(store, "sen", handlings=frozenset({"internal"}))) == 2
    assert _found(store, "sen", kinds=frozenset()) == []
    assert _found(store, "sen", kinds=frozenset({"') OR 1=1 --"})) == []


def test_no_more_than_the_limit_are_found_and_none_twice(store: Store) -> None:
    _save(store, *(_person("Lê", f"Sen {number}") for number in range(30)))
    found = _hits(store, "sen", limit=20)
    assert len(found) == len({each.id for each in found}) == 20
    assert _hits(store, "sen", limit=0) == ()
    assert len(_hits(store, "sen", limit=1000)) == 30


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "*",
        '"',
        '"*',
        "' OR 1=1 --",
        "NEAR(sen lê)",
        "sen NOT lê",
        "sen AND",
        "OR",
        "name : sen",
        "{name text} : sen",
        "^sen",
        "sen*",
        'sen"',
        "-sen",
        "(((((((",
        "\0",
        "sen\0lê",
        "\ud800",
        "sen\udfff",
        "\u202esen",
        "!?.,;:…",
        "%_%",
        "x" * 100_000,
        "sen " * 10_000,
        "\U0001f600",
        "\r\n\t",
    ],
)
def test_anything_may_be_typed(store: Store, typed: str) -> None:
    _save(store, _person("Lê", "Sen"))
    assert set(_found(store, typed)) <= {"Lê Sen"}


@given(typed=st.text(st.characters(codec=None), max_size=40))
def test_nothing_that_can_be_typed_breaks_the_search(full_store: Store, typed: str) -> None:
    assert set(_found(full_store, typed)) <= {"Lê Sen"}


@pytest.fixture(scope="module")
def full_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with one contact, shared by every example."""
    with closing(make_store(tmp_path_factory.mktemp("store"))) as opened:
        _save(opened, _person("Lê", "Sen"))
        yield opened
