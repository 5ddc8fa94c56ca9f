"""Deeds done wrongly; a harness that lets them pass proves nothing."""

from pathlib import Path

from embassy_desk.application.personal import erase_person
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.errors import DeskError
from embassy_desk.store import connections
from embassy_desk.vault import header
from faults.deeds import (
    NEW,
    OLD,
    Deed,
    Say,
    change_passphrase,
    edit,
    kept_in,
    opened,
)


def _edit_unforced(folder: Path, say: Say) -> None:
    """Edit with a store that does not wait for the disk."""
    relaxed = tuple(
        "synchronous = OFF" if each.startswith("synchronous") else each
        for each in connections._PRAGMAS
    )
    connections._PRAGMAS = relaxed
    edit(folder, say)


def _change_passphrase_in_place(folder: Path, say: Say) -> None:
    """Change the passphrase by writing over the key files."""
    header.write_whole = lambda path, content: path.write_bytes(content)
    change_passphrase(folder, say)


def _say_before_it_is_so(folder: Path, say: Say) -> None:
    """Acknowledge each change before it is committed."""
    with opened(folder) as profile:
        for turn in range(3):
            before = kept_in(profile)
            with profile.store.work() as work:
                (contact,) = work.all(Contact)
                work.save(contact.changed(notes=f"gặp lần {turn} " * 40))
                say(before + 1)
                work.commit()


def _swallow_the_error(folder: Path, say: Say) -> None:
    """Acknowledge each change, whether the disk took it or not."""
    with opened(folder) as profile:
        for turn in range(3):
            before = kept_in(profile)
            try:
                with profile.store.work() as work:
                    (contact,) = work.all(Contact)
                    work.save(contact.changed(notes=f"gặp lần {turn} " * 40))
                    work.commit()
            except DeskError:
                say(before + 1)


def _erase_unnoted(folder: Path, say: Say) -> None:
    """Erase a person without noting that the log is chained anew."""
    with opened(folder) as profile:
        with profile.store.reading() as work:
            (contact,) = work.all(Contact)
        erase_person(profile.store, contact.id)
        say(kept_in(profile))


CONTROLS_OF_POWER: dict[str, Deed] = {
    "erase a person, the mark not noted": Deed(_erase_unnoted),
    "edit without waiting for the disk": Deed(_edit_unforced),
    "change the passphrase in place": Deed(_change_passphrase_in_place, passphrases=(OLD, NEW)),
    "edit, the salt only in the file": Deed(edit, takes_salt_from_file=True),
}
CONTROLS_OF_KILLS: dict[str, Deed] = {"acknowledge before it is kept": Deed(_say_before_it_is_so)}
CONTROLS_OF_ERRORS: dict[str, Deed] = {"pass over the error": Deed(_swallow_the_error)}
CONTROLS = CONTROLS_OF_POWER | CONTROLS_OF_KILLS | CONTROLS_OF_ERRORS
