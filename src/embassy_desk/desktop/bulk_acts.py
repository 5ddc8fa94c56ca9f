"""What a person can do with many records at once: asks, does it, tells what became of it."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject

from embassy_desk.application.bulk import (
    Report,
    archive_many,
    bring_back_many,
    change_many,
    list_many,
    outlook,
    tag_many,
    tags_of,
    trash_many,
    untag_many,
)
from embassy_desk.application.office import Office
from embassy_desk.desktop.kit.dialogs import FieldsDialog, Question, answer_to
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.notice import Notice
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.lists.pick_dialog import PickDialog
from embassy_desk.desktop.lists.presenter import ListPresenter
from embassy_desk.desktop.lists.set_dialog import SetDialog
from embassy_desk.desktop.plans import PLANS, may_change
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.contact_list import ListMember
from embassy_desk.domain.entity import Entity
from embassy_desk.domain.errors import InvalidError, Problem, RefusedError
from embassy_desk.domain.parts import Tag
from embassy_desk.texts import N_, Text

_NEEDED = N_("This is needed.")


class BulkActs(QObject):
    """Runs what is asked of the records that are chosen in the list."""

    def __init__(
        self, office: Office, lists: ListPresenter, keeper: Keeper, outfit: Outfit, window: Frame
    ) -> None:
        """Act on what the list has chosen; dialogs and progress stand on the window."""
        super().__init__(window)
        self._office = office
        self._lists = lists
        self._keeper = keeper
        self._outfit = outfit
        self._window = window

    @property
    def acts(self) -> dict[str, Callable[[], None]]:
        """What can be done, by name."""
        return {
            "bulk_set": lambda: self._start(self.set_field),
            "bulk_tag": lambda: self._start(self.add_tag),
            "bulk_untag": lambda: self._start(self.remove_tag),
            "bulk_list": lambda: self._start(self.add_to_list),
            "bulk_archive": lambda: self._start(self.archive),
            "bulk_trash": lambda: self._start(self.trash),
            "bulk_back": lambda: self._start(self.bring_back),
        }

    def _start(self, act: Callable[[str, Sequence[UUID]], Coroutine[Any, Any, object]]) -> None:
        self._keeper.start(self._on_chosen(act), name="bulk")

    async def _on_chosen(
        self, act: Callable[[str, Sequence[UUID]], Coroutine[Any, Any, object]]
    ) -> None:
        """Do something with what is chosen, if this can be done here at all."""
        kind, chosen = self._lists.wish.kind, self._lists.chosen
        if not chosen:
            raise RefusedError(N_("Choose some records of the list first."))
        if not may_change(kind):
            raise RefusedError(
                N_("Reference data comes from headquarters and is not changed here.")
            )
        await act(kind, chosen)

    async def _done(
        self, doing: Text, told: Callable[[int], Text], command: Callable[..., int], *args: Any
    ) -> None:
        """Run a command over many with its progress, and tell how many it changed."""

        async def work(progress: Report) -> int:
            return await self._office.do(command, *args, progress)

        count = await self._window.progress.during(doing, work)
        self._window.notices.tell(Notice(told(count), can_undo=count > 0))

    async def archive(self, kind: str, ids: Sequence[UUID]) -> None:
        """Ask why the records are put away, and do it."""
        values = await self._asked(
            N_("Archive {count} records", count=len(ids)),
            kind_named(kind).entity,
            ("archived_reason", "archived_note"),
            needed="archived_reason",
        )
        if values is None:
            return
        reason, note = values["archived_reason"], values["archived_note"]

        def command(work: Any, report: Report) -> int:
            return archive_many(work, kind, ids, report, reason=reason, note=note)

        await self._done(N_("Archiving …"), _archived, command)

    async def trash(self, kind: str, ids: Sequence[UUID]) -> None:
        """Put the records in the trash, many only after asking."""
        text = N_("Put {count} records in the trash? They can be brought back.", count=len(ids))
        answers = (N_("Put in the trash"), N_("Cancel"))
        question = Question(self._window, self._outfit.words, text, answers)
        if len(ids) == 1 or await answer_to(question) == 0:
            await self._done(N_("Putting in the trash …"), _trashed, trash_many, kind, ids)

    async def bring_back(self, kind: str, ids: Sequence[UUID]) -> None:
        """Take the records out of the archive and the trash."""
        await self._done(N_("Bringing back …"), _brought_back, bring_back_many, kind, ids)

    async def add_tag(self, kind: str, ids: Sequence[UUID]) -> None:
        """Ask for a tag and put it on the records."""
        title = N_("Tag {count} records", count=len(ids))
        values = await self._asked(title, Tag, ("label",), needed="label")
        if values is not None:
            await self._done(N_("Tagging …"), _tagged, tag_many, kind, ids, values["label"])

    async def remove_tag(self, kind: str, ids: Sequence[UUID]) -> None:
        """Offer the tags that the records wear, and take one off."""
        worn = await self._office.ask(tags_of, kind, ids)
        if not worn:
            raise RefusedError(N_("None of these records has a tag."))
        dialog = PickDialog(self._window, self._outfit, N_("Take off a tag"), N_("Take off"), worn)
        if await answer_to(dialog):
            await self._done(
                N_("Taking off the tag …"), _untagged, untag_many, kind, ids, dialog.picked
            )

    async def add_to_list(self, kind: str, ids: Sequence[UUID]) -> None:
        """Ask for a contact list and put the contacts on it."""
        if kind != "contact":
            raise RefusedError(N_("Only contacts stand on contact lists."))
        title = N_("Put {count} contacts on a list", count=len(ids))
        field = "contact_list_id"
        values = await self._asked(title, ListMember, (field,), needed=field)
        if values is not None:
            await self._done(N_("Putting on the list …"), _listed, list_many, ids, values[field])

    async def set_field(self, kind: str, ids: Sequence[UUID]) -> None:
        """Set a field over the records, once the table of before and after was seen."""
        form = PLANS[kind].form
        fields = [each for each in form.fields if each not in form.fixed and each != "state"]
        dialog = SetDialog(self._window, self._outfit, kind, fields, len(ids))
        asked = [0]

        async def look(field: str, value: Any) -> None:
            asked[0] += 1
            mine = asked[0]
            try:
                found = await self._office.ask(outlook, kind, ids, field, value)
            except InvalidError as error:
                dialog.show_problems(error.problems)
                return
            if mine == asked[0] and field == dialog.field:
                dialog.show_outlook(value, found)

        chosen: list[dict[str, Any]] = []

        def choose(field: str, value: Any) -> None:
            chosen.append({field: value})
            dialog.accept()

        dialog.look_asked.connect(
            lambda field, value: self._keeper.start(look(field, value), name="outlook")
        )
        dialog.set_asked.connect(choose)
        dialog.restart()
        await answer_to(dialog)
        for values in chosen:
            await self._done(N_("Changing …"), _changed, change_many, kind, ids, values)

    async def _asked(
        self, title: Text, entity: type[Entity], fields: tuple[str, ...], *, needed: str
    ) -> dict[str, Any] | None:
        """Ask for some fields; return what was given, or nothing when the person turned back."""
        dialog = FieldsDialog(self._window, self._outfit, title=title, entity=entity, fields=fields)
        given: list[dict[str, Any]] = []

        def attempt() -> None:
            try:
                values = dialog.fields.values()
            except InvalidError as error:
                dialog.show_problems(error.problems)
                return
            if not values[needed]:
                dialog.show_problems((Problem(needed, _NEEDED),))
                return
            given.append(values)
            dialog.accept()

        dialog.save_asked.connect(attempt)
        await answer_to(dialog)
        return given[0] if given else None


def _archived(count: int) -> Text:
    return N_("{count} record was archived.", "{count} records were archived.", count=count)


def _trashed(count: int) -> Text:
    return N_(
        "{count} record was put in the trash.",
        "{count} records were put in the trash.",
        count=count,
    )


def _brought_back(count: int) -> Text:
    return N_("{count} record was brought back.", "{count} records were brought back.", count=count)


def _tagged(count: int) -> Text:
    return N_("{count} record was tagged.", "{count} records were tagged.", count=count)


def _untagged(count: int) -> Text:
    return N_(
        "The tag was taken off {count} record.",
        "The tag was taken off {count} records.",
        count=count,
    )


def _listed(count: int) -> Text:
    return N_(
        "{count} contact was put on the list.",
        "{count} contacts were put on the list.",
        count=count,
    )


def _changed(count: int) -> Text:
    return N_("{count} record was changed.", "{count} records were changed.", count=count)
