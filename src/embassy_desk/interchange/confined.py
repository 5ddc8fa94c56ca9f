"""The inside of the child process that reads a foreign file: few rights, then the reader.

The limits are set before the reader and its libraries are loaded. What the system does not offer
is left out: Windows has no such limits, and where a process may not give up its network, only
Python's own connections are refused.
"""

import ctypes
import gc
import logging
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any, cast

from embassy_desk.domain.errors import DeskError
from embassy_desk.interchange.answers import packed, packed_error, packed_piece

if sys.platform != "win32":
    import resource

ROOM = "embassy_desk.interchange."
"""Only readers of this room are run."""

ANSWER, ERROR, GOING_ON, TOO_MUCH = b"A", b"E", b"G", b"M"
"""What the first byte of a message says: what it is."""

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # CLONE_NEWUSER, CLONE_NEWNET of Linux
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_RARELY = 500_000  # objects between two looks for cycles that nobody needs any more
_BARRED = (
    "socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system",
    "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate",
    "os.startfile", "shutil.", "webbrowser.", "urllib.", "ftplib.", "smtplib.",
)  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """What a reader may use.

    Attributes:
        seconds: Time until it is ended, as a clock on the wall tells it.
        cpu_seconds: Time of the processor.
        memory_bytes: Addresses it may use; the interpreter and its libraries take up to 250 MiB.
        answer_bytes: Largest answer.
    """

    seconds: float
    cpu_seconds: int
    memory_bytes: int
    answer_bytes: int


@dataclass(frozen=True)
class Asked:
    """What the child is to run.

    Attributes:
        module: Where the reader stands.
        name: Its name there.
        arguments: What it is given, in order.
        options: What it is given by name.
        is_watched: Whether it takes `going_on`.
    """

    module: str
    name: str
    arguments: tuple[Any, ...]
    options: Mapping[str, Any]
    is_watched: bool


def run_confined(sender: Connection, limits: Limits, asked: Asked) -> None:
    """Run a reader and send what it answers; the target of the child process.

    What the reader cannot cope with ends the process; nothing is printed, for a message could
    carry what stands in the file.

    Raises:
        PermissionError: The reader does not stand in the room of foreign files.
    """
    confine(limits)
    try:
        sender.send_bytes(_answer(sender, asked))
    except MemoryError:
        sender.send_bytes(TOO_MUCH)


def _answer(sender: Connection, asked: Asked) -> bytes:
    if not asked.module.startswith(ROOM):
        raise PermissionError(asked.module)
    reader = cast("Callable[..., Any]", getattr(import_module(asked.module), asked.name))
    options = dict(asked.options)
    if asked.is_watched:
        options["going_on"] = partial(_tell, sender)
    try:
        answer = reader(*asked.arguments, **options)
        if not isinstance(answer, Iterator):
            return ANSWER + packed(reader, answer)
        for piece in answer:
            sender.send_bytes(ANSWER + packed_piece(reader, piece))
    except DeskError as error:
        return ERROR + packed_error(error)
    return ANSWER  # the last of several says nothing


def _tell(sender: Connection, done: int, total: int) -> None:
    sender.send_bytes(GOING_ON + f"{done} {total}".encode())


def confine(limits: Limits) -> None:
    """Give up what a reader does not need."""
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.dont_write_bytecode = True
    logging.disable()
    gc.set_threshold(_RARELY)  # what a reader makes stays until it ends
    if sys.platform == "linux":
        # Refused in some containers; then only Python's own connections are.
        ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK)
    if sys.platform != "win32":
        for what, most in (
            (resource.RLIMIT_AS, limits.memory_bytes),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(what, (most, most))
        # At the first of the two figures the process ends by a signal of its own.
        resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse what only a file that took the reader over would do.

    Raises:
        PermissionError: It is such a thing.
    """
    if event == "open":
        _, _, flags = arguments
        is_barred = isinstance(flags, int) and bool(flags & _WRITING)
    else:
        is_barred = event.startswith(_BARRED)
    if is_barred:
        raise PermissionError(event)
