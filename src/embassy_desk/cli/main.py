"""Entry of `embassy-desk`: reads the words, runs the command, answers with an exit code.

Only the standard library is imported before the command is known, so that the window opens
quickly and a wrong word is answered at once.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from multiprocessing import freeze_support
from typing import Protocol, cast

from embassy_desk.cli.hygiene import dump_nothing, scrub
from embassy_desk.cli.words_of_command import Arguments, build_parser

DONE, REFUSED, USAGE = 0, 1, 2
_OWNER_ONLY = 0o077


class CommandModule(Protocol):
    """What every command's module offers."""

    def run(self, arguments: Arguments) -> int:
        """Do what was asked and return the exit code."""


def main(words: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        words: The words after the program's name; those of the process by default.

    Returns:
        0 when done, 1 when refused (the reason is on stderr), 2 for wrong usage.
    """
    freeze_support()  # a child process of the packaged program begins here and goes no further
    os.umask(_OWNER_ONLY)
    dump_nothing()
    if words is None:  # the process is ours, not that of a caller
        scrub(os.environ)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    arguments = build_parser().parse_args(words, Arguments())
    module = cast("CommandModule", import_module(f"embassy_desk.cli.{arguments.module}"))
    try:
        code = module.run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return REFUSED
    except OSError as error:
        # What reaches this is the answer that could not be written, such as onto a full disk.
        print(error.strerror or error, file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    return code


if __name__ == "__main__":
    sys.exit(main())
