"""The rules of reminders are changed at the window, with a sentence that says what they mean."""

from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from embassy_desk.application.office import answer
from embassy_desk.application.reminder_rules import reminder_rules
from embassy_desk.desktop.reminders.rules import RulesDialog
from embassy_desk.desktop.reminders.screen import RemindersScreen
from embassy_desk.domain.reminders import RULES, ReminderRule, ReminderTopic
from makers.desks import NOW, Person, at_the_desk, enter, opened_store, run_on_desk

TASK = ReminderTopic.TASK
IN_A_WEEK = {"title": "Gọi Bộ Ngoại giao", "due_on": NOW.date().replace(day=29)}


def centre_of(person: Person) -> RemindersScreen:
    """Return the page."""
    page = person.frame.findChild(RemindersScreen)
    assert isinstance(page, RemindersScreen)
    return page


async def opens_rules(person: Person) -> RulesDialog:
    """Press the button and return the dialog."""
    person.click(centre_of(person).rules)
    await person.sees(lambda: isinstance(person.dialog, RulesDialog), "the rules")
    assert isinstance(person.dialog, RulesDialog)
    return person.dialog


def write(line: QLineEdit, text: str) -> None:
    """Put a text in the place of what stands in a line."""
    line.selectAll()
    line.insert(text)


def test_a_rule_that_is_changed_rings_at_once_and_holds_after_the_next_start(folder: Path) -> None:
    enter(folder, "task", IN_A_WEEK)

    async def story() -> None:
        async with at_the_desk(folder, section="reminder") as person:
            assert person.frame.notices.text == ""
            dialog = await opens_rules(person)
            write(dialog.before[TASK], "1; 7")
            assert dialog.told[TASK].text() == (
                "Reminds 7, 1 days before (0 is the day itself), and every 7 days after it."
            )
            person.click(dialog.save)
            await person.sees_the_page_again()
            shown = [each.text for each in centre_of(person).lines.lines.entries]
            assert shown == ["Tasks", "Gọi Bộ Ngoại giao"]

    run_on_desk(story)
    with opened_store(folder) as store:
        rules = answer(store, reminder_rules)
    assert rules[TASK] == ReminderRule(topic=TASK, days_before=(7, 1), again_days=7)
    assert {topic: rule for topic, rule in rules.items() if topic is not TASK} == {
        topic: rule for topic, rule in RULES.items() if topic is not TASK
    }


def test_what_cannot_be_read_is_said_and_cannot_be_saved(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder, section="reminder") as person:
            dialog = await opens_rules(person)
            for text, why in (
                ("soon", "Only whole numbers of days, with commas between."),
                ("1,2,3,4,5,6", "At most five different numbers of days, please."),
                ("3, 3", "At most five different numbers of days, please."),
                ("731", "Days before are whole numbers from 0 to 730."),
            ):
                write(dialog.before[TASK], text)
                assert dialog.told[TASK].text() == why
                assert not dialog.save.isEnabled()
            write(dialog.before[TASK], "")
            write(dialog.again[TASK], "")
            assert dialog.told[TASK].text() == "Never reminds."
            person.click(dialog.usual)
            assert dialog.rules == tuple(RULES.values())
            dialog.reject()
            await person.sees_the_page_again()

    run_on_desk(story)
