"""Makers of files: records gathered with all that their steps need."""

from datetime import date
from typing import Any

from embassy_desk.domain.agreement import (
    AgreementForm,
    AgreementState,
    EntryMode,
    PartySide,
    RenewalType,
)
from embassy_desk.domain.agreement_file import AgreementFile
from embassy_desk.domain.choices import LegalClass, OwingSide
from embassy_desk.domain.elevation import PartnerPosition
from embassy_desk.domain.elevation_machine import ElevationFile
from embassy_desk.domain.obligation import ObligationState
from makers.activity import make_engagement
from makers.agreements import (
    make_agreement,
    make_agreement_link,
    make_agreement_party,
    make_clearance_step,
    make_elevation,
    make_obligation,
)
from makers.identities import identity


def make_agreement_file(**values: Any) -> AgreementFile:
    """Return the file of an agreement that lacks nothing for any step; values are its fields."""
    full = {
        "topics": "chuyển đổi số",
        "lead_ministry_then": "Bộ Khoa học và Công nghệ",
        "reason": "Bạn dẫn đầu về chính phủ số.",
        "summary": "Trao đổi chuyên gia, đào tạo, chuẩn hoá.",
        "mandate_reference": "12/QĐ-TTg",
        "our_head_of_negotiation": "Nguyễn Văn Hùng",
        "partner_head_of_negotiation": "Sato Ichiro",
        "text_reference": "Hồ sơ 12, bản cuối",
        "languages": "vi ja en",
        "entry_mode": EntryMode.AFTER_NOTIFICATION,
        "initial_term_months": 36,
        "renewal_type": RenewalType.TACIT,
        "renewal_months": 12,
        "notice_months": 3,
        "full_powers_needed": True,
        "full_powers_reference": "34/GUQ",
        "signed_on": date(2020, 6, 1),
        "signed_at_place": "Tokyo",
        "notification_sent_on": date(2020, 7, 1),
        "notification_received_on": date(2020, 7, 15),
        "in_force_on": date(2020, 8, 1),
        "provisional_from": date(2020, 6, 1),
        "suspended_on": date(2022, 1, 1),
        "notice_served_on": date(2023, 3, 1),
        "notice_served_by": OwingSide.OURS,
        "terminated_on": date(2023, 8, 1),
    }
    agreement = make_agreement(**{**full, **values})
    return AgreementFile(
        agreement=agreement,
        parties=(
            make_agreement_party(
                id=identity("our party"),
                side=PartySide.OURS,
                country="VN",
                signatory_name="Phạm Quang Hiệu",
            ),
            make_agreement_party(signatory_name="Takeuchi Yoshiaki"),
        ),
        links=(
            make_agreement_link(
                agreement_id=identity("new agreement"), to_agreement_id=agreement.id
            ),
        ),
        clearance=(make_clearance_step(returned_on=date(2026, 2, 12)),),
        obligations=(make_obligation(state=ObligationState.FULFILLED, evidence="Biên bản"),),
    )


def make_elevation_file(**values: Any) -> ElevationFile:
    """Return the file of a case that lacks nothing for any step but the new agreement's state.

    The new agreement is in force; values are fields of the case.
    """
    full = {
        "to_agreement_id": identity("new agreement"),
        "benefits": "Khung pháp lý ổn định.",
        "gap": "Không ràng buộc, không có ngân sách.",
        "cost_of_nothing": "Mất đà hợp tác.",
        "partner_position": PartnerPosition.KEEN,
        "partner_engagement_id": identity("engagement"),
        "lead_ministry_reference": "56/BKHCN-HTQT",
        "mandate_reference": "78/QĐ-TTg",
        "declined_by": OwingSide.THEIRS,
    }
    return ElevationFile(
        elevation=make_elevation(**{**full, **values}),
        from_agreement=make_agreement(terminated_on=date(2026, 1, 1)),
        to_agreement=make_agreement(
            id=identity("new agreement"),
            form=AgreementForm.AGREEMENT,
            legal_class=LegalClass.TREATY_GOVERNMENT,
            state=AgreementState.IN_FORCE,
        ),
        engagement=make_engagement(),
    )
