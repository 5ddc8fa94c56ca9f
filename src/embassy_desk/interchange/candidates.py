"""Records on their way in or out: texts by field, without identity and without a store."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from embassy_desk.domain.catalogue import entity_name, kind_of
from embassy_desk.domain.entity import Entity, Part, Record
from embassy_desk.interchange.registers import LINKS

Values = Mapping[str, str]
"""Texts by field name, as the entity's class reads them; fields without a value are absent."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One record as a file gives it, or as a file is to hold it.

    Texts are in the entity's normal form: days as ISO 8601, choices and codes in snake case, yes
    and no as `true` and `false`. Two candidates are equal when they say the same, wherever it
    stood.

    What refers to other records stays a text that the application matches: see
    `registers.LINKS` for names among the values, and these keys of parts: `agreement_link` has
    `to` (title or reference) beside `kind`; `task_parent` has `record` (reference); `position` has
    `organisation_name`; `tag` has `label`.

    Attributes:
        kind: Name of the kind, such as `agreement`.
        values: Texts by field.
        parts: Rows of each sort of part, by its name in snake case, such as `contact_email`.
        line: Line of the file, or row of the sheet, where it begins; 0 when it is from no file.
        uid: What the file calls the record for ever, as a card does; mostly empty.
        picture: The person's picture as a small JPEG in base64; mostly empty.
        checked: The same as the classes of its kind hold it, where it was checked already; it stays
            in the process that checked it.
    """

    kind: str
    values: Values
    parts: Mapping[str, tuple[Values, ...]] = field(default_factory=dict)
    line: int = field(default=0, compare=False)
    uid: str = field(default="", compare=False)
    picture: str = field(default="", compare=False, repr=False)
    checked: Annotated["Checked | None", Field(exclude=True)] = field(
        default=None, compare=False, repr=False
    )


@dataclass(frozen=True)
class Checked:
    """A candidate as valid values: identities and what it refers to are not filled yet.

    Attributes:
        record: The record.
        parts: Rows of each sort of part, in the order of the candidate's own; sorts that can only
            be made once other records are known are left out.
        has_numbers: Whether the telephone numbers were read, so that those without the form of the
            network have none.
    """

    record: Record
    parts: Mapping[str, tuple[Part, ...]]
    has_numbers: bool = False


def as_text(value: Any) -> str:
    """Return a field's value as a candidate holds it; nothing becomes the empty text."""
    if type(value) is str:
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def values_of(entity: Entity, *, fields: Collection[str] | None = None) -> dict[str, str]:
    """Return the texts of an entity's fields, or of those named; empty ones are left out."""
    texts = {}
    for name in type(entity).model_fields if fields is None else fields:
        if text := as_text(getattr(entity, name)):
            texts[name] = text
    return texts


def candidate_of(
    record: Record,
    parts: Iterable[Part] = (),
    *,
    fields: Collection[str] | None = None,
    name_of: Callable[[UUID], str] | None = None,
) -> Candidate:
    """Return a stored record as a candidate, to be written to a file.

    Args:
        record: The record; its `id` is among the values.
        parts: Its parts. Their identities and the record's are left out.
        fields: Fields of the record to give; all when nothing.
        name_of: Returns what a file calls another record: a name, a title or a reference, empty
            when it is unknown. Without it a file says nothing about other records that
            `read_table` could read back.
    """
    kind = kind_of(record).name
    values = {"id": str(record.id)} | values_of(record, fields=fields)
    for name, link in LINKS.get(kind, {}).items():
        values.pop(name, None)  # a member of staff is an identity here, a name in a file
        values |= _named(getattr(record, link.field), name, name_of)
    rows: dict[str, list[Values]] = {}
    for part in parts:
        name = entity_name(type(part))
        texts = values_of(part)
        for left_out in ("id", part.parent_field, *_kept_by(part)):
            texts.pop(left_out, None)
        for identity, word in _NAMED.get(name, {}).items():
            texts |= _named(getattr(part, identity), word, name_of)
        rows.setdefault(name, []).append(texts)
    return Candidate(
        kind=kind, values=values, parts={name: tuple(each) for name, each in rows.items()}
    )


_NAMED: Mapping[str, Mapping[str, str]] = {
    "agreement_link": {"to_agreement_id": "to"},
    "task_parent": {"record_id": "record"},
}
"""What a file calls the record that a field of a part identifies, by part."""


def _named(
    identity: UUID | None, name: str, name_of: Callable[[UUID], str] | None
) -> dict[str, str]:
    text = name_of(identity) if identity is not None and name_of is not None else ""
    return {name: text} if text else {}


def _kept_by(part: Part) -> tuple[str, ...]:
    """Return what a part that may hang on any kind says of the record's kind."""
    return ("record_kind",) if part.parent_field == "record_id" else ()
