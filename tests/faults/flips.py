"""Turns single bits of a store and of a backup, and looks who notices."""

import hashlib
import random
import shutil
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from embassy_desk.domain.errors import DamageError, DeskError
from embassy_desk.sealing.keys import StoreKey
from embassy_desk.settings.places import STORE_FILE
from embassy_desk.store.backups import unpack
from embassy_desk.store.connections import connect
from embassy_desk.texts import N_
from faults.found import Result

Look = Callable[[Path], bytes]
"""Returns what a file gives whoever opens it; raises `DeskError` when it notices damage."""


def turn_bits(
    what: str, path: Path, look: Look, *, count: int, seed: int = 1, is_control: bool = False
) -> Result:
    """Turn one random bit of a file, look, and turn it back; as often as asked for.

    Noticed means refused with an error of ours, or that exactly the same comes out: some bits of a
    ZIP archive say nothing.
    """
    started = time.monotonic()
    dice, failures, right = random.Random(seed), [], look(path)
    whole = path.read_bytes()
    for _ in range(count):
        place, bit = dice.randrange(len(whole)), dice.randrange(8)
        _write_at(path, place, bytes([whole[place] ^ 1 << bit]))
        if _is_unnoticed(path, look, right):
            failures.append(f"bit {bit} of byte {place} was not noticed")
        _write_at(path, place, whole[place : place + 1])
    if path.read_bytes() != whole:
        failures.append("looking at a damaged file changed it")
    spent = time.monotonic() - started
    return Result(f"bit flips: {what}", count, failures, spent, is_control)


def _is_unnoticed(path: Path, look: Look, right: bytes) -> bool:
    try:
        return look(path) != right
    except DeskError:
        return False


def _write_at(path: Path, place: int, content: bytes) -> None:
    with path.open("r+b") as stream:
        stream.seek(place)
        stream.write(content)


def store_checked(key: StoreKey) -> Look:
    """Return the daily check of a store; of a flipped bit, nothing comes out unharmed."""

    def look(path: Path) -> bytes:
        with closing(connect(path, key, is_reader=True)) as raw:
            if raw.execute("PRAGMA cipher_integrity_check").fetchall():
                raise DamageError(N_("The store is damaged. Restore the newest backup."))
        return hashlib.sha256(path.read_bytes()).digest()

    return look


def store_opened(key: StoreKey) -> Look:
    """Return what notices too little: opening alone, which reads a few pages. The control."""

    def look(path: Path) -> bytes:
        connect(path, key, is_reader=True).close()
        return hashlib.sha256(path.read_bytes()).digest()

    return look


def backup_unpacked(key: StoreKey, scratch: Path) -> Look:
    """Return what a restoration looks at before anything is replaced."""

    def look(path: Path) -> bytes:
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        unpack(path, scratch)
        files = sorted(each for each in scratch.rglob("*") if each.is_file())
        found = hashlib.sha256(b"".join(each.read_bytes() for each in files)).digest()
        store_checked(key)(scratch / STORE_FILE)  # afterwards, for opening writes to the file
        return found

    return look
