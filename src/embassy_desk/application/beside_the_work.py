"""Where the steps of an exchange run: short ones on the clerk, the network on its own thread."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from embassy_desk.application.office import Office
from embassy_desk.store.opening import Store

Answer = TypeVar("Answer")


class BesideTheWork:
    """The places of an exchange while somebody works at the desk.

    A request may stand still for half a minute. Its thread touches nothing of the store, so that
    the desk need not wait for it to close.
    """

    def __init__(self, office: Office) -> None:
        """Use the clerk of an office."""
        self._office = office
        self._road = ThreadPoolExecutor(max_workers=1, thread_name_prefix="road")

    async def by_the_clerk(self, step: Callable[[Store], Answer]) -> Answer:
        """Do one short step on the thread that writes."""
        return await self._office.call(step)

    async def on_the_road(self, step: Callable[[], Answer]) -> Answer:
        """Do what waits for the network on a thread of its own."""
        return await asyncio.wrap_future(self._road.submit(step))

    def after_the_road(self, act: Callable[[], object]) -> None:
        """Do something on that thread, as soon as nobody waits for the network."""
        self._road.submit(act)

    def close(self) -> None:
        """Take nothing more; what is under way ends by itself."""
        self._road.shutdown(wait=False)
