"""The whole import of contacts, beside inserting the same rows with nothing else.

Read in a confined child process, looked over with the search for duplicates, written as one step.
The longest single turn is how long somebody who saves in between may wait.
"""

import gc
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from figures import Goal, Ratio, Row, Series, series_of, timed
from plain import KEY
from stores import Stores, TickingClock

from embassy_desk.application.import_decisions import Outlook, Rules
from embassy_desk.application.import_job import look_over, read_for_import, take_over
from embassy_desk.application.profile import DEMO_PASSPHRASE, Profile, create_profile
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.entity import Part
from embassy_desk.interchange.candidates import Candidate, candidate_of
from embassy_desk.interchange.exports import table_rows
from embassy_desk.interchange.registers import register
from embassy_desk.interchange.table_writer import write_table
from embassy_desk.interchange.vcard_writer import write_vcards
from embassy_desk.store.connections import create_file, remove_file
from embassy_desk.store.opening import Store

_GOAL = Goal("≤ 20 s", p95_ms=20_000)
_WAIT_GOAL = Goal("≤ 1 s", p95_ms=1_000)

Answer = TypeVar("Answer")
_TABLES = ("contact", "contact_email", "contact_phone", "position", "tag", "organisation")


def rows(
    stores: Stores, contacts: int, folder: Path, *, cards: int, lines: int, rounds: int
) -> list[Row]:
    """Measure a vCard file and a CSV register of contacts, each into an empty store.

    Args:
        stores: Where the contacts come from.
        contacts: Size of the store they come from.
        folder: For files and stores that are thrown away.
        cards: How many vCards.
        lines: How many lines of CSV.
        rounds: How often each file is taken in.
    """
    candidates = _candidates(stores, contacts, max(cards, lines))
    vcards, register_file = folder / "contacts.vcf", folder / "contacts.csv"
    write_vcards(vcards, candidates[:cards])
    columns = [name for name in register("contact") if name != "ref"]
    write_table(register_file, columns, table_rows(candidates[:lines], columns))
    return [
        *_rows(f"{cards:,} vCards", cards, vcards, folder, rounds),
        *_rows(f"{lines:,} lines of CSV", lines, register_file, folder, rounds),
    ]


def _candidates(stores: Stores, contacts: int, count: int) -> list[Candidate]:
    with stores.opened(contacts) as profile, profile.store.reading() as work:
        parts: dict[Any, list[Part]] = {}
        for part in kind_named("contact").parts:
            for each in work.all(part):
                parts.setdefault(each.parent_id, []).append(each)
        chosen = [each for each in work.all(Contact) if not each.is_trashed][:count]
        fields = [name for name in Contact.model_fields if name not in _ALREADY_SOMEWHERE]
        return [candidate_of(each, parts.get(each.id, ()), fields=fields) for each in chosen]


_ALREADY_SOMEWHERE = frozenset({"ref", "owner", "backup", "created_by", "changed_by"})


def _rows(what: str, count: int, path: Path, folder: Path, rounds: int) -> list[Row]:
    looked, took, waits, floors = [], [], [], []
    for turn in range(rounds):
        profile = _empty(folder / f"import-{turn}")
        try:
            found: list[Outlook] = []
            clerk = _Clerk(profile)
            with _as_in_the_window():
                looked.append(timed(lambda: found.append(_look(profile, path))))  # noqa: B023
                job = partial(
                    take_over, profile.store, found[0], Rules(), original=path, turn=clerk
                )
                took.append(timed(job))
            waits.append((1_000 * clerk.longest_s, 0.0))
            floors.append(_floor(profile, folder / "floor.db"))
        finally:
            profile.close()
            shutil.rmtree(profile.folder)
    told = {"look over": looked, "take in": took}
    found_rows = []
    for step, times in told.items():
        whole, busy = series_of(times)
        ratios = sorted(mine / floor for mine, floor in zip(whole.times_ms, floors, strict=True))
        ratio = Ratio(ratios[len(ratios) // 2], ratios[0], ratios[-1])
        floor = Series(tuple(floors))
        found_rows.append(Row(f"{step} {what}", count, whole, floor, ratio, _GOAL, busy))
    longest, _ = series_of(waits)
    found_rows.append(Row(f"longest turn, {what}", count, longest, None, None, _WAIT_GOAL))
    return found_rows


class _Clerk:
    """Runs what is short, and notes how long the longest took."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self.longest_s = 0.0

    def __call__(self, function: Callable[[Store], Answer], /) -> Answer:
        began = time.perf_counter()
        try:
            return function(self._profile.store)
        finally:
            self.longest_s = max(self.longest_s, time.perf_counter() - began)


def _look(profile: Profile, path: Path) -> Outlook:
    return look_over(profile.store, read_for_import(path, "contact"))


@contextmanager
def _as_in_the_window() -> Iterator[None]:
    """Let nothing look for cycles meanwhile: in the window only the thread of Qt does, at times."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _empty(folder: Path) -> Profile:
    return create_profile(
        folder, DEMO_PASSPHRASE, TickingClock(), mission="TOK", person="A", is_demo=True
    )


def _floor(profile: Profile, path: Path) -> float:
    """Return how long it takes to insert the rows that came in into bare tables."""
    with profile.store.reading() as work:
        made = {name: _made_of(work.raw, name) for name in _TABLES}
    target = create_file(path, KEY)
    try:
        for statements, _ in made.values():
            for statement in statements:
                target.execute(statement)

        def insert() -> None:
            target.execute("BEGIN IMMEDIATE")
            for name, (_, found) in made.items():
                if found:
                    places = ", ".join("?" * len(found[0]))
                    target.executemany(f"INSERT INTO {name} VALUES ({places})", found)  # noqa: S608
            target.execute("COMMIT")

        return timed(insert)[0]
    finally:
        target.close()
        remove_file(path)


def _made_of(raw: Any, name: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return the statements that make a table with its indexes, and its rows."""
    statements = [
        sql
        for (sql,) in raw.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type IN ('table', 'index')"
            " AND sql IS NOT NULL ORDER BY type DESC",
            (name,),
        )
    ]
    return statements, raw.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608
