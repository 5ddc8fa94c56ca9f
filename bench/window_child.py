"""One run of a window, started by `window.py`: the desk on a store, or a bare window as its floor.

Usage: python bench/window_child.py bare|start|use [FOLDER]

Prints one JSON object. Moments count from the start of the process by the monotonic clock of the
machine; `busy` is the processor's time of all threads, of the same stretch. A *turn* is what the
window's thread works between two looks of its event loop at the queue: while it lasts, nothing is
drawn and no key is answered.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

_STARTED = float(os.environ["BENCH_STARTED"])
_PATIENCE_S = 120.0
_WAITING = "…"
_LOOKS_EVERY_S = 0.002
_SCROLLS = 60


def main(words: list[str]) -> int:
    """Run what is asked for and print its figures."""
    found = _bare() if words[0] == "bare" else _desk(Path(words[1]), is_used=words[0] == "use")
    print(json.dumps(found))
    return 0


def _moment() -> dict[str, float]:
    return {"ms": (time.monotonic() - _STARTED) * 1000, "busy_ms": time.process_time() * 1000}


def _memory_mib() -> float:
    """Return the share of memory that is this process's own, shared pages by their share (PSS)."""
    for line in Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("this kernel does not tell the proportional share")


def _bare() -> dict[str, Any]:
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow  # noqa: PLC0415  timed

    app = QApplication(["bare"])
    found: dict[str, Any] = {}

    class Window(QMainWindow):
        def paintEvent(self, event: Any) -> None:
            super().paintEvent(event)
            found.setdefault("painted", _moment())
            app.quit()

    window = Window()
    window.resize(1366, 768)
    window.setCentralWidget(QLabel("bare"))
    window.show()
    app.exec()
    return {**found, "memory_mib": _memory_mib()}


def _desk(folder: Path, *, is_used: bool) -> dict[str, Any]:
    from embassy_desk.desktop import app  # noqa: PLC0415  timed

    found: dict[str, Any] = {}

    class Watched(app.FrontDoor):
        async def run(self, passphrase: str | None) -> int:
            self.frame.painted.connect(lambda: found.setdefault("painted", _moment()))
            self.frame.resize(1366, 768)
            watching = asyncio.get_running_loop().create_task(_watch(self, found, is_used=is_used))
            code = await super().run(passphrase)
            await watching
            return code

    app.FrontDoor = Watched  # type: ignore[misc]
    app.run_desk(folder, language="vi", is_demo=True)
    return found


class _Turns:
    """Notes how long the window's thread works between two looks at its queue."""

    def __init__(self) -> None:
        from PySide6.QtCore import QTimer  # noqa: PLC0415  timed

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


async def _watch(door: Any, found: dict[str, Any], *, is_used: bool) -> None:
    try:
        await _seen(lambda: door.desk is not None and door.desk.page.shown_page == "home")
        await door.keeper.quiet()
        found["filled"] = _moment()
        found["memory_mib"] = _memory_mib()
        if is_used:
            found["acts"] = await _use(door)
            found["memory_after_mib"] = _memory_mib()
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
        from PySide6.QtGui import QKeySequence  # noqa: PLC0415  timed
        from PySide6.QtTest import QTest  # noqa: PLC0415  timed

        combination = QKeySequence(keys)[0]
        QTest.keyClick(self.table, combination.key(), combination.keyboardModifiers())

    def clicks(self, row: int) -> None:
        """Click on a line that is in sight."""
        from PySide6.QtCore import Qt  # noqa: PLC0415  timed
        from PySide6.QtTest import QTest  # noqa: PLC0415  timed

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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
