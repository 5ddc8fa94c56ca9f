"""Elevation cases of the demo, one in every state, with the meeting at which each was sounded."""

from datetime import date, timedelta
from typing import Any

from embassy_desk.application.demo.chance import Chance
from embassy_desk.application.demo.fiction import HOST, Fiction
from embassy_desk.application.demo.meetings import add_theirs
from embassy_desk.application.demo.pen import Pen
from embassy_desk.application.demo.plans import ELEVATIONS
from embassy_desk.application.demo.roads import Station, walk
from embassy_desk.domain.agreement import Agreement
from embassy_desk.domain.choices import LegalClass, OwingSide
from embassy_desk.domain.elevation import Elevation, ElevationState, PartnerPosition
from embassy_desk.domain.elevation_machine import ELEVATION_MACHINE, ElevationFile
from embassy_desk.domain.engagement import (
    Engagement,
    EngagementKind,
    EngagementState,
    EngagementSubject,
    OurParticipant,
    Reporting,
)
from embassy_desk.domain.engagement_machine import ENGAGEMENT_MACHINE, EngagementFile
from embassy_desk.domain.parts import StageStep

_S = ElevationState
_MAIN = (
    _S.IDENTIFIED, _S.JUSTIFIED, _S.PARTNER_SOUNDED, _S.LEAD_MINISTRY_AGREES, _S.MANDATE,
    _S.NEGOTIATING, _S.SIGNED, _S.IN_FORCE, _S.SUPERSEDED,
)  # fmt: skip
_PARKED = "Chờ phía bạn hoàn tất thủ tục nội bộ."
_DECLINED = "Phía bạn cho rằng văn bản cấp bộ là đủ trong giai đoạn này."
_READOUT = (
    "Ta thông báo đề xuất nâng văn bản lên cấp quốc gia. Phía bạn ghi nhận, đánh giá cao kết quả "
    "hợp tác và hẹn trả lời sau khi trao đổi với các cơ quan liên quan."
)


def tell_of_elevations(pen: Pen, story: Fiction) -> None:
    """Enter the elevation cases; those far enough carry the new agreement."""
    chance = story.chance("elevations")
    for old, new, state in ELEVATIONS:
        case = _enter(pen, story, chance, story.by_plan[old], story.by_plan.get(new), state)
        story.elevations.append(case)
        pen.rest()


def _enter(
    pen: Pen,
    story: Fiction,
    chance: Chance,
    old: Agreement,
    new: Agreement | None,
    state: ElevationState,
) -> Elevation:
    road = _road(story, chance, state, new)
    sounded = next((each.on for each in road if each.state is _S.PARTNER_SOUNDED), None)
    meeting = _sounding(pen, story, chance, old, sounded) if sounded else None
    is_justified = state is not _S.IDENTIFIED
    case = pen.new(
        Elevation,
        road[0].on,
        title=f"Nâng cấp: {old.heading}",
        from_agreement_id=old.id,
        to_agreement_id=new.id if new else None,
        state=state,
        proposed_class=new.legal_class if new else LegalClass.TREATY_GOVERNMENT,
        lead_ministry_id=old.lead_ministry_id,
        partner_engagement_id=meeting.id if meeting else None,
        owner=old.owner,
        old_ends_on=old.terminated_on,
        **(_justification() if is_justified else {}),
        **_answers(story, chance, state, meeting),
    )
    file = ElevationFile(elevation=case, from_agreement=old, to_agreement=new, engagement=meeting)

    def file_of(present: Elevation, stages: tuple[StageStep, ...]) -> ElevationFile:
        return ElevationFile(
            elevation=present,
            from_agreement=file.from_agreement,
            to_agreement=file.to_agreement,
            engagement=file.engagement,
            stages=stages,
        )

    walk(pen, case, ELEVATION_MACHINE, file_of, road, case.owner or story.staff[0].id)
    return case


