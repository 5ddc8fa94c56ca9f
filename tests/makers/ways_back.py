"""What somebody does who is shown a recovery code, or tries one out."""

from pathlib import Path

from embassy_desk.application.keys import prove_recovery
from embassy_desk.application.profile import open_profile
from embassy_desk.desktop.ways_back.code_dialog import CodeDialog
from makers.desks import PASSPHRASE, Person, clock


async def keep_code(person: Person) -> str:
    """Read the new code in its dialog, say that it is kept, and close it."""
    await person.sees(lambda: is_code_shown(person), "the new code")
    dialog = person.dialog
    assert isinstance(dialog, CodeDialog)
    shown = dialog.code.text()
    assert not dialog.close_button.isEnabled(), "a code that nobody wrote down would be lost"
    dialog.kept.click()
    dialog.close_button.click()
    await person.sees_the_page_again()
    return shown


def is_code_shown(person: Person) -> bool:
    """Say whether a code stands in the dialog in front."""
    return isinstance(person.dialog, CodeDialog) and person.dialog.code.isVisible()


def prove_code(folder: Path, code: str, passphrase: str = PASSPHRASE) -> None:
    """Prove that a code opens the store of a folder.

    Raises:
        DeskError: It does not.
    """
    profile = open_profile(folder, passphrase, clock)
    try:
        prove_recovery(folder, profile.key, code)
    finally:
        profile.close()
