"""vCards of versions 3.0 and 4.0, read into candidates of contacts: all of a file or nothing.

What is not kept, on purpose: birthdays and anniversaries, pictures and sounds, keys, relations,
gender, addresses of messaging services and web pages, and properties of other programs.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from embassy_desk.domain.errors import InvalidError
from embassy_desk.domain.name_split import named, split_name
from embassy_desk.interchange.candidates import Candidate
from embassy_desk.interchange.errors import FileProblem, UnreadableFileError
from embassy_desk.interchange.files import content_of
from embassy_desk.interchange.limits import MAX_PROBLEMS
from embassy_desk.interchange.registers import register
from embassy_desk.interchange.rows import WrongRowError, checked
from embassy_desk.interchange.vcard_lines import EXTENSION, RawCard, cards_of
from embassy_desk.interchange.vcard_properties import Property, properties_of
from embassy_desk.interchange.watching import STEP, GoingOn, unwatched
from embassy_desk.texts import N_

Card = Mapping[str, Sequence[Property]]
"""The properties of one card by name, in the order of the file."""

PHONE_KINDS = {"cell": "mobile", "fax": "fax", "work": "work", "home": "home", "pager": "other"}
"""Our code of a telephone's kind by the type on a card; the first that is there counts."""

EMAIL_KINDS = {"work": "work", "home": "personal"}

TITLE_FIELDS = {"vi": "title_vi", "en": "title_en"}
"""Field of a position by the language of the title."""

ADDRESS_LABEL = "Địa chỉ / Address:"
ROLE_LABEL = "Vai trò / Role:"
SUFFIX_LABEL = "Hậu tố / Suffix:"
"""Labels in the notes for what has no field, in both languages: notes are not translated."""

_NAMES = frozenset(
    {"written_name", "given_name", "family_name", "middle_name", "alias", "original_name",
     "romanised_name"}
)  # fmt: skip
_NAME_PARTS = 5
_SAID_BY_OURS = frozenset({"display_order", "written_name"})


def read_vcards(path: Path, *, going_on: GoingOn = unwatched) -> tuple[Candidate, ...]:
    """Return the contacts of a vCard file.

    Args:
        path: The file.
        going_on: Told how many cards are read.

    Raises:
        UnreadableFileError: Something is wrong with it; problems of a card name the line on which
            it begins.
        StoreError: The file cannot be opened.
    """
    problems: list[FileProblem] = []
    candidates: list[Candidate] = []
    cards = cards_of(content_of(path))
    for done, card in enumerate(cards):
        if done % STEP == 0:
            going_on(done, len(cards))
        try:
            candidates.append(_candidate(card))
        except UnreadableFileError as error:
            problems.extend(error.problems)
        if len(problems) >= MAX_PROBLEMS:
            break
    if problems:
        raise UnreadableFileError(problems)
    return tuple(candidates)


def _candidate(raw: RawCard) -> Candidate:
    card: defaultdict[str, list[Property]] = defaultdict(list)
    for each in properties_of(raw):
        card[each.name].append(each)
    values, parts = _contents(card)
    if not values.keys() & _NAMES:
        reason = N_("The card has neither a name nor an e-mail address.")
        raise UnreadableFileError([FileProblem(raw.line, "", reason)])
    try:
        return checked("contact", values, parts, raw.line, uid=next(_texts(card["UID"]), ""))
    except InvalidError as error:
        raise UnreadableFileError(
            FileProblem(_line_of(card, error, each.field) or raw.line, each.field, each.text)
            for each in error.problems
        ) from error


_PROPERTIES = {
    "contact_email": "EMAIL", "contact_phone": "TEL", "tag": "CATEGORIES", "position": "ORG",
    "organisation_name": "ORG", "unit": "ORG", "title_vi": "TITLE", "title_en": "TITLE",
    "title_original": "TITLE", "family_name": "N", "middle_name": "N", "given_name": "N",
    "form_of_address": "N", "written_name": "FN", "alias": "NICKNAME", "notes": "NOTE",
    "languages": "LANG", "preferred_language": "LANG", "source": "UID",
}  # fmt: skip
"""Property that a part or a field comes from, unless it stands under a name of our own."""


def _line_of(card: Card, error: InvalidError, field: str) -> int:
    """Return the line on which something wrong stands; 0 when nobody can tell."""
    own = EXTENSION + field.replace("_", "-").upper()
    name = own if own in card else _PROPERTIES.get(field, "")
    place = 0
    if isinstance(error, WrongRowError):
        name = _PROPERTIES.get(field) or _PROPERTIES.get(error.part, "")
        place = error.place if name in {"EMAIL", "TEL"} else 0
    found = _used(card[name]) if name in card else []
    return found[min(place, len(found) - 1)].line if found else 0


