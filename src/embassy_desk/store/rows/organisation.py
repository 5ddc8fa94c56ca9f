"""How organisations lie in the store."""

from embassy_desk.domain.organisation import Organisation, OrganisationAlias
from embassy_desk.store.rows.base import StoreRow, stored


@stored(Organisation, "parent_id", "changed_at")
class OrganisationRow(StoreRow, Organisation, table=True):
    """A body people work for and agreements are made with."""

    __tablename__ = "organisation"


@stored(OrganisationAlias, "organisation_id")
class OrganisationAliasRow(StoreRow, OrganisationAlias, table=True):
    """Another name of an organisation."""

    __tablename__ = "organisation_alias"
