"""Stores to measure on: demo data of several sizes, made once and kept for the next run."""

import hashlib
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from embassy_desk.application.demo import fill_demo
from embassy_desk.application.profile import DEMO_PASSPHRASE, Profile, create_profile, open_profile

ROOT = Path(__file__).resolve().parent.parent
ON = date(2026, 11, 22)
_FIRST_MOMENT = datetime(2026, 11, 22, 6, tzinfo=UTC)

# What decides the content and the form of a store; when it changes, stores are made anew.
_DECISIVE = (
    "src/embassy_desk/application/demo/*.py",
    "src/embassy_desk/store/migrations/versions/*.py",
    "src/embassy_desk/store/laptop_tables.py",
)


class TickingClock:
    """A clock that is a millisecond later whenever it is asked."""

    def __init__(self) -> None:
        """Begin on the day of the demo data."""
        self._asked = 0

    def __call__(self) -> datetime:
        """Return the present time."""
        self._asked += 1
        return _FIRST_MOMENT + timedelta(milliseconds=self._asked)


class Stores:
    """Profiles with demo data by number of contacts, in a folder that survives the run."""

    def __init__(self, folder: Path, *, is_fresh: bool = False) -> None:
        """Use a folder; stores of other versions of the program are removed from it.

        Args:
            folder: Where the stores are kept.
            is_fresh: Make all of them anew.
        """
        self._folder = folder / _digest()
        folder.mkdir(parents=True, exist_ok=True)
        for each in folder.iterdir():
            if is_fresh or each != self._folder:
                shutil.rmtree(each)

    def profile(self, contacts: int) -> Path:
        """Return the folder of a profile with so many contacts, making it if needed."""
        target = self._folder / str(contacts)
        if target.is_dir():
            return target
        making = self._folder / f"{contacts}.unfinished"
        if making.exists():
            shutil.rmtree(making)
        started = time.perf_counter()
        profile = create_profile(
            making,
            DEMO_PASSPHRASE,
            TickingClock(),
            mission="TOK",
            person="Lê Đình Phước",
            is_demo=True,
        )
        fill_demo(profile.store, on=ON, contacts=contacts)
        profile.close()
        seconds = time.perf_counter() - started
        (making / "seconds").write_text(f"{seconds:.1f}", encoding="utf-8")
        making.rename(target)
        print(f"made {contacts:,} contacts in {seconds:.1f} s", file=sys.stderr, flush=True)
        return target

    def seconds(self, contacts: int) -> float:
        """Return how long it took to make this store, when it was made."""
        return float((self.profile(contacts) / "seconds").read_text(encoding="utf-8"))

    def beside(self, contacts: int, name: str) -> Path:
        """Return the path of a file that is kept with the store of a size."""
        return self.profile(contacts) / name

    @contextmanager
    def opened(self, contacts: int) -> Iterator[Profile]:
        """Open the kept store; measure only what reads."""
        profile = open_profile(self.profile(contacts), DEMO_PASSPHRASE, TickingClock())
        try:
            yield profile
        finally:
            profile.close()

    @contextmanager
    def copied(self, contacts: int, folder: Path) -> Iterator[Profile]:
        """Open a copy of the store, to measure what writes; it is removed afterwards."""
        target = folder / f"copy-{contacts}"
        shutil.copytree(self.profile(contacts), target)
        try:
            profile = open_profile(target, DEMO_PASSPHRASE, TickingClock())
            try:
                yield profile
            finally:
                profile.close()
        finally:
            shutil.rmtree(target)


def _digest() -> str:
    digest = hashlib.sha256()
    for pattern in _DECISIVE:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
