"""Locks an open window at a random moment of what somebody does, and looks what is left."""

import asyncio
import random
import time
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QApplication, QLineEdit

from embassy_desk.application.backups import local_backups
from embassy_desk.application.drafts import discard_draft, drafts
from embassy_desk.application.office import answer
from embassy_desk.application.profile import open_profile
from embassy_desk.domain.contact import Contact
from embassy_desk.store.work import UnitOfWork
from embassy_desk.texts import N_
from faults.found import Result
from faults.situations import (
    IMPORTED,
    Round,
    Situation,
    backs_up,
    begin_typing,
    exchanges,
    exports,
    fills_in_a_row,
    goes_on_typing,
    heading,
    imports,
    reads_a_report,
)
from makers.canaries import MARK, marked, marks_in_memory, marks_in_widgets
from makers.desks import PASSPHRASE, Person, at_the_desk, clock, enter, make_profile, run_on_desk
from makers.enrolling import enrols, goes_to, serving

_LONGEST_RUN_S = 7200.0
_WHY = N_("Locked by you.")

SITUATIONS: Mapping[str, Situation] = {
    "typing": goes_on_typing,
    "a dialog": fills_in_a_row,
    "an import": imports,
    "an export": exports,
    "a backup": backs_up,
    "an exchange": exchanges,
    "a report": reads_a_report,
}


async def _types_in_vain(turn: Round) -> None:
    """Type where no drafts are kept."""

    async def keep_nothing() -> None:
        return None

    turn.person.desk.keep_drafts = keep_nothing  # type: ignore[method-assign]
    await goes_on_typing(turn)


CONTROL: Mapping[str, Situation] = {"typing, no drafts kept": _types_in_vain}


@dataclass
class _Run:
    """What stays from round to round: who sits there, where, at which record."""

    person: Person
    place: Path
    dice: random.Random
    record_id: UUID
    contacts: int = 1

    async def all_of(self, name: str, rounds: int, among: Mapping[str, Situation]) -> Result:
        """Lock in one situation as often as its share of all rounds is."""
        started = time.monotonic()
        count = -(-rounds // len(among))
        lasts_s = await self.lasts(among[name])
        moments = [self.dice.uniform(0, lasts_s) for _ in range(count)]
        found = [await self.once(among[name], each) for each in moments]
        spent, is_control = time.monotonic() - started, among is CONTROL
        what = f"lock in the middle of {name}"
        return Result(what, count, [each for each in found if each], spent, is_control)

    async def lasts(self, situation: Situation) -> float:
        """Return how long something takes when nothing comes in between, in seconds."""
        turn = Round(self.person, self.place, self.dice, self.record_id)
        await begin_typing(turn)
        began = time.monotonic()
        await situation(turn)
        lasts_s = time.monotonic() - began
        if self.person.dialog is not None:
            self.person.dialog.reject()
        await self.person.rests()
        self.contacts = await self.person.desk.office.ask(_count)
        return lasts_s

    async def once(self, situation: Situation, moment_s: float) -> str:
        """Lock at a moment, look, and unlock; return what is wrong, nothing when all is well."""
        turn = Round(self.person, self.place, self.dice, self.record_id)
        await self._forget_drafts()
        await begin_typing(turn)
        doing = asyncio.get_running_loop().create_task(situation(turn))
        await asyncio.wait({doing}, timeout=moment_s)
        key = self.person.desk._profile.key
        self.person.door.session.start_locking(_WHY)
        doing.cancel()
        # What was waited for cannot come behind a lock; that it comes without one `lasts` has seen.
        with suppress(asyncio.CancelledError, AssertionError):
            await doing
        await self.person.sees(lambda: self.person.door.desk is None, "a locked desk")
        await self.person.rests()
        problem = "the key is there" if not key.is_wiped else ""
        del key, doing
        problem = problem or self._seen() or self._kept(turn)
        again = await self._shown_again(turn)
        return problem or again

    async def _forget_drafts(self) -> None:
        """Begin without drafts: by a clock that stands still none would be the newest."""
        office = self.person.desk.office
        for each in await office.ask(drafts):
            await office.do(discard_draft, each.name)

    def _seen(self) -> str:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        windows = [each for each in app.topLevelWidgets() if each.isVisible()]
        if windows != [self.person.frame]:
            return f"{len(windows)} windows are shown"
        found = next(iter([*marks_in_widgets(app), *marks_in_memory(most=1)]), "")
        return found.replace(MARK, "marked ")  # what is told must not be found again

    def _kept(self, turn: Round) -> str:
        """Look into the store, the backups and the files outside."""
        with closing(open_profile(self.person.door.session.folder, PASSPHRASE, clock)) as profile:
            found = profile.verify().problems
            kept = answer(profile.store, drafts)
            with profile.store.reading() as work:
                count = len(work.all(Contact))
        new, self.contacts = count - self.contacts, count
        if found:
            return str(found[0])
        if new not in {0, 1, IMPORTED}:
            return f"{new} more contacts"
        if turn.typed not in {each.typed.get("alias") for each in kept}:
            return f"“{turn.typed}” is not kept, of {len(kept)} drafts"
        return self._halves()

    def _halves(self) -> str:
        """Say what is there by half: a file that was written, a backup."""
        for each in local_backups(self.person.door.session.folder):
            with zipfile.ZipFile(each.path) as archive:
                if archive.testzip():
                    return "a backup is damaged"
        names = {each.name for each in self.place.iterdir()}
        if strange := names - {"register.csv", "list.csv"}:
            return f"left behind: {strange}"
        written = self.place / "list.csv"
        if not written.exists():
            return ""
        whole = heading() in written.read_text("utf-8-sig")
        written.unlink()
        return "" if whole else "a file is written by half"

    async def _shown_again(self, turn: Round) -> str:
        person = self.person
        person.type_into(person.frame.unlock.line, PASSPHRASE)
        person.press("Return")
        await person.sees(lambda: person.door.desk is not None, "the open desk")
        running = person.door.keeper
        await person.sees(lambda: person.dialog or not running.names, "all, or the dialog again")
        if person.dialog is not None:
            person.dialog.reject()
        await person.rests()
        if person.desk.going.section != "contact":
            await goes_to(person, "contact")
            return ""
        line: Any = person.field("alias")
        assert isinstance(line, QLineEdit)
        return "" if line.text() == turn.typed else f"shown again: “{line.text()}”"


def _count(work: UnitOfWork) -> int:
    return len(work.all(Contact))


def interrupt(
    room: Path,
    rounds: int,
    situations: Mapping[str, Situation],
    tell: Callable[[Result], None],
    *,
    seed: int,
) -> list[Result]:
    """Lock so often in all, and tell and return what came of it, for each situation."""
    place = room / "outside"
    place.mkdir()
    folder = make_profile(room)
    record_id = enter(folder, "contact", {"written_name": heading(), "notes": marked(6)})[0].id
    enter(folder, "agreement", {"title_vi": marked(7), "title_en": marked(8), "country": "JP"})
    found: list[Result] = []

    async def story() -> None:
        with serving(room / "hq") as service:
            async with at_the_desk(folder) as person:
                await enrols(person, service)
                run = _Run(person, place, random.Random(seed), record_id)
                for each in situations:
                    found.append(await run.all_of(each, rounds, situations))
                    tell(found[-1])

    run_on_desk(story, patience_s=_LONGEST_RUN_S)
    return found
