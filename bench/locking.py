"""Measures how long the window takes to lock and to open again, beside what neither can do without.

    .venv/bin/python bench/locking.py [--contacts 20000] [--rounds 9]

A person has the list of contacts open, and a record with something typed that is not saved. Locking
is over when the store is closed, its key wiped, the draft kept and everything let go of; opening
when the page is shown again and nothing is loaded any more. The floor of locking is to fold the
log of a bare keyed connection into the file and to read the file for its mark; that of opening is
to derive the key from the passphrase, which is slow on purpose. Locking is judged by the clock;
opening, which only reads and reckons, by the processor's time.
"""

import argparse
import asyncio
import os
import shutil
import statistics
import sys
import tempfile
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import qasync
from figures import Call, Goal, Ratio, Row, series_of, timed
from machine import load, machine
from PySide6.QtWidgets import QApplication, QLineEdit
from stores import ROOT, Stores, TickingClock
from table import table

from embassy_desk.application.profile import DEMO_PASSPHRASE
from embassy_desk.desktop.entrance import Entrance
from embassy_desk.desktop.front_door import FrontDoor
from embassy_desk.desktop.kit.collector import Collector
from embassy_desk.desktop.kit.theme import STYLE
from embassy_desk.sealing.derivation import scaled_parameters
from embassy_desk.settings.places import STORE_FILE
from embassy_desk.store.connections import connect
from embassy_desk.store.standing import pages_digest
from embassy_desk.texts import N_
from embassy_desk.vault.unlocking import change_passphrase, unlock

PASSPHRASE = "six quiet words for a locked desk"  # noqa: S105  of a store made up here
_LOCKED = N_("Locked by you.")
_LOCK = Goal("p95 ≤ 300 ms", p95_ms=300)
_UNLOCK = Goal("p95 ≤ 2 s", p95_ms=2_000)


class Window:
    """The window of a desk, and the loop on which it runs."""

    def __init__(self, runner: asyncio.Runner, app: QApplication, folder: Path) -> None:
        """Show the unlock page."""
        self._runner = runner
        entrance = Entrance(app, folder, language="en")
        entrance.show()
        self.door = FrontDoor(app, entrance, TickingClock())
        runner.run(self._open())

    async def _open(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self.door.run(None))
        await asyncio.sleep(0)  # it begins to load
        await self.door.rooms

    def unlock(self) -> None:
        """Open the store and wait until all that is shown is loaded."""
        self._runner.run(self._unlock())

    async def _unlock(self) -> None:
        await self.door.session.unlock(PASSPHRASE)
        await self.door.keeper.quiet()

    def work(self) -> None:
        """Open the list of contacts and a record, and type into it without saving."""
        self._runner.run(self._work())

    async def _work(self) -> None:
        desk, keeper = self.door.desk, self.door.keeper
        assert desk is not None, "the store did not open"
        desk.page.sections.choose("contact")
        await keeper.quiet()
        line = desk.page.list.model.line(0)
        assert line is not None, "the list is empty"
        await desk.going.open("contact", line.id)
        form = desk.page.record.form
        assert form is not None, "no record is open"
        field = form.fields.boxes["alias"].editor.front
        assert isinstance(field, QLineEdit), "the field takes no text"
        field.setText(field.text() + "x")
        await keeper.quiet()

    def lock(self) -> None:
        """Lock, until all is done."""
        self._runner.run(self.door.session.lock(_LOCKED))
        assert self.door.desk is None, "the desk is open"

    def close(self) -> None:
        """Leave."""
        self._runner.run(self._close())

    async def _close(self) -> None:
        self.door.frame.close()
        await self._task


def _measured(folder: Path, contacts: int, rounds: int) -> list[Row]:
    app = QApplication(["embassy-desk", *STYLE])
    app.setQuitOnLastWindowClosed(False)
    collector = Collector(app)
    lock: list[tuple[tuple[float, float], tuple[float, float]]] = []
    opening: list[tuple[tuple[float, float], tuple[float, float]]] = []
    with asyncio.Runner(loop_factory=partial(qasync.QEventLoop, app)) as runner:
        window = Window(runner, app, folder)
        for turn in range(rounds + 1):
            opened = timed(window.unlock), timed(partial(unlock, folder, PASSPHRASE))
            window.work()
            locked = timed(window.lock), timed(_floor_of_lock(folder))
            if turn:  # the first warms both sides
                opening.append(opened)
                lock.append(locked)
        window.close()
    collector.stop()
    return [
        _row("lock the desk", contacts, lock, _LOCK),
        _row("open it again, with the draft", contacts, opening, _UNLOCK, is_reading=True),
    ]


def _floor_of_lock(folder: Path) -> Call:
    """Return what closing cannot do without, made ready outside of what is timed."""
    raw = connect(folder / STORE_FILE, unlock(folder, PASSPHRASE))
    raw.execute("SELECT count(*) FROM sqlite_master").fetchone()

    def fold() -> None:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        raw.close()
        pages_digest(folder / STORE_FILE)

    return fold


def _row(
    what: str,
    contacts: int,
    pairs: list[tuple[tuple[float, float], tuple[float, float]]],
    goal: Goal,
    *,
    is_reading: bool = False,
) -> Row:
    ours, busy = series_of([each for each, _ in pairs])
    floor, _ = series_of([each for _, each in pairs])
    ratios = [each[0] / bare[0] for each, bare in pairs]
    ratio = Ratio(statistics.median(ratios), min(ratios), max(ratios))
    return Row(what, contacts, ours, floor, ratio, goal, busy, is_reading)


def main(words: list[str]) -> int:
    """Measure, print the table and return the exit code: 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description="Measure locking and opening again.")
    parser.add_argument("--contacts", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=9)
    wishes = parser.parse_args(words)
    stores = Stores(ROOT / "build" / "bench-locking")
    source = stores.profile(wishes.contacts)
    about = machine()
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room) / "profile"
        shutil.copytree(source, folder)
        change_passphrase(folder, DEMO_PASSPHRASE, PASSPHRASE, scaled_parameters())
        found = _measured(folder, wishes.contacts, wishes.rounds)
    about["load after"] = load()
    print(table(about, found))
    return 0 if all(row.is_met for row in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
