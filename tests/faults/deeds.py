"""What a desk does to its disk: each deed on a real profile, with a word after every commit."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from embassy_desk.application.attachments import attach
from embassy_desk.application.backups import Why
from embassy_desk.application.erasing import erase_from
from embassy_desk.application.importing import import_candidates, read_file
from embassy_desk.application.keys import choose_passphrase
from embassy_desk.application.profile import Profile, create_profile, open_profile
from embassy_desk.application.restoring import restore
from embassy_desk.domain.agreement import Agreement, AgreementForm, AgreementParty
from embassy_desk.domain.choices import LegalClass
from embassy_desk.domain.contact import Contact
from embassy_desk.interchange.apart import here
from embassy_desk.sealing.derivation import FLOOR
from embassy_desk.sealing.keys import StoreKey
from makers.stores import TickingClock

OLD = "six quiet words are more than enough"
NEW = "seven other words that nobody guesses"
IMPORTED = 40
PROFILE, KEY_FILE, BESIDE = "profile", "key", "beside"
"""In the folder of a run: the profile; its key, for the check; what lies on another disk."""

OPERATIONS = "SELECT count(*) FROM sync_op"

ERASED = f"SELECT ({OPERATIONS}) + (SELECT count(*) FROM sync_op WHERE before = '{{}}')"
"""Operations, and those that remember nothing of before: emptied by half is told from erased."""

Say = Callable[[int], None]
"""Acknowledges that so much is kept, counted by the deed's query."""


@dataclass(frozen=True)
class Deed:
    """Something a person does.

    Attributes:
        perform: Does it in the folder of a run, and says so after every commit.
        prepare: Makes ready what it needs, in a folder that holds a closed profile already.
        passphrases: What may open the profile before and after.
        is_making: Whether there is no profile before.
        kept: A query that counts what is kept; it grows with every commit that counts.
        has_contents_later: Whether contents of attachments come after what is acknowledged.
        is_upgrade: Whether it brings an older store up to date; its rows must stay as they are.
        takes_salt_from_file: A control: whether the check trusts the salt in the file's first page.
    """

    perform: Callable[[Path, Say], None]
    prepare: Callable[[Path], None] = lambda _folder: None
    passphrases: tuple[str, ...] = (OLD,)
    is_making: bool = False
    kept: str = OPERATIONS
    has_contents_later: bool = False
    is_upgrade: bool = False
    takes_salt_from_file: bool = False


@contextmanager
def opened(folder: Path, passphrase: str = OLD) -> Iterator[Profile]:
    """Open the profile of a run, and close it in the end."""
    profile = open_profile(folder / PROFILE, passphrase, TickingClock(), is_accepted=False)
    with closing(profile):
        yield profile


def kept_in(profile: Profile, query: str = OPERATIONS) -> int:
    """Return how much is kept: how many operations the log has, or what another query counts."""
    with profile.store.reading() as work:
        (count,) = work.raw.execute(query).fetchone()
    return int(count)


def make_base(folder: Path) -> None:
    """Make a closed profile with one contact, and keep its key beside it for the check."""
    make_profile(folder)
    with opened(folder) as profile, profile.store.work() as work:
        work.save(work.new(Contact, family_name="Đặng", given_name="Hường"))
        work.commit()


def make_profile(folder: Path) -> None:
    """Make a profile and close it."""
    folder.mkdir(parents=True, exist_ok=True)
    profile = create_profile(
        folder / PROFILE, OLD, TickingClock(), mission="TOK", person="Lê An", parameters=FLOOR
    )
    (folder / KEY_FILE).write_text(profile.key.hex96(), "ascii")
    profile.close()


def _create(folder: Path, say: Say) -> None:
    profile = create_profile(
        folder / PROFILE, OLD, TickingClock(), mission="TOK", person="Lê An", parameters=FLOOR
    )
    say(kept_in(profile))
    profile.close()


