"""Two desks and one headquarters on this machine: enrolled, exchanged, decided at the windows."""

import asyncio
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QPushButton

from embassy_desk.application.attachments import attach
from embassy_desk.application.exchanging import road_to, synchronise
from embassy_desk.application.file_pace import carriage_of
from embassy_desk.application.office import answer, perform
from embassy_desk.application.profile import create_profile, open_profile
from embassy_desk.application.records import change_record, enter_record, trash
from embassy_desk.desktop.exchange import courier
from embassy_desk.desktop.kit.fields import FieldBox
from embassy_desk.domain.agreement import Agreement
from embassy_desk.domain.catalogue import kind_of
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.entity import Record
from embassy_desk.sealing.derivation import FLOOR
from embassy_desk.settings.wiping import UNSENT_FILE
from embassy_desk.store.contents import Content, unsent_contents
from embassy_desk.transport.road import RoadTimes
from makers.desks import PASSPHRASE, Person, at_the_desk, clock, run_on_desk
from makers.enrolling import enrols, exchanges, free_port, goes_to, node_of, serving, standing
from makers.services import ServiceProcess, make_service

LAPTOP_PX = (1366, 768)
GONE = "Headquarters has closed this device out"


@pytest.fixture
def service(tmp_path: Path) -> Iterator[ServiceProcess]:
    """A headquarters with TLS of its own, without open questions of other tests."""
    with serving(tmp_path / "hq") as made:
        yield made


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courier, "SOON_MS", 50)


def made_desk(folder: Path, person: str) -> Path:
    profile = create_profile(
        folder, PASSPHRASE, clock, mission="TOK", person=person, parameters=FLOOR
    )
    profile.close()
    return folder


@pytest.fixture
def anna(qapp: QApplication, tmp_path: Path) -> Path:
    return made_desk(tmp_path / "anna", "Lê Anna")


@pytest.fixture
def binh(qapp: QApplication, tmp_path: Path) -> Path:
    return made_desk(tmp_path / "binh", "Trần Bình")


def entered(folder: Path, kind: str = "contact", **values: object) -> Record:
    profile = open_profile(folder, PASSPHRASE, clock)
    with profile.store.work() as work:
        record = enter_record(work, kind, values)
        work.commit()
    profile.close()
    return record


def written_elsewhere(folder: Path, record: Record, **values: object) -> Record:
    """Change a record at a desk whose window is closed, exchange, and return it as it is then."""
    profile = open_profile(folder, PASSPHRASE, clock)
    if values:
        perform(profile.store, change_record, kind_of(record).name, record.id, values)
    with answer(profile.store, road_to, RoadTimes(clock)) as road:
        synchronise(profile.store, road)
    with profile.store.reading() as work:
        found = work.get(type(record), record.id)
    profile.close()
    return found


async def assert_question(person: Person, heading: str, sides: list[str]) -> None:
    """Choose a question, and check what stands in force and what does not."""
    lines = person.find(QListView, "Questions")
    model = lines.model()
    (line,) = [
        index
        for index in (model.index(row, 0) for row in range(model.rowCount()))
        if heading in str(index.data())
    ]
    lines.setCurrentIndex(line)
    await person.rests()
    assert [person.find(QLabel, f"side-{each}").text() for each in ("kept", "other")] == sides
    keep_picture(person, f"question-{sides[1].rstrip('.')}")


def keep_picture(person: Person, name: str) -> None:
    """Keep pictures of the window in both languages, where somebody wants to look at them."""
    if folder := os.environ.get("EMBASSY_DESK_PICTURES"):
        person.frame.resize(*LAPTOP_PX)
        for theme, language in (("dark", "vi"), ("light", "en")):
            person.frame.themes[theme].trigger()
            person.frame.languages[language].trigger()
            QApplication.sendPostedEvents()  # layouts follow new texts with the next event
            assert person.frame.grab().save(str(Path(folder, f"{name}-{theme}.png")))


def notes_box(person: Person) -> FieldBox:
    form = person.desk.page.record.form
    assert form is not None
    return form.fields.boxes["notes"]


def enrol_desk(folder: Path, service: ServiceProcess) -> None:
    """Open a desk, enrol it and close it."""

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await enrols(person, service)

    run_on_desk(story)


