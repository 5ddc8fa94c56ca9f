"""How contact lists lie in the store."""

from embassy_desk.domain.contact_list import ContactList, ListMember
from embassy_desk.store.rows.base import StoreRow, stored


@stored(ContactList)
class ContactListRow(StoreRow, ContactList, table=True):
    """A named set of contacts."""

    __tablename__ = "contact_list"


@stored(ListMember, "contact_list_id", "contact_id")
class ListMemberRow(StoreRow, ListMember, table=True):
    """A contact on a list."""

    __tablename__ = "list_member"
