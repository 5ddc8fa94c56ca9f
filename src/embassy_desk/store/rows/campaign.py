"""How campaigns lie in the store."""

from embassy_desk.domain.campaign import Campaign, CampaignStep, CampaignTarget
from embassy_desk.store.rows.base import StoreRow, stored


@stored(Campaign)
class CampaignRow(StoreRow, Campaign, table=True):
    """An effort to win many people or bodies for one thing."""

    __tablename__ = "campaign"


@stored(CampaignStep, "campaign_id")
class CampaignStepRow(StoreRow, CampaignStep, table=True):
    """One planned touch: by which means, saying what, so many days after the one before."""

    __tablename__ = "campaign_step"


@stored(CampaignTarget, "campaign_id", "contact_id")
class CampaignTargetRow(StoreRow, CampaignTarget, table=True):
    """A person or body the campaign wants to reach."""

    __tablename__ = "campaign_target"
