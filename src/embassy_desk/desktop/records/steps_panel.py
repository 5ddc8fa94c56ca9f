"""The way of a record with states: where it stands, where it may go, and what that still needs."""

from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from embassy_desk.application.sheets import RecordSteps, StepOffer
from embassy_desk.desktop.kit.days import day_text
from embassy_desk.desktop.kit.fields import FoldingSection
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import button, plain_label, safe_tooltip, said
from embassy_desk.domain.needed_fields import place_of_need
from embassy_desk.texts import N_, LabelledEnum, Text, Words

_DOT_PX = 11
_LINE_PX = 2


class StageStrip(QWidget):
    """Paints the main road of states with the present one, the one before and the one after."""

    def __init__(self) -> None:
        """Begin without a road."""
        super().__init__()
        self._labels: tuple[str, ...] = ()
        self._days: tuple[str, ...] = ()
        self._at = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_road(self, labels: tuple[str, ...], at: int, days: tuple[str, ...]) -> None:
        """Show a road with the days on which its stages were reached, empty where nobody knows.

        `at` is the present stage, or -1 when the record is off the road.
        """
        self._labels, self._at, self._days = labels, at, days
        told = [
            f"{label}: {day}" if day else label for label, day in zip(labels, days, strict=True)
        ]
        self.setToolTip(safe_tooltip("\n".join(told)))
        self.setAccessibleDescription("; ".join(told))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the dots, a line of words, and one of days where there are any."""
        lines = 2 if any(self._days) else 1
        return QSize(320, _DOT_PX + lines * self.fontMetrics().height() + 12)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        """Draw line, dots and the words around the present stage."""
        if not self._labels:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = QApplication.palette()
        accent, edge = colours.highlight().color(), colours.mid().color()
        places = self._places()
        y = _DOT_PX / 2 + 3
        for before, after in zip(range(len(places)), range(1, len(places)), strict=False):
            done = self._at >= after
            painter.setPen(QPen(accent if done else edge, _LINE_PX))
            painter.drawLine(QPointF(places[before], y), QPointF(places[after], y))
        for at, x in enumerate(places):
            self._dot(painter, QPointF(x, y), at, accent, edge)
        self._words(painter, places, y)

    def _places(self) -> list[float]:
        count = max(len(self._labels) - 1, 1)
        room = self.width() - 2 * _DOT_PX
        return [_DOT_PX + room * at / count for at in range(len(self._labels))]

    def _dot(
        self, painter: QPainter, centre: QPointF, at: int, accent: QColor, edge: QColor
    ) -> None:
        is_present, is_done = at == self._at, at < self._at
        radius = _DOT_PX / 2 + (1.5 if is_present else -1)
        painter.setPen(QPen(accent if is_present or is_done else edge, _LINE_PX))
        ground = QApplication.palette().base().color()
        painter.setBrush(accent if is_present or is_done else ground)
        painter.drawEllipse(centre, radius, radius)

    def _words(self, painter: QPainter, places: list[float], y: float) -> None:
        """Write the present stage, and those before and after as far as there is room."""
        taken: list[QRectF] = []
        palette = QApplication.palette()
        order = [self._at, self._at + 1, self._at - 1, len(self._labels) - 1, 0]
        for at in dict.fromkeys(order):
            if not 0 <= at < len(self._labels):
                continue
            font = painter.font()
            is_present = at == self._at
            font.setWeight(QFont.Weight.DemiBold if is_present else QFont.Weight.Normal)
            metrics = QFontMetrics(font)
            day = self._days[at]
            width = max(map(metrics.horizontalAdvance, (self._labels[at], day))) + 4
            left = min(max(places[at] - width / 2, 0), self.width() - width)
            area = QRectF(left, y + _DOT_PX / 2 + 5, width, metrics.height())
            if any(area.adjusted(-12, 0, 12, 0).intersects(each) for each in taken):
                continue
            taken.append(area)
            painter.setFont(font)
            ink = palette.text() if is_present else palette.placeholderText()
            painter.setPen(ink.color())
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self._labels[at])
            painter.setPen(palette.placeholderText().color())
            below = area.translated(0, metrics.height())
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, day)


class StepsPanel(QFrame):
    """Strip of stages, and a button for each step with what it still needs.

    Attributes:
        step_asked: A step is wanted; carries the offer.
        place_asked: What is missing is to be filled in; carries the field or the table.
    """

    step_asked = Signal(StepOffer)
    place_asked = Signal(str)

    def __init__(self, outfit: Outfit) -> None:
        """Begin empty."""
        super().__init__()
        self.setProperty("role", "card")
        self._outfit = outfit
        self._phrases = Phrases(outfit.words)
        self._strip = StageStrip()
        self._place = plain_label("muted")
        self._steps: RecordSteps | None = None
        self._refusal: Text | None = None
        self._offers = QWidget()
        layout = self._column = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(7)
        layout.addWidget(self._strip)
        layout.addWidget(self._place)
        layout.addWidget(self._offers)

    def show_steps(self, steps: RecordSteps, refusal: Text | None = None) -> None:
        """Show where a record stands and where it may go, or why no step may be taken."""
        self._steps, self._refusal = steps, refusal
        words = self._outfit.words
        at = steps.road.index(steps.state) if steps.state in steps.road else -1
        self._strip.setVisible(len(steps.road) > 1)
        days = tuple(day_text(steps.reached.get(str(each))) for each in steps.road)
        self._strip.show_road(tuple(words(each) for each in steps.road), at, days)
        self._place.setText(words(_standing_text(steps.state, at, len(steps.road))))
        self._strip.setAccessibleName(self._place.text())
        self._renew_offers(steps)

    def retranslate(self, words: Words) -> None:
        """Show everything in another language."""
        self._phrases.retranslate(words)
        if self._steps is not None:
            self.show_steps(self._steps, self._refusal)

    def _renew_offers(self, steps: RecordSteps) -> None:
        """Make the buttons anew: those that lead on, then the others behind a fold."""
        fresh = QWidget(self)
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        onward = [each for each in steps.offers if _leads_on(each, steps)]
        for offer in onward:
            column.addLayout(self._offer(offer, role="primary"))
        others = [each for each in steps.offers if each not in onward]
        if others:
            column.addWidget(self._folded(others))
        self._column.replaceWidget(self._offers, fresh)
        self._offers.deleteLater()
        self._offers = fresh

    def _folded(self, offers: list[StepOffer]) -> FoldingSection:
        """Return the steps that are rarer, closed."""
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for offer in offers:
            column.addLayout(self._offer(offer, role="plain"))
        return FoldingSection(N_("Other steps"), content, self._outfit, is_folded=True)

    def _offer(self, offer: StepOffer, *, role: str) -> QHBoxLayout:
        """Return a button beside what its step still needs."""
        words = self._outfit.words
        made = button(Phrases(words), offer.label, role=role)
        made.setObjectName(f"step-{offer.target}")
        made.setEnabled(not offer.missing and self._refusal is None)
        if self._refusal is not None:
            made.setToolTip(safe_tooltip(words(self._refusal)))
        made.clicked.connect(lambda _=False: self.step_asked.emit(offer))
        missing = "\n".join(words(each) for each in offer.missing)
        why = missing if self._refusal is None else words(self._refusal)
        made.setAccessibleDescription(why)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(self._needs(offer), 1)
        return line

    def _needs(self, offer: StepOffer) -> QGridLayout:
        """Return a line for each thing that a step still needs, with the way to its place."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        for row, need in enumerate(offer.missing):
            grid.addWidget(said(Phrases(self._outfit.words), need, "small"), row, 0)
            place = place_of_need(need)
            if place and self._refusal is None:
                go = button(Phrases(self._outfit.words), N_("Fill in"), role="link")
                go.setObjectName(f"fill-{place}")
                go.setAccessibleDescription(self._outfit.words(need))
                go.clicked.connect(partial(self._on_place, place))
                grid.addWidget(go, row, 1, Qt.AlignmentFlag.AlignTop)
        return grid

    def _on_place(self, place: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's
        self.place_asked.emit(place)


def _leads_on(offer: StepOffer, steps: RecordSteps) -> bool:
    """Say whether a step leads further along the main road, or back onto it."""
    names = [str(each) for each in steps.road]
    return offer.target in names and not offer.needs_reason


def _standing_text(state: LabelledEnum, at: int, count: int) -> Text:
    if at < 0:
        return N_("State: {state}.", state=state)
    return N_(
        "Stage {number} of {count_of_stages}: {state}.",
        number=at + 1,
        count_of_stages=count,
        state=state,
    )
