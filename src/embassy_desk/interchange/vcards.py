"""vCards of versions 2.1, 3.0 and 4.0, read into candidates of contacts.

What has a field of its own goes there; pictures become small ones; the rest is kept as it stands,
to be given back when the contact is written to a card again (`vcard_bag`). What is left out, on
purpose: what is said about a person's family, sounds, keys, and what only one program understands.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from embassy_desk.domain.errors import InvalidError
from embassy_desk.domain.vietnamese import fold
from embassy_desk.domain.watching import STEP, GoingOn, unwatched
from embassy_desk.interchange.candidates import Candidate
from embassy_desk.interchange.errors import FileProblem, UnreadableFileError
from embassy_desk.interchange.files import content_of
from embassy_desk.interchange.limits import MAX_PROBLEMS
from embassy_desk.interchange.readings import Reading, joined
from embassy_desk.interchange.registers import register
from embassy_desk.interchange.rows import WrongRowError, checked
from embassy_desk.interchange.vcard_android import with_plain_names
from embassy_desk.interchange.vcard_bag import kept_properties
from embassy_desk.interchange.vcard_charsets import guessed_charset
from embassy_desk.interchange.vcard_labels import (
    EMAIL_KINDS,
    PHONE_KINDS,
    address_rows,
    kind_and_label,
    labels_of,
)
from embassy_desk.interchange.vcard_lines import (
    EXTENSION,
    PICTURE,
    RawCard,
    cards_of,
    likely_count,
)
from embassy_desk.interchange.vcard_names import Card, name_of_person, name_parts, texts_of
from embassy_desk.interchange.vcard_pictures import small_picture
from embassy_desk.interchange.vcard_properties import Property, properties_of
from embassy_desk.texts import N_

TITLE_FIELDS = {"vi": "title_vi", "en": "title_en"}
"""Field of a position by the language of the title."""

_NAMES = frozenset(
    {"written_name", "given_name", "family_name", "middle_name", "alias", "original_name",
     "romanised_name"}
)  # fmt: skip
_SAID_BY_OURS = frozenset({"display_order", "written_name"})


def read_vcards(
    path: Path, *, encoding: str = "", going_on: GoingOn = unwatched
) -> tuple[Candidate, ...]:
    """Return the contacts of a vCard file of which every card must be read.

    Args:
        path: The file.
        encoding: Character set of bytes that are not UTF-8; empty refuses them.
        going_on: Told how many cards are read.

    Raises:
        UnreadableFileError: Something is wrong with it; problems of a card name the line on which
            it begins.
        StoreError: The file cannot be opened.
    """
    return vcards_in(content_of(path), encoding=encoding, going_on=going_on).whole()


def vcards_in(content: bytes, *, encoding: str = "", going_on: GoingOn = unwatched) -> Reading:
    """Return what the cards of a file say, and which of them cannot be taken and why.

    Raises:
        UnreadableFileError: The file is not made of cards.
    """
    return joined(vcards_by_pieces(content, encoding=encoding, going_on=going_on))


def vcards_by_pieces(
    content: bytes, *, encoding: str = "", going_on: GoingOn = unwatched
) -> Iterator[Reading]:
    """Yield what `vcards_in` returns, some cards at a time, and refuse what it refuses."""
    cards, likely = cards_of(content), likely_count(content)
    if not encoding and (guess := guessed_charset(content)):
        encoding = guess
        text = N_("Letters that are not in UTF-8 are read as {encoding}: look at the names.",
                  encoding=guess)  # fmt: skip
        yield Reading((), remarks=(FileProblem(1, "", text),))
    done = refused = 0
    while some := list(islice(cards, STEP)):
        going_on(done, max(likely, done + len(some)))
        reading = _reading(some, encoding, MAX_PROBLEMS - refused)
        yield reading
        done += len(some)
        refused += len(reading.refused)
        if refused >= MAX_PROBLEMS:
            return


def _reading(cards: Sequence[RawCard], encoding: str, most_problems: int) -> Reading:
    """Return what some cards say; too many problems end it."""
    problems: list[FileProblem] = []
    remarks: list[FileProblem] = []
    candidates: list[Candidate] = []
    sources: dict[int, str] = {}
    for card in cards:
        try:
            candidates.append(_candidate(card, encoding, remarks))
        except UnreadableFileError as error:
            problems.extend(error.problems)
            sources |= dict.fromkeys((each.line for each in error.problems), card.source)
        if len(problems) >= most_problems:
            break
    return Reading(tuple(candidates), tuple(problems), tuple(remarks), sources)


def _candidate(raw: RawCard, encoding: str, remarks: list[FileProblem]) -> Candidate:
    card: defaultdict[str, list[Property]] = defaultdict(list)
    for each in with_plain_names(properties_of(raw, encoding)):
        card[each.name].append(each)
    values, parts = _contents(card, remarks)
    if not values.keys() & _NAMES:
        reason = N_("The card has neither a name nor an e-mail address.")
        raise UnreadableFileError([FileProblem(raw.line, "", reason)])
    for line in raw.family[:1]:
        text = N_("What the card says about the family was left out; the desk does not keep it.")
        remarks.append(FileProblem(line.line, "", text))
    picture = _picture(card, remarks)
    try:
        uid = next(texts_of(card["UID"]), "")
        return checked("contact", values, parts, raw.line, uid=uid, picture=picture)
    except InvalidError as error:
        raise UnreadableFileError(
            FileProblem(_line_of(card, error, each.field) or raw.line, each.field, each.text)
            for each in error.problems
        ) from error


def _picture(card: Card, remarks: list[FileProblem]) -> str:
    """Return the person's picture as a small one; a remark when it cannot be had."""
    for each in card.get(PICTURE, ()):
        picture, reason = small_picture(each)
        if picture:
            return picture
        if reason is not None:
            remarks.append(FileProblem(each.line, PICTURE, reason))
    return ""


