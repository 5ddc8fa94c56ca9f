"""The preview before something is printed, the same for lists and records."""

from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QWidget

from embassy_desk.desktop.kit.dialogs import answer_to
from embassy_desk.desktop.lists.print_list import ListPaper

_SHARE_OF_WINDOW = 0.9


async def preview_paper(paper: ListPaper, window: QWidget, title: str) -> None:
    """Show a paper as it will be printed, until the person closes the preview."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    paper.prepare(printer)
    preview = QPrintPreviewDialog(printer, window)
    preview.setWindowTitle(title)
    preview.paintRequested.connect(paper.paint)
    preview.resize(window.size() * _SHARE_OF_WINDOW)
    await answer_to(preview)
