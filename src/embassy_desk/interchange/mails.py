"""An e-mail in a file, as mail programs save it (RFC 5322, MIME): what was written, and its files.

Read with Python's own parser. Of a mail in both forms the plain text is taken, of one in HTML the
words; what is inside the mail that was passed on stays a file of its own.
"""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import getaddresses, parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path

from embassy_desk.domain.values import clean_text
from embassy_desk.interchange.errors import whole_file
from embassy_desk.interchange.files import content_of
from embassy_desk.texts import N_

MAIL_SUFFIXES = frozenset({".eml"})

MAX_MAIL_PARTS = 500
MAX_MAIL_FILES = 50
_MOST_PEOPLE = 100
_LONGEST_LINE = 300
_LONGEST_TEXT = 50_000
_BREAKS = frozenset({"p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4", "table", "blockquote"})
_UNSEEN = frozenset({"script", "style", "head", "title"})
_BROKEN = (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What Python's parser raises for headers that are damaged."""


@dataclass(frozen=True)
class MailFile:
    """A file that came with a mail; the content is in base64."""

    name: str
    content: str


@dataclass(frozen=True)
class Mail:
    """An e-mail.

    Attributes:
        subject: Its subject; may be empty.
        sent_at: When it was sent, with zone; nothing when it does not say.
        sender: Name and address.
        receivers: Names and addresses of those it went to.
        text: What was written, at most 50,000 characters.
        files: What came with it.
        is_cut: Whether the text was longer.
        message_id: What its program calls it for ever; may be empty.
    """

    subject: str
    sent_at: datetime | None
    sender: tuple[str, str]
    receivers: tuple[tuple[str, str], ...]
    text: str
    files: tuple[MailFile, ...]
    is_cut: bool
    message_id: str = ""


def read_mail(path: Path) -> Mail:
    """Return the e-mail in a file.

    Raises:
        UnreadableFileError: It is no e-mail, or has more parts or files than is safe.
        StoreError: It cannot be opened.
    """
    return mail_in(content_of(path))


def mail_in(content: bytes) -> Mail:
    """Return the e-mail that bytes hold.

    Raises:
        UnreadableFileError: It is no e-mail, or has more parts or files than is safe.
    """
    try:
        message = message_from_bytes(content, policy=default)
        return _mail(message)
    except _BROKEN as error:
        raise whole_file(N_("This is no e-mail, or it is damaged.")) from error


def _mail(message: EmailMessage) -> Mail:
    if not any(_header(message, name) for name in ("from", "subject", "date")):
        raise whole_file(N_("This is no e-mail, or it is damaged."))
    parts = list(_leaves(message))
    body = _body(parts)
    text = clean_text(_text_of(body)) if body is not None else ""
    files = [_file(each, place) for place, each in enumerate(parts, 1) if each is not body]
    found = tuple(each for each in files if each is not None)
    if len(found) > MAX_MAIL_FILES:
        raise whole_file(N_("The e-mail has more than {limit} files.", limit=MAX_MAIL_FILES))
    people = _people(message, "from")
    return Mail(
        subject=_line(_header(message, "subject")),
        sent_at=_moment(_header(message, "date")),
        sender=people[0] if people else ("", ""),
        receivers=(*_people(message, "to"), *_people(message, "cc"))[:_MOST_PEOPLE],
        text=text[:_LONGEST_TEXT],
        files=found,
        is_cut=len(text) > _LONGEST_TEXT,
        message_id=_line(_header(message, "message-id")),
    )


def _header(message: Message, name: str) -> str:
    """Return a header in words; one that cannot be read says nothing."""
    try:
        return str(message.get(name, "") or "")
    except _BROKEN:
        return ""


def _line(text: str) -> str:
    return " ".join(clean_text(text).split())[:_LONGEST_LINE]


def _people(message: Message, name: str) -> list[tuple[str, str]]:
    pairs = getaddresses([_header(message, name)])
    return [(_line(who), _line(address)) for who, address in pairs if who or address]


def _moment(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _leaves(message: Message) -> Iterator[Message]:
    """Yield the parts that hold something; a mail that was passed on is one of them.

    Raises:
        UnreadableFileError: There are more than is safe.
    """
    waiting = [message]
    seen = 0
    while waiting:
        part = waiting.pop(0)
        seen += 1
        if seen > MAX_MAIL_PARTS:
            raise whole_file(N_("The e-mail has more than {limit} parts.", limit=MAX_MAIL_PARTS))
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting[:0] = [each for each in inner if isinstance(each, Message)]
        else:
            yield part


def _body(parts: list[Message]) -> Message | None:
    """Return the part that people read: the first plain text, else the first HTML."""
    for wanted in ("text/plain", "text/html"):
        for each in parts:
            is_file = each.get_content_disposition() == "attachment" or each.get_filename()
            if each.get_content_type() == wanted and not is_file:
                return each
    return None


def _text_of(part: Message) -> str:
    content = part.get_payload(decode=True)
    content = content if isinstance(content, bytes) else b""
    try:
        text = content.decode(part.get_content_charset("utf-8"), "replace")
    except (LookupError, ValueError):  # a character set that nobody knows
        text = content.decode("utf-8", "replace")
    if part.get_content_type() != "text/html":
        return text
    words = _Words()
    words.feed(text)
    words.close()
    return "\n".join(filter(None, (" ".join(line.split()) for line in words.text.split("\n"))))


class _Words(HTMLParser):
    """Takes the words out of HTML; nothing is fetched or run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._unseen = 0

    @property
    def text(self) -> str:
        """What is to be read."""
        return "".join(self._pieces)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  Python's name
        self._unseen += tag in _UNSEEN
        if tag in _BREAKS:
            self._pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN and self._unseen:
            self._unseen -= 1
        elif tag in _BREAKS:
            self._pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._pieces.append(data)


def _file(part: Message, place: int) -> MailFile | None:
    """Return a part as a file; nothing where it is another form of the text."""
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        passed_on = inner[0] if isinstance(inner, list) and inner else None
        if not isinstance(passed_on, Message):
            return None
        name = _line(_header(passed_on, "subject")) or str(place)
        return _named(f"{name}.eml", passed_on.as_bytes())
    is_text = part.get_content_maintype() == "text" and not part.get_filename()
    if is_text and part.get_content_disposition() != "attachment":
        return None
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    return _named(_line(part.get_filename() or "") or str(place), content)


def _named(name: str, content: bytes) -> MailFile | None:
    """Return a file without folders in its name; nothing where it is empty."""
    plain = name.replace("\\", "/").rpartition("/")[2].strip(". ") or "file"
    return MailFile(plain, base64.b64encode(content).decode("ascii")) if content else None
