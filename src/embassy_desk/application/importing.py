"""Takes records in from files: all of a file in one transaction, or nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from embassy_desk.application.intake import Intake
from embassy_desk.domain.entity import Route
from embassy_desk.interchange.candidates import Candidate
from embassy_desk.interchange.objects import read_json
from embassy_desk.interchange.tables import likely_kind, read_table
from embassy_desk.interchange.vcards import read_vcards
from embassy_desk.store.opening import Store

_CARD_SUFFIXES = {".vcf", ".vcard"}


@dataclass(frozen=True)
class ImportResult:
    """What an import did, or would do.

    Attributes:
        records: How many records were taken in, by kind; organisations that had to be made are
            counted with their kind.
        is_kept: Whether they are in the store now.
    """

    records: Mapping[str, int]
    is_kept: bool


def read_file(path: Path, kind: str = "") -> tuple[Candidate, ...]:
    """Return the records of a file.

    Args:
        path: A vCard file, a register in CSV or XLSX, or records in JSON.
        kind: What the records are; when it is empty, a vCard file holds contacts, the headings of
            a register tell, and in JSON each record tells.

    Raises:
        UnreadableFileError: Something is wrong with it; every problem is named by its line.
        RefusedError: Registers of that kind cannot be read.
        StoreError: The file cannot be opened.
    """
    suffix = path.suffix.lower()
    if suffix in _CARD_SUFFIXES and kind in {"", "contact"}:
        return read_vcards(path)
    if suffix == ".json":
        return read_json(path, kind)
    return read_table(path, kind or likely_kind(path))


def import_candidates(
    store: Store, candidates: Iterable[Candidate], *, is_dry_run: bool = False
) -> ImportResult:
    """Take candidates in, in one transaction.

    Raises:
        UnreadableFileError: A candidate names a record that does not exist, or breaks a rule;
            every problem is named by its line.
        StoreError: The disk refuses; then nothing is kept.
    """
    author = replace(store.author, via=Route.IMPORT)
    with store.work(author) as work:
        intake = Intake(work)
        for candidate in candidates:
            intake.take(candidate)
        intake.finish()
        if not is_dry_run:
            work.commit()
    return ImportResult(intake.counts, is_kept=not is_dry_run)
