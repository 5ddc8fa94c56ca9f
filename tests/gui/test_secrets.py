"""The guard against state secrets warns beside the field while one types, not only at saving."""

from pathlib import Path

from PySide6.QtWidgets import QLabel

from embassy_desk.desktop.kit.fields import FieldBox
from makers.desks import Person, at_the_desk, enter, run_on_desk

HUONG = {"family_name": "Đặng", "given_name": "Hường"}


def box_of(person: Person, name: str) -> FieldBox:
    form = person.desk.page.record.form
    assert form is not None
    return form.fields.boxes[name]


def test_a_mark_is_warned_of_while_it_is_typed_and_no_more_once_it_is_gone(folder: Path) -> None:
    enter(folder, "contact", HUONG)

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.opens("Đặng Hường")
            box = box_of(person, "notes")
            person.type_into(box.editor.front, "Công văn Độ mật: Tối mật")
            assert "the mark “TỐI MẬT”" in box.warning
            label = box.findChild(QLabel, "warning-notes")
            assert not label.isHidden()
            assert "TỐI MẬT" in box.editor.front.accessibleDescription()
            person.desk.page.record.revert()
            assert box.warning == ""
            assert box.editor.front.accessibleDescription() == ""

    run_on_desk(story)


def test_a_mention_is_warned_of_in_the_title_and_saved_all_the_same(folder: Path) -> None:
    async def story() -> None:
        async with at_the_desk(folder) as person:
            person.desk.page.sections.choose("task")
            await person.sees(lambda: person.desk.going.kind == "task", "the list of tasks")
            person.press("Ctrl+N")
            await person.sees(lambda: person.title == "New: Task", "an empty form")
            person.type_into(person.field("title"), "Học luật bí mật nhà nước")
            assert box_of(person, "title").warning.startswith("This mentions “bí mật nhà nước”")
            assert box_of(person, "waiting_on").warning == ""
            person.press("Ctrl+S")
            await person.sees(lambda: person.title == "Học luật bí mật nhà nước", "the task")

    run_on_desk(story)