def _contents(card: Card) -> tuple[dict[str, str], dict[str, list[dict[str, str]]]]:
    """Return the fields and the parts that a card holds."""
    emails = _addresses(card["EMAIL"], "address", EMAIL_KINDS)
    labels = [text for each in card["CATEGORIES"] for text in each.texts]
    parts = {
        "contact_email": emails,
        "contact_phone": _addresses(card["TEL"], "typed", PHONE_KINDS),
        "position": _positions(card),
        "tag": [{"label": label} for label in labels],
    }
    extensions = _extensions(card)
    values = _name(card, emails, is_ours=bool(_SAID_BY_OURS & extensions.keys()))
    values |= _plain_fields(card)
    notes = "\n".join([*_texts(card["NOTE"]), *_labelled_notes(card, parts["position"])])
    values |= {"notes": notes} if notes else {}
    return values | extensions, {name: rows for name, rows in parts.items() if rows}


def _name(card: Card, emails: list[dict[str, str]], *, is_ours: bool) -> dict[str, str]:
    """Return the fields of the name; a card without one takes the e-mail address for it.

    A card that the desk wrote says of itself what its whole name means.
    """
    written = "" if is_ours else next(_texts(card["FN"]), "")
    family, given, middle, prefix, _ = _name_parts(card)
    if prefix and written.startswith(f"{prefix} "):
        written = written[len(prefix) + 1 :]
    if family or middle or given:
        fields = named(family, middle, given, written)
    elif written:
        fields = split_name(written, "")
    else:
        fields = {"written_name": emails[0]["address"]} if emails and not is_ours else {}
    return fields | ({"form_of_address": prefix} if prefix else {})


def _name_parts(card: Card) -> list[str]:
    """Return family, given and middle name, prefix and suffix; several of one as one text."""
    if not card["N"]:
        return [""] * _NAME_PARTS
    parts = [" ".join(filter(None, each)) for each in card["N"][0].components[:_NAME_PARTS]]
    return parts + [""] * (_NAME_PARTS - len(parts))


def _plain_fields(card: Card) -> dict[str, str]:
    """Return the fields that one property each fills."""
    preferred = [each.text for each in card["LANG"] if "pref" in each.types]
    nicknames = (text for each in card["NICKNAME"] for text in each.texts)
    fields = {
        "alias": ", ".join(nicknames),
        "languages": " ".join(dict.fromkeys(_texts(card["LANG"]))),
        "preferred_language": preferred[0] if preferred else "",
        "source": next(_texts(card["UID"]), ""),
    }
    return {name: text for name, text in fields.items() if text}


def _labelled_notes(card: Card, positions: list[dict[str, str]]) -> Iterator[str]:
    """Yield what has no field of its own, each with a label."""
    for each in card["ADR"]:
        address = ", ".join(each.texts)
        if address:
            yield f"{ADDRESS_LABEL} {address}"
    titles = {text for row in positions for text in row.values()}
    for role in _texts(card["ROLE"]):
        if role not in titles:
            yield f"{ROLE_LABEL} {role}"
    suffix = _name_parts(card)[-1]
    if suffix and suffix not in " ".join(_texts(card["FN"])):
        yield f"{SUFFIX_LABEL} {suffix}"


def _addresses(
    properties: Sequence[Property], field: str, kinds: Mapping[str, str]
) -> list[dict[str, str]]:
    """Return e-mail addresses or telephone numbers, the preferred one first."""
    rows = []
    for each in _used(properties):
        own = (name.removeprefix("x-").replace("-", "_") for name in each.types if name[:2] == "x-")
        known = (code for name, code in kinds.items() if name in each.types)
        kind = next(own, "") or next(known, "")
        rows.append({field: each.text} | ({"kind": kind} if kind else {}))
    return rows


def _used(properties: Sequence[Property]) -> list[Property]:
    """Return the properties that say something, the preferred one first."""
    said = (each for each in properties if each.text)
    return sorted(said, key=lambda each: "pref" not in each.types)


def _positions(card: Card) -> list[dict[str, str]]:
    """Return what the person is where: organisations and titles of one group belong together."""
    rows: dict[str, dict[str, str]] = {}
    for place, each in enumerate(card["ORG"]):
        organisation, *units = (" ".join(texts) for texts in each.components)
        row = rows.setdefault(each.group or ("" if place == 0 else f"#{place}"), {})
        row["organisation_name"] = organisation
        row["unit"] = "; ".join(filter(None, units))
    for each in card["TITLE"]:
        field = TITLE_FIELDS.get(each.language[:2], "title_original")
        rows.setdefault(each.group, {}).setdefault(field, each.text)
    if not card["TITLE"]:
        for role in list(_texts(card["ROLE"]))[:1]:
            rows.setdefault("", {})["title_original"] = role
    cleaned = ({name: text for name, text in row.items() if text} for row in rows.values())
    return [row for row in cleaned if row.keys() - {"unit"}]


def _extensions(card: Card) -> dict[str, str]:
    """Return the fields that stand under names of our own."""
    known = register("contact")
    fields = {}
    for name, properties in card.items():
        if name.startswith(EXTENSION):
            field = name.removeprefix(EXTENSION).replace("-", "_").lower()
            if field in known and properties[0].text:
                fields[field] = properties[0].text
    return fields


def _texts(properties: Sequence[Property]) -> Iterator[str]:
    """Yield the texts of properties that say something."""
    return (text for each in properties if (text := each.text))
