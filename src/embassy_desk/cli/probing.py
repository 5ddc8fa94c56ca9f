"""`probe`: opens everything the program is made of, and leaves nothing behind.

A new version is asked this before it is switched to: libraries, resources, encryption, migrations.
"""

import secrets
import tempfile
from pathlib import Path

from embassy_desk.application.profile import create_profile
from embassy_desk.cli.desk import now, print_json, refuse
from embassy_desk.cli.words_of_command import Arguments
from embassy_desk.desktop import desk
from embassy_desk.domain.errors import DeskError, StoreError
from embassy_desk.sealing.derivation import FLOOR
from embassy_desk.texts import N_
from embassy_desk.updates import installing

OPENED = (desk, installing)
"""Rooms that bring everything else along; whoever reads this line has loaded them."""


def run(arguments: Arguments) -> int:
    """Open everything and return the exit code."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            _open_store(Path(folder) / "profile")
    except DeskError as error:
        return refuse(arguments, error)
    if arguments.json:
        print_json({"is_whole": True, "opened": [each.__name__ for each in OPENED]})
    return 0


def _open_store(folder: Path) -> None:
    """Make a store that nobody keeps, with every table and all that comes with the program.

    Raises:
        DeskError: It cannot be made, or is not whole.
    """
    passphrase = secrets.token_hex(16)
    made = create_profile(folder, passphrase, now, mission="TOK", person="Probe", parameters=FLOOR)
    try:
        problems = made.verify().problems
    finally:
        made.close()
    if problems:
        raise StoreError(N_("The new store is not whole."))
