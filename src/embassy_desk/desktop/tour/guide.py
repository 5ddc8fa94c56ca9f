"""The tour at work: it watches what the person does and ticks the steps off."""

from typing import Any

from PySide6.QtCore import QObject, Qt

from embassy_desk.application.office import Office
from embassy_desk.application.pages import Changes
from embassy_desk.application.tour import begin_anew, note_step, steps_done
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.notice import Notice, Way, Weight
from embassy_desk.desktop.pages import DeskPages
from embassy_desk.desktop.shell.desk_menus import DeskMenus
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.desktop.tour.panel import TourPanel
from embassy_desk.desktop.tour.steps import STEPS, step_named
from embassy_desk.texts import N_

_ENTERED = frozenset({"contact", "engagement"})
"""Steps that are done once a record of their kind was saved."""


class Tour(QObject):
    """Leads through a first day; nothing is watched before it was begun.

    Attributes:
        panel: The steps, while the tour goes on.
    """

    panel: TourPanel | None = None

    def __init__(
        self,
        office: Office,
        frame: Frame,
        pages: DeskPages,
        menus: DeskMenus,
        keeper: Keeper,
    ) -> None:
        """Begin at rest.

        Args:
            office: Keeps what was done, and says what changed.
            frame: Where the panel stands.
            pages: Pages whose signs are watched.
            menus: Acts that are watched.
            keeper: Runs what is slow.
        """
        super().__init__(frame)
        self._office, self._frame, self._keeper = office, frame, keeper
        self._pages, self._menus = pages, menus
        self._done: frozenset[str] = frozenset()

    async def offer(self) -> None:
        """Offer the tour on made-up data, until it was begun once."""
        if self._office.store.identity.is_demo and not await self._office.ask(steps_done):
            text = N_("Fifteen minutes show you what the desk can do.")
            way = Way(N_("Begin the tour"), "tour")
            self._frame.notices.tell(Notice(text, Weight.HINT, way=way))

    async def show(self) -> None:
        """Show the panel, or put the focus into it."""
        if self.panel is None:
            self.panel = self._made()
            self._done = await self._office.ask(steps_done)
            self.panel.show_done(self._done)
        self.panel.list.setFocus()

    def _made(self) -> TourPanel:
        frame = self._frame
        panel = TourPanel(frame, frame.phrases.words, is_demo=self._office.store.identity.is_demo)
        frame.phrases.include(panel)
        frame.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, panel)
        panel.way_asked.connect(self._menus.section_asked)
        panel.anew_asked.connect(lambda: self._keeper.start(self._begin_anew(), name="tour"))
        panel.end_asked.connect(self._end)
        page = self._pages.page
        page.beside.append((panel, panel.list.setFocus))
        self._leave = self._office.listen(self._on_changes)
        page.search.hit_chosen.connect(self._on_found)
        page.record.edited.connect(self._on_shown)
        self._pages.record_asked.connect(self._on_asked)
        self._pages.paper_asked.connect(self._on_paper)
        self._menus.asked.connect(self._on_act)
        return panel

    def _end(self) -> None:
        """Take the panel away; what was done stays ticked off."""
        panel, page = self.panel, self._pages.page
        if panel is None:
            return
        self.panel = None
        self._leave()
        page.search.hit_chosen.disconnect(self._on_found)
        page.record.edited.disconnect(self._on_shown)
        self._pages.record_asked.disconnect(self._on_asked)
        self._pages.paper_asked.disconnect(self._on_paper)
        self._menus.asked.disconnect(self._on_act)
        page.beside.clear()
        self._frame.phrases.leave_out(panel)
        self._frame.removeDockWidget(panel)
        panel.deleteLater()
        page.sections.setFocus()

    async def _begin_anew(self) -> None:
        await self._office.do(begin_anew)
        self._done = frozenset()
        if self.panel is not None:
            self.panel.show_done(self._done)

    def _on_asked(self, *_carried: object) -> None:
        if self._pages.page.shown_page == "home":
            self._tick("home")

    def _on_found(self, *_carried: object) -> None:
        self._tick("find")

    def _on_act(self, name: str) -> None:
        if name == "undo":
            self._tick("undo")

    def _on_shown(self) -> None:
        form = self._pages.page.record.form
        if form is not None and form.kind == "agreement" and not form.is_new:
            self._tick("agreement")

    def _on_paper(self, *_carried: object) -> None:
        self._tick("report")

    def _on_changes(self, changes: Changes) -> None:
        """Tick off what was entered, or moved on a board."""
        if changes.kinds and self._pages.page.shown_page == "board":
            self._tick("card")
        for each in sorted(_ENTERED & changes.kinds):
            self._tick(each)

    def _tick(self, code: str) -> None:
        if self.panel is not None and code not in self._done:
            self._done |= {code}
            self._keeper.start(self._note(code), name="tour")

    async def _note(self, code: str) -> None:
        """Keep that a step was done, and say what comes next."""
        await self._office.do(note_step, code)
        if self.panel is None:
            return
        self.panel.show_done(self._done)
        left = [each for each in STEPS if each.code not in self._done]
        told: dict[str, Any] = {"step": step_named(code).title}
        text = (
            N_("Done: “{step}”. Next: “{next}”.", **told, next=left[0].title)
            if left
            else N_("Done: “{step}”. That was the whole tour.", **told)
        )
        self._frame.notices.tell(Notice(text))
