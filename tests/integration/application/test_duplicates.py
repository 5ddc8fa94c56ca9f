"""Who may be the same: in a file, while typing, in the whole store; and two that are kept apart."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

import pytest

from embassy_desk.application.contacts import Reach, enter_contact
from embassy_desk.application.duplicates import (
    KnownAlike,
    find_pairs,
    forget_apart,
    keep_apart,
    like_this,
)
from embassy_desk.application.office import answer, perform
from embassy_desk.application.records import enter_record, record_file, trash
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.errors import MissingError, RefusedError, StoppedError
from embassy_desk.domain.likeness import Certainty
from embassy_desk.store.opening import Store
from makers import make_contact, make_contact_email, make_contact_phone

Enter = Callable[..., UUID]


@pytest.fixture
def enter(store: Store) -> Enter:
    def entered(values: Mapping[str, Any], **reach: Any) -> UUID:
        return perform(store, enter_contact, values, Reach(**reach))[0].id

    return entered


def asked(store: Store) -> KnownAlike:
    return KnownAlike(lambda query: answer(store, query), "contact")


def named(store: Store, name: str, **parts: Sequence[Any]) -> list[tuple[object, Certainty]]:
    record = make_contact(
        family_name="", middle_name="", given_name="", written_name=name, source=""
    )
    found = asked(store).like(record, parts)
    return [(each.name, each.likeness.certainty) for each in found]


def test_a_row_of_a_file_is_matched_with_the_store_by_address_number_and_name(
    store: Store, enter: Enter
) -> None:
    hung = enter(
        {"written_name": "Nguyễn Văn Hùng"}, emails=("Hung@bca.vn",), phones=("+84 24 3825 1234",)
    )
    address, number = (
        make_contact_email(address="hung@bca.vn"),
        make_contact_phone(typed="(024) 3825 1234", e164="+842438251234"),
    )
    assert named(store, "Hung Nguyen Van", contact_email=[address]) == [(hung, Certainty.SAME)]
    assert named(store, "Hung Nguyen Van", contact_phone=[number]) == [(hung, Certainty.SAME)]
    assert named(store, "Hung Nguyen Van") == [(hung, Certainty.POSSIBLE)]
    assert named(store, "Nguyễn Văn Hưng") == []


def test_a_number_as_typed_is_read_in_the_country_of_the_mission(
    store: Store, enter: Enter
) -> None:
    taro = enter({"written_name": "Yamada Taro"}, phones=("+81 3 3466 3311",))
    number = make_contact_phone(typed="03-3466-3311", e164="")
    assert named(store, "Taro Yamada", contact_phone=[number]) == [(taro, Certainty.SAME)]


def test_a_file_finds_its_own_doubles_by_their_numbers(store: Store) -> None:
    known = asked(store)
    record, address = make_contact(source=""), make_contact_email()
    assert known.like(record, {"contact_email": [address]}) == ()
    known.add(12, record, {"contact_email": [address]})
    (found,) = known.like(record.changed(notes="x"), {"contact_email": [address]})
    assert found.name == 12


def test_who_is_in_the_trash_or_merged_is_not_named(store: Store, enter: Enter) -> None:
    lost = enter({"written_name": "Yamada Taro"})
    merged = enter({"written_name": "Yamada Taro"})
    perform(store, trash, "contact", lost)
    perform(store, lambda work: work.save(work.get(Contact, merged).changed(merged_into=lost)))
    assert named(store, "Yamada Taro") == []


def test_while_typing_the_namesakes_are_told_with_reasons(store: Store, enter: Enter) -> None:
    hung = enter(
        {"written_name": "Nguyễn Văn Hùng"}, emails=("hung@bca.vn",), organisation="Bộ Công an"
    )
    enter({"written_name": "Trần Thị Mai"})
    typed = make_contact(family_name="", middle_name="", given_name="Hung Nguyen Van", source="")
    (found,) = answer(
        store, like_this, typed, {"contact_email": [make_contact_email(address="HUNG@bca.vn")]}
    )
    assert found.record_id == hung
    assert found.heading == "Nguyễn Văn Hùng"
    assert "Bộ Công an" in found.subtitle
    assert [str(each) for each in found.likeness.reasons] == [
        "The same e-mail address: hung@bca.vn.",
        "The same name, once without marks.",
    ]


def test_a_record_is_not_named_as_its_own_double(store: Store, enter: Enter) -> None:
    taro = enter({"written_name": "Yamada Taro"}, emails=("t@x.jp",))
    file = answer(store, record_file, "contact", taro)
    assert answer(store, like_this, file.record, file.parts) == ()


def test_a_name_in_another_script_is_found_while_typing(store: Store, enter: Enter) -> None:
    wang = enter({"written_name": "Wang Xiaoming"})
    typed = make_contact(family_name="", middle_name="", given_name="王小明", source="")
    (found,) = answer(store, like_this, typed, {})
    assert (found.record_id, found.likeness.certainty) == (wang, Certainty.POSSIBLE)


def test_two_that_are_kept_apart_are_not_named_together_until_that_is_taken_back(
    store: Store, enter: Enter
) -> None:
    one = enter({"written_name": "Yamada Taro"}, emails=("t@x.jp",))
    other = enter({"written_name": "Taro Yamada"}, emails=("t@x.jp",))
    (line,) = find_pairs(store, "contact").lines
    assert {line.one, line.other} == {one, other}
    assert {line.one_face.heading, line.other_face.heading} == {"Yamada Taro", "Taro Yamada"}
    perform(store, keep_apart, "contact", other, one)
    assert perform(store, keep_apart, "contact", one, other)[1].operations == 0
    file = answer(store, record_file, "contact", one)
    assert find_pairs(store, "contact").count == 0
    assert answer(store, like_this, file.record, file.parts) == ()
    perform(store, forget_apart, one, other)
    assert find_pairs(store, "contact").count == 1
    assert perform(store, forget_apart, one, other)[1].operations == 0


def test_one_record_is_not_kept_apart_from_itself_or_from_nobody(
    store: Store, enter: Enter
) -> None:
    one = enter({"written_name": "Yamada Taro"})
    with pytest.raises(RefusedError, match="one record"):
        perform(store, keep_apart, "contact", one, one)
    with pytest.raises(MissingError):
        perform(store, keep_apart, "contact", one, UUID(int=7))


def test_organisations_are_found_by_every_name_and_number(store: Store) -> None:
    def body(values: dict[str, Any], aliases: Sequence[str] = ()) -> UUID:
        parts = {"organisation_alias": [{"alias": each} for each in aliases]}
        return perform(store, enter_record, "organisation", values, parts)[0].id

    one = body({"name_vi": "Sở Khoa học Ánh Dương", "country": "VN"}, ["ADS"])
    two = body({"name_en": "ads", "country": "VN"})
    three = body({"name_en": "Sun Science", "registry_code": "0101"})
    four = body({"name_en": "Sun Sciences", "registry_code": " 0101 "})
    pairs = find_pairs(store, "organisation").lines
    found = {frozenset((each.one, each.other)): each.likeness.certainty for each in pairs}
    assert found[frozenset((one, two))] is Certainty.LIKELY
    assert found[frozenset((three, four))] is Certainty.SAME


def test_the_search_through_a_store_can_be_stopped(store: Store, enter: Enter) -> None:
    enter({"written_name": "Yamada Taro"})

    def stop(_done: int, _total: int) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        find_pairs(store, "contact", going_on=stop)
