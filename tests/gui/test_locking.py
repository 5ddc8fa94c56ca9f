"""Locking: whatever was going on, nothing is seen, nothing is searched, nothing is lost."""

import gc
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QWidget,
)

from embassy_desk.application.backups import BACKUPS_FOLDER, local_backups
from embassy_desk.desktop.locking.idle import IdleWatch
from embassy_desk.desktop.locking.system import SystemWatch
from embassy_desk.domain.errors import StoreError
from embassy_desk.texts import N_
from makers.desks import (
    PASSPHRASE,
    Person,
    at_the_desk,
    at_the_window,
    enter,
    opened_store,
    run_on_desk,
)

LONGEST_LOCK_S = 0.3
WHY = N_("Locked by you.")


def app() -> QApplication:
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    return found


def let_go() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


async def locked(person: Person) -> None:
    await person.sees(lambda: person.door.desk is None, "a locked desk")
    await person.rests()
    let_go()


async def unlocks(person: Person) -> None:
    person.type_into(person.frame.unlock.line, PASSPHRASE)
    person.press("Return")
    await person.sees(lambda: person.door.desk is not None, "the open desk")
    await person.rests()


def test_keys_lock_and_the_passphrase_opens_again(folder: Path) -> None:
    enter(folder, "contact", {"given_name": "Hường", "family_name": "Đặng"})

    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.desk.page.sections.choose("contact")
            await person.opens("Đặng Hường")
            person.press("Ctrl+L")
            await locked(person)
            assert person.frame.unlock.isVisible()
            assert "Locked by you." in person.texts
            assert person.frame.unlock.line.hasFocus()
            await unlocks(person)
            person.desk.page.sections.choose("contact")
            await person.opens("Đặng Hường")
            person.press("Ctrl+L")
            await locked(person)

    run_on_desk(story)


