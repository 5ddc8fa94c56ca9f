"""Values as lists, rows and histories read them aloud."""

from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from embassy_desk.application.controlled_lists import Choice, ControlledLists
from embassy_desk.desktop.kit.reading import Reader
from embassy_desk.desktop.kit.shapes import shape_of
from embassy_desk.domain.agreement import Agreement, AgreementState
from embassy_desk.domain.contact import Contact, ContactPhone, Position
from embassy_desk.domain.engagement import Engagement
from embassy_desk.domain.entity import Entity
from embassy_desk.domain.organisation import Organisation
from embassy_desk.domain.task import Task
from embassy_desk.texts import Words
from makers import identity

LISTS = ControlledLists(
    MappingProxyType(
        {
            "honorific": (Choice("mr", "Ông", "Mr"), Choice("old", "Cụ", "", is_offered=False)),
            "sector": (Choice("ict", "Công nghệ số", "ICT"), Choice("agri", "Nông nghiệp", "")),
        }
    )
)
READER = Reader(Words("en"), LISTS, ZoneInfo("Asia/Tokyo"), {identity("organisation"): "Bộ KH&CN"})


@pytest.mark.parametrize(
    ("entity", "field", "value", "text"),
    [
        (Contact, "honorific", "mr", "Mr"),
        (Contact, "honorific", "old", "Cụ"),
        (Contact, "honorific", "unheard-of", "unheard-of"),
        (Contact, "do_not_contact", True, "Yes"),
        (Contact, "cadence_days", 90, "90"),
        (Contact, "cadence_days", None, ""),
        (Organisation, "sectors", "ict agri", "ICT, Nông nghiệp"),
        (Organisation, "founded_on", "1945-09", "09/1945"),
        (Agreement, "state", AgreementState.IN_FORCE, "In force"),
        (Agreement, "signed_on", date(2026, 3, 7), "07/03/2026"),
        (Agreement, "lead_ministry_id", identity("organisation"), "Bộ KH&CN"),
        (Engagement, "starts_at", datetime(2026, 3, 7, 5, 0, tzinfo=UTC), "07/03/2026 14:00"),
        (Task, "recurrence", "FREQ=MONTHLY;INTERVAL=3", "Every three months"),
        (Task, "recurrence", "FREQ=MONTHLY;BYMONTHDAY=5", "FREQ=MONTHLY;BYMONTHDAY=5"),
        (Position, "title_vi", "Vụ trưởng", "Vụ trưởng"),
        (ContactPhone, "is_primary", False, "No"),
    ],
)
def test_value_is_read_aloud(entity: type[Entity], field: str, value: Any, text: str) -> None:
    assert READER.value(shape_of(entity, field), value) == text


@pytest.mark.parametrize(
    ("entity", "field", "logged", "text"),
    [
        (Agreement, "state", "in_force", "In force"),
        (Agreement, "state", "of a later version", "of a later version"),
        (Agreement, "signed_on", "2026-03-07", "07/03/2026"),
        (Agreement, "signed_on", "not a day", "not a day"),
        (Agreement, "lead_ministry_id", identity("organisation").hex, "Bộ KH&CN"),
        (Contact, "do_not_contact", 1, "Yes"),
        (Contact, "alias", None, ""),
    ],
)
def test_logged_value_is_read_like_one_of_the_field(
    entity: type[Entity], field: str, logged: Any, text: str
) -> None:
    assert READER.logged(shape_of(entity, field), logged) == text


def test_record_without_a_name_is_shown_by_its_identity() -> None:
    other = identity("somebody else")
    assert READER.value(shape_of(Agreement, "lead_ministry_id"), other) == str(other)


def test_choice_has_a_label_in_either_language() -> None:
    assert Choice("mr", "Ông", "Mr").label("vi") == "Ông"
    assert Choice("mr", "", "Mr").label("vi") == "Mr"
    assert Choice("mr", "", "").label("en") == "mr"
