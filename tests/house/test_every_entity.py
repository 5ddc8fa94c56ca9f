"""What every record and every part promises, asked of each in the catalogue."""

import inspect
import re
import sys
import types
import unicodedata
from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any, Union, get_args, get_origin
from uuid import UUID

import pytest
from pydantic_core import PydanticUndefined

import makers
from embassy_desk.domain.catalogue import (
    ENTITIES,
    GENERAL_PARTS,
    KINDS,
    entity_name,
    kind_named,
    kind_of,
)
from embassy_desk.domain.entity import Entity, Handling, Part, Record, text_fields
from embassy_desk.domain.errors import InvalidError, MissingError
from embassy_desk.domain.kind import Scope
from embassy_desk.texts import LabelledEnum, Text
from makers import identity

SCALARS = (str, bool, int, date, datetime, UUID, LabelledEnum)
EVERY_ENTITY = pytest.mark.parametrize("entity", ENTITIES, ids=entity_name)
EVERY_PART = pytest.mark.parametrize(
    "part", [each for each in ENTITIES if issubclass(each, Part)], ids=entity_name
)
EVERY_KIND = pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
EVERY_REQUIRED_FIELD = pytest.mark.parametrize(
    ("entity", "field"),
    [
        (entity, name)
        for entity in ENTITIES
        for name, field in entity.model_fields.items()
        if field.is_required()
    ],
    ids=lambda each: each if isinstance(each, str) else entity_name(each),
)


def _made(entity: type[Entity], **values: Any) -> Any:
    return getattr(makers, f"make_{entity_name(entity)}")(**values)


