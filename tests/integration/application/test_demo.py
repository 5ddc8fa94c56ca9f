"""The demo mission is whole: every state is there, every road was possible, chance is steady."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from embassy_desk.application.agreements import standing
from embassy_desk.application.demo import fill_demo
from embassy_desk.application.profile import Profile, create_profile
from embassy_desk.domain.agreement import Agreement, AgreementForm, AgreementLink, LinkKind
from embassy_desk.domain.campaign import Campaign, CampaignState, CampaignTarget, TargetState
from embassy_desk.domain.catalogue import ENTITIES, KINDS
from embassy_desk.domain.contact import Contact, ContactEmail
from embassy_desk.domain.elevation import Elevation, ElevationState
from embassy_desk.domain.engagement import Engagement, EngagementKind, EngagementState
from embassy_desk.domain.entity import Entity, Record
from embassy_desk.domain.errors import InvalidError, RefusedError
from embassy_desk.domain.links import link_id
from embassy_desk.domain.names import DisplayOrder
from embassy_desk.domain.obligation import Obligation, ObligationState
from embassy_desk.domain.organisation import Organisation
from embassy_desk.domain.parts import StageStep, Tag
from embassy_desk.domain.staff import Staff
from embassy_desk.domain.task import Task, TaskKind, TaskState
from embassy_desk.domain.term_engine import Condition
from embassy_desk.sealing.derivation import FLOOR
from embassy_desk.store.opening import Store

ON = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
CONTACTS = 150


def demo_profile(folder: Path, **wishes: Any) -> Profile:
    profile = create_profile(
        folder,
        "demo",
        lambda: NOW,
        mission="TOK",
        person="Lê Đình Phước",
        is_demo=True,
        parameters=FLOOR,
    )
    fill_demo(profile.store, **{"on": ON, "contacts": CONTACTS, **wishes})
    return profile


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Profile]:
    profile = demo_profile(tmp_path_factory.mktemp("demo") / "profile")
    yield profile
    profile.close()


def all_of(profile: Profile, entity: type[Any], **equal: Any) -> tuple[Any, ...]:
    with profile.store.reading() as work:
        return work.all(entity, **equal)


def own(profile: Profile, entity: type[Record]) -> list[Any]:
    """Return the records of the mission, without shipped ones."""
    return [each for each in all_of(profile, entity) if each.mission == "TOK"]


def content(store: Store) -> dict[str, list[Any]]:
    """Return everything in a store, identities replaced by references without the device's tag."""
    with store.reading() as work:
        rows = {entity: work.all(entity) for entity in ENTITIES}
    names: dict[UUID, str] = {}
    for kind in KINDS:
        for each in rows[kind.entity]:
            names[each.id] = "-".join(
                part for place, part in enumerate(each.ref.split("-")) if place != 2
            )

    def plain(row: Entity) -> str:
        values = {
            name: names.get(value, "an identity") if isinstance(value, UUID) else value
            for name, value in row
            if name not in {"id", "ref", "created_by"} or not isinstance(row, Record)
        }
        values.pop("id", None)
        return f"{names.get(row.id, '')} {values}"

    return {entity.__name__: sorted(map(plain, found)) for entity, found in rows.items()}


def test_the_demo_has_as_many_records_as_were_asked_for(demo: Profile) -> None:
    assert len(own(demo, Contact)) == CONTACTS
    assert len(own(demo, Organisation)) == 61  # and one that was dissolved
    assert len(own(demo, Agreement)) == 60
    assert len(own(demo, Elevation)) == 12
    assert len(own(demo, Engagement)) == 60
    assert len(own(demo, Task)) >= 90
    assert len(own(demo, Staff)) == 8


@pytest.mark.parametrize(
    ("entity", "field", "choices"),
    [
        (Agreement, "state", Agreement.model_fields["state"].annotation),
        (Agreement, "form", AgreementForm),
        (AgreementLink, "kind", LinkKind),
        (Elevation, "state", ElevationState),
        (Engagement, "state", EngagementState),
        (Obligation, "state", ObligationState),
        (Campaign, "state", CampaignState),
        (CampaignTarget, "state", TargetState),
        (Task, "kind", TaskKind),
        (Task, "state", TaskState),
    ],
)
def test_every_choice_appears(
    demo: Profile, entity: type[Entity], field: str, choices: Any
) -> None:
    found = {str(getattr(each, field)) for each in all_of(demo, entity)}
    assert found == {str(each) for each in choices}


def test_most_kinds_of_engagement_appear(demo: Profile) -> None:
    assert len({each.kind for each in own(demo, Engagement)}) > len(EngagementKind) / 2


