"""What Android writes under a name of its own, as the properties that other programs use for it."""

from collections.abc import Iterable, Iterator

from embassy_desk.interchange.vcard_lines import ANDROID
from embassy_desk.interchange.vcard_properties import Property

_ITEM = "vnd.android.cursor.item/"
_BIRTHDAY = "3"
_LEAST = 3  # what it is, its value, its sort


def with_plain_names(properties: Iterable[Property]) -> Iterator[Property]:
    """Yield the properties of a card, nicknames and days of birth under their usual names."""
    for each in properties:
        fields = each.text.removeprefix(_ITEM).split(";") if each.name == ANDROID else []
        if len(fields) < _LEAST or not fields[1]:
            yield each
        elif fields[0] == "nickname":
            yield _as(each, "NICKNAME", fields[1])
        elif fields[0] == "contact_event" and fields[2] == _BIRTHDAY:
            yield _as(each, "BDAY", fields[1])
        else:
            yield each


def _as(each: Property, name: str, text: str) -> Property:
    return each._replace(name=name, components=((text,),), value=text, parameters="")
