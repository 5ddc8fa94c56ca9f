"""Suggests how a name as written falls into parts; a person may always correct it."""

from embassy_desk.domain.names import DisplayOrder
from embassy_desk.domain.vietnamese import fold


def split_name(person: str) -> dict[str, str]:
    """Return a suggested split of a name as written: family, middle, given.

    Vietnamese custom is family name first; the split is a suggestion that a person may correct.
    """
    words = person.split()
    if len(words) == 1:
        return {"given_name": words[0]}
    if fold(words[0]) in _VIETNAMESE_FAMILY_NAMES:
        return {
            "family_name": words[0],
            "middle_name": " ".join(words[1:-1]),
            "given_name": words[-1],
        }
    return {
        "given_name": " ".join(words[:-1]),
        "family_name": words[-1],
        "display_order": DisplayOrder.GIVEN_FIRST.value,
    }


_FAMILY_NAMES = (
    "an au bach bui cao chu cu dam dang dao dau diep dinh do doan dong duong giang ha han ho hoang"
    " huynh khuc kieu la lai lam le lo lu luong luu ly ma mac mai nghiem ngo nguyen nhu ninh nong"
    " ong pham phan phung quach quan ta tang thach thai than thi tieu to ton tong tra tran trieu"
    " trinh truong tu van vi vo vu vuong xa"
)
_VIETNAMESE_FAMILY_NAMES = frozenset(_FAMILY_NAMES.split())
"""The usual family names, folded; few names cover nearly everybody."""
