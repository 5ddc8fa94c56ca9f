"""A second start raises the first window; a crash leaves no obstacle; two profiles have two."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtCore import Qt
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication, QWidget

from embassy_desk.desktop.shell.one_window import OneWindow, bring_forward

PATIENCE_S = 60.0


@pytest.fixture(autouse=True)
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A private place with a short path, as sockets need it."""
    with TemporaryDirectory() as place_of_sockets:
        monkeypatch.setenv("XDG_RUNTIME_DIR", place_of_sockets)
        yield Path(place_of_sockets)


@pytest.fixture
def place(qapp: QApplication, tmp_path: Path) -> Iterator[Callable[[str], OneWindow]]:
    """Makes places for profiles and closes them afterwards."""
    made: list[OneWindow] = []

    def make(profile: str) -> OneWindow:
        made.append(OneWindow(tmp_path / profile))
        return made[-1]

    yield make
    for each in made:
        each.close()


def test_second_start_asks_the_first_window_to_show_itself(
    qapp: QApplication, place: Callable[[str], OneWindow]
) -> None:
    first, second, heard = place("profile"), place("profile"), []
    first.raise_asked.connect(lambda: heard.append("raise"))
    assert first.claim()
    first.listen()
    assert not second.claim()
    while not heard:
        qapp.processEvents()
    assert heard == ["raise"]


def test_a_file_is_handed_to_the_window_that_is_open(
    qapp: QApplication, place: Callable[[str], OneWindow], tmp_path: Path
) -> None:
    first, heard = place("profile"), []
    first.file_given.connect(heard.append)
    assert first.claim()
    first.listen()
    file = tmp_path / "Túi thư tháng mười một.pouch"
    assert not place("profile").claim(file)
    while not heard:
        qapp.processEvents()
    assert heard == [file]


@pytest.mark.parametrize(
    "word", [b"an-older-token\n", b"{}\n", b"[1]\n", b'{"file": 1}\n', b"\xff\n"]
)
def test_a_knock_that_is_not_understood_only_raises_the_window(
    qapp: QApplication, place: Callable[[str], OneWindow], word: bytes
) -> None:
    first, heard, given = place("profile"), [], []
    first.raise_asked.connect(lambda: heard.append("raise"))
    first.file_given.connect(given.append)
    assert first.claim()
    first.listen()
    stranger = QLocalSocket()
    stranger.connectToServer(first.address)
    assert stranger.waitForConnected()
    stranger.write(word)
    while not heard:
        qapp.processEvents()
    assert given == []


def test_two_profiles_have_a_window_each(place: Callable[[str], OneWindow]) -> None:
    for profile in ("one", "two"):
        one = place(profile)
        assert one.claim()
        one.listen()


def test_place_that_was_given_up_is_free(place: Callable[[str], OneWindow]) -> None:
    first = place("profile")
    assert first.claim()
    first.listen()
    first.close()
    assert place("profile").claim()


def _claim_and_wait(folder: Path, told: Connection) -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QApplication(["embassy-desk"])
    one = OneWindow(folder)
    is_ours = one.claim()
    one.listen()
    told.send(is_ours)
    app.exec()


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of Windows go with their process")
def test_socket_that_a_crash_left_behind_is_taken_over(
    place: Callable[[str], OneWindow], tmp_path: Path, room: Path
) -> None:
    context = multiprocessing.get_context("spawn")
    hears, told = context.Pipe(duplex=False)
    child = context.Process(target=_claim_and_wait, args=(tmp_path / "profile", told))
    child.start()
    assert hears.poll(PATIENCE_S)
    assert hears.recv() is True
    assert not place("profile").claim()  # the control: alive, it answers
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join(PATIENCE_S)
    assert [each for each in room.iterdir() if each.is_socket()], "the crash left nothing"
    assert place("profile").claim()


def test_place_is_for_its_owner_only(place: Callable[[str], OneWindow], room: Path) -> None:
    first = place("profile")
    assert first.claim()
    first.listen()
    assert Path(first.address).stat().st_mode & 0o077 == 0
    assert Path(first.address).parent == room


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_window_that_was_made_small_comes_back(qapp: QApplication) -> None:
    window = QWidget()
    window.showMinimized()
    bring_forward(window)
    assert window.isVisible()
    assert not window.windowState() & Qt.WindowState.WindowMinimized
    window.deleteLater()
