"""How contacts lie in the store."""

from embassy_desk.domain.contact import (
    CardProperty,
    Consent,
    Contact,
    ContactAddress,
    ContactEmail,
    ContactPhone,
    Position,
)
from embassy_desk.store.rows.base import StoreRow, stored


@stored(
    Contact,
    "changed_at",
    "cadence_days,id,owner,created_at,do_not_contact,archived_at,trashed_at",
)
class ContactRow(StoreRow, Contact, table=True):
    """A person the mission knows."""

    __tablename__ = "contact"


@stored(ContactEmail, "contact_id")
class ContactEmailRow(StoreRow, ContactEmail, table=True):
    """An e-mail address of a contact; keeps its Unicode letters."""

    __tablename__ = "contact_email"


@stored(ContactPhone, "contact_id")
class ContactPhoneRow(StoreRow, ContactPhone, table=True):
    """A telephone number of a contact."""

    __tablename__ = "contact_phone"


@stored(Position, "contact_id", "organisation_id")
class PositionRow(StoreRow, Position, table=True):
    """What a contact is, or was, at an organisation; several may run at once."""

    __tablename__ = "position"


@stored(Consent, "contact_id")
class ConsentRow(StoreRow, Consent, table=True):
    """What a contact agreed to, when, and how it is known."""

    __tablename__ = "consent"


@stored(ContactAddress, "contact_id")
class ContactAddressRow(StoreRow, ContactAddress, table=True):
    """A postal address of a contact."""

    __tablename__ = "contact_address"


@stored(CardProperty, "contact_id")
class CardPropertyRow(StoreRow, CardProperty, table=True):
    """A property of a card for which the desk has no field."""

    __tablename__ = "card_property"
