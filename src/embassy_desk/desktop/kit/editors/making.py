"""Makes the editor that a field's shape asks for."""

from embassy_desk.desktop.kit.editors.chosen import CHOSEN
from embassy_desk.desktop.kit.editors.editor import Editor
from embassy_desk.desktop.kit.editors.linked import LinkEditor
from embassy_desk.desktop.kit.editors.prose import ProseEditor
from embassy_desk.desktop.kit.editors.recurrence import RecurrenceEditor
from embassy_desk.desktop.kit.editors.typed import TYPED
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.shapes import Look, Shape

EDITORS = {
    **TYPED,
    **CHOSEN,
    Look.LINK: LinkEditor,
    Look.PROSE: ProseEditor,
    Look.RECURRENCE: RecurrenceEditor,
}
"""The editor of each look."""


def editor_for(shape: Shape, outfit: Outfit) -> Editor:
    """Return a new editor for a field."""
    return EDITORS[shape.look](shape, outfit)
