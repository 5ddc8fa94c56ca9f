"""What others save between looking a file over and taking it in is never lost."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from embassy_desk.application.import_decisions import Done, Outlook, Rules
from embassy_desk.application.import_job import look_over, read_for_import, take_over
from embassy_desk.application.office import perform
from embassy_desk.application.records import enter_record, undo_last
from embassy_desk.domain.contact import Contact, ContactPhone
from embassy_desk.interchange.apart import here
from embassy_desk.store.opening import Store
from embassy_desk.store.work import UnitOfWork

HEAD = "full_name,emails,phones,notes,nationality\n"
FILE = HEAD + "An A,an@example.vn,+84 90 1234567,from the file,JP\n"
AN = {"given_name": "An A", "display_order": "family_first"}


@pytest.fixture
def an(store: Store) -> UUID:
    with store.work() as work:
        made = work.new(Contact, given_name="A", family_name="An", notes="old")
        work.save(made)
        work.save(work.new_part(ContactPhone, made, typed="+84 90 1234567"))
        work.commit()
    return made.id


def looked(store: Store, folder: Path, text: str = FILE) -> Outlook:
    file = folder / "people.csv"
    file.write_text(text, "utf-8")
    return look_over(store, read_for_import(file, run=here))


def change(work: UnitOfWork, identity: UUID, **values: Any) -> None:
    work.save(work.get(Contact, identity).changed(**values))


class SavingBetween:
    """Runs what is short, and lets somebody save just before the turn that writes."""

    def __init__(self, store: Store, save: Callable[[], object], before: int) -> None:
        self._store, self._save, self._left = store, save, before

    def __call__(self, function: Callable[[Store], Any], /) -> Any:
        self._left -= 1
        if self._left == 0:
            self._save()
        return function(self._store)


WRITES = 4
"""Which turn of an import of one row writes it."""


def taken_beside(store: Store, outlook: Outlook, save: Callable[[], object]) -> Done:
    return take_over(store, outlook, Rules(), turn=SavingBetween(store, save, WRITES))


@pytest.mark.parametrize("values", [{"notes": "newer"}, {"nationality": "LA"}])
def test_what_somebody_saves_while_an_import_is_made_ready_stays(
    store: Store, tmp_path: Path, an: UUID, values: dict[str, str]
) -> None:
    outlook = looked(store, tmp_path)
    done = taken_beside(store, outlook, lambda: perform(store, change, an, **values))
    with store.reading() as work:
        kept = work.get(Contact, an)
    assert {name: getattr(kept, name) for name in values} == values
    assert kept.nationality != "JP"
    assert done.updated == 0
    (problem,) = done.refused
    assert (problem.line, "Somebody has changed" in str(problem.text)) == (2, True)
    assert done.sources[2].startswith("An")


def test_a_number_added_meanwhile_stays_too(store: Store, tmp_path: Path, an: UUID) -> None:
    def add(work: UnitOfWork) -> None:
        work.save(work.new_part(ContactPhone, work.get(Contact, an), typed="+84 90 7654321"))

    outlook = looked(store, tmp_path)
    done = taken_beside(store, outlook, lambda: perform(store, add))
    assert (done.updated, len(done.refused)) == (0, 1)


def test_what_is_saved_to_another_record_stops_nothing(
    store: Store, tmp_path: Path, an: UUID
) -> None:
    other = perform(store, enter_record, "contact", {"given_name": "Khác"})[0]
    outlook = looked(store, tmp_path)
    done = taken_beside(store, outlook, lambda: perform(store, change, other.id, notes="x"))
    assert (done.updated, done.refused) == (1, ())
    with store.reading() as work:
        assert work.get(Contact, an).notes == "from the file"


def test_two_rows_of_a_file_may_change_one_record(store: Store, tmp_path: Path, an: UUID) -> None:
    text = FILE + "An A,,+84 90 1234567,,LA\n"
    done = take_over(store, looked(store, tmp_path, text), Rules())
    assert (done.updated, done.refused) == (2, ())
    with store.reading() as work:
        assert work.get(Contact, an).nationality == "LA"
    perform(store, undo_last)
    with store.reading() as work:
        assert work.get(Contact, an).notes == "old"
