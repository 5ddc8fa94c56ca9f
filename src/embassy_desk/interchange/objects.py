"""Records as JSON: for other programs, and for another desk."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from embassy_desk.domain.catalogue import entity_name, kind_named
from embassy_desk.domain.entity import Part
from embassy_desk.domain.errors import InvalidError
from embassy_desk.domain.parts import Tag
from embassy_desk.domain.watching import STEP, GoingOn, unwatched
from embassy_desk.interchange.candidates import Candidate, as_text
from embassy_desk.interchange.delimited import decoded
from embassy_desk.interchange.errors import FileProblem, UnreadableFileError, whole_file
from embassy_desk.interchange.files import content_of
from embassy_desk.interchange.limits import MAX_PROBLEMS, MAX_ROWS
from embassy_desk.interchange.marks import Mark
from embassy_desk.interchange.registers import (
    KEPT_BY_THE_DESK,
    KINDS_READ,
    LINKS,
    identity_fields,
)
from embassy_desk.interchange.rows import checked
from embassy_desk.settings.files import replaced
from embassy_desk.texts import N_

_BETWEEN = re.compile(r"[\s,]*")
_SHOWN_CHARACTERS = 80
_KEPT_PARTS = frozenset({"stage_step", "date_change", "kept_apart"})
"""Parts that are passed over: like the fields the desk keeps, they say what happened elsewhere."""

_NAMING = {"agreement_link": "to", "task_parent": "record"}
"""Word by which a part names another record; without it the part says nothing here."""


def json_object(candidate: Candidate) -> dict[str, Any]:
    """Return a candidate as one object: its kind, its fields, and its parts as lists."""
    parts = {name: [dict(row) for row in rows] for name, rows in candidate.parts.items()}
    return {"record_kind": candidate.kind, **candidate.values, **parts}


ABOUT = "about_this_file"
"""Name of the only field of an object that is no record but says what the file is."""


def write_json(
    path: Path, objects: Iterable[Mapping[str, Any]], *, mark: Mark | None = None
) -> None:
    """Write objects as one JSON array in UTF-8, an object a line, whole or not at all.

    Days, times, choices and identities are written as texts. A mark stands before the records.

    Raises:
        StoreError: The file cannot be written.
    """
    with replaced(path) as stream:
        separator = b"[\n"
        marked = [{ABOUT: [mark.title, *mark.lines]}] if mark else []
        for each in (*marked, *objects):
            line = json.dumps(dict(each), ensure_ascii=False, default=as_text)
            stream.write(separator + line.encode("utf-8"))
            separator = b",\n"
        stream.write(b"[]\n" if separator == b"[\n" else b"\n]\n")


def read_json(
    path: Path, kind: str = "", *, going_on: GoingOn = unwatched
) -> tuple[Candidate, ...]:
    """Return the records of a JSON file as `json_object` gives them: all of a file or nothing.

    Identities belong to the store that the records come from; records are named by words, as in
    tables. What the desk itself keeps of a record is passed over.

    Args:
        path: The file.
        kind: What its records are; each of them tells when it is empty.
        going_on: Told how many are read.

    Raises:
        UnreadableFileError: Something is wrong with it; every problem is named by its line.
        StoreError: The file cannot be opened.
    """
    problems: list[FileProblem] = []
    candidates: list[Candidate] = []
    for done, (line, entry) in enumerate(_entries(decoded(content_of(path)))):
        if done % STEP == 0:
            going_on(done, 0)
        try:
            candidates.append(_candidate(entry, kind, line))
        except InvalidError as error:
            problems.extend(FileProblem(line, each.field, each.text) for each in error.problems)
        except UnreadableFileError as error:
            problems.extend(error.problems)
        if len(problems) >= MAX_PROBLEMS:
            break
    if problems:
        raise UnreadableFileError(problems)
    return tuple(candidates)


def _entries(text: str) -> Iterator[tuple[int, Any]]:
    """Yield the entries of an array, each with the line on which it begins."""
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = N_("This is not JSON, or it is damaged.")
        problem = FileProblem(getattr(error, "lineno", 0), "", reason)
        raise UnreadableFileError([problem]) from error
    if not isinstance(entries, list) or not entries:
        raise whole_file(N_("There is no list of records in this file."))
    if len(entries) > MAX_ROWS:
        raise whole_file(N_("The file has more than {limit} rows.", limit=MAX_ROWS))
    decoder = json.JSONDecoder()
    line, counted, place = 1, 0, text.index("[") + 1
    for entry in entries:  # read once more, for the places that json.loads does not tell
        begin = _BETWEEN.match(text, place).end()  # type: ignore[union-attr] # matches anything
        line, counted = line + text.count("\n", counted, begin), begin
        if not (isinstance(entry, dict) and entry.keys() == {ABOUT}):
            yield line, entry
        _, place = decoder.raw_decode(text, begin)


def _candidate(entry: Any, kind: str, line: int) -> Candidate:
    """Return one entry as a candidate.

    Raises:
        InvalidError: Some values break a rule.
        UnreadableFileError: It is no record, or of another kind.
    """
    if not isinstance(entry, dict):
        raise _problem(line, "", entry)
    own = entry.get("record_kind", kind)
    if own not in KINDS_READ or own != (kind or own):
        raise _problem(line, "record_kind", own)
    passed_over = {"record_kind", *KEPT_BY_THE_DESK, *_KEPT_PARTS}
    passed_over |= identity_fields(kind_named(own).entity) - LINKS[own].keys()
    values: dict[str, str] = {}
    parts: dict[str, list[dict[str, str]]] = {}
    for name, value in entry.items():
        if name in passed_over:
            continue
        if name in _part_classes(own):
            parts[name] = _rows(own, name, value, line)
        elif text := _text(value, name, line):
            values[name] = text
    return checked(own, values, {name: rows for name, rows in parts.items() if rows}, line)


def _rows(kind: str, name: str, value: Any, line: int) -> list[dict[str, str]]:
    """Return the rows of a part without the identities of the store they come from."""
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise _problem(line, name, value)
    passed_over = {"id", "record_kind", *identity_fields(_part_classes(kind)[name])}
    rows = [
        {
            field: text
            for field, each in row.items()
            if field not in passed_over and (text := _text(each, name, line))
        }
        for row in value
    ]
    naming = _NAMING.get(name)
    return [row for row in rows if (naming in row if naming else row)]


@cache
def _part_classes(kind: str) -> Mapping[str, type[Part]]:
    parts: tuple[type[Part], ...] = (*kind_named(kind).parts, Tag)
    return {entity_name(part): part for part in parts}


def _text(value: Any, field: str, line: int) -> str:
    if isinstance(value, list | dict):
        raise _problem(line, field, value)
    return as_text(value)


def _problem(line: int, field: str, value: Any) -> UnreadableFileError:
    shown = json.dumps(value, ensure_ascii=False, default=as_text)
    reason = N_("“{value}” cannot stand here.", value=shown[:_SHOWN_CHARACTERS])
    return UnreadableFileError([FileProblem(line, field, reason)])
