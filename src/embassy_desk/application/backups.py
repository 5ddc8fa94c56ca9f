"""The backups that the desk makes by itself, beside the store: when, how many, and which is newest.

They hold the store and a note of what it was; keys and attachments lie beside them, once for all
of them, so that a changed passphrase holds for every backup and a picture is not kept 14 times.
"""

import json
import logging
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from embassy_desk.domain.errors import DeskError
from embassy_desk.sealing.keys import StoreKey
from embassy_desk.settings.files import write_whole
from embassy_desk.settings.log_lines import kind_of
from embassy_desk.store.backups import ATTACHMENTS_FOLDER, about_of, back_up
from embassy_desk.store.full_disk import telling_full
from embassy_desk.store.opening import STORE_FILE
from embassy_desk.store.verifying import Verification
from embassy_desk.sync.canonical import canonical
from embassy_desk.texts import N_, LabelledEnum
from embassy_desk.vault.header import KEY_FILES

BACKUPS_FOLDER = "backups"
SUFFIX = ".backup"

KEPT_DAYS, KEPT_WEEKS, KEPT_MONTHS = 7, 4, 3
MOST_BYTES = 2 * 1024**3
"""2 GiB of backups; beyond that the oldest go, the newest never."""

_FORMAT, _VERSION = "embassy-desk-backup", 1
_STAMP = "%Y%m%d-%H%M%S"

_LOG = logging.getLogger(__name__)


class Why(LabelledEnum):
    """What a backup was made for."""

    DAILY = "daily", N_("Daily backup")
    BEFORE_UPGRADE = "before-upgrade", N_("Before a new version of the program")
    BEFORE_IMPORT = "before-import", N_("Before an import")
    BEFORE_RESTORE = "before-restore", N_("Before another backup was restored")
    BY_HAND = "by-hand", N_("Made by hand")


@dataclass(frozen=True)
class Backup:
    """A backup beside the store; it was opened and checked when it was made.

    Attributes:
        path: Its file.
        made_at: When.
        why: What for.
        records: How many records it holds.
        operations: How many changes its log has.
        size_bytes: How large the file is.
    """

    path: Path
    made_at: datetime
    why: Why
    records: int
    operations: int
    size_bytes: int


def back_up_beside(folder: Path, key: StoreKey, why: Why, at: datetime) -> Backup:
    """Make a backup beside the store, prove it, and let go of those no longer needed.

    Args:
        folder: The profile's folder.
        key: The key of the store.
        why: What for.
        at: The present time, with zone.

    Raises:
        StoreError: The disk refuses, or the store is not whole.
    """
    place = folder / BACKUPS_FOLDER
    place.mkdir(mode=0o700, exist_ok=True)
    at = at.astimezone(UTC).replace(microsecond=0)
    target = place / f"{at.strftime(_STAMP)}-{why.value}{SUFFIX}"

    def about(found: Verification) -> bytes:
        return canonical(
            {
                "format": _FORMAT,
                "version": _VERSION,
                "made_at": at.isoformat(),
                "why": why.value,
                "records": found.records,
                "operations": found.operations,
                "chain": found.chain,
            }
        )

    with telling_full(folder):
        back_up(folder / STORE_FILE, key, [], target, about=about, has_attachments=False)
    keep_keys_beside(folder)
    _link_attachments(folder)
    thin(folder, at)
    return _described(target)


def keep_keys_beside(folder: Path) -> None:
    """Keep the present key file with the backups; called whenever a passphrase has changed.

    Raises:
        StoreError: It cannot be written.
    """
    place = folder / BACKUPS_FOLDER
    source = folder / KEY_FILES[0]
    if place.is_dir() and source.is_file():
        content, target = source.read_bytes(), place / KEY_FILES[0]
        if not target.is_file() or target.read_bytes() != content:
            write_whole(target, content)


