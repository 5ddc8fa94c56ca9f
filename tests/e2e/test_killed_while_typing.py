"""The desk is killed while somebody types: what was typed is offered, to the letter.

DRAFT_KILLS=50 kills more often than the quick run of every day does.
"""

import multiprocessing
import os
import random
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from embassy_desk.application.drafts import drafts
from embassy_desk.application.office import answer
from embassy_desk.store.verifying import verify
from makers.desks import enter, forget_template, make_profile, opened_store
from makers.typists import FIELD, type_until_killed

KILLS = int(os.environ.get("DRAFT_KILLS", "6"))
MOST_KEPT_BEFORE_A_KILL = 2
LONGEST_WAIT_S = 0.8
PATIENCE_S = 120.0

LONGEST_RUN_S = 300 + 30 * KILLS

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(LONGEST_RUN_S)]


@pytest.fixture(scope="module")
def processes() -> Any:
    """Starts processes; where it can, from one that has imported everything already."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["embassy_desk.desktop.desk", "makers.typists"])
    return context


class Typist:
    """A process in which somebody types, and what it has said so far."""

    def __init__(self, processes: Any, folder: Path, seed: int) -> None:
        self._receiver: Connection
        self._receiver, sender = processes.Pipe(duplex=False)
        arguments = (folder, seed, sender)
        self._process = processes.Process(target=type_until_killed, args=arguments)
        self._process.start()
        sender.close()
        self.kept: list[str] = []
        self.typed = ""
        self.offered = ""

    def _heard(self) -> tuple[str, str]:
        assert self._receiver.poll(PATIENCE_S), "the typist is silent"
        word, text = self._receiver.recv()
        if word == "kept":
            self.kept.append(text)
        elif word == "typed":
            self.typed += text
        else:
            self.offered = text
        return word, text

    def hear(self, kept: int) -> None:
        """Listen until somebody types and so many drafts were kept."""
        while not self.typed:
            self._heard()
        while len(self.kept) < kept:
            self._heard()

    def kill(self, after_s: float) -> None:
        """Kill the process after a moment, and hear what it still said before."""
        self._process.join(after_s)
        self._process.kill()
        self._process.join(PATIENCE_S)
        try:
            while True:
                self._heard()
        except EOFError:
            self._receiver.close()
            self._process.close()


def test_what_was_typed_before_a_kill_is_offered_to_the_letter(
    processes: Any, tmp_path: Path
) -> None:
    folder = make_profile(tmp_path)
    forget_template()
    enter(folder, "contact", {"family_name": "Đặng", "middle_name": "Thị", "given_name": "Hường"})
    moments, expected = random.Random(2026), ""
    for number in range(KILLS):
        typist = Typist(processes, folder, number)
        try:
            typist.hear(moments.randint(0, MOST_KEPT_BEFORE_A_KILL))
        finally:
            typist.kill(moments.uniform(0, LONGEST_WAIT_S))
        assert typist.offered == expected
        with opened_store(folder) as store:
            found = answer(store, drafts)
            with store.reading() as work:
                assert verify(work.raw).problems == ()
        assert len(found) <= 1
        after = str(found[0].typed[FIELD]) if found else ""
        whole = typist.offered + typist.typed
        assert whole.startswith(after), "the draft is not what was typed"
        assert len(after) >= max(map(len, [typist.offered, *typist.kept]))
        expected = after
    assert expected
