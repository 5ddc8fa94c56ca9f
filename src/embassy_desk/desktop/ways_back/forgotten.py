"""Leads back to a store whose passphrase is forgotten, and shows the new code for the safe."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from embassy_desk.application.keys import recover, ways_of_recovery, write_request
from embassy_desk.application.profile import open_profile
from embassy_desk.desktop.kit.file_dialogs import files_to_open, place_to_save
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.desktop.ways_back.forgotten_wizard import ForgottenWizard
from embassy_desk.desktop.ways_back.showing import show_code
from embassy_desk.desktop.ways_back.threshold import Threshold
from embassy_desk.domain.errors import DamageError, DeskError
from embassy_desk.texts import N_

Work = Callable[[], Coroutine[Any, Any, None]]

_REQUEST_NAME = "recovery-request.json"


class Forgotten(QObject):
    """Holds the wizard while it is open."""

    def __init__(self, frame: Frame, keeper: Keeper, threshold: Threshold) -> None:
        """Show the wizard over the unlock page.

        Raises:
            StoreError: The key files cannot be read.
        """
        super().__init__(frame)
        self._frame, self._keeper, self._threshold = frame, keeper, threshold
        self._folder = threshold.folder
        words = frame.phrases.words
        self.wizard = ForgottenWizard(frame, words, ways_of_recovery(self._folder))
        frame.phrases.include(self.wizard)
        self.wizard.rejected.connect(self._leave)
        self.wizard.finish_asked.connect(partial(self._start, self._recover))
        self.wizard.code.request_asked.connect(partial(self._start, self._write_request))
        self.wizard.code.answer_asked.connect(partial(self._start, self._choose_answer))
        self.wizard.show()

    def _start(self, work: Work) -> None:
        self._keeper.start(work(), name="forgotten passphrase")

    async def _write_request(self) -> None:
        words, page = self._frame.phrases.words, self.wizard.code
        title = N_("Save the request for the custodians")
        target = await place_to_save(self.wizard, words, title, _REQUEST_NAME)
        if target is None:
            return
        try:
            await asyncio.to_thread(write_request, self._folder, target)
        except DeskError as error:
            page.show_problem(error.text)
            return
        text = N_(
            "Saved as “{file}”. Send it to the second custodian, close this window, and come back "
            "when the answer is here.",
            file=target.name,
        )
        page.phrases.show(page.request_name.setText, text)

    async def _choose_answer(self) -> None:
        title = N_("Choose the answer of the custodians")
        chosen = await files_to_open(self.wizard, self._frame.phrases.words, title)
        if chosen:
            self.wizard.take_answer(chosen[0])

    async def _recover(self) -> None:
        """Set the new passphrase, open the store with it, and show the new code."""
        wizard = self.wizard
        self._threshold.busy(N_("The new passphrase is being set …"))
        new = wizard.new.fields.line.text()
        code = wizard.code.line.text()
        setting = partial(recover, self._folder, code, new, answer=wizard.answer)
        try:
            spent = await asyncio.to_thread(setting)
        except DeskError as error:
            self._threshold.ready()
            wizard.show_problem(error.text)
            return
        self._leave()
        await self._open(new, spent)

    async def _open(self, passphrase: str, code: str) -> None:
        page = self._frame.unlock
        try:
            profile = await asyncio.to_thread(
                open_profile, self._folder, passphrase, self._threshold.clock
            )
        except DamageError as error:
            page.show_damage(error.text, error.findings, can_go_on=error.can_go_on)
            await show_code(self._frame, self._keeper, code)
            return
        except DeskError as error:
            page.show_problem(error.text)
            await show_code(self._frame, self._keeper, code)
            return
        page.forget()
        await self._threshold.enter(profile)
        await show_code(self._frame, self._keeper, code, profile)

    def _leave(self) -> None:
        """Let go of the wizard and of what was typed."""
        self._frame.phrases.leave_out(self.wizard)
        self.wizard.forget()
        self.wizard.deleteLater()
        self.deleteLater()
        self._frame.activateWindow()
