"""Has deeds performed, plainly, recorded by strace, or with errors that strace puts in."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from faults.deeds import PROFILE
from faults.known import KNOWN

STRACE = shutil.which("strace")
_RECORDED = (
    "openat,close,dup,dup2,lseek,read,write,pwrite64,sendfile,copy_file_range,ftruncate,fsync,"
    "fdatasync,unlink,unlinkat,rename,renameat,renameat2,link,linkat,mkdir,mkdirat,rmdir,sendto"
)
_WHOLE = "100000000"


@dataclass(frozen=True)
class Performed:
    """What became of a deed.

    Attributes:
        outcome: `done`, `refused` and the error, or `died` and how.
        said: How many operations it said are kept, one figure after each commit.
    """

    outcome: str
    said: tuple[int, ...]


class Performer:
    """A warm process that performs deeds in children; and the folders they begin with."""

    def __init__(self, folder: Path) -> None:
        """Start it; templates are kept in the folder."""
        self._folder = folder
        ours, theirs = socket.socketpair()
        with theirs:
            places = [str(each) for each in sys.path if each]
            environment = {
                **os.environ,
                "PYTHONPATH": os.pathsep.join(places),
                "EMBASSY_DESK_KEYRING": "off",
            }
            self._process = subprocess.Popen(
                [sys.executable, "-m", "faults.performing", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env=environment,
            )
        self._line = ours
        self._answers = ours.makefile("r", encoding="utf-8")

    def close(self) -> None:
        """End the process."""
        self._line.shutdown(socket.SHUT_RDWR)
        self._answers.close()
        self._line.close()
        self._process.wait()

    def template(self, deed: str) -> Path:
        """Return a folder with all that a deed begins with; not to be changed."""
        target = self._folder / f"template {deed}"
        if target.exists():
            return target
        if KNOWN[deed].is_making:
            self.perform("profile", target)
            shutil.rmtree(target / PROFILE)
            return target
        base = self._folder / "base"
        if not base.exists():
            self.perform("base", base)
        shutil.copytree(base, target)
        self.perform(f"prepare {deed}", target)
        return target

    def begin(self, deed: str) -> Path:
        """Return a fresh folder for one run of a deed."""
        target = self._folder / "run"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.template(deed), target)
        return target

    def perform(
        self,
        deed: str,
        folder: Path,
        *,
        strace: tuple[str, ...] = (),
        killed_after_s: float = 0,
        killed_at: int = 0,
    ) -> Performed:
        """Have a deed performed.

        Args:
            deed: Its name.
            folder: Where.
            strace: With words, strace is attached to the child and given them.
            killed_after_s: With a figure, the child is killed after so many seconds.
            killed_at: With a figure, the child dies the moment it has said so many words.
        """
        self._line.sendall(f"{deed}\t{folder}\t{killed_after_s}\t{killed_at}\n".encode())
        said: list[int] = []
        process, outcome = None, ""
        for answer in self._answers:
            what, _, words = answer.strip().partition(" ")
            if what == "ready":
                process = self._attached(int(words), strace) if strace else None
                self._line.sendall(b"!")
            elif what == "said":
                said.append(int(words))
            elif what == "ended":
                outcome = words
            else:
                if process is not None:
                    process.communicate()
                return Performed(outcome or f"died {words}", tuple(said))
        raise RuntimeError("the performer is gone")

    def _attached(self, child: int, words: tuple[str, ...]) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [STRACE, "-p", str(child), *words], stderr=subprocess.PIPE, text=True
        )
        for line in process.stderr:
            if "attached" in line:
                return process
        raise RuntimeError("strace could not attach")

    def recorded(self, deed: str) -> tuple[Performed, Path, Path]:
        """Perform a deed under strace; return what became of it, its folder and the record."""
        folder, record = self.begin(deed), self._folder / "record"
        options = ("-xx", "-s", _WHOLE, "-e", "decode-fds=path", "-e", f"trace={_RECORDED}")
        return self.perform(deed, folder, strace=(*options, "-o", str(record))), folder, record

    def hurt(self, deed: str, call: str, error: str, when: str) -> tuple[Performed, Path]:
        """Perform a deed of which one system call, or all from one on, fail with an error."""
        folder = self.begin(deed)
        words = ("-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={when}")
        return self.perform(deed, folder, strace=(*words, "-o", os.devnull)), folder


@contextmanager
def performer(folder: Path) -> Iterator[Performer]:
    """Give a performer, and end it."""
    made = Performer(folder)
    try:
        yield made
    finally:
        made.close()
