"""Editors of fields: what they show, what they give back, and that they rewrite nothing."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from types import MappingProxyType
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QComboBox, QLineEdit

from embassy_desk.application.controlled_lists import Choice, ControlledLists
from embassy_desk.application.pages import Hit
from embassy_desk.desktop.kit.checks import field_problem
from embassy_desk.desktop.kit.editors.chosen import CodesEditor
from embassy_desk.desktop.kit.editors.linked import LinkEditor
from embassy_desk.desktop.kit.editors.making import editor_for
from embassy_desk.desktop.kit.editors.recurrence import RecurrenceEditor
from embassy_desk.desktop.kit.editors.typed import DayEditor, TimeEditor
from embassy_desk.desktop.kit.form import FieldSet
from embassy_desk.desktop.kit.icons import Icons
from embassy_desk.desktop.kit.outfit import Found, Outfit
from embassy_desk.desktop.kit.quiet import QuietComboBox
from embassy_desk.desktop.kit.shapes import shape_of
from embassy_desk.domain.agreement import Agreement
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.engagement import Engagement
from embassy_desk.domain.entity import Entity
from embassy_desk.domain.errors import InvalidError
from embassy_desk.domain.organisation import Organisation
from embassy_desk.domain.parts import StageStep
from embassy_desk.domain.task import Task, TaskParent
from embassy_desk.settings.places import resources
from embassy_desk.texts import Words
from makers import identity

# Popups grab the mouse and are raised, which the platform without a screen cannot.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LISTS = ControlledLists(
    MappingProxyType(
        {
            "honorific": (Choice("mr", "Ông", "Mr"), Choice("old", "Cụ", "Old", is_offered=False)),
            "sector": (
                Choice("ict", "Công nghệ số", "ICT"),
                Choice("agri", "Nông nghiệp", "Farms"),
            ),
        }
    )
)


class Seeker:
    """Finds what it was told to find, and remembers what was opened."""

    def __init__(self, *hits: Hit) -> None:
        self.hits = hits
        self.asked: list[tuple[str, frozenset[str] | None]] = []
        self.opened: list[tuple[str, UUID]] = []

    def seek(self, text: str, kinds: frozenset[str] | None, found: Found) -> None:
        self.asked.append((text, kinds))
        found(self.hits)

    def open_record(self, kind: str, record_id: UUID) -> None:
        self.opened.append((kind, record_id))


@pytest.fixture
def outfit(qapp: QApplication) -> Outfit:
    made = Outfit(Words("en"), Icons(resources() / "icons"), partial(date, 2026, 11, 22))
    made.lists = LISTS
    return made


Shown = Callable[[type[Entity], str, Any], Any]


@pytest.fixture
def shown(outfit: Outfit, qtbot: Any) -> Iterator[Shown]:
    """Returns an editor that shows a value, in a window of its own."""

    def show(entity: type[Entity], field: str, value: Any) -> Any:
        editor = editor_for(shape_of(entity, field), outfit)
        qtbot.addWidget(editor)
        editor.show_values({field: value}, {identity("organisation"): "Bộ KH&CN"})
        editor.show()
        editor.activateWindow()
        qtbot.waitUntil(editor.isActiveWindow)
        return editor

    return show  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("entity", "field", "value"),
    [
        (Contact, "family_name", "Đặng"),
        (Contact, "notes", "một\nhai"),
        (Contact, "precedence", 3),
        (Contact, "precedence", None),
        (Contact, "honorific", "mr"),
        (Contact, "honorific", ""),
        (Contact, "honorific", "old"),
        (Contact, "honorific", "never heard of"),
        (Contact, "do_not_contact", True),
        (Organisation, "sectors", "ict agri"),
        (Organisation, "sectors", "ict unheard"),
        (Organisation, "founded_on", "1945-09"),
        (Engagement, "held_on", date(2026, 3, 7)),
        (Engagement, "starts_at", datetime(2026, 3, 7, 5, 5, tzinfo=UTC)),
        (Agreement, "lead_ministry_id", identity("organisation")),
        (Agreement, "lead_ministry_id", None),
        (Task, "recurrence", "FREQ=MONTHLY"),
        (Task, "recurrence", "FREQ=MONTHLY;BYMONTHDAY=5"),
    ],
)
def test_editor_gives_back_what_it_shows(
    shown: Shown, entity: type[Entity], field: str, value: Any
) -> None:
    assert shown(entity, field, value).values() == {field: value}


@pytest.mark.parametrize(
    ("entity", "field", "text"),
    [
        (Engagement, "held_on", "31/02/2026"),
        (Organisation, "founded_on", "long ago"),
        (Engagement, "starts_at", "tomorrow"),
        (Contact, "precedence", "first"),
        (Agreement, "lead_ministry_id", "some ministry"),
    ],
)
def test_text_that_cannot_be_read_is_refused_and_stays(
    shown: Shown, entity: type[Entity], field: str, text: str
) -> None:
    editor = shown(entity, field, None)
    line = editor.front
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, text)
    with pytest.raises(InvalidError) as refused:
        editor.values()
    assert refused.value.problems[0].field == field
    assert line.text() == text


def test_day_is_chosen_from_a_calendar(shown: Shown, qtbot: Any) -> None:
    editor = shown(Engagement, "held_on", date(2026, 3, 7))
    assert isinstance(editor, DayEditor)
    with qtbot.waitSignal(editor.edited):
        editor._button.click()
        calendar = editor.findChild(QCalendarWidget)
        assert calendar.selectedDate() == QDate(2026, 3, 7)
        calendar.setSelectedDate(QDate(2026, 3, 9))
        calendar.activated.emit(QDate(2026, 3, 9))
    assert editor.values() == {"held_on": date(2026, 3, 9)}


def test_empty_day_opens_the_calendar_on_today(shown: Shown) -> None:
    editor = shown(Engagement, "held_on", None)
    editor._button.click()
    calendar = editor.findChild(QCalendarWidget)
    assert calendar.selectedDate() == QDate(2026, 11, 22)
    calendar.close()


def test_choices_follow_the_language(shown: Shown, outfit: Outfit) -> None:
    editor = shown(Contact, "honorific", "mr")
    assert editor.box.currentText() == "Mr"
    outfit.words = Words("vi")
    editor.retranslate(outfit.words)
    assert editor.box.currentText() == "Ông"


def test_choice_that_is_no_longer_offered_is_kept_but_not_offered_anew(shown: Shown) -> None:
    old = shown(Contact, "honorific", "old")
    assert old.box.currentText() == "Old"
    fresh = shown(Contact, "honorific", "mr")
    offered = [fresh.box.itemText(n) for n in range(fresh.box.count())]
    assert offered == ["–", "Mr"]


def test_wheel_over_a_resting_box_changes_nothing(shown: Shown) -> None:
    editor = shown(Contact, "honorific", "mr")
    box = editor.box
    assert isinstance(box, QuietComboBox)
    editor.setFocus()
    box.clearFocus()
    at = box.rect().center()
    wheel = QWheelEvent(
        at,
        box.mapToGlobal(at),
        at * 0,
        at * -120,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003  Qt's signature
    )
    QApplication.sendEvent(box, wheel)
    assert box.currentData() == "mr"


def test_several_codes_are_ticked(shown: Shown, qtbot: Any) -> None:
    editor = shown(Organisation, "sectors", "ict")
    assert isinstance(editor, CodesEditor)
    with qtbot.waitSignal(editor.edited):
        editor._list.item(1).setCheckState(Qt.CheckState.Checked)
    assert editor.values() == {"sectors": "ict agri"}


def test_ticked_codes_stand_first_and_keep_their_order(shown: Shown) -> None:
    editor = shown(Organisation, "sectors", "agri gone ict")
    assert isinstance(editor, CodesEditor)
    texts = [each.text() for each in editor._items()]
    assert texts == ["Farms", "gone", "ICT"]
    assert editor.values() == {"sectors": "agri gone ict"}


def test_rule_of_recurrence_may_be_typed(shown: Shown) -> None:
    editor = shown(Task, "recurrence", "")
    assert isinstance(editor, RecurrenceEditor)
    editor.box.setEditText("FREQ=WEEKLY;BYDAY=MO")
    assert editor.values() == {"recurrence": "FREQ=WEEKLY;BYDAY=MO"}
    editor.box.setEditText("Every year")
    assert editor.values() == {"recurrence": "FREQ=YEARLY"}


def test_link_is_taken_only_when_it_is_chosen(shown: Shown, outfit: Outfit, qtbot: Any) -> None:
    hit = Hit(identity("organisation"), "TOK-ORG-1", "organisation", "Bộ KH&CN", "", False)  # noqa: FBT003
    outfit.seeker = seeker = Seeker(hit)
    editor = shown(Agreement, "lead_ministry_id", None)
    assert isinstance(editor, LinkEditor)
    line = editor.front
    assert isinstance(line, QLineEdit)
    line.setFocus()
    QTest.keyClicks(line, "kh")
    qtbot.waitUntil(lambda: bool(seeker.asked))
    assert seeker.asked == [("kh", frozenset({"organisation"}))]
    assert line.text() == "kh", "what was typed was rewritten"
    with qtbot.waitSignal(editor.renamed):
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert editor.values() == {"lead_ministry_id": identity("organisation")}
    assert line.text() == "Bộ KH&CN"
    editor.opener.click()
    assert seeker.opened == [("organisation", identity("organisation"))]
    QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(line, Qt.Key.Key_Delete)
    assert editor.values() == {"lead_ministry_id": None}


def test_link_to_any_kind_says_which(shown: Shown, outfit: Outfit, qtbot: Any) -> None:
    hit = Hit(identity("agreement"), "TOK-AGR-1", "agreement", "Bản ghi nhớ", "", False)  # noqa: FBT003
    outfit.seeker = seeker = Seeker(hit)
    editor = shown(TaskParent, "record_id", None)
    editor.front.setFocus()
    QTest.keyClicks(editor.front, "ghi")
    qtbot.waitUntil(lambda: bool(seeker.asked))
    QTest.keyClick(editor.front, Qt.Key.Key_Return)
    assert editor.values() == {"record_id": identity("agreement"), "record_kind": "agreement"}


def test_time_follows_the_zone_that_is_typed(outfit: Outfit, qtbot: Any) -> None:
    form = FieldSet(Engagement, outfit)
    form.add_bare(("starts_at", "zone"))
    qtbot.addWidget(form)
    form.show_entity({"starts_at": None, "zone": ""}, {})
    editor = form.boxes["starts_at"].editor
    assert isinstance(editor, TimeEditor)
    QTest.keyClicks(editor.line, "07/03/2026 14:05")
    QTest.keyClicks(form.boxes["zone"].editor.front, "Asia/Tokyo")
    moment = datetime(2026, 3, 7, 5, 5, tzinfo=UTC)
    assert form.changed_values() == {"starts_at": moment, "zone": "Asia/Tokyo"}


def test_problem_stands_below_its_field_and_goes_when_it_is_mended(
    outfit: Outfit, qtbot: Any
) -> None:
    form = FieldSet(StageStep, outfit)
    form.add_bare(("on", "reason"))
    qtbot.addWidget(form)
    form.show_entity({"on": date(2026, 3, 7)}, {})
    box = form.boxes["on"]
    line = box.editor.front
    assert isinstance(line, QLineEdit)
    line.setText("soon")
    box.check()
    assert box.problem == "Write the day as dd/mm/yyyy."
    assert line.property("wrong") is True
    line.setText("08/03/2026")
    box.check()
    assert (box.problem, line.property("wrong")) == ("", False)


def test_value_is_checked_by_itself() -> None:
    assert field_problem(Agreement, "notice_months", 6) is None
    assert str(field_problem(Agreement, "notice_months", 600)) == "At most 120."
    assert str(field_problem(StageStep, "on", None)) == "This is needed."


def test_every_editor_names_the_widget_that_takes_the_focus(shown: Shown) -> None:
    for entity, field in ((Contact, "notes"), (Contact, "honorific"), (Organisation, "sectors")):
        editor = shown(entity, field, "")
        assert editor.front.focusPolicy() is not Qt.FocusPolicy.NoFocus
        assert isinstance(editor.front, QComboBox) or editor.front is not editor
