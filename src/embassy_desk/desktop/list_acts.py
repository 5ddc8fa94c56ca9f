"""What a person can do with a list: connects its screen, its presenter and its dialogs."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from embassy_desk.application.office import Office
from embassy_desk.application.wishes import Chip
from embassy_desk.desktop.bulk_acts import BulkActs
from embassy_desk.desktop.kit.dialogs import answer_to
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.notice import Notice, Weight
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.list_files import ListFiles
from embassy_desk.desktop.lists.chip_dialog import ChipDialog
from embassy_desk.desktop.lists.columns_dialog import ColumnsDialog
from embassy_desk.desktop.lists.menu import ListMenu
from embassy_desk.desktop.lists.presenter import ListPresenter
from embassy_desk.desktop.lists.screen import ListScreen
from embassy_desk.desktop.lists.view_acts import ViewActs
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.texts import N_


class ListActs:
    """Runs what is asked of the list."""

    def __init__(
        self,
        screen: ListScreen,
        presenter: ListPresenter,
        keeper: Keeper,
        outfit: Outfit,
        window: Frame,
        office: Office,
        refuse: Callable[[Path], None],
    ) -> None:
        """Connect the screen to the presenter; menu and dialogs stand on the window."""
        self.screen = screen
        self.presenter = presenter
        self._keeper = keeper
        self._outfit = outfit
        self._window = window
        self.views = ViewActs(office, presenter, keeper, outfit, window, window.notices.tell)
        self.bulk = BulkActs(office, presenter, keeper, outfit, window)
        self.files = ListFiles(office, presenter, screen, keeper, outfit, window, refuse)
        self._is_stopped = False
        self.menu = ListMenu(window.phrases, window)
        self._wire()
        window.insert_menu(self.menu.menu)

    def _wire(self) -> None:
        self.menu.asked.connect(self.on_act)
        for each in self.menu.acts.values():
            each.refused.connect(self._window.notices.refuse)
        self._wire_columns()
        self._wire_views()
        top, presenter = self.screen.top, self.presenter
        top.ready_asked.connect(lambda chips: self._start(presenter.add_chips(chips), "filter"))
        top.chip_asked.connect(self.start_chip)
        top.chips.remove_asked.connect(
            lambda chip: self._start(presenter.change_chip(chip, None), "filter")
        )
        top.chips.open_asked.connect(lambda chip: self._start(self._chip(chip), "filter"))
        top.chips.clear_asked.connect(self.start_clearing)

    def _wire_columns(self) -> None:
        screen, presenter = self.screen, self.presenter
        header = screen.table.menu
        screen.table.columns_moved.connect(
            lambda names, widths: self._start(presenter.note_columns(names, widths), "columns")
        )
        screen.lines_chosen.connect(lambda spans: self._start(presenter.choose(spans), "choose"))
        header.columns_asked.connect(lambda: self._start(self._columns(), "columns"))
        header.hide_asked.connect(lambda name: self._start(self._hide(name), "columns"))
        header.filter_asked.connect(lambda name: self._start(self._chip(None, name), "filter"))

    def _wire_views(self) -> None:
        top = self.screen.top
        top.views_asked.connect(self._open_views)
        presenter = self.presenter
        self.views.changed.connect(lambda *_: top.show_view(presenter.wish, presenter.view))

    def _open_views(self) -> None:
        button = self.screen.top.view
        self.views.open_menu(button.mapToGlobal(button.rect().bottomLeft()))

    @property
    def _columns_now(self) -> tuple[str, ...]:
        return tuple(each.field for each in self.screen.model.columns)

    async def _columns(self) -> None:
        """Let the person choose the columns."""
        kind = self.presenter.wish.kind
        dialog = ColumnsDialog(self._window, self._outfit, kind, self._columns_now)
        chosen: list[tuple[str, ...]] = []
        dialog.chosen.connect(chosen.append)
        await answer_to(dialog)
        for names in chosen:
            await self.presenter.arrange(names, self.presenter.wish.widths if names else ())

    async def _hide(self, name: str) -> None:
        names = tuple(each for each in self._columns_now if each != name)
        await self.presenter.arrange(names, self.presenter.wish.widths)

    def _start(self, work: Coroutine[Any, Any, object], name: str) -> None:
        if self._is_stopped:
            work.close()
        else:
            self._keeper.start(work, name=name)

    def stop(self) -> None:
        """Take no more orders: the store is about to be closed."""
        self._is_stopped = True

    def start_chip(self) -> None:
        """Ask for a filter by a field."""
        self._start(self._chip(None), "filter")

    def start_clearing(self) -> None:
        """Show the whole list."""
        self._start(self.presenter.clear(), "filter")

    def on_act(self, name: str) -> None:
        """Do what was chosen from the menu, while a list is shown."""
        if not self.screen.isVisible():
            self._window.notices.tell(Notice(N_("Open a list first."), Weight.CAUTION))
            return
        top = self.screen.top
        acts: dict[str, Callable[[], object]] = {
            "add_filter": top.open_filters,
            "field_filter": self.start_chip,
            "go_to_filters": top.chips.focus,
            "clear_filters": self.start_clearing,
            "views": self._open_views,
            "save_view": lambda: self._start(self.views.save_new(), "view"),
            "columns": lambda: self._start(self._columns(), "columns"),
            "sort": self.screen.table.open_sorting,
            "choose_all": self._choose_all,
            **self.bulk.acts,
            **self.files.acts,
        }
        acts[name]()

    def _choose_all(self) -> None:
        self.screen.table.setFocus()
        self.screen.table.selectAll()

    async def _chip(self, former: Chip | None, field: str = "") -> None:
        """Take a new condition, or another in the place of one."""
        dialog = ChipDialog(self._window, self._outfit, self.presenter.wish.kind)
        if former is not None:
            dialog.show_chip(former, self.screen.names)
        if field:
            dialog.choose_field(field)
        chosen: list[Chip] = []
        dialog.chosen.connect(chosen.append)
        await answer_to(dialog)
        for chip in chosen:
            if former is None:
                await self.presenter.add_chips((chip,))
            else:
                await self.presenter.change_chip(former, chip)
