"""Any foreign file that brings records, by what it says it is."""

from pathlib import Path

from embassy_desk.interchange.candidates import Candidate
from embassy_desk.interchange.objects import read_json
from embassy_desk.interchange.tables import likely_kind, read_table
from embassy_desk.interchange.watching import GoingOn, unwatched

_CARD_SUFFIXES = {".vcf", ".vcard"}


def read_foreign(
    path: Path, kind: str = "", *, going_on: GoingOn = unwatched
) -> tuple[Candidate, ...]:
    """Return the records of a file.

    Args:
        path: A vCard file, a register in CSV or XLSX, or records in JSON.
        kind: What the records are; when it is empty, a vCard file holds contacts, the headings of
            a register tell, and in JSON each record tells.
        going_on: Told how far it is.

    Raises:
        UnreadableFileError: Something is wrong with it; every problem is named by its line.
        RefusedError: Registers of that kind cannot be read.
        StoreError: The file cannot be opened.
    """
    suffix = path.suffix.lower()
    if suffix in _CARD_SUFFIXES and kind in {"", "contact"}:
        from embassy_desk.interchange.vcards import read_vcards  # noqa: PLC0415  loads vobject

        return read_vcards(path, going_on=going_on)
    if suffix == ".json":
        return read_json(path, kind, going_on=going_on)
    return read_table(path, kind or likely_kind(path), going_on=going_on)
