"""Two real laptops that sign reports before they have heard of each other."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from embassy_desk.application.reports import Wish, report
from embassy_desk.application.signing import (
    Signature,
    SignedPaper,
    give_number,
    sign_off,
    signed_paper,
)
from embassy_desk.domain.errors import RefusedError
from embassy_desk.domain.signed_report import SignedReport
from embassy_desk.texts import Words
from makers import identity
from model.desks import Desk
from model.hub import Hub

WISH = Wish(on=date(2026, 11, 22))


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    hub = Hub()
    both = tuple(Desk(tmp_path / name, hub, identity(name)) for name in ("anna", "binh"))
    for desk, tag in zip(both, ("AAAA", "BBBB"), strict=True):
        with desk.store.work(desk.local) as work:
            work.raw.execute("UPDATE sync_node SET device_tag = ?", (tag,))
            work.commit()
    yield both[0], both[1]
    for each in both:
        each.store.close()


def signed(desk: Desk) -> SignedReport:
    with desk.store.work(desk.local) as work:
        made = report(work, "deadlines", WISH)
        record = sign_off(work, "deadlines", WISH, made, Words("en"), Signature())
        work.commit()
    return record


def paper(desk: Desk, record: SignedReport) -> SignedPaper:
    with desk.store.work(desk.local) as work:
        return signed_paper(work, record.id)


def numbered(desk: Desk, record: SignedReport) -> int:
    with desk.store.work(desk.local) as work:
        entry = give_number(work, record.id)
        work.commit()
    return entry.number


def met(anna: Desk, binh: Desk) -> None:
    for each in (anna, binh, anna):
        each.sync()


def test_a_signed_report_and_its_number_reach_the_colleague(desks: tuple[Desk, Desk]) -> None:
    anna, binh = desks
    first = signed(anna)
    met(anna, binh)
    assert paper(binh, first) == paper(anna, first)
    second = signed(binh)
    assert paper(binh, second).number == 0  # the register is kept at the other desk
    with pytest.raises(RefusedError, match="desk AAAA"):
        numbered(binh, second)
    met(anna, binh)
    assert numbered(anna, second) == 2
    met(anna, binh)
    assert [paper(binh, each).number for each in (first, second)] == [1, 2]


def test_of_two_registers_begun_apart_one_goes_on_and_no_number_stands_twice(
    desks: tuple[Desk, Desk],
) -> None:
    anna, binh = desks
    reports = [signed(anna), signed(binh), signed(binh)]
    assert [paper(binh, each).number for each in reports[1:]] == [1, 2]
    met(anna, binh)
    held = [paper(anna, each).number for each in reports]
    assert held == [paper(binh, each).number for each in reports]
    (lacking,) = [each for each, number in zip(reports, held, strict=True) if not number]
    keeper, other = (anna, binh) if held[0] else (binh, anna)
    with pytest.raises(RefusedError, match="register is kept"):
        numbered(other, lacking)
    assert numbered(keeper, lacking) == 3
    met(anna, binh)
    for desk in desks:
        assert sorted(paper(desk, each).number for each in reports) == [1, 2, 3]
