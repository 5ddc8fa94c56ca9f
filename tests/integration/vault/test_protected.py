"""The keyring: whatever happens to it costs a moment and nothing else."""

import threading
import time

import pytest

from embassy_desk.vault.protected import SERVICE, Keyring, Protected, system_keyring
from makers.keyrings import KeptInMemory, Locked, Silent


def test_text_is_kept_and_found_again() -> None:
    protected = Protected(KeptInMemory())
    assert protected.write("mark", "text")
    assert protected.read("mark") == "text"
    assert protected.trouble is None


def test_nothing_is_kept_where_no_keyring_is() -> None:
    protected = Protected(None)
    assert not protected.write("mark", "text")
    assert protected.read("mark") is None


def test_locked_keyring_is_asked_once_and_then_left_alone() -> None:
    protected = Protected(Locked())
    assert protected.read("mark") is None
    assert not protected.is_there
    assert "no protected storage" in str(protected.trouble)
    assert not protected.write("mark", "text")


def test_silent_keyring_takes_no_longer_than_its_limit() -> None:
    silent = Silent()
    protected = Protected(silent, patience_s=0.05)
    started = time.monotonic()
    assert protected.read("mark") is None
    assert protected.read("mark") is None  # it is not asked again
    assert time.monotonic() - started < 2.0
    silent.is_over.set()


@pytest.mark.parametrize("name", ["PYTHON_KEYRING_BACKEND", "KEYRING_PROPERTY_SCHEME"])
def test_no_variable_swaps_the_keyring_for_one_in_plain_text(name: str) -> None:
    made = system_keyring({name: "keyrings.alt.file.PlaintextKeyring"})
    assert made is not None
    assert type(made).__module__ in {
        "keyring.backends.SecretService",
        "keyring.backends.Windows",
        "keyring.backends.macOS",
    }


def test_keyring_can_be_switched_off() -> None:
    assert system_keyring({"EMBASSY_DESK_KEYRING": "off"}) is None


def test_answers_come_from_a_thread_that_keeps_nothing_alive() -> None:
    seen: list[threading.Thread] = []

    class Watching(KeptInMemory):
        def get_password(self, *name: str) -> str | None:
            seen.append(threading.current_thread())
            assert name == (SERVICE, "mark")
            return None

    keyring: Keyring = Watching()
    Protected(keyring).read("mark")
    assert [each.daemon for each in seen] == [True]
