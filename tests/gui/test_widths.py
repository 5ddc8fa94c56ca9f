"""The window may be made as narrow as half of a wide screen, whatever page was shown."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QPushButton, QWidget

from embassy_desk.desktop.kit.elided import ElidedLabel
from embassy_desk.desktop.kit.flow import FlowLayout
from embassy_desk.desktop.kit.told_table import PADDING_PX, ToldTable
from embassy_desk.desktop.plans import DAILY_KINDS
from embassy_desk.desktop.shell.page_plans import PAGE_PLANS
from embassy_desk.settings.person import TextSize
from embassy_desk.settings.places import translations
from makers.desks import at_the_desk, at_the_window, enter, run_on_desk

MOST_PX = 1000
LOW_PX, MOST_WIDE_PX = 740, 1366


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_page_needs_more_than_a_thousand_pixels(folder: Path, language: str) -> None:
    enter(folder, "contact", {"family_name": "Đặng", "given_name": "Hường"})

    async def story() -> None:
        catalogue = translations() if language == "vi" else None
        async with at_the_desk(folder, language=language, catalogue=catalogue) as person:
            person.frame.showNormal()
            needed = {}
            for name in (*PAGE_PLANS, *DAILY_KINDS):
                person.desk.page.sections.choose(name)
                await person.sees(lambda name=name: person.desk.going.section == name, name)
                await person.rests()
                needed[name] = person.frame.minimumSizeHint().width()
            person.frame.resize(MOST_PX, 700)
            assert person.frame.width() == MOST_PX
            assert {name: px for name, px in needed.items() if px > MOST_PX} == {}

    run_on_desk(story)


def test_the_page_of_reports_fits_a_low_screen_in_the_largest_text(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder, section="home") as person:
            settings = person.door.following.settings
            settings.change(text_size=TextSize.LARGEST)
            person.desk.page.sections.choose("reports")
            await person.sees(lambda: person.desk.going.section == "reports", "the reports")
            await person.rests()
            needed = person.frame.minimumSizeHint()
            settings.change(text_size=TextSize.NORMAL)
            assert needed.height() <= LOW_PX
            assert needed.width() <= MOST_WIDE_PX

    run_on_desk(story)


def places(layout: FlowLayout, width: int) -> list[tuple[int, int]]:
    """Return where each item of a flow stands in a place of a width, as left edge and line."""
    layout.setGeometry(QRect(0, 0, width, 200))
    found = [layout.itemAt(at) for at in range(layout.count())]
    return [(each.geometry().x(), each.geometry().y()) for each in found if each is not None]


def test_the_last_of_a_flow_stand_at_the_right_while_one_line_holds_all(qtbot: object) -> None:
    place = QWidget()
    flow = FlowLayout(place, spacing_px=10, at_right=1)
    for _ in range(3):
        made = QPushButton()
        made.setFixedSize(100, 30)
        flow.addWidget(made)
    assert places(flow, 500) == [(0, 0), (110, 0), (400, 0)]
    assert places(flow, 320) == [(0, 0), (110, 0), (220, 0)]
    assert places(flow, 250) == [(0, 0), (110, 0), (0, 40)]
    assert flow.heightForWidth(250) == 70


def test_the_wide_one_of_a_flow_takes_the_rest_of_its_line(qtbot: object) -> None:
    place = QWidget()
    flow = FlowLayout(place, spacing_px=10, wide=0)
    for width in (200, 100, 100):
        made = QPushButton()
        made.setMinimumSize(width, 30)
        flow.addWidget(made)
    hints = [flow.itemAt(at).sizeHint().width() for at in range(3)]  # type: ignore[union-attr]
    assert places(flow, 600) == [(0, 0), (600 - hints[2] - 10 - hints[1], 0), (600 - hints[2], 0)]
    narrow = hints[0] + hints[1] + 40
    places(flow, narrow)
    first = flow.itemAt(0)
    assert first is not None
    assert first.geometry().width() == narrow - 10 - hints[1]


def test_a_low_label_stands_in_the_middle_beside_a_high_button(qtbot: object) -> None:
    place = QWidget()
    flow = FlowLayout(place, spacing_px=10)
    for height in (30, 12):
        made = QPushButton()
        made.setFixedSize(100, height)
        flow.addWidget(made)
    assert places(flow, 500) == [(0, 0), (110, 9)]


def test_a_label_without_room_keeps_the_whole_text_for_tip_and_screen_reader(qtbot: object) -> None:
    label = ElidedLabel("small")
    label.setText("Đại sứ quán Việt Nam tại Vương quốc Anh và Bắc Ireland")
    whole = label.sizeHint().width()
    assert label.minimumSizeHint().width() < whole / 3
    label.resize(whole // 2, 30)
    assert not label.grab().isNull()
    assert label.text() in label.toolTip()
    label.resize(whole, 30)
    plain = QPixmap(label.size())
    plain.fill(Qt.GlobalColor.transparent)
    assert label.grab().toImage() != plain.toImage()


def test_rows_of_sentences_are_as_high_as_their_words_in_the_room_they_have(folder: Path) -> None:
    sentence = "Đã thêm: Chính “Có”; Loại “Cơ quan”; Số “+84 24 0000 1776” "
    too_low: list[int] = []

    async def story() -> None:
        async with at_the_window(folder) as person:  # in the style sheet of the window
            await person.sees(person.frame.isVisible, "the window")
            table = ToldTable(2)
            table.resize(420, 900)
            table.show_rows([("một", sentence * many) for many in range(1, 9)])
            table.show()
            for row in range(table.rowCount()):
                item = table.item(row, 1)
                room = QRect(0, 0, table.visualItemRect(item).width() - 2 * PADDING_PX - 6, 9000)
                flags = int(Qt.TextFlag.TextWordWrap)
                needed = table.fontMetrics().boundingRect(room, flags, item.text()).height()
                if table.visualItemRect(item).height() < needed:
                    too_low.append(row)
            table.close()

    run_on_desk(story)
    assert too_low == []
