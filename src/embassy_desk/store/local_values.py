"""What only this desk remembers: drafts, saved views, reminders put off.

A value is any JSON under a topic and a name. It lies in the encrypted store, so that what a person
has typed is nowhere in the clear, but it is no record: it is never captured, never an operation of
the change log, never synchronised, and listeners of the office are not told. It is written in the
same transaction as everything else of a unit of work, and backups keep it.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from embassy_desk.domain.errors import RefusedError, StoreError
from embassy_desk.store.borders import translated
from embassy_desk.store.reading import Reading
from embassy_desk.store.types import time_of, time_text
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_

LARGEST_VALUE = 1_000_000
"""Characters of the JSON text of one value; twenty long texts of a form."""

LARGEST_TOPIC = 16_000_000
"""Characters of the JSON texts of a topic together."""

MOST_NAMES = 5_000
"""Names of one topic."""

_LONGEST_TOPIC = 40
_LONGEST_NAME = 200


@dataclass(frozen=True)
class LocalValue:
    """One value of this desk.

    Attributes:
        name: Its name within the topic.
        value: What JSON can say: null, yes or no, number, text, list, object.
        changed_at: When it was last written, in UTC.
    """

    name: str
    value: Any
    changed_at: datetime


def local_value(work: Reading, topic: str, name: str) -> LocalValue | None:
    """Return the value of a name, or nothing.

    Raises:
        StoreError: What lies there is no JSON.
    """
    with translated():
        row = work.raw.execute(
            "SELECT name, value, changed_at FROM local_value WHERE topic = ? AND name = ?",
            (topic, name),
        ).fetchone()
    return None if row is None else _value_of(row)


def local_values(work: Reading, topic: str) -> tuple[LocalValue, ...]:
    """Return all values of a topic, by name.

    Raises:
        StoreError: What lies there is no JSON.
    """
    with translated():
        rows = work.raw.execute(
            "SELECT name, value, changed_at FROM local_value WHERE topic = ? ORDER BY name",
            (topic,),
        ).fetchall()
    return tuple(_value_of(row) for row in rows)


def keep_local(work: UnitOfWork, topic: str, name: str, value: Any) -> None:
    """Keep a value under a topic and a name, in place of what was there.

    Args:
        work: A writing unit of work; nothing is kept unless it commits.
        topic: What it is for, such as `draft`; 1 to 40 characters.
        name: Its name within the topic; 1 to 200 characters.
        value: What JSON can say; whole and decimal numbers are kept apart, NaN is refused.

    Raises:
        RefusedError: The value is larger than `LARGEST_VALUE`, or the topic is full.
        ValueError: Topic or name is empty or too long, or the value is no JSON.
        TypeError: The value is no JSON.
    """
    if not 0 < len(topic) <= _LONGEST_TOPIC or not 0 < len(name) <= _LONGEST_NAME:
        raise ValueError(f"topic or name is empty or too long: {len(topic)}, {len(name)}")
    # ASCII, so that even half a surrogate pair, which SQLite refuses, comes back as it was.
    text = json.dumps(value, allow_nan=False, separators=(",", ":"))
    if len(text) > LARGEST_VALUE:
        raise RefusedError(N_("This is too large to be kept on this computer."))
    work.write(
        "INSERT INTO local_value (topic, name, value, changed_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (topic, name) DO UPDATE SET value = excluded.value,"
        " changed_at = excluded.changed_at",
        (topic, name, text, time_text(work.at)),
    )
    _refuse_full_topic(work, topic)


def _refuse_full_topic(work: UnitOfWork, topic: str) -> None:
    with translated():
        count, size = work.raw.execute(
            "SELECT count(*), sum(length(value)) FROM local_value WHERE topic = ?", (topic,)
        ).fetchone()
    if count > MOST_NAMES or size > LARGEST_TOPIC:
        raise RefusedError(N_("There is no more room for this on this computer."))


def forget_local(work: UnitOfWork, topic: str, name: str) -> None:
    """Remove the value of a name; one that is not there is no mistake."""
    work.write("DELETE FROM local_value WHERE topic = ? AND name = ?", (topic, name))


def _value_of(row: tuple[str, str, str]) -> LocalValue:
    name, text, changed_at = row
    try:
        return LocalValue(name, json.loads(text), time_of(changed_at))
    except ValueError as error:
        raise StoreError(N_("The store is damaged. Restore the newest backup.")) from error
