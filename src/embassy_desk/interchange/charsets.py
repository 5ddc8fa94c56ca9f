"""Which character set a sheet is in that is not in Unicode, as far as its bytes tell."""

import re
from collections.abc import Callable

from embassy_desk.interchange.errors import whole_file
from embassy_desk.texts import N_

WESTERN = "cp1252"
"""Where old Vietnamese letters lie as well; what nobody can tell is taken for it."""

_JAPANESE, _CHINESE, _KOREAN = "cp932", "gb18030", "cp949"
EASTERN = (_JAPANESE, _CHINESE, _KOREAN)
"""Sets in which Outlook and Excel write on computers of the region."""

_HEAD_BYTES = 64 * 1024
_HIGH = re.compile(rb"[\x80-\xff]+")
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_PAIRED, _MANY, _SOME = 0.95, 0.6, 0.15


def encoding_of(content: bytes, chosen: str, score: Callable[[str], int]) -> tuple[str, bool]:
    """Return the character set, and whether it is a guess because the file is not in UTF-8."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "utf-16", False
    if chosen:
        return chosen, False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return charset_of(content, score), True
    return "utf-8", False


def text_of(content: bytes, encoding: str) -> str:
    """Return the text of a file.

    Raises:
        UnreadableFileError: It is not in this character set, or no text at all.
    """
    name = {"utf-8": "utf-8-sig"}.get(encoding, encoding)
    try:
        if encoding == WESTERN:
            text = "".join(_CP1252[each] for each in content)
        else:
            text = content.decode(name)
    except (UnicodeError, LookupError) as error:
        raise whole_file(N_("The file is not in this encoding. Choose another one.")) from error
    if "\x00" in text:
        raise whole_file(N_("This is not a text file."))
    return text


_CP1252 = tuple(bytes([n]).decode("cp1252", "ignore") or chr(n) for n in range(256))
"""Letters by byte; five bytes that mean nothing stay what they are, for what is read twice."""


def charset_of(content: bytes, score: Callable[[str], int]) -> str:
    """Return the likeliest character set of a text that is not in UTF-8.

    Headings that are known decide; else kana, Hangul or letters of two bytes each. Nothing is
    lost by a wrong guess: a person sees the sheet before anything is taken, and may choose.

    Args:
        content: The file.
        score: Returns how many headings of a text are known.
    """
    head = content[:_HEAD_BYTES]
    head = head[: head.rfind(b"\n") + 1] or head
    texts = {each: text for each in EASTERN if (text := _decoded(head, each)) is not None}
    known = {each: score(text) for each, text in texts.items()}
    known[WESTERN] = score(head.decode(WESTERN, "replace"))
    best = max((WESTERN, *texts), key=lambda each: known[each])
    return best if best != WESTERN else _by_letters(head, texts)


def _decoded(head: bytes, charset: str) -> str | None:
    try:
        return head.decode(charset)
    except UnicodeDecodeError:
        return None


def _by_letters(head: bytes, texts: dict[str, str]) -> str:
    if _share(_KANA, texts.get(_JAPANESE, "")) > _SOME:
        return _JAPANESE
    runs = _HIGH.findall(head)
    if not runs or sum(len(each) % 2 == 0 for each in runs) < _PAIRED * len(runs):
        return WESTERN  # such as single é or ¬ among plain letters
    if _share(_HANGUL, texts.get(_KOREAN, "")) > _MANY:
        return _KOREAN
    return _CHINESE if _CHINESE in texts else WESTERN


def _share(pattern: re.Pattern[str], text: str) -> float:
    """Return which share of the letters beyond ASCII a pattern finds."""
    strange = sum(not each.isascii() for each in text)
    return len(pattern.findall(text)) / strange if strange else 0.0
