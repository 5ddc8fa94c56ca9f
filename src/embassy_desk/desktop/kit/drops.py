"""Files that are dropped on a part of the window or pasted into it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget


class FileDrop(QObject):
    """Lets files be dropped on a widget.

    Attributes:
        dropped: Files were dropped; carries their paths.
        is_open: Whether files are taken at present.
    """

    dropped = Signal(list)

    def __init__(self, widget: QWidget) -> None:
        """Live as long as the widget."""
        super().__init__(widget)
        self.is_open = True
        self._widget = widget
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files; leave everything else to the widget."""
        if watched is not self._widget or not isinstance(event, QDropEvent) or not self.is_open:
            return False
        paths = files_in(event.mimeData())
        if not paths:
            return False
        event.acceptProposedAction()
        if event.type() is QEvent.Type.Drop:
            self.dropped.emit(paths)
        return True


def files_in(carried: QMimeData) -> Sequence[Path]:
    """Return the files that something dragged or copied names."""
    return [Path(each.toLocalFile()) for each in carried.urls() if each.isLocalFile()]
