"""What the house forbids, each rule with a source that breaks it."""

import pytest

from house.checks import (
    bare_widgets,
    broad_handlers,
    filtered_unpacking,
    glued_translations,
    hidden_imports,
    idle_tests,
    late_imports,
    nested_loops,
    short_names_of_tests,
    sleeps,
    style_sheets,
    unmarked_sentences,
    vague_names,
    words_in_place,
)
from house.rules import Rule
from house.sources import PACKAGE

DESKTOP = f"{PACKAGE}desktop/"
KIT = f"{PACKAGE}desktop/kit/"

_FILES = "libraries for files take 40 MB, and a desk may never write one"

_PAINTED = "the unlock page is painted first, the rest is loaded after"

# Modules that may load others late, each with the reason.
LATE_IMPORTS = {
    f"{PACKAGE}cli/main.py": "a command loads only its own modules, so that it starts at once",
    f"{PACKAGE}cli/hq.py": "the service is an extra that laptops do without",
    f"{PACKAGE}cli/opening.py": "Qt is loaded when a window opens; commands need no display",
    f"{PACKAGE}interchange/confined.py": "readers are loaded once the process has its limits",
    f"{PACKAGE}desktop/app.py": _PAINTED,
    f"{PACKAGE}desktop/front_door.py": _PAINTED,
    f"{PACKAGE}desktop/following.py": _PAINTED,
    f"{PACKAGE}desktop/desk.py": "the home page is shown first, the others are loaded when wanted",
    f"{PACKAGE}desktop/shell/help_menu.py": _PAINTED,
    f"{PACKAGE}desktop/shell/one_window.py": _PAINTED,
    f"{PACKAGE}application/exporting.py": _FILES,
    f"{PACKAGE}application/report_paper.py": _FILES,
    f"{PACKAGE}application/reports.py": _FILES,
    f"{PACKAGE}application/quick_card.py": _FILES,
    f"{PACKAGE}application/signing.py": _FILES,
    f"{PACKAGE}application/report_templates.py": _FILES,
    f"{PACKAGE}interchange/first_pages.py": _FILES,
    f"{PACKAGE}interchange/templates.py": _FILES,
    f"{PACKAGE}interchange/foreign.py": _FILES,
    f"{PACKAGE}interchange/table_writer.py": _FILES,
    "bench/window_child.py": "what loading takes is a part of what it measures",
    f"{PACKAGE}updates/installing.py": "what proves updates is loaded when one is looked for",
    f"{PACKAGE}store/schema.py": "alembic is slow to load and serves only upgrades",
}

# The places that catch everything: two turn bugs into reports, one asks a stranger.
CATCH_ALL_PLACES = {
    f"{PACKAGE}vault/protected.py": "keyrings of all systems raise what they like; none may cost",
    f"{KIT}keeper.py": "turns an error of a task into a notice or a crash report",
    f"{PACKAGE}headquarters/app.py": "turns an error of a request into a problem document",
}