def attached(folder: Path, content: bytes) -> None:
    """Attach a file to a new record of a desk whose window is closed."""
    path = folder.with_suffix(".txt")
    path.write_bytes(content)
    record = entered(folder, "agreement", title_vi="Bản ghi nhớ")
    profile = open_profile(folder, PASSPHRASE, clock)
    perform(profile.store, attach, profile.store, record, path)
    profile.close()


def unsent(person: Person) -> list[Content]:
    """Return the contents of files that headquarters lacks."""
    with person.desk.office.store.reading() as work:
        return unsent_contents(work.raw, 1, most=9)


async def assert_limit_is_kept(person: Person) -> None:
    """Type how much of the line files may take, first too little, then enough."""
    line = person.find(QLineEdit, "Files may take at most … kbit/s (empty: all of the line)")
    person.type_into(line, "5")
    person.press("Return")
    await person.sees(lambda: "At least 8 kbit/s." in person.texts, "that it is too little")
    person.type_into(line, "2000")
    person.press("Return")
    await person.rests()
    with person.desk.office.store.reading() as work:
        assert carriage_of(work).most_bytes_per_s == 250_000


def test_a_desk_is_enrolled_at_the_window_and_what_is_saved_goes_by_itself(
    anna: Path, service: ServiceProcess
) -> None:
    attached(anna, b"a file of a record")

    async def story() -> None:
        async with at_the_desk(anna) as person:
            assert "on this computer only" in standing(person)
            await enrols(person, service)
            assert "all at headquarters" in standing(person)
            words = person.find(QLabel, "fact-words").text()
            known = service.run("devices", "--json")
            (device,) = [each for each in known if each["id"] == node_of(person)]
            assert device["words"] == words
            await person.sees(lambda: not unsent(person), "that the file went")
            await assert_limit_is_kept(person)
            await goes_to(person, "contact")
            person.press("Ctrl+N")
            await person.sees(lambda: person.desk.page.record.form, "an empty form")
            person.type_into(person.field("given_name"), "Hoa")
            person.press("Ctrl+S")
            await person.sees(lambda: "changes waiting" in standing(person), "what waits")
            await person.sees(lambda: "all at headquarters" in standing(person), "that it went")

    run_on_desk(story)


def test_a_wrong_code_is_told_beside_the_line(anna: Path) -> None:
    async def story() -> None:
        async with at_the_desk(anna, section="headquarters") as person:
            person.type_into(person.find(QLineEdit, "Enrolment code"), "hq.example.org+ABC")
            person.click(person.find(QPushButton, "enrol"))
            await person.sees(lambda: "This is not an enrolment code." in person.texts, "why")

    run_on_desk(story)


def test_what_two_people_wrote_differently_is_decided_at_the_window(
    anna: Path, binh: Path, service: ServiceProcess
) -> None:
    contact = entered(anna, given_name="Lan", notes="before")

    async def story() -> None:
        async with at_the_desk(binh) as person:
            await enrols(person, service)
            await goes_to(person, "contact")
            await person.opens("Lan")
            person.type_into(person.field("notes"), "his")
            await asyncio.to_thread(written_elsewhere, anna, contact, notes="hers")
            await exchanges(person)  # hers is here, but not on the page that he types in
            assert notes_box(person).editor.typed() == "his"
            person.press("Ctrl+S")
            await person.sees(lambda: "needs your decision" in standing(person), "a question")
            await person.sees(lambda: notes_box(person).remark, "a remark at the field")
            assert {"hers", "his"} & set(notes_box(person).remark.split("”")[0].split("“"))
            await goes_to(person, "conflict")
            sides = {person.find(QLabel, f"side-{each}").text() for each in ("kept", "other")}
            assert sides == {"hers", "his"}
            wanted.append(person.find(QLabel, "side-other").text())
            person.press("Alt+2")
            await person.sees(lambda: "all at headquarters" in standing(person), "it was sent")

    wanted: list[str] = []
    enrol_desk(anna, service)
    run_on_desk(story)
    assert written_elsewhere(anna, contact).notes == wanted[0]  # type: ignore[attr-defined]


