"""What a person can do with a list: connects its screen, its presenter and its dialogs."""

from collections.abc import Coroutine
from typing import Any

from embassy_desk.application.wishes import Chip
from embassy_desk.desktop.kit.dialogs import answer_to
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.lists.chip_dialog import ChipDialog
from embassy_desk.desktop.lists.menu import ListMenu
from embassy_desk.desktop.lists.presenter import ListPresenter
from embassy_desk.desktop.lists.screen import ListScreen
from embassy_desk.desktop.shell.frame import Frame


class ListActs:
    """Runs what is asked of the list."""

    def __init__(
        self,
        screen: ListScreen,
        presenter: ListPresenter,
        keeper: Keeper,
        outfit: Outfit,
        window: Frame,
    ) -> None:
        """Connect the screen to the presenter; menu and dialogs stand on the window."""
        self.screen = screen
        self.presenter = presenter
        self._keeper = keeper
        self._outfit = outfit
        self._window = window
        top = screen.top
        top.ready_asked.connect(lambda chips: self._start(presenter.add_chips(chips), "filter"))
        top.chip_asked.connect(self.start_chip)
        top.chips.remove_asked.connect(
            lambda chip: self._start(presenter.change_chip(chip, None), "filter")
        )
        top.chips.open_asked.connect(lambda chip: self._start(self._chip(chip), "filter"))
        top.chips.clear_asked.connect(self.start_clearing)
        self.menu = ListMenu(window.phrases, window)
        self.menu.asked.connect(self.on_act)
        window.insert_menu(self.menu.menu)

    def _start(self, work: Coroutine[Any, Any, object], name: str) -> None:
        self._keeper.start(work, name=name)

    def start_chip(self) -> None:
        """Ask for a filter by a field."""
        self._start(self._chip(None), "filter")

    def start_clearing(self) -> None:
        """Show the whole list."""
        self._start(self.presenter.clear(), "filter")

    def on_act(self, name: str) -> None:
        """Do what was chosen from the menu."""
        top = self.screen.top
        {
            "add_filter": top.open_filters,
            "field_filter": self.start_chip,
            "go_to_filters": top.chips.focus,
            "clear_filters": self.start_clearing,
        }[name]()

    async def _chip(self, former: Chip | None) -> None:
        """Take a new condition, or another in the place of one."""
        dialog = ChipDialog(self._window, self._outfit, self.presenter.wish.kind)
        if former is not None:
            dialog.show_chip(former, self.screen.names)
        chosen: list[Chip] = []
        dialog.chosen.connect(chosen.append)
        await answer_to(dialog)
        for chip in chosen:
            if former is None:
                await self.presenter.add_chips((chip,))
            else:
                await self.presenter.change_chip(former, chip)
