"""Files of a record: added, opened as a copy, saved elsewhere, removed."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from embassy_desk.desktop.attachments.screen import DocumentsPane
from makers.desks import Person, at_the_desk, enter, run_on_desk
from makers.dialogs import choose_file

HUONG = {"family_name": "Đặng", "middle_name": "Thị", "given_name": "Hường"}
NAME = "Đặng Thị Hường"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A small text."""
    path = tmp_path / "Công hàm.txt"
    path.write_text("Kính gửi", encoding="utf-8")
    return path


async def documents(person: Person) -> DocumentsPane:
    """Open the contact's documents."""
    await person.opens(NAME)
    person.desk.page.record.tabs.show_tab("documents")
    await person.rests()
    return person.desk.page.record.tabs.documents


def names(pane: DocumentsPane) -> list[str]:
    """Return the names that the list shows."""
    items = [pane.table.item(row, 0) for row in range(pane.table.rowCount())]
    return [each.text() for each in items if each is not None]


def carrying(*paths: Path) -> QMimeData:
    """Return what is carried when files are dragged or copied."""
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(each)) for each in paths])
    return carried


def test_file_is_added_opened_saved_elsewhere_and_removed(
    folder: Path, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(folder, "contact", HUONG)
    opened: list[Path] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile()))
    )
    target, size = tmp_path / "copy.txt", file.stat().st_size

    async def story() -> None:
        async with at_the_desk(folder) as person:
            pane = await documents(person)
            person.click(person.find(QPushButton, "Add files …"))
            await choose_file(person, file)
            await person.sees(lambda: names(pane) == [file.name], "the file")
            assert person.frame.notices.text == f"“{file.name}” was added."
            pane.table.selectRow(0)
            QTest.keyClick(pane.table, Qt.Key.Key_Return)
            await person.sees(lambda: opened, "the copy")
            assert opened[0].stat().st_size == size
            assert opened[0].is_relative_to(folder)
            person.click(person.find(QPushButton, "Save as …"))
            await choose_file(person, target)
            await person.sees(target.exists, "the saved file")
            await person.rests()
            QTest.keyClick(pane.table, Qt.Key.Key_Delete)
            await person.sees(lambda: names(pane) == [], "an empty list")

    run_on_desk(story)
    assert target.read_bytes() == file.read_bytes()
    assert not opened[0].exists()


def test_files_are_dropped_and_pasted(folder: Path, file: Path) -> None:
    enter(folder, "contact", HUONG)
    other = file.with_name("Ảnh.png")
    other.write_bytes(b"\x89PNG")

    async def story() -> None:
        async with at_the_desk(folder) as person:
            pane = await documents(person)
            carried, copy = carrying(file), Qt.DropAction.CopyAction
            button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
            entering = QDragEnterEvent(QPoint(5, 5), copy, carried, button, none)
            QApplication.sendEvent(pane, entering)
            assert entering.isAccepted()
            QApplication.sendEvent(pane, QDropEvent(QPointF(5, 5), copy, carried, button, none))
            await person.sees(lambda: names(pane) == [file.name], "the dropped file")
            QApplication.clipboard().setMimeData(carrying(other, file))
            pane.table.setFocus()
            QTest.keyClick(pane.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
            await person.sees(lambda: len(names(pane)) == 3, "the pasted files")
            versions = [pane.table.item(row, 1).text() for row in range(3)]  # type: ignore[union-attr]
            found = sorted(zip(names(pane), versions, strict=True))
            assert found == [(file.name, "1"), (file.name, "2"), (other.name, "1")]

    run_on_desk(story)


def test_a_folder_and_what_is_typed_meanwhile_do_no_harm(folder: Path, tmp_path: Path) -> None:
    enter(folder, "contact", HUONG)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens(NAME)
            person.type_into(person.field("alias"), "Chị Hường")
            person.desk.page.record.tabs.show_tab("documents")
            pane = person.desk.page.record.tabs.documents
            pane.add_asked.emit([tmp_path])
            await person.sees(lambda: "is no file" in person.frame.notices.text, "the reason")
            assert person.desk.page.record.is_edited

    run_on_desk(story)


def test_a_file_that_mentions_secrecy_is_added_with_a_warning_beside_it(
    folder: Path, tmp_path: Path
) -> None:
    enter(folder, "contact", {"family_name": "Đặng", "given_name": "Hường"})
    file = tmp_path / "luat bi mat.txt"
    file.write_text("Luật Bảo vệ bí mật nhà nước, bản phổ biến", encoding="utf-8")

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens("Đặng Hường")
            person.desk.page.record.tabs.documents.add_asked.emit([file])
            warning = "This mentions “bí mật nhà nước”."
            await person.sees(
                lambda: any(each.startswith(warning) for each in person.texts), "a warning"
            )
            assert person.frame.notices.undo.isVisible()

    run_on_desk(story)
