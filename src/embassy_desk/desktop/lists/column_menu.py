"""The menu of a column: sort, hide, filter; and every order at once, for the keyboard."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import action, menu
from embassy_desk.desktop.kit.plans import Column, TablePlan
from embassy_desk.desktop.lists.fields import column_title, is_sortable
from embassy_desk.texts import N_, Text

Order = tuple[str, bool]


class ColumnMenu(QObject):
    """Offers what can be done with the columns of a list.

    Attributes:
        sort_asked: Another order is wanted: field, and whether the highest comes first.
        hide_asked: A column should go; carries its name.
        filter_asked: A filter by the field of a column is wanted; carries its name.
        columns_asked: The columns should be chosen in the dialog.
        kind: Kind of the list.
    """

    sort_asked = Signal(str, bool)
    hide_asked = Signal(str)
    filter_asked = Signal(str)
    columns_asked = Signal()

    def __init__(self, table: QWidget, outfit: Outfit) -> None:
        """Open over a table."""
        super().__init__(table)
        self._table = table
        self._outfit = outfit
        self.kind = ""

    def open(self, plan: TablePlan, at: int, order: Order, place: QPoint) -> None:
        """Offer what can be done with one column."""
        column = plan.columns[at]
        made = self._menu(column_title(self.kind, column))
        if is_sortable(self.kind, column.field):
            self._add_orders(made, column.field, order)
            if column.field == "heading" and plan.by_family:
                text, is_now = N_("Sort by family name"), order[0] == "family"
                self._add(made, text, self._sorter("family"), is_ticked=is_now)
            made.addSeparator()
        if column.field not in {"heading", "subtitle"}:
            text = N_("Filter by this field …")
            self._add(made, text, lambda: self.filter_asked.emit(column.field))
            self._add(made, N_("Hide this column"), lambda: self.hide_asked.emit(column.field))
        self._add(made, N_("Columns …"), self.columns_asked.emit)
        made.popup(place)

    def open_orders(self, plan: TablePlan, order: Order, place: QPoint) -> None:
        """Offer to sort by every column, and to turn the order round."""
        made = self._menu(N_("Sort by"))
        for column in plan.columns:
            if is_sortable(self.kind, column.field):
                title = self._title(column, plan)
                self._add(
                    made, title, self._sorter(column.field), is_ticked=order[0] == column.field
                )
                if column.field == "heading" and plan.by_family:
                    text = N_("Family name")
                    self._add(made, text, self._sorter("family"), is_ticked=order[0] == "family")
        made.addSeparator()
        field, is_descending = order
        turned = N_("The other way round")
        self._add(
            made,
            turned,
            self._sorter(field, is_descending=not is_descending),
            is_ticked=is_descending,
        )
        made.popup(place)
        made.setActiveAction(made.actions()[0])

    def _title(self, column: Column, plan: TablePlan) -> Text:
        if column.field == "heading" and plan.by_family:
            return N_("Given name")
        return column_title(self.kind, column)

    def _add_orders(self, place: QMenu, field: str, order: Order) -> None:
        for text, is_descending in (
            (N_("Lowest or earliest first"), False),
            (N_("Highest or latest first"), True),
        ):
            is_now = order == (field, is_descending)
            self._add(
                place, text, self._sorter(field, is_descending=is_descending), is_ticked=is_now
            )

    def _sorter(self, field: str, *, is_descending: bool = False) -> Callable[[], None]:
        return lambda: self.sort_asked.emit(field, is_descending)

    def _menu(self, title: Text) -> QMenu:
        made = menu(Phrases(self._outfit.words), title, self._table)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return made

    def _add(
        self,
        place: QMenu,
        text: Text,
        act: Callable[[], object],
        *,
        is_ticked: bool | None = None,
    ) -> None:
        made = action(Phrases(self._outfit.words), text, place, checkable=is_ticked is not None)
        made.setChecked(bool(is_ticked))
        made.triggered.connect(lambda _checked=False: act())
        place.addAction(made)
