"""Contacts dragged out of a list to another program: as visiting cards, one file each."""

from functools import partial

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication

from embassy_desk.application.exporting import cards_of
from embassy_desk.application.office import Office
from embassy_desk.application.taking_out import take_out
from embassy_desk.desktop.attachments.opened import OpenedCopies
from embassy_desk.desktop.kit.keeper import Keeper
from embassy_desk.desktop.lists.dragging import LinesDragged
from embassy_desk.desktop.lists.presenter import ListPresenter
from embassy_desk.desktop.lists.table import LinesTable
from embassy_desk.domain.errors import RefusedError
from embassy_desk.texts import N_

MOST_CARDS = 100
CARD_TYPE = "text/vcard"


class CardDragging(QObject):
    """Makes cards of the chosen contacts when a drag begins; they are written down as taken out."""

    def __init__(
        self,
        office: Office,
        lists: ListPresenter,
        table: LinesTable,
        keeper: Keeper,
        copies: OpenedCopies,
    ) -> None:
        """Serve a list; the files lie among the copies, which are wiped with the desk."""
        super().__init__(table)
        self._office = office
        self._lists = lists
        self._table = table
        self._copies = copies
        LinesDragged(table).begun.connect(lambda: keeper.start(self.drag(), name="drag"))

    async def drag(self) -> None:
        """Make the cards, and let them hang on the mouse while its button is still held.

        Raises:
            RefusedError: There are too many, or the rights do not allow it.
            StoreError: The disk refuses.
        """
        if self._lists.wish.kind != "contact" or not self._lists.chosen:
            return
        carried = await self.carried()
        if QApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            drag = QDrag(self._table)
            drag.setMimeData(carried)
            # Qt drags in a loop of its own; it begins when no coroutine is running.
            QTimer.singleShot(0, partial(drag.exec, Qt.DropAction.CopyAction))

    async def carried(self) -> QMimeData:
        """Return the chosen contacts as other programs take them.

        Raises:
            RefusedError: There are too many, or the rights do not allow it.
            StoreError: The disk refuses.
        """
        chosen = tuple(self._lists.chosen)
        if len(chosen) > MOST_CARDS:
            text = N_("At most {limit} cards are dragged. Write them to a file.", limit=MOST_CARDS)
            raise RefusedError(text)
        taken = await self._office.do(take_out, self._lists.query, chosen, form="vcf", filters="")
        cards = await self._office.ask(cards_of, taken.ids)
        made = QMimeData()
        made.setData(CARD_TYPE, "".join(text for _, text in cards).encode())
        files = [self._copies.put(f"{name}.vcf", text.encode()) for name, text in cards]
        made.setUrls([QUrl.fromLocalFile(str(each)) for each in files])
        return made
