"""What somebody does who adds a row to a table of the record that is open."""

from PySide6.QtWidgets import QToolButton

from makers.desks import Person


async def begin_row(person: Person, table: str, field: str, words: str) -> None:
    """Open the dialog of another row, such as of “Telephone numbers”, and type into a field."""
    person.click(person.find(QToolButton, f"Add to “{table}”"))
    await person.sees(lambda: person.dialog, "the dialog")
    person.type_into(person.field(field), words)
