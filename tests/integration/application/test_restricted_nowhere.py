"""Whatever can be asked, locally engaged staff see no restricted record in the answer.

Each question is asked twice: an officer must find the marked word in it, or the question proves
nothing; locally engaged staff must not.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tests.integration.application.conftest import NOW

from embassy_desk.application.around import linked, timeline
from embassy_desk.application.attachments import attach, documents, save_attachment
from embassy_desk.application.boards import board
from embassy_desk.application.bulk import change_many
from embassy_desk.application.calendar import calendar_entries
from embassy_desk.application.conflicts import open_conflicts
from embassy_desk.application.courses import year_ahead
from embassy_desk.application.drafts import Draft, drafts, keep_draft
from embassy_desk.application.duplicates import find_pairs, like_typed
from embassy_desk.application.engagements import EngagementEntry, record_engagement
from embassy_desk.application.home import needs, quiet, records_behind
from embassy_desk.application.lists import ListQuery, lines
from embassy_desk.application.office import answer, perform
from embassy_desk.application.pages import page_of
from embassy_desk.application.recent import Used, note_use, recently_used
from embassy_desk.application.records import change_record, search_everything
from embassy_desk.application.reminders import reminders
from embassy_desk.application.report_wishes import Wish as ReportWish
from embassy_desk.application.reports import report
from embassy_desk.application.sheets import enter_sheet
from embassy_desk.application.sync_state import sync_state
from embassy_desk.domain.attachment import Attachment
from embassy_desk.domain.entity import Record
from embassy_desk.domain.errors import RefusedError
from embassy_desk.domain.rights import Grant, Role
from embassy_desk.domain.task import Task
from embassy_desk.store.finders.last_engagements import last_about_records, last_with_contacts
from embassy_desk.store.finders.names import references
from embassy_desk.store.opening import Store
from embassy_desk.sync.conflicts import Conflict, ConflictKind

CANARY = "Kỳ Lân"
TODAY = NOW.date()
RESTRICTED = {"handling": "restricted"}
Kept = dict[str, Record]


def sit_down(store: Store, role: Role) -> None:
    values: dict[str, Any] = {
        "staff_id": store.author.staff_id,
        "mission": store.author.mission,
        "role": role,
        "valid_from": date(2020, 1, 1),
        "valid_to": date(2090, 1, 1),
        "serial": 1,
    }
    store.author = replace(store.author, grant=Grant.read(values))


def _enter(store: Store, kind: str, parts: dict[str, Any] | None = None, **values: Any) -> Record:
    return perform(store, enter_sheet, kind, {**values, **RESTRICTED}, parts or {})[0]


@pytest.fixture
def kept(store: Store, tmp_path: Path) -> Kept:
    """Restricted records of the daily kinds, each due, about an open contact and organisation."""
    open_values = {"written_name": "Đặng Hùng", "cadence_days": 10}
    hung = perform(store, enter_sheet, "contact", open_values, {})[0]
    body = perform(store, enter_sheet, "organisation", {"name_vi": "Bộ Ngoại giao"}, {})[0]
    made: Kept = {"hung": hung, "body": body}
    mail = {"contact_email": [{"address": "kylan@example.test"}]}
    for name in ("contact", "double"):
        made[name] = _enter(store, "contact", mail, written_name=f"{CANARY} Bảo", cadence_days=1)
    with store.work() as work:
        work.save(work.get(type(hung), made["contact"].id).changed(created_at="2026-01-01T00:00Z"))
        work.commit()
    seat = {"position": [{"title_vi": "Vụ trưởng", "organisation_id": body.id}]}
    made["holder"] = _enter(store, "contact", seat, written_name=f"{CANARY} Sơn")
    met = {"their_participant": [{"contact_id": hung.id, "attended": True}]}
    about = {"engagement_subject": [{"record_kind": "organisation", "record_id": body.id}]}
    yesterday = TODAY - timedelta(days=1)
    made["engagement"] = _enter(
        store, "engagement", {**met, **about}, subject=f"{CANARY} gặp", state="held",
        held_on=yesterday,
    )  # fmt: skip
    made["planned"] = _enter(store, "engagement", subject=f"{CANARY} hẹn", held_on=TODAY)
    made["agreement"] = _enter(
        store, "agreement", title_vi=f"{CANARY} hiệp định", title_en="x", form="mou", country="JP",
        state="in_force", signed_on=date(2024, 1, 1), in_force_on=date(2024, 1, 1),
        renewal_type="none", fixed_end_on=TODAY + timedelta(days=20),
    )  # fmt: skip
    made["obligation"] = _enter(
        store, "obligation", text=f"{CANARY} nghĩa vụ", agreement_id=made["agreement"].id,
        due_on=TODAY,
    )  # fmt: skip
    made["elevation"] = _enter(
        store, "elevation", title=f"{CANARY} nâng cấp", from_agreement_id=made["agreement"].id
    )
    parent = {"task_parent": [{"record_kind": "contact", "record_id": hung.id}]}
    made["task"] = _enter(store, "task", parent, title=f"{CANARY} việc", due_on=TODAY)
    file = tmp_path / f"{CANARY}.txt"
    file.write_text("x", encoding="utf-8")
    made["file"] = perform(store, attach, store, made["contact"], file)[0]
    _remember(store, made["contact"])
    return made


def _remember(store: Store, record: Record) -> None:
    """Leave traces of a record on the desk: a draft, a recent use, a conflict."""
    draft = Draft(
        name="d", kind="contact", record_id=record.id, heading=CANARY, typed={"alias": "x"}
    )
    perform(store, keep_draft, draft)
    perform(store, note_use, Used(f"record:contact:{record.id}", CANARY))
    perform(store, note_use, Used("act:Record/New"))
    with store.work() as work:
        email = work.raw.execute(
            "SELECT id FROM contact_email WHERE contact_id = ?", (record.id.hex,)
        ).fetchone()[0]
        for entity, row in (("contact", record.id.hex), ("contact_email", email)):
            _conflict(work, entity, row)
        work.commit()


def _conflict(work: Any, entity: str, row_id: str) -> None:
    conflict = Conflict(
        id=row_id[::-1], scope="m:TOK", entity=entity, row_id=row_id, field="notes",
        kind=ConflictKind.EDIT, winner_op=f"{'0' * 32}.1", winner_value=CANARY, winner_at=1,
        loser_op=f"{'0' * 32}.2", loser_value=f"{CANARY} 2", loser_at=1,
    )  # fmt: skip
    work.raw.execute(
        "INSERT INTO sync_conflict VALUES (?, 'm:TOK', ?, ?, 1, ?)",
        (row_id[::-1], entity, row_id, conflict.model_dump_json()),
    )


Question = Callable[[Store, Kept], object]

QUESTIONS: dict[str, Question] = {
    "home": lambda store, _: answer(store, needs, TODAY, None),
    "quiet": lambda store, _: answer(store, quiet, TODAY, None),
    "year ahead": lambda store, _: answer(store, year_ahead, TODAY, None),
    "calendar": lambda store, _: answer(
        store, calendar_entries, TODAY - timedelta(days=9), TODAY + timedelta(days=30), TODAY, None
    ),
    "board of tasks": lambda store, _: answer(store, board, "task", TODAY),
    "board of cases": lambda store, _: answer(store, board, "elevation", TODAY),
    "reminders": lambda store, _: answer(store, reminders, TODAY, None),
    "timeline": lambda store, kept: answer(store, timeline, "contact", kept["hung"].id),
    "linked": lambda store, kept: answer(store, linked, "organisation", kept["body"].id),
    "drafts": lambda store, _: answer(store, drafts),
    "recent": lambda store, _: answer(store, recently_used),
    "conflicts": lambda store, _: answer(store, open_conflicts),
    "duplicates": lambda store, _: find_pairs(store, "contact"),
    "alike while typing": lambda store, _: answer(
        store, like_typed, "contact", None, {"written_name": f"{CANARY} Bảo"}, {}
    ),
    "search": lambda store, _: answer(store, search_everything, CANARY),
    "list": lambda store, _: answer(store, lines, ListQuery(kind="contact")),
    "page": lambda store, _: answer(store, page_of, ListQuery(kind="task", fields=("ref",))),
    "documents in a list": lambda store, _: answer(store, lines, ListQuery(kind="attachment")),
    "report": lambda store, _: answer(
        store, report, "agreement_register", ReportWish(on=TODAY)
    ),
}  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_answer_holds_what_may_not_be_seen(store: Store, kept: Kept, question: str) -> None:
    ask = QUESTIONS[question]
    sit_down(store, Role.OFFICER)
    assert CANARY in repr(ask(store, kept))
    sit_down(store, Role.LOCAL_STAFF)
    assert CANARY not in repr(ask(store, kept))


COUNTS: dict[str, Question] = {
    "quiet": lambda store, _: answer(store, quiet, TODAY, None).total,
    "behind": lambda store, _: len(answer(store, records_behind, "quiet", TODAY, None)),
    "tasks": lambda store, _: sum(each.total for each in answer(store, needs, TODAY, None)),
    "cards": lambda store, _: sum(
        each.total for each in answer(store, board, "task", TODAY).columns
    ),
    "met": lambda store, kept: int(
        kept["hung"].id in answer(store, last_with_contacts, TODAY)
    ),
    "spoken of": lambda store, _: len(answer(store, last_about_records, "organisation", TODAY)),
    "people of cards": lambda store, _: len(answer(store, board, "task", TODAY).people),
    "references": lambda store, kept: sum(
        identity == kept["task"].id for _, _, identity in answer(store, references)
    ),
    "decisions": lambda store, _: len(answer(store, open_conflicts)),
}  # fmt: skip


@pytest.mark.parametrize("count", COUNTS)
def test_no_count_counts_what_may_not_be_seen(store: Store, kept: Kept, count: str) -> None:
    ask = COUNTS[count]
    sit_down(store, Role.OFFICER)
    assert ask(store, kept)
    sit_down(store, Role.LOCAL_STAFF)
    assert not ask(store, kept)


def test_a_desk_that_is_alone_says_so_to_everybody(store: Store, kept: Kept) -> None:
    sit_down(store, Role.LOCAL_STAFF)
    assert kept["contact"].is_trashed is False
    assert answer(store, sync_state).decisions == 0


@pytest.mark.parametrize("way", ["one", "many"])
def test_files_hide_with_the_record_that_they_belong_to(
    store: Store, tmp_path: Path, way: str
) -> None:
    record = perform(store, enter_sheet, "contact", {"written_name": "Đặng Hùng"}, {})[0]
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    file = perform(store, attach, store, record, tmp_path / "a.txt")[0]
    if way == "one":
        perform(store, change_record, "contact", record.id, RESTRICTED)
    else:
        perform(store, change_many, "contact", [record.id], RESTRICTED, lambda *_: None)
    with store.reading() as work:
        assert work.get(Attachment, file.id).handling.value == "restricted"
    sit_down(store, Role.LOCAL_STAFF)
    with store.reading() as work:
        assert work.find(Attachment, file.id) is None


@pytest.mark.parametrize("way", ["one", "many"])
def test_a_task_hides_with_the_engagement_that_it_grew_out_of(store: Store, way: str) -> None:
    promised = {"text": f"gửi {CANARY}", "owed_by": "ours"}
    entry = EngagementEntry(values={"subject": "Gặp", "held_on": TODAY}, commitments=[promised])
    engagement = perform(store, record_engagement, entry)[0]
    with store.reading() as work:
        (task,) = work.all(Task, title=f"gửi {CANARY}")
    if way == "one":
        perform(store, change_record, "engagement", engagement.id, RESTRICTED)
    else:
        perform(store, change_many, "engagement", [engagement.id], RESTRICTED, lambda *_: None)
    sit_down(store, Role.LOCAL_STAFF)
    with store.reading() as work:
        assert work.find(Task, task.id) is None
    assert CANARY not in repr(answer(store, search_everything, CANARY))
    sit_down(store, Role.OFFICER)
    perform(store, change_record, "engagement", engagement.id, {"handling": "internal"})
    with store.reading() as work:
        assert work.get(Task, task.id).handling.value == "restricted"


def test_a_file_leaves_the_desk_by_right_and_with_a_line_in_the_log(
    store: Store, tmp_path: Path
) -> None:
    record = perform(store, enter_sheet, "contact", {"written_name": "Đặng Hùng"}, {})[0]
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    file = perform(store, attach, store, record, tmp_path / "a.txt")[0]
    target = tmp_path / "out.txt"
    sit_down(store, Role.LOCAL_STAFF)
    with pytest.raises(RefusedError, match="Write records to files"):
        save_attachment(store, file.id, target)
    assert not target.exists()
    sit_down(store, Role.OFFICER)
    save_attachment(store, file.id, target)
    assert target.read_text(encoding="utf-8") == "x"
    assert [each.name for each in _documents(store, record.id)] == ["a.txt"]
    sit_down(store, Role.HEAD_OF_MISSION)
    query = ListQuery(kind="export", fields=("taken_kind", "file_form"))
    assert [each.values for each in answer(store, lines, query)] == [("attachment", "txt")]


def _documents(store: Store, record_id: UUID) -> list[Attachment]:
    return [each.attachment for each in answer(store, documents, "contact", record_id)]
