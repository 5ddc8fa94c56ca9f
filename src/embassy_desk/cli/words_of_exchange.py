"""The words of the commands that speak to headquarters."""

import argparse
from collections.abc import Callable
from pathlib import Path

AddCommand = Callable[[str, str, str], argparse.ArgumentParser]
"""Adds a command by name, module and summary."""


def add_exchange(add: AddCommand, common: argparse.ArgumentParser) -> None:
    """Add `enrol`, `sync`, `conflicts` and `pouch`."""
    enrol = add("enrol", "exchange", "Ask headquarters to let this desk in.")
    enrol.add_argument("--code", default="", metavar="CODE", help="what headquarters gave you")
    enrol.add_argument("--url", default="", metavar="URL", help="another address than the code's")
    enrol.add_argument(
        "--request", type=Path, default=None, metavar="FILE", help="write the request to a file"
    )
    enrol.add_argument(
        "--answer",
        dest="enrolment_answer",
        type=Path,
        default=None,
        metavar="FILE",
        help="take in the answer that came as a file",
    )
    _proxy(enrol)
    sync = add("sync", "exchange", "Exchange with headquarters; say what went and came.")
    sync.add_argument(
        "--allow-many-removals",
        action="store_true",
        help="after headquarters confirmed that it is meant",
    )
    sync.add_argument("--no-files", action="store_true", help="records only, no files of theirs")
    sync.add_argument(
        "--files-up-to",
        type=float,
        default=1.0,
        metavar="MIB",
        help="files up to this length come by themselves (1)",
    )
    sync.add_argument(
        "--limit-kbit",
        type=float,
        default=None,
        metavar="N",
        help="how much of the line files may take, kbit/s",
    )
    _proxy(sync)
    conflicts = add("conflicts", "conflicts", "List what needs a decision, or decide.")
    acts = conflicts.add_subparsers(dest="act", metavar="ACTION")
    resolve = acts.add_parser("resolve", help="decide one of them", parents=[common])
    resolve.add_argument("conflict", metavar="ID", help="or its first digits")
    resolve.add_argument("--keep", choices=("mine", "theirs"), required=True)
    pouch = add("pouch", "pouch", "Exchange by a file that is carried to headquarters.")
    acts = pouch.add_subparsers(dest="act", metavar="ACTION", required=True)
    writing = acts.add_parser("write", help="write a pouch for headquarters", parents=[common])
    writing.add_argument("file", type=Path, metavar="FILE")
    reading = acts.add_parser("read", help="take in a pouch of headquarters", parents=[common])
    reading.add_argument("file", type=Path, metavar="FILE")
    reading.add_argument("--dry-run", action="store_true", help="say what is in it, keep nothing")


def _proxy(command: argparse.ArgumentParser) -> None:
    command.add_argument("--proxy", default=None, metavar="URL", help="proxy of this network")
