"""What chips say."""

from typing import Any
from uuid import UUID

import pytest

from embassy_desk.application.wishes import ME, Chip, ChipTest
from embassy_desk.desktop.kit.reading import Reader
from embassy_desk.desktop.lists.chip_words import chip_text
from embassy_desk.desktop.lists.fields import arranged, columns_of, is_sortable, offered_fields
from embassy_desk.desktop.plans import PLANS
from embassy_desk.domain.catalogue import KINDS
from embassy_desk.texts import Words

BODY = UUID(int=7)
READER = Reader(Words("en"), names={BODY: "Bộ Y tế"})


@pytest.mark.parametrize(
    ("kind", "chip", "text"),
    [
        ("task", Chip("state", ChipTest.ANY_OF, ("open", "waiting")), "State: Open, Waiting"),
        ("task", Chip("state", ChipTest.NONE_OF, ("done",)), "State is not Done"),
        ("task", Chip("owner", ChipTest.ANY_OF, (ME,)), "Responsible: me"),
        ("task", Chip("title", ChipTest.WORDS, "a {b}"), "Title contains “a {b}”"),
        ("task", Chip("due_on", ChipTest.PAST), "Due on: before today"),
        ("task", Chip("due_on", ChipTest.NEXT_DAYS, 1), "Due on: today or tomorrow"),
        ("task", Chip("due_on", ChipTest.NEXT_DAYS, 30), "Due on: within 30 days"),
        ("task", Chip("due_on", ChipTest.LAST_DAYS, 7), "Due on: in the last 7 days"),
        (
            "task",
            Chip("due_on", ChipTest.BETWEEN, ("2026-03-07", "2026-04-01")),
            "Due on: 07/03/2026 to 01/04/2026",
        ),
        ("task", Chip("due_on", ChipTest.BETWEEN, ("2026-03-07", None)), "Due on from 07/03/2026"),
        ("task", Chip("due_on", ChipTest.BETWEEN, (None, "2026-03-07")), "Due on up to 07/03/2026"),
        ("task", Chip("due_on", ChipTest.EMPTY), "Due on: empty"),
        ("task", Chip("due_on", ChipTest.FILLED), "Due on: filled in"),
        ("task", Chip("overdue", ChipTest.HOLDS), "Overdue"),
        ("task", Chip("gone", ChipTest.HOLDS), "Condition that this version does not know"),
        ("task", Chip("gone", ChipTest.EMPTY), "Condition that this version does not know"),
        ("task", Chip("tag.label", ChipTest.WORDS, "x"), "Tags contains “x”"),
        (
            "agreement",
            Chip("lead_ministry_id", ChipTest.ANY_OF, (BODY.hex,)),
            "Our lead ministry: Bộ Y tế",
        ),
        (
            "contact",
            Chip("do_not_contact", ChipTest.ANY_OF, (True,)),
            "Do not contact: Yes",
        ),
        (
            "contact",
            Chip("cadence_days", ChipTest.BETWEEN, (7, None)),
            "In touch at least every (days) from 7",
        ),
    ],
)
def test_a_chip_says_what_it_keeps_to(kind: str, chip: Chip, text: str) -> None:
    assert READER.words(chip_text(kind, chip, READER)) == text


def test_many_values_are_cut_short() -> None:
    states = ("open", "in_progress", "waiting", "done", "deferred")
    text = READER.words(chip_text("task", Chip("state", ChipTest.ANY_OF, states), READER))
    assert text == "State: Open, In progress, Waiting, …"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_offered_field_has_a_word_of_its_own(kind: Any) -> None:
    labels = [READER.words(each.label) for each in offered_fields(kind.name) if each.tests]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_columns_that_are_asked_for_stand_in_that_order(kind: Any) -> None:
    names = tuple(columns_of(kind.name))[::-1]
    assert tuple(each.field for each in arranged(kind.name, names).columns) == names
    assert arranged(kind.name, ()) == PLANS[kind.name].table


def test_unknown_columns_are_left_out_and_the_name_always_shows() -> None:
    plan = arranged("contact", ("ref", "no_such_column"))
    assert [each.field for each in plan.columns] == ["heading", "ref"]


def test_links_and_notes_have_no_order() -> None:
    assert not is_sortable("contact", "owner")
    assert not is_sortable("contact", "subtitle")
    assert is_sortable("contact", "changed_at")
