"""Walks through what opens only when something is done: previews, questions, refusals, a fault."""

from datetime import date
from pathlib import Path
from uuid import UUID, uuid5

from pictures_camera import Photographer, close_all, open_first, show
from PySide6.QtCore import QItemSelectionModel

from embassy_desk.desktop.duplicates.screen import DuplicatesScreen
from embassy_desk.desktop.importing.screen import ImportScreen
from embassy_desk.desktop.lists.set_dialog import SetDialog
from embassy_desk.domain.contact import Contact
from embassy_desk.store.work import UnitOfWork
from embassy_desk.sync.conflicts import Conflict, ConflictKind
from makers import make_report_duty, make_signed_report

SHEETS = Path(__file__).resolve().parent.parent / "tests" / "files" / "sheets"
CHOSEN_ROWS = (1, 3, 4)


async def walk_acts(shots: Photographer) -> None:
    """Take everything that opens only when something is done."""
    for walk in (
        walk_search,
        walk_import,
        walk_duplicates,
        walk_bulk,
        walk_refusals,
        walk_questions,
        walk_duties,
        walk_tour,
        walk_fault,
    ):
        await walk(shots)
        close_all()
        await shots.settle()


async def walk_search(shots: Photographer) -> None:
    """Take the search with hits, a search without, and a list whose filter nobody passes."""
    person = shots.person
    await show(person, "contact")
    line = person.desk.page.search.line
    for name, words in (("hits", "nguyen"), ("nothing", "xyzzy")):
        person.type_into(line, words)
        await person.rests()
        await shots.take(f"search-{name}")
    person.type_into(line, "")
    close_all()
    person.type_into(person.desk.page.list.top.filter, "xyzzy")
    await shots.settle()
    await shots.take("list-nothing-found")
    person.type_into(person.desk.page.list.top.filter, "")


async def walk_import(shots: Photographer) -> None:
    """Take the mapping of a sheet and what would come of it."""
    person = shots.person
    await show(person, "import")
    page = person.frame.findChild(ImportScreen)
    assert isinstance(page, ImportScreen)
    page.file_given.emit(SHEETS / "tcvn3-2003.csv")
    await person.sees(page.over.isVisible, "the mapping")
    await shots.take("import-mapping")
    person.click(page.over)
    await person.sees(page.take.isVisible, "the outlook")
    await shots.take("import-outlook")


async def walk_duplicates(shots: Photographer) -> None:
    """Take two records side by side, with what a merge would make of them."""
    person = shots.person
    await show(person, "duplicates")
    page = person.frame.findChild(DuplicatesScreen)
    assert isinstance(page, DuplicatesScreen)
    await person.sees(lambda: not page.pane.is_empty, "pairs")
    page.lines.focus_first()
    person.press("Return")
    await person.sees(lambda: not page.pair.is_empty, "the two side by side")
    await shots.take("duplicates-pair")


async def walk_bulk(shots: Photographer) -> None:
    """Take lines that are chosen, and the preview of setting a field in all of them."""
    person = shots.person
    await show(person, "contact")
    shown = person.desk.page.list
    way = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in CHOSEN_ROWS:
        shown.table.selectionModel().select(shown.model.index(row, 0), way)
    await person.sees(lambda: len(person.desk.lists.chosen) == len(CHOSEN_ROWS), "the choice")
    await shots.take("bulk-chosen")
    person.press("Ctrl+Shift+H")
    await person.sees(lambda: isinstance(person.dialog, SetDialog), "the dialog")
    dialog = person.dialog
    assert isinstance(dialog, SetDialog)
    at = [dialog.field_box.itemData(each) for each in range(dialog.field_box.count())]
    dialog.field_box.setCurrentIndex(at.index("cadence_days"))
    person.type_into(person.field("cadence_days"), "45")
    await person.sees(lambda: dialog.table.rowCount() == len(CHOSEN_ROWS), "before and after")
    await shots.take("bulk-preview")


async def walk_refusals(shots: Photographer) -> None:
    """Take what is wrong beside its field, a draft that is offered, and the steps of a stage."""
    person = shots.person
    await show(person, "contact")
    await open_first(person)
    person.type_into(person.field("cadence_days"), "often")
    person.press("Ctrl+S")
    await shots.take("record-refused")
    await show(person, "task")
    await show(person, "contact")
    await open_first(person)
    await shots.take("record-draft-offered")
    person.desk.page.record.revert()
    await show(person, "agreement")
    await open_first(person)


async def walk_questions(shots: Photographer) -> None:
    """Take the page of decisions with questions, and a record that has one."""
    person = shots.person
    await show(person, "contact")
    await open_first(person)
    record_id = person.desk.records.record_id
    assert record_id is not None
    await person.desk.office.do(_ask, record_id)
    await person.desk.reload()
    await show(person, "conflict")
    person.press("F6")
    await shots.take("questions")
    await show(person, "contact")
    await open_first(person)
    await shots.take("record-with-question")


def _ask(work: UnitOfWork, record_id: UUID) -> None:
    """Leave the question of two values behind, as an exchange with headquarters does."""
    contact = work.get(Contact, record_id)
    for field, mine, theirs in (
        ("alias", "Chị Hường", "Cô Hường"),
        ("notes", "Đã gặp tại lễ Quốc khánh.", "Gặp lần đầu tại Hội nghị Đông Kinh, tháng 9."),
    ):
        conflict = Conflict(
            id=uuid5(contact.id, field).hex,
            scope=f"m:{contact.mission}",
            entity="contact",
            row_id=contact.id.hex,
            field=field,
            kind=ConflictKind.EDIT,
            winner_op=f"{'0' * 32}.1",
            winner_value=mine,
            winner_at=1,
            loser_op=f"{'0' * 32}.2",
            loser_value=theirs,
            loser_at=1,
        )
        work.raw.execute(
            "INSERT INTO sync_conflict VALUES (?, ?, ?, ?, 1, ?)",
            (conflict.id, conflict.scope, "contact", contact.id.hex, conflict.model_dump_json()),
        )


async def walk_duties(shots: Photographer) -> None:
    """Take what headquarters is owed and has received."""
    person = shots.person
    store = person.desk.office.store
    with store.work() as work:
        work.save(make_report_duty(title_en="Monthly report", missions="TOK PAR"))
        work.save(make_signed_report(signed_on=date(2026, 11, 3)))
        work.commit()
    await show(person, "home")
    await show(person, "reports")
    page = person.desk.pages.report
    assert page is not None
    duties = page.screen.tabs.duties
    await person.sees(lambda: duties.rowCount() > 0, "what is owed")
    page.screen.tabs.setCurrentWidget(duties)
    await shots.take("reports-owed")


async def walk_tour(shots: Photographer) -> None:
    """Take the tour beside the home page."""
    person = shots.person
    await show(person, "home")
    person.desk.menus.acts["tour"].trigger()
    await person.sees(lambda: person.desk.tour.panel, "the tour")
    await person.rests()
    await shots.take("tour")
    panel = person.desk.tour.panel
    assert panel is not None
    panel.end_asked.emit()


async def walk_fault(shots: Photographer) -> None:
    """Take the notice of a fault of the program, its page and the log."""
    person = shots.person
    person.door.keeper.report(ValueError("made for the picture"))
    await shots.take("fault-notice")
    person.click(person.frame.notices.more)
    await person.sees(lambda: person.dialog, "the fault")
    await shots.take("fault")
    person.click(person.dialog.log)  # type: ignore[union-attr]
    await shots.take("fault-log")
