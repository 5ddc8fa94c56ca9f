"""Marked texts, and where they are found again: in widgets and models, and in Python's memory."""

import gc
from collections.abc import Iterable, Iterator
from itertools import islice
from types import FrameType, GeneratorType
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

MARK = "quetzal" + "kanarie"
_MOST_LINES = 1_000
_STEPS = 6
_PASSING = (FrameType, type(iter([])), GeneratorType)
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.UserRole,
)
_TOLD = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value)
"""What screen readers ask of a widget."""


def marked(number: int) -> str:
    """Return a text that occurs nowhere else."""
    return f"{MARK}{number}"


def _objects(app: QApplication) -> dict[int, QObject]:
    """Return every Qt object that hangs on the application or on a widget, or shows lines."""
    found: dict[int, QObject] = {}
    roots: list[QObject] = [app, *app.allWidgets(), *app.topLevelWindows()]
    for root in roots:
        for each in (root, *root.findChildren(QObject)):
            found[id(each)] = each
            if isinstance(each, QAbstractItemView) and each.model() is not None:
                found[id(each.model())] = each.model()
    return found


def _said(each: QObject) -> Iterator[str]:
    about = each.metaObject()
    if isinstance(each, QWidget):
        told = QAccessible.queryAccessibleInterface(each)
        yield from (told.text(kind) for kind in _TOLD if told is not None)
    for at in range(about.propertyCount()):
        value = about.property(at).read(each)
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from (part for part in value if isinstance(part, str))
    if isinstance(each, QAbstractItemModel):
        yield from _cells(each)


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    """Yield what the lines of a model say; none of ours is a tree."""
    for row in range(min(model.rowCount(QModelIndex()), _MOST_LINES)):
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
        for column in range(columns):
            index = model.index(row, column, QModelIndex())
            yield from (str(model.data(index, role)) for role in _ROLES)


def marks_in_widgets(app: QApplication) -> list[str]:
    """Say which objects of Qt show, or would show, a marked text."""
    copied = app.clipboard().text()
    found = [f"clipboard: {copied}"] if MARK in copied else []
    for each in _objects(app).values():
        texts = [text for text in _said(each) if MARK in text]
        found += [f"{type(each).__name__} {each.objectName()}: {text}" for text in texts]
    return found


def marks_in_memory(most: int = 20) -> list[str]:
    """Say which objects of Python hold a marked text, the first ones that are found."""
    gc.unfreeze()
    gc.collect()
    try:
        held = ((each, text) for each in gc.get_objects() for text in _held(each))
        return [_label(each, text) for each, text in islice(held, most)]
    finally:
        gc.freeze()


def _held(each: Any) -> Iterable[str]:
    return [
        held
        for held in gc.get_referents(each)
        if type(held) is str and MARK in held and held != MARK
    ]


def _label(each: Any, text: str) -> str:
    """Say what holds a text, and what holds that, for a few steps."""
    chain, held = [type(each).__name__], each
    for _ in range(_STEPS):
        holders = [one for one in gc.get_referrers(held) if _stays(one)]
        if not holders:
            break
        held = holders[0]
        name = getattr(held, "__qualname__", "") if callable(held) else ""
        chain.append(f"{type(held).__name__} {name}".strip())
    return f"{text[:60]!r} in {' < '.join(chain)}"


def _stays(holder: Any) -> bool:
    """Say whether a holder is more than what looks for it: no frame, no list of all objects."""
    is_everything = isinstance(holder, list) and len(holder) > _MOST_LINES
    return not isinstance(holder, _PASSING) and not is_everything
