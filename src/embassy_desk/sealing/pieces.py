"""A content that comes in pieces: each lies encrypted on the disk until all are there.

One age key serves all pieces of one content; it lies with whoever keeps the store. A piece is a
file of its own, named by the content's random name, where it begins and how long it is. It is
there whole or not at all, so that what has come survives any crash, and nothing lies unencrypted.
"""

import io
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from embassy_desk.domain.errors import DamageError, StoreError
from embassy_desk.sealing.files import EncryptedFile, encrypt_file
from embassy_desk.sealing.letters import made_recipient, opened, recipient_of, sealed
from embassy_desk.settings.files import write_whole, writing_error
from embassy_desk.texts import N_

_NAME_BYTES = 16


@dataclass(frozen=True)
class Pieces:
    """What has come of one content.

    Attributes:
        folder: Where the pieces lie.
        name: Random; what their file names begin with.
        key: The age identity that opens them.
    """

    folder: Path
    name: str
    key: str = field(repr=False)

    @property
    def held(self) -> int:
        """How many bytes are here without a gap, from the beginning."""
        end = 0
        for start, length, _ in self._files():
            if start > end:
                break
            end = max(end, start + length)
        return end

    def add(self, start: int, piece: bytes) -> None:
        """Keep a piece; it is on the disk when this returns.

        Raises:
            StoreError: The disk refuses.
        """
        if not piece:
            return
        content = sealed(piece, recipient_of(self.key).public)
        write_whole(self.folder / f"{self.name}-{start}-{len(piece)}", content)

    def stream(self) -> io.BufferedReader:
        """Return what has come as one stream, opened piece by piece as it is read.

        Reading it raises `DamageError` where a piece was changed or cut.
        """
        return io.BufferedReader(_Joined(self._contents()))

    def assembled(self, path: Path) -> EncryptedFile:
        """Write the content, encrypted with a new key, into a file; the pieces stay.

        Raises:
            DamageError: A piece was changed or cut.
            StoreError: The disk refuses.
            RefusedError: It is longer than a content may be.
        """
        joined = _Joined(self._contents())
        try:
            return encrypt_file(io.BufferedReader(joined), path)
        except StoreError as error:
            raise (joined.failure or error) from error

    def forget(self) -> None:
        """Remove every piece.

        Raises:
            StoreError: The disk refuses.
        """
        for _, _, path in self._files():
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise writing_error(path, error) from error

    def _files(self) -> list[tuple[int, int, Path]]:
        found = []
        for path in self.folder.glob(f"{self.name}-*-*"):
            _, start, length = path.name.split("-")
            found.append((int(start), int(length), path))
        return sorted(found)

    def _contents(self) -> Iterator[bytes]:
        end = 0
        for start, length, path in self._files():
            if start > end:
                return
            piece = _opened(path, self.key)
            if len(piece) != length:
                raise DamageError(N_("The file on the disk is damaged or does not belong here."))
            yield piece[end - start :]
            end = max(end, start + length)


def new_pieces(folder: Path) -> Pieces:
    """Return pieces of which none has come, with a new name and key."""
    return Pieces(folder, secrets.token_hex(_NAME_BYTES), made_recipient().secret)


def _opened(path: Path, key: str) -> bytes:
    try:
        return opened(path.read_bytes(), key)
    except (OSError, StoreError) as error:
        raise DamageError(N_("The file on the disk is damaged or does not belong here.")) from error


class _Joined(io.RawIOBase):
    """Reads parts one after the other as one stream."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._rest = b""
        self.failure: DamageError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            try:
                part = next(self._parts, None)
            except DamageError as error:
                self.failure = error  # what encrypts would hide the reason
                raise
            if part is None:
                return 0
            self._rest = part
        taken = min(len(buffer), len(self._rest))
        buffer[:taken] = self._rest[:taken]
        self._rest = self._rest[taken:]
        return taken
