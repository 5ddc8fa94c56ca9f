"""Whether a store is the one that was last closed here, or an older or pieced-together copy.

`Freshness` writes the high-water mark when a store is opened, while it is used, and when it is
closed; and compares before it is opened. One process at a time: a lock file keeps two desks from
taking each other's steps for an attack.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from embassy_desk.domain.errors import StoreError
from embassy_desk.sealing.keys import StoreKey
from embassy_desk.settings.log_lines import kind_of
from embassy_desk.store.connections import connect
from embassy_desk.store.standing import (
    Heads,
    acknowledged_heads_of,
    has_unfolded_log,
    heads_of,
    is_in_use,
    link_at,
    pages_digest,
    reached_at,
)
from embassy_desk.texts import N_, Text
from embassy_desk.vault.header import read_copies
from embassy_desk.vault.mark import Head, Mark, read_mark, write_mark
from embassy_desk.vault.protected import Protected

LOCK_FILE = "store.lock"
_PATIENCE_FOR_OTHERS_S = 5.0

_LOG = logging.getLogger(__name__)


class Freshness:
    """Keeps the high-water mark of one store."""

    def __init__(self, path: Path, key: StoreKey, protected: Protected) -> None:
        """Begin for the store at a path, whose key files lie beside it.

        Raises:
            StoreError: The key files cannot be read.
        """
        self._path = path
        self._key = key
        self._protected = protected
        self._store = read_copies(path.parent).header.id

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let no other process open or close the store meanwhile; waits for it some seconds."""
        lock = FileLock(self._path.with_name(LOCK_FILE), mode=0o600)
        try:
            lock.acquire(timeout=_PATIENCE_FOR_OTHERS_S)
        except (Timeout, OSError) as error:
            _LOG.warning("no lock for the mark: %s", kind_of(error))
        try:
            yield
        finally:
            lock.release()

    def findings(self) -> tuple[Text, ...]:
        """Compare the file with the newest mark before it is opened; nothing found, nothing wrong.

        Raises:
            StoreError: The file cannot be read.
        """
        mark = read_mark(self._path.parent, self._store, self._key, self._protected)
        if mark is None:
            return ()
        is_changed = bool(mark.pages) and self._differs(mark)
        with closing(connect(self._path, self._key, is_reader=True)) as raw:
            found = list(_behind(raw, mark))
            reached = reached_at(raw)
        if is_changed and not found:
            found.append(
                N_(
                    "The file of the store is not as this program left it: a part of it was put "
                    "back or taken away."
                )
            )
        if found and reached is not None:  # so that a person can tell which backup is newer
            local = reached.astimezone().replace(tzinfo=None)
            found.append(N_("It holds what was entered until {moment}.", moment=local))
        return tuple(found)

    def _differs(self, mark: Mark) -> bool:
        try:
            # It was closed; then nothing is left that is not folded into the file.
            return has_unfolded_log(self._path) or pages_digest(self._path) != mark.pages
        except OSError as error:
            raise StoreError(N_("The store file cannot be opened.")) from error

    def note_use(self) -> None:
        """Note how far the store has come, while it is in use; never in the way of anything."""
        self._note(is_closed=False)

    def note_erasing(self) -> None:
        """Note only what stays as it is while a person is erased, whose changes chain anew.

        Without it a power cut between erasing and the next note would make the next opening take
        the store for one that went another way. To be followed by `note_use`.
        """
        self._note(is_closed=False, reading=acknowledged_heads_of)

    def note_closed(self) -> None:
        """Note how the store was left, unless another process still has it open."""
        self._note(is_closed=True)

    def note_ready(self, folder: Path) -> None:
        """Write a mark beside a store made ready, which outranks that of the folder it goes to.

        Without it a crash in the middle of a restoration would leave the new store beside the
        mark of the old one, and the next opening would take it for an older copy.

        Args:
            folder: Where the store will lie.

        Raises:
            StoreError: The store cannot be read, or the mark not be written.
        """
        with closing(connect(self._path, self._key, is_reader=True)) as raw:
            heads = heads_of(raw)
        self._write(heads, "", before=self._newest(folder), protected=Protected(None))

    def _newest(self, folder: Path) -> Mark | None:
        return read_mark(folder, self._store, self._key, self._protected)

    def _note(self, *, is_closed: bool, reading: Callable[[Any], Heads] = heads_of) -> None:
        try:
            with closing(connect(self._path, self._key, is_reader=True)) as raw:
                heads = reading(raw)
            has_ended = is_closed and not is_in_use(self._path)
            pages = pages_digest(self._path) if has_ended else ""
            before = self._newest(self._path.parent)
            self._write(heads, pages, before=before, protected=self._protected)
        except (StoreError, OSError) as error:
            _LOG.warning("the mark was not written: %s", kind_of(error))

    def _write(
        self, heads: Heads, pages: str, *, before: Mark | None, protected: Protected
    ) -> None:
        mark = Mark(
            store=self._store,
            serial=before.serial + 1 if before else 1,
            heads=[
                Head(node=node, changes=count, link=link.hex())
                for node, (count, link) in heads.items()
            ],
            pages=pages,
        )
        write_mark(self._path.parent, mark.sealed(self._key), protected)


def _behind(raw: object, mark: Mark) -> Iterator[Text]:
    """Yield where the chains of a store do not reach, or do not pass through, the mark."""
    heads = heads_of(raw)
    for each in mark.heads:
        found, _ = heads.get(each.node, (0, b""))
        if found < each.changes:
            yield N_(
                "The store is older than when it was last used here: {missing} change is missing.",
                "The store is older than when it was last used here: {missing} changes are "
                "missing.",
                count=each.changes - found,
                missing=each.changes - found,
            )
        elif each.changes and link_at(raw, each.node, each.changes) not in {
            None,
            bytes.fromhex(each.link),
        }:
            yield N_(
                "The store went another way than this one: its change {number} is not the one "
                "that was made here.",
                number=each.changes,
            )
