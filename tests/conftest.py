"""What holds for every test: no display, no network, no traces, no thread left behind.

Sockets beyond this machine are closed by options in pyproject.toml.
"""

import gc
import logging
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from PySide6.QtWidgets import QApplication

# Read when the first application, store or keyring is opened; processes of tests inherit them.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
os.environ["EMBASSY_DESK_KEYRING"] = "off"
_FOLDER_OF_SESSION = Path(tempfile.mkdtemp(prefix="embassy-desk-tests-"))
for _name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
    os.environ[_name] = str(_FOLDER_OF_SESSION / _name.lower())

GRACE_FOR_THREADS_S = 2.0

# The same examples on every run; HYPOTHESIS_PROFILE=explore looks for new ones.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None, database=None)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=1_000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_sessionstart() -> None:
    """Keep Python's cycle collector off: it runs on any thread, and Qt objects must not."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Set aside what the imports made, so that collecting after each test is quick."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Collect on the main thread what the test left in circles; the rest lives on, set aside."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """Remove the folder that stood for the person's own."""
    gc.unfreeze()
    gc.enable()
    shutil.rmtree(_FOLDER_OF_SESSION, ignore_errors=True)


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The application, which lives on when the last window closes, as in the desk."""
    qapp.setQuitOnLastWindowClosed(False)
    return qapp


@pytest.fixture(autouse=True)
def _no_thread_stays() -> Iterator[None]:
    """Fail a test that leaves a thread running."""
    before = set(threading.enumerate())
    yield
    new = [thread for thread in threading.enumerate() if thread not in before]
    for thread in new:
        thread.join(GRACE_FOR_THREADS_S)
    left = [thread.name for thread in new if thread.is_alive()]
    if left:
        pytest.fail(f"threads left running: {', '.join(left)}")


class _Complaints(logging.Handler):
    """Keeps what our code logs as a warning or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _no_warning_is_logged(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test during which our code logs a warning, unless it reads the log itself."""
    complaints = _Complaints()
    logger = logging.getLogger("embassy_desk")
    logger.addHandler(complaints)
    yield
    logger.removeHandler(complaints)
    if complaints.lines and "caplog" not in request.fixturenames:
        pytest.fail("logged unexpectedly:\n" + "\n".join(complaints.lines))
