"""Writes the man pages from the words of the command line itself, so that none can be forgotten.

python packaging/manuals.py FOLDER
"""

from __future__ import annotations

import argparse
import gzip
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

from embassy_desk.cli.hq_words import build_hub_parser
from embassy_desk.cli.words_of_command import build_parser

FILES = """\
.TP
.I ~/.local/share/embassy\\-desk/profile
Store, key files, attachments and backups of a person.
.TP
.I /etc/embassy\\-desk/policy.json
Settings that an administrator decides for everybody at this machine.
"""
EXIT_STATUS = """\
0 when done, 1 when refused (the reason is on the standard error), 2 for wrong usage.
"""


def pages() -> dict[str, argparse.ArgumentParser]:
    """Return the parser behind each page, by its name."""
    return {"embassy-desk": build_parser(), "embassy-desk-hq": build_hub_parser()}


def page(parser: argparse.ArgumentParser, version: str, day: str) -> str:
    """Return the man page of a program.

    Args:
        parser: Its words.
        version: Of the program.
        day: Of its last change, as YYYY-MM-DD.
    """
    name = parser.prog
    lines = [
        f'.TH {_roff(name).upper()} 1 "{day}" "Embassy Desk {version}" "Embassy Desk"',
        ".SH NAME",
        f"{_roff(name)} \\- {_roff(_first_sentence(parser.description or ''))}",
        ".SH SYNOPSIS",
        f".B {_roff(name)}",
        "[\\fIOPTION\\fR]... [\\fICOMMAND\\fR ...]",
        ".SH DESCRIPTION",
        _roff(parser.description or ""),
        ".PP",
        _roff(parser.epilog or ""),
        ".SH OPTIONS",
        *_arguments(parser),
        ".SH COMMANDS",
    ]
    everywhere = {each.dest for each in arguments(parser)}
    for command in commands(parser):
        lines += [".SS", _roff(command.prog.removeprefix(f"{name} ")), ".PP"]
        lines += [_roff(command.description or command.format_usage())]
        lines += _arguments(command, everywhere)
    lines += [".SH FILES", FILES.strip(), ".SH EXIT STATUS", EXIT_STATUS.strip()]
    return "\n".join(line for line in lines if line) + "\n"


def commands(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Yield every command below a parser, each followed by its own."""
    for action in parser._actions:  # noqa: SLF001  argparse offers no other way to ask
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for each in action.choices.values():
                yield each
                yield from commands(each)


def arguments(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield the words that a command takes, without those of its own commands."""
    for action in parser._actions:  # noqa: SLF001
        is_left_out = isinstance(action, argparse._SubParsersAction)  # noqa: SLF001
        if not is_left_out and action.help != argparse.SUPPRESS:
            yield action


def _arguments(parser: argparse.ArgumentParser, known: Collection[str] = ()) -> Iterator[str]:
    """Yield what each word of a command means; those that every command takes are known."""
    for action in (each for each in arguments(parser) if each.dest not in known):
        value = "" if action.nargs == 0 else _value(action)
        words = ", ".join(f"\\fB{_roff(each)}\\fR" for each in action.option_strings)
        yield ".TP"
        yield f"{words} {value}".strip()
        yield _roff((action.help or "") % {"default": action.default, "prog": parser.prog}) or "\\&"


def _value(action: argparse.Action) -> str:
    if action.choices:
        return "|".join(_roff(str(each)) for each in action.choices)
    name = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    return f"\\fI{_roff(name)}\\fR"


def _first_sentence(text: str) -> str:
    return text.partition(". ")[0].rstrip(".")


def _roff(text: str) -> str:
    """Return a text as roff shows it: backslashes and minus signs stay what they are."""
    shown = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{shown}" if shown.startswith((".", "'")) else shown


def write(folder: Path, version: str, day: str, names: tuple[str, ...] = ()) -> None:
    """Write the pages, compressed without a date, into a folder; all of them by default."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, parser in pages().items():
        if not names or name in names:
            whole = page(parser, version, day).encode()
            (folder / f"{name}.1.gz").write_bytes(gzip.compress(whole, mtime=0))


if __name__ == "__main__":
    write(Path(sys.argv[1]), "", "")
