"""Contacts as vCards: of version 3.0, which every address book reads, or of 4.0 by choice.

A card goes to other people: what the mission keeps for itself (notes, tags, handling, do not
contact …) is left out unless asked for. What no vCard property stands for gets a name of our own,
so that reading gives back the same.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import vobject
from vobject.base import foldOneLine
from vobject.icalendar import stringToTextValues
from vobject.vcard import Address, Name

from embassy_desk.domain.contact import Contact
from embassy_desk.domain.names import DisplayOrder, full_name
from embassy_desk.interchange.candidates import Candidate, Values, as_text
from embassy_desk.interchange.registers import Shape, register
from embassy_desk.interchange.vcard_bag import SUFFIX, lines_of
from embassy_desk.interchange.vcard_labels import ADDRESS_FIELDS
from embassy_desk.interchange.vcard_lines import EXTENSION
from embassy_desk.interchange.vcards import TITLE_FIELDS
from embassy_desk.settings.files import replaced

_PHONE_TYPES = {"mobile": "CELL", "fax": "FAX", "work": "WORK", "home": "HOME"}
_EMAIL_TYPES = {"work": "WORK", "personal": "HOME"}
_BY_PROPERTY = frozenset(
    {"family_name", "middle_name", "given_name", "alias", "form_of_address", "languages", "notes"}
)
"""Fields that a property of the standard holds; the others get a name of our own."""


INTERNAL = frozenset(
    {
        "ref", "handling", "source", "verified_on", "review_on", "precedence", "preferred_channel",
        "do_not_contact", "cadence_days", "notes",
    }
)  # fmt: skip
"""Fields that a mission keeps for itself; its tags are internal too."""


VERSIONS_WRITTEN = ("3.0", "4.0")


def write_vcards(
    path: Path,
    contacts: Iterable[Candidate],
    *,
    with_internal: bool = False,
    version: str = "3.0",
    as_of: datetime | None = None,
) -> None:
    """Write contacts to a vCard file, one card after the other, whole or not at all.

    Args:
        path: The file.
        contacts: Candidates of contacts.
        with_internal: Whether notes, tags and what else the mission keeps for itself go along.
        version: Of the cards, one of `VERSIONS_WRITTEN`.
        as_of: Of when they are; it stands on each card.

    Raises:
        StoreError: The file cannot be written.
    """
    with replaced(path) as stream:
        for contact in contacts:
            stream.write(card_text(contact, with_internal, version, as_of).encode("utf-8"))


def card_text(
    contact: Candidate,
    with_internal: bool = False,  # noqa: FBT001, FBT002  as `write_vcards`
    version: str = "3.0",
    as_of: datetime | None = None,
) -> str:
    """Return one contact as a card; see `write_vcards`."""
    return _text(contact if with_internal else _shown(contact), version, as_of)


def _shown(contact: Candidate) -> Candidate:
    """Return a contact without what the mission keeps for itself."""
    values = {name: text for name, text in contact.values.items() if name not in INTERNAL}
    parts = {name: rows for name, rows in contact.parts.items() if name != "tag"}
    return replace(contact, values=values, parts=parts)


def _text(contact: Candidate, version: str, as_of: datetime | None) -> str:
    """Return a card; what another address book knew stands at its end."""
    card = _card(contact)
    if as_of is not None:
        card.add("rev").value = as_of.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if version != "3.0":
        _renew(card, version)
    text = str(card.serialize())
    kept = io.StringIO()
    for line in lines_of(contact.parts.get("card_property", ())):
        foldOneLine(kept, line)
    end = text.rindex("END:VCARD")
    return text[:end] + kept.getvalue() + text[end:]


def _renew(card: Any, version: str) -> None:
    """Write the preferred of several as version 4.0 does, and say that it is a person's card."""
    for line in card.lines():
        types = line.params.pop("TYPE", [])
        plain = [each.lower() for each in types if each != "PREF"]
        if plain:
            line.params["TYPE"] = plain
        if "PREF" in types:
            line.params["PREF"] = ["1"]
    card.add("version").value = version
    card.add("kind").value = "individual"


