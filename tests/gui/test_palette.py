"""The command palette and the sheet of shortcuts: everything by a few letters, in any language."""

from collections import Counter
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from embassy_desk.application.office import perform
from embassy_desk.application.recent import MOST_RECENT, Used, note_use, recently_used
from embassy_desk.desktop.kit.acts import WHY_NOT, acts_of
from embassy_desk.desktop.palette.screen import Palette
from embassy_desk.desktop.settings.screen import SettingsDialog
from embassy_desk.desktop.shell.shortcuts import ShortcutSheet
from embassy_desk.settings.places import translations
from embassy_desk.store.local_values import keep_local
from makers.desks import Person, at_the_desk, enter, opened_store, run_on_desk


async def opened(person: Person) -> Palette:
    """Open the palette by its keys."""
    person.press("Ctrl+K")
    await person.sees(lambda: person.dialog, "the palette")
    palette = person.dialog
    assert isinstance(palette, Palette)
    await person.rests()
    return palette


def titles(palette: Palette) -> list[str]:
    """Return what is offered, as it is read."""
    items = [palette.list.item(at) for at in range(palette.list.count())]
    return [each.text() for each in items if each.flags() & Qt.ItemFlag.ItemIsEnabled]


def test_command_is_found_in_both_languages_without_marks(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder, language="vi", catalogue=translations()) as person:
            palette = await opened(person)
            for typed in ("thoa thuan", "Thỏa thuận", "agreements"):
                person.type_into(palette.line, typed)
                await person.rests()
                assert titles(palette)[0] == "Thỏa thuận"
            person.press("Return")
            await person.sees(lambda: person.desk.going.kind == "agreement", "the agreements")
            await person.sees_the_page_again()

    run_on_desk(story)


def test_record_is_found_beside_commands(folder: Path) -> None:
    enter(folder, "contact", {"family_name": "Đặng", "given_name": "Cài Đặt"})

    async def story() -> None:
        async with at_the_desk(folder) as person:
            palette = await opened(person)
            person.type_into(palette.line, "cai dat")
            await person.sees(lambda: "Đặng Cài Đặt" in titles(palette), "the record")
            await person.rests()
            while palette.list.currentItem().text() != "Đặng Cài Đặt":
                QTest.keyClick(palette.line, Qt.Key.Key_Down)
            person.press("Return")
            await person.sees(lambda: person.title == "Đặng Cài Đặt", "the record's page")
            await person.rests()
            palette = await opened(person)
            assert titles(palette)[0] == "Đặng Cài Đặt", "what was used recently comes first"
            palette.reject()

    run_on_desk(story)


def test_palette_opens_from_within_a_text_and_deletes_nothing(folder: Path) -> None:
    enter(folder, "contact", {"given_name": "An", "notes": "Một ghi chú", "alias": "Anh An"})

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens("An")
            for name in ("alias", "notes"):
                field = person.field(name)
                field.setFocus()
                QTest.keyClick(field, Qt.Key.Key_Home)
                asked = QKeyEvent(
                    QEvent.Type.ShortcutOverride,
                    Qt.Key.Key_K,
                    Qt.KeyboardModifier.ControlModifier,
                )
                asked.ignore()
                QApplication.sendEvent(field, asked)
                assert not asked.isAccepted(), "the field wants the key for itself"
                palette = await opened(person)
                palette.reject()
                await person.sees_the_page_again()
            assert not person.desk.page.record.is_edited

    run_on_desk(story)


