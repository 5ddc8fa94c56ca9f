"""The guard against state secrets: finds the marks of secrecy that a text carries.

State secrets of any of the three levels (law 117/2025/QH15; before it 29/2018/QH14) must not be
entered. Documents of that sort carry their mark in capitals, alone or after “Độ mật:”; that is
what is refused. A mention in running text (“một báo cáo tuyệt mật”) may be harmless and is only
warned of. The guard is a net against mistakes, not a proof: it cannot know what a person knows.
What it finds is never logged, and its findings name the mark only, not the text around it.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from embassy_desk.domain.entity import Entity, text_fields
from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.texts import N_, Text


@dataclass(frozen=True)
class Marking:
    """A mark of secrecy that a text carries.

    Attributes:
        mark: The mark in its proper spelling.
        is_certain: Whether it stands as a mark does; otherwise it may be a mere mention.
    """

    mark: str
    is_certain: bool

    @property
    def text(self) -> Text:
        """What to tell the person."""
        if self.is_certain:
            return N_(
                "This carries the mark “{mark}”. State secrets must not be kept here; keep them"
                " where your mission keeps such papers.",
                mark=self.mark,
            )
        return N_(
            "This mentions “{mark}”. If it is or quotes a state secret, it must not be kept here.",
            mark=self.mark,
        )


# A quick look first: without one of these nothing else needs to be asked.
_HINT = re.compile(r"m[aậ]t|secret", re.IGNORECASE)

# Names of files join words by underscores, so these end a word here as well.
_FROM, _TO = r"(?<![^\W_])", r"(?![^\W_])"
_GAP = r"[\s_-]+"
_STRONG = re.compile(rf"{_FROM}(TUYỆT|TỐI){_GAP}MẬT{_TO}")
_STRONG_PLAIN = re.compile(rf"{_FROM}(TUYET|TOI){_GAP}MAT{_TO}")
_LABELLED = re.compile(
    rf"{_FROM}(?:độ|mức độ|cấp độ|dấu chỉ độ|dấu độ) mật\s*[:：\-–]\s*(tuyệt|tối)?\s*mật{_TO}",
    re.IGNORECASE,
)
# The short word is a mark only where it stands alone: bảo mật, bí mật, mật ong are none.
_ALONE = re.compile(r"^[\s\W_]*MẬT[\s\W_]*$", re.MULTILINE)
_BRACKETED = re.compile(r"[\[(【<«]\s*MẬT\s*[\])】>»]")
_AT_AN_END = re.compile(r"^\s*MẬT\s*[-–—:|/._]|[-–—|/_]\s*MẬT\s*[.]?\s*$", re.MULTILINE)
_ENGLISH = re.compile(
    rf"{_FROM}TOP{_GAP}SECRET{_TO}|^[\W_]*SECRET[\W_]*$|[\[(]\s*SECRET\s*[\])]", re.MULTILINE
)
_MENTION = re.compile(rf"{_FROM}(?:(?:tuyệt|tối) mật|bí mật nhà nước){_TO}", re.IGNORECASE)
_MENTION_ENGLISH = re.compile(rf"{_FROM}(?:top secret|state secrets?){_TO}", re.IGNORECASE)


def marking_of(text: str) -> Marking | None:
    """Return the gravest mark of secrecy that a text carries, or nothing.

    Args:
        text: A title, a note, a file's name or the text of its first page, in any Unicode form.
    """
    if not _HINT.search(text):
        composed = unicodedata.normalize("NFC", text)
        if composed == text or not _HINT.search(composed):
            return None
    text = unicodedata.normalize("NFC", text)
    return _certain(text) or _mentioned(text)


def _certain(text: str) -> Marking | None:
    if found := _STRONG.search(text):
        return Marking(f"{found[1]} MẬT", is_certain=True)
    if found := _STRONG_PLAIN.search(text):
        return Marking({"TUYET": "TUYỆT MẬT", "TOI": "TỐI MẬT"}[found[1]], is_certain=True)
    if found := _LABELLED.search(text):
        level = (found[1] or "").upper()
        return Marking(f"{level} MẬT".strip(), is_certain=True)
    if any(each.search(text) for each in (_ALONE, _BRACKETED, _AT_AN_END)):
        return Marking("MẬT", is_certain=True)
    if found := _ENGLISH.search(text):
        return Marking(" ".join(re.findall(r"[A-Z]+", found[0])), is_certain=True)
    return None


def _mentioned(text: str) -> Marking | None:
    found = _MENTION.search(text) or _MENTION_ENGLISH.search(text)
    return Marking(found[0].lower(), is_certain=False) if found else None


def markings(values: Mapping[str, str]) -> dict[str, Marking]:
    """Return the marks that named texts carry, by name; texts without one are left out."""
    found = {name: marking_of(text) for name, text in values.items()}
    return {name: mark for name, mark in found.items() if mark is not None}


def texts_of(entity: Entity, names: Iterable[str] | None = None) -> dict[str, str]:
    """Return the texts that a person can type into a record or part.

    Args:
        entity: The record or part.
        names: Only these fields; all of them by default.
    """
    typed = text_fields(type(entity))
    wanted = typed if names is None else typed.intersection(names)
    return {name: getattr(entity, name) for name in sorted(wanted)}


def refuse_secrets(entity: Entity, names: Iterable[str] | None = None) -> None:
    """Refuse a record or part whose texts carry a mark of secrecy.

    Args:
        entity: The record or part that is to be kept.
        names: Only these fields, such as those that have changed; all of them by default.

    Raises:
        InvalidError: Some field carries a mark; the text itself is not repeated.
    """
    typed = text_fields(type(entity))
    wanted = typed if names is None else typed.intersection(names)
    texts = [getattr(entity, name) for name in wanted]
    if not _HINT.search("\n".join(filter(None, texts))):  # texts of entities are composed already
        return
    found = markings(texts_of(entity, wanted))
    problems = [Problem(name, mark.text) for name, mark in found.items() if mark.is_certain]
    if problems:
        raise InvalidError(problems)
