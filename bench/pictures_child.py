"""Walks through the window in one variant and takes its pictures; started by `pictures.py`.

Usage: python bench/pictures_child.py STATE LANGUAGE THEME SIZE FOLDER CONTACTS
"""

import shutil
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

from pictures_acts import walk_acts
from pictures_camera import Photographer, close_all, open_first, show
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QPushButton, QTabWidget, QWidget, QWizard
from stores import ROOT, Stores

from embassy_desk.application.keys import new_recovery_code
from embassy_desk.application.profile import DEMO_PASSPHRASE, open_profile
from embassy_desk.desktop.plans import DAILY_KINDS, REFERENCE_KINDS
from embassy_desk.desktop.shell.page_plans import PAGE_PLANS
from embassy_desk.domain.rights import Grant
from embassy_desk.settings.person import TextSize, ThemeChoice
from embassy_desk.settings.places import translations
from embassy_desk.texts import N_
from makers.desks import (
    PASSPHRASE,
    Person,
    at_the_window,
    clock,
    enter,
    make_profile,
    run_on_desk,
)

LONG = (
    "Bản ghi nhớ hợp tác giữa Bộ Khoa học và Công nghệ nước Cộng hòa xã hội chủ nghĩa Việt Nam và "
    "Bộ Giáo dục, Văn hóa, Thể thao, Khoa học và Công nghệ Nhật Bản về nghiên cứu chung trong lĩnh "
    "vực bán dẫn, trí tuệ nhân tạo và công nghệ lượng tử giai đoạn 2026 – 2036"
)
NAMES = {
    "contact": {
        "family_name": "Công Tằng Tôn Nữ",
        "middle_name": "Hoàng Thị Phương Nguyệt",
        "given_name": "Thiên Hương Quỳnh",
        "notes": LONG,
    },
    "organisation": {"name_vi": LONG, "name_en": LONG},
    "engagement": {"subject": LONG[:250], "held_on": date(2026, 11, 20)},
    "agreement": {"title_vi": LONG, "form": "mou", "country": "JP"},
    "task": {"title": LONG, "due_on": date(2026, 11, 25)},
    "campaign": {"title": LONG},
    "contact_list": {"title": LONG[:150]},
}
MANY = 50_000
NARROW_PX = 1000
DIALOGS = {
    "palette": "Ctrl+K",
    "settings": "Ctrl+,",
    "shortcuts": "Ctrl+/",
    "filter-fields": "Ctrl+Shift+L",
    "columns": "Ctrl+Shift+C",
    "sort": "Ctrl+Shift+O",
    "views": "Ctrl+Shift+W",
    "print-list": "Ctrl+P",
}
ACTS = ("passphrase", "recovery", "updates")


async def walk_beginning(shots: Photographer) -> None:
    """Take the wizard of the first run and that of backups."""
    person = shots.person
    await person.sees(lambda: person.door.first_run is not None, "the first run")
    assert person.door.first_run is not None
    wizard = person.door.first_run.wizard
    await shots.take("first-run-welcome")
    wizard.who.person.setText("Công Tằng Tôn Nữ Hoàng Thị Phương Nguyệt")
    wizard.who.missions.setCurrentRow(3)
    wizard.passphrase.fields.line.setText("con mèo đen ngủ trên mái")
    wizard.passphrase.fields.repeated.setText("con mèo đen ngủ trên mái")
    for name in ("who", "passphrase", "summary"):
        wizard.next_button().click()
        await shots.take(f"first-run-{name}")
    wizard.reject()
    await shots.take("no-store")


async def walk_wizard(shots: Photographer, way: str) -> None:
    """Take the pages of a wizard of the unlock page."""
    person = shots.person
    person.frame.unlock.ways.asked.emit(way)
    await person.sees(lambda: isinstance(person.dialog, QWizard), "the wizard")
    wizard = person.dialog
    assert isinstance(wizard, QWizard)
    number = 0
    while True:
        number += 1
        for line in wizard.currentPage().findChildren(QWidget):
            if line.objectName() in {"recovery-code", "backup-passphrase"}:
                line.setProperty("text", PASSPHRASE)
        await shots.take(f"{way}-{number}")
        if not wizard.button(QWizard.WizardButton.NextButton).isVisible():
            break
        before = wizard.currentId()
        wizard.next()
        if wizard.currentId() == before:
            break
    wizard.reject()
    await shots.settle()


