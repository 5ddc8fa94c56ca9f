"""Which contents of attachments are to go to headquarters, and which are to come from there.

A content goes once its record is confirmed; it counts as sent for the generation of headquarters
that said so, so that after a restoration all are offered again. What has come of one lies in
encrypted pieces (`sealing.pieces`) until it is whole.
"""

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from embassy_desk.domain.errors import DamageError
from embassy_desk.sealing.pieces import Pieces, new_pieces
from embassy_desk.store.types import time_text
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_

_NAME_BYTES = 16

_UNSENT = """
    SELECT a.id, a.name, f.digest, a.size_bytes FROM attachment_file f
    JOIN attachment a ON a.digest = f.digest
    JOIN sync_row s ON s.entity = 'attachment' AND s.row_id = a.id
    WHERE a.trashed_at IS NULL AND f.sent_epoch < ?
    GROUP BY f.digest ORDER BY min(a.created_at), f.digest LIMIT ?
"""
_AWAITED = """
    SELECT a.id, a.name, w.digest, a.size_bytes FROM attachment_wish w
    JOIN attachment a ON a.digest = w.digest
    JOIN sync_row s ON s.entity = 'attachment' AND s.row_id = a.id
    WHERE a.trashed_at IS NULL AND w.is_awaited
    GROUP BY w.digest ORDER BY w.asked_at, w.digest LIMIT ?
"""
_ABSENT = """
    SELECT a.id, a.name, a.digest, a.size_bytes FROM attachment a
    JOIN sync_row s ON s.entity = 'attachment' AND s.row_id = a.id
    LEFT JOIN attachment_file f ON f.digest = a.digest
    WHERE a.trashed_at IS NULL AND f.digest IS NULL AND a.size_bytes <= ?
    GROUP BY a.digest ORDER BY max(a.created_at) DESC, a.digest LIMIT ?
"""


@dataclass(frozen=True)
class Content:
    """A content and the record that tells of it.

    Attributes:
        row_id: The attachment's identity, 32 hexadecimal digits.
        name: Name of the file.
        digest: SHA-256 of the content.
        size_bytes: Its length, as the record says.
    """

    row_id: str
    name: str
    digest: str
    size_bytes: int


def unsent_contents(raw: Any, epoch: int, *, most: int) -> list[Content]:
    """Return contents that headquarters is not known to have, those longest here first."""
    return _contents(raw, _UNSENT, (epoch, most))


def awaited_contents(raw: Any, *, most: int) -> list[Content]:
    """Return contents that somebody waits for, who asked first first."""
    return _contents(raw, _AWAITED, (most,))


def absent_contents(raw: Any, *, up_to_bytes: int, most: int) -> list[Content]:
    """Return contents of some length at most that are not here, the newest first."""
    return _contents(raw, _ABSENT, (up_to_bytes, most))


def _contents(raw: Any, statement: str, values: tuple[Any, ...]) -> list[Content]:
    return [Content(*row) for row in raw.execute(statement, values)]


def note_sent(raw: Any, digests: Iterable[str], epoch: int) -> None:
    """Note that a generation of headquarters has some contents."""
    raw.executemany(
        "UPDATE attachment_file SET sent_epoch = max(sent_epoch, ?) WHERE digest = ?",
        [(epoch, each) for each in digests],
    )


def is_here(raw: Any, digest: str) -> bool:
    """Return whether a content is on this computer."""
    found = raw.execute("SELECT 1 FROM attachment_file WHERE digest = ?", (digest,)).fetchone()
    return found is not None


def wish_for(work: UnitOfWork, folder: Path, digest: str, *, is_awaited: bool) -> Pieces:
    """Return the pieces of a content that is to come; begins where nothing has come yet.

    Args:
        work: A writing unit of work.
        folder: The folder of contents.
        digest: SHA-256 of the content.
        is_awaited: Somebody waits for it.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    row = work.raw.execute(
        "SELECT piece_name, piece_key FROM attachment_wish WHERE digest = ?", (digest,)
    ).fetchone()
    if row is not None:
        if is_awaited:
            work.write("UPDATE attachment_wish SET is_awaited = 1 WHERE digest = ?", (digest,))
        return Pieces(folder, *row)
    pieces = new_pieces(folder)
    work.write(
        "INSERT INTO attachment_wish (digest, is_awaited, asked_at, piece_name, piece_key)"
        " VALUES (?, ?, ?, ?, ?)",
        (digest, int(is_awaited), time_text(work.at), pieces.name, pieces.key),
    )
    return pieces


def keep_whole(work: UnitOfWork, folder: Path, digest: str, pieces: Pieces, epoch: int) -> None:
    """Put the pieces of a content together and let it be found.

    Pieces that do not make the content are dropped, so that it is fetched from its beginning.

    Raises:
        DamageError: They do not.
        StoreError: The disk refuses; the pieces stay.
    """
    name = secrets.token_hex(_NAME_BYTES)
    try:
        whole = pieces.assembled(folder / name)
    except DamageError:
        pieces.forget()
        raise
    if whole.digest.hex() != digest:
        pieces.forget()
        (folder / name).unlink()
        raise DamageError(N_("What came is not the file that was sent; it is fetched again."))
    work.write(
        "INSERT OR REPLACE INTO attachment_file (digest, file_name, file_key, sent_epoch)"
        " VALUES (?, ?, ?, ?)",
        (digest, name, whole.key, epoch),
    )
    give_up_wishes(work, [digest])


def give_up_wishes(work: UnitOfWork, digests: Collection[str]) -> None:
    """Wait for some contents no longer; `sweep` removes what came of them."""
    for each in digests:
        work.write("DELETE FROM attachment_wish WHERE digest = ?", (each,))
