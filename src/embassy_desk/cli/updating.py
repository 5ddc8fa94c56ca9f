"""`update` and `update-bundle`: look for a new version, install it, carry it to others."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from embassy_desk.application.file_pace import SMALLEST_LIMIT_KBIT
from embassy_desk.application.office import answer
from embassy_desk.application.profile import Profile
from embassy_desk.application.updating import (
    NO_WAY,
    asker_at,
    install_here,
    platform_here,
    reached,
    way_to_updates,
)
from embassy_desk.cli.desk import folder_of, now, opened, print_json, refuse, words_of
from embassy_desk.cli.words_of_command import Arguments
from embassy_desk.domain.errors import DeskError, InvalidError, Problem, StoreError
from embassy_desk.settings.places import is_set_up
from embassy_desk.texts import N_, Text
from embassy_desk.updates.carrying import make_stick
from embassy_desk.updates.installation import Installation, installation_at, installation_here
from embassy_desk.updates.installing import Asker, go_back, look
from embassy_desk.updates.packages import Wanted, fetch_package
from embassy_desk.updates.sources import Source

_BYTES_PER_KBIT = 125


def run(arguments: Arguments) -> int:
    """Do what was asked and return the exit code."""
    try:
        _ACTS[arguments.command, arguments.act](arguments)
    except DeskError as error:
        return refuse(arguments, error)
    return 0


def _home(arguments: Arguments) -> Installation:
    return installation_at(arguments.program) if arguments.program else installation_here()


@contextmanager
def _store(arguments: Arguments, *, is_needed: bool) -> Iterator[Profile | None]:
    """Open the store where one is there, or has to be."""
    if is_needed or is_set_up(folder_of(arguments)):
        with opened(arguments) as profile:
            yield profile
    else:
        yield None


@contextmanager
def _place(arguments: Arguments, profile: Profile | None) -> Iterator[Source]:
    """Reach the place that was named, or headquarters."""
    way = answer(profile.store, way_to_updates) if profile is not None else NO_WAY
    if arguments.proxy is not None:
        way = replace(way, proxy=arguments.proxy)
    with reached(way, arguments.place, _cap(arguments)) as source:
        yield source


def _cap(arguments: Arguments) -> int | None:
    limit = arguments.limit_kbit
    if limit is None:
        return None
    if limit < SMALLEST_LIMIT_KBIT:
        text = N_("At least {count} kbit/s.", count=SMALLEST_LIMIT_KBIT)
        raise InvalidError([Problem("limit-kbit", text)])
    return int(limit * _BYTES_PER_KBIT)


def _asker(arguments: Arguments, profile: Profile | None) -> Asker:
    return asker_at(_home(arguments), now(), _mission_of(profile))


def _mission_of(profile: Profile | None) -> str:
    return profile.store.identity.mission if profile is not None else ""


def _check(arguments: Arguments) -> None:
    if arguments.place is not None:  # whoever has a stick in hand needs no store to look at it
        with _place(arguments, None) as source:
            offer = look(_asker(arguments, None), source)
    else:
        with _store(arguments, is_needed=True) as profile, _place(arguments, profile) as source:
            offer = look(_asker(arguments, profile), source)
    version = offer.manifest.version if offer is not None else ""
    if arguments.json:
        print_json({"present": _home(arguments).current, "offered": version})
    elif version:
        _say(arguments, N_("Version {version} can be installed.", version=version))
    else:
        _say(arguments, _UP_TO_DATE)


def _install(arguments: Arguments) -> None:
    is_needed = arguments.place is None
    with _store(arguments, is_needed=is_needed) as profile, _place(arguments, profile) as source:
        outcome = install_here(_asker(arguments, profile), source, profile, _tell)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    if arguments.json:
        count = outcome.fetched if outcome is not None else None
        print_json(
            {
                "version": outcome.version if outcome is not None else _home(arguments).current,
                "is_new": outcome is not None,
                "files_fetched": count.files if count is not None else 0,
                "bytes_fetched": count.byte_count if count is not None else 0,
            }
        )
    elif outcome is None:
        _say(arguments, _UP_TO_DATE)
    else:
        _say(
            arguments,
            N_(
                "Version {version} is installed and opens the next time the desk is started.",
                version=outcome.version,
            ),
        )


def _tell(done: int, of_all: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} / {of_all}", end="", file=sys.stderr)


def _back(arguments: Arguments) -> None:
    version = go_back(_home(arguments))
    if arguments.json:
        print_json({"version": version})
    else:
        _say(
            arguments,
            N_("Version {version} opens the next time the desk is started.", version=version),
        )


def _make(arguments: Arguments) -> None:
    wanted = arguments.platform or platform_here()
    is_needed = arguments.place is None
    with _store(arguments, is_needed=is_needed) as profile, _place(arguments, profile) as source:
        root = _asker(arguments, profile).root
        manifest = make_stick(root, wanted, source, arguments.to)
    if arguments.json:
        print_json({"version": manifest.version, "platform": wanted, "to": str(arguments.to)})
    else:
        _say(
            arguments,
            N_(
                "Version {version} can be carried in “{name}”.",
                version=manifest.version,
                name=arguments.to.name,
            ),
        )


def _fetch(arguments: Arguments) -> None:
    is_needed = arguments.place is None
    with _store(arguments, is_needed=is_needed) as profile, _place(arguments, profile) as source:
        wanted = Wanted(arguments.platform, _root(arguments), now(), _mission_of(profile))
        package = fetch_package(wanted, source, arguments.to)
    if arguments.json:
        print_json(
            {
                "version": package.version if package is not None else "",
                "file": str(package.path) if package is not None else "",
                "is_new": package is not None and package.is_new,
            }
        )
    elif package is None:
        _say(arguments, N_("The newest package is not meant for this mission yet."))
    else:
        _say(
            arguments,
            N_(
                "Version {version} lies in “{name}”, proved. Install it with the tools of your"
                " site.",
                version=package.version,
                name=package.path.name,
            ),
        )


def _root(arguments: Arguments) -> bytes:
    if arguments.root is None:
        return _asker(arguments, None).root
    try:
        return arguments.root.read_bytes()
    except OSError as error:
        raise StoreError(N_("The file {path} cannot be read.", path=str(arguments.root))) from error


def _say(arguments: Arguments, text: Text) -> None:
    print(words_of(arguments)(text))


_UP_TO_DATE = N_("There is nothing newer for this desk.")
_ACTS = {
    ("update", "check"): _check,
    ("update", "install"): _install,
    ("update", "back"): _back,
    ("update", "fetch"): _fetch,
    ("update-bundle", "make"): _make,
    ("update-bundle", "install"): _install,
}
