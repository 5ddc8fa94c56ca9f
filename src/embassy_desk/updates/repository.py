"""The place with updates, as headquarters makes it: who signs what, and for how long.

    root        names all keys; two of three custodians sign; 365 days
    targets     what versions there are; the release key, away from the server; 180 days
    snapshot    which of them belong together; the release key; 180 days
    timestamp   that this is the newest; the server's own key, 30 days; for sticks the release
                key, 180 days, in `stick/timestamp.json`

Whoever breaks into the server can hold updates back for 30 days, and make nobody run anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from securesystemslib.exceptions import UnverifiedSignatureError
from tuf.api.exceptions import RepositoryError, StorageError
from tuf.api.metadata import (
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)

from embassy_desk.domain.errors import RefusedError, StoreError
from embassy_desk.sealing.keys import DeviceKey
from embassy_desk.settings.files import write_whole, writing_error
from embassy_desk.texts import N_
from embassy_desk.updates.names import METADATA, STICK_TIMESTAMP, TIMESTAMP
from embassy_desk.updates.signing import KeySigner, Trusted, root_of
from embassy_desk.updates.trust import CARRIED_MARK

ROOT_LIFE, RELEASE_LIFE, LINE_LIFE = timedelta(days=365), timedelta(days=180), timedelta(days=30)
_PUBLIC_MODE = 0o644


@dataclass(frozen=True)
class Repository:
    """A place with updates.

    Attributes:
        folder: Its folder; everything in it is public.
    """

    folder: Path

    def begin(
        self, trusted: Trusted, roots: Sequence[DeviceKey], release: DeviceKey, line: DeviceKey,
        at: datetime,
    ) -> bytes:  # fmt: skip
        """Make the place, without any version yet, and return its `root.json`.

        Raises:
            RefusedError: There is one already, or the keys do not reach the threshold.
            StoreError: The disk refuses.
        """
        if (self.folder / METADATA).exists():
            raise RefusedError(N_("There is a place for updates already."))
        root = self._write_root(root_of(trusted, 1, at + ROOT_LIFE), roots)
        self._write_release(Targets(version=1), release, line, at)
        return root

    def replace_keys(self, trusted: Trusted, roots: Sequence[DeviceKey], at: datetime) -> bytes:
        """Sign a new root, by the custodians of before and of now; return its `root.json`.

        Sign a release afterwards, if its key or that of the line is another now.

        Raises:
            RefusedError: The keys do not reach the threshold.
        """
        return self._write_root(
            root_of(trusted, self.root.version + 1, at + ROOT_LIFE), roots, before=self.root
        )

    @property
    def root(self) -> Root:
        """The newest root."""
        found: Root = _read(self.folder, "root")
        return found

    @property
    def trusted(self) -> Trusted:
        """The keys that the newest root names."""
        root = self.root

        def keys(role: str) -> tuple[bytes, ...]:
            named = root.roles[role].keyids
            return tuple(bytes.fromhex(root.keys[each].keyval["public"]) for each in named)

        release = keys("targets")[0]
        line = next(each for each in keys("timestamp") if each != release)
        return Trusted(keys("root"), root.roles["root"].threshold, release, line)

    @property
    def targets(self) -> Targets:
        """What versions there are."""
        found: Targets = _read(self.folder, "targets")
        return found

    def publish(
        self, target: str, content: bytes, custom: dict[str, Any], release: DeviceKey,
        line: DeviceKey | None, at: datetime,
    ) -> None:  # fmt: skip
        """Publish a manifest as the newest of its platform; its pieces lie here already.

        Raises:
            RefusedError: A key is not the one that the root names.
            StoreError: The disk refuses.
        """
        self._refuse_strangers(release, line)
        made = TargetFile.from_data(target, content, ["sha256"])
        made.unrecognized_fields["custom"] = custom
        platform, _, name = target.rpartition("/")
        digest = made.hashes["sha256"]
        self.put(f"targets/{platform}/{digest}.{name}", content)
        targets = self.targets
        targets.targets[target] = made
        targets.version += 1
        self._write_release(targets, release, line, at)

    def change_custom(
        self, target: str, custom: dict[str, Any], release: DeviceKey, line: DeviceKey | None,
        at: datetime,
    ) -> None:  # fmt: skip
        """Say anew for whom a published version is meant.

        Raises:
            RefusedError: It was not published, or a key is a stranger's.
        """
        self._refuse_strangers(release, line)
        targets = self.targets
        if target not in targets.targets:
            raise RefusedError(N_("No version was published for this platform."))
        known = targets.targets[target]
        known.unrecognized_fields["custom"] = {**(known.custom or {}), **custom}
        targets.version += 1
        self._write_release(targets, release, line, at)

    def renew(self, release: DeviceKey, line: DeviceKey | None, at: datetime) -> None:
        """Sign everything below the root anew, for 180 days.

        Raises:
            RefusedError: A key is not the one that the root names.
        """
        self._refuse_strangers(release, line)
        targets = self.targets
        targets.version += 1
        self._write_release(targets, release, line, at)

    def renew_line(self, line: DeviceKey, at: datetime) -> None:
        """Sign that what the release key signed last is the newest, for 30 days.

        To be done daily on the server.

        Raises:
            RefusedError: The key is not the one that the root names.
        """
        if line.public != self.trusted.line:
            raise _stranger()
        self._stamp(TIMESTAMP, line, at + LINE_LIFE, _newest(self.folder, "snapshot"))

    def put(self, name: str, content: bytes) -> None:
        """Write a public file, whole.

        Raises:
            StoreError: The disk refuses.
        """
        path = self.folder / name
        try:
            path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        except OSError as error:
            raise writing_error(path, error) from error
        write_whole(path, content, mode=_PUBLIC_MODE)

    def _write_release(
        self, targets: Targets, release: DeviceKey, line: DeviceKey | None, at: datetime
    ) -> None:
        """Write what is signed at a release; what the others name is there before they name it."""
        version = targets.version
        targets.expires = _end(at, RELEASE_LIFE)
        meta = {"targets.json": MetaFile(version)}
        snapshot = Snapshot(version=version, expires=_end(at, RELEASE_LIFE), meta=meta)
        self._write(f"{METADATA}/{version}.targets.json", targets, release)
        self._write(f"{METADATA}/{version}.snapshot.json", snapshot, release)
        self._stamp(STICK_TIMESTAMP, release, at + RELEASE_LIFE, version)
        if line is not None:
            self._stamp(TIMESTAMP, line, at + LINE_LIFE, version)

    def _stamp(self, name: str, key: DeviceKey, expires: datetime, snapshot: int) -> None:
        mark = {CARRIED_MARK: True} if name == STICK_TIMESTAMP else None
        stamp = Timestamp(
            version=_stamps(self.folder / name) + 1,
            expires=expires.replace(microsecond=0),
            snapshot_meta=MetaFile(snapshot),
            unrecognized_fields=mark,
        )
        self._write(name, stamp, key)

    def _write_root(
        self, root: Root, keys: Sequence[DeviceKey], before: Root | None = None
    ) -> bytes:
        made = Metadata(root)
        for each in keys:
            made.sign(KeySigner(each), append=True)
        try:
            for delegator in (root, before or root):
                delegator.verify_delegate("root", made.signed_bytes, made.signatures)
        except (RepositoryError, UnverifiedSignatureError) as error:
            raise RefusedError(
                N_("Not enough custodians signed: {count} are needed.", count=_needed(root, before))
            ) from error
        content = made.to_bytes()
        self.put(f"{METADATA}/{root.version}.root.json", content)
        return content

    def _write(self, name: str, signed: Targets | Snapshot | Timestamp, key: DeviceKey) -> None:
        made: Metadata[Any] = Metadata(signed)
        made.sign(KeySigner(key))
        self.put(name, made.to_bytes())

    def _refuse_strangers(self, release: DeviceKey, line: DeviceKey | None) -> None:
        trusted = self.trusted
        if release.public != trusted.release:
            raise _stranger()
        if line is not None and line.public != trusted.line:
            raise _stranger()


def _read(folder: Path, role: str) -> Any:
    name = f"{_newest(folder, role)}.{role}.json"
    try:
        return Metadata.from_file(str(folder / METADATA / name)).signed
    except (OSError, RepositoryError, StorageError) as error:
        raise StoreError(N_("“{file}” cannot be read.", file=name)) from error


def _newest(folder: Path, role: str) -> int:
    found = (folder / METADATA).glob(f"*.{role}.json")
    numbers = [int(each.name.partition(".")[0]) for each in found]
    if not numbers:
        raise RefusedError(N_("There is no place for updates yet."))
    return max(numbers)


def _stamps(path: Path) -> int:
    return Metadata[Timestamp].from_file(str(path)).signed.version if path.exists() else 0


def _needed(root: Root, before: Root | None) -> int:
    return max(each.roles["root"].threshold for each in (root, before or root))


def _end(at: datetime, life: timedelta) -> datetime:
    return (at + life).replace(microsecond=0)


def _stranger() -> RefusedError:
    return RefusedError(N_("This is not the key that the root names for it."))
