"""Texts that a spreadsheet would run as a formula, made harmless and made whole again.

A cell that begins with one of these signs is a formula to a spreadsheet, also after spaces. A CSV
file says nothing about types, so such a text gets an apostrophe in front; reading takes away
exactly that apostrophe. A text that begins with apostrophes before such a sign gets one more, so
that nothing is lost either way. A workbook says that a cell is text, so nothing needs a guard
there; but what came from our CSV through a spreadsheet still has its apostrophe, so reading takes
it away there, too.
"""

import re

_RISKY = re.compile(r"'*[ \u00a0]*[=+\-@＝＋－＠\t\r\n]")
APOSTROPHE = "'"


def guarded(text: str) -> str:
    """Return the text with an apostrophe in front when a spreadsheet could run it."""
    return APOSTROPHE + text if _RISKY.match(text) else text


def kept_whole(text: str) -> str:
    """Return the text for a cell that is never run, so that `unguarded` gives it back.

    Only one that looks guarded already gets an apostrophe.
    """
    return text if unguarded(text) == text else APOSTROPHE + text


def unguarded(text: str) -> str:
    """Return the text as it was before `guarded`."""
    if text.startswith(APOSTROPHE) and _RISKY.match(text, 1):
        return text[1:]
    return text
