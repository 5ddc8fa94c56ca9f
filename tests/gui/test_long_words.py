"""A language with longer words clips nothing on a small screen."""

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QToolButton,
    QWidget,
    QWizard,
)

from embassy_desk.application.sheets import HistoryEntry, RecordHistory
from embassy_desk.desktop.beginning.screen import BeginningWizard
from embassy_desk.desktop.incident import IncidentDialog
from embassy_desk.desktop.log_window import LogDialog
from embassy_desk.desktop.plans import DAILY_KINDS
from embassy_desk.desktop.records.moments import MomentsDialog
from embassy_desk.desktop.records.past import PastLine
from embassy_desk.desktop.reminders.rules import RulesDialog
from embassy_desk.desktop.shell.page_plans import PAGE_PLANS
from embassy_desk.desktop.ways_back.code_dialog import CodeDialog
from embassy_desk.desktop.ways_back.preparing_dialog import PreparingDialog
from embassy_desk.desktop.ways_back.restore_wizard import RestoreWizard
from embassy_desk.domain.reminders import RULES
from embassy_desk.texts import N_
from makers.desks import NOW, Person, at_the_desk, at_the_window, enter, run_on_desk
from makers.long_words import GROWTH, LongWords, stretched

SMALL_SCREEN = QSize(1366, 768)
TOLERANCE_PX = 2


def clipped(window: QWidget) -> Iterator[str]:
    """Yield the labels and buttons of a window that have less room than they need."""
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    for each in window.findChildren(QLabel):
        if each.isVisible() and each.text() and not _has_room(each):
            yield f"label “{each.text()}” {each.size()} of {each.sizeHint()} in {_place(each)}"
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and button.text() and not isinstance(button, QToolButton):
            need = button.sizeHint()
            if not _covers(button.size(), need):
                yield f"button “{button.text()}” {button.size()} of {need} in {_place(button)}"


def _place(widget: QWidget) -> str:
    parent = widget.parentWidget()
    return type(parent).__name__ if parent is not None else "nothing"


def _has_room(label: QLabel) -> bool:
    if not label.wordWrap():
        return _covers(label.size(), label.sizeHint())
    longest = max(label.fontMetrics().horizontalAdvance(word) for word in label.text().split())
    if label.width() + TOLERANCE_PX < min(longest, label.sizeHint().width()):
        return False
    return label.height() + TOLERANCE_PX >= label.heightForWidth(label.width())


def _covers(room: QSize, need: QSize) -> bool:
    is_wide = room.width() + TOLERANCE_PX >= need.width()
    return is_wide and room.height() + TOLERANCE_PX >= need.height()


def speak_long(person: Person) -> None:
    """Show the window in the long language on a small screen."""
    words = LongWords()
    if person.door.desk is not None:
        person.desk.retranslate(words)
    person.frame.retranslate(words)
    person.frame.showNormal()
    person.frame.resize(SMALL_SCREEN)


def buttons(person: Person) -> list[str]:
    """Return what the buttons say that are shown."""
    return [each.text() for each in person.frame.findChildren(QAbstractButton) if each.isVisible()]


def fits(person: Person) -> bool:
    """Say whether the window still fits a small screen."""
    need = person.frame.minimumSizeHint()
    return need.width() <= SMALL_SCREEN.width() and need.height() <= SMALL_SCREEN.height()


def test_longer_words_clip_nothing_on_forms_and_lists(folder: Path) -> None:
    enter(folder, "contact", {"family_name": "Đặng", "given_name": "Hường"})

    async def story() -> None:
        async with at_the_desk(folder) as person:
            speak_long(person)
            found: list[str] = []
            for kind in ("contact", *DAILY_KINDS):
                person.desk.page.sections.choose(kind)
                await person.sees(lambda kind=kind: person.desk.going.kind == kind, kind)
                await person.rests()
                found += [f"{kind} list: {each}" for each in clipped(person.frame)]
                person.press("Ctrl+N")
                await person.rests()
                assert stretched("Keeping this record") in buttons(person)
                found += [f"{kind} form: {each}" for each in clipped(person.frame)]
                assert fits(person), f"{kind} makes the window too large"
                person.desk.page.record.revert()
                person.desk.records.leave()
            assert sorted(set(found)) == []

    run_on_desk(story)


