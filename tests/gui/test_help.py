"""F1 shows the page on what is in front of the person, in the language of the window."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument, QTextFormat

from embassy_desk.desktop.help.screen import HelpWindow
from embassy_desk.settings.places import translations
from makers.desks import Person, at_the_desk, at_the_window, enter, run_on_desk


async def helped(person: Person) -> HelpWindow:
    """Press F1 and return the window of help."""
    person.press("F1")
    await person.sees(lambda: person.frame.help.help, "help")
    window = person.frame.help.help
    assert isinstance(window, HelpWindow)
    await person.sees(window.isVisible, "the window of help")
    return window


async def back(person: Person) -> None:
    """Go back to the window of the desk."""
    person.frame.activateWindow()
    await person.sees(person.frame.isActiveWindow, "the window in front")


def test_help_is_about_what_has_the_focus(folder: Path) -> None:
    enter(folder, "contact", {"given_name": "An"})

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens("An")
            for focus, topic in (
                (person.desk.page.list.focus_list, "lists"),
                (person.field("alias").setFocus, "contact"),
                (person.desk.page.search.focus, "search"),
            ):
                focus()
                window = await helped(person)
                assert window.topic == topic
                await back(person)

    run_on_desk(story)


def test_help_in_the_sections_is_about_the_page_beside_them(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            for section, topic in (("home", "home"), ("contact", "lists"), ("board", "board")):
                person.desk.page.sections.choose(section)
                await person.sees(
                    lambda section=section: person.desk.going.section == section, "it"
                )
                await person.rests()
                person.desk.page.sections.setFocus()
                window = await helped(person)
                assert window.topic == topic
                await back(person)

    run_on_desk(story)


def test_help_speaks_the_language_of_the_window(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder, catalogue=translations()) as person:
            window = await helped(person)
            window.show_topic("index")
            assert window.browser.toPlainText().startswith("Help")
            person.frame.languages["vi"].trigger()
            assert window.browser.toPlainText().startswith("Trợ giúp")
            assert window.windowTitle() == "Trợ giúp"

    run_on_desk(story)


def test_links_lead_from_page_to_page_and_back_and_nowhere_else(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            window = await helped(person)
            before = window.topic
            window.browser.anchorClicked.emit(QUrl("agreement.md"))
            assert window.browser.toPlainText().startswith("Agreements")
            window.browser.anchorClicked.emit(QUrl("https://example.org/contact.md"))
            window.browser.anchorClicked.emit(QUrl("file:///etc/passwd"))
            assert window.topic == "agreement"
            window.back.click()
            assert window.topic == before
            window.back.click()
            assert (window.topic, window.back.isEnabled()) == ("index", False)

    run_on_desk(story)


def test_dialog_has_help_of_its_own_that_can_be_used(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.press("Ctrl+,")
            await person.sees(lambda: person.dialog, "the settings")
            dialog = person.dialog
            assert dialog is not None
            await person.sees(dialog.isActiveWindow, "the settings in front")
            window = await helped(person)
            assert window.topic == "settings"
            assert window.parentWidget() is dialog
            window.close()
            dialog.reject()
            await person.sees_the_page_again()
            await person.sees(lambda: person.frame.help.help is None, "no help of a closed dialog")
            window = await helped(person)
            assert window.parentWidget() is person.frame

    run_on_desk(story)


def test_help_is_there_before_the_store_is_open(folder: Path) -> None:
    async def story() -> None:
        async with at_the_window(folder) as person:
            await person.sees(person.frame.isActiveWindow, "the window in front")
            assert (await helped(person)).topic == "unlock"

    run_on_desk(story)


def test_a_page_shows_its_picture_no_wider_than_the_window(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder, catalogue=translations()) as person:
            window = await helped(person)
            window.show_topic("home")
            for width in (900, 420):
                window.resize(width, 680)
                await person.sees(lambda width=width: window.width() == width, "its new width")
                (shown,) = pictures_in(window)
                (name, said), room = shown, window.browser.viewport().width()
                kind = QTextDocument.ResourceType.ImageResource.value
                found = window.browser.document().resource(kind, QUrl(name))
                assert 0 < found.deviceIndependentSize().width() <= room
                assert said in window.browser.toPlainText()
                assert window.browser.horizontalScrollBar().maximum() == 0
            assert window.browser.loadResource(kind, QUrl("file:///etc/passwd")) is None

    run_on_desk(story)


def pictures_in(window: HelpWindow) -> list[tuple[str, str]]:
    """Return name and words of every picture of the page that is shown."""
    formats = [each.toImageFormat() for each in window.browser.document().allFormats()]
    return [
        (each.name(), str(each.property(QTextFormat.Property.ImageAltText.value)))
        for each in formats
        if each.isValid()
    ]