_PROPERTIES = {
    "contact_email": "EMAIL", "contact_phone": "TEL", "contact_address": "ADR", "tag": "CATEGORIES",
    "position": "ORG",
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


def _contents(
    card: Card, remarks: list[FileProblem]
) -> tuple[dict[str, str], dict[str, list[dict[str, str]]]]:
    """Return the fields and the parts that a card holds."""
    labels = labels_of(card.get("X-ABLABEL", ()))
    emails = _addresses(card["EMAIL"], "address", EMAIL_KINDS, labels)
    tags = [text for each in card["CATEGORIES"] for text in each.texts]
    positions = _positions(card)
    parts = {
        "contact_email": emails,
        "contact_phone": _addresses(card["TEL"], "typed", PHONE_KINDS, labels),
        "contact_address": address_rows(card["ADR"], labels),
        "position": positions,
        "tag": [{"label": label} for label in tags],
        "card_property": kept_properties(card, _taken(card, positions), remarks),
    }
    extensions = _extensions(card)
    values = name_of_person(card, emails, is_ours=bool(_SAID_BY_OURS & extensions.keys()))
    values |= _plain_fields(card)
    notes = "\n".join(texts_of(card["NOTE"]))
    values |= {"notes": notes} if notes else {}
    return values | extensions, {name: rows for name, rows in parts.items() if rows}


def _taken(card: Card, positions: list[dict[str, str]]) -> dict[str, str]:
    """Return what has no field and no property of its own: a suffix, a role beside a title."""
    titles = {text for row in positions for text in row.values()}
    role = next((each for each in texts_of(card["ROLE"]) if each not in titles), "")
    suffix = name_parts(card)[-1]
    is_said = suffix in " ".join(texts_of(card["FN"]))
    return {"ROLE": role, "N": "" if is_said else suffix}


def _plain_fields(card: Card) -> dict[str, str]:
    """Return the fields that one property each fills."""
    preferred = [each.text for each in card["LANG"] if "pref" in each.types]
    nicknames = (text for each in card["NICKNAME"] for text in each.texts)
    fields = {
        "alias": ", ".join(nicknames),
        "languages": " ".join(dict.fromkeys(texts_of(card["LANG"]))),
        "preferred_language": preferred[0] if preferred else "",
        "source": next(texts_of(card["UID"]), ""),
    }
    for name in list(texts_of(card["FN"]))[1:]:
        fields.setdefault("romanised_name" if _is_latin(name) else "original_name", name)
    return {name: text for name, text in fields.items() if text}


def _is_latin(name: str) -> bool:
    """Say whether a name is written in Latin letters; version 4.0 gives several writings."""
    return fold(name).isascii()


def _addresses(
    properties: Sequence[Property], field: str, kinds: Mapping[str, str], labels: Mapping[str, str]
) -> list[dict[str, str]]:
    """Return e-mail addresses or telephone numbers, the preferred one first."""
    rows = []
    for each in _used(properties):
        kind, label = kind_and_label(each, kinds, labels)
        row = {field: each.text, "kind": kind, "label": label}
        rows.append({name: text for name, text in row.items() if text})
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
        for role in list(texts_of(card["ROLE"]))[:1]:
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
