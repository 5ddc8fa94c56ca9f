"""Entry of `embassy-desk-hq`: reads the words, runs the command, answers with an exit code."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from embassy_desk.cli.hq_words import HubArguments, build_hub_parser

REFUSED = 1
_OWNER_ONLY = 0o077
_EXTRA = "fastapi", "hypercorn", "psycopg"


class HubCommand(Protocol):
    """What every command's module offers."""

    def run(self, arguments: HubArguments) -> int:
        """Do what was asked and return the exit code."""


def main(words: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        words: The words after the program's name; those of the process by default.

    Returns:
        0 when done, 1 when refused (the reason is on stderr), 2 for wrong usage.
    """
    os.umask(_OWNER_ONLY)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    arguments = build_hub_parser().parse_args(words, HubArguments())
    try:
        module = cast("HubCommand", import_module(f"embassy_desk.cli.{arguments.module}"))
        code = module.run(arguments)
        sys.stdout.flush()
    except ModuleNotFoundError as error:
        if error.name not in _EXTRA:
            raise
        print("The service is not installed: pip install 'embassy-desk[headquarters]'",
              file=sys.stderr)  # fmt: skip
        return REFUSED
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return REFUSED
    except OSError as error:
        # Such as an answer that could not be written, onto a full disk.
        print(error.strerror or error, file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    return code


if __name__ == "__main__":
    sys.exit(main())
