"""A form is made in small steps with keys answered in between, and is whole when it is shown."""

import time
from pathlib import Path

import pytest

from embassy_desk.desktop.plans import DAILY_KINDS, PLANS
from makers.desks import at_the_desk, run_on_desk

LONGEST_PART_S = 0.05
"""Of the processor: no key waits longer; the whole form of an agreement takes three times as long
on a quick machine."""


def test_no_part_of_a_form_takes_long_to_make(folder: Path) -> None:
    longest: dict[str, float] = {}

    async def story() -> None:
        async with at_the_desk(folder) as person:
            pages = person.desk.page.record.tabs.pages
            for kind in DAILY_KINDS:
                taken = [0.0]
                parts = pages.begun(kind).parts
                while True:
                    before = time.process_time()
                    if next(parts, None) is None:
                        break
                    taken.append(time.process_time() - before)
                assert len(taken) > len(PLANS[kind].form.blocks)
                longest[kind] = sorted(taken)[-2]  # one hiccup of the machine is no slow part
            await person.rests()

    run_on_desk(story)
    assert max(longest.values()) <= LONGEST_PART_S, longest


@pytest.mark.parametrize("kind", ["contact", "agreement"])
def test_a_form_that_was_half_made_is_whole_when_it_is_shown(folder: Path, kind: str) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            pages = person.desk.page.record.tabs.pages
            for _ in range(3):
                next(pages.begun(kind).parts)
            form = pages.show_new_form(kind)
            plan = PLANS[kind].form
            assert set(plan.fields) <= {*form.fields.boxes, "state"}
            assert set(form.rows) == {each.part for each in plan.rows}
            assert next(form.parts, None) is None

    run_on_desk(story)