async def walk_unlocking(shots: Photographer, passphrase: str) -> None:
    """Take the page that asks for the passphrase, its ways, and open the desk."""
    person = shots.person
    await shots.take("unlock")
    for way in ("forgotten", "restore"):
        await walk_wizard(shots, way)
    person.type_into(person.frame.unlock.line, "something else")
    person.press("Return")
    await person.rests()
    await person.sees(person.frame.unlock.unlock.isEnabled, "the refusal")
    await shots.take("unlock-refused")
    person.type_into(person.frame.unlock.line, passphrase)
    person.press("Return")
    await person.sees(lambda: person.door.desk is not None, "the open desk")
    await person.sees(lambda: person.desk.page.shown_page == "home", "the home page")


async def walk_pages(shots: Photographer) -> None:
    """Take the pages that are no list."""
    person = shots.person
    for name in PAGE_PLANS:
        await shots.take(name, lambda name=name: show(person, name))
        page = person.desk.page._pages.get(name)  # noqa: SLF001  every tab of every page
        for tabs in page.widget.findChildren(QTabWidget) if page is not None else ():
            for at in range(1, tabs.count()):
                if tabs.isTabVisible(at):
                    tabs.setCurrentIndex(at)
                    await shots.take(f"{name}-tab-{at}")


async def walk_lists(shots: Photographer, kinds: tuple[str, ...]) -> None:
    """Take the list of each kind with its first record, every tab of it, and an empty form."""
    person = shots.person
    for kind in kinds:
        await shots.take(f"{kind}-list", lambda kind=kind: show(person, kind))
        if person.desk.page.list.model.rowCount():
            await shots.take(f"{kind}-record", lambda: open_first(person))
            tabs = person.desk.page.record.tabs
            for at in range(1, tabs.count()):
                if tabs.isTabVisible(at) and kind in {"contact", "agreement"}:
                    tabs.setCurrentIndex(at)
                    await shots.take(f"{kind}-record-tab-{at}")
            tabs.setCurrentIndex(0)
        if kind in DAILY_KINDS:
            await shots.take(f"{kind}-new", lambda kind=kind: begin(person, kind))
            person.desk.page.record.revert()
            person.desk.records.leave()


async def begin(person: Person, kind: str) -> None:
    """Begin a new record."""
    await person.desk.going.begin(kind)


async def walk_dialogs(shots: Photographer) -> None:
    """Take the dialogs of the window."""
    person = shots.person
    await show(person, "contact")
    for name, keys in DIALOGS.items():
        person.press(keys)
        await shots.take(f"dialog-{name}")
        close_all()
        await shots.settle()
    for act in ACTS:
        person.desk.menus.acts[act].trigger()
        await shots.take(f"dialog-{act}")
        close_all()
        await shots.settle()
    await show(person, "reminder")
    person.click(person.find(QPushButton, person.desk.outfit.words(N_("Rules …"))))
    await shots.take("dialog-rules")
    close_all()
    await shots.settle()
    await show(person, "contact")
    person.press("F1")
    await shots.take("help")
    close_all()
    for name, show_it in (
        ("about", person.frame.help.show_about),
        ("diagnostics", person.frame.help.diagnostics_asked.emit),
    ):
        show_it()
        await shots.take(name)
        close_all()
        await shots.settle()


async def walk_report(shots: Photographer) -> None:
    """Take a report on paper with its figures, and the menu of its templates."""
    person = shots.person
    await show(person, "reports")
    page = person.desk.pages.report
    assert page is not None
    screen = page.screen
    screen.list.setCurrentRow(1)
    person.click(screen.preview)
    await person.rests()
    await shots.take("report-shown")
    for at in range(1, screen.tabs.count()):
        if screen.tabs.isTabVisible(at):
            screen.tabs.setCurrentIndex(at)
            await shots.take(f"report-shown-tab-{at}")
    menu = screen.template.menu()
    menu.popup(screen.template.mapToGlobal(QPoint(0, screen.template.height())))
    await shots.take("report-templates")
    close_all()


async def walk_narrow(shots: Photographer) -> None:
    """Take pages in a window of a thousand pixels."""
    person = shots.person
    usual = person.frame.size()
    person.frame.showNormal()
    person.frame.resize(NARROW_PX, usual.height())
    for name in ("home", "calendar", "board", "duplicates", "import", "contact"):
        await shots.take(f"narrow-{name}", lambda name=name: show(person, name))
    await shots.take("narrow-contact-record", lambda: open_first(person))
    person.frame.resize(usual)
    person.frame.showMaximized()