def _card(contact: Candidate) -> Any:
    card = vobject.vCard()
    values = contact.values
    family, middle, given = (
        values.get(name, "") for name in ("family_name", "middle_name", "given_name")
    )
    card.add("n").value = Name(
        family=family,
        given=given,
        additional=middle,
        prefix=values.get("form_of_address", ""),
        suffix=_suffix(contact),
    )
    card.add("fn").value = _whole_name(values)
    for name, text in _single_properties(values):
        card.add(name).value = text
    for row in contact.parts.get("contact_email", ()):
        _add_address(card, "email", row.get("address", ""), row, _EMAIL_TYPES)
    for row in contact.parts.get("contact_phone", ()):
        _add_address(card, "tel", row.get("typed", ""), row, _PHONE_TYPES)
    for row in contact.parts.get("contact_address", ()):
        _add_postal(card, row)
    _add_positions(card, contact.parts.get("position", ()))
    labels = [row["label"] for row in contact.parts.get("tag", ())]
    if labels:
        card.add("categories").value = labels
    return card


def _whole_name(values: Values) -> str:
    """Return the name for FN, which may not be empty: as written, else the parts, else another."""
    given_first = values.get("display_order") == DisplayOrder.GIVEN_FIRST
    order = DisplayOrder.GIVEN_FIRST if given_first else DisplayOrder.FAMILY_FIRST
    family, middle, given = (
        values.get(name, "") for name in ("family_name", "middle_name", "given_name")
    )
    others = (values.get(name, "") for name in ("original_name", "romanised_name", "alias"))
    return (
        values.get("written_name")
        or full_name(family, middle, given, order)
        or next(filter(None, others), "")
    )


def _single_properties(values: Values) -> Iterator[tuple[str, str]]:
    """Yield the properties that hold one text each."""
    if values.get("id"):
        yield "uid", f"urn:uuid:{values['id']}"
    if values.get("alias"):
        yield "nickname", values["alias"]
    if values.get("notes"):
        yield "note", values["notes"]
    for code in values.get("languages", "").split():
        yield "lang", code
    for name, column in register("contact").items():
        is_own = not column.part and column.shape is not Shape.LIST and name not in _BY_PROPERTY
        if is_own and values.get(name) and not _goes_without_saying(name, values):
            yield EXTENSION.lower() + name.replace("_", "-"), values[name]


def _goes_without_saying(name: str, values: Values) -> bool:
    """Say whether a field holds what it would hold anyway; the order of a name never does."""
    if name == "display_order":
        return False
    return name in Contact.model_fields and values[name] == as_text(
        Contact.model_fields[name].default
    )


def _add_address(card: Any, name: str, text: str, row: Values, types: Mapping[str, str]) -> None:
    line = card.add(name)
    line.value = text
    _mark(card, line, row, types)


def _mark(card: Any, line: Any, row: Values, types: Mapping[str, str]) -> None:
    """Put kind, label and preference on a line; a label stands in a line of the same group."""
    kind = row.get("kind", "")
    shown = [types.get(kind, f"X-{kind.replace('_', '-')}")] if kind else []
    if row.get("is_primary") == "true":
        shown.append("PREF")
    if shown:
        line.params["TYPE"] = shown
    if row.get("label"):
        groups = [each.group for each in card.lines() if (each.group or "").startswith("label")]
        label = card.add("x-ablabel")
        label.value = row["label"]
        line.group = label.group = f"label{len(groups) // 2 + 1}"


def _add_postal(card: Any, row: Values) -> None:
    po_box, extended, street, city, region, code, country = (
        row.get(name, "") for name in ADDRESS_FIELDS
    )
    line = card.add("adr")
    line.value = Address(street, city, region, code, country, po_box, extended)
    _mark(card, line, row, _EMAIL_TYPES)


def _suffix(contact: Candidate) -> str:
    """Return what stands after the name, which is kept as it stood on a card."""
    rows = contact.parts.get("card_property", ())
    kept = next((row.get("value", "") for row in rows if row["name"] == SUFFIX), "")
    return stringToTextValues(kept)[0] if kept else ""


def _add_positions(card: Any, rows: Iterable[Values]) -> None:
    """Add organisations and titles; those of each position after the first share a group."""
    languages = {field: language for language, field in TITLE_FIELDS.items()}
    ordered = sorted(rows, key=lambda row: row.get("is_primary") != "true")
    for place, row in enumerate(ordered):
        group = f"p{place}" if place else None
        if row.get("organisation_name") or row.get("unit"):
            line = card.add("org")
            line.value = [row.get("organisation_name", ""), row.get("unit", "")]
            line.group = group
        for field in ("title_vi", "title_en", "title_original"):
            if row.get(field):
                line = card.add("title")
                line.value = row[field]
                line.group = group
                if field in languages:
                    line.params["LANGUAGE"] = [languages[field]]
