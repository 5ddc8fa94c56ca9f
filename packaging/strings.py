"""Collects the texts marked with `N_`, keeps their translations and compiles them.

    strings.py update        write the template, bring the translations in line, compile them
    strings.py merge FILE …  take over the translations of gettext files, then update
    strings.py check         change nothing; name every problem and fail when there is one

The template, the translations and the compiled catalogue are committed. They carry no dates and
no line numbers, so they change only when a text does. No message in the sources may be left
without a translation.
"""

import ast
import io
import re
import string
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "embassy_desk"
TRANSLATIONS = ROOT / "resources" / "translations"
DOMAIN = "embassy_desk"
MARK = "N_"
LANGUAGE = "vi"
# A catalogue wants dates; a fixed one keeps the files the same until a text changes.
NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
LINE_WIDTH = 100
SENTENCE_ENDS = ".?!:…"
# “bạn” is the partner here, “phía bạn”; the reader is “quý vị”, or nobody where that reads as well.
FAMILIAR = re.compile(r"(?<!phía )\bbạn\b", re.IGNORECASE)
EXIT_PROBLEMS = 1
EXIT_USAGE = 2


class StringsError(Exception):
    """A text cannot be collected, or a file of translations cannot be read."""


@dataclass(frozen=True)
class Marked:
    """One marked text: English sentence, plural sentence if any, and the file it stands in."""

    message: str
    plural: str | None
    place: str

    @property
    def key(self) -> str | tuple[str, str]:
        """What gettext files call the message."""
        return (self.message, self.plural) if self.plural is not None else self.message


@dataclass(frozen=True)
class Files:
    """Where the sources and the three files lie; another folder in tests."""

    sources: Path = SOURCES
    translations: Path = TRANSLATIONS

    @property
    def template(self) -> Path:
        """The messages without translations."""
        return self.translations / f"{DOMAIN}.pot"

    @property
    def catalogue(self) -> Path:
        """The messages with their translations, for translators."""
        return self.translations / LANGUAGE / "LC_MESSAGES" / f"{DOMAIN}.po"

    @property
    def compiled(self) -> Path:
        """The translations as the program reads them."""
        return self.catalogue.with_suffix(".mo")


def marked_in(source: str, place: str) -> Iterator[Marked]:
    """Yield the texts marked in one source.

    Raises:
        StringsError: A marked text is not a plain literal, so it could never be translated.
    """
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and _name(node.func) == MARK):
            continue
        words = [_literal(argument) for argument in node.args]
        if len(words) not in {1, 2} or None in words:
            raise StringsError(f"{place}:{node.lineno}: {MARK} takes one or two plain sentences")
        message, plural = [*words, None][:2]
        if message:
            yield Marked(message, plural, place)


def template_of(sources: Path) -> Catalog:
    """Collect every marked text below a folder into a catalogue without translations."""
    catalogue = Catalog(
        project=DOMAIN,
        version="1",
        msgid_bugs_address="",
        header_comment="# Messages of Embassy Desk. Written by `make strings`.",
        creation_date=NO_DATE,
        revision_date=NO_DATE,
        charset="utf-8",
    )
    for path in sorted(sources.rglob("*.py")):
        place = path.relative_to(sources).as_posix()
        for marked in marked_in(path.read_text(encoding="utf-8"), place):
            known = catalogue.get(marked.message)
            if known is not None and known.id != marked.key:
                raise StringsError(f"{place}: “{marked.message}” is marked with another plural")
            catalogue.add(marked.key, locations=[(place, 0)])
    return catalogue


def read(path: Path) -> Catalog:
    """Read a gettext file of Vietnamese translations; an empty one when there is no file."""
    if not path.is_file():
        return Catalog(locale=LANGUAGE)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, abort_invalid=True)


def brought_in_line(template: Catalog, known: Mapping[str, Message]) -> Catalog:
    """Return a catalogue of the template's messages with the known translations."""
    catalogue = Catalog(
        locale=LANGUAGE,
        project=DOMAIN,
        version="1",
        msgid_bugs_address="",
        header_comment="# Vietnamese translations of Embassy Desk.",
        creation_date=NO_DATE,
        revision_date=NO_DATE,
        last_translator="Embassy Desk",
        language_team=LANGUAGE,
        charset="utf-8",
        fuzzy=False,
    )
    for message in _messages(template):
        translated = known.get(_singular(message))
        words = _translation(translated) if translated else ""
        answer = (words,) if message.pluralizable else words
        catalogue.add(message.id, answer, locations=message.locations)
    return catalogue


