"""A process that performs deeds, each in a child that can be watched, or hurt, by strace.

Started as `python -m faults.performing DESCRIPTOR`; the descriptor is a socket. For each line – the
name of a deed, a folder, after how many seconds to kill it and right after which `said` (0 for
never), parted by TABs – a child answers `ready PID`, waits for one byte, and goes on: `said COUNT`
after every commit, `ended OUTCOME`. When it is gone, the process itself says `gone CODE`.
"""

import ctypes
import os
import signal
import socket
import sys
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path
from threading import Timer

from embassy_desk.domain.errors import DeskError
from faults.deeds import Say, make_base, make_profile
from faults.known import KNOWN

_ANYBODY_MAY_TRACE = (0x59616D61, -1)  # PR_SET_PTRACER, PR_SET_PTRACER_ANY


def main(descriptor: int) -> None:
    """Serve until the other end is closed."""
    with socket.socket(fileno=descriptor) as line:
        for words in line.makefile("r", encoding="utf-8"):
            # A child that was killed early left the byte it should have waited for.
            name, folder, killed_after_s, killed_at = words.lstrip("!").rstrip("\n").split("\t")
            child = os.fork()
            if not child:
                _live(name, Path(folder), line, int(killed_at))
            killer = Timer(float(killed_after_s), partial(os.kill, child, signal.SIGKILL))
            if float(killed_after_s):
                killer.start()
            os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
            killer.cancel()  # the child is not buried yet, so nobody else has its number
            if killer.is_alive():
                killer.join()
            _, status = os.waitpid(child, 0)
            line.sendall(f"gone {os.waitstatus_to_exitcode(status)}\n".encode())


def _live(name: str, folder: Path, line: socket.socket, killed_at: int) -> None:
    ctypes.CDLL(None).prctl(*_ANYBODY_MAY_TRACE, 0, 0, 0)
    line.sendall(f"ready {os.getpid()}\n".encode())
    line.recv(1)
    outcome = _outcome(name, folder, partial(_say, line, count(1), killed_at))
    line.sendall(f"ended {outcome}\n".encode())
    os._exit(0)


def _say(line: socket.socket, turns: Iterator[int], killed_at: int, kept: int) -> None:
    """Say what is kept; die on the spot when this is the word to die at."""
    line.sendall(f"said {kept}\n".encode())
    if next(turns) == killed_at:
        os.kill(os.getpid(), signal.SIGKILL)


def _outcome(name: str, folder: Path, say: Say) -> str:
    """Perform a deed, and return `done` or which typed error came."""
    try:
        if name == "base":
            make_base(folder)
        elif name == "profile":
            make_profile(folder)
        elif name.startswith("prepare "):
            KNOWN[name.removeprefix("prepare ")].prepare(folder)
        else:
            KNOWN[name].perform(folder, say)
    except DeskError as error:
        return f"refused {type(error).__name__} {error.text}"
    return "done"


if __name__ == "__main__":
    main(int(sys.argv[1]))
