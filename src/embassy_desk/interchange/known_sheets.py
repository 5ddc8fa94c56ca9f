"""Headings of the address books of other programs, and what each column becomes here.

A target is a column of the register, or `part#slot.field`: cells of one slot make one row, and a
slot called by a kind gives the row that kind. `NOTED` puts the cell into the notes with its
heading; `PASSED_OVER` leaves it out, as everything about the family and papers of identity.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from embassy_desk.domain.vietnamese import fold
from embassy_desk.interchange.foreign_headings import english_heading
from embassy_desk.interchange.headings import HEADINGS
from embassy_desk.interchange.registers import KEPT_BY_THE_DESK, register

PASSED_OVER = ""
NOTED = "notes+"

GOOGLE, OUTLOOK, THUNDERBIRD, OTHER = "google", "outlook", "thunderbird", "other"
"""Who wrote a sheet."""

_GOOGLE: tuple[tuple[str, str], ...] = (
    (r"e mail (\d+) value", "contact_email#{}.address"),
    (r"e mail (\d+) (?:type|label)", "contact_email#{}.label"),
    (r"phone (\d+) value", "contact_phone#{}.typed"),
    (r"phone (\d+) (?:type|label)", "contact_phone#{}.label"),
    (r"address (\d+) (?:type|label)", "contact_address#{}.label"),
    (r"address (\d+) street", "contact_address#{}.street"),
    (r"address (\d+) city", "contact_address#{}.city"),
    (r"address (\d+) region", "contact_address#{}.region"),
    (r"address (\d+) postal code", "contact_address#{}.postal_code"),
    (r"address (\d+) country", "contact_address#{}.country_name"),
    (r"address (\d+) po box", "contact_address#{}.po_box"),
    (r"address (\d+) extended address", "contact_address#{}.extended"),
    (r"address (\d+) formatted", "contact_address#{}.formatted"),
    (r"organization (\d+) name", "position#{}.organisation_name"),
    (r"organization (\d+) title", "position#{}.title_original"),
    (r"organization (\d+) department", "position#{}.unit"),
    (r"organization (\d+) .*", PASSED_OVER),
    (r"website (\d+) value", "card_property#URL{}.value"),
    (r"custom field (\d+) value", NOTED),
    (r"(?:website|custom field|event|relation|im|jot|calendar link) (\d+) .*", PASSED_OVER),
    (r"(?:yomi|phonetic) .*|.* yomi", PASSED_OVER),
)

_PEOPLE: Mapping[str, str] = {
    "first name": "given_name", "given name": "given_name", "middle name": "middle_name",
    "additional name": "middle_name", "last name": "family_name", "family name": "family_name",
    "name": "full_name", "display name": "full_name", "name prefix": "form_of_address",
    "name suffix": "card_property#N.value", "suffix": "card_property#N.value",
    "nickname": "alias", "notes": "notes", "group membership": "tags", "labels": "tags",
    "categories": "tags", "company": "position#1.organisation_name",
    "organization": "position#1.organisation_name",
    "organization name": "position#1.organisation_name", "department": "position#1.unit",
    "organization department": "position#1.unit", "job title": "position#1.title_original",
    "organization title": "position#1.title_original",
    "e mail address": "contact_email#1.address", "e mail 2 address": "contact_email#2.address",
    "e mail 3 address": "contact_email#3.address", "primary email": "contact_email#1.address",
    "secondary email": "contact_email#2.address",
    "business phone": "contact_phone#work1.typed", "business phone 2": "contact_phone#work2.typed",
    "work phone": "contact_phone#work1.typed", "home phone": "contact_phone#home1.typed",
    "home phone 2": "contact_phone#home2.typed", "mobile phone": "contact_phone#mobile1.typed",
    "mobile number": "contact_phone#mobile1.typed", "primary phone": "contact_phone#1.typed",
    "other phone": "contact_phone#other1.typed", "car phone": "contact_phone#other2.typed",
    "pager": "contact_phone#other3.typed", "pager number": "contact_phone#other3.typed",
    "business fax": "contact_phone#fax1.typed", "home fax": "contact_phone#fax2.typed",
    "other fax": "contact_phone#fax3.typed", "fax number": "contact_phone#fax1.typed",
    "company main phone": "contact_phone#switchboard1.typed",
    "assistant s phone": "contact_phone#assistant1.typed",
    "web page": "card_property#URL1.value", "web page 1": "card_property#URL1.value",
    "web page 2": "card_property#URL2.value", "birthday": "card_property#BDAY.value",
    "manager s name": NOTED, "assistant s name": NOTED, "profession": NOTED,
    "custom 1": NOTED, "custom 2": NOTED, "custom 3": NOTED, "custom 4": NOTED,
    "office location": NOTED, "location": NOTED,
    "home address": "contact_address#personal1.street",
    "home address 2": "contact_address#personal1.extended",
    "home zipcode": "contact_address#personal1.postal_code",
    "work address": "contact_address#work1.street",
    "work address 2": "contact_address#work1.extended",
    "work zipcode": "contact_address#work1.postal_code",
    "ten hien thi": "full_name", "biet hieu": "alias", "email chinh": "contact_email#1.address",
    "email phu": "contact_email#2.address", "cong ty": "position#1.organisation_name",
    "phong ban": "position#1.unit", "chuc vu": "position#1.title_original",
    "dia chi email": "contact_email#1.address", "dia chi e mail": "contact_email#1.address",
    "dien thoai co quan": "contact_phone#work1.typed",
    "dien thoai nha": "contact_phone#home1.typed",
    "dien thoai nha rieng": "contact_phone#home1.typed",
    "dien thoai di dong": "contact_phone#mobile1.typed",
    "so di dong": "contact_phone#mobile1.typed", "di dong": "contact_phone#mobile1.typed",
    "dien thoai": "contact_phone#1.typed", "fax": "contact_phone#fax1.typed",
    "dia chi": "contact_address#1.street", "dia chi co quan": "contact_address#work1.street",
    "dia chi nha rieng": "contact_address#personal1.street",
    "trang web": "card_property#URL1.value",
    "ngay sinh": "card_property#BDAY.value",
}  # fmt: skip

_PLACES = {"business": "work", "work": "work", "home": "personal", "other": "other"}
_PIECES = {
    "street": "street", "street 2": "extended", "street 3": "extended", "city": "city",
    "state": "region", "postal code": "postal_code", "country": "country_name",
    "country region": "country_name", "po box": "po_box", "address po box": "po_box",
}  # fmt: skip

_LEFT_OUT = frozenset({
    "account", "anniversary", "birth day", "birth month", "birth year", "billing information",
    "callback", "children", "directory server", "e mail type", "e mail 2 type", "e mail 3 type",
    "e mail display name", "e mail 2 display name", "e mail 3 display name", "file as", "gender",
    "government id number", "hobby", "initials", "internet free busy", "isdn", "keywords",
    "language", "mileage", "occupation", "organizational id number", "photo", "priority",
    "private", "radio phone", "referred by", "screen name", "sensitivity", "spouse", "subject",
    "telex", "tty tdd phone", "user 1", "user 2", "user 3", "user 4", "maiden name", "short name",
    "yomi name", "email type",
    "so chung minh thu", "so chung minh nhan dan", "so can cuoc cong dan", "so ho chieu", "cmnd",
    "cccd", "stt", "tt", "so tt", "no", "ton giao", "dang vien", "vo chong",
})  # fmt: skip
"""What is not ours to keep, or says nothing: identity papers, family, faith, running numbers."""


_LONGEST_HEADING = 200  # letters; a longer one is none that anybody knows


def author_of(headings: Sequence[str]) -> str:
    """Return which program wrote a sheet with these headings."""
    folded = {english_heading(each) or fold(each) for each in headings}
    if any(re.fullmatch(r"(e mail|phone) 1 value", each) for each in folded):
        return GOOGLE
    if folded & {"primary email", "secondary email"}:
        return THUNDERBIRD
    of_outlook = {"e mail address", "business phone", "business street", "mobile phone"}
    if len(folded & of_outlook) > 1 and "last name" in folded:
        return OUTLOOK
    return OTHER


def target_of(kind: str, heading: str, author: str = OTHER) -> str | None:
    """Return what a column of a sheet becomes, as far as its heading tells; nothing if it does not.

    Args:
        kind: What the rows are.
        heading: What stands above the column.
        author: Who wrote the sheet.
    """
    if len(heading) > _LONGEST_HEADING:
        return None
    folded = fold(heading)
    own = _own_targets(kind).get(folded)
    if kind != "contact":
        return own
    english = english_heading(heading) or ""
    by_program = [_of_program(folded, author)]
    if english not in _LEFT_OUT:
        by_program.append(_of_program(english, author))
    # Another language's word for what is left out counts only where the program is known.
    last = [PASSED_OVER] if english in _LEFT_OUT and author != OTHER else []
    found = [*by_program, own, *last] if author != OTHER else [own, *by_program]
    return next((each for each in found if each is not None), None)


def _of_program(folded: str, author: str) -> str | None:
    if folded == "title" and author == OUTLOOK:
        return "form_of_address"  # what stands before a name, in spite of its word
    if folded in _LEFT_OUT:
        return PASSED_OVER
    if folded in _PEOPLE:
        return _PEOPLE[folded]
    place, _, piece = folded.partition(" ")
    if place in _PLACES and piece in _PIECES:
        return f"contact_address#{_PLACES[place]}1.{_PIECES[piece]}"
    for pattern, target in _GOOGLE:
        if match := re.fullmatch(pattern, folded):
            return target.format(match[1] if match.groups() else "")
    return None


@cache
def _own_targets(kind: str) -> Mapping[str, str]:
    names = {fold(name): PASSED_OVER for name in KEPT_BY_THE_DESK}
    for name, words in HEADINGS[kind].items():
        names |= dict.fromkeys(map(fold, words), name)
    return names | {fold(name): name for name in register(kind)}


def targets_of(kind: str) -> tuple[str, ...]:
    """Return everything that a column may become, in the order in which it is offered."""
    own = tuple(register(kind))
    if kind != "contact":
        return own
    slots = dict.fromkeys(each for each in _PEOPLE.values() if "#" in each)
    places = (
        f"contact_address#{place}1.{piece}"
        for place in ("work", "personal")
        for piece in dict.fromkeys(_PIECES.values())
    )
    return tuple(dict.fromkeys((*own, *slots, *places, NOTED)))
