"""The log of exports: what is taken out of the desk is allowed first and written down."""

from collections.abc import Iterable

from embassy_desk.domain.entity import Handling, strictest_of
from embassy_desk.domain.export import Export
from embassy_desk.domain.rights import Decision, Right
from embassy_desk.store.finders.lines import ListQuery, lines
from embassy_desk.store.logs import note_in_log
from embassy_desk.store.work import UnitOfWork

PAPER = "paper"
"""The form of what was printed."""

_BY_VALUE = {each.value: each for each in Handling}


def may_export(work: UnitOfWork, handlings: Iterable[Handling] = ()) -> Decision:
    """Say whether the person may take records out, and why not.

    Args:
        work: A unit of work.
        handlings: How the records are handled.
    """
    decision = work.rights.decide(Right.EXPORT)
    if decision.is_allowed and Handling.RESTRICTED in frozenset(handlings):
        return work.rights.decide(Right.EXPORT_RESTRICTED)
    return decision


def log_export_of_kind(work: UnitOfWork, kind: str, form: str) -> Export:
    """Write down that all records of a kind that are in use are taken out; see `log_export`.

    Raises:
        RefusedError: The rights do not allow it.
    """
    found = lines(work, ListQuery(kind=kind, fields=("handling",)))
    return log_export(
        work, kind=kind, form=form, handlings=[_BY_VALUE[line.values[0]] for line in found]
    )


def log_export(
    work: UnitOfWork,
    *,
    kind: str,
    form: str,
    handlings: Iterable[Handling],
    filters: str = "",
    purpose: str = "",
) -> Export:
    """Write down that records are taken out, before they are; the caller writes them afterwards.

    Committed first, so that no file leaves the desk without its line in the log. A file that then
    cannot be written leaves a line too many, never one too few.

    Args:
        work: A writing unit of work.
        kind: Name of the kind of record.
        form: Ending of the file without its dot, or `PAPER`.
        handlings: How each record is handled; their number is that of the records.
        filters: What they were chosen by, in words.
        purpose: Why, if the person said so.

    Raises:
        RefusedError: The rights do not allow it.
    """
    each = tuple(handlings)
    may_export(work, each).require()
    entry = work.new(
        Export,
        taken_kind=kind,
        file_form=form,
        record_count=len(each),
        filters=filters,
        gravest=strictest_of(each),
        purpose=purpose,
        handling=Handling.RESTRICTED,
    )
    note_in_log(work, entry)
    return entry
