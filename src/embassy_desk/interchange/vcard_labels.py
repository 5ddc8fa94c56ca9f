"""What address books call a number or an address: our kinds, and labels of a person's own."""

import re
from collections.abc import Mapping, Sequence

from embassy_desk.interchange.vcard_properties import Property

PHONE_KINDS = {
    "cell": "mobile", "fax": "fax", "assistant": "assistant", "company": "switchboard",
    "main": "switchboard", "work": "work", "home": "home", "pager": "other",
}  # fmt: skip
"""Our code of a telephone's kind by the type on a card; the first that is there counts."""

EMAIL_KINDS = {"work": "work", "home": "personal"}

ADDRESS_FIELDS = (
    "po_box", "extended", "street", "city", "region", "postal_code", "country_name",
)  # fmt: skip
"""Fields of a postal address, in the order of a card."""

_APPLE = re.compile(r"_\$!<(.*)>!\$_")
_BY_APPLE = {
    "mobile": "cell", "iphone": "cell", "homefax": "fax", "workfax": "fax",
    "otherfax": "fax", "homepage": "", "other": "",
}  # fmt: skip
_CODE = re.compile(r"[a-z0-9_]{1,60}")


def labels_of(properties: Sequence[Property]) -> dict[str, str]:
    """Return the labels that Apple and Google tie to other properties, by their group."""
    return {each.group: each.text for each in properties if each.group and each.text}


def kind_and_label(
    each: Property, kinds: Mapping[str, str], labels: Mapping[str, str]
) -> tuple[str, str]:
    """Return our code for the kind of a number or an address, and a label of the person's own.

    Args:
        each: The property.
        kinds: Our code by type.
        labels: Labels by group, from `labels_of`.
    """
    label = each.label or labels.get(each.group, "")
    types = each.types
    if standing := _APPLE.fullmatch(label):
        label = standing[1]
        known = _BY_APPLE.get(label.lower(), label.lower())
        if known in kinds or not known:
            types, label = (*types, known), ""
    own = [name[2:] for name in types if name[:2].lower() == "x-"]
    codes = (n.lower() if n.lower() in kinds else n.replace("-", "_") for n in own)
    kind = next((name for name in codes if _CODE.fullmatch(name)), "")
    label = label or next((n for n in own if not _CODE.fullmatch(n.replace("-", "_"))), "")
    return kind or next((code for name, code in kinds.items() if name in types), ""), label


def address_rows(properties: Sequence[Property], labels: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the postal addresses of a card, the preferred one first."""
    rows = []
    for each in sorted(properties, key=lambda each: "pref" not in each.types):
        texts = (", ".join(filter(None, component)) for component in each.components)
        row = {name: text for name, text in zip(ADDRESS_FIELDS, texts, strict=False) if text}
        if row:
            kind, label = kind_and_label(each, EMAIL_KINDS, labels)
            row |= {name: text for name, text in (("kind", kind), ("label", label)) if text}
            rows.append(row)
    return rows
