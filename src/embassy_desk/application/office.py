"""The office: runs commands and queries on the threads that own the store."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Concatenate, ParamSpec, TypeVar

from embassy_desk.store.opening import Store
from embassy_desk.store.work import Changes, UnitOfWork

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
Listener = Callable[[Changes], None]


def perform(
    store: Store,
    command: Callable[Concatenate[UnitOfWork, Asked], Answer],
    /,
    *args: Asked.args,
    **kwargs: Asked.kwargs,
) -> tuple[Answer, Changes]:
    """Run a command in a unit of work of its own and commit it, on the calling thread.

    Returns:
        The command's answer and what was changed.

    Raises:
        DeskError: The command refuses; then nothing is kept.
    """
    with store.work() as work:
        answer = command(work, *args, **kwargs)
        return answer, work.commit()


def answer(
    store: Store,
    query: Callable[Concatenate[UnitOfWork, Asked], Answer],
    /,
    *args: Asked.args,
    **kwargs: Asked.kwargs,
) -> Answer:
    """Run a query on the reading connection, on the calling thread."""
    with store.reading() as work:
        return query(work, *args, **kwargs)


class Office:
    """Takes commands and queries from the loop and answers when the clerk has done them.

    The clerk is the one thread that writes; the reader answers queries beside it, and a porter
    carries long work that needs neither. Order of asking is order of doing. Cancelling an await
    abandons the answer, not the work.
    """

    def __init__(self, store: Store) -> None:
        """Open the office for a store."""
        self._store = store
        self._clerk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="clerk")
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reader")
        self._porter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="porter")
        self._listeners: list[Listener] = []
        self._is_closed = False

    @property
    def store(self) -> Store:
        """The store that the office serves."""
        return self._store

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call the listener, on the loop's thread, after every command that changed something.

        Returns:
            A function that ends it.
        """
        self._listeners.append(listener)

        def leave() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return leave

    async def do(
        self,
        command: Callable[Concatenate[UnitOfWork, Asked], Answer],
        /,
        *args: Asked.args,
        **kwargs: Asked.kwargs,
    ) -> Answer:
        """Run a command on the clerk, commit it, tell the listeners and return its answer.

        Raises:
            DeskError: The command refuses; then nothing is kept.
        """
        work = self._asked(self._clerk, lambda: perform(self._store, command, *args, **kwargs))
        result, changes = await work
        self.announce(changes)
        return result

    async def ask(
        self,
        query: Callable[Concatenate[UnitOfWork, Asked], Answer],
        /,
        *args: Asked.args,
        **kwargs: Asked.kwargs,
    ) -> Answer:
        """Run a query on the reader and return its answer."""
        return await self._asked(self._reader, lambda: answer(self._store, query, *args, **kwargs))

    async def call(self, function: Callable[[Store], Answer]) -> Answer:
        """Run something on the clerk that manages its own units of work, such as a backup."""
        return await self._asked(self._clerk, lambda: function(self._store))

    async def aside(self, function: Callable[[Store], Answer]) -> Answer:
        """Run something long beside clerk and reader, such as reading a file to import.

        It may open short units of work, but must not hold the store up: what it makes ready is
        then written by the clerk, through `call`.
        """
        return await self._asked(self._porter, lambda: function(self._store))

    def turn(self, function: Callable[[Store], Answer]) -> Answer:
        """Run something short on the clerk, from work that runs aside; blocks that work's thread.

        What the person saved in the meantime comes first.
        """
        return self._clerk.submit(lambda: function(self._store)).result()

    def _asked(
        self, thread: ThreadPoolExecutor, work: Callable[[], Answer]
    ) -> "asyncio.Future[Answer]":
        """Hand work to a thread; who asks a closed office is called off, as what waited there was.

        Raises:
            CancelledError: The office is closed.
        """
        if self._is_closed:
            raise asyncio.CancelledError("the office is closed")
        return asyncio.wrap_future(thread.submit(work))

    def announce(self, changes: Changes) -> None:
        """Tell the listeners what was changed; also used for changes of another process."""
        if not changes.records:
            return
        for listener in tuple(self._listeners):
            listener(changes)

    def close(self) -> None:
        """Finish what was asked, then close the store. Blocks until the clerk is done.

        What runs aside is waited for; call it off first.
        """
        self._is_closed = True
        self._listeners.clear()
        self._porter.shutdown(wait=True, cancel_futures=True)
        self._reader.shutdown(wait=True, cancel_futures=True)
        self._clerk.shutdown(wait=True)
        self._store.close()
