"""An import beside others: they save meanwhile, it can be called off, and nothing comes twice."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event, Thread

import pytest
from tests.integration.application.conftest import PASSPHRASE, clock

from embassy_desk.application.importing import (
    ImportResult,
    import_candidates,
    keep_import,
    read_file,
    stage_import,
)
from embassy_desk.application.office import Office, answer, perform
from embassy_desk.application.profile import Profile, open_profile
from embassy_desk.application.progress import WHOLE, GoingOn, share, unwatched
from embassy_desk.application.records import enter_record, search_everything, trash
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.errors import RefusedError, StoppedError
from embassy_desk.domain.organisation import Organisation
from embassy_desk.domain.rights import Grant, Role
from embassy_desk.interchange.apart import here
from embassy_desk.interchange.errors import UnreadableFileError
from embassy_desk.store.opening import Store
from embassy_desk.store.verifying import verify

READ = 400
WRITING = 800
"""Of 1,000 steps: from here on the store is held."""

CARD = (
    "BEGIN:VCARD\nVERSION:3.0\nN:Đặng;Hường;Thị;;\nFN:Đặng Thị Hường\n{lines}\nORG:Sen Việt\n"
    "END:VCARD\n"
)


@pytest.fixture
def second(profile: Profile) -> Iterator[Store]:
    """Return the same store as another process has it open."""
    opened = open_profile(profile.folder, PASSPHRASE, clock)
    yield opened.store
    opened.close()


def register(folder: Path, count: int) -> Path:
    file = folder / "people.csv"
    lines = [f"Người {number},Cơ quan {number % 7}" for number in range(count)]
    file.write_text("\n".join(["given_name,organisation", *lines]), "utf-8")
    return file


def names(store: Store, entity: type[Contact] | type[Organisation]) -> set[str]:
    with store.reading() as work:
        return {each.heading for each in work.all(entity) if each.mission == "TOK"}


def take_in(store: Store, file: Path, going_on: GoingOn = unwatched) -> ImportResult:
    candidates = read_file(file, going_on=share(going_on, 0, READ), run=here)
    return import_candidates(store, candidates, going_on=share(going_on, READ, WHOLE))


def card(folder: Path, lines: str) -> Path:
    file = folder / "card.vcf"
    file.write_text(CARD.format(lines=lines), "utf-8")
    return file


def test_others_save_at_once_until_the_import_is_ready_to_be_written(
    store: Store, second: Store, tmp_path: Path
) -> None:
    steps: list[int] = []

    def save_beside(done: int, _total: int) -> None:
        if done < WRITING:
            steps.append(done)
            perform(second, enter_record, "contact", {"given_name": f"Beside {done}"})

    take_in(store, register(tmp_path, 1_200), save_beside)
    assert len(steps) == 9  # reading, matching and making ready, a step for each 500 records
    assert len(names(store, Contact)) == 1_200 + len(set(steps))
    with store.reading() as work:
        assert verify(work.raw).problems == ()


def test_whoever_saves_while_it_is_written_waits_and_loses_nothing(
    store: Store, second: Store, tmp_path: Path
) -> None:
    begun = Event()

    def save() -> None:
        begun.wait()
        perform(second, enter_record, "contact", {"given_name": "Beside"})

    def write(done: int, _total: int) -> None:
        if done > WRITING:
            begun.set()

    other = Thread(target=save)
    other.start()
    take_in(store, register(tmp_path, 300), write)
    other.join()
    assert len(names(store, Contact)) == 301


@pytest.mark.parametrize("step", [0, 1, READ, READ + 1, 700, WRITING + 1, WHOLE])
def test_stopped_at_any_step_it_leaves_nothing(store: Store, tmp_path: Path, step: int) -> None:
    def stop(done: int, _total: int) -> None:
        if done >= step:
            raise StoppedError

    with pytest.raises(StoppedError):
        take_in(store, register(tmp_path, 1_200), stop)
    assert names(store, Contact) == names(store, Organisation) == set()
    assert answer(store, search_everything, "Người 7") == ()
    with store.reading() as work:
        assert verify(work.raw).problems == ()
    assert take_in(store, register(tmp_path, 10)).records["contact"] == 10


def test_how_far_it_is_grows_to_the_whole(store: Store, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    take_in(store, register(tmp_path, 1_100), lambda *step: steps.append(step))
    done = [each for each, _ in steps]
    assert done == sorted(done)
    assert (done[0], done[-1]) == (0, WHOLE)
    assert len(set(done)) > 9
    assert {total for _, total in steps} == {WHOLE}


def test_a_secret_in_a_file_is_refused_with_its_line(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("given_name,notes,tags\nAn,,\nBình,TUYỆT MẬT,\nChi,,TỐI MẬT\n", "utf-8")
    with pytest.raises(UnreadableFileError) as refused:
        take_in(store, file)
    assert [(each.line, each.field) for each in refused.value.problems] == [
        (3, "notes"), (4, "label")
    ]  # fmt: skip
    assert names(store, Contact) == set()


def test_who_may_not_enter_records_imports_none(store: Store, tmp_path: Path) -> None:
    auditor = Grant(
        staff_id=store.identity.owner, mission="TOK", role=Role.AUDITOR, serial=1,
        valid_from=date(2026, 1, 1), valid_to=date(2027, 12, 31),
    )  # fmt: skip
    owner = store.author
    store.author = replace(owner, grant=auditor)
    with pytest.raises(RefusedError):
        take_in(store, register(tmp_path, 3))
    store.author = owner
    assert take_in(store, register(tmp_path, 3)).records["contact"] == 3


def test_an_organisation_that_somebody_enters_meanwhile_is_not_made_twice(
    store: Store, second: Store, tmp_path: Path
) -> None:
    staged = stage_import(store, read_file(register(tmp_path, 3), run=here))
    made, _ = perform(second, enter_record, "organisation", {"name_vi": "Cơ quan 1"})
    result = keep_import(store, staged)
    assert dict(result.records) == {"contact": 3, "organisation": 2}
    with store.reading() as work:
        assert work.all(Organisation, name_vi="Cơ quan 1") == (made,)


def test_the_desk_stays_at_hand_while_a_file_is_made_ready(store: Store, tmp_path: Path) -> None:
    file = register(tmp_path, 40)
    office = Office(store)

    async def at_the_desk() -> ImportResult:
        going, may_go_on = Event(), Event()

        def wait(_done: int, _total: int) -> None:
            going.set()
            may_go_on.wait()

        async with asyncio.TaskGroup() as group:
            making_ready = partial(
                stage_import, candidates=read_file(file, run=here), going_on=wait
            )
            importing = group.create_task(office.aside(making_ready))
            await asyncio.to_thread(going.wait)
            await office.do(enter_record, "contact", {"given_name": "Meanwhile"})
            assert len(await office.ask(search_everything, "meanwhile")) == 1
            may_go_on.set()
        staged = importing.result()
        return await office.call(partial(keep_import, staged=staged))

    result = asyncio.run(at_the_desk())
    assert result.changes.records["contact"]
    assert len(names(store, Contact)) == 41
    office.close()


@pytest.mark.parametrize(
    "lines", ["UID:urn:uuid:6f1c", "EMAIL:Huong@Example.vn", "UID:7\nEMAIL:huong@example.vn"]
)
def test_the_same_card_twice_is_one_person(store: Store, tmp_path: Path, lines: str) -> None:
    assert take_in(store, card(tmp_path, lines)).records["contact"] == 1
    again = take_in(store, card(tmp_path, lines))
    assert (dict(again.records), dict(again.known)) == ({}, {"contact": 1})
    assert len(names(store, Contact)) == 1


def test_a_card_that_this_desk_wrote_is_its_own_contact(store: Store, tmp_path: Path) -> None:
    contact, _ = perform(store, enter_record, "contact", {"given_name": "Hường"})
    again = take_in(store, card(tmp_path, f"UID:urn:uuid:{contact.id}"))
    assert dict(again.known) == {"contact": 1}


def test_two_people_of_one_name_stay_two(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "cards.vcf"
    file.write_text(
        CARD.format(lines="EMAIL:a@example.vn")
        + CARD.format(lines="EMAIL:b@example.vn")
        + CARD.format(lines="TEL:1")
        + CARD.format(lines="EMAIL:A@example.vn"),
        "utf-8",
    )
    result = take_in(store, file)
    assert (result.records["contact"], dict(result.known)) == (3, {"contact": 1})


def test_a_person_in_the_trash_may_be_taken_in_again(store: Store, tmp_path: Path) -> None:
    take_in(store, card(tmp_path, "EMAIL:huong@example.vn"))
    with store.reading() as work:
        (contact,) = work.all(Contact)
    perform(store, trash, "contact", contact.id)
    assert take_in(store, card(tmp_path, "EMAIL:huong@example.vn")).records["contact"] == 1


def test_registers_taken_in_twice_bring_nothing_twice(store: Store, tmp_path: Path) -> None:
    bodies, papers = tmp_path / "bodies.csv", tmp_path / "papers.csv"
    bodies.write_text("name_en,country\nMinistry,JP\nMinistry,KR\n", "utf-8")
    papers.write_text("title_en,signed_on,country\nMoU,2020-01-02,JP\nMoU,2021-01-02,JP\n", "utf-8")
    for file, kind in ((bodies, "organisation"), (papers, "agreement")):
        assert dict(take_in(store, file).records) == {kind: 2}
        again = take_in(store, file)
        assert (dict(again.records), dict(again.known)) == ({}, {kind: 2})
