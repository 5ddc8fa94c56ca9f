"""What a report must be told, as fields: days, a country, the record it is about."""

from datetime import date

from PySide6.QtWidgets import QFormLayout

from embassy_desk.application.reports import Needs, Wish
from embassy_desk.desktop.kit.editors.editor import Editor
from embassy_desk.desktop.kit.editors.making import editor_for
from embassy_desk.desktop.kit.links import ANY_KIND, Link
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import named, said
from embassy_desk.desktop.kit.shapes import Look, Shape
from embassy_desk.texts import N_, Text, Words

_FIELDS: dict[str, tuple[Text, Shape]] = {
    "from_on": (N_("From"), Shape(entity="report", field="from_on", look=Look.DAY)),
    "until_on": (N_("Until"), Shape(entity="report", field="until_on", look=Look.DAY)),
    "country": (
        N_("Country"),
        Shape(entity="report", field="country", look=Look.CODE, list_code="country"),
    ),
    "agreement": (
        N_("Agreement"),
        Shape(entity="report", field="subject", look=Look.LINK, link=Link("agreement")),
    ),
    "counterpart": (
        N_("Person or body"),
        Shape(entity="report", field="subject", look=Look.LINK, link=Link(ANY_KIND)),
    ),
    "staff": (
        N_("Member of staff"),
        Shape(entity="report", field="subject", look=Look.LINK, link=Link("staff")),
    ),
}
_SHOWN: dict[Needs, tuple[str, ...]] = {
    Needs.DAY: ("country",),
    Needs.PERIOD: ("from_on", "until_on", "country"),
    Needs.AGREEMENT: ("agreement",),
    Needs.COUNTRY: ("country",),
    Needs.COUNTERPART: ("counterpart",),
    Needs.STAFF: ("staff",),
}


class ReportFields:
    """The fields of every report; only those that the chosen one needs are shown.

    Attributes:
        form: Where they stand.
        editors: Each field's editor, by name.
    """

    def __init__(self, outfit: Outfit, phrases: Phrases) -> None:
        """Make every field, in the language of a screen."""
        self.form = QFormLayout()
        self.editors: dict[str, Editor] = {}
        for name, (title, shape) in _FIELDS.items():
            editor = editor_for(shape, outfit)
            self.editors[name] = editor
            label = said(phrases, title, "field", wraps=False)
            label.setBuddy(editor.front)
            named(phrases, editor.front, title)
            self.form.addRow(label, editor)

    def begin(self, today: date) -> None:
        """Begin with the year so far."""
        values = {"from_on": date(today.year, 1, 1), "until_on": today}
        for name in values:
            self.editors[name].show_values(values, {})

    def show_for(self, needs: Needs) -> None:
        """Show only the fields that a report needs."""
        for name, editor in self.editors.items():
            is_shown = name in _SHOWN[needs]
            editor.setVisible(is_shown)
            self.form.labelForField(editor).setVisible(is_shown)

    def wish(self, needs: Needs) -> Wish:
        """Return what the fields say.

        Raises:
            InvalidError: One cannot be read.
        """
        values: dict[str, object] = {}
        for name in _SHOWN[needs]:
            field = _FIELDS[name][1].field
            values[field] = self.editors[name].values()[field]
        subject = values.get("subject")
        values["subject"] = "" if subject is None else str(subject)
        values["country"] = values.get("country") or ""
        return Wish(**values)  # type: ignore[arg-type]  # each editor gives the field's type

    def retranslate(self, words: Words) -> None:
        """Show the fields' own words in another language."""
        for each in self.editors.values():
            each.retranslate(words)
