"""`policy`: what others decided about the settings at this desk, or whether a file is a policy."""

import sys

from embassy_desk.application.office import answer, perform
from embassy_desk.application.policy import keep_policy, policy_in_force
from embassy_desk.cli.desk import REFUSED, folder_of, opened, print_json, refuse, words_of
from embassy_desk.cli.words_of_command import Arguments
from embassy_desk.domain.errors import DeskError
from embassy_desk.settings.person import Ruling, SetBy
from embassy_desk.settings.places import is_set_up
from embassy_desk.settings.policy import (
    Policy,
    in_force,
    machine_folder,
    policies_of_machine,
    read_policy,
)
from embassy_desk.texts import Text


def run(arguments: Arguments) -> int:
    """Do what was asked and return the exit code; 1 where something was not understood."""
    try:
        policies = _policies(arguments)
    except DeskError as error:
        return refuse(arguments, error)
    problems = tuple(each for policy in policies for each in policy.problems)
    _show(arguments, in_force(policies), problems)
    return REFUSED if problems and arguments.check is not None else 0


def _policies(arguments: Arguments) -> tuple[Policy, ...]:
    if arguments.check is not None:
        return (read_policy(arguments.check, SetBy.MACHINE),)
    machine, preseed = policies_of_machine(machine_folder())
    if not is_set_up(folder_of(arguments)):
        return (machine, preseed)
    with opened(arguments) as profile:
        heard = answer(profile.store, policy_in_force)
        if heard.newer is not None:
            perform(profile.store, keep_policy, heard.newer)
    return (machine, heard.policy, preseed)


def _show(arguments: Arguments, rulings: tuple[Ruling, ...], problems: tuple[Text, ...]) -> None:
    words = words_of(arguments)
    if arguments.json:
        print_json(
            [
                {
                    "setting": each.name,
                    "value": each.value,
                    "set_by": each.set_by.value,
                    "is_locked": each.is_locked,
                }
                for each in rulings
            ]
        )
    else:
        for each in rulings:
            lock = "*" if each.is_locked else " "
            print(f"{lock} {each.name:14} {each.value!s:12} {words(each.set_by.label)}")
    for problem in problems:
        print(words(problem), file=sys.stderr)
