"""Boards: cards are dragged or moved by keys; what is missing is said; the focus follows."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QFontMetrics,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from embassy_desk.desktop.boards.column import ColumnView
from embassy_desk.desktop.boards.names import short_name
from embassy_desk.desktop.boards.screen import BoardScreen
from makers.desks import Person, at_the_desk, enter, run_on_desk

TASKS = ({"title": "Gọi Bộ Ngoại giao"}, {"title": "Việc khác"})
_MOVE = Qt.DropAction.MoveAction
_BUTTON, _KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def board_of(person: Person) -> BoardScreen:
    """Return the page."""
    page = person.frame.findChild(BoardScreen)
    assert isinstance(page, BoardScreen)
    return page


def shown(person: Person) -> dict[str, list[str]]:
    """Return the cards by the name of their column."""
    return {
        view.accessibleName().partition(",")[0]: [each.heading for each in view.cards.cards]
        for view in board_of(person).columns
        if view.cards.cards
    }


def drop(data: QMimeData, onto: ColumnView) -> bool:
    """Drag data into the middle of a column and let go; say whether it was taken."""
    place = QPoint(40, 200)
    entering = QDragEnterEvent(place, _MOVE, data, _BUTTON, _KEYS)
    QApplication.sendEvent(onto.viewport(), entering)
    moving = QDragMoveEvent(place, _MOVE, data, _BUTTON, _KEYS)
    QApplication.sendEvent(onto.viewport(), moving)
    if not moving.isAccepted():
        return False
    QApplication.sendEvent(onto.viewport(), QDropEvent(QPointF(place), _MOVE, data, _BUTTON, _KEYS))
    return True


def test_card_that_is_dragged_takes_the_step_and_can_be_taken_back(folder: Path) -> None:
    enter(folder, "task", *TASKS)

    async def story() -> None:
        async with at_the_desk(folder, section="board") as person:
            to_do, doing = board_of(person).columns[:2]
            data = to_do.cards.mimeData([to_do.cards.index(0)])
            assert not drop(data, to_do), "a card was dropped on its own column"
            assert drop(data, doing)
            moved = {"Open": ["Việc khác"], "In progress": ["Gọi Bộ Ngoại giao"]}
            await person.sees(lambda: shown(person) == moved, "the card in its new column")
            said = "“Gọi Bộ Ngoại giao” is now “In progress”."
            await person.sees(lambda: person.frame.notices.text == said, "what was done")
            person.click(person.frame.notices.undo)
            await person.sees(lambda: list(shown(person)) == ["Open"], "the card back again")

    run_on_desk(story)


def test_what_is_missing_is_said_and_the_card_stays(folder: Path) -> None:
    enter(folder, "task", TASKS[0])

    async def story() -> None:
        async with at_the_desk(folder, section="board") as person:
            columns = board_of(person).columns
            data = columns[0].cards.mimeData([columns[0].cards.index(0)])
            assert drop(data, columns[2])
            missing = "Whom or what the task waits for is missing."
            await person.sees(lambda: missing in person.texts, "what is missing")
            assert shown(person) == {"Open": ["Gọi Bộ Ngoại giao"]}

    run_on_desk(story)


def test_other_things_cannot_be_dropped(folder: Path) -> None:
    enter(folder, "task", TASKS[0])

    async def story() -> None:
        async with at_the_desk(folder, section="board") as person:
            foreign = QMimeData()
            foreign.setText("from another program")
            assert not drop(foreign, board_of(person).columns[1])
            broken = QMimeData()
            broken.setData("application/x-embassy-desk-card", b"\xffno identity")
            assert not drop(broken, board_of(person).columns[1])

    run_on_desk(story)


def test_cards_are_moved_and_opened_by_keys_and_the_focus_follows(folder: Path) -> None:
    enter(folder, "task", *TASKS)

    async def story() -> None:
        async with at_the_desk(folder, section="board") as person:
            person.press("F6")
            to_do, doing = board_of(person).columns[:2]
            assert to_do.hasFocus()
            QTest.keyClick(to_do, Qt.Key.Key_Down)
            person.press("Ctrl+Right")
            await person.sees(doing.hasFocus, "the focus on the new column")
            assert doing.chosen is not None
            assert doing.chosen.heading == "Việc khác"
            QTest.keyClick(doing, Qt.Key.Key_Left)
            assert to_do.hasFocus()
            QTest.keyClick(to_do, Qt.Key.Key_Right)
            QTest.keyClick(doing, Qt.Key.Key_Return)
            await person.sees(lambda: person.title == "Việc khác", "the task")
            await person.rests()

    run_on_desk(story)


def test_step_that_needs_a_reason_asks_for_it(folder: Path) -> None:
    enter(folder, "task", TASKS[0])

    async def story() -> None:
        async with at_the_desk(folder, section="board") as person:
            person.press("F6")
            view = board_of(person).columns[0]
            corner = view.viewport().mapToGlobal(QPoint(20, 20))
            asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(20, 20), corner)
            QApplication.sendEvent(view, asked)
            menus = [each for each in board_of(person).findChildren(QMenu) if each.isVisible()]
            (cancelling,) = (
                each for each in menus[0].actions() if each.text() == "Move to “Cancelled”"
            )
            assert isinstance(cancelling, QAction)
            menus[0].close()
            cancelling.trigger()
            await person.sees(lambda: person.dialog is not None, "the question why")
            person.press("Return")
            await person.sees(lambda: "This is needed." in person.texts, "that it is needed")
            person.type_into(person.field("reason"), "Đối tác rút lui")
            person.press("Return")
            done = {"Cancelled": ["Gọi Bộ Ngoại giao"]}
            await person.sees(lambda: shown(person) == done, "the card among the cancelled ones")

    run_on_desk(story)


def test_board_shows_the_cards_of_one_person(folder: Path) -> None:
    other = enter(folder, "staff", {"family_name": "Trần", "given_name": "Bình"})[0]
    enter(folder, "task", *TASKS, {"title": "Của chị Bình", "assignee": other.id})

    async def story() -> None:
        async with at_the_desk(folder, section="board") as person:
            top = board_of(person).top
            assert not top.mission.isVisible(), "there is one mission only"
            at = [top.person.itemText(n) for n in range(top.person.count())].index("Trần Bình")
            top.person.setCurrentIndex(at)
            top.person.activated.emit(at)
            await person.sees(lambda: shown(person) == {"Open": ["Của chị Bình"]}, "hers alone")
            person.click(top.kinds["elevation"])
            await person.sees(lambda: len(board_of(person).columns) == 11, "the other board")
            assert top.person.currentText() == "Everybody"

    run_on_desk(story)


def test_cards_speak_their_day_and_how_much_they_press(folder: Path) -> None:
    enter(folder, "task", {"title": "Báo cáo", "due_on": "2026-11-20"})

    async def story() -> None:
        async with at_the_desk(folder, section="board") as person:
            view = board_of(person).columns[0]
            spoken = view.cards.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
            assert spoken == "Báo cáo, late, 20/11/2026, Nguyễn Văn An"
            assert view.accessibleName() == "Open, 1 card"

    run_on_desk(story)


def test_a_name_without_room_is_cut_to_the_given_name(qapp: object) -> None:
    metrics = QFontMetrics(QFont())
    whole = "Lê Đình Phước"
    for fits in (whole, "Đình Phước", "Phước"):
        assert short_name(metrics, whole, metrics.horizontalAdvance(fits) + 1) == fits
    assert short_name(metrics, whole, metrics.horizontalAdvance("Phướ")).endswith("…")
    assert short_name(metrics, "", 100) == ""
