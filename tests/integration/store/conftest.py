"""A store of its own for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from embassy_desk.store.opening import Store
from makers.stores import make_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An open store without records."""
    opened = make_store(tmp_path)
    yield opened
    opened.close()
