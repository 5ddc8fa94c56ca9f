"""The desk behind the passphrase: office, presenters and screens, put together once.

Loaded in a worker thread after the window was painted; see app.py.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractItemView

from embassy_desk.application.allowed import rights_now
from embassy_desk.application.controlled_lists import MISSIONS, NO_LISTS, controlled_lists
from embassy_desk.application.office import Office
from embassy_desk.application.pages import Changes, headings
from embassy_desk.application.profile import DEMO_PASSPHRASE, Profile, open_profile
from embassy_desk.application.wiping import obey_waiting, quarantine, wipe
from embassy_desk.desktop.attachments.opened import OpenedCopies
from embassy_desk.desktop.attachments.presenter import DocumentsPresenter
from embassy_desk.desktop.card_dragging import CardDragging
from embassy_desk.desktop.carding import save_card
from embassy_desk.desktop.diagnosing import diagnose
from embassy_desk.desktop.dispatch import Dispatch
from embassy_desk.desktop.exchange.gone import GonePage
from embassy_desk.desktop.finding import Finding
from embassy_desk.desktop.following import Following
from embassy_desk.desktop.going import Going
from embassy_desk.desktop.incident import show_incident
from embassy_desk.desktop.incoming import Incoming
from embassy_desk.desktop.keeping.rounds import Rounds
from embassy_desk.desktop.kit.asking import Asking
from embassy_desk.desktop.kit.colours import Colours
from embassy_desk.desktop.kit.drops import FileDrop
from embassy_desk.desktop.kit.icons import Icons
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.list_acts import ListActs
from embassy_desk.desktop.lists.making import list_presenter
from embassy_desk.desktop.locking.guard import Guard
from embassy_desk.desktop.log_window import read_log
from embassy_desk.desktop.pages import DeskPages, Make
from embassy_desk.desktop.permits import forbid_acts, forbid_all
from embassy_desk.desktop.record_files import RecordFiles
from embassy_desk.desktop.record_paper import RecordPaper
from embassy_desk.desktop.records.acts import RecordActs
from embassy_desk.desktop.records.alikes import Alikes
from embassy_desk.desktop.records.document_acts import DocumentActs
from embassy_desk.desktop.records.draft_place import DraftPlace
from embassy_desk.desktop.records.drafts import Drafts, reminder
from embassy_desk.desktop.records.presenter import RecordPresenter
from embassy_desk.desktop.records.row_acts import RowActs
from embassy_desk.desktop.reminders.bell import Bell
from embassy_desk.desktop.returning import Left, come_back, place_of
from embassy_desk.desktop.search.presenter import SearchPresenter
from embassy_desk.desktop.settings.hearing import heard_policy
from embassy_desk.desktop.shell.desk_menus import DeskMenus
from embassy_desk.desktop.shell.desk_page import DeskPage
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.desktop.shell.journal import Journal
from embassy_desk.desktop.tour.guide import Tour
from embassy_desk.desktop.undoing import Undoing
from embassy_desk.desktop.updating import Updating
from embassy_desk.desktop.watch import Watch
from embassy_desk.desktop.ways_back.preparing import Preparing
from embassy_desk.desktop.ways_back.ways import newest_of, show_way
from embassy_desk.desktop.wiring import Wiring
from embassy_desk.domain.errors import DeskError
from embassy_desk.domain.rights import Right
from embassy_desk.domain.vietnamese import forget_words
from embassy_desk.settings.log_lines import Plain
from embassy_desk.settings.places import resources
from embassy_desk.texts import Words
from embassy_desk.updates.installation import confirm_here

__all__ = [
    "Desk",
    "DeskPage",
    "Guard",
    "Journal",
    "Rounds",
    "confirm_here",
    "diagnose",
    "heard_policy",
    "newest_of",
    "outfitted",
    "place_of",
    "read_log",
    "save_card",
    "show_incident",
    "show_way",
    "unlocked",
]

Clock = Callable[[], datetime]

_LOG = logging.getLogger(__name__)

_LISTED_KINDS = frozenset({"list_entry", "country", "mission"})
"""Kinds whose records forms offer as choices."""


def unlocked(
    folder: Path, passphrase: str | None, clock: Clock, *, is_accepted: bool = False
) -> Profile:
    """Unlock the store of a folder; slow on purpose, so never called on the loop.

    Args:
        folder: The profile's folder.
        passphrase: What was typed; without it, that of the demonstration.
        clock: Answers with the present time.
        is_accepted: The person goes on with a store that is older or other than it was left.

    Raises:
        DamageError: The store is damaged, or not the one that was last closed here.
        SignInError: The passphrase is wrong.
        StoreError: There is no store, it cannot be read, or it had to be wiped.
    """
    typed = DEMO_PASSPHRASE if passphrase is None else passphrase
    profile = open_profile(folder, typed, clock, is_accepted=is_accepted)
    obey_waiting(profile)
    return profile


class Desk(QObject):
    """Everything that works while the store is open.

    Attributes:
        lock_asked: The person wants to lock the desk.
        bell: Tells of reminders, once the desk was started.
    """

    lock_asked = Signal()
    bell: Bell | None = None
    _is_closed = False

    def __init__(
        self, profile: Profile, frame: Frame, keeper: Keeper, outfit: Outfit, page: DeskPage
    ) -> None:
        """Build the parts around a furnished page; `start` fills them. Closes the profile."""
        super().__init__(frame)
        self._profile, self._keeper, self.outfit, self.page = profile, keeper, outfit, page
        self.office = Office(profile.store)
        self.menus, self._tell = DeskMenus(frame), frame.notices.tell
        self.undoing, self.draft_place = Undoing(self.office, self._tell), DraftPlace(page.record)
        self.lists = list_presenter(self.office, page.list, outfit)
        self.list_acts = _list_acts(self, profile, frame, keeper)
        self.records = self._record_presenter()
        self.acts = self._record_acts(Asking(keeper, outfit, frame))
        self.document_acts = self._document_acts(frame, OpenedCopies(profile.folder))
        self.pages = _pages(self, profile, frame, keeper)
        self.dispatch = _dispatch(self, profile, frame, keeper)
        self.going = Going(self.pages, self.lists, self.records, keeper, lambda: outfit.rights)
        self.alikes, self.incoming = _alikes(self, keeper), Incoming(self.pages, self.dispatch)
        self.search = outfit.seeker = SearchPresenter(self.office, keeper, self.going.start_opening)
        self.finding = Finding(frame, self.office, keeper, self.going.start_opening)
        self.watch = Watch(self.office, keeper, lambda: keeper.start(self.reload(), name="reload"))
        self.updating = Updating(profile, self.office, frame, keeper, outfit)
        self.preparing = Preparing(profile, frame, keeper)
        self.tour = Tour(self.office, frame, self.pages, self.menus, keeper)
        self.wiring = Wiring(self, frame, keeper)

    def _record_presenter(self) -> RecordPresenter:
        office, reader = self.office, self.outfit.reader
        self.drafts = Drafts(office, self.draft_place, self._keeper, reader)
        return RecordPresenter(
            self.office,
            self.page.record,
            drafts=self.drafts,
            tell=self._tell,
            today=self.outfit.today,
            prepare=self.page.record.tabs.pages.prepare,
        )

    def _record_acts(self, asking: Asking) -> RecordActs:
        page, keeper = self.page.record, self._keeper
        rows = RowActs(page, self.draft_place, self.records, keeper, asking)
        return RecordActs(page, self.records, rows, keeper, asking, self.outfit.today)

    def _document_acts(self, frame: Frame, copies: OpenedCopies) -> DocumentActs:
        self.paper = RecordPaper(self.office, self.records, self.outfit, frame)
        own = self._profile.refuse_own_file
        self.record_files = RecordFiles(self.office, self.records, self.outfit, frame, own)
        table, keeper = self.page.list.table, self._keeper
        self.dragging = CardDragging(self.office, self.lists, table, keeper, copies)
        pane = self.page.record.tabs.documents
        documents = DocumentsPresenter(
            self.office, pane, copies, during=frame.progress.during, tell=self._tell
        )
        FileDrop(self.page.record).dropped.connect(pane.add_asked)
        return DocumentActs(pane, documents, self.records, keeper, self.outfit, frame)

    async def start(
        self, start_page: str, *, wants_reminders: Callable[[], bool], left: Left | None = None
    ) -> None:
        """Read the controlled lists, then show a section.

        Args:
            start_page: Code of the section; the first one when there is none of this code.
            wants_reminders: Says whether the person wants to be told of new reminders.
            left: Where the person was when the desk locked; shown in the place of a section.
        """
        await _read_rights(self)
        await self.read_lists()
        identity = self.office.store.identity
        names = await self.office.ask(headings, [identity.owner])
        mission = self.outfit.lists.label(MISSIONS, identity.mission, self.outfit.words.language)
        self.page.show_whose(names.get(identity.owner, ""), mission)
        await self.list_acts.views.read()
        pages = self.page.sections.pages
        if left is None:
            self.page.sections.choose(start_page if start_page in pages else next(iter(pages)))
            self.page.sections.setFocus()
        else:
            await come_back(self, left)
        self.office.listen(self._on_changes)
        self.watch.start()
        self.bell = Bell(self.office, self._keeper, self.outfit, self._tell, wants_reminders)
        await self.bell.start()
        notice = reminder(await self.drafts.others())
        if notice is not None:
            self._tell(notice)
        else:
            await self.tour.offer()
        await self.dispatch.courier.start()
        self.updating.start()

    async def read_lists(self) -> None:
        """Read the controlled lists and offer them on every form."""
        self.outfit.lists = await self.office.ask(controlled_lists, self.outfit.today())
        self.page.record.tabs.pages.relist()

    async def reload(self) -> None:
        """Show page, list and record anew; nothing that was typed is lost."""
        await _read_rights(self)
        await self.pages.refresh()
        await self.lists.refresh()
        await self.records.reload()

    async def may_close(self) -> bool:
        """Say whether the desk may be closed: once what was typed is kept as a draft.

        Raises:
            DeskError: The draft cannot be kept, such as on a full disk.
        """
        if not self._is_closed:
            await self.drafts.flush()
            await self.pages.keep_typed()
        return True

    async def keep_drafts(self) -> None:
        """Keep what was typed; that it cannot be kept stops neither lock nor leaving."""
        try:
            await self.drafts.flush()
            await self.pages.keep_typed()
        except DeskError as error:
            _LOG.error("a draft could not be kept: %s", Plain(error.code))

    async def close(self) -> None:
        """Keep what was typed, finish what was asked, close the store and forget its key."""
        if self._is_closed:
            return
        self._is_closed = True
        self.watch.stop()
        self.dispatch.courier.stop()
        self.updating.stop()
        self.list_acts.stop()
        if self.bell is not None:
            self.bell.stop()

        def put_away() -> None:
            self.document_acts.wipe()
            self.office.close()
            self._profile.close()

        await self.keep_drafts()
        await asyncio.to_thread(put_away)
        forget_words()

    def leave(self) -> None:
        """Leave the window, with every model; what else came into it is swept away."""
        self.outfit.seeker = None
        self.outfit.lists = NO_LISTS
        for view in self.page.findChildren(QAbstractItemView):
            model = view.model()
            if model is not None:  # those without a parent would live on with their lines
                model.deleteLater()
        for part in (self.page, self.watch, self.bell, self):
            if part is not None:
                part.deleteLater()

    def recolour(self, colours: Colours) -> None:
        """Draw the desk in other colours."""
        _recolour(self.outfit, colours)
        self.page.sections.recolour(colours)

    def retranslate(self, words: Words) -> None:
        """Show the desk in another language; what was typed stays."""
        self.outfit.words = words
        self.page.retranslate(words)

    def _on_changes(self, changes: Changes) -> None:
        """Show what this desk has changed."""
        if changes.kinds & _LISTED_KINDS:
            self._keeper.start(self.read_lists(), name="lists")
        self._keeper.start(self.reload(), name="reload")


async def _read_rights(desk: Desk) -> None:
    """Read what the person may do, and grey everything else with the reason."""
    rights = desk.outfit.rights = await desk.office.ask(rights_now)
    forbid_acts(rights, {**desk.menus.acts, **desk.list_acts.menu.acts})
    forbid_all(rights, Right.CREATE, desk.menus.new_kinds)
    desk.page.list.top.forbid(rights)
    desk.page.sections.forbid(rights.hidden_kinds)


def _list_acts(desk: Desk, profile: Profile, frame: Frame, keeper: Keeper) -> ListActs:
    page, own = desk.page.list, profile.refuse_own_file
    return ListActs(page, desk.lists, keeper, desk.outfit, frame, desk.office, own)


def _other_pages() -> Callable[[DeskPages], Mapping[str, Make]]:
    from embassy_desk.desktop.other_pages import makers  # noqa: PLC0415  home is shown first

    return makers


def _pages(desk: Desk, profile: Profile, frame: Frame, keeper: Keeper) -> DeskPages:
    """Return the pages; a backup is made before an import."""
    during, tell = frame.progress.during, frame.notices.tell
    pages = DeskPages(desk.office, desk.page, keeper, desk.outfit, during, tell, _other_pages)

    def back_up(records: int) -> None:
        profile.back_up_before_import(records, profile.store.clock())

    pages.back_up = back_up
    return pages


def _dispatch(desk: Desk, profile: Profile, frame: Frame, keeper: Keeper) -> Dispatch:
    gone, refuse = partial(_wiped, desk, profile, frame), profile.refuse_own_file
    return Dispatch(desk.office, frame, keeper, desk.outfit, desk.pages, refuse, gone)


async def _wiped(desk: Desk, profile: Profile, frame: Frame, order: str) -> None:
    """Carry out a wipe order of headquarters, and show that it was.

    Raises:
        RefusedError: The order is not genuine; nothing was destroyed.
        StoreError: The disk refuses.
    """
    unsent = await desk.office.call(partial(quarantine, folder=profile.folder, order=order))
    await desk.close()
    text = await asyncio.to_thread(wipe, profile, unsent)
    frame.show_page(GonePage(desk.outfit.words, text))


def outfitted(following: Following, clock: Clock) -> Outfit:
    """Return what screens are given, with the day and the clock of this computer."""
    icons = Icons(resources() / "icons")

    def today() -> date:
        return clock().astimezone().date()

    outfit = Outfit(following.words, icons, today)
    zone = clock().astimezone().tzinfo
    if zone is not None:
        outfit.zone = zone
    _recolour(outfit, following.theme.colours)
    return outfit


def _recolour(outfit: Outfit, colours: Colours) -> None:
    outfit.colours = colours
    outfit.icons.recolour(colours.text)


def _alikes(desk: Desk, keeper: Keeper) -> Alikes:
    """Return what looks for the same person while a record is typed."""
    records, open_record = desk.records, desk.going.start_opening
    return Alikes(desk.office, desk.page.record, keeper, open_record, lambda: records.record_id)
