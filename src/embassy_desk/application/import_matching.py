"""What rows of a file are to the store: new, the same, changed, or doubtful; with the reasons.

A record is the same by its mark or reference, by name and e-mail, by name and telephone number, or
by name and organisation; by its name alone only when the file says nothing else. A Vietnamese name
alone makes nobody the same person: that is a doubt, and a person decides.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from embassy_desk.application.duplicates import KnownAlike
from embassy_desk.application.host import host_country
from embassy_desk.application.import_known import Known, known_of, number_of, person_keys
from embassy_desk.application.known_records import Ask, keys_of, name_key
from embassy_desk.domain.contact import ContactPhone
from embassy_desk.domain.entity import Part, Record
from embassy_desk.domain.likeness import KINDS_WITH_DUPLICATES, Likeness
from embassy_desk.domain.name_split import may_be_vietnamese
from embassy_desk.domain.phones import phone
from embassy_desk.domain.rights import is_shipped
from embassy_desk.domain.vietnamese import fold
from embassy_desk.interchange.candidates import Candidate, Checked, Values, as_text, values_of
from embassy_desk.interchange.registers import LINKS
from embassy_desk.texts import N_, LabelledEnum, Text


class Verdict(LabelledEnum):
    """What a row of a file is to the store."""

    NEW = "new", N_("New")
    UPDATE = "update", N_("Changed")
    DOUBTFUL = "doubtful", N_("Doubtful")
    SAME = "same", N_("Known already")


@dataclass(frozen=True)
class Change:
    """One field that a file says otherwise than the store.

    Attributes:
        part: Table name of the part it belongs to; empty for the record itself.
        field: The field.
        before: What the store holds; empty for nothing.
        after: What the file says.
    """

    part: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Match:
    """What one row of a file is to the store.

    Attributes:
        candidate: The row.
        verdict: What it is.
        record_id: The record it is, or may be.
        reason: Why that is thought; nothing for what is new.
        changes: What would change.
    """

    candidate: Candidate
    verdict: Verdict
    record_id: UUID | None = None
    reason: Text | None = None
    changes: tuple[Change, ...] = ()


_SAME_BY: Mapping[str, Text] = {
    "uid": N_("The same mark in the file."),
    "ref": N_("The same reference."),
    "person": N_("The same name and e-mail address."),
    "phone": N_("The same name and telephone number."),
    "post": N_("The same name and organisation."),
    "organisation": N_("The same name and country."),
    "agreement": N_("The same title, country and day of signature."),
}
_NOTHING_NEW = N_("The file says nothing of this record that is not known.")
_SAME_NAME = N_("The same name, and nothing else in common.")

_PHONE = "contact_phone"
_REACH: Mapping[str, str] = {"contact_email": "address", _PHONE: "typed"}

IDENTITY: Mapping[str, tuple[str, ...]] = {
    "contact_email": ("address",),
    "contact_phone": ("typed",),
    "contact_address": ("kind", "city"),
    "position": ("organisation_name",),
    "tag": ("label",),
    "card_property": ("name", "value"),
    "organisation_alias": ("alias",),
    "their_participant": ("name_then",),
    "task_reminder": ("days_before",),
}
"""Fields by which a row of a part in a file is the one in the store."""

_PLACED = frozenset({"is_primary", "place"})
"""What only says which of several rows comes first."""


class Matcher:
    """Says of each row of a file what it is; rows further up count as known."""

    def __init__(self, ask: Ask, kind: str) -> None:
        """Match with what the store holds of a kind.

        Args:
            ask: Runs a query in the store.
            kind: What the rows are.
        """
        self._known: Known = ask(lambda work: known_of(work, kind))
        self._alike = KnownAlike(ask, kind) if kind in KINDS_WITH_DUPLICATES else None
        self._region: str = ask(host_country)
        self._in_file: dict[tuple[str, ...], Candidate] = {}

    def match(self, candidate: Candidate) -> Match:
        """Return what a row is."""
        if candidate.checked is None:
            return Match(candidate, Verdict.NEW)
        record = candidate.checked.record
        candidate, parts = _with_numbers(candidate, candidate.checked, self._region)
        keys = self._keys(candidate, record, parts)
        known = self._known_as(candidate, keys, record, parts)
        if known is not None:
            return known
        for key in keys:
            if key in self._in_file and self._in_file[key] == candidate:
                line = self._in_file[key].line
                text = N_("The same stands on line {line} of the file.", line=line)
                return Match(candidate, Verdict.SAME, None, text)
        self._in_file |= dict.fromkeys(keys, candidate)
        return self._doubt(candidate, record, parts)

    def _known_as(
        self,
        candidate: Candidate,
        keys: Sequence[tuple[str, ...]],
        record: Record,
        parts: Mapping[str, tuple[Part, ...]],
    ) -> Match | None:
        """Return the record of the store that a row is, best one of which it says nothing new."""
        first = None
        seen: set[UUID] = set()
        for key in keys:
            for identity in self._known.same.get(key, ()):
                if identity in seen or (
                    key[0] == "post" and self._is_namesake(identity, record, parts)
                ):
                    continue
                seen.add(identity)
                changes = tuple(self.changes(candidate, identity))
                verdict = Verdict.UPDATE if changes else Verdict.SAME
                match = Match(candidate, verdict, identity, _SAME_BY[key[0]], changes)
                if not changes:
                    return match
                first = first or match
        return first

    def _is_namesake(
        self, identity: UUID, record: Record, parts: Mapping[str, tuple[Part, ...]]
    ) -> bool:
        """Say whether a record of the same name and organisation may well be somebody else.

        A ministry has several people of one Vietnamese name: one whose addresses and numbers are
        all others is not taken for the same.
        """
        if not may_be_vietnamese(record.heading):
            return False
        theirs = {name: self._known.rows(name, identity) for name in _REACH}
        mine, known = (_reach(each) for each in (parts, theirs))
        return bool(mine and known) and mine.isdisjoint(known)

    def _keys(
        self, candidate: Candidate, record: Record, parts: Mapping[str, tuple[Part, ...]]
    ) -> list[tuple[str, ...]]:
        ref = candidate.values.get("ref", "")
        keys: list[tuple[str, ...]] = [("ref", ref.upper())] if ref else []
        return [*keys, *keys_of(record, parts, candidate.uid), *person_keys(record, parts)]

    def _doubt(
        self, candidate: Candidate, record: Record, parts: Mapping[str, tuple[Part, ...]]
    ) -> Match:
        """Return a row as new, unless it is like a record of the store or of the file."""
        if self._alike is None:
            return Match(candidate, Verdict.NEW)
        namesakes = self._known.named.get(name_key(record.heading), [])
        for identity in namesakes:
            if next(self.changes(candidate, identity), None) is None:
                return Match(candidate, Verdict.SAME, identity, _NOTHING_NEW)
        found = self._alike.meet(candidate.line, record, parts, uid=candidate.uid)
        if found is None:
            namesake = namesakes[0] if namesakes else None
            return self._doubtful(candidate, namesake, _SAME_NAME)
        reason = _reason(found.likeness)
        if isinstance(found.name, int):
            text = N_("Line {line} of the file: {reason}", line=found.name, reason=reason)
            return Match(candidate, Verdict.DOUBTFUL, None, text)
        return self._doubtful(candidate, found.name, reason)

    def _doubtful(self, candidate: Candidate, identity: UUID | None, reason: Text) -> Match:
        """Return a row that may be a record of the store, if there is one."""
        if identity is None:
            return Match(candidate, Verdict.NEW)
        changes = tuple(self.changes(candidate, identity))
        if not changes:
            return Match(candidate, Verdict.SAME, identity, _NOTHING_NEW)
        return Match(candidate, Verdict.DOUBTFUL, identity, reason, changes)

    def changes(self, candidate: Candidate, identity: UUID) -> Iterator[Change]:
        """Yield what a row says otherwise than a record of the store."""
        record = self._known.records[identity]
        for name, text in fields_taken(candidate, record):
            before = as_text(getattr(record, name))
            if before != text:
                yield Change("", name, before, text)
        for part, rows in candidate.parts.items():
            stored = [values_of(each) for each in self._known.rows(part, identity)]
            for row in rows:
                yield from _part_changes(part, row, stored)


def _reach(parts: Mapping[str, Sequence[Part]]) -> set[str]:
    """Return the addresses and numbers of a person, as they are compared."""
    return {
        number_of(text) or fold(text)
        for name, field in _REACH.items()
        for each in parts.get(name, ())
        if (text := getattr(each, field, ""))
    }


def _with_numbers(
    candidate: Candidate, checked: Checked, region: str
) -> tuple[Candidate, Mapping[str, tuple[Part, ...]]]:
    """Return a row whose numbers are read, once for all who ask for them later, and its parts."""
    rows = checked.parts.get(_PHONE)
    if not rows:
        return candidate, checked.parts
    home = getattr(checked.record, "nationality", "") or region
    read = tuple(
        each.model_copy(update={"e164": phone(each.typed, home)})
        if isinstance(each, ContactPhone) and not each.e164
        else each
        for each in rows
    )
    parts = {**checked.parts, _PHONE: read}
    return replace(candidate, checked=Checked(checked.record, parts, has_numbers=True)), parts


def _reason(alike: Likeness) -> Text:
    """Return the two strongest reasons as one text."""
    first, *rest = alike.reasons
    return N_("{reason} {further}", reason=first, further=rest[0]) if rest else first


def fields_taken(candidate: Candidate, record: Record) -> Iterator[tuple[str, str]]:
    """Yield the fields that a record takes over; one that came with the program stays as it is."""
    return iter(()) if is_shipped(record) else own_fields(candidate)


def own_fields(candidate: Candidate) -> Iterator[tuple[str, str]]:
    """Yield the fields that a row says of its record: neither links nor the mark of its card."""
    links = LINKS.get(candidate.kind, {})
    for name, text in candidate.values.items():
        if name in links or name in {"id", "ref"}:
            continue
        if name != "source" or text != candidate.uid:
            yield name, text


def _part_changes(part: str, row: Values, stored: list[dict[str, str]]) -> Iterator[Change]:
    said = {name: text for name, text in row.items() if name not in _PLACED}
    if any(said.items() <= each.items() for each in stored):
        return
    old = counterpart(part, said, stored)
    for name, text in said.items():
        before = old.get(name, "") if old is not None else ""
        if before != text:
            yield Change(part, name, before, text)


def counterpart(part: str, row: Values, stored: list[dict[str, str]]) -> dict[str, str] | None:
    """Return the stored row that a row of a file speaks of; nothing if it is a further one."""
    names = IDENTITY.get(part, ())
    if not names:
        return None
    wanted = _identity(part, row, names)
    return next((each for each in stored if _identity(part, each, names) == wanted), None)


def _identity(part: str, row: Values, names: tuple[str, ...]) -> tuple[str, ...]:
    if part == "contact_phone":
        return (number_of(row.get("typed", "")) or row.get("typed", ""),)
    return tuple(fold(row.get(name, "")) for name in names)
