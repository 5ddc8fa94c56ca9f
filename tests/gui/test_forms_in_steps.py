"""A form is made in small steps with keys answered in between, and is whole when it is shown."""

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from embassy_desk.desktop.plans import DAILY_KINDS, PLANS
from makers.desks import at_the_desk, run_on_desk

MOST_WIDGETS_OF_A_PART = 30
"""Keys are answered after each; a whole form has 120 to 610."""


def test_no_part_of_a_form_makes_many_widgets_at_once(folder: Path) -> None:
    most, whole = {}, {}

    async def story() -> None:
        async with at_the_desk(folder) as person:
            pages = person.desk.page.record.tabs.pages
            for kind in DAILY_KINDS:
                counts = [len(QApplication.allWidgets())]
                counts += [len(QApplication.allWidgets()) for _ in pages.begun(kind).parts]
                assert len(counts) > len(PLANS[kind].form.blocks)
                most[kind] = max(after - before for before, after in pairwise(counts))
                whole[kind] = counts[-1] - counts[0]
            await person.rests()

    run_on_desk(story)
    assert max(most.values()) <= MOST_WIDGETS_OF_A_PART, most
    assert min(whole.values()) > 2 * MOST_WIDGETS_OF_A_PART, whole


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
