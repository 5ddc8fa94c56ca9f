"""A process that writes is killed at any moment: what it acknowledged is there, whole."""

import multiprocessing
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from embassy_desk.domain.contact import Contact, ContactEmail
from embassy_desk.domain.task import Task
from embassy_desk.store.opening import STORE_FILE, Store
from embassy_desk.store.verifying import Verification, verify
from makers.stores import make_store, reopened
from makers.writers import EMAILS_OF_EACH, create, save_many

KILLS = 25
KILLS_WHILE_CREATING = 10
SAVES_OF_EACH_WRITER = 200
MOST_SAVES_BEFORE_A_KILL = 8
LONGEST_WAIT_S = 0.02
LONGEST_CREATION_S = 0.4
PATIENCE_S = 120.0

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def processes() -> Any:
    """Starts processes; where it can, from one that has imported everything already."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pytest", "embassy_desk.store.opening"])
    return context


class Writer:
    """A process of its own and what it has acknowledged so far."""

    def __init__(self, processes: Any, target: Callable[..., None], *arguments: Any) -> None:
        self._receiver, sender = processes.Pipe(duplex=False)
        self._process = processes.Process(target=target, args=(*arguments, sender))
        self._process.start()
        sender.close()
        self.acknowledged: list[str] = []

    def wait_for(self, count: int) -> None:
        """Wait until so many words have come."""
        while len(self.acknowledged) < count:
            assert self._receiver.poll(PATIENCE_S), "the writer is silent"
            self.acknowledged.append(self._receiver.recv())

    def kill(self, *, after_s: float) -> None:
        """Kill the process after a moment, and take what it still said before."""
        self._process.join(after_s)
        self._process.kill()
        self._process.join(PATIENCE_S)
        self.acknowledged += _rest(self._receiver)
        self._close()

    def finish(self) -> None:
        """Wait until the process is done, and take all that it said."""
        with suppress(EOFError):
            while True:
                self.wait_for(len(self.acknowledged) + 1)
        self._process.join(PATIENCE_S)
        assert self._process.exitcode == 0
        self._close()

    def _close(self) -> None:
        self._receiver.close()
        self._process.close()


def _rest(receiver: Connection) -> Iterator[str]:
    with suppress(EOFError):
        while True:
            yield receiver.recv()


def _verified(store: Store) -> Verification:
    with store.reading() as work:
        return verify(work.raw)


def _assert_whole(store: Store, acknowledged: set[str]) -> None:
    """Everything acknowledged is there, every transaction is whole, and the log proves it."""
    with store.reading() as work:
        contacts = work.all(Contact)
        assert acknowledged <= {each.ref for each in contacts if each.notes}
        addresses: dict[Any, int] = {each.id: 0 for each in contacts}
        for email in work.all(ContactEmail):
            addresses[email.contact_id] += 1
        assert set(addresses.values()) <= {EMAILS_OF_EACH}
        titles = {each.title for each in work.all(Task)}
        assert titles == {f"Gọi {each.ref}" for each in contacts}
        assert verify(work.raw).problems == ()
        written = len(contacts) * (1 + EMAILS_OF_EACH + 1) + sum(bool(c.notes) for c in contacts)
        assert verify(work.raw).operations == written


def test_killed_writers_lose_nothing_that_was_acknowledged(processes: Any, tmp_path: Path) -> None:
    make_store(tmp_path).close()
    moments = random.Random(2026)
    acknowledged: set[str] = set()
    for _ in range(KILLS):
        writer = Writer(processes, save_many, tmp_path, 10_000)
        writer.wait_for(moments.randint(0, MOST_SAVES_BEFORE_A_KILL))
        writer.kill(after_s=moments.uniform(0, LONGEST_WAIT_S))
        acknowledged |= set(writer.acknowledged)
        with closing(reopened(tmp_path)) as store:
            _assert_whole(store, acknowledged)
    assert len(acknowledged) >= KILLS


def test_two_processes_writing_at_once_lose_nothing(processes: Any, tmp_path: Path) -> None:
    with closing(make_store(tmp_path)) as store:
        writers = [Writer(processes, save_many, tmp_path, SAVES_OF_EACH_WRITER) for _ in range(2)]
        for writer in writers:
            writer.finish()
        acknowledged = {ref for writer in writers for ref in writer.acknowledged}
        assert len(acknowledged) == 2 * SAVES_OF_EACH_WRITER
        _assert_whole(store, acknowledged)
        assert _verified(store).records == 2 * len(acknowledged)


def test_a_killed_writer_does_not_hold_up_the_next_one(processes: Any, tmp_path: Path) -> None:
    with closing(make_store(tmp_path)) as store:
        survivor = Writer(processes, save_many, tmp_path, SAVES_OF_EACH_WRITER)
        survivor.wait_for(1)
        victim = Writer(processes, save_many, tmp_path, 10_000)
        victim.wait_for(5)
        victim.kill(after_s=0)
        survivor.finish()
        _assert_whole(store, {*survivor.acknowledged, *victim.acknowledged})


def test_a_killed_creation_leaves_no_store_or_a_whole_one(processes: Any, tmp_path: Path) -> None:
    moments = random.Random(2026)
    for number in range(KILLS_WHILE_CREATING):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        writer = Writer(processes, create, folder)
        writer.wait_for(1)
        writer.kill(after_s=moments.uniform(0, LONGEST_CREATION_S))
        if not (folder / STORE_FILE).exists():
            assert "made" not in writer.acknowledged
            make_store(folder).close()
        with closing(reopened(folder)) as store:
            assert _verified(store).problems == ()