def edit(folder: Path, say: Say) -> None:
    """Change a contact three times."""
    with opened(folder) as profile:
        for turn in range(3):
            with profile.store.work() as work:
                (contact,) = work.all(Contact)
                work.save(contact.changed(notes=f"gặp lần {turn} " * 40))
                work.commit()
            say(kept_in(profile))


def _agree(folder: Path, say: Say) -> None:
    with opened(folder) as profile:
        with profile.store.work() as work:
            agreement = work.save(_agreement(work))
            party = work.new_part(AgreementParty, agreement, country="JP", name="METI")
            work.save(party)
            work.commit()
        say(kept_in(profile))
        with profile.store.work() as work:
            work.save(agreement.changed(summary="trình Bộ " * 100))
            work.save(party.changed(name="Ministry of Economy, Trade and Industry"))
            work.commit()
        say(kept_in(profile))


def _agreement(work: Any) -> Agreement:
    made: Agreement = work.new(
        Agreement,
        title_vi="Bản ghi nhớ về hợp tác số",
        form=AgreementForm.MOU,
        legal_class=LegalClass.AGREEMENT_MINISTRY,
        country="JP",
    )
    return made


def _attach(folder: Path, say: Say) -> None:
    with opened(folder) as profile:
        for name in ("a.txt", "b.txt"):
            with profile.store.work() as work:
                (contact,) = work.all(Contact)
                attach(work, profile.store, contact, folder / BESIDE / name)
                work.commit()
            say(kept_in(profile))


def _with_documents(folder: Path) -> None:
    (folder / BESIDE).mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / BESIDE / name).write_text(f"biên bản {name}\n" * 4000, "utf-8")


def _import(folder: Path, say: Say) -> None:
    with opened(folder) as profile:
        found = read_file(folder / BESIDE / "contacts.csv", "contact", run=here)
        import_candidates(profile.store, found)
        say(kept_in(profile))


def _with_register(folder: Path) -> None:
    (folder / BESIDE).mkdir()
    lines = ["family_name,given_name,notes"]
    lines += [f"Nguyễn,An {number},{'ghi chú ' * 30}" for number in range(IMPORTED)]
    (folder / BESIDE / "contacts.csv").write_text("\n".join(lines), "utf-8")


def _back_up(folder: Path, say: Say) -> None:
    with opened(folder) as profile:
        profile.back_up_beside(Why.DAILY, profile.store.clock())
        say(kept_in(profile))


def _restore(folder: Path, say: Say) -> None:
    found = restore(folder / PROFILE, folder / BESIDE / "backup.zip", OLD, TickingClock())
    say(found.found.operations)


def _with_backup(folder: Path) -> None:
    (folder / BESIDE).mkdir()
    with opened(folder) as profile:
        profile.back_up(folder / BESIDE / "backup.zip")
        with profile.store.work() as work:
            work.save(work.new(Contact, family_name="Sau", given_name="Này"))
            work.commit()


def change_passphrase(folder: Path, say: Say) -> None:
    """Change the passphrase."""
    choose_passphrase(folder / PROFILE, OLD, NEW, parameters=FLOOR)
    say(0)


def _erase(folder: Path, say: Say) -> None:
    with opened(folder) as profile:
        with profile.store.reading() as work:
            (contact,) = work.all(Contact)
        erase_from(profile, contact.id)
        say(kept_in(profile, ERASED))


DEEDS_ON_STORES: dict[str, Deed] = {
    "make a store": Deed(_create, is_making=True),
    "edit a contact": Deed(edit),
    "enter an agreement": Deed(_agree),
    "attach a file": Deed(_attach, _with_documents),
    "import a register": Deed(_import, _with_register),
    "back up": Deed(_back_up),
    "restore": Deed(_restore, _with_backup),
    "erase a person": Deed(_erase, kept=ERASED),
    "change the passphrase": Deed(change_passphrase, passphrases=(OLD, NEW)),
}


def key_of(folder: Path) -> StoreKey:
    """Return the key that was kept beside the profile of a run."""
    return StoreKey(bytes.fromhex((folder / KEY_FILE).read_text("ascii")))
