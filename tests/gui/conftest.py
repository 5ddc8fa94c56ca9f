"""Every test here gets a store of its own and the loop that the desk runs on."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from embassy_desk.application import keys
from embassy_desk.application.keys import new_recovery_code
from embassy_desk.application.profile import open_profile
from embassy_desk.sealing.derivation import FLOOR
from makers.desks import PASSPHRASE, clock, forget_template, make_profile


@pytest.fixture(scope="session", autouse=True)
def _template_goes() -> Iterator[None]:
    yield
    forget_template()


@pytest.fixture
def folder(qapp: QApplication, tmp_path: Path) -> Path:
    """The folder of a profile whose store holds reference data and one member of staff."""
    return make_profile(tmp_path)


@pytest.fixture
def bus() -> Iterator[str]:
    """The address of a bus of our own."""
    program = shutil.which("dbus-daemon")
    if program is None:
        pytest.skip("there is no dbus-daemon here")
    words = [program, "--session", "--nofork", "--print-address"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().decode().strip()
        daemon.terminate()


@pytest.fixture
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive new keys as quickly as is allowed."""
    monkeypatch.setattr(keys, "scaled_parameters", lambda: FLOOR)


@pytest.fixture
def code(folder: Path) -> str:
    """The recovery code of the store."""
    profile = open_profile(folder, PASSPHRASE, clock)
    try:
        return new_recovery_code(folder, profile.key)
    finally:
        profile.close()
