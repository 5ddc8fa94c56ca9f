"""Whole names taken apart, where that is safe: a proposal that a person may correct."""

from embassy_desk.domain.names import DisplayOrder, full_name
from embassy_desk.domain.vietnamese import fold

_FAMILY_NAMES_TEXT = """
    an au bach ban be bui can cao chau chu cu cung dam dang dao dau diep dinh do doan dong du duong
    giang giap ha han ho hoang hong hua huynh khong khuat khuc kieu kim la lai lam le leu lo lu
    luong luu luc ly ma mac mai nghiem ngo nguy nguyen nhan nhu ninh nong ong pham phan phi phung
    phuong quach quan ta tang thach thai than thi tieu to ton tong tra tran trieu trinh truong tu
    tuong ung uong van vi vo vu vuong xa
"""
_FAMILY_NAMES = frozenset(_FAMILY_NAMES_TEXT.split())
"""Vietnamese family names, folded; few names cover nearly everybody."""

_VIETNAMESE_LETTERS = frozenset("ăâđêôơư") | frozenset(
    "ảãạẳẵặắằẩẫậấầẻẽẹểễệếềỉĩịỏọổỗộốồởỡợớờủũụửữựứừỷỹỵ"
)
_MIN_WORDS, _MAX_WORDS = 2, 5
_ORDERS = {order.value: order for order in DisplayOrder}


def split_name(full: str, order: str = "") -> dict[str, str]:
    """Return the parts of a whole name as fields of a contact.

    With the order given, the first and the last word are family and given name. Without it, only
    a name that is plainly Vietnamese is taken apart; any other stays whole, in `written_name`.

    Args:
        full: The name as written.
        order: A `DisplayOrder` value, or empty when nobody said.
    """
    words = full.split()
    if order == DisplayOrder.SINGLE or len(words) < _MIN_WORDS:
        return {"given_name": full, "display_order": DisplayOrder.SINGLE.value}
    if order == DisplayOrder.GIVEN_FIRST:
        return _parts(family=words[-1], middle=words[1:-1], given=words[0], order=order)
    if order == DisplayOrder.FAMILY_FIRST or _is_vietnamese(full, words):
        return _parts(
            family=words[0],
            middle=words[1:-1],
            given=words[-1],
            order=DisplayOrder.FAMILY_FIRST.value,
        )
    return {"written_name": full}


def likely_order(full: str) -> str:
    """Return the order in which a name of several words most likely stands, for want of better.

    That is the Vietnamese one when the first word may be a Vietnamese family name, also typed
    without marks; otherwise the given name comes first.
    """
    words = full.split()
    is_family_first = bool(words) and fold(words[0]) in _FAMILY_NAMES
    return (DisplayOrder.FAMILY_FIRST if is_family_first else DisplayOrder.GIVEN_FIRST).value


def likely_order_of(family: str, given: str) -> str:
    """Return the order in which the parts of a name are most likely said; empty for one alone.

    That is the family name first in Vietnam and wherever names are not written in Latin letters.
    """
    if not (family and given):
        return ""
    whole = f"{family} {given}"
    return likely_order(whole) if fold(whole).isascii() else DisplayOrder.FAMILY_FIRST.value


def may_be_vietnamese(full: str) -> bool:
    """Say whether a name has the form of a Vietnamese one, in either order, marks or not."""
    words = fold(full).split()
    if not _MIN_WORDS <= len(words) <= _MAX_WORDS:
        return False
    return words[0] in _FAMILY_NAMES or words[-1] in _FAMILY_NAMES


def named(family: str, middle: str, given: str, written: str) -> dict[str, str]:
    """Return the fields of a name whose parts are known and whose whole stands on a card.

    The whole is kept only where it says more than the parts do; the order is guessed from where
    the family name stands in it.
    """
    fields = {"family_name": family, "middle_name": middle, "given_name": given}
    fields = {name: text for name, text in fields.items() if text}
    order = _order(family, given, written)
    if order:
        fields["display_order"] = order
    composed = full_name(family, middle, given, _ORDERS[order or "family_first"])
    if written and written != composed:
        fields["written_name"] = written
    return fields


def _order(family: str, given: str, written: str) -> str:
    """Return the order that a whole name shows; empty when it shows none."""
    if not (family and given):
        return DisplayOrder.SINGLE.value if family or given else ""
    whole = f" {fold(written)} "
    if whole.startswith(f" {fold(family)} "):
        return DisplayOrder.FAMILY_FIRST.value
    if whole.startswith(f" {fold(given)} ") or whole.endswith(f" {fold(family)} "):
        return DisplayOrder.GIVEN_FIRST.value
    return ""


def _parts(*, family: str, middle: list[str], given: str, order: str) -> dict[str, str]:
    fields = {"family_name": family, "given_name": given, "display_order": order}
    return fields | ({"middle_name": " ".join(middle)} if middle else {})


def _is_vietnamese(full: str, words: list[str]) -> bool:
    if len(words) > _MAX_WORDS or fold(words[0]) not in _FAMILY_NAMES:
        return False
    return any(letter in _VIETNAMESE_LETTERS for letter in full.lower())
