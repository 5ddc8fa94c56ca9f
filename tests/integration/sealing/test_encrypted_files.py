"""Attachments on the disk: encrypted, whole, and refused when anything was changed."""

import errno
import hashlib
import io
import random
from pathlib import Path
from typing import BinaryIO

import pytest

from embassy_desk.domain.errors import DeskError, MissingError, RefusedError, StoreError
from embassy_desk.sealing.files import decrypt_file, encrypt_file

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

CHUNK_BYTES = 64 * 1024
CANARY = b"canary: the ambassador meets Nguyen at four; "


def encrypted(path: Path, content: bytes) -> str:
    """Encrypt the content into the path and return the key."""
    return encrypt_file(io.BytesIO(content), path).key


@pytest.mark.parametrize(
    "size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES, 1_000_003]
)
def test_a_file_of_any_size_comes_back_as_it_was(tmp_path: Path, size: int) -> None:
    content = random.Random(size).randbytes(size)
    file = encrypt_file(io.BytesIO(content), tmp_path / "a")
    assert (file.digest, file.size_bytes) == (hashlib.sha256(content).digest(), size)
    assert decrypt_file(tmp_path / "a", file.key) == content


def test_no_part_of_the_content_is_on_the_disk_at_any_time(tmp_path: Path) -> None:
    seen: list[bytes] = []

    class Watching(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            seen.extend(each.read_bytes() for each in tmp_path.iterdir())
            return super().read(size)

    encrypt_file(Watching(CANARY * 50_000), tmp_path / "a")
    seen.extend(each.read_bytes() for each in tmp_path.iterdir())
    assert max(map(len, seen)) > 2_000_000
    assert not any(b"canary" in each or b"Nguyen" in each for each in seen)


def test_every_file_has_a_key_of_its_own_that_is_not_shown(tmp_path: Path) -> None:
    one = encrypt_file(io.BytesIO(b"same"), tmp_path / "a")
    other = encrypt_file(io.BytesIO(b"same"), tmp_path / "b")
    assert one.key != other.key
    assert (tmp_path / "a").read_bytes() != (tmp_path / "b").read_bytes()
    assert repr(one.key) not in repr(one)
    with pytest.raises(StoreError):
        decrypt_file(tmp_path / "b", one.key)


@pytest.mark.parametrize("size", [0, 700, CHUNK_BYTES, 2 * CHUNK_BYTES + 17])
def test_a_flipped_bit_anywhere_is_found(tmp_path: Path, size: int) -> None:
    key = encrypted(tmp_path / "a", bytes(size))
    whole = (tmp_path / "a").read_bytes()
    dice = random.Random(size)
    places = {*range(min(len(whole), 250)), *(dice.randrange(len(whole)) for _ in range(250))}
    for place in places:
        flipped = bytearray(whole)
        flipped[place] ^= 1 << dice.randrange(8)
        (tmp_path / "a").write_bytes(flipped)
        with pytest.raises(StoreError):
            decrypt_file(tmp_path / "a", key)


@pytest.mark.parametrize("size", [0, 700, CHUNK_BYTES, 2 * CHUNK_BYTES])
def test_a_cut_file_is_found_wherever_it_was_cut(tmp_path: Path, size: int) -> None:
    key = encrypted(tmp_path / "a", bytes(size))
    whole = (tmp_path / "a").read_bytes()
    header = len(whole) - size - 16 * max(1, -(-size // CHUNK_BYTES))
    at_chunks = range(header, len(whole), CHUNK_BYTES + 16)
    for length in {0, 1, 20, 100, 150, 180, len(whole) - 1, len(whole) - 16, *at_chunks}:
        (tmp_path / "a").write_bytes(whole[:length])
        with pytest.raises(StoreError):
            decrypt_file(tmp_path / "a", key)


@pytest.mark.parametrize("extra", [b"\0", bytes(16), bytes(CHUNK_BYTES + 16)])
def test_a_lengthened_file_is_found(tmp_path: Path, extra: bytes) -> None:
    key = encrypted(tmp_path / "a", bytes(2 * CHUNK_BYTES))
    (tmp_path / "a").write_bytes((tmp_path / "a").read_bytes() + extra)
    with pytest.raises(StoreError):
        decrypt_file(tmp_path / "a", key)


def test_chunks_in_another_order_are_found(tmp_path: Path) -> None:
    key = encrypted(tmp_path / "a", bytes(3 * CHUNK_BYTES))
    whole = (tmp_path / "a").read_bytes()
    chunk = CHUNK_BYTES + 16
    head = len(whole) - 3 * chunk
    first, second, last = (whole[head + n * chunk : head + (n + 1) * chunk] for n in range(3))
    (tmp_path / "a").write_bytes(whole[:head] + second + first + last)
    with pytest.raises(StoreError):
        decrypt_file(tmp_path / "a", key)


def test_what_is_no_key_opens_nothing(tmp_path: Path) -> None:
    encrypted(tmp_path / "a", b"content")
    with pytest.raises(StoreError):
        decrypt_file(tmp_path / "a", "no key")


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(MissingError):
        decrypt_file(tmp_path / "a", "no key")


def test_a_folder_in_place_of_the_file_is_said_to_be_unreadable(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be read"):
        decrypt_file(tmp_path, "no key")


class Breaking(io.BytesIO):
    """A stream from a stick that is pulled out after some reads."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() > 100_000:
            raise OSError(errno.EIO, "pulled out")
        return super().read(size)


@pytest.mark.parametrize(
    ("source", "error"),
    [
        (Breaking(bytes(1_000_000)), StoreError),
        (io.BytesIO(bytes(2_000_001)), RefusedError),
    ],
)
def test_a_failed_encryption_leaves_nothing(
    tmp_path: Path, source: BinaryIO, error: type[DeskError]
) -> None:
    with pytest.raises(error):
        encrypt_file(source, tmp_path / "a", largest_bytes=2_000_000)
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_exactly_the_largest_size_is_taken(tmp_path: Path) -> None:
    file = encrypt_file(io.BytesIO(bytes(1000)), tmp_path / "a", largest_bytes=1000)
    assert file.size_bytes == 1000


@pytest.mark.skipif(resource is None, reason="only POSIX limits the size of files")
def test_a_target_that_cannot_grow_is_said_in_words_and_removed(tmp_path: Path) -> None:
    assert resource is not None
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(StoreError, match="“a” cannot be written: File too large"):
            encrypt_file(io.BytesIO(bytes(1_000_000)), tmp_path / "a")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []
