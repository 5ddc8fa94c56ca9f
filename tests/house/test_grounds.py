"""What conftest.py and the options promise to every test, and that each promise can be broken."""

import gc
import os
import socket
import subprocess
import sys
from pathlib import Path

import hypothesis
import keyring
import pytest
from PySide6.QtWidgets import QApplication

CONFTEST = Path(__file__).parent.parent / "conftest.py"
DOCUMENTATION_ADDRESS = "192.0.2.1"


def _run_by_itself(folder: Path, source: str) -> subprocess.CompletedProcess[str]:
    """Run one test module under a copy of our conftest.py in a process of its own."""
    (folder / "conftest.py").write_text(CONFTEST.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "test_planted.py").write_text(source, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_qt_draws_nowhere() -> None:
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"


def test_the_collector_waits_for_the_end_of_each_test() -> None:
    assert not gc.isenabled()


def test_application_outlives_its_windows(qapp: QApplication) -> None:
    assert not qapp.quitOnLastWindowClosed()


def test_examples_are_the_same_on_every_run() -> None:
    if os.environ.get("HYPOTHESIS_PROFILE", "steady") == "steady":
        assert hypothesis.settings.default.derandomize
    assert hypothesis.settings.default.deadline is None


def test_the_keyring_of_the_person_is_out_of_reach() -> None:
    with pytest.raises(keyring.errors.NoKeyringError):
        keyring.get_password("embassy-desk-tests", "nobody")


def test_folders_of_the_person_are_out_of_reach() -> None:
    assert "embassy-desk-tests-" in os.environ["XDG_DATA_HOME"]


def test_addresses_beyond_this_machine_are_refused() -> None:
    with (
        socket.socket() as outside,
        pytest.warns(UserWarning, match=DOCUMENTATION_ADDRESS),
        pytest.raises(RuntimeError, match=DOCUMENTATION_ADDRESS),
    ):
        outside.connect((DOCUMENTATION_ADDRESS, 80))


def test_addresses_of_this_machine_are_open() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        assert client.getpeername() == server.getsockname()


def test_a_thread_left_running_fails_its_test(tmp_path: Path) -> None:
    planted = (
        "import threading\n"
        "def test_it():\n"
        "    threading.Thread(target=threading.Event().wait, name='lost', daemon=True).start()\n"
    )
    answer = _run_by_itself(tmp_path, planted)
    assert answer.returncode == 1
    assert "threads left running: lost" in answer.stdout


def test_an_unexpected_warning_in_the_log_fails_its_test(tmp_path: Path) -> None:
    planted = (
        "import logging\n"
        "def test_it():\n"
        "    logging.getLogger('embassy_desk.store').warning('odd')\n"
        "def test_expected(caplog):\n"
        "    logging.getLogger('embassy_desk.store').warning('odd')\n"
    )
    answer = _run_by_itself(tmp_path, planted)
    assert "logged unexpectedly" in answer.stdout
    assert "2 passed, 1 error" in answer.stdout
