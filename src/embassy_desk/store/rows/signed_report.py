"""How signed reports and their parts lie in the store."""

from embassy_desk.domain.signed_report import (
    ReportContent,
    ReportFigure,
    ReportNumber,
    ReportText,
    SignedReport,
)
from embassy_desk.store.rows.base import StoreRow, stored


@stored(SignedReport, "report")
class SignedReportRow(StoreRow, SignedReport, table=True):
    """A report that was signed off."""

    __tablename__ = "signed_report"


@stored(ReportNumber, "signed_report_id")
class ReportNumberRow(StoreRow, ReportNumber, table=True):
    """An entry of the register."""

    __tablename__ = "report_number"


@stored(ReportText, "signed_report_id")
class ReportTextRow(StoreRow, ReportText, table=True):
    """A part that a person wrote."""

    __tablename__ = "report_text"


@stored(ReportFigure, "signed_report_id")
class ReportFigureRow(StoreRow, ReportFigure, table=True):
    """A figure."""

    __tablename__ = "report_figure"


@stored(ReportContent, "signed_report_id")
class ReportContentRow(StoreRow, ReportContent, table=True):
    """A piece of the content."""

    __tablename__ = "report_content"
