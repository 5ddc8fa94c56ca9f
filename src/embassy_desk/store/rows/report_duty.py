"""How duties to report lie in the store."""

from embassy_desk.domain.report_duty import ReportDuty
from embassy_desk.store.rows.base import StoreRow, stored


@stored(ReportDuty)
class ReportDutyRow(StoreRow, ReportDuty, table=True):
    """A report that missions owe."""

    __tablename__ = "report_duty"
