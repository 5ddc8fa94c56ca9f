"""Paper: the printer that a person chose, and how pages come onto it."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRect
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from embassy_desk.application.report_paper import Sheet
from embassy_desk.desktop.kit.dialogs import answer_to
from embassy_desk.domain.errors import RefusedError, StoppedError
from embassy_desk.texts import N_, Words

_FINEST_DPI = 300
"""Letters are sharp with this; finer pages only take longer."""

_BYTES_PER_DOT = 3


class DeskPress:
    """A printer of this computer, for whole A4 pages.

    Attributes:
        dots_per_inch: How fine it prints.
        file: The PDF that it makes in place of paper; nothing for paper.
    """

    def __init__(self, printer: QPrinter) -> None:
        """Take a printer that the person chose."""
        self.printer = printer
        self.dots_per_inch = min(printer.resolution(), _FINEST_DPI)
        is_file = printer.outputFormat() is QPrinter.OutputFormat.PdfFormat
        self.file = Path(printer.outputFileName()) if is_file else None

    def print(self, pages: Iterator[Sheet]) -> None:
        """Print pages as they come; needs no window and runs on any one thread.

        Raises:
            RefusedError: The printer does not take them.
            StoppedError: The person stopped it; the printer is told to forget what it has.
        """
        self.printer.setFullPage(True)
        painter: QPainter | None = None
        try:
            for sheet in pages:
                painter = self._turned(sheet, painter)
                picture = QImage(
                    sheet.rgb,
                    sheet.width,
                    sheet.height,
                    sheet.width * _BYTES_PER_DOT,
                    QImage.Format.Format_RGB888,
                )
                painter.drawImage(QRect(0, 0, *_dots(self.printer)), picture)
        except StoppedError:
            self.printer.abort()
            raise
        finally:
            if painter is not None:
                painter.end()

    def _turned(self, sheet: Sheet, painter: QPainter | None) -> QPainter:
        """Return who paints the next page, which lies as the sheet does."""
        if painter is not None:
            self.printer.newPage()
            return painter
        is_wide = sheet.width > sheet.height
        landscape, upright = QPageLayout.Orientation.Landscape, QPageLayout.Orientation.Portrait
        self.printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        self.printer.setPageOrientation(landscape if is_wide else upright)
        self.printer.setPageMargins(QMarginsF(0, 0, 0, 0))
        painter = QPainter()
        if not painter.begin(self.printer):
            raise RefusedError(N_("The printer does not answer. Choose another one, or a file."))
        return painter


def _dots(printer: QPrinter) -> tuple[int, int]:
    size = printer.pageLayout().fullRectPixels(printer.resolution()).size()
    return size.width(), size.height()


async def chosen_press(window: QWidget, words: Words) -> DeskPress | None:
    """Ask on which printer; nothing if the person changed their mind."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, window)
    dialog.setWindowTitle(words(N_("Print the report")))
    answer = await answer_to(dialog)
    return DeskPress(printer) if answer == QPrintDialog.DialogCode.Accepted else None
