"""Makes stores: a real one by `init`, a made-up one by `demo`."""

import getpass
import shutil
import sys

from embassy_desk.application.demo import fill_demo
from embassy_desk.application.profile import DEMO_PASSPHRASE, create_profile, has_store
from embassy_desk.cli.desk import (
    folder_of,
    now,
    passphrase_of,
    print_json,
    refuse,
    today,
    words_of,
)
from embassy_desk.cli.words_of_command import Arguments
from embassy_desk.domain.errors import DeskError
from embassy_desk.texts import N_


def make(arguments: Arguments) -> int:
    """Make a new store for a mission and the person at this desk."""
    try:
        profile = create_profile(
            folder_of(arguments),
            passphrase_of(arguments, is_new=True),
            now,
            mission=arguments.mission.upper(),
            person=arguments.person or getpass.getuser(),
        )
    except DeskError as error:
        return refuse(arguments, error)
    identity = profile.store.identity
    profile.close()
    if arguments.json:
        print_json(
            {
                "id": str(identity.store_id),
                "mission": identity.mission,
                "owner": str(identity.owner),
                "profile": str(profile.folder),
            }
        )
    else:
        print(
            words_of(arguments)(N_("The store was made in {folder}.", folder=str(profile.folder)))
        )
    return 0


def make_demo(arguments: Arguments) -> int:
    """Make the demo store unless there is one; says so, because it takes some seconds."""
    folder = folder_of(arguments)
    if has_store(folder):
        return 0
    words = words_of(arguments)
    print(words(N_("Making up the demo data; this takes a moment.")), file=sys.stderr)
    making = folder.with_name(folder.name + ".making")  # renamed when whole
    shutil.rmtree(making, ignore_errors=True)
    try:
        profile = create_profile(
            making, DEMO_PASSPHRASE, now, mission="TOK", person="Nguyễn Minh Châu", is_demo=True
        )
        try:
            fill_demo(profile.store, seed=arguments.seed, contacts=arguments.records, on=today())
        finally:
            profile.close()
    except DeskError as error:
        return refuse(arguments, error)
    if folder.exists():
        folder.rmdir()
    making.rename(folder)
    return 0
