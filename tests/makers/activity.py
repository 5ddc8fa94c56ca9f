"""Makers of engagements, tasks, campaigns, attachments and what belongs to them."""

from datetime import date
from typing import Any

from embassy_desk.domain.attachment import Attachment
from embassy_desk.domain.campaign import Campaign, CampaignStep, CampaignTarget
from embassy_desk.domain.engagement import (
    Commitment,
    Engagement,
    EngagementPillar,
    EngagementSubject,
    OurParticipant,
    TheirParticipant,
)
from embassy_desk.domain.task import ChecklistItem, Task, TaskParent, TaskReminder
from makers.identities import identity, made


def make_engagement(**values: Any) -> Engagement:
    """Return a planned meeting on 10 March 2026."""
    defaults = {
        "ref": "TOK-ENG-A7-0001",
        "mission": "TOK",
        "subject": "Làm việc với Bộ Nội vụ và Truyền thông",
        "held_on": date(2026, 3, 10),
    }
    return made(Engagement, defaults, values)


def make_our_participant(**values: Any) -> OurParticipant:
    """Return the staff member as a participant."""
    defaults = {
        "engagement_id": identity("engagement"),
        "staff_id": identity("staff"),
        "name_then": "Nguyễn Văn Hùng",
        "section_then": "Khoa học công nghệ",
    }
    return made(OurParticipant, defaults, values)


def make_their_participant(**values: Any) -> TheirParticipant:
    """Return the contact as a participant."""
    defaults = {
        "engagement_id": identity("engagement"),
        "contact_id": identity("contact"),
        "name_then": "Đặng Thị Hường",
    }
    return made(TheirParticipant, defaults, values)


def make_commitment(**values: Any) -> Commitment:
    """Return our promise to send a draft by 1 April 2026."""
    defaults = {
        "engagement_id": identity("engagement"),
        "text": "Gửi dự thảo Bản ghi nhớ cho phía bạn.",
        "staff_id": identity("staff"),
        "due_on": date(2026, 4, 1),
    }
    return made(Commitment, defaults, values)


def make_engagement_subject(**values: Any) -> EngagementSubject:
    """Return the agreement as what the engagement was about."""
    defaults = {
        "engagement_id": identity("engagement"),
        "record_kind": "agreement",
        "record_id": identity("agreement"),
    }
    return made(EngagementSubject, defaults, values)


def make_engagement_pillar(**values: Any) -> EngagementPillar:
    """Return the digital pillar of the engagement."""
    defaults = {"engagement_id": identity("engagement"), "pillar": "digital"}
    return made(EngagementPillar, defaults, values)


def make_task(**values: Any) -> Task:
    """Return an open task due on 1 April 2026."""
    defaults = {
        "ref": "TOK-TSK-A7-0001",
        "mission": "TOK",
        "title": "Dịch dự thảo Bản ghi nhớ",
        "due_on": date(2026, 4, 1),
    }
    return made(Task, defaults, values)


def make_checklist_item(**values: Any) -> ChecklistItem:
    """Return a point of the task's checklist."""
    return made(ChecklistItem, {"task_id": identity("task"), "text": "Rà soát thuật ngữ"}, values)


def make_task_parent(**values: Any) -> TaskParent:
    """Return the agreement as what the task serves."""
    defaults = {
        "task_id": identity("task"),
        "record_kind": "agreement",
        "record_id": identity("agreement"),
    }
    return made(TaskParent, defaults, values)


def make_task_reminder(**values: Any) -> TaskReminder:
    """Return a reminder three days before the task is due."""
    return made(TaskReminder, {"task_id": identity("task"), "days_before": 3}, values)


def make_campaign(**values: Any) -> Campaign:
    """Return a planned campaign."""
    defaults = {
        "ref": "TOK-CAM-A7-0001",
        "mission": "TOK",
        "title": "Mời doanh nghiệp bán dẫn thăm Việt Nam",
    }
    return made(Campaign, defaults, values)


def make_campaign_step(**values: Any) -> CampaignStep:
    """Return the campaign's first letter."""
    defaults = {"campaign_id": identity("campaign"), "text": "Thư mời của Đại sứ"}
    return made(CampaignStep, defaults, values)


def make_campaign_target(**values: Any) -> CampaignTarget:
    """Return the contact as a target that nobody approached yet."""
    defaults = {
        "campaign_id": identity("campaign"),
        "contact_id": identity("contact"),
        "name_then": "Đặng Thị Hường",
    }
    return made(CampaignTarget, defaults, values)


def make_attachment(**values: Any) -> Attachment:
    """Return a text of the agreement."""
    defaults = {
        "ref": "TOK-ATT-A7-0001",
        "mission": "TOK",
        "record_kind": "agreement",
        "record_id": identity("agreement"),
        "name": "Bản ghi nhớ.pdf",
        "digest": "ab" * 32,
        "size_bytes": 1024,
        "media_type": "application/pdf",
    }
    return made(Attachment, defaults, values)
