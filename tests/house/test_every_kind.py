"""Every kind can be shown and entered: its plans, its words, its form; forget one, and it is named.

A new kind of record that is left out of the window anywhere fails here with its name.
"""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication

import makers
from embassy_desk.application.records import part_named
from embassy_desk.desktop.kit.icons import Icons
from embassy_desk.desktop.kit.links import CONTROLLED, LINKS, link_of
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.plans import LINE_FIELDS
from embassy_desk.desktop.kit.rows import Row
from embassy_desk.desktop.kit.shapes import Look, shape_of
from embassy_desk.desktop.plans import DAILY_KINDS, PLANS, REFERENCE_KINDS, may_change, may_enter
from embassy_desk.desktop.records.form import RecordForm, finish
from embassy_desk.domain.catalogue import ENTITIES, GENERAL_PARTS, KINDS, entity_name, kind_named
from embassy_desk.domain.entity import Entity, Part, Record
from embassy_desk.domain.kind import Kind, Scope
from embassy_desk.settings.places import resources
from embassy_desk.texts import LabelledEnum, Words
from embassy_desk.texts.fields import FIELD_WORDS, field_word
from makers.desks import NOW, at_the_desk, forget_template, make_profile, opened_store, run_on_desk

BY_KIND = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
BY_ENTITY = pytest.mark.parametrize("entity", ENTITIES, ids=entity_name)

# Written by the program, never typed as rows of a form.
KEPT_PARTS = {"stage_step", "date_change", "kept_apart"}
PACKED_PARTS = {"report_content"}


def make(entity: type[Entity], **values: Any) -> Any:
    """Return an entity with the good defaults of its maker."""
    maker: Callable[..., Any] = getattr(makers, f"make_{entity_name(entity)}")
    return maker(**values)


def needed(entity: type[Entity]) -> set[str]:
    """Return the fields without which an entity cannot be made, as people give them."""
    given = {"id"}
    if issubclass(entity, Part):
        given.add(entity.parent_field)
    link = "record_id" in entity.model_fields and "record_id" not in given
    if "record_kind" in entity.model_fields and (link or "record_id" in given):
        given.add("record_kind")  # comes with the record that is chosen
    return {name for name, field in entity.model_fields.items() if field.is_required()} - given


@cache
def outfit() -> Outfit:
    return Outfit(Words("en"), Icons(resources() / "icons"), NOW.date)


def test_every_kind_has_plans_and_no_plan_lacks_a_kind() -> None:
    assert set(PLANS) == {kind.name for kind in KINDS}


def test_every_kind_stands_in_one_section() -> None:
    assert sorted((*DAILY_KINDS, *REFERENCE_KINDS)) == sorted(kind.name for kind in KINDS)


@BY_KIND
def test_form_shows_real_fields_and_each_once(kind: Kind) -> None:
    fields = PLANS[kind.name].form.fields
    assert set(fields) <= set(kind.entity.model_fields)
    assert len(fields) == len(set(fields))


@BY_KIND
def test_form_leaves_out_no_needed_field(kind: Kind) -> None:
    assert needed(kind.entity) <= set(PLANS[kind.name].form.fields)


@BY_KIND
def test_form_leaves_out_no_field_that_only_people_know(kind: Kind) -> None:
    own = set(kind.entity.model_fields) - set(Record.model_fields)
    left_out = own - set(PLANS[kind.name].form.fields) - NOT_TYPED.get(kind.name, set())
    assert left_out == set()


# Fields that a step or the program fills in.
NOT_TYPED = {
    "agreement": {"state"},
    "attachment": {"record_kind", "file_name", "file_key"},
    "campaign": {"state"},
    "elevation": {"state"},
    "engagement": {"state"},
    "obligation": {"state"},
    "task": {"state", "completed_on", "completed_by"},
}


@BY_KIND
def test_rows_of_every_part_are_shown_with_real_fields(kind: Kind) -> None:
    plans = {plan.part: plan for plan in PLANS[kind.name].form.rows}
    assert {entity_name(part) for part in kind.parts} - KEPT_PARTS - PACKED_PARTS <= set(plans)
    for plan in plans.values():
        part = part_named(kind, plan.part)
        assert set(plan.fields) <= set(part.model_fields)
        assert set(plan.columns) <= set(part.model_fields)
        assert needed(part) <= set(plan.fields)


@BY_KIND
def test_list_shows_real_fields_and_begins_with_the_name(kind: Kind) -> None:
    table = PLANS[kind.name].table
    names = [column.field for column in table.columns]
    assert names[0] == "heading"
    assert set(names) <= set(kind.entity.model_fields) | LINE_FIELDS
    assert table.sort in {*kind.entity.model_fields, "heading"}


