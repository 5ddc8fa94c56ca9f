"""What others decide: greyed with the reason, listed on a page; and which versions run here."""

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from embassy_desk import __version__
from embassy_desk.desktop.entrance import Entrance
from embassy_desk.desktop.front_door import FrontDoor
from embassy_desk.desktop.settings.managed import ManagedDialog
from embassy_desk.desktop.settings.screen import SettingsDialog
from embassy_desk.desktop.shell.about import AboutDialog
from embassy_desk.settings.person import SetBy, SettingsFile, ThemeChoice
from embassy_desk.settings.policy import POLICY_FILE, PRESEED_FILE, understood
from makers.desks import at_the_window, clock, run_on_desk


def cells(page: ManagedDialog) -> list[list[str]]:
    """Return the words of the page, row by row."""
    columns = range(page.tree.columnCount())
    items = [page.tree.topLevelItem(at) for at in range(page.tree.topLevelItemCount())]
    return [[item.text(column) for column in columns] for item in items if item is not None]


async def test_locked_settings_say_who_locked_them(folder: Path, tmp_path: Path) -> None:
    machine = tmp_path / "machine"
    machine.mkdir()
    (machine / POLICY_FILE).write_text('{"theme": "dark", "colour": "red"}', encoding="utf-8")
    (machine / PRESEED_FILE).write_text('{"density": "compact"}', encoding="utf-8")
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    door = FrontDoor(app, Entrance(app, folder, language="en", policies=machine), clock)
    following = door.following
    assert following.settings.current.theme is ThemeChoice.DARK
    following.hear(understood({"lock_minutes": 5, "theme": "light"}, SetBy.POLICY))
    following.show_settings()
    (dialog,) = door.frame.findChildren(SettingsDialog)
    assert not dialog.boxes["theme"].isEnabled()
    assert not dialog.boxes["lock_minutes"].isEnabled()
    assert dialog.boxes["density"].isEnabled()
    said = {each.text() for each in dialog.findChildren(QLabel)}
    assert {
        "Set by headquarters",
        "Set by the administrator of this computer",
        "Set when the desk was installed",
    } <= said
    dialog.managed.click()
    (page,) = dialog.findChildren(ManagedDialog)
    assert cells(page) == [
        ["Appearance", "Dark", "Set by the administrator of this computer", "Locked"],
        ["Spacing", "Compact", "Set when the desk was installed", "You may choose otherwise"],
        ["Lock by itself", "After 5 minutes", "Set by headquarters", "Locked"],
    ]
    assert any("“colour”" in each.text() for each in page.findChildren(QLabel))
    page.reject()
    dialog.reject()
    following.close()
    door.frame.let_close()
    door.frame.deleteLater()


def test_choices_under_a_lock_are_kept_for_later(folder: Path) -> None:
    SettingsFile(folder).change(theme="light")
    settings = SettingsFile(folder, understood({"theme": "dark"}, SetBy.POLICY).rulings)
    settings.reset()
    assert settings.current.theme is ThemeChoice.DARK
    assert SettingsFile(folder).current.theme is ThemeChoice.LIGHT


def test_versions_can_be_copied(folder: Path) -> None:
    async def story() -> None:
        async with at_the_window(folder) as person:
            person.frame.help.show_about()
            await person.sees(lambda: isinstance(person.dialog, AboutDialog), "the versions")
            about = person.dialog
            assert isinstance(about, AboutDialog)
            person.click(about.copy)
            copied = QGuiApplication.clipboard().text()
            assert f"Embassy Desk: {__version__}" in copied.splitlines()
            assert {each.partition(":")[0] for each in copied.splitlines()} >= {"Python", "Qt"}
            assert str(folder) not in copied
            person.press("Escape")

    run_on_desk(story)
