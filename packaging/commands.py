"""Writes docs/commands.md from the programs themselves: every command, word and option.

Usage: python packaging/commands.py [--check]
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from embassy_desk.cli.hq_words import build_hub_parser
from embassy_desk.cli.words_of_command import build_parser

TARGET = Path(__file__).parents[1] / "docs" / "commands.md"
_HEAD = """\
# Every command

Made from the programs by `python packaging/commands.py`; a test compares. `--help` behind a command
says the same.
"""


def main(words: list[str]) -> int:
    """Write the page, or say whether it is as the programs are."""
    text = page()
    if "--check" in words:
        return 0 if TARGET.read_text(encoding="utf-8") == text else 1
    TARGET.write_text(text, encoding="utf-8")
    return 0


def page() -> str:
    """Return the page."""
    lines = [_HEAD]
    for program, parser in (
        ("embassy-desk", build_parser()),
        ("embassy-desk-hq", build_hub_parser()),
    ):
        lines += [f"## {program}", "", *_commands(parser, program), ""]
    return "\n".join(lines).rstrip() + "\n"


def _commands(parser: argparse.ArgumentParser, path: str) -> Iterator[str]:
    """Yield a line for each command, and those of its words beneath it."""
    for action in _groups(parser):
        said = {each.dest: each.help or "" for each in action._choices_actions}  # noqa: SLF001  argparse keeps the help of commands nowhere else
        for name, command in action.choices.items():
            whole = f"{path} {name}"
            words = " ".join(_words(command))
            yield f"- `{whole}{' ' if words else ''}{words}`: {said.get(name, '').rstrip('.')}."
            yield from (f"  {line}" for line in _commands(command, whole))


def _groups(
    parser: argparse.ArgumentParser,
) -> "Iterator[argparse._SubParsersAction[argparse.ArgumentParser]]":
    for action in parser._actions:  # noqa: SLF001
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            yield action


def _words(command: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the words and options of a command; those that all have are left out."""
    for action in command._actions:  # noqa: SLF001
        if isinstance(action, argparse._SubParsersAction) or action.dest in _OF_ALL:  # noqa: SLF001
            continue
        value = action.metavar or ("|".join(map(str, action.choices)) if action.choices else "")
        if not action.option_strings:
            yield str(value or action.dest.upper())
        else:
            name = action.option_strings[-1]
            told = f" {value or action.dest.upper()}" if action.nargs != 0 else ""
            yield f"{name}{told}" if action.required else f"[{name}{told}]"


_OF_ALL = {"help", "json", "language", "profile", "passphrase_file", "home", "version", "quiet"}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
