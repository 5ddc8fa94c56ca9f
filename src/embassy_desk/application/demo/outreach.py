"""Campaigns with their targets, and lists of contacts, of the demo."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from embassy_desk.application.demo.chance import Chance
from embassy_desk.application.demo.fiction import Fiction, Person
from embassy_desk.application.demo.pen import Pen
from embassy_desk.application.demo.roads import Station, walk
from embassy_desk.domain.campaign import (
    CLOSED_TARGETS,
    Campaign,
    CampaignState,
    CampaignStep,
    CampaignTarget,
    TargetState,
)
from embassy_desk.domain.campaign_machine import CAMPAIGN_MACHINE, CampaignFile
from embassy_desk.domain.choices import Mode
from embassy_desk.domain.contact_list import ContactList, ListMember
from embassy_desk.domain.links import link_id
from embassy_desk.domain.parts import StageStep

_C, _T = CampaignState, TargetState
_TOUCHES, _DAYS_BETWEEN = 3, 14
_TARGETS = 60
_CANCELLED = "Gộp vào chiến dịch năm sau."


class _Told(NamedTuple):
    """One campaign: `began` is how many days ago it began, negative if it is to come."""

    title: str
    goal: str
    state: CampaignState
    began: int
    outcome: str = ""


_CAMPAIGNS = (
    _Told("Mời doanh nghiệp bán dẫn tìm hiểu Việt Nam", "Mười doanh nghiệp cử đoàn khảo sát",
          _C.RUNNING, 70),
    _Told("Kết nối trường đại học đào tạo nhân lực số", "Năm thỏa thuận đào tạo", _C.RUNNING, 40),
    _Told("Giới thiệu thành tựu chuyển đổi số với báo chí", "Hai mươi bài báo", _C.RUNNING, 25),
    _Told("Mời chuyên gia kiều bào dự diễn đàn công nghệ", "Ba mươi chuyên gia đăng ký", _C.CLOSED,
          320, "Ba mươi tư chuyên gia đăng ký, hai mươi sáu người dự."),
    _Told("Vận động công nhận kỹ năng số", "Có văn bản ghi nhận của đối tác", _C.PLANNED, -14),
    _Told("Khảo sát nhu cầu trung tâm dữ liệu xanh", "Danh sách nhu cầu", _C.CANCELLED, 150),
)  # fmt: skip
_STEPS = (
    (Mode.LETTER, "Thư ngỏ của Đại sứ kèm tài liệu giới thiệu", 0),
    (Mode.PHONE, "Gọi điện hỏi ý kiến và đề nghị thời gian gặp", 10),
    (Mode.IN_PERSON, "Gặp trực tiếp hoặc mời dự sự kiện", 14),
)
_LISTS = (
    ("Khách mời Quốc khánh", "Chiêu đãi hằng năm"),
    ("Khách mời Tết cộng đồng", "Gặp mặt đầu xuân"),
    ("Bản tin công nghệ", "Người nhận bản tin hằng tuần"),
    ("Diễn giả và chuyên gia", "Mời phát biểu tại hội thảo"),
    ("Báo chí sở tại", "Thông tin đối ngoại"),
    ("Hội đồng tư vấn đầu tư", "Họp mỗi quý"),
)


def tell_of_outreach(pen: Pen, story: Fiction) -> None:
    """Enter campaigns with targets in every state, and lists of contacts."""
    chance = story.chance("outreach")
    people = [each for each in story.people if each.is_active]
    for told in _CAMPAIGNS:
        story.campaigns.append(_enter(pen, story, chance, told, people))
        pen.rest()
    for title, purpose in _LISTS:
        _enter_list(pen, story, chance, title, purpose, people)
        pen.rest()


def _enter(pen: Pen, story: Fiction, chance: Chance, told: _Told, people: list[Person]) -> Campaign:
    starts = story.before(told.began)
    made = min(starts, story.on) - timedelta(days=10)
    is_over = told.state in {_C.CLOSED, _C.CANCELLED}
    ends = starts + timedelta(days=90)
    campaign = pen.new(
        Campaign,
        made,
        title=told.title,
        goal=told.goal,
        audience="Doanh nghiệp, trường đại học và chuyên gia sở tại",
        message="Trân trọng mời Quý vị cùng Đại sứ quán trao đổi về cơ hội hợp tác.",
        state=told.state,
        starts_on=starts,
        ends_on=min(ends, story.before(20)) if is_over else ends,
        touches_before_no_answer=_TOUCHES,
        days_between_touches=_DAYS_BETWEEN,
        outcome=told.outcome,
        owner=chance.choice(story.mission_staff).id,
    )
    steps = [
        pen.part(CampaignStep, campaign, place=place, mode=mode, text=text, after_days=days)
        for place, (mode, text, days) in enumerate(_STEPS)
    ]
    targets = [
        _target(pen, story, chance, told, campaign, person, place)
        for place, person in enumerate(chance.sample(people, min(_TARGETS, len(people))))
    ]

    def file_of(present: Campaign, stages: tuple[StageStep, ...]) -> CampaignFile:
        return CampaignFile(
            campaign=present, steps=tuple(steps), targets=tuple(targets), stages=stages
        )

    road = _road(told, made, starts, campaign.ends_on or story.on)
    walk(pen, campaign, CAMPAIGN_MACHINE, file_of, road, campaign.owner or story.staff[0].id)
    return campaign


def _road(told: _Told, made: date, starts: date, ended: date) -> list[Station]:
    road = [Station(_C.PLANNED, made)]
    if told.state in {_C.RUNNING, _C.CLOSED}:
        road.append(Station(_C.RUNNING, starts))
    if told.state is _C.CLOSED:
        road.append(Station(_C.CLOSED, ended))
    if told.state is _C.CANCELLED:
        road.append(Station(_C.CANCELLED, ended, _CANCELLED))
    return road


def _target(
    pen: Pen,
    story: Fiction,
    chance: Chance,
    told: _Told,
    campaign: Campaign,
    person: Person,
    place: int,
) -> CampaignTarget:
    state = _T.NOT_STARTED
    if told.state is _C.CLOSED:
        state = chance.choice((_T.AGREED, _T.AGREED, _T.DECLINED, _T.NO_ANSWER))
    elif told.state is _C.RUNNING:
        state = tuple(_T)[place % len(_T)]
    return pen.part(
        CampaignTarget,
        campaign,
        contact_id=person.id,
        organisation_id=person.body.id if person.body else None,
        name_then=person.name,
        state=state,
        **_touched(chance, story, state, campaign.starts_on or story.on),
    )


def _touched(chance: Chance, story: Fiction, state: TargetState, starts: date) -> dict[str, Any]:
    if state is _T.NOT_STARTED:
        return {}
    touches = _TOUCHES if state is _T.NO_ANSWER else chance.randint(1, 2)
    last = chance.day_between(starts, min(story.before(1), starts + timedelta(days=80)))
    is_waiting = state is _T.CONTACTED and state not in CLOSED_TARGETS
    return {
        "touches": touches,
        "last_touch_on": last,
        "next_touch_on": last + timedelta(days=_DAYS_BETWEEN) if is_waiting else None,
        "note": "Đề nghị gửi thêm tài liệu." if state is _T.REPLIED else "",
    }


def _enter_list(
    pen: Pen, story: Fiction, chance: Chance, title: str, purpose: str, people: list[Person]
) -> None:
    made = story.before(chance.randint(30, 900))
    contact_list = pen.new(ContactList, made, title=title, purpose=purpose, is_shared=True)
    most = min(len(people), 250)
    for person in chance.sample(people, min(most, chance.randint(40, 250))):
        pen.part(
            ListMember,
            contact_list,
            id=link_id("list_member", contact_list.id, person.id),
            contact_id=person.id,
        )
