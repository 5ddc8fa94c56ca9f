"""Shows a recovery code once, and saves its page for the safe where that is wanted."""

import asyncio
from functools import partial

from embassy_desk.application.profile import Profile
from embassy_desk.application.recovery_page import page_of, save_recovery_page
from embassy_desk.desktop.kit.dialogs import answer_to
from embassy_desk.desktop.kit.file_dialogs import place_to_save
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.shell.frame import Frame
from embassy_desk.desktop.ways_back.code_dialog import CodeDialog
from embassy_desk.domain.errors import DeskError
from embassy_desk.texts import N_

_PAGE_NAME = "recovery-code.html"


async def show_code(
    frame: Frame, keeper: Keeper, code: str, profile: Profile | None = None
) -> None:
    """Show a code until the person says that it is written down.

    Args:
        frame: The window.
        keeper: Runs the saving of the page.
        code: The recovery code as printed, in groups.
        profile: The open profile, for the page; without one no page is offered.
    """
    dialog = CodeDialog(frame, frame.phrases.words, code)
    dialog.page.setVisible(profile is not None)
    if profile is not None:
        save = partial(_save, dialog, frame, profile, code)
        dialog.page_asked.connect(lambda: keeper.start(save(), name="recovery page"))
    frame.phrases.include(dialog)
    try:
        await answer_to(dialog)
    finally:
        frame.phrases.leave_out(dialog)


async def _save(dialog: CodeDialog, frame: Frame, profile: Profile, code: str) -> None:
    """Write the page where the person wants it."""
    words = frame.phrases.words
    target = await place_to_save(dialog, words, N_("Save the page for the safe"), _PAGE_NAME)
    if target is None:
        return
    today = profile.store.clock().astimezone().date()
    try:
        profile.refuse_own_file(target)
        page = page_of(profile, words, code, today)
        await asyncio.to_thread(save_recovery_page, target, page)
    except DeskError as error:
        dialog.show_problem(error.text)
        return
    dialog.show_saved(target.name)
