"""Qt's own words in our catalogue: its standard buttons and the menu of every text field.

Qt ships no Vietnamese. Its sentences are marked here like ours, translated in the same file and
found by the same checks, so there is no second format to keep.
"""

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator

from embassy_desk.texts import N_, Text, Words

QT_TEXTS: tuple[Text, ...] = (
    N_("&Undo"),
    N_("&Redo"),
    N_("Cu&t"),
    N_("&Copy"),
    N_("&Paste"),
    N_("Delete"),
    N_("Select All"),
    N_("OK"),
    N_("&OK"),
    N_("Save"),
    N_("&Save"),
    N_("Save All"),
    N_("Open"),
    N_("&Open"),
    N_("&Yes"),
    N_("&No"),
    N_("Cancel"),
    N_("&Cancel"),
    N_("Close"),
    N_("&Close"),
    N_("Discard"),
    N_("Apply"),
    N_("Reset"),
    N_("Help"),
    N_("Abort"),
    N_("Retry"),
    N_("Ignore"),
    N_("Restore Defaults"),
    N_("Don't Save"),
    N_("&Step up"),
    N_("Step &down"),
    N_("&Look in:"),
    N_("File &name:"),
    N_("Files of &type:"),
    N_("Directory:"),
    N_("All Files (*)"),
    N_("Name"),
    N_("Size"),
    N_("Type"),
    N_("Date Modified"),
    N_("Folder"),
    N_("Computer"),
    N_("Back"),
    N_("Forward"),
    N_("Parent Directory"),
    N_("Create New Folder"),
    N_("List View"),
    N_("Detail View"),
    N_("&Rename"),
    N_("&Delete"),
    N_("&New Folder"),
    N_("Show &hidden files"),
    N_("%1 already exists.\nDo you want to replace it?"),
    N_("Press"),
    N_("Uncheck"),
    N_("Check"),
    N_("Toggle"),
    N_("Switch"),
)
"""English as Qt writes it; the ampersand stands before the letter to press."""


class QtWords(QTranslator):
    """Answers Qt with the words of our catalogue."""

    def __init__(self, parent: QObject) -> None:
        """Begin in English, which is what Qt says by itself."""
        super().__init__(parent)
        self._words: dict[str, str] = {}

    def isEmpty(self) -> bool:  # noqa: N802  Qt's name
        """Say whether there is nothing to translate; Qt skips an empty translator."""
        return not self._words

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803  Qt's name
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str | None:
        """Return a word of Qt in our language, or nothing to leave it as it is."""
        del context, disambiguation, n
        return self._words.get(sourceText)

    def speak(self, words: Words) -> None:
        """Let Qt speak the language of these words, and write days and numbers in it."""
        QCoreApplication.removeTranslator(self)
        is_vietnamese = words.language == "vi"
        self._words = {each.message: words(each) for each in QT_TEXTS} if is_vietnamese else {}
        language = QLocale.Language.Vietnamese if is_vietnamese else QLocale.Language.English
        country = QLocale.Country.Vietnam if is_vietnamese else QLocale.Country.UnitedKingdom
        QLocale.setDefault(QLocale(language, country))
        if is_vietnamese:
            QCoreApplication.installTranslator(self)
