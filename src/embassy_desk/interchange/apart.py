"""Runs a reader of foreign files in a child process that has little and can break little.

    candidates = apart(read_vcards, path, going_on=going_on)
    text = apart(first_page_text, content, ".pdf", limits=OF_A_PAGE)
    for reading in apart_by_pieces(readings_of, path):  # the child reads on meanwhile

A reader is a function of this room, at the top of its module, whose annotation says what it
returns: texts, numbers, days, and frozen dataclasses of them (sentences in them as
`answers.SentText`). Its arguments are plain values. What it raises of `DeskError` is raised here.
A file that makes it use too much, or crashes it, is refused in words; the desk goes on.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Event, Timer
from typing import Any, Protocol, TypeVar

from embassy_desk.domain.errors import StoreError
from embassy_desk.domain.watching import GoingOn, unwatched
from embassy_desk.interchange.answers import (
    NotAnAnswerError,
    unpacked,
    unpacked_error,
    unpacked_piece,
)
from embassy_desk.interchange.confined import (
    ANSWER,
    ERROR,
    GOING_ON,
    TOO_MUCH,
    Asked,
    Limits,
    run_confined,
)
from embassy_desk.interchange.errors import UnreadableFileError, whole_file
from embassy_desk.texts import N_

__all__ = [
    "OF_A_FILE",
    "OF_A_PAGE",
    "Limits",
    "Run",
    "RunByPieces",
    "apart",
    "apart_by_pieces",
    "here",
]

_MIB = 1024 * 1024
OF_A_FILE = Limits(seconds=900, cpu_seconds=300, memory_bytes=2048 * _MIB, answer_bytes=256 * _MIB)
"""For whole registers: 20 MiB of cells become objects of about a hundred times their size."""

OF_A_PAGE = Limits(seconds=30, cpu_seconds=15, memory_bytes=1024 * _MIB, answer_bytes=_MIB)
"""For one page of a document."""

_LOOK_S = 0.2  # between two looks at whether somebody wants to stop
_OUT_OF_TIME = -24  # the process ended by SIGXCPU

Answer = TypeVar("Answer")


class Run(Protocol):
    """How a reader is run: `apart`, or `here` where the file is our own."""

    def __call__(
        self,
        reader: Callable[..., Answer],
        *arguments: Any,
        going_on: GoingOn | None = None,
        limits: Limits = OF_A_FILE,
        **options: Any,
    ) -> Answer:
        """Run the reader and return its answer."""


class RunByPieces(Protocol):
    """How a reader that yields is run: `apart_by_pieces`, or `here`."""

    def __call__(
        self,
        reader: Callable[..., Iterator[Answer]],
        *arguments: Any,
        going_on: GoingOn | None = None,
        limits: Limits = OF_A_FILE,
        **options: Any,
    ) -> Iterator[Answer]:
        """Run the reader and yield its answers."""


def here(
    reader: Callable[..., Answer],
    *arguments: Any,
    going_on: GoingOn | None = None,
    limits: Limits = OF_A_FILE,  # noqa: ARG001  there are none here
    **options: Any,
) -> Answer:
    """Run a reader in this process, without limits: for files that the desk made itself."""
    if going_on is not None:
        options["going_on"] = going_on
    return reader(*arguments, **options)


def apart(
    reader: Callable[..., Answer],
    *arguments: Any,
    going_on: GoingOn | None = None,
    limits: Limits = OF_A_FILE,
    **options: Any,
) -> Answer:
    """Run a reader in a child process with limits, and return its answer.

    Takes about half a second more than the reader itself.

    Args:
        reader: A function of this room.
        arguments: What it is given: plain values, paths, bytes.
        going_on: Told how far it is, where the reader takes `going_on`; what it raises ends the
            child at once, also between two reports.
        limits: What it may use.
        options: What it is given by name.

    Raises:
        UnreadableFileError: The file is not what it should be, or takes more than the limits.
        StoreError: No process can be started.
        DeskError: Whatever else the reader raised.
    """
    asked = Asked(
        reader.__module__, reader.__qualname__, arguments, options, is_watched=going_on is not None
    )
    with _child(asked, limits) as child:
        answer: Answer = unpacked(reader, child.awaited(going_on or unwatched))
        return answer


def apart_by_pieces(
    reader: Callable[..., Iterator[Answer]],
    *arguments: Any,
    going_on: GoingOn | None = None,
    limits: Limits = OF_A_FILE,
    **options: Any,
) -> Iterator[Answer]:
    """Run a reader that yields as `apart` does, and yield its answers while it reads on.

    Raises:
        UnreadableFileError: The file is not what it should be, or takes more than the limits; what
            was yielded before means nothing then.
        StoreError: No process can be started.
        DeskError: Whatever else the reader raised.
    """
    asked = Asked(
        reader.__module__, reader.__qualname__, arguments, options, is_watched=going_on is not None
    )
    with _child(asked, limits) as child:
        while piece := child.awaited(going_on or unwatched):
            yield unpacked_piece(reader, piece)


@contextmanager
def _child(asked: Asked, limits: Limits) -> Iterator["_Child"]:
    """Start a child process that reads, and end it whatever happens.

    Raises:
        StoreError: It cannot be started.
    """
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=run_confined, args=(sender, limits, asked), daemon=True)
    try:
        process.start()
    except OSError as error:
        receiver.close()
        raise StoreError(N_("The file cannot be read: this computer is too busy.")) from error
    finally:
        sender.close()
    is_late = Event()
    timer = _started_timer(limits.seconds, is_late, process)
    try:
        yield _Child(process, receiver, limits.answer_bytes, is_late)
    finally:
        timer.cancel()
        timer.join()
        process.kill()
        process.join()
        process.close()
        receiver.close()


def _started_timer(seconds: float, is_late: Event, process: BaseProcess) -> Timer:
    """Start what ends the child when its time is over, even in the middle of a message."""

    def end() -> None:
        is_late.set()
        process.kill()

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    return timer


class _Child:
    """A child process that reads, and what it says."""

    def __init__(
        self, process: BaseProcess, receiver: Connection, most_bytes: int, is_late: Event
    ) -> None:
        self._process = process
        self._receiver = receiver
        self._most_bytes = most_bytes
        self._is_late = is_late
        self._progress = (0, 0)

    def awaited(self, going_on: GoingOn) -> bytes:
        """Return the next answer of the child; nothing after the last of several.

        Raises:
            UnreadableFileError: It ended without one, or says more than it may.
            DeskError: What it says went wrong.
        """
        while True:
            while not self._receiver.poll(_LOOK_S):
                going_on(*self._progress)
            try:
                message = self._receiver.recv_bytes(self._most_bytes)
            except (EOFError, OSError):  # it is gone, or says more than it may
                self._process.join()
                is_late = self._is_late.is_set() or self._process.exitcode == _OUT_OF_TIME
                raise _ended(is_late=is_late) from None
            if not message.startswith(GOING_ON):
                self._most_bytes = max(self._most_bytes - len(message), 1)
                return _answer_in(message)
            self._progress = _progress(message)
            going_on(*self._progress)


def _progress(message: bytes) -> tuple[int, int]:
    try:
        done, total = map(int, message[1:].split())
    except ValueError as error:
        raise _ended(is_late=False) from error
    return done, total


def _answer_in(message: bytes) -> bytes:
    what, content = message[:1], message[1:]
    if what == ANSWER:
        return content
    if what == TOO_MUCH:
        raise whole_file(N_("This file needs more memory to read than is safe."))
    if what != ERROR:
        raise _ended(is_late=False)
    try:
        error = unpacked_error(content)
    except NotAnAnswerError as wrong:
        raise _ended(is_late=False) from wrong
    raise error


def _ended(*, is_late: bool) -> UnreadableFileError:
    if is_late:
        return whole_file(N_("This file takes too long to read."))
    return whole_file(N_("This file cannot be read; it is damaged or not safe."))
