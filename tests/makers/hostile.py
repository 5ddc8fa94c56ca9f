"""Two hundred hostile texts, and which widgets would read one as markup."""

from collections.abc import Iterator
from itertools import product

from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QTextEdit

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
    """Say whether a tip would be read as markup of a record's text."""
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


def shown_texts() -> str:
    """Return everything that labels say and that the lines of lists show, one text a line."""
    found = []
    for widget in QApplication.allWidgets():
        if isinstance(widget, QLabel):
            found.append(widget.text())
        if isinstance(widget, QAbstractItemView) and widget.isVisible() and widget.model():
            found += cells_of(widget)
    return "\n".join(found)


def cells_of(view: QAbstractItemView) -> Iterator[str]:
    """Yield what the cells of a view say."""
    model = view.model()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for row in range(model.rowCount()):
        for column in range(columns):
            yield str(model.index(row, column).data(Qt.ItemDataRole.DisplayRole))
