"""`update`: the place with new versions, which keys sign it, and for whom a version is meant.

It lies in `updates/` of the home, which `serve` gives to desks. The key of the line lies with the
server's other keys; those of custodians and of releases are made in a folder to be carried away.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from embassy_desk.cli.desk import now, print_json
from embassy_desk.cli.hq_desk import home_of, refuse, say
from embassy_desk.cli.hq_words import HubArguments
from embassy_desk.domain.errors import DeskError, InvalidError, Problem, RefusedError
from embassy_desk.headquarters.keys import KEYS, read_file, read_signing_key
from embassy_desk.sealing.keys import DeviceKey
from embassy_desk.settings.files import write_whole
from embassy_desk.texts import N_
from embassy_desk.updates.carrying import make_stick
from embassy_desk.updates.names import METADATA, SERVED_BELOW, program_of, target_of
from embassy_desk.updates.releasing import (
    LEVEL,
    Described,
    manifest_of,
    refuse_older,
    refuse_unreadable,
)
from embassy_desk.updates.repository import Repository
from embassy_desk.updates.signing import Trusted
from embassy_desk.updates.sources import FolderSource

LINE_KEY = "update-line.key"


def run(arguments: HubArguments) -> int:
    """Do what was asked and return the exit code."""
    try:
        _ACTIONS[arguments.action](arguments)
    except DeskError as error:
        return refuse(arguments, error)
    return 0


def _repository(arguments: HubArguments) -> Repository:
    return Repository(home_of(arguments) / SERVED_BELOW.lstrip("/"))


def _line_key(arguments: HubArguments) -> DeviceKey | None:
    """Return the key of the line; nothing where a release is signed away from the server."""
    path = home_of(arguments) / KEYS / LINE_KEY
    return read_signing_key(path) if path.is_file() else None


def _release_key(arguments: HubArguments) -> DeviceKey:
    if arguments.release_key is None:
        raise InvalidError([Problem("release-key", N_("Name the file of the release key."))])
    return read_signing_key(arguments.release_key)


def _begin(arguments: HubArguments) -> None:
    count, threshold = arguments.custodians, arguments.threshold
    if threshold > count:
        raise InvalidError([Problem("threshold", N_("There are not so many custodians."))])
    home, folder = home_of(arguments), arguments.keys
    if folder.exists():
        raise RefusedError(N_("“{name}” is there already.", name=folder.name))
    for each in (home / KEYS, folder):
        each.mkdir(mode=0o700, parents=True, exist_ok=True)
    roots = [_made(folder / f"root-{number}.key") for number in range(1, count + 1)]
    release, line = _made(folder / "release.key"), _made(home / KEYS / LINE_KEY)
    write_whole(folder / "line.pub", line.public.hex().encode())
    trusted = Trusted(tuple(each.public for each in roots), threshold, release.public, line.public)
    root = _repository(arguments).begin(trusted, roots, release, line, now())
    write_whole(folder / "root.json", root)
    say(
        arguments,
        N_(
            "The keys are in “{name}”: give each root key to another custodian, the release key to"
            " whoever releases, and build root.json into the program.",
            name=folder.name,
        ),
    )


def _made(path: Path) -> DeviceKey:
    key = DeviceKey.made()
    write_whole(path, key.to_bytes().hex().encode())
    write_whole(path.with_suffix(".pub"), key.public.hex().encode())
    return key


def _publish(arguments: HubArguments) -> None:
    repository, release = _repository(arguments), _release_key(arguments)
    program = arguments.program or program_of(arguments.platform)
    about = Described(arguments.release, arguments.platform, program)
    target = target_of(about.platform)
    for each in (arguments.bundle, *arguments.earlier):
        refuse_unreadable(each, about.platform)
    refuse_older(repository, target, about.version)
    manifest = manifest_of(repository, arguments.bundle, about, arguments.earlier, LEVEL)
    custom = {**_custom(arguments), "version": about.version}
    content = manifest.model_dump_json().encode()
    repository.publish(target, content, custom, release, _line_key(arguments), now())
    fetched = sum(each.piece_size for each in manifest.files)
    if arguments.json:
        print_json({"version": about.version, "files": len(manifest.files), "bytes": fetched})
    else:
        say(
            arguments,
            N_(
                "Version {version} is published for {share} of 100 desks.",
                version=about.version,
                share=arguments.share,
            ),
        )


def _custom(arguments: HubArguments) -> dict[str, object]:
    missions = [each.strip().upper() for each in arguments.missions.split(",") if each.strip()]
    return {"share": arguments.share, "missions": missions}


def _share(arguments: HubArguments) -> None:
    repository, target = _repository(arguments), target_of(arguments.platform)
    repository.change_custom(
        target, _custom(arguments), _release_key(arguments), _line_key(arguments), now()
    )
    say(
        arguments,
        N_("The version is meant for {share} of 100 desks now.", share=arguments.share),
    )


def _renew(arguments: HubArguments) -> None:
    repository, line = _repository(arguments), _line_key(arguments)
    if arguments.release_key is not None:
        repository.renew(_release_key(arguments), line, now())
    elif line is not None:
        repository.renew_line(line, now())
    else:
        raise RefusedError(N_("The key of the line is not here: name the release key."))
    say(arguments, N_("What is offered to desks is signed anew."))


def _replace_key(arguments: HubArguments) -> None:
    repository = _repository(arguments)
    signing = [read_signing_key(each) for each in arguments.root_keys]
    old = read_file(arguments.old).decode(errors="replace").strip()
    new = read_signing_key(arguments.new) if arguments.new.is_file() else _made(arguments.new)
    repository.replace_keys(_with(repository.trusted, old, new.public), [*signing, new], now())
    say(
        arguments,
        N_(
            "The new root is signed. If the key of releases or of the line was replaced, run"
            " “update renew --release-key FILE” now."
        ),
    )


def _with(trusted: Trusted, old: str, new: bytes) -> Trusted:
    """Return the trusted keys with one in the place of another.

    Raises:
        RefusedError: The old one is not among them.
    """
    roots = tuple(new if each.hex() == old else each for each in trusted.roots)
    release = new if trusted.release.hex() == old else trusted.release
    line = new if trusted.line.hex() == old else trusted.line
    changed = replace(trusted, roots=roots, release=release, line=line)
    if changed == trusted:
        raise RefusedError(N_("The present root does not name that key."))
    return changed


def _stick(arguments: HubArguments) -> None:
    repository = _repository(arguments)
    root = read_file(repository.folder / METADATA / "1.root.json")
    source = FolderSource(repository.folder)
    manifest = make_stick(root, arguments.platform, source, arguments.to)
    say(
        arguments,
        N_(
            "Version {version} can be carried in “{name}”.",
            version=manifest.version,
            name=arguments.to.name,
        ),
    )


_ACTIONS: dict[str, Callable[[HubArguments], None]] = {
    "begin": _begin,
    "publish": _publish,
    "share": _share,
    "renew": _renew,
    "replace-key": _replace_key,
    "stick": _stick,
}
