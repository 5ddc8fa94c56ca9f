"""A person who was erased: what waits still goes, and a restored headquarters gets all but that."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

from embassy_desk.application.office import perform
from embassy_desk.application.personal import erase_person
from embassy_desk.application.records import enter_record
from embassy_desk.domain.contact import Contact
from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.tables import HUB_OPERATION
from makers import identity
from makers.lines import LinkedDesk, linked_desk, new_line
from makers.set_back import SetBackOffice, changed, entered, shown

SECRETS = ("Quetzal", "Axolotl", "quetzal@example.test")


@pytest.fixture
def office(hub: Hub, tmp_path: Path) -> Iterator[SetBackOffice]:
    line = new_line(hub)
    anna, binh = (
        linked_desk(tmp_path / name, hub, line, number=number, person=identity(name))
        for number, name in enumerate(("anna", "binh"), start=1)
    )
    office = SetBackOffice(hub, anna, binh, tmp_path, [""])
    yield office
    for each in (anna, binh):
        each.close()
    for each in office.later:
        each.close()


@pytest.fixture
def database_url() -> str:
    return ""


@dataclass(frozen=True)
class Person:
    id: UUID


def person_at(desk: LinkedDesk) -> Person:
    contact, _ = perform(
        desk.store,
        enter_record,
        "contact",
        {"family_name": "Quetzal", "notes": "likes Axolotl"},
        {"contact_email": [{"address": "quetzal@example.test"}]},
    )
    changed(desk, contact.id, alias="Axolotl")
    return Person(contact.id)


def sent(hub: Hub) -> str:
    """Return all that headquarters has ever received, as text."""
    with hub.database.reading([EVERY_SCOPE]) as connection:
        return "\n".join(map(repr, connection.execute(HUB_OPERATION.select())))


def test_what_waits_goes_without_what_was_erased(office: SetBackOffice) -> None:
    anna, binh = office.anna, office.binh
    office.settle()
    person = person_at(anna)
    erase_person(anna.store, person.id)
    behind = entered(anna, notes="entered behind it")

    reports = office.settle()

    assert sum(each.sent for each in reports) > 3
    assert [each for each in SECRETS if each in sent(office.hub)] == []
    contact, shell = shown(binh, behind), shown(binh, person.id)
    assert contact is not None
    assert contact.notes == "entered behind it"
    assert shell is not None
    assert shell == shown(anna, person.id)
    assert shell.is_trashed


def test_an_erasure_after_some_of_it_was_sent_reaches_everybody(office: SetBackOffice) -> None:
    anna, binh = office.anna, office.binh
    person = person_at(anna)
    office.settle()
    changed(anna, person.id, source="Axolotl, from Quetzal")
    erase_person(anna.store, person.id)

    office.settle()

    shell = shown(binh, person.id)
    assert shell is not None
    assert shell == shown(anna, person.id)
    assert shell.is_trashed
    assert "from Quetzal" not in sent(office.hub)


def test_a_restored_headquarters_gets_all_but_what_was_erased(office: SetBackOffice) -> None:
    anna, binh = office.anna, office.binh
    office.settle()
    office.back_up()
    person = person_at(anna)
    behind = entered(anna, notes="sent behind it")
    office.settle()
    erase_person(anna.store, person.id)
    later = entered(anna, notes="not sent yet")
    office.set_back()

    office.settle()

    for desk in (anna, binh):
        found = shown(desk, behind), shown(desk, later)
        assert [each.notes for each in found if each] == ["sent behind it", "not sent yet"]
        shell = shown(desk, person.id)
        assert shell is not None
        assert shell.is_trashed
    with anna.store.reading() as work:
        mine = {each.id: each for each in work.all(Contact)}
    with binh.store.reading() as work:
        assert {each.id: each for each in work.all(Contact)} == mine
