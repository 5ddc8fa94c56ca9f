"""Scopes follow from mission and handling."""

import pytest

from embassy_desk.domain.catalogue import ENTITIES, entity_name
from embassy_desk.domain.entity import Part
from embassy_desk.sync.operations import Operation
from embassy_desk.sync.scopes import home_scope, is_legal, mission_of, parent_of


@pytest.mark.parametrize(
    ("entity", "fields", "scope"),
    [
        ("contact", {"mission": "TOK"}, "m:TOK"),
        ("contact", {"mission": "TOK", "handling": "restricted"}, "m:TOK:restricted"),
        ("contact", {}, "m:HAN"),
        ("country", {"mission": "HQ"}, "hq:shared"),
    ],
)
def test_a_record_is_where_its_mission_and_handling_put_it(
    entity: str, fields: dict[str, str], scope: str
) -> None:
    assert home_scope(entity, fields, "HAN") == scope
    form = {"n": 1, "t": 1, "b": 1, "s": scope, "e": entity, "r": "1" * 32, "k": "del", "u": None}
    assert Operation.read(form).s == scope


def test_a_scope_names_its_mission() -> None:
    assert mission_of("m:TOK:restricted") == "TOK"
    assert mission_of("hq:shared") is None


def test_every_part_knows_its_record() -> None:
    for entity in ENTITIES:
        fields = {"record_kind": "contact", "record_id": "1" * 32}
        if issubclass(entity, Part):
            fields[entity.parent_field] = "1" * 32
            parent = parent_of(entity_name(entity), fields)
            assert parent is not None
            assert parent[1] == "1" * 32
        else:
            assert parent_of(entity_name(entity), fields) is None


def test_dates_parties_class_state_and_mission_are_law() -> None:
    assert is_legal("agreement", "in_force_on")
    assert is_legal("agreement", "legal_class")
    assert is_legal("agreement_party", "role")
    assert is_legal("contact", "mission")
    assert not is_legal("agreement", "summary")