@BY_KIND
def test_kind_of_daily_work_has_an_icon(kind: Kind) -> None:
    name = kind.name if kind.name in DAILY_KINDS else "reference"
    assert (resources() / "icons" / f"{name}.svg").is_file()


@BY_ENTITY
def test_every_field_has_a_word(entity: type[Entity]) -> None:
    for name in entity.model_fields:
        assert str(field_word(entity_name(entity), name))


@BY_ENTITY
def test_every_field_has_a_shape_and_every_link_leads_to_a_kind(entity: type[Entity]) -> None:
    for name in entity.model_fields:
        if name == "id":
            continue
        shape = shape_of(entity, name)
        if shape.look is Look.LINK:
            assert shape.link is not None
            assert shape.link.kind in {"*", *PLANS}
            assert shape.link.name_in in {"", *entity.model_fields}


@BY_ENTITY
def test_every_choice_has_a_label(entity: type[Entity]) -> None:
    for name in entity.model_fields:
        choices: type[LabelledEnum] | None = (
            shape_of(entity, name).choices if name != "id" else None
        )
        for member in choices or ():
            assert str(member.label).strip()


def test_no_word_link_or_list_is_left_over() -> None:
    fields = {name for entity in ENTITIES for name in entity.model_fields}
    named = {f"{entity_name(entity)}.{name}" for entity in ENTITIES for name in entity.model_fields}
    known = fields | named | LINE_FIELDS
    assert [key for key in (*FIELD_WORDS, *LINKS, *CONTROLLED) if key not in known] == []


@BY_ENTITY
def test_identities_lead_somewhere(entity: type[Entity]) -> None:
    for name, field in entity.model_fields.items():
        if name != "id" and field.annotation in {UUID, UUID | None}:
            assert link_of(entity_name(entity), name) is not None


@BY_KIND
def test_form_gives_back_the_record_that_it_shows(kind: Kind, qapp: QApplication) -> None:
    record = make(kind.entity)
    form = RecordForm(kind.name, PLANS[kind.name].form, outfit())
    finish(form)
    names = {value: "Tên" for _, value in record if isinstance(value, UUID)}
    form.fields.show_entity(dict(record), names)
    assert not form.is_edited
    assert record.changed(**form.fields.values()) == record
    assert form.fields.changed_values() == {}
    form.deleteLater()


@BY_KIND
def test_rows_are_read_aloud(kind: Kind, qapp: QApplication) -> None:
    form = RecordForm(kind.name, PLANS[kind.name].form, outfit())
    finish(form)
    for plan in PLANS[kind.name].form.rows:
        part = make(part_named(kind, plan.part))
        model = form.rows[plan.part].model
        model.show_rows([Row(part.id, dict(part))], {})
        cells = [model.index(0, column).data() for column in range(len(plan.columns))]
        assert any(cells), f"a row of {plan.part} says nothing"
    form.deleteLater()


@pytest.fixture
def folder(qapp: QApplication, tmp_path: Path) -> Iterator[Path]:
    yield make_profile(tmp_path)
    forget_template()


def test_record_of_every_kind_opens_in_the_window_and_is_saved(folder: Path) -> None:
    """Show one record of each kind, change the first text of its form, save, and look again."""
    records = {kind.name: make(kind.entity) for kind in KINDS}
    with opened_store(folder) as store, store.work() as work:
        for record in records.values():
            work.save(record)
        work.commit()

    async def story() -> None:
        async with at_the_desk(folder) as person:
            for kind, record in records.items():
                person.desk.page.sections.choose(kind)
                await person.sees(lambda kind=kind: person.desk.going.kind == kind, kind)
                await person.rests()
                person.desk.going.start_opening(kind, record.id)
                heading = record.heading
                await person.sees(lambda heading=heading: person.title == heading, heading)
                await person.rests()
                person.desk.page.record.form.fields.go_to("source")
                if not may_change(kind):
                    assert person.field("source").isReadOnly(), kind
                    continue
                person.type_into(person.field("source"), "Sổ tay cũ")
                assert person.desk.page.record.is_edited, kind
                person.press("Ctrl+S")
                await person.sees(lambda: not person.desk.page.record.is_edited, f"{kind} saved")
                await person.rests()

    run_on_desk(story)
    with opened_store(folder) as store, store.reading() as work:
        for kind, record in records.items():
            if not may_change(kind):
                continue
            saved = work.get(kind_named(kind).entity, record.id)
            assert saved.source == "Sổ tay cũ", kind


def test_only_kinds_of_the_mission_are_entered_here() -> None:
    entered = {kind.name for kind in KINDS if may_enter(kind.name)}
    assert entered >= {*DAILY_KINDS, "staff"}
    assert not {kind.name for kind in KINDS if kind.scope is Scope.SHARED} & entered


def test_general_rows_are_known() -> None:
    assert {entity_name(part) for part in GENERAL_PARTS} == KEPT_PARTS | {"tag"}
