"""What an import would do, row by row, and what a person decides about it."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFormLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from embassy_desk.application.import_decisions import Decision, Outlook, Rules
from embassy_desk.application.import_matching import Change, Match, Verdict
from embassy_desk.desktop.kit.lines import LineKeeper
from embassy_desk.desktop.kit.outfit import Outfit
from embassy_desk.desktop.kit.phrases import Phrases
from embassy_desk.desktop.kit.plain import named, plain_label, said
from embassy_desk.desktop.kit.quiet import QuietComboBox
from embassy_desk.texts import N_, Text
from embassy_desk.texts.fields import field_word

SHOWN_ROWS = 500
_HEADERS = (N_("Line"), N_("Name"), N_("What it is"), N_("Why"), N_("What would change"),
            N_("What is done"))  # fmt: skip
_WIDTHS = (56, 190, 104, 230, 290, 232)
_ORDER = (Verdict.DOUBTFUL, Verdict.UPDATE, Verdict.NEW, Verdict.SAME)
_OFFERED = {
    Verdict.NEW: (Decision.ENTER, Decision.LEAVE),
    Verdict.UPDATE: (Decision.UPDATE, Decision.LEAVE, Decision.ENTER),
    Verdict.DOUBTFUL: (Decision.ENTER, Decision.UPDATE, Decision.LEAVE),
}
_RULES: dict[Verdict, Text] = {
    Verdict.UPDATE: N_("All that are changed"),
    Verdict.DOUBTFUL: N_("All that are doubtful"),
}
_RULE = "rule"
_MOST_CHANGES = 6


class OutlookPane(QWidget):
    """Shows counts, rows and reasons, and takes decisions by rule or by row."""

    def __init__(self, outfit: Outfit, phrases: Phrases) -> None:
        """Begin without an outlook."""
        super().__init__()
        self._outfit, self._phrases = outfit, phrases
        self._rows: dict[int, Decision] = {}
        self.counts = plain_label("heading")
        self.more = plain_label("muted")
        self.rules = {verdict: QuietComboBox() for verdict in _RULES}
        self.table = QTableWidget(0, len(_HEADERS))
        named(phrases, self.table, N_("Rows of the file"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        LineKeeper(self.table)
        form = QFormLayout()
        for verdict, text in _RULES.items():
            named(phrases, self.rules[verdict], text)
            form.addRow(said(phrases, text, "field", wraps=False), self.rules[verdict])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.counts, self.more):
            column.addWidget(widget)
        column.addLayout(form)
        column.addWidget(self.table, 1)

    @property
    def decided(self) -> Rules:
        """What the person decided."""
        update, doubtful = (self.rules[each].currentData() for each in _RULES)
        return Rules(
            update=Decision.named(update), doubtful=Decision.named(doubtful), rows=dict(self._rows)
        )

    def show_outlook(self, outlook: Outlook) -> None:
        """Show what an import would do; what has to be decided comes first."""
        words = self._outfit.words
        self._rows.clear()
        for verdict, combo in self.rules.items():
            combo.clear()
            for each in _OFFERED[verdict]:
                combo.addItem(words(each.label), each.value)
        counts = outlook.counts
        text = N_(
            "New: {new} · Changed: {update} · Doubtful: {doubtful} · Known already: {same} · "
            "Refused: {refused}",
            new=counts[Verdict.NEW],
            update=counts[Verdict.UPDATE],
            doubtful=counts[Verdict.DOUBTFUL],
            same=counts[Verdict.SAME],
            refused=outlook.refused_count,
        )
        self._phrases.show(self.counts.setText, text)
        self._show_rows(outlook)

    def _show_rows(self, outlook: Outlook) -> None:
        words = self._outfit.words
        self.table.setHorizontalHeaderLabels([words(each) for each in _HEADERS])
        matches = sorted(outlook.matches, key=lambda each: _ORDER.index(each.verdict))
        told = [(each.line, each.field, each.text) for each in (*outlook.refused, *outlook.remarks)]
        refused = {each.line for each in outlook.refused}
        self.table.clearContents()
        shown = matches[: max(0, SHOWN_ROWS - len(told))]
        self.table.setRowCount(min(len(told), SHOWN_ROWS) + len(shown))
        for row, (line, field, text) in enumerate(told[:SHOWN_ROWS]):
            what = N_("Refused") if line in refused else N_("Remark")
            self._put(row, (str(line), field, words(what), words(text), "", ""))
        for row, match in enumerate(shown, start=min(len(told), SHOWN_ROWS)):
            self._show_match(row, match)
        for column, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(column, width)
        hidden = len(matches) - len(shown)
        more = N_(
            "{count} more row is not shown.", "{count} more rows are not shown.", count=hidden
        )
        self._phrases.show(self.more.setText, more if hidden else "")

    def _show_match(self, row: int, match: Match) -> None:
        words, candidate = self._outfit.words, match.candidate
        heading = candidate.checked.record.heading if candidate.checked else ""
        reason = words(match.reason) if match.reason else ""
        changes = "; ".join(self._change(candidate.kind, each) for each in
                            match.changes[:_MOST_CHANGES])  # fmt: skip
        texts = (str(candidate.line), heading, words(match.verdict.label), reason, changes, "")
        self._put(row, texts)
        offered = _OFFERED.get(match.verdict)
        if offered is None:
            return
        combo = QuietComboBox()
        combo.addItem(words(N_("As the rule says")), _RULE)
        for each in offered:
            combo.addItem(words(each.label), each.value)
        name = N_("What is done with line {line}, {name}", line=candidate.line, name=heading)
        combo.setAccessibleName(words(name))
        combo.activated.connect(partial(self._on_decided, candidate.line, combo))
        self.table.setCellWidget(row, len(_HEADERS) - 1, combo)

    def _change(self, kind: str, change: Change) -> str:
        word = self._outfit.words(field_word(change.part or kind, change.field))
        before = f"{change.before} → " if change.before else "+ "
        return f"{word}: {before}{change.after}"

    def _put(self, row: int, texts: tuple[str, ...]) -> None:
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            self.table.setItem(row, column, item)

    def _on_decided(self, line: int, combo: QuietComboBox, _index: int) -> None:
        chosen = combo.currentData()
        if chosen == _RULE:
            self._rows.pop(line, None)
        else:
            self._rows[line] = Decision.named(chosen)
