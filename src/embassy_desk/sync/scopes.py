"""Which rows have the same readers, and which fields are law (SYNC 3.11, decisions 6 and 7).

A scope is a text: `m:TOK` for the records of a mission, `m:TOK:restricted` for those that locally
engaged staff do not receive, `hq:shared` for what headquarters gives to all. A row is in exactly
one of them. `hq:agreements` is a feed: rows of missions' scopes, repeated for headquarters' desks.

The scope of a record follows from its mission and handling; its parts are where it is. A `put` that
changes one of the two therefore moves the record with its parts.
"""

from collections.abc import Mapping
from typing import Any

from embassy_desk.domain.catalogue import ENTITIES, KINDS, entity_name
from embassy_desk.domain.entity import Handling, Part
from embassy_desk.domain.kind import Scope

SHARED_SCOPE = "hq:shared"
AGREEMENTS_FEED = "hq:agreements"

SCOPE_FIELDS = frozenset({"mission", "handling"})
"""Fields of a record that decide its scope."""

QUIET_FIELDS = frozenset({"changed_at", "changed_by"})
"""Fields that move with every change: the winner is taken, and no conflict is recorded."""

TRASH_FIELDS = frozenset({"trashed_at", "trashed_by"})
"""Fields by which people delete a record; what merges them treats that as a deletion."""

_SHARED_ENTITIES = frozenset(
    entity_name(entity) for kind in KINDS if kind.scope is Scope.SHARED for entity in kind.entities
)
_PARENT_FIELDS = {
    entity_name(each): each.parent_field for each in ENTITIES if issubclass(each, Part)
}
_LEGAL_AGREEMENT_FIELDS = frozenset(
    {
        "binding",
        "entry_days",
        "entry_mode",
        "fixed_end_on",
        "form",
        "in_force_on",
        "initial_term_months",
        "legal_class",
        "notice_months",
        "notice_served_by",
        "notice_served_on",
        "notification_received_on",
        "notification_sent_on",
        "open_ended",
        "provisional_from",
        "provisional_to",
        "renewal_months",
        "renewal_type",
        "signed_on",
        "state",
        "suspended_on",
        "terminated_on",
    }
)
_LEGAL_PARTS = frozenset({"agreement_party", "agreement_term"})


def mission_scope(mission: str, *, is_restricted: bool = False) -> str:
    """Return the scope of a mission's records, or of its restricted ones."""
    return f"m:{mission}:restricted" if is_restricted else f"m:{mission}"


def mission_of(scope: str) -> str | None:
    """Return the code of the mission whose records are in a scope; nothing for other scopes."""
    first, _, rest = scope.partition(":")
    return rest.partition(":")[0] if first == "m" and rest else None


def home_scope(entity: str, fields: Mapping[str, Any], mission: str) -> str:
    """Return the scope of a record of its own.

    Args:
        entity: The kind's table name.
        fields: Its canonical values.
        mission: Code that holds where the record names none.
    """
    if entity in _SHARED_ENTITIES:
        return SHARED_SCOPE
    is_restricted = fields.get("handling") == Handling.RESTRICTED.value
    return mission_scope(fields.get("mission") or mission, is_restricted=is_restricted)


def is_shared(entity: str) -> bool:
    """Return whether rows of a table come from headquarters alone."""
    return entity in _SHARED_ENTITIES


def parent_of(entity: str, fields: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return kind and identity of the record that a part belongs to; nothing for a record.

    Args:
        entity: The table name.
        fields: The part's canonical values; identities are 32 hexadecimal digits.
    """
    field = _PARENT_FIELDS.get(entity)
    if field is None:
        return None
    kind = fields.get("record_kind") if field == "record_id" else field.removesuffix("_id")
    return str(kind), str(fields.get(field))


def parent_field_of(entity: str) -> str:
    """Return the field in which a part names its record; empty for a record."""
    return _PARENT_FIELDS.get(entity, "")


def is_legal(entity: str, field: str) -> bool:
    """Return whether two unseen values of a field wait for a decision instead of the clock.

    The earlier accepted value stays; the head of mission or headquarters decides.
    """
    if field == "mission" or entity in _LEGAL_PARTS:
        return True
    return entity == "agreement" and field in _LEGAL_AGREEMENT_FIELDS