def test_locked_desk_lets_go_of_the_store(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.press("Ctrl+L")
            await locked(person)
            assert not (folder / "store.db-wal").exists()
            with opened_store(folder) as store:
                assert store.identity.mission == "TOK"

    run_on_desk(story)


def test_lock_in_a_backup_ends_it_and_the_next_desk_makes_it(folder: Path) -> None:
    enter(folder, "contact", *({"written_name": f"An {each}"} for each in range(300)))
    shutil.rmtree(folder / BACKUPS_FOLDER, ignore_errors=True)

    def is_swept() -> bool:
        return not list(folder.glob("backup-*"))

    async def story() -> None:
        async with at_the_desk(folder) as person:
            key = person.desk._profile.key
            assert person.door.session.rounds is not None
            person.door.session.rounds.go()
            await person.sees(lambda: not is_swept(), "a backup under way")
            person.door.session.start_locking(WHY)
            await locked(person)
            assert key.is_wiped
            await person.sees(is_swept, "nothing left of it")
            await unlocks(person)
            assert not person.frame.unlock.isVisible()
            assert person.door.session.rounds is not None
            person.door.session.rounds.go()
            await person.sees(lambda: local_backups(folder), "a whole backup")
            assert len(local_backups(folder)) == 1

    run_on_desk(story)


def test_open_dialog_is_closed_by_the_lock(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.press("Ctrl+,")
            await person.sees(lambda: person.dialog, "the settings")
            person.door.session.start_locking(WHY)
            await locked(person)
            assert person.dialog is None
            visible = [each for each in app().topLevelWidgets() if each.isVisible()]
            assert visible == [person.frame]

    run_on_desk(story)


def test_draft_that_cannot_be_kept_does_not_stop_the_lock(
    folder: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail() -> None:
        raise StoreError(N_("The disk is full."))

    async def story() -> None:
        async with at_the_desk(folder) as person:
            monkeypatch.setattr(person.desk.drafts, "flush", fail)
            person.press("Ctrl+L")
            await locked(person)
            assert person.frame.unlock.isVisible()

    run_on_desk(story)
    assert "a draft could not be kept: store" in caplog.text


def test_menus_of_the_desk_go_and_come_back_once(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            titles = [each.text() for each in person.frame.menuBar().actions()]
            entries = len(person.frame.desk_menu.actions())
            for _ in range(2):
                person.press("Ctrl+L")
                await locked(person)
                locked_titles = {each.text() for each in person.frame.menuBar().actions()}
                assert {"&Record", "&Go", "&List"} & set(titles)
                assert not {"&Record", "&Go", "&List"} & locked_titles
                await unlocks(person)
                assert [each.text() for each in person.frame.menuBar().actions()] == titles
                assert len(person.frame.desk_menu.actions()) == entries
            person.door.following._on_language_asked("vi")
            assert [each.text() for each in person.frame.menuBar().actions()] != titles

    run_on_desk(story)


def test_our_copy_leaves_the_clipboard_and_a_strangers_stays(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            app().clipboard().setText("huong@example.vn")
            person.press("Ctrl+L")
            await locked(person)
            assert app().clipboard().text() == ""
            app().clipboard().setText("of another program")
            await unlocks(person)
            person.press("Ctrl+L")
            await locked(person)
            assert app().clipboard().text() == "of another program"

    run_on_desk(story)


def test_lock_takes_no_longer_than_a_blink(folder: Path) -> None:
    many = [{"given_name": f"An {number}"} for number in range(100)]
    enter(folder, "contact", *many)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            spent = time.process_time()
            await person.door.session.lock(WHY)
            assert time.process_time() - spent < LONGEST_LOCK_S
            await locked(person)

    run_on_desk(story)


def test_changed_store_is_told_at_unlocking_and_may_be_accepted(
    folder: Path, tmp_path: Path
) -> None:
    shutil.copy(folder / "store.db", tmp_path / "old.db")
    enter(folder, "contact", {"given_name": "An"})
    shutil.copy(tmp_path / "old.db", folder / "store.db")

    async def story() -> None:
        async with at_the_window(folder) as person:
            person.type_into(person.frame.unlock.line, PASSPHRASE)
            person.press("Return")
            await person.sees(person.frame.unlock.accept.isVisible, "the way on")
            assert any("1 change is missing" in each for each in person.texts)
            person.click(person.frame.unlock.accept)
            await person.sees(lambda: person.door.desk is not None, "the open desk")
            await person.rests()

    run_on_desk(story)


@pytest.mark.parametrize("sign", [QTest.keyClick, QTest.mouseClick], ids=["key", "click"])
def test_silence_locks_and_a_sign_of_life_puts_it_off(
    qapp: QApplication, sign: Callable[..., None]
) -> None:
    heard: list[int] = []
    window = QWidget()
    window.show()
    watch = IdleWatch(qapp, minute_ms=250)  # a busy machine pauses for less than two of them
    watch.idle.connect(heard.append)
    watch.start(2)
    argument = Qt.Key.Key_A if sign is QTest.keyClick else Qt.MouseButton.LeftButton
    started = time.monotonic()
    while time.monotonic() - started < 0.9:
        sign(window, argument)
        qapp.processEvents()
    assert heard == []
    while not heard and time.monotonic() - started < 5:
        qapp.processEvents()
    assert heard == [2]
    watch.stop()
    window.deleteLater()


def test_locked_screen_and_sleep_are_heard_on_the_bus(qapp: QApplication, bus: str) -> None:
    heard: list[str] = []
    watch = SystemWatch(qapp)
    watch.screen_locked.connect(lambda: heard.append("screen"))
    ours = QDBusConnection.connectToBus(bus, "ours")
    watch.listen(ours, ours)
    assert watch.is_heard
    theirs = QDBusConnection.connectToBus(bus, "theirs")
    for is_active in (False, True):
        name = "org.gnome.ScreenSaver"
        signal = QDBusMessage.createSignal("/org/gnome/ScreenSaver", name, "ActiveChanged")
        signal.setArguments([is_active])
        assert theirs.send(signal)
    started = time.monotonic()
    while not heard and time.monotonic() - started < 10:
        qapp.processEvents()
    assert heard == ["screen"]
    watch.deleteLater()
    for each in ("ours", "theirs"):
        QDBusConnection.disconnectFromBus(each)


def test_signals_of_the_system_lock_once_each(qapp: QApplication) -> None:
    heard: list[str] = []
    watch = SystemWatch(qapp)
    watch.screen_locked.connect(lambda: heard.append("screen"))
    watch.sleeping.connect(lambda: heard.append("sleep"))
    watch.on_saver(is_active=False)
    watch.on_sleep(begins=False)
    assert heard == []
    watch.on_saver(is_active=True)
    watch.on_lock()
    watch.on_sleep(begins=True)
    assert heard == ["screen", "screen", "sleep"]
