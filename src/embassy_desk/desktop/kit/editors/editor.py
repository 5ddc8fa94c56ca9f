"""What every editor of a field has in common."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.shapes import Shape
from embassy_desk.domain.errors import InvalidError, Problem
from embassy_desk.texts import Text, Words

Values = Mapping[str, Any]
Names = Mapping[UUID, str]


class Editor(QWidget):
    """Shows and takes the value of one field; abstract.

    Attributes:
        edited: The person changed something.
        left: The person is done with the field; now it may be checked.
        shape: The shape of the field.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, shape: Shape, outfit: Outfit) -> None:
        """Keep what the editor needs; the subclass puts its widgets into the row."""
        super().__init__()
        self.shape = shape
        self.outfit = outfit
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(4)

    @property
    def front(self) -> QWidget:
        """The widget that takes the focus and carries the field's name."""
        raise NotImplementedError

    @property
    def named(self) -> tuple[QWidget, ...]:
        """The widgets that carry the field's name for screen readers."""
        return (self.front,)

    def values(self) -> dict[str, Any]:
        """Return the value by the name of the field.

        Raises:
            InvalidError: What was typed cannot be read.
        """
        raise NotImplementedError

    def show_values(self, values: Values, names: Names) -> None:
        """Show the value that the entity has, replacing what was typed."""
        raise NotImplementedError

    def typed(self) -> Any:
        """Return what stands in the editor, to the letter, as JSON can say it."""
        raise NotImplementedError

    def show_typed(self, typed: Any) -> None:
        """Show again what `typed` returned."""
        raise NotImplementedError

    def set_fixed(self, *, is_fixed: bool) -> None:
        """Let the value be read but not edited."""
        self.setEnabled(not is_fixed)

    def relist(self) -> None:
        """Take over controlled lists that have changed."""

    def retranslate(self, words: Words) -> None:
        """Show the editor's own words in another language."""

    def mark(self, *, is_wrong: bool) -> None:
        """Show, not by colour alone, that the value is wrong; the form says why."""
        widget = self.front
        if bool(widget.property("wrong")) != is_wrong:
            widget.setProperty("wrong", is_wrong)
            widget.style().unpolish(widget)
            widget.style().polish(widget)

    def wrong(self, text: Text) -> InvalidError:
        """Return an error about this field."""
        return InvalidError([Problem(self.shape.field, text)])