RULES = [
    Rule(
        name="No loop runs within the loop",
        complaints=nested_loops,
        folders=(DESKTOP,),
        free={f"{DESKTOP}app.py": "paints the window before there is a loop"},
        offender="def ask(dialog):\n    return dialog.exec()\n",
        innocent="def ask(dialog):\n    dialog.open()\n",
    ),
    Rule(
        name="Imports stand at the top",
        complaints=late_imports,
        free=LATE_IMPORTS,
        offender="def now():\n    import time\n",
        innocent="import time\n",
    ),
    Rule(
        name="No import is hidden in a call",
        complaints=hidden_imports,
        free={
            **LATE_IMPORTS,
            "tests/house/programs.py": "loads programs that are no package",
        },
        offender="module = importlib.import_module('embassy_desk.store')\n",
        innocent="known = importlib.metadata.version('qasync')\n",
    ),
    Rule(
        name="Only a few places catch everything",
        complaints=broad_handlers,
        folders=(PACKAGE, "packaging/", "bench/"),
        free=CATCH_ALL_PLACES,
        offender="try:\n    f()\nexcept (OSError, Exception) as error:\n    print(error)\n",
        innocent="try:\n    f()\nexcept BaseException:\n    undo()\n    raise\n",
    ),
    Rule(
        name="Nobody suppresses everything",
        complaints=broad_handlers,
        folders=(PACKAGE, "packaging/", "bench/"),
        free=CATCH_ALL_PLACES,
        offender="with contextlib.suppress(Exception):\n    f()\n",
        innocent="with contextlib.suppress(KeyError):\n    f()\n",
    ),
    Rule(
        name="Sentences are whole: no translation is glued to anything",
        complaints=glued_translations,
        folders=(PACKAGE,),
        offender="f(f'{N_(\"Title\")}: {title}')\n",
        innocent="f(N_('{title} ends', title=title))\n",
    ),
    Rule(
        name="Translations are not joined with plus",
        complaints=glued_translations,
        folders=(PACKAGE,),
        offender="f(_('Title ') + title)\n",
        innocent="f(1 + title)\n",
    ),
    Rule(
        name="What is marked is a plain sentence",
        complaints=unmarked_sentences,
        folders=(PACKAGE,),
        free={f"{PACKAGE}texts/words.py": "translates what others marked"},
        offender="f(N_(f'{title} ends'))\n",
        innocent="f(N_('One day', '{count} days', count=days))\n",
    ),
    Rule(
        name="Widgets that show words come from the kit",
        complaints=bare_widgets,
        folders=(DESKTOP,),
        free={KIT: "the kit itself"},
        offender="label = QtWidgets.QLabel(self)\n",
        innocent="label = heading(N_('Contacts'), self)\n",
    ),
    Rule(
        name="Only the theme dresses the application",
        complaints=style_sheets,
        free={f"{KIT}theme.py": "the theme itself"},
        offender="qapp.setStyleSheet('')\n",
        innocent="theme.choose(ThemeChoice.DARK)\n",
    ),
    Rule(
        name="Archives are unpacked as Python 3.11.2 of Debian 12 can",
        complaints=filtered_unpacking,
        offender="archive.extractall(folder, filter='data')\n",
        innocent="shutil.unpack_archive(path, folder)\n",
    ),
    Rule(
        name="Message boxes come from the kit",
        complaints=bare_widgets,
        folders=(DESKTOP,),
        free={KIT: "the kit itself"},
        offender="QMessageBox.warning(self, title, text)\n",
        innocent="notices.warn(text)\n",
    ),
    Rule(
        name="No words are set in place",
        complaints=words_in_place,
        folders=(DESKTOP,),
        offender="button.setToolTip('Save')\n",
        innocent="button.setText('…')\nbutton.setToolTip(words(SAVE))\n",
    ),
    Rule(
        name="Names say what a thing is",
        complaints=vague_names,
        folders=(PACKAGE, "packaging/", "bench/"),
        offender="class SyncManager:\n    pass\n",
        innocent="class Clerk:\n    pass\n",
    ),
    Rule(
        name="Tests wait for something, never for time",
        complaints=sleeps,
        folders=("tests/",),
        offender="async def test_it():\n    await asyncio.sleep(0.1)\n",
        innocent=(
            "async def test_it():\n    while not seen():\n        if late():\n"
            "            raise AssertionError\n        await asyncio.sleep(0.1)\n"
        ),
    ),
    Rule(
        name="Every test claims something",
        complaints=idle_tests,
        folders=("tests/",),
        offender="def test_it_runs():\n    f()\n",
        innocent="def same(a, b):\n    assert a == b\ndef test_it_runs():\n    same(1, f())\n",
    ),
    Rule(
        name="Names of tests are sentences",
        complaints=short_names_of_tests,
        folders=("tests/",),
        offender="def test_save_twice():\n    pass\n",
        innocent="def test_saving_twice_changes_nothing():\n    pass\n",
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_the_project_keeps_the_rule(rule: Rule) -> None:
    rule.enforce()


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_the_rule_can_be_broken(rule: Rule) -> None:
    assert rule.broken_by(rule.offender)


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_the_rule_lets_ordinary_code_be(rule: Rule) -> None:
    assert rule.broken_by(rule.innocent) == []


def test_no_more_than_three_places_catch_everything() -> None:
    assert len(CATCH_ALL_PLACES) <= 3
