"""Which character set cards are in that are not in UTF-8 and do not say it.

Old Outlooks and telephones write the letters of the computer they ran on. Nothing is lost by a
wrong guess: it is told, and a person sees the names before anything is taken.
"""

import codecs
import quopri
import re

from embassy_desk.interchange.charsets import WESTERN, charset_of
from embassy_desk.interchange.legacy import share_of_vietnamese

_VIETNAMESE = "cp1258"
_ENOUGH = 0.6
_MOST_LINES = 2_000
_QUOTED = b"QUOTED-PRINTABLE"
_LINES = re.compile(rb"^([^:\r\n]*):([^\r\n]*)", re.MULTILINE)


def guessed_charset(content: bytes) -> str:
    """Return the likeliest character set of cards; empty for what is in UTF-8 or says its own."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ""
    if _is_utf_8(content) and _QUOTED not in content.upper():
        return ""
    values = b"\n".join(_telling(content))
    if not values:
        return ""
    found = charset_of(values, _score)
    return _VIETNAMESE if found == WESTERN and _is_vietnamese(values) else found


def _telling(content: bytes) -> list[bytes]:
    """Return the values that are not in UTF-8 and do not say in what; none where some are."""
    found: list[bytes] = []
    for match in _LINES.finditer(content):
        head, value = match.groups()
        name = head.upper()
        if _QUOTED in name:
            value = quopri.decodestring(value)
        if b"CHARSET=" in name or value.isascii():
            continue
        if _is_utf_8(value):  # then the others are damaged
            return []
        found.append(value)
        if len(found) == _MOST_LINES:
            break
    return found


def _is_utf_8(content: bytes) -> bool:
    """Say whether bytes are in UTF-8, also where the last letter is cut off."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(content)
    except UnicodeDecodeError:
        return False
    return True


def _score(_text: str) -> int:
    """Say that no headings are known: cards have none."""
    return 0


def _is_vietnamese(values: bytes) -> bool:
    return share_of_vietnamese([values.decode(_VIETNAMESE, "replace")]) >= _ENOUGH
