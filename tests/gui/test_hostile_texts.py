"""Two hundred hostile texts, in every place of the window that shows a record, stay texts."""

from collections.abc import Iterator
from itertools import cycle, islice, product
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QTextEdit

from makers.desks import Person, at_the_desk, enter, run_on_desk

MARKUP = (
    "<b>{}</b>",
    "<img src=file:///etc/passwd>{}",
    "<img src='http://127.0.0.1:9/{}'>",
    "<img src=//127.0.0.1/share/x.png>{}",
    "<a href='http://127.0.0.1/'>{}</a>",
    "<qt><h1>{}</h1></qt>",
    "<!DOCTYPE html><p>{}",
    "<table><tr><td>{}</table>",
    "<style>*{{color:#fff}}</style>{}",
    "&lt;i&gt;{}&lt;/i&gt; &amp; &nbsp;",
    "{} &An && &&& <&>",
    "%s %n %1 {{}} {{0}} {}",
    "\u202e{}\u202c <u>",
    "\u2066<b>\u2069{}",
    "<b>e\u0301\u0323{}\u0300\u0301</b>",
    "<i>{}\u200b\u200d\ufeff</i>",
    "<script>{}</script>",
    "<object data=file:///etc/passwd>{}",
    "![x](file:///etc/passwd) **{}** [y](http://127.0.0.1)",
    "# <b>{} `code` <br>",
)
NAMES = (
    "An",
    "Đặng Hường",
    "田中",
    "O'Neil",
    'x" onclick="y',
    "a\\b",
    "1 < 2 > 0",
    "🙂",
    "ﷺ",
    "$(id)",
)
HOSTILE = tuple(form.format(name) for form, name in product(MARKUP, NAMES))
OTHERS = {
    "organisation": "name_vi",
    "agreement": "title_vi",
    "task": "title",
    "contact_list": "title",
}
READ_AS_MARKUP = ("<b>", "<img", "<a ", "<h1>", "<table", "<style", "<script", "<object", "<i>")


def wrongly_shown() -> Iterator[str]:
    """Yield the widgets and cells that would read a record's text as markup."""
    for widget in QApplication.allWidgets():
        name = f"{type(widget).__name__} {widget.objectName()}"
        if isinstance(widget, QLabel) and widget.text():
            if widget.textFormat() is not Qt.TextFormat.PlainText:
                yield f"{name} guesses about “{widget.text()[:60]}”"
        elif isinstance(widget, QTextEdit) and widget.acceptRichText():
            yield f"{name} takes rich text"
        tips = (widget.toolTip(), widget.statusTip(), widget.whatsThis())
        yield from (f"{name} tip “{each[:60]}”" for each in tips if is_markup(each))
        if isinstance(widget, QAbstractItemView) and widget.isVisible() and widget.model():
            yield from (f"{name} cell “{each[:60]}”" for each in tips_of(widget))


def is_markup(tip: str) -> bool:
    return any(each in tip for each in READ_AS_MARKUP)


def tips_of(view: QAbstractItemView) -> Iterator[str]:
    """Yield the tooltips of a view's cells that would be read as markup."""
    model = view.model()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for row in range(model.rowCount()):
        for column in range(columns):
            tip = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
            if isinstance(tip, str) and is_markup(tip):
                yield tip


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
