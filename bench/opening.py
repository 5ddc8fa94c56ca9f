"""Opening a store whose key is known, beside a bare keyed connection to the same file."""

from figures import Goal, Row, compared
from stores import Stores, TickingClock

from embassy_desk.application.profile import DEMO_PASSPHRASE
from embassy_desk.store.connections import connect
from embassy_desk.store.opening import STORE_FILE, open_store
from embassy_desk.vault.unlocking import unlock

_GOAL = Goal("p95 ≤ 50 ms", p95_ms=50)


def rows(stores: Stores, contacts: int, *, rounds: int) -> list[Row]:
    """Measure opening and closing on a store of a size."""
    folder = stores.profile(contacts)
    key = unlock(folder, DEMO_PASSPHRASE)

    def ours() -> object:
        store = open_store(folder, key, TickingClock(), before_upgrade=_refuse)
        store.close()
        return store

    def floor() -> object:
        connection = connect(folder / STORE_FILE, key)
        found = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.close()
        return found

    return [
        compared(
            "open and close the store",
            contacts,
            [(ours, floor)],
            _GOAL,
            rounds=rounds,
            is_reading=True,
        )
    ]


def _refuse(*_: object) -> None:
    raise AssertionError("a kept store needs no upgrade")
