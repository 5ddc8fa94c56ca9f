"""Lines of the log: the words of the program, and of values only what is marked as plain.

A log is copied, posted and sent by mail. So nothing gets into it unless its writer says that it
may: numbers, and texts marked `Plain`. Anything else shows as “…”, whoever logged it. Of an error
there is its kind and where it came about, never its words: they may quote a record.
"""

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

_HIDDEN = "…"
_MOST_PLACES = 40
_PACKAGE = "embassy_desk"
_LEADING_WORDS = re.compile(r"[A-Za-z' ]{1,80}")
_PLACE_IN_QT = re.compile(r"Q[A-Za-z]\w*(::~?\w+)*")


class Plain(str):
    """A text that may stand in the log: a code, the name of an error; never one of a record."""

    __slots__ = ()


def kind_of(error: BaseException) -> Plain:
    """Return what an error is called, without what it says."""
    return Plain(type(error).__name__)


def leading_words(message: str) -> Plain:
    """Return how a message of a library begins, up to the first thing that it quotes."""
    found = _LEADING_WORDS.match(message)
    return Plain(found.group().strip() if found else "")


def place_in_qt(category: str | None, message: str) -> Plain:
    """Return where in Qt a message came from: its category, and the class it begins with."""
    found = _PLACE_IN_QT.match(message)
    return Plain(f"{category or 'default'} {found.group() if found else ''}".strip())


class LogLines(logging.Formatter):
    """Writes what may be written, one line for a record and one for each place of an error."""

    def __init__(self) -> None:
        """Begin each line with time, weight and part of the program."""
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Return the lines of a record."""
        given = record.args if isinstance(record.args, tuple) else (record.args,)
        shown = tuple(each if _may_stand(each) else _HIDDEN for each in given or ())
        plain = logging.makeLogRecord({**record.__dict__, "exc_text": None, "exc_info": None})
        plain.msg, plain.args = _filled(str(record.msg), shown), ()
        lines = [super().format(plain)]
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        return "\n".join([*lines, *_story_of(error)])


def _may_stand(value: object) -> bool:
    return type(value) in {int, float, bool, Plain}


def _filled(template: str, values: tuple[object, ...]) -> str:
    """Put values into a template; one that does not fit them stays as it was written."""
    try:
        return template % values if values else template
    except (TypeError, ValueError):
        return f"{template} {_HIDDEN}"


def _story_of(error: BaseException | None) -> Iterator[str]:
    """Yield what went wrong and where, the first cause last."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield f"  {type(error).__module__}.{type(error).__qualname__}"
        yield from _places(error.__traceback__)
        error = error.__cause__ or error.__context__


def _places(trace: TracebackType | None) -> Iterator[str]:
    found = []
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append(f"    {_short(Path(code.co_filename))}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    yield from found[-_MOST_PLACES:]


def _short(file: Path) -> str:
    """Return a file without the folders that tell whose computer this is."""
    parts = file.parts
    at = max((n for n, part in enumerate(parts) if part == _PACKAGE), default=len(parts) - 1)
    return "/".join(parts[at:])
