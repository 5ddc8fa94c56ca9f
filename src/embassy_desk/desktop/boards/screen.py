"""A board: columns beside each other, filtered by person and mission; all of it by keyboard too."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from embassy_desk.application.boards import BOARD_KINDS, Board, Card, Column
from embassy_desk.application.controlled_lists import MISSIONS
from embassy_desk.desktop.boards.column import ColumnView
from embassy_desk.desktop.kit.flow import FlowLayout, side_by_side
from embassy_desk.desktop.kit.help_topics import help_topic
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import action, button, menu, named, plain_label, said
from embassy_desk.desktop.kit.quiet import QuietComboBox
from embassy_desk.domain.catalogue import kind_named
from embassy_desk.texts import N_, Words

_COLUMN_PX = 178  # six of them fill a screen of 1366


class BoardTop(QWidget):
    """Chooses which board is shown, and whose cards.

    Attributes:
        kind_asked: The board of another kind is wanted.
        cards_asked: Only some cards are wanted; carries the person, or nothing, and the mission.
    """

    kind_asked = Signal(str)
    cards_asked = Signal(object, str)

    def __init__(self, outfit: Outfit) -> None:
        """Offer the kinds that have a board."""
        super().__init__()
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self.kinds: dict[str, QPushButton] = {}
        self.person, self.mission = QuietComboBox(), QuietComboBox()
        group, top = QButtonGroup(self), FlowLayout(self, at_right=1)
        for kind in BOARD_KINDS:
            made = self.kinds[kind] = button(self._phrases, kind_named(kind).plural, role="choice")
            made.setCheckable(True)
            made.clicked.connect(partial(self._on_kind, kind))
            group.addButton(made)
            top.addWidget(made)
        self._build(top)

    def _build(self, top: FlowLayout) -> None:
        hint = N_("Ctrl+arrow moves a card, Enter opens it.")
        top.addWidget(said(self._phrases, hint, "small", wraps=False))
        named(self._phrases, self.person, N_("Whose cards"))
        named(self._phrases, self.mission, N_("Cards of which mission"))
        for box in (self.person, self.mission):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.activated.connect(self._on_filter)
        top.addWidget(side_by_side(self.person, self.mission))

    def show_choices(self, shown: Board, who: UUID | None, mission: str) -> None:
        """Offer the people and missions that have cards."""
        words, lists = self._outfit.words, self._outfit.lists
        self.kinds[shown.kind].setChecked(True)
        people = [(name, each) for each, name in shown.people]
        _fill(self.person, [(words(N_("Everybody")), None), *people], who)
        missions = [(lists.label(MISSIONS, each, words.language), each) for each in shown.missions]
        _fill(self.mission, [(words(N_("Every mission")), ""), *missions], mission)
        self.mission.setVisible(len(missions) > 1)

    @property
    def chosen(self) -> tuple[UUID | None, str]:
        """The person and the mission whose cards are wanted."""
        return self.person.currentData(), str(self.mission.currentData() or "")

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)

    def _on_kind(self, kind: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's
        self.kind_asked.emit(kind)

    def _on_filter(self, _at: int) -> None:
        self.cards_asked.emit(*self.chosen)


class BoardScreen(QWidget):
    """Shows a board.

    Attributes:
        record_asked: A record is to be opened; carries its kind and identity.
        move_asked: A card is to go to a column; carries the card and the state.
    """

    record_asked = Signal(str, object)
    move_asked = Signal(object, object)

    def __init__(self, outfit: Outfit) -> None:
        """Begin without columns."""
        super().__init__()
        help_topic(self, "board")
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self._board: Board | None = None
        self.top = BoardTop(outfit)
        self._phrases.include(self.top)
        self.columns: list[ColumnView] = []
        self._headings: list[QLabel] = []
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 10)
        layout.setSpacing(10)
        layout.addWidget(self.top)
        layout.addWidget(self._area, 1)

    def show_board(self, shown: Board, *, who: UUID | None, mission: str) -> None:
        """Show a board; columns of the same kind keep their place and choice."""
        is_other = self._board is None or self._board.kind != shown.kind
        self._board = shown
        if is_other:
            self._make_columns(shown)
        for view, label, column in zip(self.columns, self._headings, shown.columns, strict=True):
            view.show_column(column)
            self._say_heading(label, view, column)
        self.top.show_choices(shown, who, mission)

    def _make_columns(self, shown: Board) -> None:
        sheet = QWidget()
        sheet.setProperty("role", "sheet")
        row = QHBoxLayout(sheet)
        row.setContentsMargins(0, 0, 0, 4)
        row.setSpacing(8)
        self.columns, self._headings = [], []
        for at, column in enumerate(shown.columns):
            view, label = ColumnView(self._outfit), plain_label("heading", wraps=False)
            view.setMinimumWidth(_COLUMN_PX)
            view.opened.connect(self._on_opened)
            view.sideways.connect(partial(self._on_sideways, at))
            view.step_asked.connect(partial(self._on_step, at))
            view.menu_asked.connect(self._on_menu)
            view.cards.dropped.connect(partial(self._on_dropped, column.state))
            box = QVBoxLayout()
            box.setSpacing(5)
            box.addWidget(label)
            box.addWidget(view, 1)
            row.addLayout(box, 1)
            self.columns.append(view)
            self._headings.append(label)
        self._area.setWidget(sheet)

    def _say_heading(self, label: QLabel, view: ColumnView, column: Column) -> None:
        words = self._outfit.words
        state, total = words(column.state), words.number(column.total)
        label.setText(words(N_("{state} · {total}", state=state, total=total)))
        text = N_(
            "{state}, {total} card",
            "{state}, {total} cards",
            count=column.total,
            state=state,
            total=total,
        )
        view.setAccessibleName(words(text))

    def focus_card(self, record_id: UUID) -> None:
        """Put the focus on a card, wherever it is now."""
        for view in self.columns:
            row = view.cards.row_of(record_id)
            if row is not None:
                view.choose(row)
                self._area.ensureWidgetVisible(view)

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    @property
    def panes(self) -> list[tuple[QWidget, Callable[[], object]]]:
        """The board is one pane; arrows lead from column to column."""
        return [(self._area, self._focus_cards)]

    def _focus_cards(self) -> None:
        chosen = next((each for each in self.columns if each.chosen is not None), None)
        filled = next((each for each in self.columns if each.cards.cards), None)
        for view in (chosen, filled, *self.columns):
            if view is not None:
                view.choose(view.currentIndex().row())
                return

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)
        if self._board is not None:
            who, mission = self.top.chosen
            self.show_board(self._board, who=who, mission=mission)

    def _on_opened(self, card: Card) -> None:
        self.record_asked.emit(card.kind, card.id)

    def _on_sideways(self, at: int, step: int) -> None:
        """Put the focus on the next column that has cards."""
        row = self.columns[at].currentIndex().row()
        to = at + step
        while 0 <= to < len(self.columns) and not self.columns[to].cards.cards:
            to += step
        if 0 <= to < len(self.columns):
            self.columns[to].choose(row)
            self._area.ensureWidgetVisible(self.columns[to])

    def _on_step(self, at: int, card: Card, step: int) -> None:
        if self._board is not None and 0 <= at + step < len(self._board.columns):
            self.move_asked.emit(card, self._board.columns[at + step].state)

    def _on_dropped(self, state: object, record_id: UUID) -> None:
        for column in self._board.columns if self._board else ():
            for card in column.cards:
                if card.id == record_id:
                    self.move_asked.emit(card, state)

    def _on_menu(self, card: Card, place: QPoint) -> None:
        """Offer to open a card, or to move it to any column."""
        phrases = Phrases(self._outfit.words)
        made = menu(phrases, N_("Card"), self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        opening = action(phrases, N_("Open"), self)
        opening.triggered.connect(partial(self._on_opened, card))
        made.addAction(opening)
        made.addSeparator()
        for column in self._board.columns if self._board else ():
            state = column.state
            each = action(phrases, N_("Move to “{state}”", state=state.label), self)
            each.setEnabled(card.state != state)
            each.triggered.connect(partial(self.move_asked.emit, card, state))
            made.addAction(each)
        made.popup(place)


def _fill(box: QuietComboBox, choices: list[tuple[str, object]], chosen: object) -> None:
    """Offer choices, each with its value, with one of them chosen."""
    box.clear()
    for text, value in choices:
        box.addItem(text, value)
    values = [value for _, value in choices]
    box.setCurrentIndex(values.index(chosen) if chosen in values else 0)
