"""Makers of contacts, organisations, staff and what belongs to them."""

from datetime import date
from typing import Any

from embassy_desk.domain.contact import (
    CardProperty,
    Consent,
    ConsentPurpose,
    Contact,
    ContactAddress,
    ContactEmail,
    ContactPhone,
    Position,
)
from embassy_desk.domain.contact_list import ContactList, ListMember
from embassy_desk.domain.organisation import Organisation, OrganisationAlias
from embassy_desk.domain.staff import Posting, Staff
from makers.identities import identity, made


def make_contact(**values: Any) -> Contact:
    """Return Đặng Thị Hường."""
    defaults = {
        "ref": "TOK-CON-A7-0001",
        "mission": "TOK",
        "family_name": "Đặng",
        "middle_name": "Thị",
        "given_name": "Hường",
    }
    return made(Contact, defaults, values)


def make_contact_email(**values: Any) -> ContactEmail:
    """Return an address of the contact."""
    defaults = {"contact_id": identity("contact"), "address": "huong@example.test"}
    return made(ContactEmail, defaults, values)


def make_contact_phone(**values: Any) -> ContactPhone:
    """Return a telephone number of the contact."""
    defaults = {
        "contact_id": identity("contact"),
        "typed": "+81 3-1234-5678",
        "e164": "+81312345678",
    }
    return made(ContactPhone, defaults, values)


def make_contact_address(**values: Any) -> ContactAddress:
    """Return the postal address of the contact's office."""
    defaults = {
        "contact_id": identity("contact"),
        "street": "113 Trần Duy Hưng",
        "city": "Hà Nội",
        "country_name": "Việt Nam",
    }
    return made(ContactAddress, defaults, values)


def make_card_property(**values: Any) -> CardProperty:
    """Return the web page that stood on the contact's card."""
    defaults = {
        "contact_id": identity("contact"),
        "name": "URL",
        "value": "https://www.example.test/",
    }
    return made(CardProperty, defaults, values)


def make_position(**values: Any) -> Position:
    """Return the contact's position at the organisation, since March 2021."""
    defaults = {
        "contact_id": identity("contact"),
        "organisation_id": identity("organisation"),
        "organisation_name": "Bộ Khoa học và Công nghệ",
        "title_vi": "Vụ trưởng",
        "from_on": "2021-03",
    }
    return made(Position, defaults, values)


def make_consent(**values: Any) -> Consent:
    """Return the contact's consent to outreach."""
    defaults = {
        "contact_id": identity("contact"),
        "purpose": ConsentPurpose.OUTREACH,
        "given_on": date(2025, 1, 15),
    }
    return made(Consent, defaults, values)


def make_organisation(**values: Any) -> Organisation:
    """Return the Ministry of Science and Technology."""
    defaults = {
        "ref": "TOK-ORG-A7-0001",
        "mission": "TOK",
        "kind": "ministry",
        "name_vi": "Bộ Khoa học và Công nghệ",
        "name_en": "Ministry of Science and Technology",
        "short_name": "MOST",
        "country": "VN",
    }
    return made(Organisation, defaults, values)


def make_organisation_alias(**values: Any) -> OrganisationAlias:
    """Return another name of the organisation."""
    defaults = {"organisation_id": identity("organisation"), "alias": "Bộ KH&CN"}
    return made(OrganisationAlias, defaults, values)


def make_staff(**values: Any) -> Staff:
    """Return Nguyễn Văn Hùng, First Secretary."""
    defaults = {
        "ref": "TOK-STF-A7-0001",
        "mission": "TOK",
        "family_name": "Nguyễn",
        "middle_name": "Văn",
        "given_name": "Hùng",
        "rank": "first_secretary",
        "section": "Khoa học công nghệ",
    }
    return made(Staff, defaults, values)


def make_posting(**values: Any) -> Posting:
    """Return the staff member's posting to Tokyo."""
    defaults = {
        "staff_id": identity("staff"),
        "mission_code": "TOK",
        "from_on": date(2024, 9, 1),
    }
    return made(Posting, defaults, values)


def make_contact_list(**values: Any) -> ContactList:
    """Return the list of guests on the National Day."""
    defaults = {"ref": "TOK-LST-A7-0001", "mission": "TOK", "title": "Khách mời Quốc khánh"}
    return made(ContactList, defaults, values)


def make_list_member(**values: Any) -> ListMember:
    """Return the contact as a member of the list."""
    defaults = {
        "contact_list_id": identity("contact_list"),
        "contact_id": identity("contact"),
    }
    return made(ListMember, defaults, values)
