"""Forges the change log in many ways; the verifier must name the first change that is not right."""

import json
import random
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

from embassy_desk.domain.contact import Contact
from embassy_desk.settings.places import STORE_FILE
from embassy_desk.store.connections import connect
from embassy_desk.store.verifying import verify
from faults.deeds import PROFILE, key_of, opened
from faults.found import Result
from faults.watching import Performer

CHANGES = 30

Forge = Callable[[Any, random.Random, int], int]
"""Forges the log on a connection; returns which change is the first that is not right."""


def _edited(raw: Any, dice: random.Random, last: int) -> int:
    at = dice.randint(1, last)
    (text,) = raw.execute("SELECT operation FROM sync_op WHERE nseq = ?", (at,)).fetchone()
    operation = json.loads(text)
    operation["u"] = "f" * len(operation["u"])
    raw.execute("UPDATE sync_op SET operation = ? WHERE nseq = ?", (json.dumps(operation), at))
    return at


def _removed(raw: Any, dice: random.Random, last: int) -> int:
    at = dice.randint(1, last - 1)
    raw.execute("DELETE FROM sync_op WHERE nseq = ?", (at,))
    return at


def _cut_off(raw: Any, dice: random.Random, last: int) -> int:
    at = dice.randint(2, last)
    raw.execute("DELETE FROM sync_op WHERE nseq >= ?", (at,))
    return at - 1  # where the log ends now


def _exchanged(raw: Any, dice: random.Random, last: int) -> int:
    one, other = sorted(dice.sample(range(1, last + 1), 2))
    numbers = [(-1, one), (one, other), (other, -1)]
    raw.executemany("UPDATE sync_op SET nseq = ? WHERE nseq = ?", numbers)
    return one


def _put_in(raw: Any, dice: random.Random, last: int) -> int:
    at = dice.randint(2, last)
    raw.execute("UPDATE sync_op SET nseq = -nseq - 1 WHERE nseq >= ?", (at,))
    raw.execute("UPDATE sync_op SET nseq = -nseq WHERE nseq < 0")
    columns = [row[1] for row in raw.execute("PRAGMA table_info(sync_op)").fetchall()]
    kept = [each for each in columns if each not in {"nseq", "position"}]
    names = ", ".join(f'"{each}"' for each in kept)
    raw.execute(
        f"INSERT INTO sync_op (nseq, position, {names})"
        f" SELECT ?, (SELECT max(position) + 1 FROM sync_op), {names} FROM sync_op WHERE nseq = ?",
        (at, at - 1),
    )
    return at


FORGERIES: dict[str, Forge] = {
    "edited": _edited,
    "removed": _removed,
    "cut off": _cut_off,
    "exchanged": _exchanged,
    "put in": _put_in,
}


def forge(performer: Performer, count: int) -> Result:
    """Forge a log so often, each way in turn, and have the verifier name the first wrong change."""
    started = time.monotonic()
    folder = performer.begin("edit a contact")
    with opened(folder) as profile:
        for turn in range(CHANGES):
            with profile.store.work() as work:
                (contact,) = work.all(Contact)
                work.save(contact.changed(notes=f"gặp lần {turn}"))
                work.commit()
    dice, failures, ways = random.Random(1), [], list(FORGERIES)
    with closing(connect(folder / PROFILE / STORE_FILE, key_of(folder))) as raw:
        (last,) = raw.execute("SELECT max(nseq) FROM sync_op").fetchone()
        for number in range(count):
            what = ways[number % len(ways)]
            raw.execute("BEGIN")
            first = FORGERIES[what](raw, dice, last)
            found = verify(raw).problems
            raw.execute("ROLLBACK")
            if not found or str(first) not in str(found[0]):
                failures.append(f"{what} at {first}: {[str(each) for each in found[:1]]}")
        if verify(raw).problems:
            failures.append("the log that nobody forged is refused")
    return Result("forged logs", count, failures, time.monotonic() - started)
