"""Theme, notices, icons, plain words, and the keeper of tasks."""

import asyncio
import logging
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton

from embassy_desk.desktop.kit.colours import DARK, LIGHT
from embassy_desk.desktop.kit.icons import Icons
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.notice import Notice, Weight
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import (
    named,
    plain_label,
    safe_tooltip,
    tip,
    tool_button,
    without_mnemonic,
)
from embassy_desk.desktop.kit.theme import FONT_FAMILY, Theme, ThemeChoice
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.desktop.shell.notices import NoticeBar
from embassy_desk.domain.errors import ConflictError, RefusedError, StoreError
from embassy_desk.settings.person import SettingsFile
from embassy_desk.settings.places import resources
from embassy_desk.texts import N_, Words
from makers.desks import at_the_desk, enter, run_on_desk

EVIL = "<b>x</b> <img src='file:///etc/passwd'> & more"


def test_label_shows_markup_as_text(qtbot: Any) -> None:
    label = plain_label()
    qtbot.addWidget(label)
    label.setText(EVIL)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == EVIL


def test_tooltip_shows_markup_as_text(qtbot: Any) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    tip(Phrases(Words("en")), button, EVIL)
    assert "<img" not in button.toolTip()
    assert "&lt;img" in button.toolTip()
    assert safe_tooltip("") == ""
    assert safe_tooltip("one\ntwo") == "<qt>one<br>two</qt>"


def test_ampersand_of_a_record_is_no_shortcut() -> None:
    assert without_mnemonic("R&D") == "R&&D"


def test_texts_follow_the_language(qtbot: Any, tmp_path: Path) -> None:
    phrases = Phrases(Words("en"))
    label = plain_label()
    qtbot.addWidget(label)
    phrases.show(label.setText, N_("{count} day", "{count} days", count=1))
    assert label.text() == "1 day"
    phrases.show(label.setText, N_("{count} day", "{count} days", count=3))
    phrases.retranslate(Words("en"))
    assert label.text() == "3 days"


def test_button_with_an_icon_alone_is_named_and_explained(qtbot: Any) -> None:
    icons = Icons(resources() / "icons")
    made = tool_button(Phrases(Words("en")), N_("Open this record"), icons.icon("open"))
    qtbot.addWidget(made)
    assert made.accessibleName() == "Open this record"
    assert "Open this record" in made.toolTip()
    assert not made.icon().isNull()


def test_icons_take_the_colour_of_the_theme(qtbot: Any) -> None:
    icons = Icons(resources() / "icons")
    button = QToolButton()
    qtbot.addWidget(button)
    icons.show(button, "add")
    before = button.icon().pixmap(40, 40).toImage()
    icons.recolour("#ff0000")
    after = button.icon().pixmap(40, 40).toImage()
    assert before != after
    colours = {
        after.pixelColor(x, y).name()
        for x in range(after.width())
        for y in range(after.height())
        if after.pixelColor(x, y).alpha() > 200
    }
    assert colours == {"#ff0000"}


def test_theme_is_light_or_dark_as_it_is_chosen(qapp: QApplication) -> None:
    theme = Theme(qapp, resources())
    seen = []
    theme.listen(seen.append)
    theme.choose(ThemeChoice.DARK)
    window = qapp.palette().color(QPalette.ColorRole.Window).name()
    assert window == DARK.window
    theme.choose(ThemeChoice.LIGHT)
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == LIGHT.window
    assert seen[-2:] == [DARK, LIGHT]
    assert qapp.font().family() == FONT_FAMILY
    theme.deleteLater()


def test_notice_stays_until_it_is_closed_unless_all_is_well(qtbot: Any) -> None:
    bar = NoticeBar(Words("en"))
    qtbot.addWidget(bar)
    bar.tell(Notice(N_("Saved."), can_undo=True))
    assert bar.text == "Saved."
    assert bar._timer.isActive()
    assert not bar.undo.isHidden()
    bar.tell(Notice(N_("No."), Weight.CAUTION, (N_("Because."),)))
    assert not bar._timer.isActive()
    assert bar.undo.isHidden()
    assert "Because." in [label.text() for label in bar.findChildren(QLabel)]
    bar.close_button.click()
    assert bar.text == ""


