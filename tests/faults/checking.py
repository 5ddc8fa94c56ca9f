"""Looks at what a deed left behind, as the next start would, and says what is wrong."""

import hashlib
import zipfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from embassy_desk.application.freshness import Freshness
from embassy_desk.application.restoring import finish_restoring
from embassy_desk.domain.errors import DeskError, SignInError
from embassy_desk.sealing.files import decrypt_file
from embassy_desk.sealing.keys import StoreKey
from embassy_desk.sealing.pouches import file_digest
from embassy_desk.settings.places import STORE_FILE
from embassy_desk.store.backups import ATTACHMENTS_FOLDER, unpack
from embassy_desk.store.connections import connect
from embassy_desk.store.opening import open_store
from embassy_desk.store.verifying import verify
from embassy_desk.vault.header import KEY_FILES
from embassy_desk.vault.protected import Protected
from embassy_desk.vault.unlocking import unlock
from faults.contents import Content, difference
from faults.deeds import BESIDE, NEW, OLD, OPERATIONS, PROFILE, Deed
from faults.exchange_deeds import POUCH_THERE
from makers.stores import TickingClock

_ATTACHED = (
    "SELECT a.digest, f.file_name, f.file_key FROM attachment a LEFT JOIN attachment_file f"
    " ON f.digest = a.digest"
)

_NOTED_POUCH = "SELECT value ->> 'digest' FROM local_value WHERE topic = 'pouch' AND name = 'sent'"
SALT_BYTES = 16


class Check:
    """Checks folders of runs of one deed; what was proved once is not proved again."""

    def __init__(
        self,
        name: str,
        deed: Deed,
        key: StoreKey,
        states: Sequence[int],
        content: Content | None = None,
    ) -> None:
        """Expect what is kept before the deed and after each commit, in `states`.

        With the content of an older store, the next start must bring it up to date unchanged.
        """
        self._name = name
        self._deed = deed
        self._key = key
        self._states = states
        self._content = content
        self._openers: dict[bytes, tuple[str, ...]] = {}
        self._proved: dict[bytes, str] = {}

    def problem(self, folder: Path, said: int) -> str:
        """Return what is wrong after so many acknowledgements; nothing when all is well."""
        profile = folder / PROFILE
        try:
            finish_restoring(profile)
            if not (profile / STORE_FILE).exists():
                return "" if self._deed.is_making and not said else "there is no store"
            return self._problem(profile, said)
        except DeskError as error:
            return f"{type(error).__name__}: {error.text}"

    def _problem(self, profile: Path, said: int) -> str:
        if self._deed.takes_salt_from_file:
            self._key = _with_salt_of(profile / STORE_FILE, self._key)
        wanted = (NEW,) if said and NEW in self._deed.passphrases else self._deed.passphrases
        if not set(self._opened_by(profile)) & set(wanted):
            return "no passphrase opens the store"
        findings = Freshness(profile / STORE_FILE, self._key, Protected(None)).findings()
        if findings:
            return f"a false alarm: {findings[0]}"
        if self._content and (problem := self._upgraded(profile)):
            return problem
        with closing(connect(profile / STORE_FILE, self._key)) as raw:
            found = verify(raw)
            if found.problems:
                return str(found.problems[0])
            if self._states:
                (kept,) = raw.execute(self._deed.kept).fetchone()
                if kept not in self._states[said : said + 2]:
                    return f"{kept} are kept, of {self._states}, {said} said"
            return (
                difference(raw, self._content or {})
                or self._lost_files(profile, raw)
                or self._lost_pouch(profile, raw)
                or self._bad_backups(profile, said)
            )

    def _upgraded(self, profile: Path) -> str:
        """Bring an older store up to date, as the next start does; a backup must come first."""
        steps: list[Path] = []
        open_store(
            profile,
            self._key,
            TickingClock(),
            before_upgrade=lambda path, _key: steps.append(path),
        ).close()
        has_backup = steps or list(profile.glob("backups/*.backup"))
        return "" if has_backup else "it was brought up to date without a backup"

    def _opened_by(self, profile: Path) -> tuple[str, ...]:
        files = [profile / name for name in KEY_FILES]
        content = b"|".join(each.read_bytes() if each.exists() else b"-" for each in files)
        if content not in self._openers:
            self._openers[content] = tuple(filter(lambda each: _opens(profile, each), (OLD, NEW)))
        return self._openers[content]

    def _lost_files(self, profile: Path, raw: Any) -> str:
        for digest, name, key in raw.execute(_ATTACHED).fetchall():
            if name is None and self._deed.has_contents_later:
                continue
            if name is None or not (profile / ATTACHMENTS_FOLDER / name).exists():
                return f"the content {digest[:8]} is gone"
            decrypt_file(profile / ATTACHMENTS_FOLDER / name, key)
        return ""

    def _lost_pouch(self, profile: Path, raw: Any) -> str:
        """Say that a pouch is not there although it is noted as written."""
        if self._deed.kept == OPERATIONS:  # an older store does not even know of pouches
            return ""
        for (noted,) in raw.execute(_NOTED_POUCH).fetchall():
            pouch = profile.parent / BESIDE / POUCH_THERE
            if not pouch.exists() or file_digest(pouch.read_bytes()) != noted:
                return "the pouch that was noted as written is not there"
        return ""

    def _bad_backups(self, profile: Path, said: int) -> str:
        found = list(profile.glob("backups/*.backup"))
        if said and self._name == "back up" and not found:
            return "the backup is gone"
        for each in found:
            digest = hashlib.sha256(each.read_bytes()).digest()
            if digest not in self._proved:
                self._proved[digest] = self._proof(each)
            if self._proved[digest]:
                return self._proved[digest]
        return ""

    def _proof(self, backup: Path) -> str:
        with zipfile.ZipFile(backup) as archive:
            if archive.testzip():
                return "a backup is damaged"
        with TemporaryDirectory(dir=backup.parent) as folder:
            unpack(backup, Path(folder))
            with closing(connect(Path(folder) / STORE_FILE, self._key)) as raw:
                return "".join(str(each) for each in verify(raw).problems[:1])


def _with_salt_of(store: Path, key: StoreKey) -> StoreKey:
    """Return the key with the salt that stands at the beginning of the file, as 64 digits take."""
    digits = len(key.hex96()) - 2 * SALT_BYTES
    with store.open("rb") as stream:
        return StoreKey(bytes.fromhex(key.hex96()[:digits]) + stream.read(SALT_BYTES))


def _opens(profile: Path, passphrase: str) -> bool:
    try:
        unlock(profile, passphrase, notice=lambda _: None).wipe()
    except SignInError:
        return False
    return True
