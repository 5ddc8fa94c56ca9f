"""The text of a vCard line: what its encoding and its character set make of its bytes."""

import base64
import binascii
import codecs
import quopri
import re

from embassy_desk.interchange.vcard_lines import RawLine, wrong_line
from embassy_desk.texts import N_

QUOTED = "QUOTED-PRINTABLE"
ENCODED = frozenset({"B", "BASE64"})

_SETS = ("utf", "ascii", "iso8859", "cp", "koi8", "gb", "big5", "shift", "euc", "mac", "tis")
"""Beginnings of the names of character sets; Python knows other transformations as well."""

_ANDROID_LABEL = re.compile(
    r";X-CUSTOM\(CHARSET=([^,;:()]*),ENCODING=QUOTED-PRINTABLE,([^():;]*)\)", re.IGNORECASE
)
"""How Android writes a label of one's own into the type of a number."""


def decoded_value(raw: RawLine, encoding: str, charset: str, chosen: str) -> str:
    """Return the text of a value.

    Args:
        raw: The line, for its number.
        encoding: Its encoding in capitals, followed by a space and the value.
        charset: Its character set; empty when it says none.
        chosen: Character set for bytes that are not UTF-8; empty when nobody chose one.

    Raises:
        UnreadableFileError: The bytes are no such text.
    """
    how, _, text = encoding.partition(" ")
    if how == QUOTED:
        content = quopri.decodestring(text.encode("latin-1"))
    elif how in ENCODED:
        content = _of_base64(raw, text)
    elif text.isascii():
        return text
    else:
        content = text.encode("latin-1")
    return in_charset(raw.line, content, charset, chosen).replace("\r\n", "\n").replace("\r", "\n")


def _of_base64(raw: RawLine, text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()))
    except (binascii.Error, ValueError) as error:
        raise wrong_line(raw.line, N_("Encoded text cannot be read.")) from error


def in_charset(line: int, content: bytes, charset: str, chosen: str) -> str:
    """Return bytes as text in the named character set, else in UTF-8, else in the chosen one.

    Raises:
        UnreadableFileError: They are in none of these.
    """
    for name in (charset, "utf-8", chosen):
        if not name:
            continue
        try:
            if codecs.lookup(name).name.startswith(_SETS):
                return content.decode(name)
        except (LookupError, UnicodeError):
            continue
    raise wrong_line(
        line, N_("The text is not in UTF-8. Choose the encoding of the file, or save it in UTF-8.")
    )


_BARE_TYPE = re.compile(r"(?<=;)(X-[^=:;,\"]*)(?=[;:])", re.IGNORECASE)


def with_quoted_types(raw: RawLine) -> RawLine:
    """Return a line of which types in words of the person's own stand in quotation marks.

    Some telephones write them as they are: `TEL;X-Trực ban:…`.
    """
    head, colon, value = raw.text[:1_000].partition(":")
    if not colon:
        return raw
    mended = _BARE_TYPE.sub(r'TYPE="\1"', head + colon)
    return RawLine(raw.line, mended + value + raw.text[1_000:])


def android_label(raw: RawLine) -> tuple[RawLine, str]:
    """Return a line without the label that Android puts into its type, and the label."""
    match = _ANDROID_LABEL.search(raw.text[:1_000])
    if match is None:
        return raw, ""
    label = in_charset(raw.line, quopri.decodestring(match[2].encode("latin-1")), match[1], "")
    return RawLine(raw.line, raw.text[: match.start()] + raw.text[match.end() :]), label
