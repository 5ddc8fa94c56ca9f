"""Lets what assistive programs select be what is chosen, as a click would."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject
from PySide6.QtWidgets import QAbstractItemView


class ChosenLine(QObject):
    """Makes the one line that is selected the current one.

    Screen readers and dictation select through the accessibility tree, which moves no cursor; a
    list that only follows its cursor would not notice.
    """

    def __init__(self, view: QAbstractItemView) -> None:
        """Watch a view whose model is set; lives as long as the view."""
        super().__init__(view)
        self._view = view
        view.selectionModel().selectionChanged.connect(self._on_selected)

    def _on_selected(self, _new: QItemSelection, _old: QItemSelection) -> None:
        model = self._view.selectionModel()
        chosen = model.selection()
        ranges = [
            chosen.at(at) for at in range(chosen.count())
        ]  # never line by line: there are many
        row = model.currentIndex().row()
        if ranges and not any(each.top() <= row <= each.bottom() for each in ranges):
            model.setCurrentIndex(ranges[0].topLeft(), QItemSelectionModel.SelectionFlag.NoUpdate)
