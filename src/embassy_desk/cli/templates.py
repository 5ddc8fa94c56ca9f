"""`template`: the mission's own template for official papers."""

from pathlib import Path

from embassy_desk.application.letterheads import letterhead
from embassy_desk.application.office import answer, perform
from embassy_desk.application.report_templates import (
    TemplateFindings,
    check_template,
    forget_template,
    keep_template,
    read_template,
    template_in_use,
    write_starter,
)
from embassy_desk.cli.desk import REFUSED, opened, print_json, refuse, words_of
from embassy_desk.cli.words_of_command import Arguments
from embassy_desk.domain.errors import DeskError, RefusedError
from embassy_desk.settings.files import write_whole
from embassy_desk.store.opening import Store
from embassy_desk.texts import N_


def run(arguments: Arguments) -> int:
    """Do what was asked and return the exit code; a template that cannot be used is refused."""
    try:
        if arguments.act == "check":
            return _check(arguments)
        with opened(arguments) as profile:
            if arguments.act == "use":
                _use(arguments, profile.store)
            elif arguments.act == "starter":
                profile.refuse_own_file(_file(arguments))
                _starter(arguments, profile.store)
            elif arguments.act == "save":
                profile.refuse_own_file(_file(arguments))
                _save(arguments, profile.store)
            else:
                _remove(arguments, profile.store)
    except DeskError as error:
        return refuse(arguments, error)
    return 0


def _file(arguments: Arguments) -> Path:
    if arguments.file is None:
        raise RefusedError(N_("Name the file of the template."))
    return arguments.file


def _check(arguments: Arguments) -> int:
    findings = check_template(read_template(_file(arguments)))
    words = words_of(arguments)
    if arguments.json:
        print_json(
            {
                "problems": [words(each) for each in findings.problems],
                "placeholders": list(findings.placeholders),
                "styles": list(findings.styles),
            }
        )
    else:
        _tell(arguments, findings)
    return REFUSED if findings.problems else 0


def _tell(arguments: Arguments, findings: TemplateFindings) -> None:
    words = words_of(arguments)
    for each in findings.problems:
        print(f"– {words(each)}")
    if not findings.problems:
        print(words(N_("This template can be used.")))
    print(words(N_("Placeholders: {names}", names=", ".join(findings.placeholders) or "–")))
    print(words(N_("Styles it defines: {names}", names=", ".join(findings.styles) or "–")))


def _use(arguments: Arguments, store: Store) -> None:
    file = _file(arguments)
    content = read_template(file)
    kept, _ = perform(store, keep_template, store, file.name, content, check_template(content))
    print(kept.name)


def _starter(arguments: Arguments, store: Store) -> None:
    write_starter(_file(arguments), words_of(arguments), answer(store, letterhead))
    print(arguments.file)


def _save(arguments: Arguments, store: Store) -> None:
    content = answer(store, template_in_use, store)
    if content is None:
        raise RefusedError(N_("The mission has no template of its own."))
    write_whole(_file(arguments), content)
    print(arguments.file)


def _remove(arguments: Arguments, store: Store) -> None:
    was_there, _ = perform(store, forget_template)
    if not was_there:
        raise RefusedError(N_("The mission has no template of its own."))
    words = words_of(arguments)
    print(words(N_("Official papers are written in the layout of the program again.")))
