"""Makes stores: a real one by `init`, a made-up one by `demo`."""

import getpass
import sys

from embassy_desk.application.first_run import make_demo as make_demo_store
from embassy_desk.application.keys import (
    check_custodians,
    custodians_in,
    name_custodians,
    new_recovery_code,
)
from embassy_desk.application.profile import Profile, create_profile
from embassy_desk.cli.desk import (
    folder_of,
    now,
    passphrase_of,
    print_json,
    refuse,
    today,
    words_of,
)
from embassy_desk.cli.keys import save_page
from embassy_desk.cli.words_of_command import Arguments
from embassy_desk.domain.errors import DeskError
from embassy_desk.settings.places import is_set_up
from embassy_desk.texts import N_


def make(arguments: Arguments) -> int:
    """Make a new store for a mission and the person at this desk."""
    try:
        if arguments.custodians is not None:
            check_custodians(custodians_in(arguments.custodians))
        profile = create_profile(
            folder_of(arguments),
            passphrase_of(arguments, is_new=True),
            now,
            mission=arguments.mission.upper(),
            person=arguments.person or getpass.getuser(),
        )
    except DeskError as error:
        return refuse(arguments, error)
    try:
        code = _prepared_for_the_worst(arguments, profile)
    except DeskError as error:
        return refuse(arguments, error)
    finally:
        profile.close()
    _tell_of(arguments, profile, code)
    return 0


def _prepared_for_the_worst(arguments: Arguments, profile: Profile) -> str:
    """Make the ways of recovery that were asked for; return the recovery code, if one was."""
    if arguments.custodians is not None:
        name_custodians(profile.folder, profile.key, arguments.custodians)
    if not arguments.recovery_code and arguments.recovery_page is None:
        return ""
    code = new_recovery_code(profile.folder, profile.key)
    if arguments.recovery_page is not None:
        save_page(arguments, profile, code, arguments.recovery_page)
    return code


def _tell_of(arguments: Arguments, profile: Profile, code: str) -> None:
    identity, words = profile.store.identity, words_of(arguments)
    shown = code if arguments.recovery_code else ""
    if arguments.json:
        answer = {
            "id": str(identity.store_id),
            "mission": identity.mission,
            "owner": str(identity.owner),
            "profile": str(profile.folder),
        }
        print_json({**answer, "recovery_code": shown} if shown else answer)
        return
    print(words(N_("The store was made in {folder}.", folder=str(profile.folder))))
    if shown:
        print(words(N_("Recovery code: {code}", code=shown)))
        print(words(N_("It is shown this once. Print it or copy it by hand, and lock it away.")))
    elif not code and arguments.custodians is None:
        text = N_(
            "If the passphrase is forgotten, nobody can open this store. “embassy-desk recovery "
            "code” makes a code for the safe."
        )
        print(words(text), file=sys.stderr)


def make_demo(arguments: Arguments) -> int:
    """Make the demo store unless there is one; says so, because it takes some seconds."""
    folder = folder_of(arguments)
    if is_set_up(folder):
        return 0
    words = words_of(arguments)
    print(words(N_("Making up the demo data; this takes a moment.")), file=sys.stderr)
    try:
        make_demo_store(folder, now, on=today(), contacts=arguments.records, seed=arguments.seed)
    except DeskError as error:
        return refuse(arguments, error)
    return 0