async def walk_moments(shots: Photographer) -> None:
    """Take two moments of a contact, compared."""
    person = shots.person
    await show(person, "contact")
    await open_first(person)
    person.type_into(person.field("alias"), "Chị Hường")
    person.press("Ctrl+S")
    await person.sees(lambda: not person.desk.page.record.is_edited, "everything saved")
    tabs = person.desk.page.record.tabs
    tabs.show_tab("history")
    await person.sees(lambda: tabs.past.table.rowCount() > 1, "the history")
    tabs.past.table.selectAll()
    await shots.take("history-chosen")
    person.click(tabs.past.compare)
    await shots.take("moments")
    close_all()
    tabs.show_tab("details")


async def walk_rights(shots: Photographer, role: str, last_day: date) -> None:
    """Take records as somebody sees them who may do little, or whose rights have ended."""
    person = shots.person
    store = person.desk.office.store
    values = {
        "staff_id": store.author.staff_id,
        "mission": store.author.mission,
        "role": role,
        "valid_from": date(2020, 1, 1),
        "valid_to": last_day,
        "serial": 1,
    }
    store.author = replace(store.author, grant=Grant.read(values))
    await person.desk.reload()
    for kind in ("contact", "agreement"):
        await shots.take(f"{role}-{kind}", lambda kind=kind: show(person, kind))
        if person.desk.page.list.model.rowCount():
            await shots.take(f"{role}-{kind}-record", lambda: open_first(person))
            person.desk.page.record.tabs.show_tab("documents")
            await shots.take(f"{role}-{kind}-documents")
            person.desk.page.record.tabs.show_tab("details")
    for name in ("reports", "import", "trash", "headquarters"):
        await shots.take(f"{role}-{name}", lambda name=name: show(person, name))


async def walk(shots: Photographer, state: str, passphrase: str) -> None:
    """Take every screen of a state."""
    if state == "none":
        await walk_beginning(shots)
        return
    await walk_unlocking(shots, passphrase)
    await walk_pages(shots)
    kinds = DAILY_KINDS if state == "many" else (*DAILY_KINDS, *REFERENCE_KINDS)
    await walk_lists(shots, tuple(kinds))
    if state == "demo":
        await walk_dialogs(shots)
        await walk_report(shots)
        await walk_acts(shots)
        await walk_moments(shots)
        await walk_narrow(shots)
        await walk_rights(shots, "local_staff", date(2030, 12, 31))
        await walk_rights(shots, "officer", date(2025, 12, 31))


def profile_of(state: str, room: Path, contacts: int) -> Path:
    """Return the folder of a profile in a state, in a room of its own."""
    if state in {"demo", "many"}:
        stores = Stores(ROOT / "build" / "pictures")
        source = stores.profile(MANY if state == "many" else contacts)
        shutil.copytree(source, room / "profile")
        return room / "profile"
    if state == "none":
        return room / "none" / "profile"
    folder = make_profile(room)
    if state == "long":
        for kind, values in NAMES.items():
            enter(folder, kind, values)
        profile = open_profile(folder, PASSPHRASE, clock)
        new_recovery_code(folder, profile.key)
        profile.close()
    return folder


def main(words: list[str]) -> int:
    """Take the pictures and return 1 where a screen could not be shown."""
    state, language, theme, size, target, contacts = words
    app = QApplication(["pictures"])
    app.setQuitOnLastWindowClosed(False)
    failed: list[str] = []
    with TemporaryDirectory() as room:
        folder = profile_of(state, Path(room), int(contacts))
        passphrase = DEMO_PASSPHRASE if state in {"demo", "many"} else PASSPHRASE

        async def story() -> None:
            async with at_the_window(folder, language=language, catalogue=translations()) as person:
                settings = person.door.following.settings
                settings.change(theme=ThemeChoice(theme))
                settings.change(
                    text_size=TextSize.LARGEST if size == "largest" else TextSize.NORMAL
                )
                await person.sees(person.frame.isVisible, "the window")
                shots = Photographer(person, Path(target))
                await walk(shots, state, passphrase)
                failed.extend(shots.failed)

        run_on_desk(story, patience_s=1500)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
