"""Takes the pictures of the help pages from the demo desk, in both languages.

    .venv/bin/python bench/help_pictures.py [--only TOPIC,TOPIC] [--language vi]

Writes resources/help/LANGUAGE/pictures/TOPIC.png: what the page is about, without the rest of the
window, in a small palette. The demo data and the clock are always the same. To be run again when
what a page shows has changed, and looked at.
"""

import argparse
import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageOps

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pictures_child import Photographer, close_all, open_first, show
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from stores import ROOT, Stores

from embassy_desk.application.profile import DEMO_PASSPHRASE
from embassy_desk.settings.person import ThemeChoice
from embassy_desk.settings.places import translations
from makers.desks import Person, at_the_window, run_on_desk

CONTACTS = 600
WINDOW_PX = (1240, 760)
WIDE_PX = 1700
WIDEST_PX, HIGHEST_PX = 720, 480
COLOURS = 48
EDGE = "#b8c2cb"
LANGUAGES = ("vi", "en")
PAGES = {
    "home": "home",
    "calendar": "calendar",
    "reminder": "reminder",
    "board": "board",
    "duplicates": "duplicates",
    "headquarters": "headquarters",
}
"""Sections whose whole page is shown, by topic."""
RECORDS = ("contact", "organisation", "engagement", "agreement", "obligation", "elevation", "task")
RECORDS += ("campaign", "contact_list")
DIALOGS = {"settings": "Ctrl+,", "keyboard": "Ctrl+/"}
ACTS = {"recovery": "recovery"}

Step = Callable[[], Awaitable[QWidget]]


def steps(person: Person) -> Mapping[str, Step]:
    """Return how to come to what each topic shows, in the order in which that is done."""
    found: dict[str, Step] = {"unlock": partial(unlocking, person)}
    found |= {topic: partial(whole_page, person, name) for topic, name in PAGES.items()}
    found |= {kind: partial(record, person, kind) for kind in RECORDS}
    found |= {
        "lists": partial(list_and_record, person),
        "records": partial(history, person),
        "report": partial(paper, person),
        "search": partial(palette, person),
    }
    found |= {topic: partial(dialog, person, keys) for topic, keys in DIALOGS.items()}
    found |= {topic: partial(act, person, name) for topic, name in ACTS.items()}
    found |= {
        "diagnostics": partial(helping, person, "diagnostics_asked"),
        "first_day": partial(tour, person),
    }
    return found


async def unlocking(person: Person) -> QWidget:
    """Show the page that asks for the passphrase."""
    card = person.frame.unlock.line.parentWidget()
    assert card is not None
    return card


async def whole_page(person: Person, section: str) -> QWidget:
    """Show the page of a section."""
    await show(person, section)
    return person.desk.page._stack  # noqa: SLF001  the page without what surrounds it


async def record(person: Person, kind: str) -> QWidget:
    """Show the first record of a kind."""
    await show(person, kind)
    await open_first(person)
    return person.desk.page.record


async def list_and_record(person: Person) -> QWidget:
    """Show the list of contacts and one of them."""
    await record(person, "contact")
    return person.desk.page._stack  # noqa: SLF001


async def history(person: Person) -> QWidget:
    """Show what changed in a contact, in a window wide enough for the table."""
    person.frame.resize(WIDE_PX, WINDOW_PX[1])
    shown = await record(person, "contact")
    person.desk.page.record.tabs.show_tab("history")
    return shown


async def paper(person: Person) -> QWidget:
    """Show a report on paper."""
    shown = await whole_page(person, "reports")
    page = person.desk.pages.report
    assert page is not None
    page.screen.list.setCurrentRow(1)
    person.click(page.screen.preview)
    await person.rests()
    return shown


async def palette(person: Person) -> QWidget:
    """Show the box for everything with a few letters in it."""
    await show(person, "contact")
    person.press("Ctrl+K")
    await person.rests()
    box = over(person)
    person.type_into(box.focusWidget() or box, "nguyen")
    await person.rests()
    return box


async def dialog(person: Person, keys: str) -> QWidget:
    """Show the dialog of a shortcut."""
    person.press(keys)
    await person.rests()
    return over(person)


async def act(person: Person, name: str) -> QWidget:
    """Show the dialog of an entry of the menus."""
    person.desk.menus.acts[name].trigger()
    await person.sees(lambda: over(person) is not person.frame, name)
    return over(person)


async def helping(person: Person, signal: str) -> QWidget:
    """Show a dialog of the help menu."""
    getattr(person.frame.help, signal).emit()
    await person.sees(lambda: over(person) is not person.frame, signal)
    return over(person)


async def tour(person: Person) -> QWidget:
    """Show the tour beside the home page."""
    await show(person, "home")
    person.desk.menus.acts["tour"].trigger()
    await person.rests()
    return person.frame


def over(person: Person) -> QWidget:
    """Return the dialog or box over the window; the window when there is none."""
    popup = QApplication.activePopupWidget()
    dialogs = [x for x in QApplication.topLevelWidgets() if isinstance(x, QDialog)]
    return popup or next((x for x in dialogs if x.isVisible()), person.frame)


def save(widget: QWidget, target: Path) -> None:
    """Write the upper part of a widget as a small picture."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")
    with Image.open(BytesIO(bytes(buffer.data().data()))) as grabbed:
        picture = grabbed.convert("RGB")
    width = min(WIDEST_PX, picture.width)
    picture = picture.resize(
        (width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS
    )
    picture = picture.crop((0, 0, width, min(picture.height, HIGHEST_PX)))
    picture = ImageOps.expand(picture, 1, EDGE)
    target.parent.mkdir(parents=True, exist_ok=True)
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


async def take(person: Person, language: str, only: set[str]) -> None:
    """Take the pictures of a language."""
    frame = person.frame
    person.door.following.settings.change(theme=ThemeChoice.LIGHT)
    await person.sees(frame.isVisible, "the window")
    frame.showNormal()
    shots = Photographer(person, Path())
    for topic, step in steps(person).items():
        if topic != "unlock" and person.door.desk is None:
            person.type_into(frame.unlock.line, DEMO_PASSPHRASE)
            person.press("Return")
            await person.sees(lambda: person.door.desk is not None, "the open desk")
            await person.sees(lambda: person.desk.page.shown_page == "home", "the home page")
        if only and topic not in only:
            continue
        frame.resize(*WINDOW_PX)
        shown = await step()
        await shots.settle()
        await asyncio.sleep(0.3)
        save(shown, ROOT / "resources" / "help" / language / "pictures" / f"{topic}.png")
        print(language, topic, flush=True)
        close_all()
        await shots.settle()


def main(words: list[str]) -> int:
    """Take the pictures, each language in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="topics, with commas between")
    parser.add_argument("--language", choices=LANGUAGES)
    wishes = parser.parse_args(words)
    if wishes.language is None:
        again = [sys.executable, __file__, *words, "--language"]
        return max(subprocess.run([*again, each], check=False).returncode for each in LANGUAGES)
    app = QApplication(["pictures"])
    app.setQuitOnLastWindowClosed(False)
    with TemporaryDirectory() as room:
        folder = Path(room) / "profile"
        shutil.copytree(Stores(ROOT / "build" / "help-pictures").profile(CONTACTS), folder)

        async def story() -> None:
            async with at_the_window(
                folder, language=wishes.language, catalogue=translations()
            ) as person:
                await take(person, wishes.language, set(filter(None, wishes.only.split(","))))

        run_on_desk(story, patience_s=900)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
