"""What came with the program is in every store and at no headquarters, so nobody changes it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from embassy_desk.application.import_decisions import Rules
from embassy_desk.application.import_job import look_over, read_for_import, take_over
from embassy_desk.application.office import answer, perform
from embassy_desk.application.records import add_part, change_record
from embassy_desk.application.reference_data import apply_reference_data, reference_id
from embassy_desk.domain.errors import RefusedError
from embassy_desk.domain.organisation import Organisation
from embassy_desk.headquarters.hub import Hub
from embassy_desk.settings.places import resources
from makers import identity
from makers.lines import LinkedDesk, linked_desk, new_line

MINISTRY = reference_id("organisation", "VN/mofa")


@pytest.fixture
def database_url() -> str:
    """One engine is enough: nothing of it reaches headquarters."""
    return ""


@pytest.fixture
def desks(tmp_path: Path, hub: Hub) -> Iterator[list[LinkedDesk]]:
    line = new_line(hub)
    made = [
        linked_desk(tmp_path / str(n), hub, line, number=n, person=identity(f"person {n}"))
        for n in (1, 2)
    ]
    for each in made:
        apply_reference_data(each.store)
    yield made
    for each in made:
        each.close()


def ministry(desk: LinkedDesk) -> Organisation:
    return answer(desk.store, lambda work: work.get(Organisation, MINISTRY))


def import_examples(desk: LinkedDesk) -> None:
    """Import organisations, of which nine came with the program and are said otherwise."""
    path = resources() / "examples" / "organisations.csv"
    readings = read_for_import(path, "organisation")
    take_over(desk.store, look_over(desk.store, readings), Rules())


def test_an_import_leaves_shipped_records_and_the_first_exchange_repairs_nothing(
    desks: list[LinkedDesk],
) -> None:
    writer, reader = desks
    before = ministry(writer)
    import_examples(writer)
    sent, received = writer.sync(), reader.sync()
    assert sent.sent == received.received > 14
    assert sent.repaired == received.repaired == 0
    assert ministry(writer) == ministry(reader) == before


def test_a_shipped_record_is_not_changed_but_may_get_rows(desks: list[LinkedDesk]) -> None:
    writer, reader = desks
    with pytest.raises(RefusedError, match="comes with the program"):
        perform(writer.store, change_record, "organisation", MINISTRY, {"notes": "ours"})
    alias = {"alias": "MOFA"}
    for each in desks:
        perform(each.store, add_part, "organisation", MINISTRY, "organisation_alias", alias)
    assert [each.sync().repaired for each in (writer, reader, writer)] == [0, 0, 0]
    assert ministry(reader).name_vi == "Bộ Ngoại giao"
