"""The rules of all machines, shown on a small one: a book that is written, printed and sold."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from embassy_desk.domain.errors import RefusedError
from embassy_desk.domain.machine import Machine, Transition, lacking, registration
from embassy_desk.domain.parts import StageStep
from embassy_desk.texts import N_, LabelledEnum, Text
from makers import identity, make_stage_step

ON = date(2026, 3, 1)
AT = datetime(2026, 3, 1, 8, tzinfo=UTC)


BOOK = identity("book")


class BookState(LabelledEnum):
    IDEA = "idea", N_("Idea")
    WRITTEN = "written", N_("Written")
    PRINTED = "printed", N_("Printed")
    SOLD_OUT = "sold_out", N_("Sold out")
    SHELVED = "shelved", N_("Shelved")


S = BookState


@dataclass(frozen=True)
class Book:
    state: BookState = S.IDEA
    pages: int = 0
    stages: tuple[StageStep, ...] = ()
    record_id: UUID = BOOK
    heading: str = "Truyện Kiều"


def _needs_pages(book: Book) -> tuple[Text, ...]:
    return lacking((book.pages, N_("The pages are missing.")))


MACHINE: Machine[Book] = Machine(
    kind="book",
    states=tuple(BookState),
    aside=frozenset({S.SHELVED}),
    by_name_only=frozenset({S.SOLD_OUT}),
    may_jump=True,
    transitions=(
        Transition(
            name="write",
            label=N_("Write"),
            sources=(S.IDEA,),
            target=S.WRITTEN,
            guard=_needs_pages,
        ),
        Transition(name="print", label=N_("Print"), sources=(S.WRITTEN,), target=S.PRINTED),
        Transition(name="sell", label=N_("Sell"), sources=(S.PRINTED,), target=S.SOLD_OUT),
        Transition(
            name="shelve",
            label=N_("Shelve"),
            sources=(S.IDEA, S.WRITTEN),
            target=S.SHELVED,
            needs_reason=True,
        ),
    ),
)
STEPWISE = replace(MACHINE, may_jump=False)


def _refusal(
    book: Book, target: BookState, reason: str = "", machine: Machine[Book] | None = None
) -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        (machine or MACHINE).check(book, target, reason)
    return caught.value


def _shelved_from(state: BookState) -> Book:
    step = make_stage_step(from_state=str(state), to_state="shelved")
    return Book(S.SHELVED, stages=(step,))


def test_a_named_step_that_lacks_nothing_is_written_down_once() -> None:
    book = Book(pages=3254)
    step = MACHINE.move(book, S.WRITTEN, on=ON, by=identity("staff"), at=AT)
    assert StageStep.made(id=identity("step"), **step) == StageStep.made(
        id=identity("step"),
        record_kind="book",
        record_id=book.record_id,
        from_state="idea",
        to_state="written",
        on=ON,
        at=AT,
        by=identity("staff"),
    )


def test_a_step_that_lacks_something_is_refused_with_every_sentence() -> None:
    refusal = _refusal(Book(), S.WRITTEN)
    assert str(refusal) == "“Truyện Kiều” cannot become “Written” yet."
    assert [str(each) for each in refusal.missing] == ["The pages are missing."]
    assert MACHINE.missing(Book(), S.WRITTEN) == refusal.missing


def test_a_jump_needs_a_reason() -> None:
    refusal = _refusal(Book(), S.PRINTED)
    assert [str(each) for each in refusal.missing] == ["The reason for this step is missing."]
    assert MACHINE.needs_reason(Book(), S.PRINTED)
    assert MACHINE.move(Book(), S.PRINTED, on=ON, by=None, at=AT, reason="Gift")["reason"] == "Gift"


def test_a_reason_of_spaces_is_no_reason() -> None:
    assert _refusal(Book(), S.PRINTED, reason="  ").missing


def test_going_back_needs_a_reason_and_meets_the_guard() -> None:
    refusal = _refusal(Book(S.PRINTED), S.WRITTEN)
    assert [str(each) for each in refusal.missing] == [
        "The pages are missing.",
        "The reason for this step is missing.",
    ]
    MACHINE.check(Book(S.PRINTED, pages=1), S.WRITTEN, "Misprint")


def test_going_back_is_open_to_machines_without_jumps() -> None:
    STEPWISE.check(Book(S.PRINTED), S.IDEA, "Burnt")
    assert "no step from “Idea” to “Printed”" in str(_refusal(Book(), S.PRINTED, "x", STEPWISE))


def test_a_state_entered_by_name_only_cannot_be_jumped_to() -> None:
    assert "There is no step" in str(_refusal(Book(S.WRITTEN), S.SOLD_OUT, "hurry"))


def test_a_state_aside_cannot_be_entered_from_everywhere() -> None:
    assert "There is no step" in str(_refusal(Book(S.PRINTED), S.SHELVED, "tired"))


def test_what_is_already_so_is_refused() -> None:
    assert str(_refusal(Book(), S.IDEA)) == "“Truyện Kiều” already is “Idea”."


def test_a_state_of_a_newer_version_is_left_alone() -> None:
    book = Book("digitised")  # type: ignore[arg-type]  # as the store keeps it
    assert "newer version" in str(_refusal(book, S.PRINTED, "x"))


def test_from_aside_the_way_leads_back_without_guard_or_reason() -> None:
    book = _shelved_from(S.WRITTEN)
    assert MACHINE.state_before(book) is S.WRITTEN
    back = MACHINE.steps(book)[0]
    assert (back.name, back.target) == ("take_up_again", S.WRITTEN)
    assert MACHINE.missing(book, S.WRITTEN) == ()
    MACHINE.check(book, S.WRITTEN)


def test_from_aside_no_other_way_leads_on() -> None:
    refusal = _refusal(_shelved_from(S.WRITTEN), S.PRINTED, "hurry")
    assert "it first goes back to “Written”" in str(refusal)


def test_from_aside_without_a_past_any_state_is_a_jump() -> None:
    book = Book(S.SHELVED)
    assert MACHINE.steps(book) == ()
    assert _refusal(book, S.PRINTED).missing
    assert _refusal(book, S.WRITTEN, "found").missing
    MACHINE.check(book, S.PRINTED, "found in the attic")


def test_the_last_time_aside_counts() -> None:
    steps = (
        make_stage_step(from_state="idea", to_state="shelved"),
        make_stage_step(from_state="shelved", to_state="idea"),
        make_stage_step(from_state="idea", to_state="written"),
        make_stage_step(from_state="written", to_state="shelved"),
    )
    assert MACHINE.state_before(Book(S.SHELVED, stages=steps)) is S.WRITTEN


def test_a_log_that_contradicts_the_state_tells_no_way_back() -> None:
    steps = (
        make_stage_step(from_state="idea", to_state="shelved"),
        make_stage_step(from_state="shelved", to_state="idea"),
    )
    assert MACHINE.state_before(Book(S.SHELVED, stages=steps)) is None


def test_steps_of_a_file_on_the_main_road_are_the_named_ones() -> None:
    assert [each.name for each in MACHINE.steps(Book(S.WRITTEN))] == ["print", "shelve"]
    assert MACHINE.steps_from(S.SOLD_OUT) == ()


def test_a_record_entered_in_some_state_is_logged_as_registered() -> None:
    values = registration("book", identity("book"), S.PRINTED, on=ON, by=None, at=AT)
    step = StageStep.made(id=identity("step"), **values)
    assert (step.from_state, step.to_state, step.is_registered) == ("", "printed", True)
