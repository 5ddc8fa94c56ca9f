"""Properties of cards for which the desk has no field: kept, and given back.

A row holds name, parameters and value as version 3.0 writes them, so that one address book gets
back what another knew, whichever version it came in.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from embassy_desk.domain.values import clean_text
from embassy_desk.interchange.errors import FileProblem
from embassy_desk.interchange.limits import MAX_KEPT_PROPERTIES
from embassy_desk.interchange.vcard_lines import EXTENSION, PICTURE
from embassy_desk.interchange.vcard_properties import Property
from embassy_desk.interchange.vcard_signs import escaped
from embassy_desk.texts import N_

SUFFIX = "N"
"""Name of the row that keeps the suffix of a name, such as PhD."""

_IN_FIELDS = frozenset({
    "VERSION", "KIND", "N", "FN", "NICKNAME", "ORG", "TITLE", "ROLE", "EMAIL", "TEL", "ADR", "NOTE",
    "LANG", "CATEGORIES", "UID", "BEGIN", "END", PICTURE,
})  # fmt: skip
_OF_FAMILY = frozenset({
    "spouse", "child", "parent", "sibling", "kin", "sweetheart", "date", "anniversary", "mother",
    "father", "brother", "sister", "partner", "son", "daughter",
})  # fmt: skip
_LONGEST_VALUE = 8_000
_LONGEST_SIGNS = 400


def kept_properties(
    card: Mapping[str, Sequence[Property]],
    beside: Mapping[str, str],
    remarks: list[FileProblem],
) -> list[dict[str, str]]:
    """Return the rows of what a card holds beside the fields.

    Args:
        card: Its properties by name.
        beside: Texts without a property of their own, by the name under which they are kept.
        remarks: Takes what is left out because it is too much.
    """
    rows = [_row(name, "", escaped(text)) for name, text in beside.items() if text]
    for each in _unknown(card):
        if len(each.value) > _LONGEST_VALUE or len(rows) >= MAX_KEPT_PROPERTIES:
            text = N_("“{name}” was left out, because it is too long.", name=each.name)
            remarks.append(FileProblem(each.line, "", text))
            continue
        row = _row(f"{each.group}.{each.name}" if each.group else each.name, _signs(each),
                   each.value)  # fmt: skip
        if row not in rows:
            rows.append(row)
    return rows


def _row(name: str, signs: str, value: str) -> dict[str, str]:
    row = {"name": name, "parameters": signs, "value": clean_text(value)}
    return {field: text for field, text in row.items() if text}


def _unknown(card: Mapping[str, Sequence[Property]]) -> Iterator[Property]:
    """Yield what has no field, but for what is empty or about the family, and labels of neither."""
    kept = [each for name, found in card.items() for each in found if _is_kept(name, each)]
    family = {
        each.group for each in card.get("X-ABLABEL", ()) if _standing(each.text) in _OF_FAMILY
    }
    tied = {each.group for each in kept if each.name != "X-ABLABEL"} - family - {""}
    for each in sorted(kept, key=lambda each: each.line):
        if each.group not in family and (each.name != "X-ABLABEL" or each.group in tied):
            yield each


def _is_kept(name: str, each: Property) -> bool:
    if name in _IN_FIELDS or name.startswith(EXTENSION) or not each.text:
        return False
    return name != "RELATED" or not _OF_FAMILY & set(each.types)


def _standing(label: str) -> str:
    """Return Apple's own label without its signs."""
    return label.lower().removeprefix("_$!<").removesuffix(">!$_")


def _signs(each: Property) -> str:
    """Return types, language and parameters as they stand after a name."""
    types = ",".join(name.upper() for name in each.types if name.isascii() and name)
    language = f";LANGUAGE={each.language}" if each.language else ""
    signs = (f";TYPE={types}" if types else "") + language + each.parameters
    return signs[1:] if len(signs) <= _LONGEST_SIGNS else ""


def lines_of(rows: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """Yield the lines that give kept properties back, not folded yet."""
    for row in rows:
        if row["name"] != SUFFIX:
            signs = f";{row['parameters']}" if row.get("parameters") else ""
            yield f"{row['name']}{signs}:{row.get('value', '')}"
