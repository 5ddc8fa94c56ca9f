"""A combo box that is not changed by accident."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox

_NARROWEST_CHARACTERS = 8


class QuietComboBox(QComboBox):
    """A combo box that leaves the wheel to the page while it has no focus."""

    def __init__(self) -> None:
        """Let the box be narrower than its longest choice."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_NARROWEST_CHARACTERS)
        self.setMaxVisibleItems(20)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  Qt's name
        """Scroll the page, not the choice, under a resting pointer."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
