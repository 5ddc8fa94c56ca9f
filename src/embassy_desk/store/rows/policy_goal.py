"""How policy goals lie in the store."""

from embassy_desk.domain.policy_goal import PolicyGoal
from embassy_desk.store.rows.base import StoreRow, stored


@stored(PolicyGoal)
class PolicyGoalRow(StoreRow, PolicyGoal, table=True):
    """A goal from a policy document; disabled, but never removed."""

    __tablename__ = "policy_goal"
