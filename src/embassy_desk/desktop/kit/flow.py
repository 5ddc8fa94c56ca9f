"""A layout that puts widgets side by side and goes on in the next line where the width ends."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QWidget

_TIGHT_PX = 6

_Placed = tuple[QLayoutItem, QSize, int]


class FlowLayout(QLayout):
    """Lays widgets out as words stand in a paragraph."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        spacing_px: int = _TIGHT_PX,
        at_right: int = 0,
        wide: int | None = None,
    ) -> None:
        """Begin empty, without margins.

        Args:
            parent: The widget that is laid out.
            spacing_px: Room between two items, and between two lines.
            at_right: So many of the last items stand at the right end while one line holds all.
            wide: Place of an item that takes the rest of its line, such as a field.
        """
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._at_right, self._wide = at_right, wide
        self.setSpacing(spacing_px)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802  Qt's name
        """Take an item in."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, at: int) -> QLayoutItem | None:  # noqa: N802  Qt's name
        """Return an item, or nothing beyond the last."""
        return self._items[at] if 0 <= at < len(self._items) else None

    def takeAt(self, at: int) -> QLayoutItem | None:  # noqa: N802  Qt's name
        """Let an item go."""
        return self._items.pop(at) if 0 <= at < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802  Qt's name
        """Take no more room than needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Say that narrow places need more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that a width needs."""
        return self._laid(QRect(0, 0, width, 0), is_trial=True)

    def setGeometry(self, area: QRect) -> None:  # noqa: N802  Qt's name
        """Put every item in its place."""
        super().setGeometry(area)
        self._laid(area, is_trial=False)

    def sizeHint(self) -> QSize:
        """Return the least size."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802  Qt's name
        """Return room for one line; a long item is cut rather than forced into the width."""
        height = max((item.sizeHint().height() for item in self._items), default=0)
        return QSize(0, height)

    def _laid(self, area: QRect, *, is_trial: bool) -> int:
        """Lay the items out, or only find out how; return the height."""
        y = area.y()
        for line in self._lines(area.width()):
            height = max(size.height() for _, size, _ in line)
            for item, size, x in line if not is_trial else ():
                corner = QPoint(area.x() + x, y + (height - size.height()) // 2)
                item.setGeometry(QRect(corner, size))
            y += height + self.spacing()
        return max(0, y - self.spacing() - area.y())

    def _lines(self, width: int) -> list[list[_Placed]]:
        """Return the items that are shown, line by line, each with its size and left edge."""
        shown = [(item, item.sizeHint()) for item in self._items if not item.isEmpty()]
        whole = sum(size.width() + self.spacing() for _, size in shown) - self.spacing()
        first_at_right = len(shown) - self._at_right if self._at_right else len(shown)
        lines: list[list[_Placed]] = []
        x = 0
        for at, (item, hint) in enumerate(shown):
            size = QSize(min(hint.width(), width), hint.height())
            if not lines or (x > 0 and x + size.width() > width):
                lines.append([])
                x = 0
            if at == first_at_right and whole <= width:
                x += width - whole
            lines[-1].append((item, size, x))
            x += size.width() + self.spacing()
        return [self._filled(line, width) for line in lines]

    def _filled(self, line: list[_Placed], width: int) -> list[_Placed]:
        """Return a line whose wide item, if it stands there, takes the rest of the width."""
        wide = self.itemAt(self._wide) if self._wide is not None else None
        last_size, last_x = line[-1][1:]
        more = width - last_x - last_size.width()
        placed, moved = [], 0
        for item, size, x in line:
            gain = more if item is wide else 0
            placed.append((item, QSize(size.width() + gain, size.height()), x + moved))
            moved += gain
        return placed


def side_by_side(*widgets: QWidget) -> QWidget:
    """Return widgets in one line that a flow never breaks."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(_TIGHT_PX)
    for each in widgets:
        row.addWidget(each)
    return line