def test_longer_words_clip_nothing_in_the_dialogs_of_the_window(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            speak_long(person)
            found: list[str] = []
            for keys in ("Ctrl+,", "Ctrl+/", "Ctrl+K"):
                person.press(keys)
                await person.sees(lambda: person.dialog, keys)
                await person.rests()
                dialog = person.dialog
                assert dialog is not None
                found += [f"{keys}: {each}" for each in clipped(dialog)]
                assert dialog.width() <= SMALL_SCREEN.width()
                assert dialog.height() <= SMALL_SCREEN.height()
                dialog.reject()
                await person.sees_the_page_again()
            assert found == []

    run_on_desk(story)


def test_longer_words_clip_nothing_on_the_pages(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            speak_long(person)
            found: list[str] = []
            for name in PAGE_PLANS:
                person.desk.page.sections.choose(name)
                await person.sees(lambda name=name: person.desk.going.section == name, name)
                await person.rests()
                found += [f"{name}: {each}" for each in clipped(person.frame)]
                assert fits(person), f"{name} makes the window too large"
            assert sorted(set(found)) == []

    run_on_desk(story)


def dialogs_of(person: Person) -> Iterator[QDialog]:
    """Yield the dialogs of the desk that are opened by acts and by mishaps, not by keys."""
    desk, window = person.desk, person.frame
    words = LongWords()
    yield IncidentDialog(window, words, "01E99C")
    yield LogDialog(window, words, ())
    yield RulesDialog(window, desk.outfit, RULES)
    yield CodeDialog(window, words, "ABCD-EFGH-JKLM-NPQR")
    title = N_("Change passphrase")
    yield PreparingDialog(window, words, title, N_("Nothing needs a decision."), takes_new=True)
    yield PreparingDialog(window, words, title, N_("Nothing needs a decision."), takes_code=True)
    yield RestoreWizard(window, words, (), (), has_store=False, zone=UTC)
    day = NOW
    lines = (PastLine(day, "", (), 0), PastLine(day, "", (), 0))
    entry = HistoryEntry(1, 1, day, None, "", "contact", UUID(int=1), "put", ())
    yield MomentsDialog(window, desk.outfit, RecordHistory((entry,), {}, "contact"), lines)


def test_longer_words_clip_nothing_in_dialogs_that_acts_and_mishaps_open(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            speak_long(person)
            found: list[str] = []
            for dialog in dialogs_of(person):
                dialog.open()
                await person.sees(dialog.isVisible, "the dialog")
                found += [f"{type(dialog).__name__}: {each}" for each in clipped(dialog)]
                assert dialog.width() <= SMALL_SCREEN.width()
                assert dialog.height() <= SMALL_SCREEN.height()
                dialog.reject()
            assert found == []

    run_on_desk(story)


def test_longer_words_clip_nothing_in_the_ways_back(folder: Path) -> None:
    async def story() -> None:
        async with at_the_window(folder) as person:
            await person.sees(person.frame.unlock.isVisible, "the unlock page")
            speak_long(person)
            found: list[str] = []
            for way in ("forgotten", "restore"):
                person.frame.unlock.ways.asked.emit(way)
                await person.sees(lambda: isinstance(person.dialog, QWizard), way)
                wizard = person.dialog
                assert isinstance(wizard, QWizard)
                for page in wizard.pageIds():
                    wizard.setCurrentId(page)
                    found += [f"{way} {page}: {each}" for each in clipped(wizard)]
                wizard.reject()
                await person.sees(lambda: person.dialog is None, "the unlock page again")
                await person.rests()
            assert found == []

    run_on_desk(story)


def test_longer_words_clip_nothing_in_the_wizard(tmp_path: Path, qapp: object) -> None:
    async def story() -> None:
        async with at_the_window(tmp_path / "profile") as person:
            await person.sees(lambda: person.door.first_run is not None, "the first run")
            assert person.door.first_run is not None
            wizard: BeginningWizard = person.door.first_run.wizard
            await person.sees(wizard.isVisible, "the wizard")
            speak_long(person)
            wizard.who.person.setText("Lê Hà")
            wizard.who.missions.setCurrentRow(0)
            wizard.passphrase.fields.line.setText("con mèo đen ngủ trên mái")
            wizard.passphrase.fields.show_box.setChecked(True)
            found: list[str] = []
            for _ in wizard.pageIds():
                await person.rests()
                found += [f"page {wizard.currentId()}: {each}" for each in clipped(wizard)]
                wizard.next_button().click()
            assert wizard.currentId() == wizard.pageIds()[-1]
            assert found == []

    run_on_desk(story)


def test_the_long_language_is_longer() -> None:
    for sentence in ("Save", "Choose a record from the list, or press Ctrl+N to enter a new one."):
        assert len(stretched(sentence)) >= len(sentence) * (1 + GROWTH) - 1
    assert stretched("đi") != "đi"


def test_a_clipped_label_is_noticed(qtbot: object) -> None:
    window = QWidget()
    label = QLabel("A sentence that needs its room", window)
    window.resize(400, 100)
    window.show()
    label.resize(label.sizeHint())
    assert list(clipped(window)) == []
    label.resize(40, label.height())
    assert len(list(clipped(window))) == 1
    label.setWordWrap(True)
    assert len(list(clipped(window))) == 1
    window.close()
