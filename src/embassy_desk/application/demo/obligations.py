"""Obligations of the demo's agreements: in every state, some late, one moved."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from embassy_desk.application.demo.chance import Chance
from embassy_desk.application.demo.fiction import Fiction
from embassy_desk.application.demo.pen import Pen
from embassy_desk.application.demo.roads import Station, walk
from embassy_desk.domain.agreement import Agreement, AgreementState
from embassy_desk.domain.choices import OwingSide
from embassy_desk.domain.obligation import DueRule, Obligation, ObligationKind, ObligationState
from embassy_desk.domain.obligation_machine import OBLIGATION_MACHINE, ObligationFile
from embassy_desk.domain.parts import DateChange, StageStep

_K, _R, _S = ObligationKind, DueRule, ObligationState
_OVER = frozenset({AgreementState.TERMINATED, AgreementState.WITHDRAWN, AgreementState.SUPERSEDED})


class _Duty(NamedTuple):
    """One duty as a text may contain it."""

    article: str
    text: str
    kind: ObligationKind
    rule: DueRule
    side: OwingSide
    evidence: str


_DUTIES = (
    _Duty("Điều 3", "Hai bên thông báo cho nhau đầu mối trong vòng ba tháng.", _K.INFORMATION,
          _R.MONTHS_AFTER_ENTRY, OwingSide.BOTH, "Công hàm thông báo đầu mối"),
    _Duty("Điều 4", "Nhóm công tác chung họp mỗi năm một lần, luân phiên tại hai nước.", _K.MEETING,
          _R.RECURRENCE, OwingSide.BOTH, "Biên bản họp"),
    _Duty("Điều 5", "Phía Việt Nam cử mười chuyên gia dự khóa đào tạo ngắn hạn.", _K.ONE_OFF,
          _R.FIXED, OwingSide.OURS, "Danh sách cử cán bộ"),
    _Duty("Điều 5", "Phía bạn cung cấp tài liệu kỹ thuật và giảng viên.", _K.ONE_OFF, _R.FIXED,
          OwingSide.THEIRS, "Thư xác nhận bàn giao"),
    _Duty("Điều 6", "Trao đổi báo cáo tình hình thực hiện sáu tháng một lần.", _K.RECURRING,
          _R.RECURRENCE, OwingSide.BOTH, "Báo cáo"),
    _Duty("Điều 7", "Mỗi bên tự chi trả chi phí của mình; phía bạn tài trợ một hội thảo.",
          _K.FINANCIAL, _R.FIXED, OwingSide.THEIRS, "Thư xác nhận tài trợ"),
    _Duty("Điều 8", "Giữ kín thông tin kỹ thuật nhận được từ bên kia.", _K.CONFIDENTIALITY,
          _R.ON_EVENT, OwingSide.BOTH, "Cam kết bảo mật"),
    _Duty("Điều 9", "Thông báo cho bên kia khi có thay đổi về pháp luật liên quan.", _K.ON_EVENT,
          _R.ON_EVENT, OwingSide.OURS, "Công hàm"),
)  # fmt: skip
_WHEN_DUE = (4, 6, 80, 3, 5, 2)  # by state, in the order of the states
_BEFORE = (40, 34, 16, 6, 2, 2)
_WAIVED = "Hai bên thống nhất không cần thực hiện nội dung này."
_DISPUTED = "Hai bên hiểu khác nhau về phạm vi; đang tham vấn."
_MOVED = "Phía bạn đề nghị lùi để kịp chuẩn bị hội thảo."


def add_obligations(
    pen: Pen, story: Fiction, chance: Chance, agreement: Agreement
) -> list[Obligation]:
    """Enter one to four obligations of a signed agreement; an ended one has none left open."""
    made = []
    for duty in chance.some(_DUTIES, 1, 4):
        due = _due(story, chance, duty)
        state = _state(story, chance, agreement, due)
        obligation = pen.new(
            Obligation,
            agreement.in_force_on or agreement.signed_on or story.on,
            agreement_id=agreement.id,
            article=duty.article,
            text=duty.text,
            kind=duty.kind,
            owing_side=duty.side,
            due_rule=duty.rule,
            evidence_needed=duty.evidence,
            state=state,
            responsible_organisation_id=agreement.lead_ministry_id,
            responsible_staff_id=agreement.owner,
            owner=agreement.owner,
            **due,
            **_progress(chance, duty, state),
        )
        _walk(pen, story, chance, agreement, obligation)
        made.append(obligation)
        story.obligations.append(obligation)
    return made


def _state(
    story: Fiction, chance: Chance, agreement: Agreement, due: dict[str, Any]
) -> ObligationState:
    """Return a state; the first ones go through all of them, so that each is there.

    What was due is mostly done: late ones are the exception that the desk must show.
    """
    if agreement.state in _OVER:
        return chance.choice((_S.FULFILLED, _S.FULFILLED, _S.WAIVED))
    told = len(story.obligations)
    if told < len(_S):
        return tuple(_S)[told]
    was_due = "due_months" in due or due.get("due_on", story.on) < story.on
    return chance.choices(tuple(_S), _WHEN_DUE if was_due else _BEFORE)[0]


def _due(story: Fiction, chance: Chance, duty: _Duty) -> dict[str, Any]:
    if duty.rule is _R.MONTHS_AFTER_ENTRY:
        return {"due_months": 3}
    if duty.rule is _R.RECURRENCE:
        interval = "FREQ=YEARLY" if duty.kind is _K.MEETING else "FREQ=MONTHLY;INTERVAL=6"
        return {"recurrence": interval, "due_on": story.before(chance.randint(-150, 40))}
    if duty.rule is _R.ON_EVENT:
        return {"event": "Khi nhận tài liệu hoặc khi pháp luật thay đổi"}
    return {"due_on": story.before(chance.choice((-200, -90, -30, -7, 0, 5, 20, 60)))}


def _progress(chance: Chance, duty: _Duty, state: ObligationState) -> dict[str, Any]:
    if state is _S.FULFILLED:
        return {"percent_done": 100, "evidence": f"{duty.evidence}, số {chance.randint(1, 300)}"}
    if state is _S.PARTLY_FULFILLED:
        return {"percent_done": chance.choice((25, 50, 75)), "next_step": "Đôn đốc phía bạn"}
    if state is _S.IN_PROGRESS:
        return {"percent_done": chance.choice((10, 20, 40)), "next_step": "Chuẩn bị tài liệu"}
    return {}


def _walk(
    pen: Pen, story: Fiction, chance: Chance, agreement: Agreement, obligation: Obligation
) -> None:
    began = obligation.created_at.date() if obligation.created_at else story.on
    last = min(agreement.terminated_on or story.on, story.on)
    day = chance.day_between(began, max(began, last - timedelta(days=1)))
    if obligation.due_on and chance.happens(0.15):
        _move_date(pen, obligation, min(day, story.on))

    def file_of(present: Obligation, stages: tuple[StageStep, ...]) -> ObligationFile:
        return ObligationFile(obligation=present, in_force_on=agreement.in_force_on, stages=stages)

    by = agreement.owner or story.staff[0].id
    road = _road(obligation.state, began, day)
    walk(pen, obligation, OBLIGATION_MACHINE, file_of, road, by)


def _road(state: ObligationState, began: date, day: date) -> list[Station]:
    road = [Station(_S.NOT_STARTED, began)]
    if state is _S.NOT_STARTED:
        return road
    if state is not _S.WAIVED:
        road.append(Station(_S.IN_PROGRESS, day))
    if state is not _S.IN_PROGRESS:
        reasons = {_S.WAIVED: _WAIVED, _S.DISPUTED: _DISPUTED}
        road.append(Station(state, day, reasons.get(state, "")))
    return road


def _move_date(pen: Pen, obligation: Obligation, day: date) -> None:
    due_on = obligation.due_on
    if due_on is not None:
        pen.part(
            DateChange,
            obligation,
            field="due_on",
            old_on=due_on - timedelta(days=45),
            new_on=due_on,
            reason=_MOVED,
            on=day,
        )
