"""The words of `embassy-desk-hq update`: who signs, what is published, for whom."""

import argparse
from collections.abc import Callable
from pathlib import Path

AddAction = Callable[[str, str, str], argparse.ArgumentParser]
"""Adds an action by name, module and summary."""


def add_updates(add: AddAction) -> None:
    """Add the actions of `update`."""
    begin = add("begin", "", "Make the place for updates and its keys; once.")
    begin.add_argument(
        "--keys", type=Path, required=True, metavar="DIR", help="new folder for the offline keys"
    )
    begin.add_argument("--custodians", type=_few, default=3, metavar="N", help="keys of the root")
    begin.add_argument(
        "--threshold", type=_few, default=2, metavar="N", help="how many of them must sign"
    )
    publish = add("publish", "", "Sign a bundle or a package as the newest of its platform.")
    publish.add_argument(
        "bundle",
        type=Path,
        metavar="BUNDLE",
        help="the folder that was built; for a package its file",
    )
    publish.add_argument("--release", required=True, metavar="VERSION", help="such as 0.2.0")
    _platform(publish)
    publish.add_argument(
        "--program", default="", metavar="PATH", help="that answers; the usual one by default"
    )
    publish.add_argument(
        "--earlier",
        type=Path,
        action="append",
        default=[],
        metavar="BUNDLE",
        help="a bundle that desks have; only the change from it is fetched; several times",
    )
    _whom(publish)
    _release_key(publish, required=True)
    share = add("share", "", "Say anew for how many desks a published version is meant.")
    _platform(share)
    _whom(share)
    _release_key(share, required=True)
    renew = add("renew", "", "Sign that nothing is newer: 30 days for the line; run it daily.")
    _release_key(renew, required=False)
    replace = add("replace-key", "", "Sign a root in which one key has taken another's place.")
    replace.add_argument(
        "--old", type=Path, required=True, metavar="PUB", help="the old one's .pub"
    )
    replace.add_argument("--new", type=Path, required=True, metavar="KEY", help="made if not there")
    replace.add_argument(
        "--root-key",
        dest="root_keys",
        type=Path,
        action="append",
        required=True,
        metavar="FILE",
        help="of a custodian; several times",
    )
    stick = add("stick", "", "Write the newest version for somebody to carry.")
    stick.add_argument(
        "to", type=Path, metavar="TO", help="a folder, or a file that ends in .embassy-update"
    )
    _platform(stick)


def _platform(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--platform",
        default="linux-x86_64",
        metavar="NAME",
        help="linux-x86_64 by default; packages: deb-amd64, msi-x86_64, setup-x86_64",
    )


def _whom(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--share", type=_percent, default=100, metavar="N", help="of a hundred desks"
    )
    command.add_argument(
        "--missions", default="", metavar="CODES", help="that have it before the share"
    )


def _release_key(command: argparse.ArgumentParser, *, required: bool) -> None:
    command.add_argument(
        "--release-key",
        type=Path,
        default=None,
        required=required,
        metavar="FILE",
        help="with it everything is signed, for 180 days and for sticks",
    )


def _percent(text: str) -> int:
    if not text.isdecimal() or int(text) > 100:  # noqa: PLR2004  per cent
        raise argparse.ArgumentTypeError(f"“{text}” is no number from 0 to 100")
    return int(text)


def _few(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 9:  # noqa: PLR2004  people in one room
        raise argparse.ArgumentTypeError(f"“{text}” is no number from 1 to 9")
    return int(text)
