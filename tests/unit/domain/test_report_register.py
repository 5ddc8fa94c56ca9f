"""The register of numbers: no gap, none twice, whoever gave them before hearing of the other."""

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.domain.report_register import desk_of_register, next_number, valid_numbers
from embassy_desk.domain.signed_report import ReportNumber
from makers import make_report_number

TODAY = date(2026, 11, 22)


def entry(no: int, report: int, number: int, **values: object) -> ReportNumber:
    return make_report_number(
        id=UUID(int=no), signed_report_id=UUID(int=1000 + report), number=number, **values
    )


def test_the_entry_made_first_keeps_its_number() -> None:
    entries = [entry(2, 2, 1, desk="B"), entry(1, 1, 1, desk="A"), entry(3, 2, 2, desk="A")]
    holding = valid_numbers(entries)
    assert {key.int - 1000: each.number for key, each in holding.items()} == {1: 1, 2: 2}
    assert valid_numbers(entries[:2]).keys() == {UUID(int=1001)}


def test_each_symbol_and_year_is_counted_by_itself() -> None:
    entries = [entry(1, 1, 4), entry(2, 2, 9, year=2025), entry(3, 3, 7, symbol="TTr-ĐSQ")]
    assert next_number(entries, "BC-ĐSQ", 2026) == 5
    assert next_number(entries, "BC-ĐSQ", 2025) == 10
    assert next_number(entries, "BC-ĐSQ", 2027) == 1


def test_the_desk_that_was_chosen_keeps_the_register_else_the_one_that_began() -> None:
    entries = [entry(1, 1, 1, desk="OLD", year=2025), entry(2, 2, 1, desk="A"),
               entry(3, 3, 2, desk="B")]  # fmt: skip
    assert desk_of_register(entries, "C", TODAY) == "C"
    assert desk_of_register(entries, "", TODAY) == "A"
    assert desk_of_register(entries[:1], "", TODAY) == "OLD"
    assert desk_of_register([], "", TODAY) == ""


@given(st.lists(st.sampled_from("AB"), max_size=12), st.integers(0, 12))
def test_two_desks_apart_end_with_each_number_once_and_no_gap(desks: str, met_at: int) -> None:
    """Each desk gives numbers by what it has seen; then both meet, and what clashed is given anew.

    Before they meet each sees its own entries; afterwards all of them.
    """
    entries: list[ReportNumber] = []
    for no, desk in enumerate(desks):
        seen = [each for each in entries if no >= met_at or each.desk == desk]
        number = next_number(seen, "BC-ĐSQ", 2026)
        entries.append(entry(no + 1, no, number, desk=desk))
    reports = {each.signed_report_id for each in entries}
    while lacking := sorted(reports - valid_numbers(entries).keys()):
        number = next_number(entries, "BC-ĐSQ", 2026)
        no = len(entries) + 1
        entries.append(entry(no, lacking[0].int - 1000, number))
    numbers = sorted(each.number for each in valid_numbers(entries).values())
    assert numbers == list(range(1, len(reports) + 1))