def _road(
    story: Fiction, chance: Chance, state: ElevationState, new: Agreement | None
) -> list[Station]:
    """Return the stations, the last ones on the days on which the new agreement reached them."""
    reached = state
    if state in {_S.PARKED, _S.DECLINED}:
        reached = _S.PARTNER_SOUNDED
    day = story.before(chance.randint(4, 40))
    known: dict[ElevationState, date | None] = {
        _S.SIGNED: new.signed_on if new else None,
        _S.IN_FORCE: new.in_force_on if new else None,
    }
    stations = []
    for each in reversed(_MAIN[: _MAIN.index(reached) + 1]):
        day = min(day, known.get(each) or day)
        if each is _S.SUPERSEDED and new is not None and new.in_force_on:
            day = new.in_force_on
        stations.append(Station(each, day))
        day -= timedelta(days=chance.randint(15, 70) if each not in known else 0)
    stations.reverse()
    if state in {_S.PARKED, _S.DECLINED}:
        reason = _PARKED if state is _S.PARKED else _DECLINED
        stations.append(Station(state, story.before(2), reason))
    return stations


def _justification() -> dict[str, Any]:
    return {
        "benefits": "Có cơ sở pháp lý cấp quốc gia, được bố trí ngân sách và cơ chế báo cáo chung.",
        "gap": "Văn bản hiện tại không điều chỉnh việc chia sẻ dữ liệu và quyền sở hữu trí tuệ.",
        "cost_of_nothing": "Các dự án phải xin phép từng lần, doanh nghiệp hai nước chờ lâu.",
    }


def _answers(
    story: Fiction, chance: Chance, state: ElevationState, meeting: Engagement | None
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if meeting is not None:
        values["partner_position"] = chance.choice((PartnerPosition.KEEN, PartnerPosition.OPEN))
    if state in _MAIN[3:]:
        values["lead_ministry_reference"] = f"Công văn {chance.randint(100, 999)}/BKHCN-HTQT"
    if state in _MAIN[4:]:
        values["mandate_reference"] = f"Tờ trình {chance.randint(10, 99)}/TTr/{story.on.year}"
    if state is _S.PARKED:
        values["parked_reason"] = _PARKED
    if state is _S.DECLINED:
        values |= {
            "partner_position": PartnerPosition.NO,
            "declined_by": OwingSide.THEIRS,
            "decline_reason": _DECLINED,
        }
    if state in {_S.IDENTIFIED, _S.JUSTIFIED, _S.PARTNER_SOUNDED, _S.LEAD_MINISTRY_AGREES}:
        values["next_step"] = "Trao đổi với bộ chủ trì và chuẩn bị đề cương"
    if state in {_S.MANDATE, _S.NEGOTIATING}:
        values["blocker"] = "Điều khoản về lưu trữ dữ liệu chưa thống nhất"
    return values


def _sounding(pen: Pen, story: Fiction, chance: Chance, old: Agreement, on: date) -> Engagement:
    """Enter the meeting at which the partner was asked; the lead officer took part."""
    meeting = pen.new(
        Engagement,
        on,
        subject=f"Trao đổi về việc nâng cấp {old.heading}",
        kind=EngagementKind.CALL_ON,
        state=EngagementState.RECORDED,
        level="director_general",
        held_on=on,
        place=old.partner_lead_then,
        country=HOST,
        pillar="digital",
        readout=_READOUT,
        reporting=Reporting.SENT,
        report_reference=f"Điện số {chance.randint(100, 999)}",
        owner=old.owner,
    )
    officer = next((each for each in story.staff if each.id == old.owner), story.staff[0])
    pen.part(
        OurParticipant,
        meeting,
        staff_id=officer.id,
        name_then=officer.heading,
        section_then=officer.section,
    )
    body = next((each for each in story.bodies if each.id == old.partner_lead_id), None)
    add_theirs(pen, story, chance, meeting, body)
    pen.part(EngagementSubject, meeting, record_kind="agreement", record_id=old.id)

    def file_of(present: Engagement, stages: tuple[StageStep, ...]) -> EngagementFile:
        return EngagementFile(engagement=present, stages=stages)

    road = [Station(EngagementState.PLANNED, on), Station(EngagementState.RECORDED, on)]
    walk(pen, meeting, ENGAGEMENT_MACHINE, file_of, road, officer.id)
    story.engagements.append(meeting)
    return meeting
