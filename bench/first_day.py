"""Walks the way of a first day, from a clone to the first contact that is saved, and times it.

    .venv/bin/python bench/first_day.py           walks, with what is set up here
    .venv/bin/python bench/first_day.py FOLDER    clones this repository there, sets it up, walks

Keys are pressed by the program as soon as the window takes them; people need longer. Keys are
derived as strongly as for a person. Two times are told for each moment: of the processor, and of
the clock since the program was started.
"""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "src")]

from PySide6.QtWidgets import QApplication, QWizard  # noqa: E402  the makers lie beside the tests

from embassy_desk.settings.places import translations  # noqa: E402
from makers.desks import PASSPHRASE, Person, at_the_window, run_on_desk  # noqa: E402
from makers.ways_back import keep_code  # noqa: E402

WALK = "--walk"
PATIENCE_S = 600
NAME = "Lê Thu"


class Marks:
    """Says when what was reached.

    Attributes:
        steps: Keys and clicks so far, without those that fill a field.
        fields: Fields that were filled so far.
    """

    def __init__(self, started_at: float) -> None:
        """Count the clock from a moment, in seconds since 1970."""
        self._started_at = started_at
        self.steps = self.fields = 0

    def note(self, moment: str) -> None:
        """Say that a moment was reached."""
        clock_s, processor_s = time.time() - self._started_at, time.process_time()
        print(
            f"{moment}: processor {processor_s:.1f} s, clock {clock_s:.1f} s; "
            f"{self.steps} keys or clicks, {self.fields} fields",
            flush=True,
        )


async def through_the_wizard(person: Person, marks: Marks) -> None:
    """Make a store: the mission, the own name, a passphrase; keep its recovery code."""
    await person.sees(lambda: person.door.first_run is not None, "the first run")
    assert person.door.first_run is not None
    wizard = person.door.first_run.wizard
    await person.sees(wizard.isVisible, "the wizard")
    marks.note("The wizard stands")
    fields = wizard.passphrase.fields
    for answers in (
        {},
        {wizard.who.filter: "han quoc", wizard.who.person: "Lê Thị Thu Hà"},
        {fields.line: PASSPHRASE, fields.repeated: PASSPHRASE},
    ):
        for field, answer in answers.items():
            person.type_into(field, answer)
            marks.fields += 1
        wizard.next_button().click()
        marks.steps += 1
    wizard.button(QWizard.WizardButton.FinishButton).click()
    marks.steps += 1
    await person.sees(lambda: person.door.desk is not None, "the desk")
    await keep_code(person)
    marks.steps += 2  # that the code is in the safe, and Close
    await person.rests()
    marks.note("The desk is open on the new store")


async def first_contact(person: Person, marks: Marks) -> None:
    """Enter a contact and save it."""
    person.press("Ctrl+1")
    await person.sees(lambda: person.desk.going.section == "contact", "the contacts")
    await person.rests()
    person.press("Ctrl+N")
    await person.sees(lambda: person.desk.page.record.form is not None, "an empty form")
    await person.rests()
    marks.steps += 2
    marks.note("An empty form")
    for field, answer in (("family_name", "Lê"), ("given_name", "Thu")):
        person.type_into(person.field(field), answer)
        marks.fields += 1
    person.press("Ctrl+S")
    marks.steps += 1
    await person.sees(lambda: person.title == NAME, "the contact saved")
    await person.sees(lambda: NAME in person.cells(), "its line in the list")
    marks.note("The contact is saved")


def walk(started_at: float) -> int:
    """Walk from the wizard to the first contact, in an empty folder."""
    app = QApplication(["first day"])
    app.setQuitOnLastWindowClosed(False)
    marks = Marks(started_at)
    with TemporaryDirectory() as room:
        folder = Path(room) / "new" / "profile"

        async def story() -> None:
            async with at_the_window(folder, language="vi", catalogue=translations()) as person:
                await through_the_wizard(person, marks)
                await first_contact(person, marks)

        run_on_desk(story, patience_s=PATIENCE_S)
    return 0


def timed(what: str, *command: str, folder: Path) -> None:
    """Run a command and say what it took.

    Raises:
        subprocess.CalledProcessError: It failed.
    """
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    place = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run(command, cwd=folder, env=place, check=True, stdout=subprocess.DEVNULL)
    clock_s, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{what}: processor {processor_s:.1f} s, clock {clock_s:.1f} s", flush=True)


def main(words: list[str]) -> int:
    """Clone and set up where a folder is given; walk."""
    if words[:1] == [WALK]:
        return walk(float(words[1]))
    root, python = ROOT, sys.executable
    if words:
        root = Path(words[0]).resolve() / "desk"
        root.parent.mkdir(parents=True, exist_ok=True)
        timed("Clone", "git", "clone", "--quiet", str(ROOT), str(root), folder=root.parent)
        timed("Set up", "make", "setup", folder=root)
        python = str(root / ".venv" / "bin" / "python")
    place = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(root / "src")}
    command = (python, str(root / "bench" / "first_day.py"), WALK, str(time.time()))
    return subprocess.run(command, env=place, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