def test_setting_opens_where_it_is(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            palette = await opened(person)
            person.type_into(palette.line, "co chu")
            await person.rests()
            assert titles(palette)[0] == "Text size"
            person.press("Return")
            await person.sees(lambda: isinstance(person.dialog, SettingsDialog), "the settings")
            dialog = person.dialog
            assert isinstance(dialog, SettingsDialog)
            await person.sees(dialog.boxes["text_size"].hasFocus, "the focus on the setting")
            dialog.reject()

    run_on_desk(story)


def test_what_cannot_be_done_says_why_and_stays(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            palette = await opened(person)
            person.type_into(palette.line, "archive")
            await person.rests()
            entry = palette.entries[0]
            assert str(entry.reason) == "Open a record of your mission first."
            person.press("Return")
            assert palette.isVisible()
            person.press("Escape")
            await person.sees_the_page_again()

    run_on_desk(story)


def test_shortcut_stands_beside_its_command(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            palette = await opened(person)
            keys = {str(each.title): each.keys for each in palette.entries}
            assert keys["Quit"] == "Ctrl+Q"
            assert keys["Contacts"] == "Ctrl+1"
            palette.reject()

    run_on_desk(story)


def test_recently_used_is_remembered_in_the_store(folder: Path) -> None:
    async def use() -> None:
        async with at_the_desk(folder) as person:
            palette = await opened(person)
            person.type_into(palette.line, "reload")
            await person.rests()
            person.press("Return")
            await person.sees_the_page_again()

    async def come_back() -> None:
        async with at_the_desk(folder) as person:
            palette = await opened(person)
            assert titles(palette)[0] == "Reload"
            palette.reject()

    run_on_desk(use)
    run_on_desk(come_back)


def test_last_used_comes_first_and_the_oldest_goes(folder: Path) -> None:
    with opened_store(folder) as store:
        for number in range(MOST_RECENT + 3):
            perform(store, note_use, Used(f"act:{number}"))
        perform(store, note_use, Used("act:10"))
        with store.reading() as work:
            keys = [each.key for each in recently_used(work)]
    assert keys[:2] == ["act:10", f"act:{MOST_RECENT + 2}"]
    assert len(keys) == len(set(keys)) == MOST_RECENT


def test_memory_that_is_not_understood_is_left_out(folder: Path) -> None:
    with opened_store(folder) as store, store.work() as work:
        keep_local(work, "palette", "recent", [3, {"heading": "x"}, {"key": "record:gone:1"}])
        work.commit()

    async def story() -> None:
        async with at_the_desk(folder) as person:
            palette = await opened(person)
            assert "Quit" in titles(palette)
            palette.reject()

    run_on_desk(story)


def test_no_two_acts_have_the_same_keys(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            acts = {listed.act for listed in acts_of(person.frame.menuBar())}
            keys = Counter(key for act in acts for key in act.keys)
            assert keys["Ctrl+S"] == 1
            others = [
                each.toString()
                for action in person.frame.findChildren(QAction)
                if action not in acts and action.isEnabled()
                for each in action.shortcuts()
            ]
            shortcuts = person.frame.findChildren(QShortcut)
            others += [each.key().toString() for each in shortcuts if each.objectName() != WHY_NOT]
            done = {key for act in acts if act.isEnabled() for key in act.keys}
            told = {
                each.key().toString()
                for each in shortcuts
                if each.objectName() == WHY_NOT and each.isEnabled()
            }
            assert told
            assert not done & told
            assert {key for key, count in keys.items() if count > 1} == set()
            assert keys.keys() & set(others) == set()

    run_on_desk(story)


def test_keys_that_switch_the_vietnamese_keyboard_are_left_alone(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            keys = {key for listed in acts_of(person.frame.menuBar()) for key in listed.act.keys}
            assert not keys & {"Ctrl+Space", "Ctrl+Shift", "Alt+Z", "Shift+Space"}
            assert all("+" in key or key.startswith("F") for key in keys)

    run_on_desk(story)


def test_sheet_of_shortcuts_names_every_key_in_both_languages(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder, catalogue=translations()) as person:
            person.press("Ctrl+/")
            await person.sees(lambda: person.dialog, "the sheet")
            sheet = person.dialog
            assert isinstance(sheet, ShortcutSheet)
            shown = lines_of(sheet)
            assert ("Save", "Ctrl+S") in shown
            assert ("Find anything …", "Ctrl+K") in shown
            keys = {key for listed in acts_of(person.frame.menuBar()) for key in listed.act.keys}
            assert keys <= {each for _, line in shown for each in line.split(", ")}
            person.frame.languages["vi"].trigger()
            assert ("Lưu", "Ctrl+S") in lines_of(sheet)
            await person.sees(sheet.tree.hasFocus, "the focus on the keys")
            QTest.keyClick(sheet.tree, Qt.Key.Key_Escape)
            await person.sees_the_page_again()

    run_on_desk(story)


def lines_of(sheet: ShortcutSheet) -> list[tuple[str, str]]:
    """Return the lines of the sheet: what is done and by which keys."""
    tops = [sheet.tree.topLevelItem(at) for at in range(sheet.tree.topLevelItemCount())]
    return [
        (child.text(0), child.text(1))
        for top in tops
        if top is not None
        for child in (top.child(at) for at in range(top.childCount()))
    ]
