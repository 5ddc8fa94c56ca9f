"""What is cleared away when the desk locks: everything that came with it, and what we copied."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication, QDialog, QWidget


class OwnCopies(QObject):
    """Knows whether what lies in the clipboard was copied here, and takes only that back."""

    def __init__(self, app: QApplication) -> None:
        """Watch the clipboard of an application."""
        super().__init__(app)
        self._app = app
        self._is_ours = False
        app.clipboard().dataChanged.connect(self._on_changed)

    def _on_changed(self) -> None:
        # Some systems do not tell whose it is; then what came while we had the focus is ours.
        is_owner = self._app.clipboard().ownsClipboard()
        self._is_ours = is_owner or self._app.focusWindow() is not None

    def clear(self) -> None:
        """Empty the clipboard, and what is marked with the mouse on X11, where it is ours."""
        clipboard = self._app.clipboard()
        if self._is_ours:
            clipboard.clear(QClipboard.Mode.Clipboard)
        if clipboard.supportsSelection() and clipboard.ownsSelection():
            clipboard.clear(QClipboard.Mode.Selection)
        self._is_ours = False


def hide_other_windows(app: QApplication, frame: QWidget) -> None:
    """Let every window of ours but one vanish at once: dialogs, open menus, tool tips.

    Nobody is told yet: what a dialog holds is still to be kept.
    """
    for each in app.topLevelWidgets():
        if each is not frame and each.isVisible():
            each.hide()


def sweep_since(frame: QWidget) -> Callable[[], None]:
    """Remember what belongs to a window now.

    Returns:
        A function that takes away whatever has come since: menus, acts, dialogs, presenters.
        Dialogs are answered with Escape first, so that whoever waits for them goes on.
    """
    before = list(frame.children())

    def sweep() -> None:
        new = [each for each in frame.children() if not any(each is old for old in before)]
        for each in new:
            if isinstance(each, QDialog):
                each.reject()
        for each in new:
            each.deleteLater()

    return sweep
