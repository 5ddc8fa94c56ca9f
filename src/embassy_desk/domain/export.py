"""The log of what was taken out of the desk as a file or on paper."""

from typing import Annotated

from pydantic import Field

from embassy_desk.domain.entity import Handling, Record
from embassy_desk.domain.required import NeededCode
from embassy_desk.domain.values import Line


class Export(Record):
    """One time that records were written to a file or printed.

    Who and when are those of the record itself. The file's name and place are not kept: a name
    may say what the file is about, a place where it lies in the clear. Entered by the program and
    never changed.

    Attributes:
        taken_kind: Name of the kind of record that was taken out.
        file_form: Ending of the file without its dot, such as `csv`, or `paper`.
        record_count: How many records were written.
        filters: What they were chosen by; empty when all were taken.
        gravest: The strictest handling among them.
        purpose: Why, if the person said so.
    """

    taken_kind: NeededCode
    file_form: NeededCode
    record_count: Annotated[int, Field(ge=0)] = 0
    filters: Line = ""
    gravest: Handling = Handling.INTERNAL
    purpose: Line = ""

    @property
    def heading(self) -> str:
        """What was taken out, in which form, how much of it."""
        return f"{self.taken_kind} · {self.file_form} · {self.record_count}"
