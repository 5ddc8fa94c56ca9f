"""What the operating system keeps for this account: a keyring, of which nothing is expected.

It may hold only what can be lost. Gone, locked, changed and silent keyrings cost nothing but a
moment: every question has a time limit, after which no other is asked. The class is chosen here
and never by a setting or a variable, because those can name a keyring that writes plain text.
"""

import logging
import os
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from threading import Thread
from typing import Any, Protocol, TypeVar

from embassy_desk.settings.log_lines import kind_of
from embassy_desk.texts import N_, Text

if sys.platform == "win32":
    from keyring.backends.Windows import WinVaultKeyring as SystemKeyring
elif sys.platform == "darwin":
    from keyring.backends.macOS import Keyring as SystemKeyring
else:
    from keyring.backends.SecretService import Keyring as SystemKeyring

SERVICE = "embassy-desk"
OFF_SWITCH = "EMBASSY_DESK_KEYRING"
"""Set to `off` where no keyring must be asked, such as in tests."""

PATIENCE_S = 2.0
LOCAL_MACHINE = "local machine"

Answer = TypeVar("Answer")

_LOG = logging.getLogger(__name__)


class Keyring(Protocol):
    """What is needed of a keyring."""

    def get_password(self, service: str, username: str, /) -> str | None:
        """Return what is kept under a name."""

    def set_password(self, service: str, username: str, password: str, /) -> None:
        """Keep something under a name."""


def system_keyring(environment: Mapping[str, str] = os.environ) -> Keyring | None:
    """Return the keyring of this system, or nothing where none is wanted; not asked yet."""
    if environment.get(OFF_SWITCH) == "off":
        return None
    made: Any = SystemKeyring()  # type: ignore[no-untyped-call]
    if sys.platform == "win32":
        made.persist = LOCAL_MACHINE  # entries roam with the account otherwise
    keyring: Keyring = made
    return keyring


class Protected:
    """Small texts in the keyring of this account, as long as it answers."""

    def __init__(self, keyring: Keyring | None, *, patience_s: float = PATIENCE_S) -> None:
        """Use a keyring, or none.

        Args:
            keyring: Where texts lie.
            patience_s: How long an answer may take, in seconds.
        """
        self._keyring = keyring
        self._patience_s = patience_s
        self.trouble: Text | None = None

    @property
    def is_there(self) -> bool:
        """Whether the keyring has answered so far."""
        return self._keyring is not None

    def read(self, name: str) -> str | None:
        """Return what is kept under a name; nothing where there is no keyring."""
        keyring = self._keyring
        return self._asked(lambda: keyring.get_password(SERVICE, name)) if keyring else None

    def write(self, name: str, text: str) -> bool:
        """Keep a text under a name, and return whether that was possible."""
        keyring = self._keyring
        if keyring is None:
            return False
        self._asked(lambda: keyring.set_password(SERVICE, name, text))
        return self.is_there

    def _asked(self, question: Callable[[], Answer]) -> Answer | None:
        """Ask in a thread of its own, because a keyring may never answer."""
        answer: Future[Answer] = Future()

        def ask() -> None:
            try:
                answer.set_result(question())
            except Exception as error:  # noqa: BLE001  keyrings raise what they like
                answer.set_exception(error)

        Thread(target=ask, name="keyring", daemon=True).start()
        try:
            error = answer.exception(self._patience_s)
        except TimeoutError as late:
            error = late
        if error is None:
            return answer.result()
        self._keyring = None
        kind = type(error).__name__
        self.trouble = N_("This computer has no protected storage ({kind}).", kind=kind)
        _LOG.info("no keyring: %s", kind_of(error))
        return None
