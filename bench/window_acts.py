"""What a person does in a window that is measured, each act with its time and its longest turn.

A *turn* is what the window's thread works between two looks of its event loop at the queue: while
it lasts, nothing is drawn and no key is answered.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from types import ModuleType
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from window_memory import memory_mib

Found = dict[str, Any]
Moment = Callable[[], dict[str, float]]

_PATIENCE_S = 120.0
_WAITING = "…"
_LOOKS_EVERY_S = 0.002
_SCROLLS = 60


class _Turns:
    """Notes how long the window's thread works between two looks at its queue."""

    def __init__(self) -> None:
        self._last = time.thread_time()
        self.longest_ms = 0.0
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)

    def _look(self) -> None:
        now = time.thread_time()
        self.longest_ms = max(self.longest_ms, (now - self._last) * 1000)
        self._last = now

    def begin(self) -> None:
        """Look at every turn from now on."""
        self.longest_ms = 0.0
        self._last = time.thread_time()
        self._timer.start(1)

    def end(self) -> None:
        """Look no more."""
        self._look()
        self._timer.stop()


def watched(front_door: ModuleType, found: Found, moment: Moment, *, is_used: bool) -> ModuleType:
    """Let the front door be watched: what it took to fill the window, and to use it if wanted."""
    run = front_door.FrontDoor.run

    async def run_watched(door: Any, passphrase: str | None) -> int:
        watch = _watch(door, found, moment, is_used=is_used)
        watching = asyncio.get_running_loop().create_task(watch)
        code: int = await run(door, passphrase)
        await watching
        return code

    front_door.FrontDoor.run = run_watched
    return front_door


async def _watch(door: Any, found: Found, moment: Moment, *, is_used: bool) -> None:
    turns = _Turns()
    turns.begin()
    try:
        await _seen(lambda: door.desk is not None and door.desk.page.shown_page == "home")
        await door.keeper.quiet()
        turns.end()
        found["filled"] = moment()
        found["turn_ms"] = turns.longest_ms
        found["memory_mib"] = memory_mib()
        if is_used:
            found["acts"] = await _use(door)
            found["memory_after_mib"] = memory_mib()
    finally:
        door.frame.close()


async def _seen(condition: Callable[[], Any]) -> None:
    until = time.monotonic() + _PATIENCE_S
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError("it never came")
        await asyncio.sleep(_LOOKS_EVERY_S)


async def _use(door: Any) -> dict[str, dict[str, float]]:
    """Do what a person does with a long list, each act with its time and its longest turn."""
    person = _Person(door)
    desk, table = door.desk, person.table
    await person.does(
        "open the list",
        partial(desk.page.sections.choose, "contact"),
        lambda: desk.going.section == "contact" and person.first_line(),
    )
    total = table.model().rowCount()
    table.setFocus()
    await person.scrolls("page down", "PgDown")
    await person.scrolls("line down", "Down")
    await person.does(
        "go to the end",
        partial(person.press, "Ctrl+End"),
        lambda: table.currentIndex().row() == total - 1 and table.currentIndex().data() != _WAITING,
    )
    await person.does("go to the beginning", partial(person.press, "Ctrl+Home"), person.first_line)
    await person.does(
        "sort by family name",
        desk.menus.acts["by_family"].trigger,
        lambda: desk.lists.query.sort == "family" and person.first_line(),
    )
    filtering = desk.page.list.top.filter
    await person.does(
        "filter by words",
        partial(filtering.setText, "nguyen"),
        lambda: table.model().rowCount() < total and person.first_line(),
    )
    await person.does(
        "take the filter away",
        filtering.clear,
        lambda: table.model().rowCount() == total and person.first_line(),
    )
    shown = desk.records.record_id
    await person.does(
        "choose every record",
        desk.list_acts.menu.acts["choose_all"].trigger,
        lambda: len(desk.lists.chosen) == total,
    )
    await person.does(
        "open another record", partial(person.clicks, 1), lambda: desk.records.record_id != shown
    )
    return person.told


class _Person:
    """Acts on the list, and notes what each act took."""

    def __init__(self, door: Any) -> None:
        self._keeper = door.keeper
        self._turns = _Turns()
        self.table = door.desk.page.list.table
        self.told: dict[str, dict[str, float]] = {}

    def first_line(self) -> str:
        """Return what the first cell shows; empty before it is there."""
        model = self.table.model()
        text = str(model.index(0, 0).data() or "") if model.rowCount() else ""
        return "" if text == _WAITING else text

    def press(self, keys: str) -> None:
        """Press a combination of keys on the list."""
        combination = QKeySequence(keys)[0]
        QTest.keyClick(self.table, combination.key(), combination.keyboardModifiers())

    def clicks(self, row: int) -> None:
        """Click on a line that is in sight."""
        place = self.table.visualRect(self.table.model().index(row, 0)).center()
        QTest.mouseClick(self.table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    async def does(self, name: str, do: Callable[[], object], until: Callable[[], Any]) -> None:
        """Act, wait until it shows, and note it."""
        async with self._noted(name):
            do()
            await _seen(until)

    async def scrolls(self, name: str, keys: str) -> None:
        """Press a key that scrolls many times, each once the last has moved the list."""
        table = self.table
        async with self._noted(f"scroll: {_SCROLLS} times {name}"):
            for _ in range(_SCROLLS):
                before = table.currentIndex().row()
                self.press(keys)
                await _seen(partial(self._has_left, before))

    def _has_left(self, row: int) -> bool:
        return bool(self.table.currentIndex().row() != row)

    @asynccontextmanager
    async def _noted(self, name: str) -> AsyncIterator[None]:
        await self._keeper.quiet()
        self._turns.begin()
        started, busy = time.monotonic(), time.process_time()
        yield
        await self._keeper.quiet()
        self._turns.end()
        self.told[name] = {
            "ms": (time.monotonic() - started) * 1000,
            "busy_ms": (time.process_time() - busy) * 1000,
            "turn_ms": self._turns.longest_ms,
        }
