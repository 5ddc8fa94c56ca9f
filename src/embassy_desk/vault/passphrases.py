"""Which passphrases protect a store that may be stolen: long enough, and not the ones tried first.

The floor is 15 characters or six words (ASVS 5.0, 6.2.1 and 6.2.4, asks for 15 and for a refusal
of the commonest ones). A thief who has the disk can try about three passphrases a second and
processor, so length counts; signs and capitals do not and are not asked for.
"""

import re
import unicodedata

from embassy_desk.texts import N_, Text

SHORTEST_CHARACTERS = 15
FEWEST_WORDS = 6
SHORTEST_WORD = 2
FEWEST_DIFFERENT_CHARACTERS = 6

LEAST_OWN_CHARACTERS = 8
"""What must be left of a passphrase without the common words and rows of keys in it."""

_COMMON = (
    "password", "passwort", "passphrase", "passw0rd", "p@ssword", "p@ssw0rd", "matkhau", "mậtkhẩu",
    "letmein", "welcome", "iloveyou", "anhyeuem", "emyeuanh", "xinchao", "administrator", "admin",
    "secret", "changeme", "default", "master", "dragon", "monkey", "football", "baseball",
    "sunshine", "princess", "superman", "trustno1", "computer", "internet", "samsung", "google",
    "correcthorsebatterystaple", "embassydesk", "embassy", "consulate", "ambassador", "đạisứquán",
    "daisuquan", "lãnhsựquán", "lanhsuquan", "ngoạigiao", "ngoaigiao", "mofa", "vietnam", "việtnam",
    "hanoi", "hànội", "saigon", "sàigòn", "hồchíminh", "hochiminh", "login", "test", "demo",
)  # fmt: skip

_ROWS = (
    "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop",
    "1qaz2wsx3edc4rfv5tgb6yhn", "1q2w3e4r5t6y7u8i9o0p", "abcdefghijklmnopqrstuvwxyz",
)  # fmt: skip

_SHORTEST_RUN = 4


def passphrase_problem(passphrase: str) -> Text | None:
    """Return in words why a passphrase must not protect a store, or nothing when it may."""
    text = unicodedata.normalize("NFC", passphrase)
    if any(unicodedata.category(each) in {"Cc", "Cs", "Cn", "Co"} for each in text):
        return N_("The passphrase holds a sign that cannot be typed.")
    if len(text) < SHORTEST_CHARACTERS and len(_words(text)) < FEWEST_WORDS:
        return N_(
            "The passphrase is too short: take at least {characters} characters or {words} "
            "different words.",
            characters=SHORTEST_CHARACTERS,
            words=FEWEST_WORDS,
        )
    if len(set(text.casefold())) < FEWEST_DIFFERENT_CHARACTERS or _repeats(text.casefold()):
        return N_("The passphrase repeats the same characters.")
    if len(_own(text)) < LEAST_OWN_CHARACTERS:
        return N_("The passphrase is among those that are tried first.")
    return None


def _words(text: str) -> set[str]:
    return {each for each in re.findall(r"\w+", text.casefold()) if len(each) >= SHORTEST_WORD}


def _repeats(text: str) -> bool:
    """Return whether the text is a shorter text written twice or more."""
    return any(
        text[length:] == text[: len(text) - length] for length in range(1, len(text) // 2 + 1)
    )


def _own(text: str) -> str:
    """Return the letters and digits that are not part of a common word or a row of keys."""
    left = "".join(each for each in text.casefold() if each.isalnum() or each == "@")
    for row in (*_ROWS, *(each[::-1] for each in _ROWS)):
        left = _without_runs(left, row)
    for word in sorted(_COMMON, key=len, reverse=True):
        left = left.replace(word, "")
    return left


def _without_runs(text: str, row: str) -> str:
    """Return the text without pieces of the row that are four characters or longer."""
    for length in range(len(row), _SHORTEST_RUN - 1, -1):
        for start in range(len(row) - length + 1):
            text = text.replace(row[start : start + length], "")
    return text
