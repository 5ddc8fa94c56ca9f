"""Making the demo mission, which `make run` does before the desk opens for the first time."""

import shutil
from functools import partial
from pathlib import Path

from figures import Goal, Row, Series, series_of, timed
from stores import ON, Stores, TickingClock

from embassy_desk.application.demo import fill_demo
from embassy_desk.application.profile import DEMO_PASSPHRASE, create_profile

_CONTACTS = 3000
_GOAL = Goal("≤ 15 s", p95_ms=15_000)
_LARGE = Goal("≤ 600 s", p95_ms=600_000)


def rows(stores: Stores, folder: Path, largest: int, *, rounds: int) -> list[Row]:
    """Measure filling a fresh store with the usual demo, and tell how long the largest took.

    Args:
        stores: The kept stores.
        folder: For stores that are thrown away.
        largest: Number of contacts of the largest kept store.
        rounds: How often the usual demo is made.
    """
    times = []
    for turn in range(rounds):
        target = folder / f"demo-{turn}"
        profile = create_profile(
            target, DEMO_PASSPHRASE, TickingClock(), mission="TOK", person="A", is_demo=True
        )
        store = profile.store
        times.append(timed(partial(fill_demo, store, on=ON, contacts=_CONTACTS)))
        profile.close()
        shutil.rmtree(target)
    whole, busy = series_of(times)
    kept = Series((stores.seconds(largest) * 1000,))
    return [
        Row("make the demo", _CONTACTS, whole, None, None, _GOAL, busy),
        Row("make the demo, when it was made", largest, kept, None, None, _LARGE),
    ]
