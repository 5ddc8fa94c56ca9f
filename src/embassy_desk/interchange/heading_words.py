"""What headings of a sheet mean beside each other, and other ways of writing the known ones."""

import re
from collections.abc import Mapping, Sequence

from embassy_desk.domain.vietnamese import fold

_CUSTOM = re.compile(r"custom field (\d+) (value|label|type)")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_FIRST = re.compile(r"(.*\D) 1")
_WRITTEN_TOGETHER: Mapping[str, str] = {
    "firstname": "first name", "lastname": "last name", "middlename": "middle name",
    "phonehome": "home phone", "phoneoffi": "business phone", "phonecell": "mobile phone",
    "phonework": "business phone", "prefix": "name prefix", "zip": "postal code",
}  # fmt: skip
"""Headings of templates and directories, and what programs mostly call them."""

_ALSO_CALLED: Mapping[str, str] = {
    "email 1": "e mail address", "email 2": "e mail 2 address", "email 3": "e mail 3 address",
    "e mail 1": "e mail address", "e mail 2": "e mail 2 address", "e mail 3": "e mail 3 address",
    "email address": "e mail address", "primary smtp address": "e mail address",
    "internet address": "e mail address", "mail": "e mail address", "phone mobile": "mobile phone",
    "phone work": "business phone", "phone home": "home phone", "cell phone": "mobile phone",
    "cell": "mobile phone", "mobile": "mobile phone", "handy": "mobile phone",
    "office phone": "business phone", "work phone 2": "business phone 2",
    "telephone number": "primary phone", "telefon": "primary phone", "telephone": "primary phone",
    "telefono": "primary phone", "office fax": "business fax", "work fax": "business fax",
    "company name": "company", "work address": "business street", "street address": "street",
    "office street address": "business street", "office street": "business street",
    "office city": "business city", "office zip": "business postal code",
    "office state": "business state", "office country": "business country",
    "work state province": "business state", "work zip postal code": "business postal code",
    "zip postal code": "postal code", "state or province": "state", "state province": "state",
    "country or region": "country region", "comment": "notes", "comments": "notes",
    "bemerkung": "notes", "bemerkungen": "notes", "url": "web page", "website": "web page",
    "office": "office location", "manager": "manager s name", "nr": "no", "pin": "subject",
    "altfield1": "subject", "id": "no", "dtdd": "mobile phone", "dt di dong": "mobile phone",
    "dt co quan": "business phone", "dt nha rieng": "home phone", "sdt": "primary phone",
    "so dt": "primary phone", "so dien thoai": "primary phone", "duong pho co quan":
    "business street", "loai email": "e mail type", "ten hien thi email": "e mail display name",
    "muc uu tien": "priority", "duong pho nha rieng": "home street",
}  # fmt: skip
"""What programs and offices call a column, and what Outlook in English calls it."""

_OF_ADDRESSES: Mapping[str, str] = {
    "street": "street", "address": "street", "city": "city", "state": "region",
    "postal code": "postal_code", "country": "country_name", "country region": "country_name",
}  # fmt: skip
"""Headings of an address of which nobody says whose it is; a country alone is of a person."""


_BODIES = frozenset({
    "co quan", "to chuc", "cong ty", "company", "organisation", "organization", "don vi cong tac",
    "employer", "organisation name", "organization name",
})  # fmt: skip


def other_words(heading: str) -> tuple[str, ...]:
    """Return further ways to say a heading, folded, the likeliest first."""
    folded = fold(_HUMP.sub(" ", heading))
    folded = _WRITTEN_TOGETHER.get(folded, folded)
    bare = match[1] if (match := _FIRST.fullmatch(folded)) else folded
    found = [_ALSO_CALLED.get(folded), folded, _ALSO_CALLED.get(bare), bare]
    return tuple(dict.fromkeys(each for each in found if each and each != fold(heading)))


def labels_of_notes(headings: Sequence[str]) -> Mapping[int, int]:
    """Return by the place of a custom field's value the place of what the row calls it."""
    values: dict[str, int] = {}
    labels: dict[str, int] = {}
    for place, heading in enumerate(headings):
        if match := _CUSTOM.fullmatch(fold(heading)):
            (values if match[2] == "value" else labels)[match[1]] = place
    return {place: labels[number] for number, place in values.items() if number in labels}


def told_by_others(headings: Sequence[str]) -> Mapping[str, str]:
    """Return targets of headings of people that other headings of the sheet decide.

    A “title” beside a job title is what stands before the name, a “name” beside a first name is
    the family name, a “country” beside a city is that of the address, and a “unit” (đơn vị) of no
    other body is where somebody works.
    """
    words = {heading: {fold(heading), *other_words(heading)} for heading in headings if heading}
    every = frozenset(word for each in words.values() for word in each)
    found: dict[str, str] = {}
    has_given = bool(every & {"first name", "given name", "vorname", "prenom", "forename"})
    has_family = bool(every & {"last name", "family name", "surname", "nachname"})
    for heading, said in words.items():
        pieces = [field for word, field in _OF_ADDRESSES.items() if word in said]
        if "title" in said and "job title" in every:
            found[heading] = "form_of_address"
        elif said & {"name", "nom"} and has_given and not has_family:
            found[heading] = "family_name"
        elif said & {"mobile", "cell", "handy"}:
            found[heading] = "contact_phone#mobile1.typed"
        elif "don vi" in said and not every & _BODIES:
            found[heading] = "organisation"
        elif pieces and every & {"street", "address", "city", "postal code"}:
            found[heading] = f"contact_address#1.{pieces[0]}"
    return found
