"""Takes power, disk and bits away from the real program very often; part of `make soak`.

    .venv/bin/python bench/hardening.py [--points N] [--faults N] [--flips N] [--kills N]
        [--damages N] [--only WORDS]

Prints one table: what was tried, how often, what failed, how long it took. Controls are programs
that do it wrongly, and must fail. Exit code 1 when anything is not as it must be. Needs strace;
full disks need the right to mount (`unshare -Urm` gives it).
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

from embassy_desk.settings.places import STORE_FILE
from faults.chains import forge
from faults.controls import CONTROLS_OF_ERRORS, CONTROLS_OF_KILLS, CONTROLS_OF_POWER
from faults.damage import OF_CLOSED, OF_CRASHED, damage, damage_file, make_states
from faults.deeds import BESIDE, PROFILE, key_of
from faults.errors import FORCING, let_fail
from faults.flips import backup_unpacked, store_checked, store_opened, turn_bits
from faults.found import Result, table
from faults.kills import kill
from faults.known import DEEDS
from faults.levels import fill_up
from faults.power import cut_power
from faults.upgrade_deeds import DEEDS_OF_UPGRADES
from faults.watching import Performer, performer
from faults.wipes import kill_wiping
from faults.wiping_deeds import DEEDS_OF_WIPING

FULL_DISK = ("pwrite64", "write")


def main() -> int:
    """Run what was asked for and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=20_000, help="power cuts of each deed")
    parser.add_argument("--faults", type=int, default=0, help="failing calls of each deed; 0: all")
    parser.add_argument("--flips", type=int, default=10_000, help="flipped bits of each file")
    parser.add_argument("--damages", type=int, default=1_000, help="other damages of each kind")
    parser.add_argument("--kills", type=int, default=200, help="kills of each deed")
    parser.add_argument("--only", default="", help="harnesses whose names hold these words")
    wanted = parser.parse_args()
    found: list[Result] = []
    with tempfile.TemporaryDirectory() as folder, performer(Path(folder)) as desk:
        for name, harness in _harnesses(desk, Path(folder), wanted):
            if wanted.only in name:
                found.append(harness())
                print(table(found[-1:]).splitlines()[-1], file=sys.stderr, flush=True)
                for failure in found[-1].failures[: 0 if found[-1].is_control else 5]:
                    print(f"    {failure}", file=sys.stderr)
    print(table(found))
    return 0 if all(each.is_as_it_should_be for each in found) else 1


def _harnesses(
    desk: Performer, folder: Path, wanted: argparse.Namespace
) -> Iterator[tuple[str, Callable[[], Result]]]:
    for deed in (*DEEDS, *CONTROLS_OF_POWER):
        yield f"power: {deed}", partial(cut_power, desk, deed, _share(deed, wanted.points))
    for deed in (*DEEDS, *CONTROLS_OF_KILLS):
        yield f"kill: {deed}", partial(kill, desk, deed, _share(deed, wanted.kills))
    for deed in DEEDS_OF_WIPING:
        yield f"kill: {deed}", partial(kill_wiping, desk, deed, wanted.kills)
    for deed in (*DEEDS, *CONTROLS_OF_ERRORS):
        failing = partial(let_fail, desk, deed, most=wanted.faults)
        yield f"errors: {deed}", failing
        yield f"forcing: {deed}", partial(failing, calls=FORCING)
        yield f"no space: {deed}", partial(failing, calls=FULL_DISK, error="ENOSPC")
    for deed in DEEDS:
        yield f"levels: {deed}", partial(fill_up, desk, deed, folder)
    bare = partial(fill_up, desk, "edit a contact", folder, has_reserve=False)
    yield "levels: control", bare
    yield from _flips(desk, folder, wanted.flips)
    yield from _damages(desk, folder, wanted.damages)


def _share(deed: str, count: int) -> int:
    """Return how often: upgrading is one operation, whose count the earlier schemas share."""
    return -(-count // len(DEEDS_OF_UPGRADES)) if deed in DEEDS_OF_UPGRADES else count


def _damages(
    desk: Performer, folder: Path, count: int
) -> Iterator[tuple[str, Callable[[], Result]]]:
    states = cache(partial(make_states, desk, folder))
    for what in (*OF_CLOSED, *OF_CRASHED):
        yield f"damage: {what}", lambda what=what: damage(what, states(), count)
    for what in ("store with an older page put back", "log cut"):
        unmarked = lambda what=what: damage(what, states(), count // 10, has_mark=False)  # noqa: E731
        yield f"damage: control, {what}", unmarked
    yield "damage: file of a record", partial(damage_file, desk, count)
    yield "damage: forged logs", partial(forge, desk, count)


def _flips(desk: Performer, folder: Path, count: int) -> Iterator[tuple[str, Callable[[], Result]]]:
    def flips(what: str, file: str, look: Callable[[Path], bytes], *, is_control: bool) -> Result:
        path = desk.begin("restore") / file
        return turn_bits(what, path, look, count=count, is_control=is_control)

    key = key_of(desk.template("restore"))
    store, backup = f"{PROFILE}/{STORE_FILE}", f"{BESIDE}/backup.zip"
    yield "flips: store", partial(flips, "store", store, store_checked(key), is_control=False)
    opened = store_opened(key)
    yield "flips: control", partial(flips, "store, only opened", store, opened, is_control=True)
    look = backup_unpacked(key, folder / "scratch")
    yield "flips: backup", partial(flips, "backup", backup, look, is_control=False)


if __name__ == "__main__":
    sys.exit(main())
