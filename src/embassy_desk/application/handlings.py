"""What hangs on a record is handled no less strictly than the record."""

from collections.abc import Iterator

from embassy_desk.domain.attachment import Attachment
from embassy_desk.domain.engagement import Commitment, Engagement
from embassy_desk.domain.entity import Record, strictest_of
from embassy_desk.domain.task import Task
from embassy_desk.store.work import UnitOfWork


def follow_handling(work: UnitOfWork, before: Record, after: Record) -> None:
    """Let the files of a record, and the tasks that grew out of it, hide with it.

    Files are handled as their record is. Tasks only become stricter: they live on by themselves.
    """
    if before.handling is after.handling:
        return
    for each in work.all(Attachment, record_id=after.id):
        work.save(each.changed(handling=after.handling))
    for task in _grown_out_of(work, after):
        work.save(task.changed(handling=strictest_of((task.handling, after.handling))))


def _grown_out_of(work: UnitOfWork, record: Record) -> Iterator[Task]:
    """Yield the tasks by which the commitments of an engagement are kept."""
    if isinstance(record, Engagement):
        wanted = [each.task_id for each in work.parts(Commitment, record) if each.task_id]
        yield from work.get_many(Task, wanted).values()
