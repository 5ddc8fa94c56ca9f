from datetime import date
from uuid import UUID

from embassy_desk.desktop.kit.links import ANY_KIND, link_of
from embassy_desk.domain.catalogue import ENTITIES, entity_name
from embassy_desk.domain.entity import Handling
from embassy_desk.domain.merge import (
    FIELDS_OF_ANY_KIND,
    FIELDS_OF_KINDS,
    choices,
    moved,
    references_to,
    survivor_of,
)
from makers import identity, make_contact, make_kept_apart, make_list_member, make_organisation

ONE, TWO, THREE = (UUID(int=each) for each in (1, 2, 3))


def test_every_field_that_names_a_contact_or_an_organisation_moves_with_a_merge() -> None:
    for kind, fields in FIELDS_OF_KINDS.items():
        for entity in ENTITIES:
            for name, field in entity.model_fields.items():
                link = link_of(entity_name(entity), name)
                if link is None or "UUID" not in str(field.annotation) or name == "merged_into":
                    continue
                assert (link.kind == kind) == (name in fields), f"{entity_name(entity)}.{name}"
                assert (link.kind == ANY_KIND) == (name in FIELDS_OF_ANY_KIND), name


def test_the_past_of_a_record_stays_with_it() -> None:
    names = {entity_name(each.entity) for each in references_to("contact")}
    assert {"tag", "attachment", "task_parent", "their_participant", "consent"} <= names
    assert not {"stage_step", "date_change"} & names


def test_what_is_kept_stands_unless_it_says_nothing() -> None:
    kept = make_contact(alias="", notes="a", handling=Handling.INTERNAL, do_not_contact=False,
                        verified_on=date(2026, 1, 1), honorific="mr", source="x")  # fmt: skip
    lost = kept.changed(id=TWO, alias="Bee", notes="b", handling=Handling.RESTRICTED,
                        do_not_contact=True, verified_on=date(2025, 1, 1), honorific="ms",
                        ref="TOK-CON-A7-0002")  # fmt: skip
    assert {each.field: each.proposed for each in choices(kept, lost)} == {
        "alias": "Bee",
        "notes": "a\n\nb",
        "handling": Handling.RESTRICTED,
        "do_not_contact": True,
        "verified_on": date(2026, 1, 1),
        "honorific": "mr",
    }


def test_a_body_is_never_proposed_as_its_own_parent() -> None:
    kept = make_organisation(parent_id=None)
    lost = kept.changed(id=TWO, parent_id=kept.id)
    assert choices(kept, lost) == ()


def test_a_link_row_gets_the_identity_that_somebody_else_would_give_it() -> None:
    by_hand = make_list_member()
    assert moved(by_hand, "contact_id", TWO) == by_hand.changed(contact_id=TWO)
    derived = moved(by_hand.changed(id=UUID(int=9)), "contact_id", ONE)
    assert derived is not None
    assert derived.contact_id == ONE


def test_two_that_were_kept_apart_and_are_merged_after_all_are_no_longer_kept_apart() -> None:
    row = make_kept_apart(record_id=ONE, other_id=TWO)
    assert moved(row, "other_id", ONE) is None
    assert moved(row, "record_id", TWO) is None
    third = moved(row, "record_id", THREE)
    assert third is not None
    assert (third.record_id, third.other_id) == (TWO, THREE)


def test_every_merge_is_followed_and_of_a_circle_the_lowest_stands() -> None:
    assert survivor_of(ONE, {}) == ONE
    assert survivor_of(ONE, {ONE: TWO, TWO: THREE}) == THREE
    circle = {TWO: THREE, THREE: TWO, ONE: THREE}
    assert {survivor_of(each, circle) for each in (ONE, TWO, THREE)} == {TWO}
    assert survivor_of(identity("contact"), circle) == identity("contact")
