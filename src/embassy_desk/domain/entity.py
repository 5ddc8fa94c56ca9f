"""What every record and every part of a record has in common."""

import re
from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, ClassVar, Self, cast
from uuid import UUID

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.domain.values import (
    Code,
    Line,
    Search,
    Timestamp,
    clean_text,
    has_broken_letters,
)
from embassy_desk.domain.vietnamese import sort_key
from embassy_desk.texts import N_, LabelledEnum, Text


class Handling(LabelledEnum):
    """Who may see a record. There is no value for state secrets: they must not be entered."""

    PUBLIC = "public", N_("Public")
    INTERNAL = "internal", N_("Internal")
    RESTRICTED = "restricted", N_("Restricted")


def strictest_of(handlings: Iterable[Handling]) -> Handling:
    """Return the strictest of some handlings; public if there is none."""
    return max(handlings, key=tuple(Handling).index, default=Handling.PUBLIC)


class Route(LabelledEnum):
    """By which route a value came in."""

    TYPED = "typed", N_("typed")
    IMPORT = "import", N_("import")
    SYNC = "sync", N_("synchronisation")
    REFERENCE = "reference", N_("reference data")
    UNKNOWN = "unknown", N_("by an unknown route")


class ArchiveReason(LabelledEnum):
    """Why a record was archived."""

    LEFT_POST = "left_post", N_("Left the post")
    DUPLICATE = "duplicate", N_("Duplicate")
    DISSOLVED = "dissolved", N_("Dissolved")
    DECEASED = "deceased", N_("Deceased")
    NO_LONGER_RELEVANT = "no_longer_relevant", N_("No longer relevant")
    ENTERED_BY_MISTAKE = "entered_by_mistake", N_("Entered by mistake")
    OTHER = "other", N_("Other")


class Entity(BaseModel):
    """A frozen, validated value; abstract.

    Change it with `changed`, which validates again (`model_copy` would not).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False)

    id: UUID

    @model_validator(mode="before")
    @classmethod
    def _clean(cls, values: Any) -> Any:
        """Bring every text to NFC and trim it; nothing means the empty text."""
        if not isinstance(values, Mapping):
            return values
        texts = text_fields(cls)
        cleaned = dict(values)
        for name, value in values.items():
            if isinstance(value, str) and type(value) is str:
                if not value.isprintable() and has_broken_letters(value):
                    raise ValueError(N_("This text holds bytes that are no letters."))
                cleaned[name] = clean_text(value)
            elif value is None and name in texts:
                cleaned[name] = ""
        return cleaned

    @property
    def search_words(self) -> tuple[str, ...]:
        """Texts that the search should also find, such as the digits of a number."""
        return ()

    @classmethod
    def made(cls, **values: Any) -> Self:
        """Return a new value.

        Raises:
            InvalidError: Some values are wrong; every problem is named.
        """
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            raise invalid(error) from error

    def changed(self, **values: Any) -> Self:
        """Return this value with some fields replaced, validated as a whole.

        Raises:
            InvalidError: Some values are wrong; every problem is named.
        """
        return self.made(**{**dict(self), **values})


class Record(Entity):
    """A thing with an identity of its own: it has a code for people, an owner and a past; abstract.

    Attributes:
        ref: Code for people, unique without a server because it carries a device tag.
        mission: Three-letter code of the mission it belongs to; `HQ` for shipped and shared rows.
        owner: Staff member who looks after it.
        backup: Staff member who stands in.
        created_by: Staff member who entered it.
        merged_into: The record that took its place; the old identity keeps resolving.
        verified_on: Day on which somebody last checked it.
        review_on: Day on which it should be checked again.
    """

    ref: Code = ""
    mission: Code = ""
    owner: UUID | None = None
    backup: UUID | None = None
    handling: Handling = Handling.INTERNAL
    created_at: Timestamp | None = None
    created_by: UUID | None = None
    created_via: Route = Route.TYPED
    changed_at: Timestamp | None = None
    changed_by: UUID | None = None
    archived_at: Timestamp | None = None
    archived_by: UUID | None = None
    archived_reason: ArchiveReason | None = None
    archived_note: Line = ""
    trashed_at: Timestamp | None = None
    trashed_by: UUID | None = None
    merged_into: UUID | None = None
    source: Line = ""
    verified_on: date | None = None
    review_on: date | None = None

    @property
    @abstractmethod
    def heading(self) -> str:
        """What this record is called in lists; never empty for a valid record."""

    @property
    def sort_keys(self) -> tuple[str, str]:
        """Return what lists sort by: in general, and by family name; both in Vietnamese order."""
        key = sort_key(self.heading)
        return key, key

    def subtitle(self, parts: Sequence["Part"]) -> str:  # noqa: ARG002 kinds override it
        """Return what tells this record from others of the same name, from its own parts."""
        return ""

    @property
    def is_archived(self) -> bool:
        """Whether the record was put away; it stays findable."""
        return self.archived_at is not None

    @property
    def is_trashed(self) -> bool:
        """Whether the record lies in the trash."""
        return self.trashed_at is not None


class Part(Entity):
    """A row that belongs to a record and shares its scope: an e-mail, a party, a tag; abstract.

    Sets merge by adding and removing such rows. `parent_field` names the field that holds the
    identity of the record: `contact_id` for parts of contacts, or `record_id` for parts that may
    hang on a record of any kind and therefore carry its `record_kind` as well.
    """

    parent_field: ClassVar[str]

    @classmethod
    def hangs_on_any_kind(cls) -> bool:
        """Return whether such parts belong to records of several kinds."""
        return cls.parent_field == "record_id"

    @property
    def parent_id(self) -> UUID:
        """Identity of the record this row belongs to."""
        return cast("UUID", getattr(self, self.parent_field))


@cache
def text_fields(entity: type[Entity]) -> frozenset[str]:
    """Return the names of the fields that hold text and are never null."""
    return frozenset(name for name, field in entity.model_fields.items() if field.annotation is str)


@cache
def searched_fields(entity: type[Entity]) -> dict[str, Search]:
    """Return the text fields that the search reads, and how, in the order of the class."""
    return {
        name: mark
        for name, field in entity.model_fields.items()
        for mark in field.metadata
        if isinstance(mark, Search)
    }


def invalid(error: ValidationError) -> InvalidError:
    """Translate pydantic's report into ours: one problem per field, in words."""
    return InvalidError(
        Problem(".".join(str(part) for part in each["loc"]), _reason(each))
        for each in error.errors(include_url=False)
    )


