"""Damages a store, a file of a record and a pouch in many ways; looks whether the desk notices."""

import random
import shutil
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from embassy_desk.application.freshness import Freshness
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.errors import DamageError, DeskError
from embassy_desk.sealing.files import decrypt_file
from embassy_desk.sealing.keys import StoreKey
from embassy_desk.settings.places import STORE_FILE
from embassy_desk.store.connections import connect
from embassy_desk.store.standing import PAGE_BYTES
from embassy_desk.texts import N_
from embassy_desk.vault.protected import Protected
from faults.deeds import PROFILE, key_of, opened
from faults.found import Result
from faults.watching import Performer

LOG = f"{STORE_FILE}-wal"
_LOG_HEADER_BYTES = 32

Damage = Callable[[bytes, bytes, random.Random], bytes]
"""Returns what is left of a file, from what it was, an older copy of it, and dice."""


def _flipped(whole: bytes, _older: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(whole))
    return whole[:place] + bytes([whole[place] ^ 1 << dice.randrange(8)]) + whole[place + 1 :]


def _flipped_frame(whole: bytes, older: bytes, dice: random.Random) -> bytes:
    """Flip a bit behind the header, whose first bytes may say the same in two ways."""
    return whole[:_LOG_HEADER_BYTES] + _flipped(whole[_LOG_HEADER_BYTES:], older, dice)


def _cut(whole: bytes, _older: bytes, dice: random.Random) -> bytes:
    return whole[: dice.randrange(len(whole))]


def _foreign(whole: bytes, _older: bytes, dice: random.Random) -> bytes:
    return dice.randbytes(len(whole))


def _with_older_page(whole: bytes, older: bytes, dice: random.Random) -> bytes:
    pages = [
        at
        for at in range(PAGE_BYTES, min(len(whole), len(older)), PAGE_BYTES)
        if whole[at : at + PAGE_BYTES] != older[at : at + PAGE_BYTES]
    ]
    at = dice.choice(pages)
    return whole[:at] + older[at : at + PAGE_BYTES] + whole[at + PAGE_BYTES :]


def _with_swapped_pages(whole: bytes, _older: bytes, dice: random.Random) -> bytes:
    one, other = sorted(dice.sample(range(PAGE_BYTES, len(whole), PAGE_BYTES), 2))
    left = bytearray(whole)
    left[one : one + PAGE_BYTES] = whole[other : other + PAGE_BYTES]
    left[other : other + PAGE_BYTES] = whole[one : one + PAGE_BYTES]
    return bytes(left)


def _older_copy(_whole: bytes, older: bytes, _dice: random.Random) -> bytes:
    return older


def _emptied(_whole: bytes, _older: bytes, _dice: random.Random) -> bytes:
    return b""


OF_CLOSED: dict[str, tuple[Damage, bool]] = {
    "store cut": (_cut, True),
    "store emptied": (_emptied, False),
    "store exchanged for a foreign file": (_foreign, True),
    "store with pages swapped": (_with_swapped_pages, True),
    "store with an older page put back": (_with_older_page, True),
    "store exchanged for an older copy": (_older_copy, False),
}
"""What happens to a store that was closed, and whether chance has a part in it."""
OF_CRASHED: dict[str, tuple[Damage, bool]] = {
    "log flipped": (_flipped_frame, True),
    "log cut": (_cut, True),
    "log emptied": (_emptied, False),
}
"""What happens to the write-ahead log that a crash left."""


def make_states(performer: Performer, folder: Path) -> tuple[Path, Path, Path]:
    """Return folders of a store before some work, after it, and as a crash left it."""
    older, closed, crashed = (folder / each for each in ("older", "closed", "crashed"))
    shutil.copytree(performer.template("edit a contact"), older)
    shutil.copytree(older, closed)
    with opened(closed) as profile:
        for turn in range(30):
            with profile.store.work() as work:
                (contact,) = work.all(Contact)
                work.save(contact.changed(notes=f"gặp lần {turn} " * 40))
                work.commit()
            profile.freshness.note_use()
        shutil.copytree(closed, crashed)
    return older, closed, crashed


def damage(
    what: str, states: tuple[Path, Path, Path], count: int, *, has_mark: bool = True
) -> Result:
    """Damage a store so often, and have the next start look at it each time.

    Args:
        what: One of `OF_CLOSED` or `OF_CRASHED`.
        states: What `make_states` returned.
        count: How often; once where chance has no part in it.
        has_mark: Whether the next start compares with the mark; the control does not.
    """
    started = time.monotonic()
    older, closed, crashed = states
    is_closed = what in OF_CLOSED
    source, name = (closed, STORE_FILE) if is_closed else (crashed, LOG)
    how, has_chance = OF_CLOSED[what] if is_closed else OF_CRASHED[what]
    whole = (source / PROFILE / name).read_bytes()
    before = (older / PROFILE / STORE_FILE).read_bytes()
    dice, failures, key = random.Random(1), [], key_of(source)
    run = source.with_name("damaged")
    times = count if has_chance else 1
    for number in range(times):
        shutil.rmtree(run, ignore_errors=True)
        shutil.copytree(source, run)
        left = how(whole, before, dice)
        (run / PROFILE / name).write_bytes(left)
        if not _is_noticed(run / PROFILE / STORE_FILE, key, has_mark=has_mark):
            failures.append(f"{what}, number {number}: nobody noticed")
        elif is_closed and (run / PROFILE / name).read_bytes() != left:
            failures.append(f"{what}, number {number}: looking at it changed it")
    title = f"damage: {what}"
    return Result(title, times, failures, time.monotonic() - started, is_control=not has_mark)


def _is_noticed(store: Path, key: StoreKey, *, has_mark: bool) -> bool:
    """Say whether the next start, or the check of every page, refuses a store."""
    try:
        if has_mark and Freshness(store, key, Protected(None)).findings():
            return True
        with closing(connect(store, key, is_reader=True)) as raw:
            if raw.execute("PRAGMA cipher_integrity_check").fetchall():
                raise DamageError(N_("The store is damaged. Restore the newest backup."))
    except DeskError:
        return True
    return False


def damage_file(performer: Performer, count: int) -> Result:
    """Flip a bit of the encrypted file of a record so often, and read it each time."""
    started = time.monotonic()
    folder = performer.begin("upgrade from 0001")
    with closing(connect(folder / PROFILE / STORE_FILE, key_of(folder))) as raw:
        ((name, key),) = raw.execute("SELECT file_name, file_key FROM attachment_file").fetchall()
    (path,) = (folder / PROFILE).rglob(name)
    whole, dice, failures = path.read_bytes(), random.Random(1), []
    for number in range(count):
        path.write_bytes((_flipped if number % 2 else _cut)(whole, b"", dice))
        try:
            decrypt_file(path, key)
            failures.append(f"number {number}: nobody noticed")
        except DeskError:
            continue
    return Result("damage: file of a record", count, failures, time.monotonic() - started)
