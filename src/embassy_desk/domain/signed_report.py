"""Reports that were signed off: what each said stays as it was, whatever the records say later."""

from datetime import date
from typing import Annotated, ClassVar, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from embassy_desk.domain.entity import Part, Record
from embassy_desk.domain.required import CountryCode, Hex256, NeededCode, NeededLine, NeededName
from embassy_desk.domain.spans import in_order
from embassy_desk.domain.values import Code, Count, Line, LongText, Timestamp
from embassy_desk.texts import N_, LabelledEnum

Packed = Annotated[str, StringConstraints(max_length=50_000, pattern=r"^[A-Za-z0-9+/=]+$")]
"""A piece of compressed content as base64, up to 50,000 characters; not searched."""

Year = Annotated[int, Field(ge=1900, le=9999)]
"""A calendar year."""


class ReportLayout(LabelledEnum):
    """How a report is laid out."""

    OFFICIAL = "official", N_("Official paper")
    PLAIN = "plain", N_("Plain paper")


class SignedReport(Record):
    """A report that was signed off; entered by the program and never changed.

    What it says lies in its `ReportContent`; its number comes from the register.

    Attributes:
        report: Name in the catalogue of reports, such as `periodic`.
        title: What it is called, in its own language.
        subject: What or whom it is about.
        period_from: First day it is about; nothing where it shows one day.
        period_until: Last day it is about.
        reckoned_on: The day it reckons from.
        taken_at: The moment its data is of.
        chosen_by: By what its records were chosen, in words.
        about_ref: Reference of the record it is about.
        language: `vi` or `en`.
        digest: SHA-256 of its content as 64 hexadecimal digits.
        symbol: What stands behind its number, such as `BC-ĐSQ`.
        authority: Prefix and post of the signatory.
        signatory: Who signs.
        signed_on: The mission's calendar day.
        replaces_id: The signed report whose place it takes.
    """

    report: NeededCode
    title: NeededName
    subject: Line = ""
    period_from: date | None = None
    period_until: date | None = None
    reckoned_on: date
    taken_at: Timestamp
    chosen_by: Line = ""
    country: CountryCode = ""
    about_ref: Code = ""
    language: NeededCode
    layout: ReportLayout = ReportLayout.PLAIN
    digest: Hex256
    symbol: Line = ""
    authority: Line = ""
    signatory: Line = ""
    signed_on: date
    replaces_id: UUID | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if not self.digest:
            raise ValueError(N_("A signed report needs the SHA-256 of its content."))
        in_order(self.period_from, self.period_until)
        return self

    @property
    def heading(self) -> str:
        """What it is called, and what it is about."""
        return f"{self.title} – {self.subject}" if self.subject else self.title


class ReportNumber(Part):
    """The number that the register of a mission gave to a signed report.

    Attributes:
        symbol: What stands behind the number; each symbol is counted by itself.
        desk: Tag of the desk that keeps the register.
    """

    parent_field: ClassVar[str] = "signed_report_id"

    signed_report_id: UUID
    symbol: NeededLine
    year: Year
    number: Annotated[int, Field(ge=1, le=1_000_000)]
    given_on: date
    desk: NeededCode


class ReportText(Part):
    """A part of a signed report that a person wrote."""

    parent_field: ClassVar[str] = "signed_report_id"

    signed_report_id: UUID
    place: Count
    title: NeededName
    text: LongText = ""


class ReportFigure(Part):
    """A figure of a signed report, so that it can be read without the paper."""

    parent_field: ClassVar[str] = "signed_report_id"

    signed_report_id: UUID
    place: Count
    label: NeededLine
    value: Count


class ReportContent(Part):
    """A piece of what a signed report says; all of them in their order are the whole."""

    parent_field: ClassVar[str] = "signed_report_id"

    signed_report_id: UUID
    place: Count
    packed: Packed
