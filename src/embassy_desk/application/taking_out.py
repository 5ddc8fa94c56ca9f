"""What is taken out of a list: which records, allowed and written down before they leave."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from embassy_desk.application.export_log import PAPER, log_export
from embassy_desk.application.pages import Page, page_of
from embassy_desk.application.sheets import RecordSheet, record_sheet
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.entity import Handling
from embassy_desk.domain.export import Export
from embassy_desk.store.finders.lines import ListQuery, lines
from embassy_desk.store.work import UnitOfWork

_BY_VALUE = {each.value: each for each in Handling}


@dataclass(frozen=True)
class TakenOut:
    """Records that may leave.

    Attributes:
        ids: The records in the order of the list.
        entry: Their line in the log of exports.
    """

    ids: tuple[UUID, ...]
    entry: Export

    @property
    def gravest(self) -> Handling:
        """The strictest handling among them."""
        return self.entry.gravest


def take_out(
    work: UnitOfWork, query: ListQuery, ids: Sequence[UUID], *, form: str, filters: str
) -> TakenOut:
    """Write down that records of a list leave the desk, before they do.

    Args:
        work: A writing unit of work.
        query: The list.
        ids: Only these; none for the whole list.
        form: Ending of the file without its dot, or `paper`.
        filters: What the records were chosen by, in words.

    Raises:
        RefusedError: The rights do not allow it.
    """
    found = lines(work, _whole(query, ids, ("handling",)))
    handlings = [_BY_VALUE[str(line.values[0])] for line in found]
    entry = log_export(work, kind=query.kind, form=form, handlings=handlings, filters=filters)
    return TakenOut(tuple(line.id for line in found), entry)


def take_out_one(work: UnitOfWork, kind: str, record_id: UUID, form: str) -> TakenOut:
    """Write down that one record leaves the desk in a file.

    Raises:
        MissingError: There is none.
        RefusedError: The rights do not allow it.
    """
    record = work.get(kind_named(kind).entity, record_id)
    entry = log_export(work, kind=kind, form=form, handlings=[record.handling])
    return TakenOut((record_id,), entry)


def called(work: UnitOfWork, kind: str, record_id: UUID) -> str:
    """Return what a record is called, for the name of its file.

    Raises:
        MissingError: There is none.
    """
    return work.get(kind_named(kind).entity, record_id).heading


def take_out_record(work: UnitOfWork, kind: str, record_id: UUID) -> RecordSheet:
    """Return a record to be printed, once it is written down that it leaves the desk.

    Raises:
        MissingError: There is none.
        RefusedError: The rights do not allow it.
    """
    sheet = record_sheet(work, kind, record_id)
    log_export(work, kind=kind, form=PAPER, handlings=[sheet.record.handling])
    return sheet


def lines_of(work: UnitOfWork, query: ListQuery, ids: Sequence[UUID]) -> Page:
    """Return the whole list, or these records of it, in its order, with the names they need."""
    return page_of(work, _whole(query, ids, query.fields))


def _whole(query: ListQuery, ids: Sequence[UUID], fields: tuple[str, ...]) -> ListQuery:
    among = frozenset(ids) if ids else query.among
    return replace(query, fields=fields, among=among, limit=None, offset=0)
