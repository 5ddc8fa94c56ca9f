"""The words of the commands that keep a store safe: passphrase, recovery, backups."""

import argparse
from collections.abc import Callable
from pathlib import Path

AddCommand = Callable[[str, str, str], argparse.ArgumentParser]
"""Adds a command by name, module and summary."""


def add_recovery_to_init(init: argparse.ArgumentParser) -> None:
    """Add the options of `init` that say what helps when the passphrase is forgotten."""
    init.add_argument(
        "--recovery-code", action="store_true", help="print a recovery code, this once"
    )
    init.add_argument(
        "--recovery-page",
        type=Path,
        default=None,
        metavar="FILE",
        help="write the recovery code as a page to print (.html), this once",
    )
    init.add_argument(
        "--custodians",
        type=Path,
        default=None,
        metavar="FILE",
        help="file with the public keys of two custodians at headquarters, one a line",
    )


def add_keys(add: AddCommand, common: argparse.ArgumentParser) -> None:
    """Add `passphrase` and `recovery`."""
    change = add("passphrase", "keys", "Change the passphrase of the store.")
    _new_passphrase(change)
    summary = "Get back into a store whose passphrase is forgotten, and prepare for it."
    recovery = add("recovery", "keys", summary)
    acts = recovery.add_subparsers(dest="act", metavar="ACT", required=True)

    def act(name: str, text: str) -> argparse.ArgumentParser:
        return acts.add_parser(name, help=text, description=text, parents=[common])

    act("status", "Say which ways of recovery this store has.")
    code = act("code", "Make a new recovery code and print it; the one before opens nothing more.")
    code.add_argument("--page", type=Path, default=None, metavar="FILE", help="a page to print")
    drill = act("drill", "Prove that the recovery code opens the store; changes nothing.")
    _code_and_answer(drill)
    use = act("use", "Set a new passphrase with the recovery code.")
    _code_and_answer(use)
    _new_passphrase(use)
    use.add_argument("--page", type=Path, default=None, metavar="FILE", help="page of the new code")
    custodians = act("custodians", "Seal the key of the store for two custodians.")
    custodians.add_argument("file", type=Path, metavar="FILE", help="their public keys, one a line")
    request = act("request", "Write the file that asks the custodians for help; nothing secret.")
    request.add_argument("--to", type=Path, required=True, metavar="FILE")
    _add_custodian_acts(act)


def add_backups(add: AddCommand) -> None:
    """Add `restore`, `backups`, `accept` and `diagnostics`."""
    summary = "Bring the store back from a backup; the present one is set aside for a month."
    back = add("restore", "keeping", summary)
    back.add_argument("file", type=Path, metavar="FILE", help="a backup")
    add("backups", "keeping", "List the backups beside the store.")
    add("accept", "keeping", "Go on with a store that is older or other than it was left.")
    facts = add("diagnostics", "keeping", "Show what helps to see why something fails.")
    facts.add_argument("--to", type=Path, default=None, metavar="FILE", help="and write it there")


def add_policy(add: AddCommand) -> None:
    """Add `policy`."""
    policy = add("policy", "policy", "List the settings that others decided; * is locked.")
    policy.add_argument(
        "--check", type=Path, default=None, metavar="FILE", help="only say whether it is a policy"
    )


def _add_custodian_acts(act: Callable[[str, str], argparse.ArgumentParser]) -> None:
    make = act("custodian", "Make the key of a custodian; prints its public half.")
    make.add_argument("--to", type=Path, required=True, metavar="FILE")
    helping = act("open", "As a custodian: take off one's shell of a request.")
    helping.add_argument("file", type=Path, metavar="REQUEST")
    helping.add_argument("--key", type=Path, required=True, metavar="FILE", help="custodian's key")
    helping.add_argument("--to", type=Path, required=True, metavar="FILE")


def _code_and_answer(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--code-file",
        type=Path,
        default=None,
        metavar="FILE",
        help="file whose first line is the recovery code; asked for otherwise",
    )
    command.add_argument(
        "--answer",
        type=Path,
        default=None,
        metavar="FILE",
        help="what came back from the custodians",
    )


def _new_passphrase(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--new-passphrase-file",
        type=Path,
        default=None,
        metavar="FILE",
        help="file whose first line is the new passphrase; asked for otherwise",
    )
