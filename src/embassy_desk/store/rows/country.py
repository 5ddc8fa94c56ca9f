"""How countries lie in the store."""

from embassy_desk.domain.country import Country, CountryGrouping, CountryTier
from embassy_desk.store.rows.base import StoreRow, stored


@stored(Country, "alpha2")
class CountryRow(StoreRow, Country, table=True):
    """A country; reference data from headquarters."""

    __tablename__ = "country"


@stored(CountryTier, "country_id")
class CountryTierRow(StoreRow, CountryTier, table=True):
    """A partnership tier of a country, with its days."""

    __tablename__ = "country_tier"


@stored(CountryGrouping, "country_id")
class CountryGroupingRow(StoreRow, CountryGrouping, table=True):
    """Membership of a country in a grouping such as ASEAN, with its days."""

    __tablename__ = "country_grouping"
