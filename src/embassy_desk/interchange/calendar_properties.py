"""Properties of calendar entries as plain values; what is broken counts as absent."""

import re
from datetime import date, datetime
from typing import Any

from icalendar import Component, vBroken

from embassy_desk.domain.entity import Handling
from embassy_desk.domain.task import Priority

LONGEST_NAME, LONGEST_LINE, LONGEST_TEXT = 300, 500, 50_000
_MOST_PEOPLE = 100

_HANDLINGS = {
    "PUBLIC": Handling.PUBLIC,
    "PRIVATE": Handling.INTERNAL,
    "CONFIDENTIAL": Handling.RESTRICTED,
}
_PRIORITIES = (
    *(Priority.NORMAL,),
    *(Priority.URGENT, Priority.URGENT),
    *(Priority.HIGH, Priority.HIGH),
    *(Priority.NORMAL, Priority.NORMAL),
    *(Priority.LOW, Priority.LOW, Priority.LOW),
)
"""Priority by the number of RFC 5545, 3.8.1.9; 0 says nothing."""


def first_of(component: Component, name: str) -> Any:
    """Return a property, of several the first; nothing when there is none that can be read."""
    found = component.get(name)
    first = found[0] if isinstance(found, list) and found else found
    return None if isinstance(first, vBroken) else first


def value_of(value: Any) -> Any:
    """Return the day, time or span that a property stands for; nothing if it is none."""
    return getattr(value, "dt", None)


def moment_of(component: Component, name: str) -> date | datetime | None:
    """Return the day or time of a property; nothing when there is none."""
    found = value_of(first_of(component, name))
    return found if isinstance(found, date) else None


def day_of(moment: date | datetime) -> date:
    """Return the calendar day of a moment, where it was written."""
    return moment.date() if isinstance(moment, datetime) else moment


def text_of(component: Component, name: str, longest: int) -> str:
    """Return the text of a property, cut to a length; on one line if it is short."""
    found = first_of(component, name)
    text = "" if found is None else str(found).strip()
    if longest < LONGEST_TEXT:
        text = " ".join(text.split())
    return text[:longest]


def handling_of(component: Component) -> str:
    """Return who may see it, as its class says."""
    said = text_of(component, "class", LONGEST_LINE).upper()
    return _HANDLINGS.get(said, Handling.INTERNAL).value


def priority_of(component: Component) -> Priority:
    """Return how much it presses."""
    said = text_of(component, "priority", LONGEST_LINE)
    number = int(said) if said.isascii() and said.isdecimal() and len(said) == 1 else 0
    return _PRIORITIES[number]


def labels_of(component: Component) -> list[str]:
    """Return its categories, each once."""
    found = component.get("categories")
    lists = found if isinstance(found, list) else [found] if found is not None else []
    texts = [str(label).strip() for each in lists for label in getattr(each, "cats", ())]
    return list(dict.fromkeys(filter(None, texts)))


def people_of(component: Component) -> list[str]:
    """Return the names of those who were asked, without whoever asked."""
    found = component.get("attendee")
    people = found if isinstance(found, list) else [found] if found is not None else []
    names = []
    for each in people[:_MOST_PEOPLE]:
        said = getattr(each, "params", {}).get("CN", "") or str(each)
        name = " ".join(str(said).split())
        names.append(re.sub(r"(?i)^mailto:", "", name)[:LONGEST_LINE])
    return list(dict.fromkeys(filter(None, names)))
