"""One family of errors, sorted by what the person can do.

    DeskError
    ├── InvalidError    some field is wrong; shown beside it
    ├── RefusedError    a rule or the policy says no; a sentence with the reason
    ├── ConflictError   both sides changed the same thing
    ├── MissingError    it is not, or no longer, here
    ├── OfflineError    headquarters cannot be reached
    ├── SignInError     wrong passphrase, or locked
    ├── StoppedError    the person stopped long work; nothing of it was kept
    └── StoreError      unreadable, locked, read-only
        ├── DamageError     damaged, older than it was, or not as it was left
        ├── FullDiskError   no space is left
        └── DiskError       the disk failed; nothing more is written until the store is opened anew

Each carries a `Text`; `code` is stable and never translated.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from embassy_desk.texts import N_, Text


class DeskError(Exception):
    """An error with a sentence for the person; abstract."""

    code: ClassVar[str] = "error"

    def __init__(self, text: Text) -> None:
        """Keep the sentence; raise a subclass, never this class."""
        super().__init__(str(text))
        self.text = text


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with one field; `field` is empty when it concerns the whole."""

    field: str
    text: Text


class InvalidError(DeskError):
    """Some fields are wrong; carries every problem found, not just the first."""

    code = "invalid"

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems; there must be at least one."""
        self.problems = tuple(problems)
        first = self.problems[0]
        text = N_("{field}: {reason}", field=first.field, reason=first.text)
        super().__init__(text if first.field else first.text)


class RefusedError(DeskError):
    """A rule or the policy says no. `missing` names what would have to be there first."""

    code = "refused"

    def __init__(self, text: Text, missing: Iterable[Text] = ()) -> None:
        """Keep the reason and what is missing."""
        super().__init__(text)
        self.missing = tuple(missing)


class ConflictError(DeskError):
    """Somebody else changed the same thing since it was shown."""

    code = "conflict"


class MissingError(DeskError):
    """What was asked for is not here."""

    code = "missing"


class OfflineError(DeskError):
    """Headquarters cannot be reached."""

    code = "offline"


class SignInError(DeskError):
    """The passphrase is wrong or the store is locked."""

    code = "sign_in"


class StoppedError(DeskError):
    """The person stopped long work; nothing of it was kept."""

    code = "stopped"

    def __init__(self) -> None:
        """Say so."""
        super().__init__(N_("Stopped, as you asked. Nothing was changed."))


class StoreError(DeskError):
    """The store cannot be read or written."""

    code = "store"


class DamageError(StoreError):
    """The store is damaged, or not the one that was last closed here.

    `findings` say what was seen; `can_go_on` whether the person may work on with it all the same.
    """

    code = "damage"

    def __init__(
        self, text: Text, findings: Iterable[Text] = (), *, can_go_on: bool = False
    ) -> None:
        """Keep the sentence and what was seen."""
        super().__init__(text)
        self.findings = tuple(findings)
        self.can_go_on = can_go_on


class FullDiskError(StoreError):
    """No space is left on the disk; what was to be written was not, and nothing else is lost."""

    code = "full_disk"


class DiskError(StoreError):
    """The disk failed.

    A system may forget what it could not bring to the disk, so that a second try succeeds and
    proves nothing: nothing more is written until the store was closed and opened anew.
    """

    code = "disk"
