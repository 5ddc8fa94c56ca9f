"""What headquarters decides, heard when the store opens."""

from embassy_desk.application.office import Office
from embassy_desk.application.policy import keep_policy, policy_in_force
from embassy_desk.domain.errors import StoreError
from embassy_desk.settings.policy import Policy


async def heard_policy(office: Office) -> Policy:
    """Return what headquarters decides, and keep the newest of it; trouble is part of it."""
    try:
        heard = await office.ask(policy_in_force)
    except StoreError as error:
        return Policy(problems=(error.text,))
    if heard.newer is not None:
        await office.do(keep_policy, heard.newer)
    return heard.policy
