"""One at a time, among the threads of a process and among the processes of this machine."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from embassy_desk.settings.files import writing_error

if sys.platform != "win32":
    import fcntl

_PRIVATE = 0o600


class Turns:
    """Gives turns by the lock on a file, which the system gives up with the process that has it."""

    def __init__(self, path: Path) -> None:
        """Take turns at a file; it is made when needed and stays empty."""
        self._path = path
        self._thread = threading.Lock()

    @contextmanager
    def mine(self) -> Iterator[None]:
        """Wait for a turn, and keep it while the block runs.

        Raises:
            StoreError: The file cannot be made.
        """
        with self._thread:
            try:
                descriptor = os.open(self._path, os.O_CREAT | os.O_RDWR, _PRIVATE)
            except OSError as error:
                raise writing_error(self._path, error) from error
            try:
                if sys.platform != "win32":  # there the service is one process
                    fcntl.flock(descriptor, fcntl.LOCK_EX)
                yield
            finally:
                os.close(descriptor)
