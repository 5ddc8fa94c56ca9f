"""A person's profile: the folder with key files, store and attachments; made, opened, backed up."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from embassy_desk.application.backups import BACKUPS_FOLDER, Backup, Why, back_up_beside
from embassy_desk.application.freshness import Freshness
from embassy_desk.application.grants import apply_grant
from embassy_desk.application.office import perform
from embassy_desk.application.reference_data import apply_reference_data
from embassy_desk.application.restoring import KEPT_FOLDER, finish_restoring
from embassy_desk.domain.errors import (
    DamageError,
    InvalidError,
    Problem,
    RefusedError,
    StoreError,
)
from embassy_desk.domain.mission import Mission
from embassy_desk.domain.name_split import likely_order, split_name
from embassy_desk.domain.staff import Staff
from embassy_desk.sealing.derivation import FLOOR, Parameters, scaled_parameters
from embassy_desk.sealing.keys import StoreKey
from embassy_desk.settings.places import MARK_FILE, STORE_FILE
from embassy_desk.settings.wiping import finish_wiping
from embassy_desk.store.backups import ATTACHMENTS_FOLDER, Report, back_up, unwatched
from embassy_desk.store.connections import connect
from embassy_desk.store.full_disk import giving_way
from embassy_desk.store.identifiers import new_id
from embassy_desk.store.opening import Store, create_store, open_store, refuse_read_only
from embassy_desk.store.verifying import Verification, verify
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_
from embassy_desk.vault.header import KEY_FILES
from embassy_desk.vault.passphrases import passphrase_problem
from embassy_desk.vault.protected import Protected, system_keyring
from embassy_desk.vault.unlocking import make_header, unlock

Clock = Callable[[], datetime]

DEMO_PASSPHRASE = "demo"  # noqa: S105  opens fictitious data only
_UNFINISHED = "unfinished"
_FEW_RECORDS = 100


@dataclass(frozen=True)
class Profile:
    """An unlocked profile.

    Attributes:
        folder: Where it lies.
        store: The open store.
        key: Its key, for backups; wiped when the profile is closed.
        freshness: Keeps the mark that tells the newest store from an older copy.
    """

    folder: Path
    store: Store
    key: StoreKey
    freshness: Freshness

    def back_up(self, target: Path, report: Report = unwatched) -> Verification:
        """Write a proven backup of everything into one file.

        Args:
            target: The file.
            report: Is told how far it is.

        Raises:
            RefusedError: The target is a file of the store itself.
            StoppedError: The person stopped it, or the desk locks; there is no file then.
            StoreError: The disk refuses, or the copy is not whole.
        """
        self.refuse_own_file(target)
        headers = [self.folder / name for name in KEY_FILES]
        return back_up(self.folder / STORE_FILE, self.key, headers, target, report=report)

    def back_up_beside(self, why: Why, at: datetime) -> Backup:
        """Make a proven backup beside the store; safe while the store is used.

        Raises:
            StoreError: The disk refuses, or the store is not whole.
        """
        return back_up_beside(self.folder, self.key, why, at)

    def back_up_before_import(self, records: int, at: datetime) -> Backup | None:
        """Make a backup before more than a hundred records are taken in.

        To be called before every import; a few records are taken back by hand.

        Raises:
            StoreError: The disk refuses, or the store is not whole; then nothing should be taken
                in either.
        """
        if records <= _FEW_RECORDS:
            return None
        return self.back_up_beside(Why.BEFORE_IMPORT, at)

    def refuse_own_file(self, target: Path) -> None:
        """Refuse to write over what the store itself is made of.

        Raises:
            RefusedError: The target is the store, a key file, or an attachment.
        """
        own = {self.folder / name for name in (*KEY_FILES, STORE_FILE)}
        own |= {self.folder / f"{STORE_FILE}-{each}" for each in ("wal", "shm", "journal")}
        place = target.resolve()
        is_own = place in {each.resolve() for each in own}
        folders = (ATTACHMENTS_FOLDER, BACKUPS_FOLDER, KEPT_FOLDER)
        is_own |= any((self.folder / each).resolve() in place.parents for each in folders)
        if is_own:
            raise RefusedError(N_("“{name}” belongs to the store itself.", name=target.name))

    def verify(self) -> Verification:
        """Check every page, every link of the log and every index line.

        On a connection of its own: the full-text index keeps what an older one has read, and
        its check would take that for damage.

        Raises:
            StoreError: The file is too damaged to be read at all.
        """
        raw = connect(self.folder / STORE_FILE, self.key, is_reader=True)
        try:
            return verify(raw)
        finally:
            raw.close()

    def close(self) -> None:
        """Close the store, note how it was left, and forget the key; twice is no mistake."""
        if self.key.is_wiped:
            return
        try:
            with self.freshness.alone():
                self.store.close()
                self.freshness.note_closed()
        finally:
            self.key.wipe()


def create_profile(
    folder: Path,
    passphrase: str,
    clock: Clock,
    *,
    mission: str,
    person: str,
    is_demo: bool = False,
    parameters: Parameters | None = None,
) -> Profile:
    """Make a store in a folder, with its key, reference data and the person who owns it.

    A crash leaves no store, or a whole one.

    Args:
        folder: Made if needed, for its owner only.
        passphrase: What will open the store.
        clock: Answers with the present time.
        mission: Three-letter code of a mission in the reference data.
        person: Name of the person at the desk, as written.
        is_demo: Demo stores take any passphrase and can never be enrolled.
        parameters: Hardness of the key derivation; measured on this machine by default.

    Raises:
        InvalidError: The passphrase is too weak, the mission unknown, or the name empty.
        RefusedError: There is a store already.
        StoreError: The disk refuses.
    """
    if (folder / STORE_FILE).exists():
        raise RefusedError(N_("There is a store in {folder} already.", folder=str(folder)))
    _check_new(passphrase, person, is_demo=is_demo)
    making = folder / _UNFINISHED
    _make_room(folder, making)
    owner = new_id(int(clock().timestamp() * 1000))
    key = make_header(making, passphrase, parameters or (FLOOR if is_demo else scaled_parameters()))
    try:
        with giving_way(folder):
            store = create_store(making, key, clock, mission=mission, owner=owner, is_demo=is_demo)
            try:
                apply_reference_data(store)
                perform(store, _enter_owner, person)
            finally:
                store.close()
        for name in (*KEY_FILES, STORE_FILE):  # the store last: without it there is none
            (making / name).rename(folder / name)
    finally:
        shutil.rmtree(making)
    return _profile(folder, key, clock, Protected(system_keyring()), is_accepted=True)


def open_profile(
    folder: Path,
    passphrase: str,
    clock: Clock,
    *,
    protected: Protected | None = None,
    is_accepted: bool = False,
) -> Profile:
    """Unlock the store of a folder and bring it up to date.

    Args:
        folder: The profile's folder.
        passphrase: What the person typed.
        clock: Answers with the present time.
        protected: The keyring; that of this computer by default.
        is_accepted: The person was told that the store is older or changed and goes on with it.

    Raises:
        SignInError: The passphrase is wrong.
        DamageError: The store is damaged, older than it was, or not as it was left.
        FullDiskError: No space is left; the reserve was given up.
        StoreError: There is no store, or it was made by a newer program.
    """
    finish_wiping(folder)
    finish_restoring(folder)
    if not (folder / STORE_FILE).exists():
        if any((folder / name).exists() for name in KEY_FILES):
            raise DamageError(N_("The file of the store is missing; only its keys are here."))
        raise StoreError(N_("There is no store in {folder}.", folder=str(folder)))
    refuse_read_only(folder / STORE_FILE)
    key = unlock(folder, passphrase)
    keyring = protected or Protected(system_keyring())
    try:
        with giving_way(folder):
            return _profile(folder, key, clock, keyring, is_accepted=is_accepted)
    except BaseException:
        key.wipe()
        raise


def _profile(
    folder: Path, key: StoreKey, clock: Clock, protected: Protected, *, is_accepted: bool
) -> Profile:
    """Open an unlocked store once its mark says that it is the newest, and note that it is used."""
    freshness = Freshness(folder / STORE_FILE, key, protected)
    with freshness.alone():
        findings = () if is_accepted else freshness.findings()
        if findings:
            text = N_("This is not the store that was last closed here.")
            raise DamageError(text, findings, can_go_on=True)
        store = _opened(folder, key, clock)
        try:
            freshness.note_use()
        except BaseException:
            store.close()
            raise
    return Profile(folder, store, key, freshness)


def _opened(folder: Path, key: StoreKey, clock: Clock) -> Store:
    def back_up_first(path: Path, store_key: StoreKey) -> None:
        back_up_beside(path.parent, store_key, Why.BEFORE_UPGRADE, clock())

    store = open_store(folder, key, clock, before_upgrade=back_up_first)
    apply_reference_data(store)
    apply_grant(store)
    return store


def _check_new(passphrase: str, person: str, *, is_demo: bool) -> None:
    problems = []
    weakness = None if is_demo else passphrase_problem(passphrase)
    if weakness is not None:
        problems.append(Problem("passphrase", weakness))
    if not person.strip():
        problems.append(Problem("person", N_("Say who works at this desk.")))
    if problems:
        raise InvalidError(problems)


def _make_room(folder: Path, making: Path) -> None:
    """Make the folder in which a store is made; never touch keys of a store that is elsewhere.

    Raises:
        RefusedError: Key files lie here without their store.
        StoreError: The disk refuses.
    """
    try:
        _clear_unfinished(folder, making)
        if any((folder / name).exists() for name in (*KEY_FILES, MARK_FILE)):
            raise RefusedError(
                N_(
                    "Key files lie in {folder} without their store. Put the store back, or choose"
                    " another folder.",
                    folder=str(folder),
                )
            )
        making.mkdir(parents=True, mode=0o700)
        folder.chmod(0o700)  # one that was there already may be open to others
    except OSError as error:
        raise StoreError(N_("No store can be made in {folder}.", folder=str(folder))) from error


def _clear_unfinished(folder: Path, making: Path) -> None:
    """Remove what a crash left behind while a store was being made; it never held a record."""
    if making.exists():
        shutil.rmtree(making)
        for name in KEY_FILES:
            (folder / name).unlink(missing_ok=True)


def _enter_owner(work: UnitOfWork, person: str) -> None:
    """Enter the person at the desk as the first member of staff.

    Raises:
        InvalidError: The mission is not in the reference data.
    """
    if not work.all(Mission, code=work.author.mission):
        text = N_("There is no mission “{code}” in the reference data.", code=work.author.mission)
        raise InvalidError([Problem("mission", text)])
    work.save(work.new(Staff, id=work.author.staff_id, **_name_of_staff(person)))


def _name_of_staff(person: str) -> dict[str, str]:
    """Return the parts of a name as written; staff have no field for one that stays whole."""
    fields = split_name(person)
    if "written_name" in fields:
        return split_name(person, likely_order(person))
    return fields
