import pytest

from embassy_desk.domain.catalogue import entity_name, kind_named
from embassy_desk.domain.errors import MissingError, RefusedError
from embassy_desk.domain.parts import Tag
from embassy_desk.domain.vietnamese import fold
from embassy_desk.interchange.choices import WORDS
from embassy_desk.interchange.headings import HEADINGS
from embassy_desk.interchange.registers import KINDS_READ, LINKS, Shape, register


@pytest.mark.parametrize("kind", KINDS_READ)
def test_no_heading_stands_for_two_columns(kind: str) -> None:
    seen: dict[str, str] = {fold(name): name for name in register(kind)}
    for column, words in HEADINGS[kind].items():
        assert column in register(kind)
        for word in words:
            assert seen.setdefault(fold(word), column) == column


def test_no_word_stands_for_two_choices() -> None:
    for choices, others in WORDS.items():
        seen: dict[str, str] = {}
        for member in choices:
            for word in (member.value, str(member.label), *others.get(member, ())):
                assert seen.setdefault(fold(word), member.value) == member.value


@pytest.mark.parametrize("kind", KINDS_READ)
def test_every_column_fills_a_field_a_part_or_a_link(kind: str) -> None:
    entity = kind_named(kind).entity
    parts = {entity_name(part): part for part in (*kind_named(kind).parts, Tag)}
    for column in register(kind).values():
        if column.part in {"agreement_link", "task_parent"}:
            assert column.part_field in {"to", "record"}
        elif column.part:
            assert column.part_field in parts[column.part].model_fields
        elif column.name != "full_name":
            assert column.name in entity.model_fields or column.name in LINKS[kind]


def test_shapes_follow_the_types_of_the_fields() -> None:
    columns = register("agreement")
    assert columns["signed_on"].shape is Shape.DAY
    assert columns["notice_months"].shape is Shape.WHOLE
    assert columns["open_ended"].shape is Shape.YES_NO
    assert columns["notice_served_by"].shape is Shape.CHOICE
    assert columns["languages"].shape is Shape.CODES
    assert register("organisation")["founded_on"].shape is Shape.PARTIAL_DAY
    assert register("task")["due_at"].shape is Shape.MOMENT


def test_only_some_kinds_have_registers() -> None:
    with pytest.raises(RefusedError):
        register("engagement")
    with pytest.raises(MissingError):
        register("spaceship")
