"""Compressed bodies are read within bounds."""

import tracemalloc

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from embassy_desk.domain.errors import InvalidError
from embassy_desk.sync.compression import LARGEST_WINDOW_BYTES, compressed, decompressed


@given(st.binary(max_size=2_000))
def test_what_was_compressed_comes_back(body: bytes) -> None:
    assert decompressed(compressed(body), len(body)) == body


@pytest.mark.parametrize("cut", [0, 1, 5, -1, -4])
def test_a_cut_body_is_refused(cut: int) -> None:
    with pytest.raises(InvalidError):
        decompressed(compressed(b"text" * 100)[:cut], 1_000)


def test_a_changed_body_is_refused() -> None:
    body = bytearray(compressed(bytes(range(256))))
    body[60] ^= 1

    with pytest.raises(InvalidError):
        decompressed(bytes(body), 1_000)


def test_something_behind_the_end_is_refused() -> None:
    with pytest.raises(InvalidError):
        decompressed(compressed(b"text") + b"more", 1_000)


def test_a_bomb_is_refused_without_being_unpacked() -> None:
    bomb = zstandard.ZstdCompressor(level=19).compress(bytes(1 << 30))
    tracemalloc.start()
    try:
        with pytest.raises(InvalidError):
            decompressed(bomb, 1024 * 1024)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert len(bomb) < 100_000
    assert most < 32 * 1024 * 1024


def test_a_frame_that_needs_a_larger_window_is_refused() -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=25)
    frames = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    body = frames.compress(bytes(1 << 25)) + frames.flush()
    assert zstandard.get_frame_parameters(body).window_size > LARGEST_WINDOW_BYTES

    with pytest.raises(InvalidError):
        decompressed(body, 1 << 26)
