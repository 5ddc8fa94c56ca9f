"""Several processes that serve as one: they begin and end together (Linux and macOS)."""

import os
import signal
from collections.abc import Callable, Sequence
from multiprocessing import get_context

from embassy_desk.domain.errors import StoreError
from embassy_desk.texts import N_

Work = Callable[[int], None]
"""What a process does, until it is told to end or the file descriptor becomes readable: then the
process that began it is gone."""

_ENDING = frozenset({signal.SIGINT, signal.SIGTERM})


def run_together(works: Sequence[Work], announce: Callable[[], None]) -> None:
    """Run each in a process of its own until this one is told to end, then end all.

    Args:
        works: At least two; nothing else may run in this process yet.
        announce: Called once all have begun.

    Raises:
        StoreError: One ended by itself; the others were ended too, for whoever watches over the
            service to begin it anew.
    """
    heard, held = os.pipe()
    context = get_context("fork")
    awaited = {*_ENDING, signal.SIGCHLD}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, awaited)
    try:
        processes = [
            context.Process(target=_run, args=(each, heard, held, before)) for each in works
        ]
        for each in processes:
            each.start()
        announce()
        came = signal.sigwait(awaited)
        for each in processes:
            each.terminate()
        for each in processes:
            each.join()
    finally:
        os.close(heard)
        os.close(held)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    if came not in _ENDING:
        raise StoreError(N_("A process of the service ended by itself; the log says why."))


def _run(work: Work, heard: int, held: int, mask: set[signal.Signals]) -> None:
    os.close(held)  # only the first process holds it, so that its end is heard
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    work(heard)
