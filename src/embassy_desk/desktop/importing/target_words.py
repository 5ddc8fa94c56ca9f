"""What the columns of a sheet may become, in words."""

import re
from collections.abc import Mapping

from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.interchange.known_sheets import NOTED, PASSED_OVER
from embassy_desk.texts import N_, Text
from embassy_desk.texts.fields import FIELD_WORDS, field_word

_TARGET = re.compile(r"(\w+)#([A-Za-z]*)(\d*)\.(\w+)")
_LISTS = {
    "contact_phone": "phone_kind",
    "contact_email": "email_kind",
    "contact_address": "email_kind",
}

_WORDS: Mapping[str, Text] = {
    PASSED_OVER: N_("– left out –"),
    NOTED: N_("Add to the notes, with its heading"),
    "full_name": N_("Whole name"),
    "emails": N_("E-mail addresses"),
    "phones": N_("Telephone numbers"),
    "tags": N_("Tags"),
    "organisation": N_("Organisation"),
    "position": N_("Position"),
    "position_vi": N_("Position in Vietnamese"),
    "position_en": N_("Position in English"),
    "aliases": N_("Other names"),
    "parent": N_("Superior body"),
    "succeeded_by": N_("Successor"),
    "our_parties": N_("Vietnamese parties"),
    "partner_parties": N_("Foreign parties"),
    "third_parties": N_("Third parties"),
    "checklist": N_("Checklist"),
    "about": N_("Records it is about"),
}
_CARD = {"URL": N_("Web page"), "BDAY": N_("Birthday"), "N": N_("Words after the name")}


def target_words(kind: str, target: str, outfit: Outfit) -> str:
    """Return what a target is called in the language of the screen.

    Args:
        kind: What the rows of the sheet are.
        target: From `known_sheets`.
        outfit: Language and lists.
    """
    words = outfit.words
    if target in _WORDS:
        return words(_WORDS[target])
    match = _TARGET.fullmatch(target)
    if match is None:
        known = target in FIELD_WORDS or f"{kind}.{target}" in FIELD_WORDS
        return words(field_word(kind, target)) if known else target.replace("_", " ")
    part, slot, number, field = match.groups()
    if part == "card_property":
        return " ".join(
            filter(None, (words(_CARD.get(slot, slot)), number if number > "1" else ""))
        )
    what = words(field_word(part, field)) if field != "formatted" else words(N_("Whole address"))
    which = outfit.lists.label(_LISTS[part], slot, words.language) if slot else ""
    return " · ".join(filter(None, (what, which, number if number > "1" else "")))
