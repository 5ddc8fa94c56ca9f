"""What shape a field has follows from its class."""

import pytest

from embassy_desk.desktop.kit.shapes import Look, shape_of
from embassy_desk.domain.agreement import Agreement
from embassy_desk.domain.contact import Consent, Contact, ContactEmail
from embassy_desk.domain.engagement import Engagement
from embassy_desk.domain.entity import Entity
from embassy_desk.domain.obligation import Obligation
from embassy_desk.domain.organisation import Organisation


@pytest.mark.parametrize(
    ("entity", "field", "look"),
    [
        (Contact, "family_name", Look.LINE),
        (Contact, "notes", Look.PROSE),
        (Contact, "precedence", Look.NUMBER),
        (Contact, "nationality", Look.CODE),
        (Contact, "do_not_contact", Look.FLAG),
        (Contact, "display_order", Look.CHOICE),
        (Contact, "owner", Look.LINK),
        (Organisation, "sectors", Look.CODES),
        (Organisation, "founded_on", Look.PARTIAL_DAY),
        (Engagement, "held_on", Look.DAY),
        (Engagement, "starts_at", Look.TIME),
        (Obligation, "recurrence", Look.RECURRENCE),
    ],
)
def test_look_follows_from_the_type(entity: type[Entity], field: str, look: Look) -> None:
    assert shape_of(entity, field).look is look


def test_length_of_a_text_is_that_of_the_class() -> None:
    assert shape_of(Contact, "family_name").longest == 300
    assert shape_of(Contact, "form_of_address").longest == 500


def test_needed_and_empty_follow_from_the_class() -> None:
    assert shape_of(Consent, "given_on").is_needed
    assert not shape_of(Consent, "expires_on").is_needed
    assert shape_of(Consent, "expires_on").may_be_empty
    assert not shape_of(ContactEmail, "validity").may_be_empty
    assert shape_of(Agreement, "notice_served_by").may_be_empty


def test_link_knows_where_the_name_is_kept() -> None:
    link = shape_of(Agreement, "lead_ministry_id").link
    assert link is not None
    assert (link.kind, link.name_in) == ("organisation", "lead_ministry_then")


def test_unknown_field_has_no_shape() -> None:
    with pytest.raises(KeyError):
        shape_of(Contact, "favourite_colour")
