"""Starts coroutines, holds and names them, and turns their errors into notices.

The only place that starts tasks: asyncio holds them weakly, and an error nobody awaits is lost.
Also the one place of the desk that catches everything, because it turns bugs into reports.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from embassy_desk.desktop.kit.notice import Notice, Weight, notice_of
from embassy_desk.domain.errors import DeskError
from embassy_desk.settings.log_lines import Plain
from embassy_desk.texts import N_

_LOG = logging.getLogger(__name__)
_INCIDENT_BYTES = 3


class Keeper:
    """Keeps the running tasks of the desk."""

    def __init__(self, tell: Callable[[Notice], None]) -> None:
        """Begin without tasks; errors are told to `tell`, on the loop's thread."""
        self._tell = tell
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, object], *, name: str) -> "asyncio.Task[None]":
        """Start a coroutine under a name that the log may show."""
        task = asyncio.get_running_loop().create_task(self._guarded(work), name=name)
        self._tasks.add(task)
        task.add_done_callback(partial(self._let_go, work))
        return task

    def _let_go(self, work: Coroutine[Any, Any, object], task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        work.close()  # one that was cancelled before it began would be missed otherwise

    async def _guarded(self, work: Coroutine[Any, Any, object]) -> None:
        try:
            await work
        except DeskError as error:
            _LOG.info("refused: %s", Plain(error.code))
            self._tell(notice_of(error))
        except Exception as error:  # noqa: BLE001  the border where bugs become reports
            self.report(error)

    def report(self, error: BaseException) -> str:
        """Log a bug with its trace and tell the person its incident number.

        Returns:
            The incident number.
        """
        incident = secrets.token_hex(_INCIDENT_BYTES).upper()
        _LOG.critical("incident %s", Plain(incident), exc_info=error)
        self._tell(
            Notice(
                N_(
                    "Something went wrong inside the program; what was saved is safe. "
                    "Incident {incident} stands in the log.",
                    incident=incident,
                ),
                Weight.TROUBLE,
                incident=incident,
            )
        )
        return incident

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the tasks that are running."""
        return tuple(sorted(task.get_name() for task in self._tasks))

    async def quiet(self) -> None:
        """Wait until no task is running."""
        while self._tasks:
            await asyncio.wait(tuple(self._tasks))

    async def close(self) -> None:
        """Cancel what is running, but not whoever asks for it, and wait until it has ended."""
        running = tuple(each for each in self._tasks if each is not asyncio.current_task())
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running)
