"""vCards of versions 3.0 and 4.0, read into candidates of contacts: all of a file or nothing.

What is not kept, on purpose: birthdays and anniversaries, pictures and sounds, keys, relations,
gender, addresses of messaging services and web pages, and properties of other programs.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import vobject
from vobject.base import VObjectError

from embassy_desk.domain.errors import InvalidError
from embassy_desk.domain.values import clean_text
from embassy_desk.interchange.candidates import Candidate
from embassy_desk.interchange.errors import FileProblem, UnreadableFileError
from embassy_desk.interchange.files import content_of
from embassy_desk.interchange.limits import MAX_PROBLEMS
from embassy_desk.interchange.people import named, split_name
from embassy_desk.interchange.registers import register
from embassy_desk.interchange.rows import checked
from embassy_desk.interchange.vcard_lines import EXTENSION, RawCard, cards_of, normal_card
from embassy_desk.texts import N_

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
_SAID_BY_OURS = frozenset({"display_order", "written_name"})
_ADDRESS_PARTS = ("box", "extended", "street", "city", "region", "code", "country")


def read_vcards(path: Path) -> tuple[Candidate, ...]:
    """Return the contacts of a vCard file.

    Raises:
        UnreadableFileError: Something is wrong with it; problems of a card name the line on which
            it begins.
        StoreError: The file cannot be opened.
    """
    problems: list[FileProblem] = []
    candidates: list[Candidate] = []
    with _silent_vobject():
        for card in cards_of(content_of(path)):
            try:
                candidates.append(_candidate(card))
            except UnreadableFileError as error:
                problems.extend(error.problems)
            if len(problems) >= MAX_PROBLEMS:
                break
    if problems:
        raise UnreadableFileError(problems)
    return tuple(candidates)


@contextmanager
def _silent_vobject() -> Iterator[None]:
    """Keep vobject from logging, because it logs what stands in the cards."""
    logger = logging.getLogger("vobject.base")
    was_disabled = logger.disabled
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = was_disabled


def _candidate(raw: RawCard) -> Candidate:
    text = normal_card(raw)
    try:
        card = vobject.readOne(text)
    except (VObjectError, ValueError, LookupError) as error:
        # Its words quote the card, so they go no further.
        reason = N_("The card cannot be read.")
        raise UnreadableFileError([FileProblem(raw.line, "", reason)]) from error
    values, parts = _contents(card)
    if not values.keys() & _NAMES:
        reason = N_("The card has neither a name nor an e-mail address.")
        raise UnreadableFileError([FileProblem(raw.line, "", reason)])
    try:
        return checked("contact", values, parts, raw.line)
    except InvalidError as error:
        raise UnreadableFileError(
            FileProblem(raw.line, each.field, each.text) for each in error.problems
        ) from error


def _contents(card: Any) -> tuple[dict[str, str], dict[str, list[dict[str, str]]]]:
    """Return the fields and the parts that a card holds."""
    emails = _addresses(card, "email", "address", EMAIL_KINDS)
    parts = {
        "contact_email": emails,
        "contact_phone": _addresses(card, "tel", "typed", PHONE_KINDS),
        "position": _positions(card),
        "tag": [{"label": text} for text in _texts(card, "categories")],
    }
    extensions = _extensions(card)
    values = _name(card, emails, is_ours=bool(_SAID_BY_OURS & extensions.keys()))
    values |= _plain_fields(card)
    notes = "\n".join([*_texts(card, "note"), *_labelled_notes(card, parts["position"])])
    values |= {"notes": notes} if notes else {}
    return values | extensions, {name: rows for name, rows in parts.items() if rows}


def _name(card: Any, emails: list[dict[str, str]], *, is_ours: bool) -> dict[str, str]:
    """Return the fields of the name; a card without one takes the e-mail address for it.

    A card that the desk wrote says of itself what its whole name means.
    """
    written = "" if is_ours else next(iter(_texts(card, "fn")), "")
    name = next((line.value for line in card.contents.get("n", [])), None)
    if name is None:
        family = middle = given = prefix = ""
    else:
        family, middle, given, prefix = (
            _text(each) for each in (name.family, name.additional, name.given, name.prefix)
        )
    if prefix and written.startswith(f"{prefix} "):
        written = written[len(prefix) + 1 :]
    if family or middle or given:
        fields = named(family, middle, given, written)
    elif written:
        fields = split_name(written, "")
    else:
        fields = {"written_name": emails[0]["address"]} if emails and not is_ours else {}
    return fields | ({"form_of_address": prefix} if prefix else {})


def _plain_fields(card: Any) -> dict[str, str]:
    """Return the fields that one property each fills."""
    languages = card.contents.get("lang", [])
    preferred = [line.value for line in languages if "pref" in _types(line)]
    fields = {
        "alias": ", ".join(_texts(card, "nickname")),
        "languages": " ".join(dict.fromkeys(clean_text(line.value) for line in languages)),
        "preferred_language": clean_text(preferred[0]) if preferred else "",
        "source": next(iter(_texts(card, "uid")), ""),
    }
    return {name: text for name, text in fields.items() if text}


def _labelled_notes(card: Any, positions: list[dict[str, str]]) -> Iterator[str]:
    """Yield what has no field of its own, each with a label."""
    for line in card.contents.get("adr", []):
        address = ", ".join(filter(None, (_text(getattr(line.value, x)) for x in _ADDRESS_PARTS)))
        if address:
            yield f"{ADDRESS_LABEL} {address}"
    titles = {text for row in positions for text in row.values()}
    for role in _texts(card, "role"):
        if role not in titles:
            yield f"{ROLE_LABEL} {role}"
    written = " ".join(_texts(card, "fn"))
    for line in card.contents.get("n", []):
        suffix = _text(line.value.suffix)
        if suffix and suffix not in written:
            yield f"{SUFFIX_LABEL} {suffix}"


def _addresses(card: Any, name: str, field: str, kinds: dict[str, str]) -> list[dict[str, str]]:
    """Return e-mail addresses or telephone numbers, the preferred one first."""
    rows = []
    for line in card.contents.get(name, []):
        text = _text(line.value)
        if not text:
            continue
        row = {field: text}
        types = _types(line)
        kind = next((ours for theirs, ours in kinds.items() if theirs in types), "")
        kind = next((each[2:] for each in types if each.startswith("x-")), kind)
        row |= {"kind": kind.replace("-", "_")} if kind else {}
        rows.append((0 if "pref" in types else 1, row))
    rows.sort(key=lambda each: each[0])
    return [row for _, row in rows]


def _positions(card: Any) -> list[dict[str, str]]:
    """Return what the person is where: organisations and titles of one group belong together."""
    rows: dict[str, dict[str, str]] = {}
    for place, line in enumerate(card.contents.get("org", [])):
        organisation, *units = (_text(each) for each in _several(line.value))
        row = rows.setdefault(line.group or ("" if place == 0 else f"#{place}"), {})
        row |= {"organisation_name": organisation} if organisation else {}
        unit = "; ".join(filter(None, units))
        row |= {"unit": unit} if unit else {}
    for line in card.contents.get("title", []):
        row = rows.setdefault(line.group or "", {})
        language = (line.params.get("LANGUAGE") or [""])[0].lower()[:2]
        row.setdefault(TITLE_FIELDS.get(language, "title_original"), _text(line.value))
    if not card.contents.get("title"):
        for role in _texts(card, "role")[:1]:
            rows.setdefault("", {})["title_original"] = role
    cleaned = ({name: text for name, text in row.items() if text} for row in rows.values())
    return [row for row in cleaned if row.keys() - {"unit"}]


def _extensions(card: Any) -> dict[str, str]:
    """Return the fields that stand under names of our own."""
    known = register("contact")
    fields = {}
    for name, lines in card.contents.items():
        field = name.upper().removeprefix(EXTENSION).replace("-", "_").lower()
        if name.upper().startswith(EXTENSION) and field in known:
            fields[field] = _text(lines[0].value)
    return {name: text for name, text in fields.items() if text}


def _texts(card: Any, name: str) -> list[str]:
    """Return the texts of all properties of a name, each on its own."""
    found = (
        clean_text(str(text))
        for line in card.contents.get(name, [])
        for text in _several(line.value)
    )
    return [text for text in found if text]


def _text(value: Any) -> str:
    """Return a value that may be several texts as one."""
    return clean_text(" ".join(str(each) for each in _several(value)))


def _several(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list | tuple) else [value]


def _types(line: Any) -> list[str]:
    """Return the types of a property in lower case."""
    return [str(each).lower() for each in line.params.get("TYPE", [])]
