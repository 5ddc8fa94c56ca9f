"""What an open desk prepares for a bad day: passphrase, recovery code, a backup on a stick."""

import asyncio
from collections.abc import Callable
from functools import partial

from embassy_desk.application.keys import (
    choose_passphrase,
    prove_recovery,
    recovery_code_for,
    ways_of_recovery,
)
from embassy_desk.application.profile import Profile
from embassy_desk.desktop.kit.dialogs import answer_to
from embassy_desk.desktop.kit.file_dialogs import place_to_save
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.kit.notice import Notice, Weight
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.desktop.ways_back.preparing_dialog import PreparingDialog
from embassy_desk.desktop.ways_back.showing import show_code
from embassy_desk.domain.errors import DeskError, InvalidError
from embassy_desk.texts import N_, Text

SUFFIX = "backup"
"""What the name of a backup ends with."""


class Preparing:
    """Changes what opens the store of an open desk; the records are not touched."""

    def __init__(self, profile: Profile, frame: Frame, keeper: Keeper) -> None:
        """Rest until it is asked."""
        self._profile, self._frame, self._keeper = profile, frame, keeper
        self._code = ""

    async def change_passphrase(self) -> None:
        """Ask for the present passphrase and another one, and let the latter open the store."""
        about = N_(
            "The new one opens the store and its backups from now on; backups outside this "
            "computer keep the old one."
        )
        dialog = self._dialog(N_("Change the passphrase"), about, takes_new=True)
        dialog.done_asked.connect(partial(self._start, self._change, dialog))
        if await self._answered(dialog):
            self._frame.notices.tell(Notice(N_("The passphrase was changed.")))

    async def make_code(self) -> None:
        """Ask for the passphrase, make a recovery code, and show it once."""
        ways = await asyncio.to_thread(ways_of_recovery, self._profile.folder)
        nothing = N_(
            "If the passphrase is forgotten, nobody can open this store. A recovery code on paper, "
            "locked in the safe, is a second key."
        )
        again = N_(
            "A recovery code was made for this store. A new one takes its place: the page in the "
            "safe opens nothing any more and must be replaced."
        )
        about = again if ways.has_code else nothing
        dialog = self._dialog(N_("Make a recovery code"), about)
        dialog.done_asked.connect(partial(self._start, self._make, dialog))
        if await self._answered(dialog):
            code, self._code = self._code, ""
            await show_code(self._frame, self._keeper, code, self._profile)

    async def try_code(self) -> None:
        """Ask for the code on paper, and say whether it opens the store; nothing changes."""
        about = N_(
            "Type the code from the page in the safe. The desk says whether it opens this store, "
            "and changes nothing: the page stays good."
        )
        dialog = self._dialog(N_("Try the recovery code"), about, takes_code=True)
        dialog.done_asked.connect(partial(self._start, self._prove, dialog))
        if await self._answered(dialog):
            text = N_("The code opens this store. Lock the page in the safe again.")
            self._frame.notices.tell(Notice(text, Weight.DONE))

    async def back_up(self) -> None:
        """Ask for a file, such as on a stick, and write a proven backup of everything into it.

        Raises:
            DeskError: The file belongs to the store, or the disk refuses; nothing half-written
                stays.
        """
        frame, words = self._frame, self._frame.phrases.words
        today = self._profile.store.clock().astimezone().date()
        name, forms = f"embassy-desk-{today.isoformat()}", {SUFFIX: N_("Backup of the desk")}
        target = await place_to_save(frame, words, N_("Back up to a file"), name, forms)
        if target is None:
            return

        await frame.progress.during(
            N_("Backing up to “{file}” …", file=target.name),
            lambda progress: asyncio.to_thread(self._profile.back_up, target, progress),
        )
        text = N_(
            "A backup of everything was written to “{file}” and checked. The passphrase of today "
            "opens it.",
            file=target.name,
        )
        frame.notices.tell(Notice(text, Weight.DONE))

    def _dialog(
        self, title: Text, about: Text, *, takes_new: bool = False, takes_code: bool = False
    ) -> PreparingDialog:
        words, frame = self._frame.phrases.words, self._frame
        return PreparingDialog(
            frame, words, title, about, takes_new=takes_new, takes_code=takes_code
        )

    async def _answered(self, dialog: PreparingDialog) -> bool:
        self._frame.phrases.include(dialog)
        try:
            return bool(await answer_to(dialog))
        finally:
            self._frame.phrases.leave_out(dialog)
            dialog.forget()

    def _start(self, work: Callable[[PreparingDialog], object], dialog: PreparingDialog) -> None:
        self._keeper.start(_tried(work, dialog), name="keys")

    def _change(self, dialog: PreparingDialog) -> None:
        """Set the new passphrase; slow on purpose, so never called on the loop."""
        assert dialog.new is not None, "the dialog asks for a new passphrase"
        new = dialog.new.line.text()
        choose_passphrase(self._profile.folder, dialog.present.text(), new)

    def _make(self, dialog: PreparingDialog) -> None:
        """Make the code; slow on purpose, so never called on the loop."""
        self._code = recovery_code_for(self._profile.folder, dialog.present.text())

    def _prove(self, dialog: PreparingDialog) -> None:
        """Open the store's key with the code; slow on purpose, so never called on the loop."""
        prove_recovery(self._profile.folder, self._profile.key, dialog.present.text())


async def _tried(work: Callable[[PreparingDialog], object], dialog: PreparingDialog) -> None:
    """Do it and close the dialog; what went wrong is said in it."""
    try:
        await asyncio.to_thread(work, dialog)
    except DeskError as error:
        dialog.show_problem(_reason(error))
        return
    dialog.accept()


def _reason(error: DeskError) -> Text:
    """Return why it was refused; what is wrong with a field says more than that something is."""
    problems = error.problems if isinstance(error, InvalidError) else ()
    return next((each.text for each in problems), error.text)
