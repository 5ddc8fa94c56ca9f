"""Saves the quick card: the sheet of keyboard shortcuts as a PDF to print."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtWidgets import QWidget

from embassy_desk.application.quick_card import CardGroup, write_quick_card
from embassy_desk.desktop.kit.file_dialogs import place_to_save
from embassy_desk.desktop.kit.notice import Notice
from embassy_desk.texts import N_, Text, Words

_NAME = "embassy-desk-quick-card"
_FORMS: dict[str, Text] = {"pdf": N_("PDF document")}

Lines = Sequence[tuple[str, str, str]]
"""Title of the group, what is done, by which keys."""


async def save_card(
    window: QWidget, words: Words, lines: Lines, at: datetime, tell: Callable[[Notice], object]
) -> None:
    """Ask where, and write the card in the language of the window.

    Args:
        window: On which the dialog stands.
        words: The language.
        lines: What the sheet of shortcuts shows.
        at: The present time, with zone.
        tell: Says what was done.

    Raises:
        StoreError: The file cannot be written.
    """
    target = await place_to_save(window, words, N_("Save the quick card"), _NAME, _FORMS)
    if target is None:
        return
    await asyncio.to_thread(write_quick_card, target, grouped(lines), words, at)
    tell(Notice(N_("The quick card was written to “{name}”.", name=target.name)))


def grouped(lines: Lines) -> tuple[CardGroup, ...]:
    """Return lines by their groups, in the order in which these begin."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for title, text, keys in lines:
        groups.setdefault(title, []).append((text, keys))
    return tuple(CardGroup(title, tuple(some)) for title, some in groups.items())
