"""What a draft that is offered says: what was typed, what is stored, what changed meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from embassy_desk.application.drafts import Draft, changed_since
from embassy_desk.desktop.kit.days import time_text
from embassy_desk.desktop.kit.reading import NO, YES, Reader
from embassy_desk.desktop.kit.shapes import Look, Shape, shape_of
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.entity import Record
from embassy_desk.texts import N_, Text
from embassy_desk.texts.fields import field_word

LONGEST_VALUE = 160
"""Characters of a value that are shown; the draft itself keeps all of them."""


@dataclass(frozen=True)
class DraftDifference:
    """One field of a draft.

    Attributes:
        field: Its name.
        word: What it is called.
        stored: What is saved now, as people read it.
        typed: What was typed, as people read it.
        is_changed_since: Whether somebody saved another value after the draft was begun.
    """

    field: str
    word: Text
    stored: str
    typed: str
    is_changed_since: bool

    @property
    def text(self) -> Text:
        """What the person reads about the field."""
        stored, typed = _short(self.stored), _short(self.typed)
        if self.is_changed_since:
            return N_(
                "{field}: you typed “{typed}”; meanwhile “{stored}” was saved.",
                field=self.word,
                typed=typed,
                stored=stored,
            )
        if not stored:
            return N_("{field}: you typed “{typed}”.", field=self.word, typed=typed)
        return N_(
            "{field}: you typed “{typed}” in place of “{stored}”.",
            field=self.word,
            typed=typed,
            stored=stored,
        )


@dataclass(frozen=True)
class DraftOffer:
    """A draft that may be continued.

    Attributes:
        draft: The draft.
        title: When it was typed.
        differences: What it says about each field that differs from what is stored.
        rows: How many rows it holds beside the fields.
    """

    draft: Draft
    title: Text
    differences: tuple[DraftDifference, ...]
    rows: int


def offer_of(draft: Draft, record: Record | None, reader: Reader) -> DraftOffer:
    """Return what a draft says beside the stored record, or beside nothing."""
    when = time_text(draft.changed_at, reader.zone)
    title = N_("You typed this on {when} and did not save it.", when=when)
    rows = sum(len(each) for each in draft.rows.values()) + bool(draft.row)
    return DraftOffer(draft, title, tuple(_differences(draft, record, reader)), rows)


def _differences(draft: Draft, record: Record | None, reader: Reader) -> Iterator[DraftDifference]:
    entity = kind_named(draft.kind).entity
    since = changed_since(draft, record) if record is not None else frozenset()
    for name in (each for each in entity.model_fields if each in draft.typed):
        shape = shape_of(entity, name)
        value = getattr(record, name) if record is not None else None
        stored, typed = reader.value(shape, value), typed_text(shape, draft.typed[name], reader)
        if stored != typed:
            yield DraftDifference(name, field_word(draft.kind, name), stored, typed, name in since)


def typed_text(shape: Shape, typed: Any, reader: Reader) -> str:
    """Return what an editor held as people read it."""
    if shape.look is Look.LINK:
        return str(typed["text"])
    if shape.look is Look.FLAG:
        return reader.words(YES if typed else NO)
    if shape.look in {Look.CHOICE, Look.CODE, Look.CODES, Look.RECURRENCE}:
        return reader.logged(shape, typed)
    return str(typed)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST_VALUE else flat[: LONGEST_VALUE - 1] + "…"