def test_every_entity_is_valid_as_it_is_stored(demo: Profile) -> None:
    for entity in ENTITIES:
        for each in all_of(demo, entity):
            assert entity.made(**dict(each)) == each


def test_the_store_is_whole_and_every_change_is_in_the_log(demo: Profile) -> None:
    verification = demo.verify()
    assert verification.problems == ()
    assert verification.operations > verification.records


def test_every_kind_of_term_condition_can_be_seen_on_the_day(demo: Profile) -> None:
    with demo.store.reading() as work:
        seen = {
            condition
            for agreement in work.all(Agreement)
            for condition in standing(work, agreement.id, ON).conditions
        }
    assert seen == set(Condition)


def test_a_record_stands_where_its_last_step_led(demo: Profile) -> None:
    for kind in KINDS:
        if "state" not in kind.entity.model_fields:
            continue
        steps: dict[UUID, list[StageStep]] = {}
        for step in all_of(demo, StageStep, record_kind=kind.name):
            steps.setdefault(step.record_id, []).append(step)
        for record in own(demo, kind.entity):
            road = sorted(steps[record.id], key=lambda step: step.at)
            assert road[0].is_registered
            assert road[0].from_state == ""
            assert [each.to_state for each in road[:-1]] == [each.from_state for each in road[1:]]
            assert road[-1].to_state == str(record.state)
            assert all(each.on <= ON for each in road)


def test_nothing_was_entered_after_the_day(demo: Profile) -> None:
    for kind in KINDS:
        for record in own(demo, kind.entity):
            assert record.created_at is not None
            assert record.created_at <= NOW, record.heading


def test_there_is_something_to_do_today_and_something_late(demo: Profile) -> None:
    tasks = own(demo, Task)
    assert any(task.due_on == ON and task.state is TaskState.OPEN for task in tasks)
    assert any(task.is_overdue(ON) for task in tasks)
    assert any(task.recurrence for task in tasks)
    assert any(task.waiting_since for task in tasks)
    assert any(each.held_on > ON for each in own(demo, Engagement))


def test_names_are_of_all_sorts(demo: Profile) -> None:
    contacts = own(demo, Contact)
    assert any("Đ" in each.heading or "đ" in each.heading for each in contacts)
    assert any(" " in each.given_name for each in contacts)
    assert any(each.original_name and each.romanised_name for each in contacts)
    assert {each.display_order for each in contacts} >= {
        DisplayOrder.FAMILY_FIRST,
        DisplayOrder.GIVEN_FIRST,
    }


def test_no_address_leads_anywhere(demo: Profile) -> None:
    for each in all_of(demo, ContactEmail):
        domain = each.address.rpartition("@")[2]
        assert domain.endswith(".example") or domain in {
            "example.com",
            "example.net",
            "example.org",
        }


def test_tags_have_the_identities_that_everybody_would_give_them(demo: Profile) -> None:
    tags = all_of(demo, Tag)
    assert tags
    assert all(each.id == link_id("tag", each.record_id, each.label) for each in tags)


def test_the_same_seed_and_day_give_the_same_content(demo: Profile, tmp_path: Path) -> None:
    again = demo_profile(tmp_path / "again")
    try:
        assert content(again.store) == content(demo.store)
    finally:
        again.close()


def test_another_seed_gives_other_people(demo: Profile, tmp_path: Path) -> None:
    other = demo_profile(tmp_path / "other", seed=2)
    try:
        assert content(other.store)["Contact"] != content(demo.store)["Contact"]
    finally:
        other.close()


@pytest.mark.parametrize(
    "on", [date(2024, 2, 29), date(2025, 1, 31), date(2026, 12, 31), date(2030, 3, 1)]
)
def test_the_story_can_be_told_on_any_day(tmp_path: Path, on: date) -> None:
    told = demo_profile(tmp_path / "told", on=on, contacts=20, seed=on.toordinal())
    try:
        assert told.verify().problems == ()
    finally:
        told.close()


def test_a_real_store_takes_no_demo_data(store: Store) -> None:
    with pytest.raises(RefusedError):
        fill_demo(store, on=ON)


def test_a_demo_is_filled_once(demo: Profile) -> None:
    with pytest.raises(RefusedError):
        fill_demo(demo.store, on=ON)


@pytest.mark.parametrize("contacts", [0, -1, 1_000_001])
def test_a_demo_has_a_sensible_number_of_contacts(demo: Profile, contacts: int) -> None:
    with pytest.raises(InvalidError):
        fill_demo(demo.store, on=ON, contacts=contacts)
