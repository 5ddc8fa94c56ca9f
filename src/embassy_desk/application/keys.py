"""What opens a store: its passphrase, its recovery code, its custodians; changed and tried out."""

from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from embassy_desk.application.backups import keep_keys_beside
from embassy_desk.domain.errors import InvalidError, Problem, RefusedError, StoreError
from embassy_desk.sealing.derivation import Parameters, scaled_parameters
from embassy_desk.sealing.keys import StoreKey
from embassy_desk.sealing.recovery import (
    locked_with,
    made_custodian,
    unlocked_with,
)
from embassy_desk.settings.files import write_whole
from embassy_desk.texts import N_, Text
from embassy_desk.vault.passphrases import passphrase_problem
from embassy_desk.vault.recovery import (
    LARGEST_FILE_BYTES,
    Ways,
    check_custodians,
    opened_request,
    recovery_request,
    set_code,
    set_custodians,
    set_passphrase,
    unlock_with_code,
    ways_of,
)
from embassy_desk.vault.unlocking import change_passphrase, unlock

__all__ = [
    "Judgement",
    "Strength",
    "Ways",
    "check_custodians",
    "choose_passphrase",
    "custodians_in",
    "help_recovery",
    "judged",
    "make_custodian",
    "name_custodians",
    "new_recovery_code",
    "problem_of_choice",
    "prove_recovery",
    "recover",
    "recovery_code_for",
    "ways_of_recovery",
    "write_request",
]

_COMMENT = "#"
_STRONG_CHARACTERS = 24
_STRONG_DIFFERENT = 14


class Strength(IntEnum):
    """How well a passphrase protects, for a bar of three parts."""

    REFUSED = 0
    ENOUGH = 1
    GOOD = 2
    STRONG = 3


@dataclass(frozen=True)
class Judgement:
    """What is thought of a passphrase while it is typed.

    Attributes:
        strength: How well it protects.
        text: In words: what is wrong with it, or how good it is.
    """

    strength: Strength
    text: Text


def judged(passphrase: str) -> Judgement:
    """Judge a passphrase that is being chosen; quick enough for every key press."""
    problem = passphrase_problem(passphrase)
    if problem is not None:
        return Judgement(Strength.REFUSED, problem)
    is_long = len(passphrase) >= _STRONG_CHARACTERS
    is_varied = len(set(passphrase.casefold())) >= _STRONG_DIFFERENT
    if is_long and is_varied:
        return Judgement(Strength.STRONG, N_("A strong passphrase."))
    if is_long or is_varied:
        return Judgement(Strength.GOOD, N_("A good passphrase. Longer is stronger."))
    return Judgement(Strength.ENOUGH, N_("Just enough. One more word would make it much stronger."))


def problem_of_choice(passphrase: str, repeated: str, *, is_shown: bool) -> Problem | None:
    """Return what is wrong with a passphrase that was chosen, or nothing.

    Args:
        passphrase: What was typed.
        repeated: What was typed the second time.
        is_shown: Whether it was shown, so that it need not be repeated.
    """
    judgement = judged(passphrase)
    if judgement.strength is Strength.REFUSED:
        return Problem("passphrase", judgement.text)
    if not is_shown and passphrase != repeated:
        return Problem("repeated", N_("The two are not the same."))
    return None


def choose_passphrase(
    folder: Path, old: str, new: str, *, parameters: Parameters | None = None
) -> None:
    """Change the passphrase of a store; the records are not touched.

    Args:
        folder: The profile's folder.
        old: The passphrase until now.
        new: The passphrase from now on.
        parameters: Hardness of the key derivation; measured on this machine by default.

    Raises:
        InvalidError: The new passphrase is too weak, or the old one again.
        SignInError: The old passphrase is not right.
        StoreError: The key files cannot be read or written.
    """
    _check_new(new)
    if old == new:
        text = N_("This is the passphrase that the store has already.")
        raise InvalidError([Problem("passphrase", text)])
    change_passphrase(folder, old, new, parameters or scaled_parameters())
    keep_keys_beside(folder)


def recover(
    folder: Path,
    code: str,
    new: str,
    *,
    answer: Path | None = None,
    parameters: Parameters | None = None,
) -> str:
    """Let a new passphrase open a store whose passphrase is forgotten.

    A code that was used is no longer secret, so a new one takes its place.

    Args:
        folder: The profile's folder.
        code: The recovery code from paper, or the one the custodian said.
        new: The passphrase from now on.
        answer: The file that came from the custodians, if they helped.
        parameters: Hardness of the key derivation; measured on this machine by default.

    Returns:
        The new recovery code, to be shown once.

    Raises:
        InvalidError: The new passphrase is too weak.
        RefusedError: The store has no recovery code, or the answer is for another one.
        SignInError: The code is not right.
        StoreError: A file cannot be read or written.
    """
    _check_new(new)
    key = unlock_with_code(folder, code, _content(answer) if answer else None)
    try:
        set_passphrase(folder, key, new, parameters or scaled_parameters())
        return _with_backups(folder, set_code(folder, key))
    finally:
        key.wipe()


