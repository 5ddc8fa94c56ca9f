"""Every test here gets a store of its own and the loop that the desk runs on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from makers.desks import forget_template, make_profile


@pytest.fixture(scope="session", autouse=True)
def _template_goes() -> Iterator[None]:
    yield
    forget_template()


@pytest.fixture
def folder(qapp: QApplication, tmp_path: Path) -> Path:
    """The folder of a profile whose store holds reference data and one member of staff."""
    return make_profile(tmp_path)
