"""What every command of headquarters needs: its home, words, and a way to answer."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from embassy_desk.cli.desk import now, reasons_of, words_of_language
from embassy_desk.cli.hq_words import HubArguments
from embassy_desk.domain.errors import DeskError, RefusedError
from embassy_desk.headquarters.hub import Hub, open_hub
from embassy_desk.headquarters.settings import HOME_VARIABLE
from embassy_desk.texts import N_, Text, Words

REFUSED = 1


def home_of(arguments: HubArguments) -> Path:
    """Return the folder of headquarters: the one named, or that of the environment.

    Raises:
        RefusedError: Neither is there.
    """
    if arguments.home is not None:
        return arguments.home
    named = os.environ.get(HOME_VARIABLE)
    if not named:
        raise RefusedError(N_("Say where headquarters lies: --home DIR or EMBASSY_DESK_HQ_HOME."))
    return Path(named)


@contextmanager
def opened_hub(arguments: HubArguments) -> Iterator[Hub]:
    """Open headquarters for one command and close it afterwards.

    Raises:
        DeskError: There is none, or it cannot be opened.
    """
    hub = open_hub(home_of(arguments), now, os.environ)
    try:
        yield hub
    finally:
        hub.close()


def words_for(arguments: HubArguments) -> Words:
    """Return the words of the language asked for, or of the system."""
    return words_of_language(arguments.language)


def say(arguments: HubArguments, text: Text) -> None:
    """Print a sentence."""
    print(words_for(arguments)(text))


def refuse(arguments: HubArguments, error: DeskError) -> int:
    """Print why a command was refused; return exit code 1."""
    words = words_for(arguments)
    for line in reasons_of(error):
        print(words(line), file=sys.stderr)
    return REFUSED
