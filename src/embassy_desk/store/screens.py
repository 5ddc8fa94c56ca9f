"""Which position of headquarters' log the author's screen was based on (SYNC 3.3)."""

import json
from types import MappingProxyType
from typing import Any

from sqlcipher3.dbapi2 import Connection

Root = tuple[str, str]
"""Kind and identity (32 hexadecimal digits) of a record."""

BEFORE_ALL = -1
"""The moment of a screen on which nothing of headquarters stood yet; 0 would mean now."""

NOTHING_SEEN = MappingProxyType({"b": 0})
"""The keys of an operation on a record of which headquarters knows nothing yet."""

_NOW = "SELECT sid, base FROM sync_scope"
_THEN = (
    "SELECT sid, cursor FROM sync_moment m WHERE moment = (SELECT max(moment)"
    " FROM sync_moment WHERE sid = m.sid AND moment <= ?)"
)
_DELETION = (
    "SELECT operation FROM sync_op WHERE root_id = ? AND entity = ? AND row_id = ?"
    " AND (state = 'pending' OR state = 'acked' AND NOT EXISTS (SELECT 1 FROM sync_row r"
    " WHERE r.entity = sync_op.entity AND r.row_id = sync_op.row_id))"
    " AND json_extract(operation, '$.k') = 'del' ORDER BY position DESC LIMIT 1"
)
_SCOPE = "SELECT sid, seen FROM sync_row WHERE entity = ? AND row_id = ? ORDER BY sid LIMIT 1"


class Screen:
    """What the author of a transaction had on screen."""

    def __init__(self, connection: Connection, moment: int) -> None:
        """Look up what was here at a moment.

        Args:
            connection: The raw connection.
            moment: Number of the last takeover before the screen was read; 0 for now.
        """
        self._connection = connection
        self._is_now = moment == 0
        found = connection.execute(_THEN, (moment,)) if moment else connection.execute(_NOW)
        self._cursors: dict[str, int] = dict(found.fetchall())
        self._epoch: dict[str, int] = {}
        if self._cursors:
            (epoch,) = connection.execute("SELECT epoch FROM headquarters").fetchone()
            self._epoch = {"g": epoch} if epoch > 1 else {}

    def seen(self, entity: str, row_id: str, root: Root) -> dict[str, Any]:
        """Return the keys `b`, `s` and `g` of an operation.

        A row that headquarters has not confirmed stands where its record does; of a record that it
        has not confirmed there was nothing to see. A row that was deleted here shows nothing that
        came after, so the deletion's own keys hold until headquarters tells the row again. That
        the deletion was acknowledged is not enough: it may have lost, and the row that lived on
        come on a later page.
        """
        hidden = self._hidden_by(entity, row_id, root) if self._cursors else None
        if hidden is not None:
            return hidden
        found = self._place(entity, row_id) or self._place(*root) if self._cursors else None
        scope, row_seen = found or ("", 0)
        position = max(self._cursors.get(scope, 0), row_seen if self._is_now else 0)
        return {"b": position, "s": scope, **self._epoch} if position else {**NOTHING_SEEN}

    def _hidden_by(self, entity: str, row_id: str, root: Root) -> dict[str, Any] | None:
        """Return the keys of a row's own deletion that nothing was told after, or nothing."""
        row = self._connection.execute(_DELETION, (root[1], entity, row_id)).fetchone()
        if row is None or row[0] is None:
            return None
        deletion = json.loads(row[0])
        return {key: deletion[key] for key in ("b", "s", "g") if key in deletion}

    def _place(self, entity: str, row_id: str) -> tuple[str, int] | None:
        row: tuple[str, int] | None = self._connection.execute(_SCOPE, (entity, row_id)).fetchone()
        return row


def present_moment(raw: Any) -> int:
    """Return the number of the last takeover from headquarters; `BEFORE_ALL` before the first.

    Whoever shows a record keeps it, and says so when the record is saved: `UnitOfWork.base_on`.
    """
    row = raw.execute("SELECT moment FROM headquarters").fetchone()
    return BEFORE_ALL if row is None or not row[0] else int(row[0])
