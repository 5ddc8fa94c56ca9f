"""One row of a register as a candidate, checked against the rules of its kind."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from uuid import UUID

from embassy_desk.domain.catalogue import entity_name, kind_named
from embassy_desk.domain.entity import Part
from embassy_desk.domain.errors import InvalidError, MissingError, Problem
from embassy_desk.domain.name_split import named, split_name
from embassy_desk.domain.parts import Tag
from embassy_desk.interchange.candidates import Candidate, Checked, Values, values_of
from embassy_desk.interchange.cells import Cell, Labels, UnreadableCellError, entries, value
from embassy_desk.interchange.errors import FileProblem, whole_file
from embassy_desk.interchange.registers import LINKS, Column, Shape
from embassy_desk.interchange.sheets import Row
from embassy_desk.texts import N_

NOBODY = UUID(int=0)
"""Stands for identities while values are checked; a candidate has none."""

NOT_CHECKED = frozenset({"agreement_link", "task_parent"})
"""Parts that cannot be checked before the application has found what they refer to."""

PRIMARY = frozenset({"contact_email", "contact_phone", "contact_address", "position"})
"""Parts of which the first is the one to use."""

_WITH_COUNTRY = re.compile(r"(.*?)\s*\[([A-Z]{2})\]", re.DOTALL)
"""A party with its country, such as `Ministry of Trade and Industry [SG]`."""


class RowReader:
    """Reads the rows of one register and keeps what is wrong with them in `problems`."""

    def __init__(self, kind: str, columns: Sequence[Column | None], labels: Labels) -> None:
        """Prepare for rows under these columns; nothing stands for one passed over."""
        self.problems: list[FileProblem] = []
        self._kind = kind
        self._columns = columns
        self._labels = labels

    def read(self, row: Row) -> Candidate | None:
        """Return a row as a candidate; nothing when something is wrong with it."""
        before = len(self.problems)
        values: dict[str, str] = {}
        parts: dict[str, list[dict[str, str]]] = {}
        for column, cell in zip(self._columns, row.cells, strict=True):
            if column is None or cell == "":
                continue
            try:
                _take(column, cell, self._labels, values, parts)
            except UnreadableCellError as error:
                self._report(row.line, column.name, error)
        if len(self.problems) > before:
            return None
        return self._checked(row.line, values, parts)

    def _checked(
        self, line: int, values: dict[str, str], parts: dict[str, list[dict[str, str]]]
    ) -> Candidate | None:
        try:
            return checked(self._kind, values, parts, line)
        except InvalidError as error:
            self._report(line, "", error)
            return None

    def _report(self, line: int, name: str, error: InvalidError) -> None:
        self.problems.extend(
            FileProblem(line, name or problem.field, problem.text) for problem in error.problems
        )


def checked(
    kind: str,
    values: dict[str, str],
    parts: dict[str, list[dict[str, str]]],
    line: int,
    *,
    uid: str = "",
    picture: str = "",
) -> Candidate:
    """Return a candidate in normal form, as the classes of its kind see it.

    Raises:
        InvalidError: Some values break a rule; fields of parts are named with their part.
    """
    values = _with_name_parts(values)
    links = {name: values[name] for name in LINKS.get(kind, ()) if name in values}
    own = {name: text for name, text in values.items() if name not in links}
    record = kind_named(kind).entity.made(id=NOBODY, **own)
    rows: dict[str, tuple[Values, ...]] = {}
    made: dict[str, tuple[Part, ...]] = {}
    for name, each in parts.items():
        if not each:  # a cell that seemed to say something, such as only separators
            continue
        completed = _completed(name, each)
        if name in NOT_CHECKED:
            rows[name] = tuple(completed)
            continue
        made[name] = tuple(
            _checked_row(kind, name, row, place) for place, row in enumerate(completed)
        )
        rows[name] = tuple(
            values_of(part, fields=row.keys())
            for part, row in zip(made[name], completed, strict=True)
        )
    return Candidate(
        kind=kind,
        values=values_of(record, fields=own.keys()) | links,
        parts=rows,
        line=line,
        uid=uid,
        picture=picture,
        checked=Checked(record, made),
    )


def rechecked(candidate: Candidate) -> Candidate:
    """Return a candidate that came from another process, checked here.

    Raises:
        UnreadableFileError: It breaks a rule, which its reader would have found.
    """
    try:
        return checked(
            candidate.kind,
            dict(candidate.values),
            {name: [dict(row) for row in rows] for name, rows in candidate.parts.items()},
            candidate.line,
            uid=candidate.uid,
            picture=candidate.picture,
        )
    except (InvalidError, MissingError) as error:
        raise whole_file(N_("This file cannot be read; it is damaged or not safe.")) from error


def _take(
    column: Column,
    cell: Cell,
    labels: Labels,
    values: dict[str, str],
    parts: dict[str, list[dict[str, str]]],
) -> None:
    """Put what a cell says where it belongs."""
    if column.shape is Shape.LIST:
        rows = [part_of(column, text) for text in entries(cell)]
        if rows:
            parts.setdefault(column.part, []).extend(rows)
        return
    text = value(cell, column, labels)
    if text and column.part:
        parts.setdefault(column.part, [{}])[0][column.part_field] = text
    elif text:
        values[column.name] = text


def part_of(column: Column, text: str) -> dict[str, str]:
    """Return the part that one entry of a list stands for."""
    values = {column.part_field: text, **dict(column.fixed)}
    if column.part == "agreement_party" and (match := _WITH_COUNTRY.fullmatch(text)):
        values |= {column.part_field: match[1], "country": match[2]}
    return values


def _completed(name: str, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return the rows of a part with what goes without saying in a file."""
    if name in PRIMARY and not any(row.get("is_primary") for row in rows):
        return [rows[0] | {"is_primary": "true"}, *rows[1:]]
    if name == "checklist_item":
        return [{"place": str(place)} | row for place, row in enumerate(rows, start=1)]
    return rows


class WrongRowError(InvalidError):
    """A row of a part breaks a rule.

    Attributes:
        part: Table name of the part.
        place: Which of its rows, counted from 0.
    """

    def __init__(self, problems: Iterable[Problem], part: str, place: int) -> None:
        """Keep the problems and where they are."""
        super().__init__(problems)
        self.part = part
        self.place = place


def _checked_row(kind: str, name: str, row: dict[str, str], place: int) -> Part:
    try:
        return _checked_part(kind, name, row)
    except InvalidError as error:
        raise WrongRowError(error.problems, name, place) from error


def _checked_part(kind: str, name: str, row: dict[str, str]) -> Part:
    part = _part_class(kind, name)
    parent: dict[str, UUID | str] = {part.parent_field: NOBODY}
    if part is Tag:
        parent["record_kind"] = kind
    return part.made(id=NOBODY, **parent, **row)


@cache
def _part_class(kind: str, name: str) -> type[Part]:
    parts: tuple[type[Part], ...] = (*kind_named(kind).parts, Tag)
    for part in parts:
        if entity_name(part) == name:
            return part
    raise ValueError(f"{kind} has no part {name!r}")


def _with_name_parts(values: dict[str, str]) -> dict[str, str]:
    """Replace a whole name by its parts, unless the parts are given too."""
    if "full_name" not in values:
        return values
    rest = {name: text for name, text in values.items() if name != "full_name"}
    full = values["full_name"]
    if not rest.keys() & {"family_name", "middle_name", "given_name"}:
        return split_name(full, values.get("display_order", "")) | rest
    family, middle, given = (
        rest.get(name, "") for name in ("family_name", "middle_name", "given_name")
    )
    return named(family, middle, given, full) | rest
