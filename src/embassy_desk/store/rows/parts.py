"""How tags, stage steps and date changes lie in the store."""

from embassy_desk.domain.kept_apart import KeptApart
from embassy_desk.domain.parts import DateChange, StageStep, Tag
from embassy_desk.store.rows.base import StoreRow, stored


@stored(Tag, "record_id", "label")
class TagRow(StoreRow, Tag, table=True):
    """A free word on a record."""

    __tablename__ = "tag"


@stored(StageStep, "record_id")
class StageStepRow(StoreRow, StageStep, table=True):
    """One step of a record from state to state; never changed afterwards."""

    __tablename__ = "stage_step"


@stored(DateChange, "record_id")
class DateChangeRow(StoreRow, DateChange, table=True):
    """A date of a record that was moved, and why."""

    __tablename__ = "date_change"


@stored(KeptApart, "record_id")
class KeptApartRow(StoreRow, KeptApart, table=True):
    """The word of a colleague that a record and another one are two, not one."""

    __tablename__ = "kept_apart"
