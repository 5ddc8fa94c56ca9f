"""`passphrase` and `recovery`: what opens the store, and what to do when it is forgotten."""

from collections.abc import Callable
from pathlib import Path

from embassy_desk.application.keys import (
    choose_passphrase,
    help_recovery,
    make_custodian,
    name_custodians,
    new_recovery_code,
    prove_recovery,
    recover,
    ways_of_recovery,
    write_request,
)
from embassy_desk.application.profile import Profile, open_profile
from embassy_desk.application.recovery_page import page_of, save_recovery_page
from embassy_desk.cli.desk import (
    folder_of,
    now,
    opened,
    passphrase_of,
    print_json,
    refuse,
    secret_of,
    today,
    words_of,
)
from embassy_desk.cli.words_of_command import Arguments
from embassy_desk.domain.errors import DeskError
from embassy_desk.texts import N_, Text


def run(arguments: Arguments) -> int:
    """Do what was asked and return the exit code."""
    acts: dict[str, Callable[[Arguments], None]] = {
        "status": _status,
        "code": _code,
        "drill": _drill,
        "use": _use,
        "custodians": _custodians,
        "request": _request,
        "custodian": _custodian,
        "open": _open,
    }
    try:
        if arguments.command == "passphrase":
            _passphrase(arguments)
        else:
            acts[arguments.act](arguments)
    except DeskError as error:
        return refuse(arguments, error)
    return 0


def _passphrase(arguments: Arguments) -> None:
    old = passphrase_of(arguments)
    choose_passphrase(folder_of(arguments), old, _new_passphrase(arguments))
    _say(
        arguments,
        N_("The passphrase was changed. Backups outside this folder keep the old one."),
    )


def _new_passphrase(arguments: Arguments) -> str:
    question = N_("New passphrase: ")
    return secret_of(arguments, arguments.new_passphrase_file, question, is_new=True)


def _status(arguments: Arguments) -> None:
    ways = ways_of_recovery(folder_of(arguments))
    if arguments.json:
        print_json({"code": ways.has_code, "custodians": list(ways.custodians)})
        return
    words = words_of(arguments)
    if ways.has_code:
        print(words(N_("A recovery code was made for this store.")))
    for each in ways.custodians:
        print(words(N_("Custodian: {key}", key=each)))
    if not ways.any:
        print(words(N_("If the passphrase is forgotten, nobody can open this store.")))


def _code(arguments: Arguments) -> None:
    with opened(arguments) as profile:
        give_code(arguments, profile, new_recovery_code(profile.folder, profile.key))


def give_code(arguments: Arguments, profile: Profile, code: str) -> None:
    """Print a recovery code, and write its page where one is wanted."""
    if arguments.page is not None:
        save_page(arguments, profile, code, arguments.page)
    _print_code(arguments, code, arguments.page)


def save_page(arguments: Arguments, profile: Profile, code: str, target: Path) -> None:
    """Write the page of a recovery code, with whose it is.

    Raises:
        RefusedError: The target is a file of the store itself.
        StoreError: It cannot be written.
    """
    profile.refuse_own_file(target)
    page = page_of(profile, words_of(arguments), code, today())
    save_recovery_page(target, page)


def _print_code(arguments: Arguments, code: str, page: Path | None) -> None:
    if arguments.json:
        print_json({"recovery_code": code, "page": str(page) if page else None})
        return
    words = words_of(arguments)
    print(words(N_("Recovery code: {code}", code=code)))
    print(words(N_("It is shown this once. Print it or copy it by hand, and lock it away.")))


def _drill(arguments: Arguments) -> None:
    with opened(arguments) as profile:
        prove_recovery(profile.folder, profile.key, _typed_code(arguments), arguments.answer)
    _say(arguments, N_("The recovery code opens this store. Nothing was changed."))


def _use(arguments: Arguments) -> None:
    folder = folder_of(arguments)
    typed = _typed_code(arguments)
    new = _new_passphrase(arguments)
    code = recover(folder, typed, new, answer=arguments.answer)
    _say(arguments, N_("The new passphrase opens the store from now on."))
    if arguments.page is not None:
        profile = open_profile(folder, new, now)
        try:
            save_page(arguments, profile, code, arguments.page)
        finally:
            profile.close()
    _print_code(arguments, code, arguments.page)


def _typed_code(arguments: Arguments) -> str:
    return secret_of(arguments, arguments.code_file, N_("Recovery code: "))


def _custodians(arguments: Arguments) -> None:
    with opened(arguments) as profile:
        name_custodians(profile.folder, profile.key, arguments.file)
    _say(arguments, N_("The key of the store is sealed for both custodians."))


def _request(arguments: Arguments) -> None:
    write_request(folder_of(arguments), arguments.to)
    _say(arguments, N_("Send this file to the second custodian; it holds nothing secret."))


def _custodian(arguments: Arguments) -> None:
    public = make_custodian(arguments.to, passphrase_of(arguments, is_new=True))
    if arguments.json:
        print_json({"public": public})
    else:
        print(public)


def _open(arguments: Arguments) -> None:
    passphrase = passphrase_of(arguments)
    code = help_recovery(arguments.file, arguments.key, passphrase, arguments.to)
    if arguments.json:
        print_json({"code": code or None, "file": str(arguments.to)})
    elif code:
        _say(arguments, N_("Send the file back, and say this code by telephone: {code}", code=code))
    else:
        _say(arguments, N_("Send this file to the first custodian."))


def _say(arguments: Arguments, text: Text) -> None:
    if not arguments.json:
        print(words_of(arguments)(text))