def _plain_types(annotation: Any) -> list[Any]:
    """Return the types behind unions and annotations, without nothing."""
    if get_origin(annotation) is Annotated:
        return _plain_types(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return [plain for each in get_args(annotation) for plain in _plain_types(each)]
    return [] if annotation is types.NoneType else [annotation]


def _choices() -> list[type[LabelledEnum]]:
    modules = [sys.modules[name] for name in sorted(sys.modules) if "embassy_desk.domain" in name]
    found = [
        value
        for module in modules
        for _, value in inspect.getmembers(module, inspect.isclass)
        if issubclass(value, LabelledEnum) and value.__module__ == module.__name__
    ]
    return [each for each in found if len(each)]


@EVERY_ENTITY
def test_its_maker_makes_a_valid_one_with_the_same_identity_each_time(entity: type[Entity]) -> None:
    one, other = _made(entity), _made(entity)
    assert isinstance(one, entity)
    assert one == other
    assert one.id == identity(entity_name(entity))


@EVERY_ENTITY
def test_its_values_are_scalars(entity: type[Entity]) -> None:
    for name, field in entity.model_fields.items():
        kinds = _plain_types(field.annotation)
        assert len(kinds) == 1, name
        assert issubclass(kinds[0], SCALARS), name


@EVERY_ENTITY
def test_a_text_is_never_null_and_starts_empty(entity: type[Entity]) -> None:
    for name in text_fields(entity):
        default = entity.model_fields[name].default
        assert default in ("", PydanticUndefined), name


@EVERY_ENTITY
def test_nothing_for_an_optional_text_means_the_empty_text(entity: type[Entity]) -> None:
    sample = _made(entity)
    optional = [name for name in text_fields(entity) if not entity.model_fields[name].is_required()]
    emptied = [name for name in optional if not getattr(sample, name)]
    assert all(getattr(sample.changed(**{name: None}), name) == "" for name in emptied)


@EVERY_ENTITY
def test_it_cannot_be_changed_in_place(entity: type[Entity]) -> None:
    sample = _made(entity)
    with pytest.raises(ValueError, match="frozen"):
        sample.id = identity("another")


@EVERY_ENTITY
def test_a_field_it_does_not_have_is_refused_by_name(entity: type[Entity]) -> None:
    with pytest.raises(InvalidError) as caught:
        _made(entity, religion="none")
    assert [problem.field for problem in caught.value.problems] == ["religion"]


@EVERY_ENTITY
def test_it_survives_its_own_values_as_text(entity: type[Entity]) -> None:
    sample = _made(entity)
    assert entity.model_validate(sample.model_dump(mode="json")) == sample


@EVERY_ENTITY
def test_it_and_its_choices_say_what_they_are_for(entity: type[Entity]) -> None:
    assert entity.__doc__ != Entity.__doc__
    assert inspect.getdoc(entity)


@EVERY_REQUIRED_FIELD
def test_a_needed_value_is_missed_by_name(entity: type[Entity], field: str) -> None:
    values = dict(_made(entity))
    del values[field]
    with pytest.raises(InvalidError) as caught:
        entity.made(**values)
    assert field in [problem.field for problem in caught.value.problems]


@EVERY_REQUIRED_FIELD
def test_a_needed_value_may_not_be_empty(entity: type[Entity], field: str) -> None:
    with pytest.raises(InvalidError):
        _made(entity, **{field: None})


@EVERY_ENTITY
def test_it_refuses_to_be_empty(entity: type[Entity]) -> None:
    with pytest.raises(InvalidError):
        entity.made(id=identity("empty"))


@EVERY_ENTITY
def test_texts_are_brought_to_nfc_and_trimmed(entity: type[Entity]) -> None:
    decomposed = unicodedata.normalize("NFD", "  Nguyễn Thị Hường ")
    free = [
        name
        for name in text_fields(entity)
        if _accepts(entity, name, "Nguyễn Thị Hường") and entity.model_fields[name].metadata
    ]
    for name in free:
        assert getattr(_made(entity, **{name: decomposed}), name) == "Nguyễn Thị Hường"


def _accepts(entity: type[Entity], name: str, value: str) -> bool:
    try:
        _made(entity, **{name: value})
    except InvalidError:
        return False
    return True


@EVERY_PART
def test_a_part_names_the_field_of_its_record(part: type[Part]) -> None:
    assert part.model_fields[part.parent_field].annotation is UUID
    sample = _made(part, **{part.parent_field: identity("its record")})
    assert sample.parent_id == identity("its record")


@EVERY_PART
def test_a_part_belongs_to_one_kind_or_may_hang_on_any(part: type[Part]) -> None:
    owners = [kind for kind in KINDS if part in kind.parts]
    assert len(owners) == (0 if part in GENERAL_PARTS else 1)
    assert kind_of(_made(part)) in KINDS


@EVERY_PART
def test_the_parent_of_a_part_is_its_own_kind(part: type[Part]) -> None:
    if part in GENERAL_PARTS:
        assert part.parent_field == "record_id"
        assert "record_kind" in part.model_fields
    else:
        assert part.parent_field == f"{kind_of(part).name}_id"


@EVERY_KIND
def test_a_record_has_a_heading(kind: Any) -> None:
    assert _made(kind.entity).heading


@EVERY_KIND
def test_a_record_is_called_as_its_class(kind: Any) -> None:
    assert issubclass(kind.entity, Record)
    assert entity_name(kind.entity) == kind.name
    assert kind_of(kind.entity) is kind
    assert kind_named(kind.name) is kind


@EVERY_KIND
def test_a_record_can_be_archived_and_restored(kind: Any) -> None:
    record = _made(kind.entity)
    archived = record.changed(archived_at="2026-03-01T08:00:00+09:00", archived_reason="duplicate")
    assert archived.is_archived
    assert archived.archived_at.isoformat() == "2026-02-28T23:00:00+00:00"
    assert archived.changed(archived_at=None, archived_reason=None) == record


@EVERY_KIND
def test_a_record_can_go_to_the_trash(kind: Any) -> None:
    record = _made(kind.entity)
    assert not record.is_trashed
    assert record.changed(trashed_at="2026-03-01T08:00:00Z").is_trashed


@EVERY_KIND
def test_a_record_has_no_handling_for_state_secrets(kind: Any) -> None:
    assert {str(each) for each in Handling} == {"public", "internal", "restricted"}
    with pytest.raises(InvalidError):
        _made(kind.entity, handling="secret")


def test_kinds_are_told_apart_by_name_code_and_word() -> None:
    for told in ("name", "code", "label", "plural", "entity"):
        values = [str(getattr(kind, told)) for kind in KINDS]
        assert len(set(values)) == len(values), told
    assert [kind.name for kind in KINDS[:4]] == [
        "contact",
        "organisation",
        "engagement",
        "agreement",
    ]


def test_codes_and_names_of_entities_are_unique() -> None:
    codes = [kind.code for kind in KINDS]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch("[A-Z]{3}", code) for code in codes)
    names = [entity_name(each) for each in ENTITIES]
    assert len(set(names)) == len(names)


def test_reference_data_is_shared_and_the_rest_is_the_missions_own() -> None:
    shared = {kind.name for kind in KINDS if kind.scope is Scope.SHARED}
    assert shared == {
        "mission", "accreditation", "country", "policy_goal", "list_entry", "report_duty"
    }  # fmt: skip


@pytest.mark.parametrize("choice", _choices(), ids=lambda each: each.__name__)
def test_every_choice_is_a_code_with_a_label_of_its_own(choice: type[LabelledEnum]) -> None:
    assert issubclass(choice, Enum)
    for member in choice:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", str(member))
        assert isinstance(member.label, Text)
        assert str(member.label)
    labels = [str(member.label) for member in choice]
    assert len(set(labels)) == len(labels)


def test_an_unknown_kind_is_answered_with_the_nearest() -> None:
    with pytest.raises(MissingError, match="Did you mean “agreement”"):
        kind_named("Agreements")


def test_a_kind_like_no_other_is_answered_plainly() -> None:
    with pytest.raises(MissingError, match=r"^There is no kind “xyzzy”\.$"):
        kind_named("xyzzy")


@pytest.mark.parametrize("part", GENERAL_PARTS, ids=entity_name)
def test_the_class_of_a_general_part_alone_has_no_kind(part: type[Part]) -> None:
    with pytest.raises(MissingError, match="belongs to no kind"):
        kind_of(part)
