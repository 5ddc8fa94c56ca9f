"""Two hundred hostile texts, in every place of the window that shows a record, stay texts."""

from itertools import cycle, islice
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTextEdit

from makers.desks import Person, at_the_desk, enter, run_on_desk
from makers.hostile import HOSTILE, NAMES, wrongly_shown

OTHERS = {
    "organisation": "name_vi",
    "agreement": "title_vi",
    "task": "title",
    "contact_list": "title",
}


def shown_in(model: Any) -> set[str]:
    cells = (model.index(row, 0) for row in range(model.rowCount()))
    return {str(cell.data(Qt.ItemDataRole.DisplayRole)) for cell in cells}


async def look_at(person: Person, heading: str) -> list[str]:
    """Open a record, and return what is wrong with how it is shown."""
    await person.opens(heading)
    await person.rests()
    title = person.find(QLabel, "record-title")
    assert title.text() == heading
    return [f"{heading}: {each}" for each in wrongly_shown()]


def test_two_hundred_hostile_names_are_shown_as_they_are(folder: Path) -> None:
    assert len(set(HOSTILE)) == 200
    made = enter(folder, "contact", *({"written_name": each, "notes": each} for each in HOSTILE))
    names = [str(each.written_name) for each in made]

    async def story() -> None:
        async with at_the_desk(folder) as person:
            await person.rests()
            model = person.desk.page.list.model
            await person.sees(lambda: set(names) <= shown_in(model), "every name as it is")
            found = list(wrongly_shown())
            for heading in names[:: len(NAMES)]:
                found += await look_at(person, heading)
            assert found == []

    run_on_desk(story)


def test_hostile_texts_stay_texts_in_other_lists_in_the_search_and_at_home(folder: Path) -> None:
    for kind, field in OTHERS.items():
        enter(folder, kind, *({field: each} for each in islice(cycle(HOSTILE), 0, 200, 10)))

    async def story() -> None:
        async with at_the_desk(folder) as person:
            found: list[str] = []
            for kind in OTHERS:
                person.desk.page.sections.choose(kind)
                await person.sees(lambda kind=kind: person.desk.going.kind == kind, kind)
                await person.rests()
                found += [f"{kind}: {each}" for each in wrongly_shown()]
            person.press("Ctrl+Shift+F")
            line = person.desk.page.search.line
            QTest.keyClicks(line, "an")
            results = person.desk.page.search.results
            await person.sees(results.isVisible, "what was found")
            found += [f"search: {each}" for each in wrongly_shown()]
            assert found == []

    run_on_desk(story)


def test_the_look_finds_a_label_and_a_tip_that_guess(qapp: QApplication) -> None:
    careless = QLabel("<b>An</b>")
    careless.setToolTip("<img src=file:///etc/passwd>")
    assert len(list(wrongly_shown())) >= 2
    rich = QTextEdit()
    assert any("rich text" in each for each in wrongly_shown())
    for each in (careless, rich):
        each.deleteLater()
    del careless, rich
