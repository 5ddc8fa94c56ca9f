"""What the person at the desk may do, for screens to say so before anybody tries.

What is refused is refused in the store, whatever a screen offers; see `store/guarding.py`.
"""

from dataclasses import dataclass

from embassy_desk.domain.entity import Record
from embassy_desk.domain.rights import YES, Decision, Right, Rights
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import Text


@dataclass(frozen=True)
class Allowed:
    """What may be done with one record.

    Attributes:
        edit: Whether its fields, rows, files and state may be changed.
        archive: Whether it may be put away, and brought back.
    """

    edit: Decision = YES
    archive: Decision = YES

    @property
    def read_only(self) -> Text | None:
        """Why the record may only be read; nothing when it may be changed."""
        return self.edit.reason


def rights_now(work: UnitOfWork) -> Rights:
    """Return the rights of the person at the desk as they stand today."""
    return work.rights


def allowed_on(work: UnitOfWork, record: Record) -> Allowed:
    """Return what may be done with a record, each with the reason why not."""
    rights = work.rights
    return Allowed(rights.decide(Right.EDIT, record), rights.decide(Right.ARCHIVE, record))
