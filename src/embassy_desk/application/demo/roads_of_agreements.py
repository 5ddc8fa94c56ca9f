"""The road each agreement of the demo came: its states and on which days it reached them."""

from datetime import date, timedelta

from embassy_desk.application.demo.chance import Chance
from embassy_desk.application.demo.fiction import Fiction
from embassy_desk.application.demo.plans import Plan
from embassy_desk.application.demo.roads import Station
from embassy_desk.domain.agreement import Agreement, AgreementState

_S = AgreementState
_TO_SIGNATURE = (
    _S.IDEA, _S.SCOPING, _S.MANDATE_SOUGHT, _S.MANDATE_GIVEN, _S.NEGOTIATING, _S.TEXT_AGREED,
    _S.DOMESTIC_CLEARANCE, _S.AUTHORISED_TO_SIGN, _S.SIGNED,
)  # fmt: skip
_PARKED = "Phía bạn đề nghị chờ kế hoạch ngân sách năm tới."
_ABANDONED = "Hai doanh nghiệp chọn hợp tác qua hợp đồng thương mại."
_WENT_BACK = "Phía bạn đề nghị mở lại điều khoản về dữ liệu."
_SUSPENDED = "Hai bên thống nhất tạm dừng để rà soát thủ tục kỹ thuật."


def road_of(story: Fiction, chance: Chance, plan: Plan, agreement: Agreement) -> list[Station]:
    """Return the stations of an agreement from the idea to its state."""
    if agreement.signed_on is not None:
        before = _up_to(chance, _S.SIGNED, agreement.signed_on)
        return [*before, *_after_signature(plan, agreement)]
    reached = story.before(chance.randint(4, 70))
    if plan.state is _S.PARKED:
        return [
            *_up_to(chance, _S.NEGOTIATING, reached),
            Station(_S.PARKED, story.before(3), _PARKED),
        ]
    if plan.state is _S.ABANDONED:
        gone = Station(_S.ABANDONED, story.before(2), _ABANDONED)
        return [*_up_to(chance, _S.SCOPING, reached), gone]
    road = _up_to(chance, plan.state, reached)
    if plan.key == "n2":
        agreed = Station(_S.TEXT_AGREED, reached + timedelta(days=2), "", dict(_DRAFT))
        road += [agreed, Station(_S.NEGOTIATING, story.before(1), _WENT_BACK)]
    return road


# What the record said while its text stood agreed, before talks were opened again.
_DRAFT = {
    "text_reference": "Dự thảo lần 4",
    "entry_mode": "on_signature",
    "initial_term_months": 36,
    "renewal_type": "express",
    "notice_months": 3,
}


def _up_to(chance: Chance, state: AgreementState, on: date) -> list[Station]:
    """Return the main road up to a state that was reached on a day, told backwards in time."""
    stations = []
    for each in reversed(_TO_SIGNATURE[: _TO_SIGNATURE.index(state) + 1]):
        stations.append(Station(each, on))
        on -= timedelta(days=chance.randint(15, 80))
    return stations[::-1]


def _after_signature(plan: Plan, agreement: Agreement) -> list[Station]:
    signed_on, in_force_on = agreement.signed_on, agreement.in_force_on
    if signed_on is None or plan.state is _S.SIGNED:
        return []
    awaiting = Station(_S.AWAITING_ENTRY, signed_on + timedelta(days=5))
    if plan.state is _S.AWAITING_ENTRY:
        return [awaiting]
    if agreement.provisional_from is not None:
        return [Station(_S.PROVISIONALLY_APPLIED, agreement.provisional_from)]
    if in_force_on is None:
        return []
    road = [Station(_S.IN_FORCE, in_force_on)]
    if in_force_on > signed_on:
        road.insert(0, awaiting)
    if plan.key == "f15":
        rested = in_force_on + timedelta(days=200)
        road += [
            Station(_S.SUSPENDED, rested, _SUSPENDED, {"suspended_on": rested}),
            Station(_S.IN_FORCE, rested + timedelta(days=90)),
        ]
    ended_on = agreement.suspended_on or agreement.terminated_on
    if plan.state is not _S.IN_FORCE and ended_on is not None:
        road.append(Station(plan.state, ended_on))
    return road
