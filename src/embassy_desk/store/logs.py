"""Logs that the program keeps by itself, as records that travel like any other."""

from embassy_desk.domain.catalogue import kind_of
from embassy_desk.domain.entity import Part, Record
from embassy_desk.store.rows.statements import insert_text, raw_values
from embassy_desk.store.work import UnitOfWork


def note_in_log(work: UnitOfWork, entry: Record) -> None:
    """Insert a record of a log; no rights are asked, for it is not the person who writes it.

    Raises:
        ValueError: The record's kind is no log.
    """
    if not kind_of(entry).is_log:
        raise ValueError("only logs are written without asking for rights")
    work.write(insert_text(type(entry)), raw_values(entry))


def note_part_in_log(work: UnitOfWork, part: Part) -> None:
    """Insert a row of a record of a log; no rights are asked.

    Raises:
        ValueError: The record's kind is no log.
    """
    if not kind_of(part).is_log:
        raise ValueError("only parts of logs are written without asking for rights")
    work.write(insert_text(type(part)), raw_values(part))
