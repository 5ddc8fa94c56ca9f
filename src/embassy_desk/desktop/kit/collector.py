"""Runs Python's cycle collector on the Qt thread only.

By itself it runs on whatever thread allocates, and destroys Qt objects there; the clerk's thread
must never do that.
"""

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 5_000


class Collector(QObject):
    """Collects every few seconds, as long as it lives."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Turn the automatic collector off and start the timer."""
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(INTERVAL_MS)

    def collect(self) -> None:
        """Collect the young; the old ones too when many have gathered."""
        young, middle, old = gc.get_count()
        thresholds = gc.get_threshold()
        if young > thresholds[0]:
            gc.collect(2 if old > thresholds[2] else 1 if middle > thresholds[1] else 0)

    def stop(self) -> None:
        """Stop the timer and hand the work back to Python."""
        self._timer.stop()
        gc.enable()