def _link_attachments(folder: Path) -> None:
    """Let each attachment live on with the backups, without a second copy where possible."""
    source, target = folder / ATTACHMENTS_FOLDER, folder / BACKUPS_FOLDER / ATTACHMENTS_FOLDER
    if not source.is_dir():
        return
    target.mkdir(mode=0o700, exist_ok=True)
    for each in source.iterdir():
        if not (target / each.name).exists():
            link_or_copy(each, target / each.name)


def link_or_copy(source: Path, target: Path) -> None:
    """Give a file that never changes a second name; copy it where the disk knows no such thing."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def local_backups(folder: Path) -> tuple[Backup, ...]:
    """Return the backups beside a store, newest first; needs no key."""
    found = []
    for each in (folder / BACKUPS_FOLDER).glob(f"*{SUFFIX}"):
        try:
            found.append(_described(each))
        except (DeskError, ValueError, KeyError, TypeError) as error:
            _LOG.info("a backup cannot be read: %s", kind_of(error))
    return tuple(sorted(found, key=lambda backup: backup.made_at, reverse=True))


def newest_backup(folder: Path) -> Backup | None:
    """Return the newest backup beside a store that can be read, or nothing."""
    return next(iter(local_backups(folder)), None)


def _described(path: Path) -> Backup:
    fields = json.loads(about_of(path))
    if fields["format"] != _FORMAT:
        raise ValueError(fields["format"])
    return Backup(
        path=path,
        made_at=datetime.fromisoformat(fields["made_at"]),
        why=Why.named(fields["why"]),
        records=int(fields["records"]),
        operations=int(fields["operations"]),
        size_bytes=path.stat().st_size,
    )


def is_due(folder: Path, at: datetime) -> bool:
    """Return whether no backup was made yet on this day, where the desk stands."""
    newest = newest_backup(folder)
    return newest is None or newest.made_at.astimezone(at.tzinfo).date() != at.date()


def thin(folder: Path, at: datetime, *, most_bytes: int = MOST_BYTES) -> tuple[Path, ...]:
    """Remove the backups that are no longer needed, and return their files.

    Raises:
        StoreError: One cannot be removed.
    """
    found = local_backups(folder)
    kept = kept_of(found, at)
    total, gone = 0, []
    for number, each in enumerate(found):  # newest first
        total += each.size_bytes if each in kept else 0
        if number and (each not in kept or total > most_bytes):
            each.path.unlink(missing_ok=True)
            gone.append(each.path)
    return tuple(gone)


def kept_of(found: Iterable[Backup], at: datetime) -> frozenset[Backup]:
    """Return which backups are kept: of 7 days, 4 weeks and 3 months the newest of each.

    What was made before an import, an upgrade or a restore is kept for a week in any case.

    Args:
        found: Backups, newest first.
        at: The present time.
    """
    newest_first = sorted(found, key=lambda backup: backup.made_at, reverse=True)
    kept = {each for each in newest_first if _is_of_an_event(each, at)}
    for many, span in ((KEPT_DAYS, _day), (KEPT_WEEKS, _week), (KEPT_MONTHS, _month)):
        kept |= _newest_of_each(newest_first, many, span)
    return frozenset(kept)


def _is_of_an_event(backup: Backup, at: datetime) -> bool:
    return backup.why is not Why.DAILY and at - backup.made_at < timedelta(days=KEPT_DAYS)


def _newest_of_each(
    newest_first: Iterable[Backup], many: int, span: Callable[[date], tuple[int, ...]]
) -> set[Backup]:
    chosen: dict[tuple[int, ...], Backup] = {}
    for each in newest_first:
        chosen.setdefault(span(each.made_at.date()), each)
        if len(chosen) == many:
            break
    return set(chosen.values())


def _day(day: date) -> tuple[int, ...]:
    return (day.toordinal(),)


def _week(day: date) -> tuple[int, ...]:
    return day.isocalendar()[:2]


def _month(day: date) -> tuple[int, ...]:
    return day.year, day.month
