"""Makers of signed reports, letterheads and duties to report."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from embassy_desk.domain.letterhead import Letterhead
from embassy_desk.domain.report_duty import ReportDuty
from embassy_desk.domain.signed_report import (
    ReportContent,
    ReportFigure,
    ReportNumber,
    ReportText,
    SignedReport,
)
from makers.identities import identity, made


def make_signed_report(**values: Any) -> SignedReport:
    """Return the periodic report of October."""
    defaults = {
        "ref": "TOK-RPT-A7-0001",
        "mission": "TOK",
        "report": "periodic",
        "title": "Báo cáo định kỳ",
        "period_from": date(2026, 10, 1),
        "period_until": date(2026, 10, 31),
        "reckoned_on": date(2026, 10, 31),
        "taken_at": datetime(2026, 10, 31, 8, tzinfo=UTC),
        "language": "vi",
        "digest": "ab" * 32,
        "signed_on": date(2026, 11, 2),
    }
    return made(SignedReport, defaults, values)


def make_report_number(**values: Any) -> ReportNumber:
    """Return its number in the register."""
    defaults = {
        "signed_report_id": identity("signed_report"),
        "symbol": "BC-ĐSQ",
        "year": 2026,
        "number": 5,
        "given_on": date(2026, 11, 2),
        "desk": "A7",
    }
    return made(ReportNumber, defaults, values)


def make_report_text(**values: Any) -> ReportText:
    """Return what was written about the general situation."""
    defaults = {
        "signed_report_id": identity("signed_report"),
        "place": 1,
        "title": "Tình hình chung",
        "text": "Ổn định.",
    }
    return made(ReportText, defaults, values)


def make_report_figure(**values: Any) -> ReportFigure:
    """Return its first figure."""
    defaults = {
        "signed_report_id": identity("signed_report"),
        "place": 1,
        "label": "Đang có hiệu lực",
        "value": 21,
    }
    return made(ReportFigure, defaults, values)


def make_report_content(**values: Any) -> ReportContent:
    """Return a piece of its content."""
    defaults = {"signed_report_id": identity("signed_report"), "place": 0, "packed": "AAAA"}
    return made(ReportContent, defaults, values)


def make_letterhead(**values: Any) -> Letterhead:
    """Return the letterhead of the embassy in Tokyo."""
    defaults = {
        "ref": "TOK-LTR-A7-0001",
        "mission": "TOK",
        "superior": "Bộ Ngoại giao",
        "issuer": "Đại sứ quán Việt Nam tại Nhật Bản",
        "place": "Tô-ki-ô",
        "symbol": "BC-ĐSQ",
    }
    return made(Letterhead, defaults, values)


def make_report_duty(**values: Any) -> ReportDuty:
    """Return the monthly report of every mission, due on the fifth."""
    defaults = {
        "ref": "HQ-DUT-0001",
        "mission": "HQ",
        "title_vi": "Báo cáo tháng",
        "report": "periodic",
        "valid_from": date(2026, 1, 1),
    }
    return made(ReportDuty, defaults, values)


DUTY = {
    "id": str(UUID(int=77)),
    "title_vi": "Báo cáo tháng",
    "report": "periodic",
    "every": "month",
    "due_days": 5,
    "missions": "TOK PAR",
    "valid_from": "2026-09-01",
    "mission": "HQ",
    "ref": "HQ-DUT-0001",
    "handling": "internal",
    "created_via": "reference",
}
"""A duty of two missions to report each month, as headquarters publishes it."""
