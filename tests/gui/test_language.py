"""Vietnamese and English switch while the window is open; nothing typed is lost."""

from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QTreeView

from embassy_desk.desktop.kit.qt_words import QtWords
from embassy_desk.settings.places import translations
from embassy_desk.texts import Words
from makers.desks import at_the_desk, enter, run_on_desk

VIETNAMESE = {
    "Contacts": "Đầu mối liên hệ",
    "Family name": "Họ",
    "Save": "Lưu",
    "&Undo": "&Hoàn tác",
    "Honorific": "Danh xưng",
    "Positions": "Chức vụ",
    "Details": "Chi tiết",
}


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """A small Vietnamese catalogue, so that the test does not hang on the translators."""
    words = Catalog(locale="vi")
    for english, vietnamese in VIETNAMESE.items():
        words.add(english, vietnamese)
    folder = tmp_path / "translations" / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "embassy_desk.mo").open("wb") as stream:
        write_mo(stream, words)
    return tmp_path / "translations"


def test_language_changes_while_the_window_is_open(folder: Path, catalogue: Path) -> None:
    enter(folder, "contact", {"family_name": "Đặng", "given_name": "Hường"})

    async def story() -> None:
        async with at_the_desk(folder, catalogue=catalogue) as person:
            await person.opens("Đặng Hường")
            person.type_into(person.field("alias"), "Chị Hường")
            assert "Family name" in person.texts
            person.frame.languages["vi"].trigger()
            assert {"Họ", "Chức vụ", "Đầu mối liên hệ"} <= set(person.texts)
            assert "Family name" not in person.texts
            assert person.find(QPushButton, "Lưu").text() == "Lưu"
            honorifics = person.field("honorific")
            shown = [honorifics.itemText(n) for n in range(honorifics.count())]  # type: ignore[attr-defined]
            assert "Ông" in shown
            assert person.field("alias").text() == "Chị Hường"  # type: ignore[attr-defined]
            assert person.field("alias").isVisible()
            person.frame.languages["en"].trigger()
            assert "Family name" in person.texts
            assert person.desk.page.record.is_edited

    run_on_desk(story)


def test_chosen_language_is_remembered(folder: Path, catalogue: Path) -> None:
    async def choose() -> None:
        async with at_the_desk(folder, catalogue=catalogue) as person:
            person.frame.languages["vi"].trigger()

    async def come_back() -> None:
        async with at_the_desk(folder, language="", catalogue=catalogue) as person:
            assert person.frame.phrases.words.language == "vi"

    run_on_desk(choose)
    run_on_desk(come_back)


def test_words_of_qt_itself_are_translated(qapp: object, catalogue: Path) -> None:
    qt_words = QtWords(QCoreApplication.instance())
    qt_words.speak(Words("vi", catalogue))
    try:
        assert QCoreApplication.translate("QWidgetTextControl", "&Undo") == "&Hoàn tác"
        assert QCoreApplication.translate("QWidgetTextControl", "Not known") == "Not known"
        assert QLocale().language() is QLocale.Language.Vietnamese
    finally:
        qt_words.speak(Words("en"))
    assert QCoreApplication.translate("QWidgetTextControl", "&Undo") == "&Undo"


def test_dialog_of_files_speaks_vietnamese(qapp: QApplication) -> None:
    speaking = QtWords(qapp)
    speaking.speak(Words("vi", translations()))
    try:
        dialog = QFileDialog()
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        shown = [each.text() for each in dialog.findChildren(QLabel) if each.text()]
        assert shown == ["&Tìm trong:", "Tê&n tệp:", "&Loại tệp:"]
        (columns,) = (each.model() for each in dialog.findChildren(QTreeView))
        heads = [columns.headerData(at, Qt.Orientation.Horizontal) for at in range(4)]
        assert heads == ["Tên", "Dung lượng", "Loại", "Ngày sửa"]
        dialog.deleteLater()
    finally:
        speaking.speak(Words("en"))
