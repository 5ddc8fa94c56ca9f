"""Works at one store for a long time as a busy desk would, and watches that nothing wears out.

    .venv/bin/python bench/soak.py [--minutes N] [--seed S]

Enters, changes, finds, lists and takes back at random, closes and opens the store in between, and
verifies it. Fails when the store is not whole, an acknowledged record is gone, or memory grows by
more than a tenth after the first quarter.
"""

import argparse
import random
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from embassy_desk.application.contacts import Reach, enter_contact
from embassy_desk.application.lists import ListQuery, lines
from embassy_desk.application.office import answer, perform
from embassy_desk.application.profile import Profile, create_profile, open_profile
from embassy_desk.application.records import change_record, search_everything, undo_last
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.errors import ConflictError
from embassy_desk.sealing.derivation import FLOOR

PASSPHRASE = "six quiet words for a long run"  # noqa: S105  of a store made up here
REOPEN_EVERY = 500
FAMILIES = ("Đặng", "Nguyễn", "Trần", "Lê", "Phạm", "Võ", "Suzuki", "Tanaka", "Smith")


def clock() -> datetime:
    """Return the present time."""
    return datetime.now(UTC)  # noqa: TID251  the clock itself


def step(profile: Profile, dice: random.Random, known: list[UUID]) -> None:
    """Do one thing that a person at the desk does."""
    store, what = profile.store, dice.random()
    family = dice.choice(FAMILIES)
    if what < 0.4 or not known:
        values = {"family_name": family, "given_name": f"An {dice.randrange(10_000)}"}
        reach = Reach(emails=(f"an{dice.randrange(10**9)}@example.vn",), tags=(family,))
        known.append(perform(store, enter_contact, values, reach)[0].id)
    elif what < 0.7:
        note = f"gặp lần {dice.randrange(10**6)}"
        perform(store, change_record, "contact", dice.choice(known), {"notes": note})
    elif what < 0.75:
        try:
            perform(store, undo_last)
        except ConflictError as error:
            print(f"not taken back: {error}")
    elif what < 0.9:
        answer(store, search_everything, family[: dice.randrange(1, 5)])
    else:
        query = ListQuery(kind="contact", limit=100, offset=dice.randrange(len(known)))
        answer(store, lines, query)


def check(profile: Profile, known: list[UUID]) -> str:
    """Return what is wrong with the store; nothing when it is whole."""
    problems = profile.verify().problems
    if problems:
        return str(problems[0])
    with profile.store.reading() as work:
        lost = set(known) - work.get_many(Contact, known).keys()
    return f"{len(lost)} records are gone" if lost else ""


def main() -> int:
    """Run, print what was done, and return 0 when nothing wore out."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=30)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    dice, known, steps, early_kib = random.Random(chosen.seed), [], 0, 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "profile"
        profile = create_profile(
            folder, PASSPHRASE, clock, mission="TOK", person="An", parameters=FLOOR
        )
        started, wrong = time.monotonic(), ""
        while (spent := time.monotonic() - started) < chosen.minutes * 60 and not wrong:
            step(profile, dice, known)
            steps += 1
            if steps % REOPEN_EVERY == 0:
                wrong = check(profile, known)
                profile.close()
                profile = open_profile(folder, PASSPHRASE, clock)
            if spent < chosen.minutes * 15:
                early_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        wrong = wrong or check(profile, known)
        profile.close()
    late_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{steps} steps, {len(known)} contacts, memory {early_kib} to {late_kib} KiB")
    if not wrong and late_kib > early_kib * 1.1:
        wrong = "memory grew by more than a tenth"
    print(wrong or "nothing wore out")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
