"""The log of the desk: a small file beside the store, without contents of records.

What may stand in a line, `LogLines` says.
"""

import logging
import sys
import threading
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from embassy_desk.settings.log_lines import LogLines, place_in_qt
from embassy_desk.settings.places import LOG_FILE, LOG_FOLDER

_MOST_BYTES = 512_000
_KEPT_FILES = 3
_QT_LOG = logging.getLogger("embassy_desk.qt")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Journal:
    """Writes what the desk and Qt report, and hands uncaught errors on."""

    def __init__(self, report: Callable[[BaseException], object]) -> None:
        """Hand errors on; `write_to` says where to write.

        Args:
            report: Is told every error that nobody caught.
        """
        self._report = report
        self._handler: RotatingFileHandler | None = None
        self._hooks = (sys.excepthook, threading.excepthook)
        self._qt_before = qInstallMessageHandler(_on_qt_message)
        sys.excepthook = self._on_uncaught
        threading.excepthook = self._on_uncaught_in_thread

    def write_to(self, folder: Path) -> None:
        """Keep a log in a profile's folder, from now on.

        Raises:
            OSError: The folder for it cannot be made.
        """
        if self._handler is not None:
            return
        (folder / LOG_FOLDER).mkdir(mode=0o700, exist_ok=True)
        self._handler = RotatingFileHandler(
            folder / LOG_FOLDER / LOG_FILE,
            maxBytes=_MOST_BYTES,
            backupCount=_KEPT_FILES,
            encoding="utf-8",
            delay=True,
        )
        self._handler.setFormatter(LogLines())
        logging.getLogger("embassy_desk").addHandler(self._handler)

    def _on_uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._hooks[0](kind, error, trace)
            return
        self._report(error)

    def _on_uncaught_in_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            _LOG.critical("uncaught in a thread", exc_info=arguments.exc_value)

    def close(self) -> None:
        """Put the hooks back and close the file."""
        sys.excepthook, threading.excepthook = self._hooks
        qInstallMessageHandler(self._qt_before)
        if self._handler is not None:
            logging.getLogger("embassy_desk").removeHandler(self._handler)
            self._handler.close()


_LOG = logging.getLogger(__name__)

_HARMLESS = "This plugin does not support"  # what Qt says without a screen


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    if message.startswith(_HARMLESS):
        return
    place = place_in_qt(context.category, message)
    _QT_LOG.log(_LEVELS.get(kind, logging.WARNING), "%s", place)
