"""Values of Qt by the names that Qt itself keeps, for what is painted first.

The first time Python says `Qt`, PySide makes a class of Python for each of the hundred enumerations
behind that name: a tenth of the time to the first paint. So modules that are loaded before it name
such values by text, or say `QtCore.Qt` in what is called later; `tests/house/test_start.py` keeps
watch.
"""

from PySide6.QtCore import QObject


def set_by_name(target: QObject, name: str, value: str) -> None:
    """Set a property to the value that Qt knows by a name, such as `PlainText`.

    Args:
        target: What has the property.
        name: The property, as in Qt's own documentation.
        value: One name of its enumeration, or several flags joined by `|`.

    Raises:
        LookupError: Qt knows no such property, or no such value of it.
    """
    if not target.setProperty(name, value):
        raise LookupError(f"{name}: {value}")