def test_different_fields_meet_a_deletion_asks_and_law_waits_at_the_windows(
    anna: Path, binh: Path, service: ServiceProcess
) -> None:
    lan = entered(anna, given_name="Lan")
    hoa = entered(anna, given_name="Hoa")
    law = entered(anna, "agreement", title_vi="Bản ghi nhớ", form="mou", notice_months=3)

    async def story() -> None:
        async with at_the_desk(binh) as person:
            await enrols(person, service)
            do = person.desk.office.do
            await asyncio.to_thread(written_elsewhere, anna, lan, notes="her notes")
            await asyncio.to_thread(written_elsewhere, anna, hoa, notes="still needed")
            await asyncio.to_thread(written_elsewhere, anna, law, notice_months=6)
            await do(change_record, "contact", lan.id, {"source": "his source"})
            await do(trash, "contact", hoa.id)
            await do(change_record, "agreement", law.id, {"notice_months": 12})
            await person.sees(lambda: "decision (2)" in standing(person), "two questions")

            await goes_to(person, "contact")
            await person.opens("Lan")
            await person.sees(lambda: notes_box(person).editor.typed() == "her notes", "her notes")
            keep_picture(person, "different-fields")
            await goes_to(person, "conflict")
            await assert_question(person, "Hoa", ["Changed; it is in use.", "Deleted."])
            await assert_question(person, "Bản ghi nhớ", ["6", "12"])
            assert any("head of mission or headquarters" in each for each in person.texts)

    enrol_desk(anna, service)
    run_on_desk(story)
    at_anna = [written_elsewhere(anna, each) for each in (lan, hoa, law)]
    assert not at_anna[1].is_trashed
    assert next((each.notes, each.source) for each in at_anna if isinstance(each, Contact)) == (
        "her notes",
        "his source",
    )
    assert [each.notice_months for each in at_anna if isinstance(each, Agreement)] == [6]


def test_without_headquarters_work_goes_on_and_the_bar_says_so(anna: Path, tmp_path: Path) -> None:
    address = f"127.0.0.1:{free_port()}"
    alone = make_service(tmp_path / "hq", "--address", address)
    alone.start("--port", address.rpartition(":")[2])

    async def story() -> None:
        async with at_the_desk(anna) as person:
            await enrols(person, alone)
            alone.kill()
            await goes_to(person, "contact")
            person.press("Ctrl+N")
            await person.sees(lambda: person.desk.page.record.form, "an empty form")
            person.type_into(person.field("given_name"), "Hoa")
            person.press("Ctrl+S")
            await person.sees(lambda: person.title == "Hoa", "what was saved")
            await person.sees(lambda: "working offline, changes" in standing(person), "offline")
            await goes_to(person, "headquarters")
            lines = person.find(QListView, "outbox").model()
            assert [str(lines.index(row, 0).data()) for row in range(lines.rowCount())] == ["Hoa"]
            assert "cannot be reached" in person.find(QLabel, "outbox-sum").text()
            keep_picture(person, "outbox")

    run_on_desk(story)


def test_a_device_that_was_closed_out_hears_it(anna: Path, service: ServiceProcess) -> None:
    async def story() -> None:
        async with at_the_desk(anna) as person:
            await enrols(person, service)
            service.run("devices", "revoke", node_of(person), "--json")
            await exchanges(person)
            assert GONE in person.frame.notices.text
            assert "closed this device out" in standing(person)
            await goes_to(person, "headquarters")
            assert any(GONE in each for each in person.texts)

    run_on_desk(story)


def test_a_wipe_order_is_carried_out_and_what_was_unsent_is_sealed(
    anna: Path, service: ServiceProcess
) -> None:
    async def story() -> None:
        async with at_the_desk(anna) as person:
            await enrols(person, service)
            key = service.home / "offline" / "order.key"
            service.run("devices", "revoke", node_of(person), "--order-key", str(key), "--json")
            await goes_to(person, "contact")
            person.press("Ctrl+N")
            await person.sees(lambda: person.desk.page.record.form, "an empty form")
            person.type_into(person.field("given_name"), "Never sent")
            person.press("Ctrl+S")
            await person.sees(lambda: "This desk was wiped" in person.texts, "that it is gone")

    entered(anna, given_name="Hoa")
    run_on_desk(story)
    assert {each.name for each in anna.iterdir()} == {UNSENT_FILE}
    shutil.rmtree(anna)