def test_frame_shows_the_banner_of_demonstration_data(qtbot: Any) -> None:
    demo, real = Frame(Words("en"), is_demo=True), Frame(Words("en"), is_demo=False)
    for frame in (demo, real):
        qtbot.addWidget(frame)
    assert not demo._banner.isHidden()
    assert real._banner.isHidden()
    for frame in (demo, real):
        frame.let_close()


def test_widget_is_named_for_screen_readers(qtbot: Any) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    named(Phrases(Words("en")), button, N_("Search everything"))
    assert button.accessibleName() == "Search everything"


async def test_error_of_ours_becomes_a_notice() -> None:
    told: list[Notice] = []
    keeper = Keeper(told.append)

    async def refuse() -> None:
        raise RefusedError(N_("Not yet."), (N_("A date is missing."),))

    async def fail() -> None:
        raise StoreError(N_("The disk is full."))

    async def clash() -> None:
        raise ConflictError(N_("Changed since."))

    for work in (refuse, fail, clash):
        keeper.start(work(), name=work.__name__)
        await keeper.quiet()
    assert [str(each.text) for each in told] == ["Not yet.", "The disk is full.", "Changed since."]
    assert [str(each) for each in told[0].details] == ["A date is missing."]
    assert told[1].weight is Weight.TROUBLE


async def test_bug_gets_an_incident_number(caplog: pytest.LogCaptureFixture) -> None:
    told: list[Notice] = []
    keeper = Keeper(told.append)

    async def fail() -> None:
        raise LookupError("planted")

    with caplog.at_level(logging.CRITICAL):
        keeper.start(fail(), name="planted")
        await keeper.quiet()
    (notice,) = told
    incident = notice.text.values["incident"]
    assert f"incident {incident}" in caplog.text
    assert "planted" not in str(notice.text)


async def test_running_tasks_are_named_and_cancelled() -> None:
    keeper = Keeper(lambda _: None)
    ended = asyncio.Event()

    async def wait() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    keeper.start(wait(), name="waiting")
    await asyncio.sleep(0)
    assert keeper.names == ("waiting",)
    await keeper.close()
    assert ended.is_set()
    assert keeper.names == ()


def test_theme_is_chosen_from_the_menu_and_remembered(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.frame.themes["dark"].trigger()
            palette = QApplication.palette()
            assert palette.color(QPalette.ColorRole.Window).name() == DARK.window
            person.frame.themes["light"].trigger()
            person.frame.themes["dark"].trigger()

    run_on_desk(story)
    assert SettingsFile(folder).current.theme is ThemeChoice.DARK


def test_an_icon_on_a_label_follows_the_theme(qapp: QApplication) -> None:
    icons = Icons(resources() / "icons")
    label = QLabel()
    icons.show_on_label(label, "search", 18)
    before = label.pixmap().toImage()
    icons.recolour("#ffffff")
    after = label.pixmap().toImage()
    assert before != after
    assert after.size() == before.size()


def test_a_narrow_window_cuts_neither_buttons_of_the_record_nor_names_of_sections(
    folder: Path,
) -> None:
    values = {"title_vi": "Hiệp định", "title_en": "Treaty", "form": "treaty"}
    enter(folder, "agreement", values)

    async def story() -> None:
        async with at_the_desk(folder, language="vi") as person:
            person.frame.showNormal()
            person.frame.resize(1007, 500)
            person.desk.page.sections.choose("agreement")
            await person.sees(lambda: person.desk.going.kind == "agreement", "the list")
            await person.opens("Hiệp định")
            person.type_into(person.field("short_title"), "Ngắn")
            await person.rests()
            header, right = person.desk.page.record.header, person.frame.width()
            for each in (header.revert, header.save):
                assert each.isVisible()
                edge = each.mapTo(person.frame, each.rect().topRight()).x()
                assert edge < right, (each.text(), edge, right)
                assert each.width() >= each.sizeHint().width()
            sections = person.desk.page.sections
            assert sections.verticalScrollBar().isVisible()
            room = sections.viewport().width()
            for at in range(sections.count()):
                words = sections.fontMetrics().horizontalAdvance(sections.item(at).text())
                assert words + 20 <= room, sections.item(at).text()

    run_on_desk(story)
