"""The words of the commands that bring the program up to date."""

import argparse
from collections.abc import Callable
from pathlib import Path

AddCommand = Callable[[str, str, str], argparse.ArgumentParser]
"""Adds a command by name, module and summary."""


def add_updating(add: AddCommand, common: argparse.ArgumentParser) -> None:
    """Add `update`, `update-bundle` and `probe`."""
    update = add("update", "updating", "Bring the program up to date.")
    updating = update.add_subparsers(dest="act", metavar="ACT", required=True)

    def act(
        name: str, text: str, among: "argparse._SubParsersAction[argparse.ArgumentParser]"
    ) -> argparse.ArgumentParser:
        made = among.add_parser(name, help=text, description=text, parents=[common])
        _program(made)
        return made

    _where(act("check", "Say whether there is a newer version for this desk.", updating))
    summary = "Back the store up, lay the newer version beside this one, try it."
    _where(act("install", summary, updating))
    package = act("fetch", "Fetch and prove a package for the tools of your site.", updating)
    package.add_argument("to", type=Path, metavar="TO", help="folder for packages")
    package.add_argument(
        "--platform", required=True, metavar="NAME", help="deb-amd64, msi-x86_64 or setup-x86_64"
    )
    package.add_argument(
        "--root",
        type=Path,
        default=None,
        metavar="FILE",
        help="root.json of headquarters; that of this program by default",
    )
    _where(package)
    act("back", "Start the version before from now on.", updating)
    carried = add("update-bundle", "updating", "Carry a version to desks without a line.")
    carrying = carried.add_subparsers(dest="act", metavar="ACT", required=True)
    make = act("make", "Fetch and prove the newest version into a folder or one file.", carrying)
    make.add_argument(
        "to", type=Path, metavar="TO", help="a folder, or a file that ends in .embassy-update"
    )
    make.add_argument("--platform", default="", metavar="NAME", help="such as windows-x86_64")
    _where(make)
    install = act("install", "Bring this desk up to date from a folder or file.", carrying)
    install.add_argument("place", type=Path, metavar="FROM")
    add("probe", "probing", "Open everything the program is made of; updates ask for it.")


def _where(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--from",
        dest="place",
        type=Path,
        default=None,
        metavar="PLACE",
        help="a folder or file that was carried here; headquarters by default",
    )
    command.add_argument("--proxy", default=None, metavar="URL", help="proxy of this network")
    command.add_argument(
        "--limit-kbit", type=float, default=None, metavar="N", help="how much of the line, kbit/s"
    )


def _program(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--program",
        type=Path,
        default=None,
        metavar="DIR",
        help="where the program lies; the running one by default",
    )
