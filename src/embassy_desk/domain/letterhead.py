"""What a mission chose for its official papers: who issues them, to whom, and who signs."""

from datetime import date

from embassy_desk.domain.entity import Record
from embassy_desk.domain.required import NeededLine
from embassy_desk.domain.values import Code, Line, LongText


class Letterhead(Record):
    """A letterhead with its signatory; the newest one in use whose day has come holds.

    The boxes are those of decree 30/2020/NĐ-CP, appendix I.

    Attributes:
        superior: The body above.
        issuer: The issuing body.
        place: Where papers are issued.
        symbol: What stands behind the number, such as `BC-ĐSQ`.
        addressees: To whom, one a line.
        authority: Prefix and post of the signatory.
        signatory: Name of the signatory.
        recipients: Lines under “Nơi nhận”, one a line.
        register_desk: Tag of the desk that keeps the register of numbers, such as `A7K2`.
        valid_from: From this day on it holds.
    """

    superior: Line = ""
    issuer: NeededLine
    place: Line = ""
    symbol: Line = ""
    addressees: LongText = ""
    authority: Line = ""
    signatory: Line = ""
    recipients: LongText = ""
    register_desk: Code = ""
    valid_from: date | None = None

    @property
    def heading(self) -> str:
        """The issuing body, and who signs."""
        return f"{self.issuer} – {self.signatory}" if self.signatory else self.issuer
