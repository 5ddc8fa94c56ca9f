"""A question in words: what it is about, what is in force, what stands against it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from embassy_desk.application.questions import WHOLE_ROW, ConflictKind, Question
from embassy_desk.desktop.exchange.wording import moment_of_ms, on_both_clocks
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.reading import Reader
from embassy_desk.desktop.kit.shapes import shape_of
from embassy_desk.domain.catalogue import ENTITIES, entity_name
from embassy_desk.texts import N_, Text
from embassy_desk.texts.fields import field_word

_BY_NAME = {entity_name(each): each for each in ENTITIES}
_LONGEST = 2_000


@dataclass(frozen=True)
class Side:
    """One of two values.

    Attributes:
        value: As people read it.
        by: Who wrote it, and when.
    """

    value: str
    by: str


@dataclass(frozen=True)
class QuestionWords:
    """A question as the page shows it.

    Attributes:
        title: The record.
        about: The field, or what was done.
        ask: The question.
        before: What stood there before; empty where nobody knows.
        kept: What is in force.
        other: What stands against it.
        keep: What the button says that keeps what is in force.
        take: What the button says that takes the other one.
    """

    title: str
    about: str
    ask: str
    before: str
    kept: Side
    other: Side
    keep: Text
    take: Text


def words_of(question: Question, outfit: Outfit) -> QuestionWords:
    """Return a question in the language of the window."""
    words, conflict = outfit.words, question.found.conflict
    reader = Reader(words, outfit.lists, outfit.zone, question.names)
    kept = _by(question, outfit, conflict.winner_user, conflict.winner_at)
    other = _by(question, outfit, conflict.loser_user, conflict.loser_at)
    title = question.found.heading or question.found.ref or words(N_("A record that is not here"))
    if conflict.field == WHOLE_ROW:
        return QuestionWords(
            title=title,
            about=words(N_("Deleted and changed")),
            ask=words(
                N_(
                    "One person deleted this while another one changed it. It was brought back."
                    " Shall it stay?"
                )
            ),
            before="",
            kept=Side(words(N_("Changed; it is in use.")), kept),
            other=Side(words(N_("Deleted.")), other),
            keep=N_("Leave it in use"),
            take=N_("Delete it"),
        )
    return QuestionWords(
        title=title,
        about=_field_text(question, outfit),
        ask=words(_asks(question)),
        before="" if conflict.base_value is None else _value(reader, question, conflict.base_value),
        kept=Side(_value(reader, question, conflict.winner_value), kept),
        other=Side(_value(reader, question, conflict.loser_value), other),
        keep=N_("Keep what is in force"),
        take=N_("Take the other value"),
    )


def _field_text(question: Question, outfit: Outfit) -> str:
    conflict = question.found.conflict
    entity = _BY_NAME.get(conflict.entity)
    if entity is None or conflict.field not in entity.model_fields:
        return conflict.field
    return outfit.words(field_word(conflict.entity, conflict.field))


def _asks(question: Question) -> Text:
    conflict = question.found.conflict
    if conflict.is_legal:
        return N_(
            "This is law of an agreement. What came first is in force until the head of mission"
            " or headquarters decides."
        )
    if conflict.kind in (ConflictKind.RECOVERED, ConflictKind.SERVER_LOST):
        return N_("Headquarters found this value again. Which one shall be in force?")
    return N_("Two people wrote this without seeing each other. Which one shall be in force?")


def _value(reader: Reader, question: Question, value: Any) -> str:
    conflict = question.found.conflict
    entity = _BY_NAME.get(conflict.entity)
    if value is None or value == "":
        return reader.words(N_("(empty)"))
    if entity is None or conflict.field not in entity.model_fields:
        return str(value)[:_LONGEST]
    return reader.logged(shape_of(entity, conflict.field), value)[:_LONGEST]


def _by(question: Question, outfit: Outfit, user: str | None, at_ms: int) -> str:
    words = outfit.words
    at = on_both_clocks(words, moment_of_ms(at_ms), outfit.zone)
    name = question.names.get(UUID(user), "") if user else ""
    if not name:
        return at
    return words(N_("{name}, {at}", name=name, at=at))
