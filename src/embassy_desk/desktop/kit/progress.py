"""Long work: how far it is, at the bottom of the window, and a button that stops it.

    made = await frame.progress.during(
        N_("Importing “{file}” …", file=path.name),
        lambda progress: asyncio.to_thread(import_file, path, progress),
    )

The work calls `progress(done, total)` from whatever thread it runs on, as often as it likes; that
raises `StoppedError` once the person has asked to stop, so the work ends there and keeps nothing.
"""

import threading
from collections.abc import Awaitable, Callable
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, named, plain_label
from embassy_desk.domain.errors import StoppedError
from embassy_desk.texts import N_, Text, Words

Answer = TypeVar("Answer")

LOOK_MS = 100
_STEPS = 1000
_BAR_WIDTH_PX = 260


class Progress:
    """How far one piece of long work is; may be called from any thread."""

    def __init__(self) -> None:
        """Begin at nothing, of unknown length."""
        self._stop = threading.Event()
        self.done = 0
        self.total = 0

    def __call__(self, done: int, total: int) -> None:
        """Note how far the work is.

        Args:
            done: Steps that are done.
            total: All steps; 0 while nobody knows.

        Raises:
            StoppedError: The person asked to stop.
        """
        self.done, self.total = done, total
        if self._stop.is_set():
            raise StoppedError

    def stop(self) -> None:
        """Let the next call end the work."""
        self._stop.set()

    @property
    def is_stopping(self) -> bool:
        """Whether the person asked to stop."""
        return self._stop.is_set()


class ProgressBar(QFrame):
    """Shows the long work that was begun last; hidden while there is none."""

    def __init__(self, words: Words) -> None:
        """Begin hidden."""
        super().__init__()
        self.setProperty("role", "bottom")
        self._phrases = Phrases(words)
        self._running: list[tuple[Progress, Text]] = []
        self._text = plain_label("small", wraps=False)
        self._text.setObjectName("progress-text")
        self._bar = QProgressBar()
        self._bar.setFixedWidth(_BAR_WIDTH_PX)
        self._bar.setTextVisible(False)
        self.stop_button = button(self._phrases, N_("Stop"))
        self.stop_button.setObjectName("progress-stop")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 5, 14, 5)
        row.setSpacing(12)
        row.addWidget(self._text, 1)
        row.addWidget(self._bar)
        row.addWidget(self.stop_button)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.stop_button.clicked.connect(self._on_stop)
        self.hide()

    @property
    def is_busy(self) -> bool:
        """Whether long work is under way."""
        return bool(self._running)

    async def during(self, text: Text, work: Callable[[Progress], Awaitable[Answer]]) -> Answer:
        """Run long work, show how far it is, and return its answer.

        Args:
            text: What is being done, with three dots at the end.
            work: Is given what it reports to.

        Raises:
            StoppedError: The person stopped it.
        """
        progress = Progress()
        mine = (progress, text)
        self._running.append(mine)
        self._show()
        try:
            return await work(progress)
        finally:
            self._running.remove(mine)
            self._show()

    def _show(self) -> None:
        """Show the work that was begun last."""
        self.setVisible(bool(self._running))
        if not self._running:
            self._timer.stop()
            return
        progress, text = self._running[-1]
        self._phrases.show(self._text.setText, text)
        named(self._phrases, self._bar, text)
        self.stop_button.setEnabled(not progress.is_stopping)
        self._timer.start()
        self._look()

    def _look(self) -> None:
        progress, _ = self._running[-1]
        if progress.total:
            self._bar.setRange(0, _STEPS)
            self._bar.setValue(min(progress.done, progress.total) * _STEPS // progress.total)
        else:
            self._bar.setRange(0, 0)

    def stop_all(self) -> bool:
        """Stop whatever runs, and say whether anything did."""
        for progress, _ in self._running:
            progress.stop()
        return bool(self._running)

    def _on_stop(self) -> None:
        self._running[-1][0].stop()
        self.stop_button.setEnabled(False)
        self._phrases.show(self._text.setText, N_("Stopping …"))

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)
