"""What a person can do with saved views: keep, rename, delete, choose, open the list with one."""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from embassy_desk.application.office import Office
from embassy_desk.application.views import View, all_views, forget_view, keep_view
from embassy_desk.desktop.kit.asking import Outcome, answer_in_turn
from embassy_desk.desktop.kit.dialogs import Question, answer_to
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.notice import Notice
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import action, menu
from embassy_desk.desktop.lists.name_dialog import NameDialog
from embassy_desk.desktop.lists.presenter import ListPresenter
from embassy_desk.domain.errors import RefusedError
from embassy_desk.texts import N_, Text

Start = Callable[[Coroutine[Any, Any, object], str], None]


class ViewActs(QObject):
    """Keeps saved views and offers them.

    Attributes:
        changed: There are other views, or another one is shown; carries all views and the
            identity of the one that is shown.
    """

    changed = Signal(object, str)

    def __init__(
        self,
        office: Office,
        presenter: ListPresenter,
        keeper: Keeper,
        outfit: Outfit,
        window: QWidget,
        tell: Callable[[Notice], None],
    ) -> None:
        """Begin without views; dialogs stand on the window."""
        super().__init__(window)
        self._office = office
        self._presenter = presenter
        self._keeper = keeper
        self._outfit = outfit
        self._window = window
        self._tell = tell
        self.views: tuple[View, ...] = ()

    async def read(self) -> None:
        """Read the views that this desk keeps, and show them."""
        self.views = await self._office.ask(all_views)
        self.show()

    def show(self) -> None:
        """Say which views there are and which one is shown."""
        view = self._presenter.view
        self.changed.emit(self.views, view.id if view else "")

    def view_named(self, view_id: str) -> View | None:
        """Return a view by its identity."""
        return next((each for each in self.views if each.id == view_id), None)

    async def choose(self, view: View | None) -> None:
        """Show a view of the list that is open, or the list without one."""
        await self._presenter.show_view(view)
        self.show()

    async def save_new(self) -> None:
        """Keep what is shown under a name."""
        wish = self._presenter.wish
        await self._named(N_("Save as a view"), View(name="", wish=wish))

    async def save_changes(self) -> None:
        """Let the view that is shown be as the list is now."""
        view = self._presenter.view
        if view is None:
            await self.save_new()
            return
        await self._keep(replace(view, wish=self._presenter.wish))
        self._tell(Notice(N_("The view “{name}” was saved.", name=view.name)))

    async def rename(self) -> None:
        """Give the view that is shown another name."""
        view = self._presenter.view
        if view is not None:
            await self._named(N_("Rename the view"), view)

    async def delete(self) -> None:
        """Remove the view that is shown, after asking; what it shows stays on the screen."""
        view = self._presenter.view
        if view is None:
            return
        question = Question(
            self._window,
            self._outfit.words,
            N_("Delete the view “{name}”? No record is touched.", name=view.name),
            (N_("Delete the view"), N_("Cancel")),
            first=1,
        )
        if await answer_to(question) == 0:
            await self._office.do(forget_view, view.id)
            self._presenter.view = None
            await self.read()

    async def toggle_default(self) -> None:
        """Let the list open with the view that is shown, or no longer."""
        view = self._presenter.view
        if view is not None:
            await self._keep(replace(view, is_default=not view.is_default))

    async def _keep(self, view: View) -> None:
        self._presenter.view = await self._office.do(keep_view, view)
        await self.read()

    async def _named(self, title: Text, view: View) -> None:
        """Ask for the name until it is accepted."""
        dialog = NameDialog(self._window, self._outfit, title)
        dialog.line.setText(view.name)
        dialog.line.selectAll()
        dialog.is_default.setChecked(view.is_default)

        async def attempt() -> Outcome:
            named = replace(view, name=dialog.line.text(), is_default=dialog.is_default.isChecked())
            try:
                await self._keep(named)
            except RefusedError as error:
                return partial(dialog.complain, error.text)
            return dialog.accept

        await answer_in_turn(self._keeper, dialog, dialog.save_asked, attempt)

    def _start(self, work: Coroutine[Any, Any, object]) -> None:
        self._keeper.start(work, name="view")

    def open_menu(self, at: QPoint) -> None:
        """Offer the views of the list that is open, and what can be done with them."""
        phrases = Phrases(self._outfit.words)
        made = menu(phrases, N_("Views"), self._window)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = self._presenter.view
        kind = self._presenter.wish.kind
        offered = [each for each in self.views if each.wish.kind == kind]
        self._entry(made, N_("Whole list"), partial(self.choose, None), is_ticked=shown is None)
        for each in offered:
            is_shown = shown is not None and shown.id == each.id
            name = N_("{name}", name=each.name)
            self._entry(made, name, partial(self.choose, each), is_ticked=is_shown)
        made.addSeparator()
        self._entry(made, N_("Save as a view …"), self.save_new)
        if shown is not None:
            name = N_("Save changes in “{name}”", name=shown.name)
            self._entry(made, name, self.save_changes)
            self._entry(made, N_("Rename the view …"), self.rename)
            self._entry(made, N_("Delete the view …"), self.delete)
            text = N_("Open the list with this view")
            self._entry(made, text, self.toggle_default, is_ticked=shown.is_default)
        made.popup(at)
        made.setActiveAction(made.actions()[0])

    def _entry(
        self,
        place: QMenu,
        text: Text,
        work: Callable[[], Coroutine[Any, Any, object]],
        *,
        is_ticked: bool | None = None,
    ) -> None:
        phrases = Phrases(self._outfit.words)
        made = action(phrases, text, place, checkable=is_ticked is not None)
        made.setText(made.text().replace("&", "&&"))
        made.setChecked(bool(is_ticked))
        made.triggered.connect(lambda _checked=False: self._start(work()))
        place.addAction(made)
