"""Brings a store back from a backup; what was there before is set aside for a month.

First everything is made ready in a folder of its own and proved: unpacked, opened with the
passphrase, every page and every link checked. Then a mark says that it is ready, and files change
places by renaming. A crash before the mark leaves the store as it was; after it, the next opening
goes on from where it stopped.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from embassy_desk.application.backups import BACKUPS_FOLDER, link_or_copy
from embassy_desk.application.freshness import Freshness
from embassy_desk.domain.errors import DamageError, DeskError, SignInError, StoreError
from embassy_desk.sealing.keys import StoreKey
from embassy_desk.settings.files import force_folder, write_whole, writing_error
from embassy_desk.settings.places import MARK_FILE
from embassy_desk.store.backups import ATTACHMENTS_FOLDER, unpack
from embassy_desk.store.connections import connect
from embassy_desk.store.opening import STORE_FILE, open_store
from embassy_desk.store.verifying import Verification, verify
from embassy_desk.texts import N_
from embassy_desk.vault.header import KEY_FILES, read_copies
from embassy_desk.vault.protected import Protected, system_keyring
from embassy_desk.vault.unlocking import unlock

Clock = Callable[[], datetime]

KEPT_FOLDER = "kept"
KEPT_FOR = timedelta(days=30)

_MAKING, _READY = "restoring", "ready"
_STAMP = "%Y%m%d-%H%M%S"
_UNFOLDED = ("-wal", "-journal")
_BESIDE = ("-shm", *_UNFOLDED)


@dataclass(frozen=True)
class Restored:
    """What was brought back.

    Attributes:
        found: What the check of the backup said.
        kept: Where the store that was there before lies now; nothing when there was none.
    """

    found: Verification
    kept: Path | None


@dataclass(frozen=True)
class SetAside:
    """A store that a restored backup took the place of; it was not checked since.

    Attributes:
        path: Its file.
        at: When it was set aside, in UTC.
    """

    path: Path
    at: datetime


def restore(
    folder: Path,
    file: Path,
    passphrase: str,
    clock: Clock,
    *,
    protected: Protected | None = None,
) -> Restored:
    """Put the store of a backup in the place of the present one, which must be closed.

    Args:
        folder: The profile's folder; made if needed, for a new computer.
        file: The backup: one made by hand, or one from the folder beside a store; or the file
            of a store that was set aside.
        passphrase: What opens the backup; the present passphrase of the store will do.
        clock: Answers with the present time.
        protected: The keyring; that of this computer by default.

    Raises:
        DamageError: The file is no backup, or damaged; nothing was changed.
        MissingError: There is no such file.
        SignInError: The passphrase does not open the backup.
        StoreError: The disk is full or refuses.
    """
    making = folder / _MAKING
    try:
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(mode=0o700)
    except OSError as error:
        raise writing_error(making, error) from error
    try:
        _bring_store(file, making)
        key = _key_of(making, file, folder, passphrase)
        found = _proved(making, key, clock)
        _bring_attachments(file, making)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    keyring = protected or Protected(system_keyring())
    kept = _set_aside(folder, clock()) if (folder / STORE_FILE).exists() else None
    Freshness(making / STORE_FILE, key, keyring).note_ready(folder)
    write_whole(making / _READY, b"")
    finish_restoring(folder)
    freshness = Freshness(folder / STORE_FILE, key, keyring)
    with freshness.alone():
        freshness.note_closed()
    key.wipe()
    return Restored(found, kept)


def _bring_store(file: Path, making: Path) -> None:
    """Take out what is in a backup, or copy a store that was set aside.

    Raises:
        DamageError: It is no backup, or damaged.
        MissingError: There is no such file.
        StoreError: The disk is full or refuses.
    """
    if file.name != STORE_FILE or not file.is_file():
        unpack(file, making)
        return
    try:
        for name in (STORE_FILE, *(STORE_FILE + each for each in _UNFOLDED)):
            if file.with_name(name).exists():
                shutil.copyfile(file.with_name(name), making / name)
    except OSError as error:
        raise writing_error(making, error) from error


def _key_of(making: Path, file: Path, folder: Path, passphrase: str) -> StoreKey:
    """Unlock what was unpacked, with the keys beside it that the passphrase opens.

    The present key files come first: after a change of passphrase the new one opens the old
    backups of the same store.
    """
    reasons: list[DeskError] = []
    for place in (folder, making, file.parent):
        try:
            header = read_copies(place).header
            key = unlock(place, passphrase, notice=lambda _: None)
        except DeskError as error:
            reasons.append(error)
            continue
        if _opens(making / STORE_FILE, key):
            for name in KEY_FILES:
                write_whole(making / name, header.to_bytes())
            return key
        key.wipe()
    wrong = next((each for each in reasons if isinstance(each, SignInError)), None)
    raise wrong or DamageError(N_("No key file opens this backup. Copy “store.key” beside it."))


def _opens(path: Path, key: StoreKey) -> bool:
    try:
        connect(path, key, is_reader=True).close()
    except StoreError:
        return False
    return True


def _proved(making: Path, key: StoreKey, clock: Clock) -> Verification:
    """Bring what was unpacked up to date, and check every page, link and index line of it."""
    open_store(making, key, clock, before_upgrade=_needs_no_backup).close()
    with closing(connect(making / STORE_FILE, key, is_reader=True)) as raw:
        found = verify(raw)
    if found.problems:
        raise DamageError(N_("The backup is not whole."), found.problems)
    return found


def _needs_no_backup(_path: Path, _key: StoreKey) -> None:
    """The file is a copy of a backup already."""


def _bring_attachments(file: Path, making: Path) -> None:
    """Fetch attachments that lie beside a backup instead of in it."""
    beside = file.parent / ATTACHMENTS_FOLDER
    if (file.parent.name == BACKUPS_FOLDER or file.name == STORE_FILE) and beside.is_dir():
        target = making / ATTACHMENTS_FOLDER
        target.mkdir(mode=0o700, exist_ok=True)
        for each in beside.iterdir():
            if not (target / each.name).exists():
                link_or_copy(each, target / each.name)


def _set_aside(folder: Path, at: datetime) -> Path:
    """Give the present store a second home, whatever state it is in; it is not moved yet."""
    at = at.astimezone(UTC)
    while (kept := folder / KEPT_FOLDER / at.strftime(_STAMP)).exists():
        at += timedelta(seconds=1)  # a clock that was set back
    try:
        kept.mkdir(parents=True, mode=0o700)
        names = [*KEY_FILES, STORE_FILE, *(STORE_FILE + each for each in _BESIDE)]
        for name in names:
            if (folder / name).exists():
                link_or_copy(folder / name, kept / name)
        attachments = folder / ATTACHMENTS_FOLDER
        if attachments.is_dir():
            (kept / ATTACHMENTS_FOLDER).mkdir(mode=0o700)
            for each in attachments.iterdir():
                link_or_copy(each, kept / ATTACHMENTS_FOLDER / each.name)
        force_folder(kept)
    except OSError as error:
        raise writing_error(kept, error) from error
    return kept


def finish_restoring(folder: Path) -> None:
    """Let what is ready take its place; does nothing where nothing is.

    Raises:
        StoreError: The disk refuses; the next opening tries again.
    """
    making = folder / _MAKING
    if not (making / _READY).exists():
        return
    try:
        if (making / STORE_FILE).exists():  # the logs of the store that was there are set aside
            for suffix in _BESIDE:
                (folder / (STORE_FILE + suffix)).unlink(missing_ok=True)
        _move(making / ATTACHMENTS_FOLDER, folder / ATTACHMENTS_FOLDER)
        for name in (*KEY_FILES, MARK_FILE, STORE_FILE):
            if (making / name).exists():
                (making / name).replace(folder / name)
        force_folder(folder)
        shutil.rmtree(making)
    except OSError as error:
        raise writing_error(folder / STORE_FILE, error) from error


def _move(source: Path, target: Path) -> None:
    if source.is_dir():
        target.mkdir(mode=0o700, exist_ok=True)
        for each in source.iterdir():
            each.replace(target / each.name)


def sweep_kept(folder: Path, at: datetime) -> tuple[Path, ...]:
    """Remove stores that were set aside more than a month ago, and return their folders."""
    gone = []
    for each, made_at in _kept(folder):
        if at - made_at > KEPT_FOR:
            shutil.rmtree(each, ignore_errors=True)
            gone.append(each)
    return tuple(gone)


def stores_set_aside(folder: Path) -> tuple[SetAside, ...]:
    """Return the stores that were set aside and can be brought back, newest first."""
    found = [SetAside(each / STORE_FILE, at) for each, at in _kept(folder)]
    return tuple(each for each in reversed(found) if each.path.is_file())


def _kept(folder: Path) -> Iterator[tuple[Path, datetime]]:
    """Yield the folders of stores that were set aside, oldest first, and when that was."""
    for each in sorted((folder / KEPT_FOLDER).glob("*")):
        try:
            made_at = datetime.strptime(each.name, _STAMP).replace(tzinfo=UTC)
        except ValueError:
            continue  # somebody else's
        yield each, made_at