_REASONS = {
    "missing": N_("This is needed."),
    "extra_forbidden": N_("There is no such field."),
    "date_from_datetime_parsing": N_("Write the day as YYYY-MM-DD."),
    "date_parsing": N_("Write the day as YYYY-MM-DD."),
    "date_type": N_("Write the day as YYYY-MM-DD."),
    "date_from_datetime_inexact": N_("Write the day as YYYY-MM-DD, without a time."),
    "datetime_parsing": N_("Write the time as YYYY-MM-DDTHH:MM with its zone."),
    "datetime_from_date_parsing": N_("Write the time as YYYY-MM-DDTHH:MM with its zone."),
    "int_parsing": N_("Write a whole number."),
    "int_type": N_("Write a whole number."),
    "int_from_float": N_("Write a whole number."),
    "bool_parsing": N_("Write yes or no."),
    "bool_type": N_("Write yes or no."),
    "uuid_parsing": N_("This is not the identity of a record."),
    "uuid_type": N_("This is not the identity of a record."),
    "string_pattern_mismatch": N_("Only letters, digits and simple signs are allowed here."),
    "string_type": N_("Write a text."),
}


def _choices(expected: str) -> str:
    """Return the choices of pydantic's report without the words between them."""
    return ", ".join(re.findall(r"'([^']*)'", expected))


def _reason(report: Any) -> Text:
    kind, context = report["type"], report.get("ctx", {})
    if kind == "enum":
        return N_("Choose one of: {choices}.", choices=_choices(context["expected"]))
    if kind == "string_too_long":
        return N_("At most {limit} characters.", limit=context["max_length"])
    if kind in {"greater_than_equal", "greater_than"}:
        return N_("At least {limit}.", limit=context.get("ge", context.get("gt")))
    if kind in {"less_than_equal", "less_than"}:
        return N_("At most {limit}.", limit=context.get("le", context.get("lt")))
    if kind == "value_error":
        cause = context["error"]
        text = cause.args[0] if cause.args else ""
        return text if isinstance(text, Text) else N_("{reason}", reason=str(text))
    return _REASONS.get(kind, N_("This value cannot be read."))
