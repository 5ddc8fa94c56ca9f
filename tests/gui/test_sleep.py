"""Sleep: logind waits until the store is closed; what Windows says of screen and sleep is heard."""

import os
import select
from collections.abc import Callable, Iterator
from ctypes import addressof, wintypes
from pathlib import Path

import pytest
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusUnixFileDescriptor,
    QDBusVirtualObject,
)
from PySide6.QtWidgets import QApplication

from embassy_desk.desktop.locking.delay import (
    LOGIND,
    LOGIND_MANAGER,
    LOGIND_PLACE,
    SleepDelay,
)
from embassy_desk.desktop.locking.windows import (
    PBT_APMSUSPEND,
    WM_POWERBROADCAST,
    WM_WTSSESSION_CHANGE,
    WTS_CONSOLE_DISCONNECT,
    WTS_SESSION_LOCK,
    WindowsMessages,
)
from makers.desks import Person, at_the_desk, run_on_desk


class Logind(QDBusVirtualObject):
    """Gives delays on a bus of our own; knows whether the one it gave is still held."""

    def __init__(self, bus: QDBusConnection) -> None:
        super().__init__()
        self.asked: list[object] = []
        self._end: int | None = None
        self._bus = bus
        assert bus.registerService(LOGIND)
        assert bus.registerVirtualObject(LOGIND_PLACE, self)

    def introspect(self, _path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        self.asked = message.arguments()
        self._end, given = os.pipe()
        answer = message.createReply()
        answer.setArguments([QDBusUnixFileDescriptor(given)])
        os.close(given)
        return connection.send(answer)

    @property
    def waits(self) -> bool:
        assert self._end is not None
        return not select.select([self._end], [], [], 0)[0]

    def tell_of_sleep(self) -> None:
        told = QDBusMessage.createSignal(LOGIND_PLACE, LOGIND_MANAGER, "PrepareForSleep")
        told.setArguments([True])
        assert self._bus.send(told)

    def close(self) -> None:
        self._bus.unregisterObject(LOGIND_PLACE)
        if self._end is not None:
            os.close(self._end)


@pytest.fixture
def ours(bus: str) -> Iterator[QDBusConnection]:
    """The desk's end of the bus."""
    yield QDBusConnection.connectToBus(bus, "ours")
    QDBusConnection.disconnectFromBus("ours")


@pytest.fixture
def logind(qapp: QApplication, bus: str) -> Iterator[Logind]:
    """A stand-in for logind at the other end."""
    made = Logind(QDBusConnection.connectToBus(bus, "theirs"))
    yield made
    made.close()
    QDBusConnection.disconnectFromBus("theirs")


def test_computer_sleeps_only_when_the_store_is_closed(
    folder: Path, ours: QDBusConnection, logind: Logind
) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            key = person.desk._profile.key
            system = await _listens(person, ours)
            assert logind.asked[0] == "sleep"
            assert logind.asked[3] == "delay"
            assert system.is_held
            assert logind.waits
            logind.tell_of_sleep()
            await person.sees(lambda: not logind.waits, "logind let go")
            assert key.is_wiped
            assert person.door.desk is None
            assert "Locked because the computer went to sleep." in person.texts

    run_on_desk(story)


async def _listens(person: Person, ours: QDBusConnection) -> SleepDelay:
    """Let the guard of an open desk listen on our bus."""
    guard = person.door.session._guard
    assert guard is not None
    guard.system.listen(ours, ours)
    await person.sees(lambda: guard.system.delay.is_held, "logind's delay")
    return guard.system.delay


def test_delay_that_comes_after_the_lock_is_given_back(
    qapp: QApplication, ours: QDBusConnection, logind: Logind
) -> None:
    delay = SleepDelay(qapp)
    delay.take(ours)
    delay.release()
    while not logind.asked or logind.waits:
        qapp.processEvents()
    assert not delay.is_held
    delay.deleteLater()


def test_desk_without_logind_holds_nothing(qapp: QApplication, ours: QDBusConnection) -> None:
    delay = SleepDelay(qapp)
    delay.take(ours)
    asked = delay._asked
    assert asked is not None
    while not asked.isFinished():
        qapp.processEvents()
    qapp.processEvents()
    assert not delay.is_held
    delay.release()
    delay.deleteLater()


@pytest.mark.parametrize(
    ("number", "word", "heard"),
    [
        (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK, ["lock"]),
        (WM_WTSSESSION_CHANGE, WTS_CONSOLE_DISCONNECT, ["lock"]),
        (WM_WTSSESSION_CHANGE, 0x8, []),
        (WM_POWERBROADCAST, PBT_APMSUSPEND, ["sleep"]),
        (WM_POWERBROADCAST, 0x7, []),
        (0x0200, 0x7, []),
    ],
    ids=["locked", "another person", "unlocked", "suspends", "wakes", "mouse"],
)
def test_messages_of_windows_are_understood(number: int, word: int, heard: list[str]) -> None:
    told, message = _messages()
    found = wintypes.MSG(message=number, wParam=word)
    assert message(b"windows_generic_MSG", addressof(found)) == (False, 0)
    assert told == heard
    assert message(b"xcb_generic_event_t", 0) == (False, 0)
    assert told == heard


def _messages() -> tuple[list[str], Callable[[bytes, int], tuple[bool, int]]]:
    told: list[str] = []
    messages = WindowsMessages(lambda: told.append("lock"), lambda: told.append("sleep"))
    return told, messages.nativeEventFilter
