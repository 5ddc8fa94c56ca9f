"""One contact leaves the desk as a file or on the mouse, and an e-mail dropped on it comes in."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from embassy_desk.application.attachments import attachments_of
from embassy_desk.desktop.card_dragging import CARD_TYPE
from embassy_desk.desktop.lists.dragging import LinesDragged
from embassy_desk.domain.engagement import Engagement
from embassy_desk.domain.export import Export
from makers.desks import at_the_desk, enter, opened_store, run_on_desk
from makers.dialogs import choose_file, choose_form

MAILS = Path(__file__).parents[1] / "files" / "mails"
BINH = {"family_name": "Trần", "given_name": "Bình"}
NAME = "Trần Bình"


def exports(folder: Path) -> list[tuple[str, str, int]]:
    with opened_store(folder) as store, store.reading() as work:
        return [(each.taken_kind, each.file_form, each.record_count) for each in work.all(Export)]


def test_the_open_record_is_written_as_a_card_of_the_version_that_was_chosen(
    folder: Path, tmp_path: Path
) -> None:
    enter(folder, "contact", BINH, {"given_name": "Khác"})
    target = tmp_path / f"{NAME}.vcf"

    async def story() -> None:
        async with at_the_desk(folder) as person:
            act = person.desk.menus.acts["export_record"]
            assert not act.isEnabled()
            await person.opens(NAME)
            act.trigger()
            await choose_form(person, "Visiting cards, vCard 4.0")
            await choose_file(person, target)
            await person.rests()
            told = f"The record was written to “{NAME}.vcf”."
            await person.sees(lambda: person.frame.notices.text == told, "the notice")

    run_on_desk(story)
    card = target.read_text("utf-8")
    assert card.count("BEGIN:VCARD") == card.count("VERSION:4.0") == card.count("FN:Trần Bình") == 1
    assert exports(folder) == [("contact", "vcf", 1)]


def test_contacts_are_dragged_out_as_cards_with_a_file_each_and_written_down(folder: Path) -> None:
    enter(folder, "contact", BINH, {"given_name": "An"})

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.desk.lists.choose(((0, 1),))
            carried = await person.desk.dragging.carried()
            text = bytes(carried.data(CARD_TYPE).data()).decode()
            assert text.count("BEGIN:VCARD") == 2
            files = [Path(each.toLocalFile()) for each in carried.urls()]
            assert sorted(each.name for each in files) == ["An.vcf", "Trần Bình.vcf"]
            assert all(each.read_bytes().count(b"BEGIN:VCARD") == 1 for each in files)
            person.desk.document_acts.wipe()
            assert not any(each.exists() for each in files)
            await person.rests()

    run_on_desk(story)
    assert exports(folder) == [("contact", "vcf", 2)]


def test_only_a_line_that_was_chosen_before_is_dragged(folder: Path) -> None:
    enter(folder, "contact", BINH, {"given_name": "An"})

    async def story() -> None:
        async with at_the_desk(folder) as person:
            table = person.desk.page.list.table
            begun: list[bool] = []
            (watching,) = table.findChildren(LinesDragged)
            watching.begun.connect(lambda: begun.append(True))
            await person.sees(lambda: table.model().rowCount() == 2, "two lines")
            place = table.visualRect(table.model().index(0, 0)).center()
            away = place + QPoint(QApplication.startDragDistance() + 4, 0)
            for expected in (0, 1):
                QTest.mousePress(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
                QTest.mouseMove(table.viewport(), away)
                QTest.mouseRelease(table.viewport(), Qt.MouseButton.LeftButton, pos=away)
                assert len(begun) == expected
                await person.rests()

    run_on_desk(story)


def test_a_mail_dropped_on_a_contact_becomes_an_engagement(folder: Path) -> None:
    enter(folder, "contact", BINH)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            page = person.desk.page.record
            carried = QMimeData()
            carried.setUrls([QUrl.fromLocalFile(str(MAILS / "forwarded.eml"))])
            copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
            button = Qt.MouseButton.LeftButton
            entering = QDragEnterEvent(QPoint(5, 5), copy, carried, button, none)
            QApplication.sendEvent(page, entering)
            assert entering.isAccepted()
            QApplication.sendEvent(page, QDropEvent(QPointF(5, 5), copy, carried, button, none))
            told = "“Về dự thảo bản ghi nhớ” was entered as an engagement, with 2 files."
            await person.sees(lambda: person.frame.notices.text == told, "the notice")

    run_on_desk(story)
    with opened_store(folder) as store, store.reading() as work:
        (found,) = work.all(Engagement)
        assert len(attachments_of(work, found)) == 2


def test_a_mail_is_chosen_from_the_menu_and_one_that_is_none_is_refused_in_words(
    folder: Path, tmp_path: Path
) -> None:
    enter(folder, "contact", BINH)
    wrong = tmp_path / "wrong.eml"
    wrong.write_bytes(b"nothing")

    async def story() -> None:
        async with at_the_desk(folder) as person:
            act = person.desk.menus.acts["take_mail"]
            assert not act.isEnabled()
            await person.opens(NAME)
            act.trigger()
            await choose_file(person, wrong)
            await person.rests()
            said = "This is no e-mail, or it is damaged."
            await person.sees(lambda: said in person.frame.notices.text, "why not")
            act.trigger()
            await choose_file(person, MAILS / "outlook-html.eml")
            await person.rests()
            told = "“Hẹn gặp” was entered as an engagement, with 0 files."
            await person.sees(lambda: person.frame.notices.text == told, "the notice")

    run_on_desk(story)
