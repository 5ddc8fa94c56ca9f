"""The policy of headquarters at this desk: comes with the exchange, is proved, and never goes back.

It travels like reference data, as a row that no table has a place for, and is believed only with
the signature of the order key that came with enrolment. The highest number ever seen is kept; an
older policy counts as none, and what was in force goes on.
"""

from dataclasses import dataclass

from pydantic import ValidationError

from embassy_desk.application.enrolling import order_key
from embassy_desk.domain.errors import StoreError
from embassy_desk.sealing.keys import is_signed
from embassy_desk.settings.person import SetBy
from embassy_desk.settings.policy import Policy, understood
from embassy_desk.store.confirmed import told_policies
from embassy_desk.store.headquarters_link import headquarters_link
from embassy_desk.store.local_values import keep_local, local_value
from embassy_desk.store.work import UnitOfWork
from embassy_desk.sync.orders import SignedPolicy
from embassy_desk.texts import N_

_TOPIC, _NAME = "policy", "in_force"
_UNPROVED = N_("The policy of headquarters does not prove genuine; what held before goes on.")


@dataclass(frozen=True)
class Heard:
    """What headquarters decides at this desk.

    Attributes:
        policy: What was understood of it, and what was not.
        newer: To be kept with `keep_policy`, if it is newer than what was kept.
    """

    policy: Policy
    newer: SignedPolicy | None = None


def policy_in_force(work: UnitOfWork) -> Heard:
    """Return the newest policy of headquarters that proves genuine.

    Raises:
        StoreError: What was kept does not prove genuine any more.
    """
    kept = _kept(work)
    told = [_proved(work, each) for each in told_policies(work.raw)]
    problems = (_UNPROVED,) if None in told else ()
    genuine = [each for each in (kept, *told) if each is not None]
    if not genuine:
        return Heard(Policy((), problems))
    newest = max(genuine, key=lambda each: each.serial)
    decided = understood(newest.values, SetBy.POLICY)
    policy = Policy(decided.rulings, (*decided.problems, *problems))
    is_newer = kept is None or newest.serial > kept.serial
    return Heard(policy, newest if is_newer else None)


def keep_policy(work: UnitOfWork, newer: SignedPolicy) -> None:
    """Keep a policy, so that no older one ever takes its place.

    Args:
        work: A writing unit of work.
        newer: What `policy_in_force` found.
    """
    keep_local(work, _TOPIC, _NAME, newer.model_dump_json())


def _kept(work: UnitOfWork) -> SignedPolicy | None:
    """Return the policy in force until now, proved once more.

    Raises:
        StoreError: What is kept does not prove genuine any more.
    """
    kept = local_value(work, _TOPIC, _NAME)
    if kept is None:
        return None
    proved = _proved(work, kept.value)
    if proved is None:
        raise StoreError(N_("The policy kept at this desk was altered."))
    return proved


def _proved(work: UnitOfWork, text: str) -> SignedPolicy | None:
    """Return a policy that headquarters signed; nothing for anything else."""
    key, link = order_key(work), headquarters_link(work.raw)
    try:
        policy = SignedPolicy.model_validate_json(text)
    except ValidationError:
        return None
    if key is None or link is None or policy.hub_id != link.hub_id:
        return None
    signature = bytes.fromhex(policy.signature)
    return policy if is_signed(key, policy.signed_part, signature) else None
