"""What every command needs: the store behind a passphrase, words, and a way to answer."""

import getpass
import json
import locale
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from embassy_desk.application.backups import newest_backup
from embassy_desk.application.profile import DEMO_PASSPHRASE, Profile, open_profile
from embassy_desk.application.wiping import obey_waiting
from embassy_desk.cli.words_of_command import Arguments
from embassy_desk.domain.errors import DamageError, DeskError, InvalidError, Problem, RefusedError
from embassy_desk.settings.places import default_profile, demo_profile, translations
from embassy_desk.texts import N_, Text, Words

REFUSED = 1
_MOST_PROBLEMS = 50
_WRITTEN_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def now() -> datetime:
    """Return the present time with its zone; the clock of the command line."""
    return datetime.now(UTC)  # noqa: TID251  the clock itself


def today() -> date:
    """Return the present day where the desk stands."""
    return datetime.now(UTC).astimezone().date()  # noqa: TID251  the clock itself


def folder_of(arguments: Arguments) -> Path:
    """Return the profile's folder: the one named, or the default."""
    if arguments.profile is not None:
        return arguments.profile
    return demo_profile() if arguments.command == "demo" else default_profile()


def words_of(arguments: Arguments) -> Words:
    """Return the words of the language asked for, or of the system."""
    return words_of_language(arguments.language)


def words_of_language(language: str) -> Words:
    """Return the words of a language, `vi` or `en`; of the system's for the empty text."""
    if not language:
        system = locale.getlocale()[0] or ""
        language = "vi" if system.startswith("vi") else "en"
    return Words(language, translations())


def passphrase_of(arguments: Arguments, *, is_new: bool = False) -> str:
    """Return the passphrase from the file that was named, or ask for it.

    Raises:
        RefusedError: The file cannot be read, or nobody is there to be asked.
    """
    return secret_of(arguments, arguments.passphrase_file, N_("Passphrase: "), is_new=is_new)


def secret_of(
    arguments: Arguments, file: Path | None, question: Text, *, is_new: bool = False
) -> str:
    """Return the first line of a file, or ask for what must not be seen; new ones twice.

    Raises:
        RefusedError: The file cannot be read, or nobody is there to be asked.
    """
    if file is not None:
        return _first_line(file)
    if not sys.stdin.isatty():
        raise RefusedError(
            N_(
                "Something secret is needed: name the file that holds it, such as "
                "--passphrase-file FILE, or run this in a terminal."
            )
        )
    words = words_of(arguments)
    typed = getpass.getpass(words(question))
    if is_new and getpass.getpass(words(N_("Once more: "))) != typed:
        raise RefusedError(N_("The two are not the same."))
    return typed


def _first_line(path: Path) -> str:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RefusedError(
            N_("The passphrase file {path} cannot be read.", path=str(path))
        ) from error
    return lines[0] if lines else ""


@contextmanager
def opened(arguments: Arguments) -> Iterator[Profile]:
    """Open the profile for one command and close it afterwards.

    Raises:
        DeskError: There is no store, or the passphrase is wrong.
    """
    folder = folder_of(arguments)
    is_demo = arguments.passphrase_file is None and folder == demo_profile()
    passphrase = DEMO_PASSPHRASE if is_demo else passphrase_of(arguments)
    profile = open_profile(folder, passphrase, now)
    obey_waiting(profile)
    try:
        yield profile
    finally:
        profile.close()


def refuse(arguments: Arguments, error: DeskError) -> int:
    """Print why a command was refused, every reason on a line of its own; return exit code 1."""
    words = words_of(arguments)
    for line in [*reasons_of(error), *_ways_out(arguments, error)]:
        print(words(line), file=sys.stderr)
    return REFUSED


def reasons_of(error: DeskError) -> list[Text]:
    """Return why something was refused, one reason a line, at most fifty."""
    return _reasons(error)[:_MOST_PROBLEMS]


def _ways_out(arguments: Arguments, error: DeskError) -> list[Text]:
    """Say what can be done about a store that is damaged or older than it was."""
    if not isinstance(error, DamageError):
        return []
    ways = []
    newest = newest_backup(folder_of(arguments))
    if newest is None:
        ways.append(N_("To bring back a backup kept elsewhere: “embassy-desk restore FILE”."))
    else:
        ways.append(
            N_(
                "The newest good backup is of {moment}: “embassy-desk restore {file}”.",
                moment=newest.made_at.astimezone().replace(tzinfo=None),
                file=str(newest.path),
            )
        )
    if error.can_go_on:
        ways.append(N_("To go on with the store as it is: “embassy-desk accept”."))
    return ways


def _reasons(error: DeskError) -> list[Text]:
    if isinstance(error, InvalidError):
        return [
            N_("{field}: {reason}", field=each.field, reason=each.text) if each.field else each.text
            for each in error.problems
        ]
    if isinstance(error, RefusedError):
        problems = getattr(error, "problems", ())
        if problems:
            return [each.sentence for each in problems]
        return [error.text, *(N_("– {missing}", missing=each) for each in error.missing)]
    if isinstance(error, DamageError):
        return [error.text, *(N_("– {missing}", missing=each) for each in error.findings)]
    return [error.text]


def print_json(value: Any) -> None:
    """Print a value as JSON for scripts."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def typed_day(name: str, text: str) -> date:
    """Return the day that was typed for an option.

    Raises:
        InvalidError: It is not written YYYY-MM-DD, or is no day of the calendar.
    """
    refusal = InvalidError([Problem(name, N_("Write the day as YYYY-MM-DD."))])
    if not _WRITTEN_DAY.fullmatch(text):  # ISO 8601 has other forms, that nobody means here
        raise refusal
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise refusal from error
