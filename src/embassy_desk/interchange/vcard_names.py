"""The name of a person on a card, as the fields of a contact."""

from collections.abc import Iterator, Mapping, Sequence

from embassy_desk.domain.name_split import likely_order_of, named, split_name
from embassy_desk.interchange.vcard_properties import Property

Card = Mapping[str, Sequence[Property]]
"""The properties of one card by name, in the order of the file."""

_NAME_PARTS = 5


def name_of_person(card: Card, emails: list[dict[str, str]], *, is_ours: bool) -> dict[str, str]:
    """Return the fields of the name; a card without one takes the e-mail address for it.

    A card that the desk wrote says of itself what its whole name means.
    """
    written = "" if is_ours else next(texts_of(card["FN"]), "")
    family, given, middle, prefix, _ = name_parts(card)
    if prefix and written.startswith(f"{prefix} "):
        written = written[len(prefix) + 1 :]
    if family or middle or given:
        fields = named(family, middle, given, written)
        if not (written or is_ours) and (order := likely_order_of(family, given)):
            fields["display_order"] = order
    elif written:
        fields = split_name(written, "")
    else:
        name = next(texts_of(card["ORG"]), "") if _is_company(card) else ""
        name = name or (emails[0]["address"] if emails else "")
        fields = {"written_name": name} if name and not is_ours else {}
    return fields | ({"form_of_address": prefix} if prefix else {})


def _is_company(card: Card) -> bool:
    """Say whether a card is of a body, as Apple marks it."""
    return "COMPANY" in (text.upper() for text in texts_of(card["X-ABSHOWAS"]))


def name_parts(card: Card) -> list[str]:
    """Return family, given and middle name, prefix and suffix; several of one as one text."""
    if not card["N"]:
        return [""] * _NAME_PARTS
    parts = [" ".join(filter(None, each)) for each in card["N"][0].components[:_NAME_PARTS]]
    return parts + [""] * (_NAME_PARTS - len(parts))


def texts_of(properties: Sequence[Property]) -> Iterator[str]:
    """Yield the texts of properties that say something."""
    return (text for each in properties if (text := each.text))
