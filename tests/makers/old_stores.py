"""Stores of earlier schemas, kept as the programs of their time made them, to be upgraded in tests.

    PYTHONPATH=src:tests python -m makers.old_stores

keeps one of the present schema in `tests/files/stores.tar.xz`; to be run before a migration is
added, because afterwards nobody can make such a store any more. They are kept as plain SQLite:
fictitious people only, and devices that are enrolled nowhere.
"""

import shutil
import tarfile
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlcipher3 import dbapi2

from embassy_desk.application.attachments import attach
from embassy_desk.application.profile import create_profile
from embassy_desk.application.records import trash
from embassy_desk.domain.agreement import Agreement, AgreementForm, AgreementParty
from embassy_desk.domain.choices import LegalClass
from embassy_desk.domain.contact import Contact, ContactEmail, ContactPhone
from embassy_desk.domain.engagement import Engagement
from embassy_desk.domain.organisation import Organisation
from embassy_desk.domain.task import Task
from embassy_desk.sealing.derivation import FLOOR
from embassy_desk.sealing.keys import StoreKey
from embassy_desk.store.connections import connect
from embassy_desk.store.opening import STORE_FILE
from embassy_desk.store.schema import HEAD_REVISION

STORES = Path(__file__).parent.parent / "files" / "stores.tar.xz"
CONTACTS = 12
PAPER = "biên bản làm việc\n" * 50
_PASSPHRASE = "six quiet words are more than enough"


class _Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def kept_schemas() -> list[str]:
    """Return the schemas of which a store is kept, oldest first."""
    with tarfile.open(STORES) as archive:
        return sorted(archive.getnames())


def unpack_stores(folder: Path) -> None:
    """Unpack every kept store into a folder, each named after its schema."""
    shutil.unpack_archive(STORES, folder)


def encrypt_store(plain: Path, path: Path, key: StoreKey) -> None:
    """Write a kept store to a path, encrypted with a key."""
    path.unlink(missing_ok=True)
    _copy(plain, "", path, key.hex96())
    with closing(connect(path, key)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def keep_present() -> None:
    """Make a store with the present program, fill it, and keep it with the others."""
    with TemporaryDirectory() as folder:
        others = Path(folder) / "others"
        others.mkdir()
        if STORES.exists():
            unpack_stores(others)
        make_plain(Path(folder), others / HEAD_REVISION)
        with tarfile.open(STORES, "w:xz", preset=9) as archive:
            for each in sorted(others.iterdir()):
                archive.add(each, each.name, filter=_of_nobody)


def _of_nobody(member: tarfile.TarInfo) -> tarfile.TarInfo:
    return member.replace(uid=0, gid=0, uname="", gname="", mode=0o644, mtime=0)


def make_plain(folder: Path, plain: Path) -> None:
    """Make a store in a folder, fill it, and write it as plain SQLite."""
    profile = create_profile(
        folder / "profile",
        _PASSPHRASE,
        _Clock(),
        mission="TOK",
        person="Lê An",
        parameters=FLOOR,
    )
    _fill(profile.store, folder)
    digits = profile.key.hex96()
    profile.close()
    _copy(folder / "profile" / STORE_FILE, digits, plain, "")


def _copy(source: Path, source_digits: str, target: Path, target_digits: str) -> None:
    """Copy a store into a new file under another key, or none."""
    with closing(dbapi2.connect(str(source), isolation_level=None)) as raw:
        if source_digits:
            raw.execute(f"PRAGMA key = \"x'{source_digits}'\"")
        key = f"\"x'{target_digits}'\"" if target_digits else "''"
        raw.execute(f"ATTACH DATABASE ? AS other KEY {key}", (str(target),))
        raw.execute("SELECT sqlcipher_export('other')")
        raw.execute("DETACH DATABASE other")


def _fill(store: Any, folder: Path) -> None:
    """Enter records of the daily kinds, change some, put one into the trash, keep a file."""
    with store.work() as work:
        bodies = [work.save(work.new(Organisation, name_vi=f"Viện {n}")) for n in range(4)]
        people = [_contact(work, number) for number in range(CONTACTS)]
        agreement = work.save(
            work.new(
                Agreement,
                title_vi="Bản ghi nhớ về hợp tác số",
                form=AgreementForm.MOU,
                legal_class=LegalClass.AGREEMENT_MINISTRY,
                country="JP",
            )
        )
        work.save(work.new_part(AgreementParty, agreement, country="JP", name="METI"))
        work.save(work.new(Engagement, subject="Gặp gỡ", held_on=date(2026, 11, 20)))
        work.save(work.new(Task, title="Gửi công hàm", due_on=date(2026, 12, 1)))
        work.commit()
    with store.work() as work:
        for person in people[::3]:
            work.save(person.changed(notes="đã gặp ở Kyoto"))
        work.save(bodies[0].changed(short_name="VKH"))
        work.commit()
    with store.work() as work:
        trash(work, "contact", people[1].id)
        paper = folder / "paper.txt"
        paper.write_text(PAPER, "utf-8")
        attach(work, store, people[0], paper)
        work.commit()


def _contact(work: Any, number: int) -> Contact:
    made: Contact = work.save(work.new(Contact, family_name="Đặng", given_name=f"Hường {number}"))
    work.save(work.new_part(ContactEmail, made, address=f"huong{number}@example.vn"))
    work.save(
        work.new_part(
            ContactPhone, made, typed=f"+8490123456{number % 10}", e164=f"+8490123456{number % 10}"
        )
    )
    return made


if __name__ == "__main__":
    keep_present()
