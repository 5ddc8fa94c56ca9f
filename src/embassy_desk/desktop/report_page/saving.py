"""The forms in which a report and its template can be written to a file, as people know them."""

from collections.abc import Mapping

from embassy_desk.texts import N_, Text

FORMS: Mapping[str, Text] = {
    "docx": N_("Word document"),
    "pdf": N_("PDF document"),
    "xlsx": N_("Excel workbook"),
    "csv": N_("Table for other programs"),
}
TEMPLATES: Mapping[str, Text] = {"dotx": N_("Word template"), "docx": N_("Word document")}
TITLE = N_("Save the report")
STARTER_TITLE = N_("Save a template to begin with")
TEMPLATE_TITLE = N_("Choose the Word template for official papers")
