"""What is written is whole or not there; what is restricted stands nowhere it may not."""

import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.integration.reports.conftest import make_demo, wish_for
from tests.integration.reports.test_writing import EN, HEAD, VI, make_report_of, pages_of

from embassy_desk.application.office import answer, perform
from embassy_desk.application.profile import Profile
from embassy_desk.application.records import change_record
from embassy_desk.application.reports import FORMS, report, write_made, write_on
from embassy_desk.domain.agreement import Agreement, AgreementLink
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.entity import Handling
from embassy_desk.domain.errors import MissingError, StoppedError, StoreError
from embassy_desk.domain.obligation import Obligation
from embassy_desk.reports.asked import Needs
from embassy_desk.reports.catalogue import REPORTS
from embassy_desk.reports.document import Column, Report, Row, Table
from embassy_desk.settings.places import translations
from embassy_desk.store.opening import Store
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_, Words
from makers.rights import seen_by_local_staff

SMALL_DISK_BYTES = 3_000
KINDS = ("agreement", "engagement", "task", "obligation", "contact", "campaign", "elevation")


@contextmanager
def full_disk() -> Iterator[None]:
    """Let every file end at a few thousand bytes, as on a disk that has no room for more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL_DISK_BYTES, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


class Stopped(Words):
    """Words of somebody who presses Ctrl+C in the middle of a report."""

    left = 10

    def __call__(self, *values: Any, **more: Any) -> str:
        """Return a text, until it is enough."""
        self.left -= 1
        if not self.left:
            raise KeyboardInterrupt
        return super().__call__(*values, **more)


@pytest.mark.skipif(sys.platform == "win32", reason="limits of files are a thing of POSIX")
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("former", [b"", b"former"])
def test_a_full_disk_leaves_no_half_file(
    store: Store, tmp_path: Path, form: str, former: bytes
) -> None:
    made = answer(store, report, "agreement_register", wish_for(store, "agreement_register"))
    target = tmp_path / f"r{form}"
    if former:
        target.write_bytes(former)
    with full_disk(), pytest.raises(StoreError):
        write_made(made, target, VI, HEAD)
    assert [each.read_bytes() for each in tmp_path.iterdir()] == ([former] if former else [])
    write_made(made, target, VI, HEAD)
    assert target.stat().st_size > SMALL_DISK_BYTES


@pytest.mark.parametrize("form", FORMS)
def test_who_stops_in_the_middle_finds_no_file(store: Store, tmp_path: Path, form: str) -> None:
    made = answer(store, report, "engagement_ledger", wish_for(store, "engagement_ledger"))
    stopped = Stopped("vi", translations())
    with pytest.raises(KeyboardInterrupt):
        write_made(made, tmp_path / f"r{form}", stopped, HEAD)
    assert list(tmp_path.iterdir()) == []


def make_long_report(rows: int = 1_200) -> Report:
    """Return a report of many pages."""
    columns = (Column(N_("Day")), Column(N_("What"), 30), Column(N_("Number")))
    lines = tuple(
        Row((date(2026, 1, 1 + no % 28), f"Trao đổi về hợp tác, phiên thứ {no}", no))
        for no in range(rows)
    )
    return make_report_of(Table(N_("Engagements"), columns, lines))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("former", [b"", b"former"])
def test_a_stop_leaves_no_file_and_the_former_one_as_it_was(
    tmp_path: Path, form: str, former: bytes
) -> None:
    target = tmp_path / f"r{form}"
    if former:
        target.write_bytes(former)
    told: list[tuple[int, int]] = []

    def stop_in_the_middle(done: int, total: int) -> None:
        told.append((done, total))
        if done >= total / 2:
            raise StoppedError

    with pytest.raises(StoppedError):
        write_on(make_long_report(), target, EN, None, going_on=stop_in_the_middle)
    assert [each.read_bytes() for each in tmp_path.iterdir()] == ([former] if former else [])
    assert told[-1][1] == 1_200


@pytest.mark.parametrize("form", FORMS)
def test_the_work_is_told_from_the_first_row_to_the_last(tmp_path: Path, form: str) -> None:
    told: list[tuple[int, int]] = []
    target = tmp_path / f"r{form}"
    write_on(make_long_report(), target, EN, None, going_on=lambda *at: told.append(at))
    assert told == sorted(told)
    assert len({done for done, _ in told}) >= 3
    assert told[-1] == (1_200, 1_200)


def test_a_workbook_can_be_stopped_while_the_library_closes_it(tmp_path: Path) -> None:
    long = make_long_report(1_000)
    ends = 0

    def stop_after_the_last_row(done: int, total: int) -> None:
        nonlocal ends
        ends += done == total
        if ends == 3:  # the library writes what it collected; the report's own last word is later
            raise StoppedError

    with pytest.raises(StoppedError):
        write_on(long, tmp_path / "r.xlsx", EN, None, going_on=stop_after_the_last_row)
    assert list(tmp_path.iterdir()) == []
    assert ends == 3
    told: list[int] = []
    write_on(long, tmp_path / "r.xlsx", EN, None, going_on=lambda done, _: told.append(done))
    assert told.count(1_000) > 3


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Profile]:
    """Make a demo in which every third record is restricted."""
    profile = make_demo(tmp_path_factory.mktemp("handling") / "demo")
    for kind in KINDS:
        with profile.store.reading() as work:
            ids = [each.id for each in work.all(kind_named(kind).entity)]
        for record_id in ids[::3]:
            perform(profile.store, change_record, kind, record_id, {"handling": "restricted"})
    yield profile
    profile.close()


def handlings(work: UnitOfWork, made: Report) -> set[Handling]:
    """Return the handlings of all records that a report lists or counts."""
    ids: dict[str, set[Any]] = {}
    for table in made.tables:
        for row in table.rows:
            if row.record_id is not None:
                ids.setdefault(row.kind, set()).add(row.record_id)
    for figure in made.figures:
        ids.setdefault(figure.behind.kind, set()).update(figure.behind.ids)
    return {
        each.handling
        for kind, some in ids.items()
        for each in work.get_many(kind_named(kind).entity, tuple(some)).values()
    }


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_handled_as_strictly_as_any_record_in_it(store: Store, name: str) -> None:
    made = answer(store, report, name, wish_for(store, name))
    with store.reading() as work:
        found = handlings(work, made)
    if Handling.RESTRICTED in found:
        assert made.handling is Handling.RESTRICTED
    assert found or not made.figures


@pytest.mark.parametrize("name", REPORTS)
def test_what_a_reader_may_not_see_is_neither_listed_nor_counted(store: Store, name: str) -> None:
    wish = wish_for(store, name)
    whole = answer(store, report, name, wish)
    with store.reading() as work:
        restricted = {
            each.id
            for kind in KINDS
            for each in work.all(kind_named(kind).entity)
            if each.handling is Handling.RESTRICTED
        }
    with seen_by_local_staff(store):
        try:
            mine = answer(store, report, name, wish)
        except MissingError:
            assert REPORTS[name].needs in {Needs.AGREEMENT, Needs.COUNTERPART}
            return  # the report is about a record that may not be seen
    assert mine.handling is not Handling.RESTRICTED
    rows = {row.record_id for table in mine.tables for row in table.rows}
    behind = {one for figure in mine.figures for one in figure.behind.ids}
    assert not restricted & (rows | behind)
    if whole.handling is Handling.RESTRICTED:
        assert sum(count for _, count in mine.counts) < sum(count for _, count in whole.counts)


def test_a_link_to_a_restricted_agreement_makes_the_sheet_restricted(
    store: Store, tmp_path: Path
) -> None:
    with store.reading() as work:
        link = min(work.all(AgreementLink), key=lambda each: each.id)
        before = work.get(Agreement, link.to_agreement_id).handling
        owed = work.all(Obligation, agreement_id=link.agreement_id)
    for each in owed:
        perform(store, change_record, "obligation", each.id, {"handling": "internal"})
    for which, handling in ((link.agreement_id, "public"), (link.to_agreement_id, "restricted")):
        perform(store, change_record, "agreement", which, {"handling": handling})
    wish = replace(wish_for(store, "agreement_sheet"), subject=str(link.agreement_id))
    made = answer(store, report, "agreement_sheet", wish)
    assert made.handling is Handling.RESTRICTED
    write_made(made, tmp_path / "r.pdf", VI, HEAD)
    assert all(VI(Handling.RESTRICTED) in page for page in pages_of(tmp_path / "r.pdf"))
    perform(store, change_record, "agreement", link.to_agreement_id, {"handling": before})
