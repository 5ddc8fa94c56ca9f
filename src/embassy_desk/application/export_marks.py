"""What a file that leaves the desk says of itself: handling, day, person, filters, number."""

from embassy_desk.application.host import mission_day
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.export import Export
from embassy_desk.interchange.marks import Mark
from embassy_desk.store.finders.names import headings
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_, Words


def mark_of(work: UnitOfWork, entry: Export, words: Words) -> Mark:
    """Return the mark of a file, from its line in the log of exports.

    Args:
        work: A reading unit of work.
        entry: The line in the log.
        words: The language of the file.
    """
    by = entry.created_by
    name = headings(work, {by}).get(by, "") if by else ""
    lines = [
        words(N_("Handling: {handling}", handling=entry.gravest.label)),
        words(N_("As of {day}", day=mission_day(work))),
        words(N_("Written by {name}, {mission}", name=name or "?", mission=entry.mission)),
        words(N_("{count} record", "{count} records", count=entry.record_count)),
    ]
    if entry.filters:
        lines.append(words(N_("Chosen by: {filters}", filters=entry.filters)))
    title = words(kind_named(entry.taken_kind).plural)
    return Mark(title, words(N_("About this file")), tuple(lines))
