"""Which sign of which screen starts which act."""

from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from PySide6.QtCore import QObject, SignalInstance

from embassy_desk.application.findings import behind_home
from embassy_desk.application.pages import Hit, Shelf
from embassy_desk.desktop.dispatch import Dispatch
from embassy_desk.desktop.finding import Finding
from embassy_desk.desktop.going import Going
from embassy_desk.desktop.incoming import Incoming
from embassy_desk.desktop.kit.drops import FileDrop
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.list_acts import ListActs
from embassy_desk.desktop.lists.presenter import ListPresenter
from embassy_desk.desktop.pages import DeskPages
from embassy_desk.desktop.plans import may_change, may_enter
from embassy_desk.desktop.record_files import RecordFiles
from embassy_desk.desktop.record_paper import RecordPaper
from embassy_desk.desktop.records.acts import RecordActs
from embassy_desk.desktop.records.document_acts import DocumentActs
from embassy_desk.desktop.records.presenter import RecordPresenter
from embassy_desk.desktop.search.presenter import SearchPresenter
from embassy_desk.desktop.shell.desk_menus import DeskMenus
from embassy_desk.desktop.shell.desk_page import DeskPage
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.desktop.tour.guide import Tour
from embassy_desk.desktop.undoing import Undoing
from embassy_desk.desktop.updating import Updating
from embassy_desk.desktop.ways_back.preparing import Preparing

Work = Callable[..., Coroutine[Any, Any, object]]


class Parts(Protocol):
    """The parts of the desk that are connected."""

    page: DeskPage
    menus: DeskMenus
    lists: ListPresenter
    records: RecordPresenter
    acts: RecordActs
    paper: RecordPaper
    record_files: RecordFiles
    document_acts: DocumentActs
    going: Going
    undoing: Undoing
    pages: DeskPages
    list_acts: ListActs
    search: SearchPresenter
    finding: Finding
    dispatch: Dispatch
    incoming: Incoming
    updating: Updating
    preparing: Preparing
    tour: Tour

    @property
    def lock_asked(self) -> SignalInstance:
        """The person wants to lock the desk."""

    async def reload(self) -> None:
        """Show list and record anew."""