def text_of(catalogue: Catalog) -> bytes:
    """Return a catalogue as a gettext file."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=LINE_WIDTH, sort_output=True, include_lineno=False)
    return buffer.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as the program reads it, the same bytes for the same translations."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def problems(catalogue: Catalog) -> list[str]:
    """Name every message that has no translation or a translation that cannot be right."""
    return [
        f"“{_singular(message)}”: {problem}"
        for message in _messages(catalogue)
        for problem in _problems_of(message)
    ]


def stale(files: Files) -> list[str]:
    """Name the committed files that `update` would change."""
    contents = _contents(files, read(files.catalogue))
    return [
        f"{path.name} is not what the sources say; run `make strings`"
        for path, content in contents.items()
        if not path.is_file() or path.read_bytes() != content
    ]


def update(files: Files, parts: list[Path] | None = None) -> list[str]:
    """Write the three files, taking over translations of these parts first; return problems.

    What is translated already stays; a part that says it differently is named.
    """
    catalogue = read(files.catalogue)
    wanted = {_singular(message): message for message in _messages(template_of(files.sources))}
    notes: list[str] = []
    for part in parts or []:
        for message in _messages(read(part)):
            notes += _take_over(catalogue, message, wanted, part.name)
    for path, content in _contents(files, catalogue).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return notes + problems(read(files.catalogue))


def main(words: list[str]) -> int:
    """Carry out one of the three commands and return the exit code."""
    files = Files()
    match words:
        case ["update"]:
            found = update(files)
        case ["merge", _, *_]:
            found = update(files, [Path(word) for word in words[1:]])
        case ["check"]:
            found = stale(files) + problems(read(files.catalogue))
        case _:
            print(__doc__, file=sys.stderr)
            return EXIT_USAGE
    for each in found:
        print(each, file=sys.stderr)
    messages = _messages(read(files.catalogue))
    print(f"{sum(1 for _ in messages)} messages, {len(found)} problems")
    return EXIT_PROBLEMS if found else 0


def _take_over(
    catalogue: Catalog, message: Message, wanted: Mapping[str, Message], part: str
) -> list[str]:
    """Put one translation of a part into the catalogue; return what is odd about it."""
    singular, words = _singular(message), _translation(message)
    if singular not in wanted:
        return [f"“{singular}” of {part} is not in the sources"]
    known = catalogue.get(singular)
    if known is not None and _translation(known):
        said = _translation(known)
        return [] if words in {said, ""} else [f"“{singular}” is “{said}”, in {part} “{words}”"]
    if known is not None:
        catalogue.delete(singular)
    target = wanted[singular]
    catalogue.add(target.id, (words,) if target.pluralizable else words)
    return []


def _contents(files: Files, known: Catalog) -> dict[Path, bytes]:
    """Return what the three files should hold."""
    template = template_of(files.sources)
    translations = {_singular(message): message for message in _messages(known)}
    catalogue = brought_in_line(template, translations)
    return {
        files.template: text_of(template),
        files.catalogue: text_of(catalogue),
        files.compiled: compiled(catalogue),
    }


def _messages(catalogue: Catalog) -> Iterator[Message]:
    """Yield the messages of a catalogue without its header."""
    return (message for message in catalogue if message.id)


def _singular(message: Message) -> str:
    """Return the English sentence of a message, the singular one when there are two."""
    return message.id[0] if isinstance(message.id, tuple | list) else message.id


def _translation(message: Message) -> str:
    """Return the translation, empty when there is none; Vietnamese has one form for all counts."""
    if isinstance(message.string, tuple | list):
        return next(iter(message.string), "") or ""
    return message.string or ""


def _problems_of(message: Message) -> Iterator[str]:
    """Yield what is wrong with the translation of one message."""
    words, english = _translation(message), _singular(message)
    if not words:
        yield "not translated"
        return
    if "fuzzy" in message.flags:
        yield "marked as uncertain"
    reference = message.id[1] if isinstance(message.id, tuple | list) else english
    try:
        braces, wanted = _braces(words), _braces(reference)
    except ValueError as error:
        yield f"braces that cannot be filled in: {error}"
        return
    if braces != wanted:
        yield f"braces {sorted(braces)} where {sorted(wanted)} are meant"
    if unicodedata.normalize("NFC", words) != words:
        yield "letters and marks not composed (NFC)"
    if FAMILIAR.search(words):
        yield "“bạn” for the reader; write “quý vị” or leave it out (“phía bạn” is the partner)"
    if _edges(words) != _edges(english):
        yield "space or closing mark differs"


def _braces(sentence: str) -> set[str]:
    """Return the names in the braces of a sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def _edges(sentence: str) -> tuple[bool, bool, str]:
    """Return what has to be alike at both ends of a sentence and its translation."""
    end = sentence[-1] if sentence[-1] in SENTENCE_ENDS else ""
    return sentence[0].isspace(), sentence[-1].isspace(), end


def _name(function: ast.expr) -> str:
    """Return the last name of what is called."""
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _literal(argument: ast.expr) -> str | None:
    """Return the value of a string literal; nothing for any other expression."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    return None


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except StringsError as error:
        sys.exit(str(error))