def _with_backups(folder: Path, code: str) -> str:
    keep_keys_beside(folder)
    return code


def _check_new(passphrase: str) -> None:
    weakness = passphrase_problem(passphrase)
    if weakness is not None:
        raise InvalidError([Problem("passphrase", weakness)])


def ways_of_recovery(folder: Path) -> Ways:
    """Return which ways lead to the store beside the passphrase.

    Raises:
        StoreError: The key files cannot be read.
    """
    return ways_of(folder)


def new_recovery_code(folder: Path, key: StoreKey) -> str:
    """Make a recovery code and return it, to be shown once; any before opens nothing any more.

    Raises:
        StoreError: The key files cannot be read or written.
    """
    return _with_backups(folder, set_code(folder, key))


def recovery_code_for(folder: Path, passphrase: str) -> str:
    """Make a recovery code after the passphrase was given once more.

    Raises:
        SignInError: The passphrase is not right.
        StoreError: The key files cannot be read or written.
    """
    key = unlock(folder, passphrase)
    try:
        return _with_backups(folder, set_code(folder, key))
    finally:
        key.wipe()


def name_custodians(folder: Path, key: StoreKey, file: Path) -> None:
    """Seal the store's key for the two custodians whose public keys stand in a file.

    Raises:
        InvalidError: The file does not hold two different public keys.
        StoreError: A file cannot be read or written.
    """
    set_custodians(folder, key, custodians_in(file))
    keep_keys_beside(folder)


def custodians_in(file: Path) -> tuple[str, ...]:
    """Return the public keys in a file: one a line, anything after `#` is a remark.

    Raises:
        StoreError: The file cannot be read.
    """
    try:
        lines = _content(file).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise StoreError(N_("The file “{file}” is not text.", file=file.name)) from error
    keys = (line.partition(_COMMENT)[0].strip() for line in lines)
    return tuple(each for each in keys if each)


def prove_recovery(folder: Path, key: StoreKey, code: str, answer: Path | None = None) -> None:
    """Prove that a code opens the store, without changing anything: the recovery drill.

    Raises:
        RefusedError: The store has no recovery code, or the answer is for another one.
        SignInError: The code does not open it.
        StoreError: A file cannot be read or was changed.
    """
    found = unlock_with_code(folder, code, _content(answer) if answer else None)
    try:
        if found != key:
            raise StoreError(N_("The code opens another store."))
    finally:
        found.wipe()


def write_request(folder: Path, target: Path) -> None:
    """Write the file that goes to the custodians; it holds nothing secret.

    Raises:
        RefusedError: The store has no custodians.
        StoreError: A file cannot be read or written.
    """
    write_whole(target, recovery_request(folder))


def make_custodian(target: Path, passphrase: str) -> str:
    """Make a custodian's key in a file that a passphrase locks, and return its public half.

    Raises:
        InvalidError: The passphrase is too weak.
        RefusedError: There is a file already.
        StoreError: The file cannot be written.
    """
    _check_new(passphrase)
    if target.exists():
        raise RefusedError(N_("There is a file “{file}” already.", file=target.name))
    made = made_custodian()
    write_whole(target, locked_with(passphrase, made.secret.encode()))
    return made.public


def help_recovery(request: Path, custodian: Path, passphrase: str, target: Path) -> str:
    """Take off one custodian's shell and write what goes on from here.

    Args:
        request: What came from the store, or from the other custodian.
        custodian: The file of this custodian's key.
        passphrase: What unlocks that file.
        target: The file to write: a request with one shell less, or the answer.

    Returns:
        The code that goes with the answer, to be said by telephone; empty while a shell is left.

    Raises:
        SignInError: The passphrase is not right, or it is the other custodian's turn.
        StoreError: A file cannot be read or written.
    """
    secret = unlocked_with(passphrase, _content(custodian)).decode()
    opened = opened_request(_content(request), secret)
    write_whole(target, opened.content)
    return opened.code


def _content(path: Path) -> bytes:
    """Return what a small file holds.

    Raises:
        StoreError: It cannot be read, or is far too large.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_FILE_BYTES + 1)
    except OSError as error:
        raise StoreError(N_("The file “{file}” cannot be read.", file=path.name)) from error
    if len(content) > LARGEST_FILE_BYTES:
        raise StoreError(N_("The file “{file}” is too large.", file=path.name))
    return content