class Wiring(QObject):
    """Connects the screens of the desk; every act runs under the keeper."""

    def __init__(self, parts: Parts, frame: Frame, keeper: Keeper) -> None:
        """Connect everything once."""
        super().__init__(frame)
        self._parts = parts
        self._keeper = keeper
        self._acts = self._named_acts()
        self._wire_list()
        page, menus = parts.page, parts.menus
        page.sections.kind_chosen.connect(self._starter(parts.going.show_section, "section"))
        page.search.search_asked.connect(self._on_search)
        page.search.hit_chosen.connect(self._on_hit)
        page.record.edited.connect(self._on_edited)
        for pane in (page.record.tabs.timeline, page.record.tabs.linked):
            pane.record_asked.connect(parts.going.start_opening)
        menus.asked.connect(self._on_act)
        menus.section_asked.connect(page.sections.choose)
        menus.new_asked.connect(self._starter(parts.going.begin, "new"))
        frame.notices.undo_asked.connect(menus.acts["undo"].trigger)
        parts.pages.record_asked.connect(parts.going.start_opening)
        parts.pages.behind_asked.connect(self._on_behind)
        show_all = partial(parts.going.show_found, shelf=Shelf.ALL)
        parts.pages.figure_asked.connect(self._starter(show_all, "behind"))
        frame.notices.way_asked.connect(self._on_act)
        parts.pages.new_asked.connect(self._starter(parts.going.begin_with, "new"))
        FileDrop(page.list).dropped.connect(self._starter(partial(_take_first, parts), "import"))

    def _wire_list(self) -> None:
        screen, lists = self._parts.page.list, self._parts.lists
        self._parts.page.went.connect(self._on_edited)
        screen.record_chosen.connect(self._on_line)
        self._parts.page.record.decisions_asked.connect(self._acts["conflict"])
        screen.model.page_wanted.connect(self._starter(lists.fetch, "page"))
        screen.top.filter_asked.connect(self._starter(lists.filter, "filter"))
        screen.top.shelf_asked.connect(self._on_shelf)
        screen.top.new_asked.connect(self._acts["new"])
        screen.table.sort_asked.connect(self._on_sort)
        screen.table.trash_asked.connect(self._on_trash)
        views, sections = self._parts.list_acts.views, self._parts.page.sections
        sections.view_chosen.connect(self._on_view)
        views.changed.connect(
            lambda found, shown: sections.show_views(
                ((each.id, each.wish.kind, each.name) for each in found), shown
            )
        )

    def _on_view(self, view_id: str) -> None:
        view = self._parts.list_acts.views.view_named(view_id)
        if view is not None:
            self._keeper.start(self._parts.going.show_view(view), name="view")

    def _starter(self, work: Work, name: str) -> Callable[..., None]:
        """Return a slot that starts a coroutine with what the signal carries."""

        def start(*carried: Any) -> None:
            self._keeper.start(work(*carried), name=name)

        return start

    def _named_acts(self) -> dict[str, Callable[[], object]]:
        """Return what each act of the menus does."""
        parts = self._parts
        header = parts.page.record.header
        return {
            "new": self._starter(parts.going.begin, "new"),
            "choose_new": parts.menus.choose_kind,
            "back": self._starter(partial(_travel, parts, -1), "back"),
            "forward": self._starter(partial(_travel, parts, 1), "forward"),
            "save": parts.acts.start_saving,
            "reminders": partial(parts.page.sections.choose, "reminder"),
            "drafts": self._starter(parts.going.open_draft, "draft"),
            "undo": self._starter(parts.undoing.undo, "undo"),
            "redo": self._starter(parts.undoing.redo, "redo"),
            "print_record": self._starter(parts.paper.print, "print"),
            "export_record": self._starter(parts.record_files.export, "export"),
            "take_mail": parts.document_acts.start_mail,
            "archive": header.archive_asked.emit,
            "trash": header.trash_asked.emit,
            "bring_back": header.back_asked.emit,
            "lock": parts.lock_asked.emit,
            "passphrase": self._starter(parts.preparing.change_passphrase, "keys"),
            "recovery": self._starter(parts.preparing.make_code, "keys"),
            "drill": self._starter(parts.preparing.try_code, "keys"),
            "back_up": self._starter(parts.preparing.back_up, "backup"),
            "tour": self._starter(parts.tour.show, "tour"),
            "updates": self._starter(parts.updating.show, "updates"),
            "find": parts.finding.show,
            "search": parts.page.search.focus,
            "filter": parts.page.list.top.focus_filter,
            "next_pane": parts.page.next_pane,
            "by_given": partial(self._sort, "heading"),
            "by_family": partial(self._sort, "family"),
            "headquarters": partial(parts.page.sections.choose, "headquarters"),
            "conflict": partial(parts.page.sections.choose, "conflict"),
            "reload": self._starter(partial(_reload, parts), "reload"),
        }

    def _sort(self, field: str, *, is_descending: bool = False) -> None:
        work = self._parts.lists.sort(field, is_descending=is_descending)
        self._keeper.start(work, name="sort")

    def _on_sort(self, field: str, is_descending: bool) -> None:  # noqa: FBT001  Qt's signal
        self._sort(field, is_descending=is_descending)

    def _on_shelf(self, shelf: str) -> None:
        self._keeper.start(self._parts.lists.show_shelf(Shelf(shelf)), name="shelf")

    def _on_trash(self) -> None:
        """Put the line that is chosen in the trash, even when its page is not open yet."""
        if self._parts.page.list.table.chosen_count > 1:
            self._parts.list_acts.on_act("bulk_trash")
            return
        line = self._parts.page.list.chosen_line
        if line is not None and may_change(line.kind):
            self._keeper.start(self._parts.going.trash(line.kind, line.id), name="trash")

    def _on_line(self, record_id: str) -> None:
        self._parts.going.start_opening(self._parts.going.kind, UUID(record_id))

    def _on_behind(self, count: str, kind: str, is_mine: bool) -> None:  # noqa: FBT001  Qt's
        work = self._parts.going.show_found(behind_home(count, is_mine=is_mine), kind)
        self._keeper.start(work, name="behind")

    def _on_search(self, text: str) -> None:
        self._parts.search.search(text, self._parts.page.search.show_hits)

    def _on_hit(self, hit: Hit) -> None:
        self._parts.page.list.table.setFocus()
        self._parts.going.start_opening(hit.kind, hit.id)

    def _on_edited(self) -> None:
        """Say whether everything is saved, and allow the acts that make sense now."""
        page, records = self._parts.page, self._parts.records
        page.show_saved(is_edited=page.record.is_edited)
        acts = self._parts.menus.acts
        acts["save"].allow(is_possible=page.record.is_edited)
        acts["back"].allow(is_possible=self._parts.going.trail.may_go(-1))
        acts["forward"].allow(is_possible=self._parts.going.trail.may_go(1))
        for name in ("archive", "trash", "bring_back"):
            is_ours = records.kind != "" and may_change(records.kind)
            acts[name].allow(is_possible=records.record_id is not None and is_ours)
            acts[name].forbid(page.record.allowed.archive.reason)
        for name in ("print_record", "export_record"):
            acts[name].allow(is_possible=records.record_id is not None)
        is_contact = records.kind == "contact" and records.record_id is not None
        acts["take_mail"].allow(is_possible=is_contact)
        acts["new"].allow(is_possible=may_enter(self._parts.going.entered_kind))
        self._parts.going.follow_list()

    def _on_act(self, name: str) -> None:
        self._acts[name]()


async def _reload(parts: Parts) -> None:
    """Show everything anew, and exchange with headquarters if this desk is enrolled.

    Raises:
        DeskError: The exchange came to a halt; says why.
    """
    await parts.reload()
    await parts.dispatch.courier.exchange_now()


async def _travel(parts: Parts, step: int) -> None:
    """Go back, or forward, to where the person was.

    Raises:
        MissingError: The record that was shown there is gone.
    """
    place = parts.going.trail.go(step)
    if place is None:
        return
    if place.record_id is None:
        parts.page.sections.show_chosen(place.section)
        await parts.going.show_section(place.section)
    else:
        await parts.going.open(place.section, place.record_id)


async def _take_first(parts: Parts, paths: list[Path]) -> None:
    """Take a file in that was dropped on the list.

    Raises:
        DeskError: It cannot be read.
    """
    await parts.incoming.take_in(paths[0])
