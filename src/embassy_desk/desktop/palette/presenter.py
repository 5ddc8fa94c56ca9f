"""What the palette offers: finds by any language, the recently used first. No Qt."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from embassy_desk.application.office import Office
from embassy_desk.application.pages import Hit
from embassy_desk.application.recent import Used, note_use, recently_used
from embassy_desk.application.records import search_everything
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.matching import match_rank, read_word
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.domain.errors import MissingError
from embassy_desk.texts import N_, Text, Words

LEAST_LETTERS = 2
MOST_COMMANDS = 8
MOST_RECORDS = 12
_RECORD = "record:"

RECENT = N_("Used recently")
COMMANDS = N_("Commands and settings")
RECORDS = N_("Records")


@dataclass(frozen=True)
class Entry:
    """One thing that the palette offers.

    Attributes:
        key: What it is, the same at every start.
        title: What it is called.
        place: Where it stands, or what tells a record from others.
        run: Does it.
        keys: Its shortcut; empty for none.
        reason: Why it cannot be done now; nothing when it can.
        heading: What a record is called, to be remembered with it.
    """

    key: str
    title: Text | str
    place: Text | str
    run: Callable[[], object]
    keys: str = ""
    reason: Text | None = None
    heading: str = ""


Groups = tuple[tuple[Text, tuple[Entry, ...]], ...]


class PaletteView(Protocol):
    """What the presenter needs from the palette."""

    def show_groups(self, groups: Groups) -> None:
        """Show what was found."""


class PalettePresenter:
    """Finds what fits; an answer about records that comes too late is dropped."""

    def __init__(
        self,
        office: Office,
        keeper: Keeper,
        entries: Callable[[], Iterable[Entry]],
        open_record: Callable[[str, UUID], None],
        languages: Sequence[Words],
    ) -> None:
        """Offer these entries beside records.

        Args:
            office: Where records are looked for.
            keeper: Runs the questions.
            entries: Returns commands and settings as they are at the moment.
            open_record: Shows a record.
            languages: Every language in which an entry is found.
        """
        self._office = office
        self._keeper = keeper
        self._entries = entries
        self._open = open_record
        self._languages = tuple(languages)
        self._view: PaletteView | None = None
        self._recent: tuple[Used, ...] = ()
        self._asked = 0

    async def open(self, view: PaletteView) -> None:
        """Show what was used recently in a view, and everything else below."""
        self._view = view
        self._recent = await self._office.ask(recently_used)
        self.find("")

    def close(self) -> None:
        """Let go of the view."""
        self._view = None
        self._asked += 1

    def find(self, typed: str) -> None:
        """Show what fits: commands at once, records as soon as they are found."""
        self._asked += 1
        commands = self._commands(typed)
        self._show(commands, ())
        if len(typed.strip()) >= LEAST_LETTERS:
            work = self._find_records(typed, self._asked, commands)
            self._keeper.start(work, name="palette")

    async def _find_records(self, typed: str, asked: int, commands: Groups) -> None:
        hits = await self._office.ask(search_everything, typed, limit=MOST_RECORDS)
        if asked == self._asked:
            self._show(commands, tuple(self._record(each) for each in hits))

    def _show(self, commands: Groups, records: tuple[Entry, ...]) -> None:
        if self._view is not None:
            found = ((RECORDS, records),) if records else ()
            self._view.show_groups((*commands, *found))

    def _record(self, hit: Hit) -> Entry:
        place = N_("{kind} · {more}", kind=kind_named(hit.kind).label, more=hit.subtitle or hit.ref)
        return self._record_entry(hit.kind, hit.id, hit.heading, place)

    def _record_entry(self, kind: str, record_id: UUID, heading: str, place: Text) -> Entry:
        def run() -> None:
            self._open(kind, record_id)

        return Entry(f"{_RECORD}{kind}:{record_id}", heading, place, run, heading=heading)

    def _commands(self, typed: str) -> Groups:
        entries = tuple(self._entries())
        if not typed.strip():
            recent = self._used(entries)
            groups = ((RECENT, recent),) if recent else ()
            keys = {each.key for each in recent}
            return (*groups, (COMMANDS, tuple(each for each in entries if each.key not in keys)))
        order = {used.key: at for at, used in enumerate(self._recent)}
        found = []
        for at, entry in enumerate(entries):
            rank = match_rank(typed, self._texts(entry))
            if rank is not None:
                found.append((rank, order.get(entry.key, len(order)), at, entry))
        best = sorted(found, key=lambda each: each[:3])[:MOST_COMMANDS]
        return ((COMMANDS, tuple(each[3] for each in best)),) if best else ()

    def _texts(self, entry: Entry) -> tuple[str, ...]:
        """Return how an entry is called in every language, alone and with its place."""
        titles = [read_word(words, entry.title) for words in self._languages]
        places = [read_word(words, entry.place) for words in self._languages]
        whole = [f"{title} {place}" for title, place in zip(titles, places, strict=True)]
        return (*titles, *whole)

    def _used(self, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        known = {each.key: each for each in entries}
        found = (known.get(used.key) or self._used_record(used) for used in self._recent)
        return tuple(each for each in found if each is not None)[:MOST_COMMANDS]

    def _used_record(self, used: Used) -> Entry | None:
        kind, _, identity = used.key.removeprefix(_RECORD).partition(":")
        if not used.key.startswith(_RECORD) or not used.heading:
            return None
        try:
            known = kind_named(kind).label
            return self._record_entry(kind, UUID(identity), used.heading, known)
        except (MissingError, ValueError):  # a kind of another program, or no identity
            return None

    def choose(self, entry: Entry) -> None:
        """Do what was chosen and remember it."""
        used = Used(entry.key, entry.heading)
        self._keeper.start(self._office.do(note_use, used), name="recent")
        entry.run()
