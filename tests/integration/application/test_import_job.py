"""One import for every file: looked over, decided, written as one step, and taken back as one."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from embassy_desk.application.import_batches import AT_ONCE
from embassy_desk.application.import_decisions import Decision, Done, Outlook, Rules
from embassy_desk.application.import_job import look_over, read_for_import, take_over, write_refused
from embassy_desk.application.import_mappings import mapping_named, save_mapping, saved_mappings
from embassy_desk.application.import_matching import Verdict
from embassy_desk.application.office import answer, perform
from embassy_desk.application.records import enter_record, redo_last, undo_last
from embassy_desk.domain.catalogue import KINDS
from embassy_desk.domain.contact import Contact, ContactEmail, ContactPhone, Position
from embassy_desk.domain.entity import Entity, Part, Route
from embassy_desk.domain.errors import ConflictError, MissingError, StoppedError
from embassy_desk.domain.parts import Tag
from embassy_desk.domain.task import Task
from embassy_desk.interchange.apart import here
from embassy_desk.interchange.mapped_sheets import SheetMapping
from embassy_desk.store.finders.freshness import newest_entry
from embassy_desk.store.local_values import local_values
from embassy_desk.store.opening import Store
from embassy_desk.store.verifying import verify
from embassy_desk.texts import Words

CARDS = Path(__file__).parents[2] / "files" / "cards"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "people.csv"


def looked(store: Store, file: Path, text: str = "") -> Outlook:
    if text:
        file.write_text(text, "utf-8")
    return look_over(store, read_for_import(file, run=here))


def taken(store: Store, file: Path, text: str = "", rules: Rules | None = None) -> Done:
    return take_over(store, looked(store, file, text), rules or Rules(), original=file)


def people(store: Store) -> dict[str, Contact]:
    with store.reading() as work:
        return {each.heading: each for each in work.all(Contact) if not each.is_trashed}


HEAD = "full_name,emails,phones,organisation,position,notes\n"


def test_the_same_file_three_times_makes_one_copy(store: Store) -> None:
    for file in sorted(CARDS.glob("*.vcf")):
        counts = []
        for _ in range(3):
            taken(store, file)
            with store.reading() as work:
                counts.append(
                    [
                        len(work.all(each))
                        for each in (Contact, ContactEmail, ContactPhone, Position)
                    ]
                )
        assert counts[0] == counts[1] == counts[2], file.name


def test_namesakes_in_one_ministry_stay_two_and_change_nothing_when_they_come_again(
    store: Store, file: Path
) -> None:
    text = HEAD + (
        "Nguyễn Thị Hương,huong1@example.vn,0912 345 001,Bộ Ngoại giao,Chuyên viên,\n"
        "Nguyễn Thị Hương,huong2@example.vn,0912 345 002,Bộ Ngoại giao,Vụ phó,\n"
    )
    first = looked(store, file, text)
    assert [each.verdict for each in first.matches] == [Verdict.NEW, Verdict.DOUBTFUL]
    assert take_over(store, first, Rules(doubtful=Decision.LEAVE)).entered == {"contact": 1}
    again = looked(store, file)
    assert [each.verdict for each in again.matches] == [Verdict.SAME, Verdict.DOUBTFUL]
    assert take_over(store, again, Rules(doubtful=Decision.ENTER)).entered == {"contact": 1}
    assert looked(store, file).counts[Verdict.SAME] == 2


def test_namesakes_of_whom_little_is_known_are_entered_once(store: Store, file: Path) -> None:
    rows = [f"Trần Văn Nam,,,,,ghi chú {n}" for n in range(4)]
    text = HEAD + "\n".join(rows) + "\n"
    counts = []
    for _ in range(3):
        taken(store, file, text)
        with store.reading() as work:
            counts.append(len(work.all(Contact)))
    assert counts == [4, 4, 4]


def test_people_with_a_name_and_nothing_else_are_known_the_second_time(
    store: Store, file: Path
) -> None:
    taken(store, file, HEAD + "Trần Thị Bình,,,,,\nLê Nam,,090 1234567,,,\n")
    again = looked(store, file)
    assert again.counts[Verdict.SAME] == 2
    assert taken(store, file).entered == {}


def test_a_changed_file_updates_and_removes_nothing(store: Store, file: Path) -> None:
    taken(
        store, file, HEAD + "Trần Thị Bình,b@example.vn,024 12345678,Sở Ngoại vụ,Chuyên viên,cũ\n"
    )
    changed = HEAD + "Trần Thị Bình,b@example.vn,090 7654321,Sở Ngoại vụ,Trưởng phòng,mới\n"
    outlook = looked(store, file, changed)
    assert outlook.counts[Verdict.UPDATE] == 1
    told = {(each.part, each.field, each.before, each.after) for each in outlook.matches[0].changes}
    assert ("", "notes", "cũ", "mới") in told
    assert ("position", "title_original", "Chuyên viên", "Trưởng phòng") in told
    done = take_over(store, outlook, Rules(), original=file)
    assert (done.entered, done.updated) == ({}, 1)
    (contact,) = people(store).values()
    assert contact.notes == "mới"
    with store.reading() as work:
        assert {each.typed for each in work.parts(ContactPhone, contact)} == {
            "024 12345678",
            "090 7654321",
        }
        (position,) = work.parts(Position, contact)
    assert position.title_original == "Trưởng phòng"
    assert looked(store, file).counts[Verdict.SAME] == 1


def test_a_new_post_comes_beside_the_old_one_and_stands_for_the_person(
    store: Store, file: Path
) -> None:
    taken(store, file, HEAD + "Trần Thị Bình,b@example.vn,,Sở Ngoại vụ,Chuyên viên,\n")
    taken(store, file, HEAD + "Trần Thị Bình,b@example.vn,,Bộ Ngoại giao,Vụ phó,\n")
    (contact,) = people(store).values()
    with store.reading() as work:
        main = [each for each in work.parts(Position, contact) if each.is_primary]
    assert [each.organisation_name for each in main] == ["Bộ Ngoại giao"]


def test_a_vietnamese_name_alone_makes_nobody_the_same(store: Store, file: Path) -> None:
    taken(store, file, HEAD + "Nguyễn Văn An,an@example.vn,,,,\n")
    outlook = looked(store, file, HEAD + "Nguyễn Văn An,other@example.vn,,,,\n")
    assert outlook.counts[Verdict.DOUBTFUL] == 1
    assert "same name" in str(outlook.matches[0].reason)
    assert take_over(store, outlook, Rules(doubtful=Decision.LEAVE)).entered == {}
    outlook = looked(store, file)
    assert take_over(store, outlook, Rules()).entered == {"contact": 1}


def test_a_decision_for_one_row_comes_before_the_rule(store: Store, file: Path) -> None:
    text = HEAD + "An A,a@example.vn,,,,\nBình B,b@example.vn,,,,\n"
    rules = Rules(rows={2: Decision.LEAVE})
    assert taken(store, file, text, rules).entered == {"contact": 1}
    assert list(people(store)) == ["Bình B"]


def test_the_whole_import_is_taken_back_as_one_step(store: Store, file: Path) -> None:
    kept = perform(store, enter_record, "contact", {"given_name": "Hùng", "notes": "trước"})[0]
    before = people(store)
    text = HEAD + ",,,,,\n".join(f"Người {n}" for n in range(30)) + ",,,,,\nHùng,,,,,sau\n"
    outlook = looked(store, file, text)
    rules = Rules(doubtful=Decision.UPDATE)
    done = take_over(store, outlook, rules, original=file)
    assert (done.entered, done.updated) == ({"contact": 30}, 1)
    perform(store, undo_last)
    after = people(store)
    assert after.keys() == before.keys()
    assert after[kept.heading].notes == "trước"


def in_use(store: Store) -> str:
    """Return a digest of every record in use with all of its parts."""
    digest = hashlib.sha256()
    with store.reading() as work:
        for kind in KINDS:
            shown = {e.id for e in work.all(kind.entity) if not e.is_trashed}
            entities: tuple[type[Entity], ...] = (kind.entity, *kind.parts, Tag)
            for entity in entities:
                for each in work.all(entity):
                    owner = each.parent_id if isinstance(each, Part) else each.id
                    if owner in shown:
                        kept = each.model_dump_json(exclude={"changed_at", "changed_by"})
                        digest.update(kept.encode())
    return digest.hexdigest()


def test_taken_back_the_store_shows_to_the_letter_what_it_showed_before(
    store: Store, file: Path
) -> None:
    taken(store, file, HEAD + "An A,an@example.vn,,Bộ A,,old\n")
    before = in_use(store)
    text = HEAD + "An A,an@example.vn,+84 90 1234567,Bộ A,Vụ trưởng,new\nBình B,b@x.vn,,Bộ B,,\n"
    done = taken(store, file, text)
    assert (done.updated, done.entered) == (1, {"contact": 1, "organisation": 1})
    assert in_use(store) != before
    perform(store, undo_last)
    assert in_use(store) == before


MANY = HEAD + "".join(f"Người {n},n{n}@example.vn,,Bộ {n % 7},,\n" for n in range(AT_ONCE + 50))


class Clerk:
    """Writes in turn; somebody at the desk saves before every turn but the first."""

    def __init__(self, store: Store) -> None:
        self.store, self.turns = store, 0

    def __call__(self, function: Callable[[Store], Any], /) -> Any:
        if self.turns:
            perform(self.store, enter_record, "task", {"title": f"Task {self.turns}"})
        self.turns += 1
        return function(self.store)


def test_many_records_come_in_between_other_saves_and_are_one_step_all_the_same(
    store: Store, file: Path
) -> None:
    clerk, before = Clerk(store), in_use(store)
    done = take_over(store, looked(store, file, MANY), Rules(), original=file, turn=clerk)
    assert done.entered == {"contact": AT_ONCE + 50, "organisation": 7}
    assert len(done.changes.records["contact"]) == len(people(store)) == AT_ONCE + 50
    tasks = [each.title for each in answer(store, lambda work: work.all(Task))]
    assert tasks == [f"Task {number}" for number in range(1, clerk.turns)]
    perform(store, undo_last)
    assert people(store) == {}
    assert [each.is_trashed for each in answer(store, lambda work: work.all(Task))] == [
        False for _ in tasks
    ]
    perform(store, redo_last)
    assert len(people(store)) == AT_ONCE + 50
    perform(store, undo_last)
    for _ in tasks:
        perform(store, undo_last)
    assert in_use(store) == before
    with store.reading() as work:
        assert verify(work.raw).problems == ()


def test_what_breaks_off_between_two_changes_is_taken_back(store: Store, file: Path) -> None:
    outlook, before = looked(store, file, MANY), in_use(store)

    def stop(_done: int, _total: int) -> None:
        if answer(store, newest_entry) > outlook.as_of:
            raise StoppedError

    with pytest.raises(StoppedError):
        take_over(store, outlook, Rules(), original=file, going_on=stop)
    assert answer(store, newest_entry) > outlook.as_of
    assert people(store) == {}
    assert in_use(store) == before


def test_people_who_are_alike_in_the_file_are_doubtful_with_the_line(
    store: Store, file: Path
) -> None:
    text = HEAD + "Yamada Taro,t@x.jp,,,,\nTaro Yamada,T@x.jp,,,,\nLê Nam,n@x.vn,,,,\n"
    outlook = looked(store, file, text)
    found = [each for each in outlook.matches if each.verdict is Verdict.DOUBTFUL]
    assert [str(each.reason) for each in found] == [
        "Line 2 of the file: The same e-mail address: t@x.jp. The same name."
    ]


def test_refused_rows_stay_out_and_go_to_a_file_of_their_own(
    store: Store, file: Path, tmp_path: Path
) -> None:
    cards = tmp_path / "people.vcf"
    good = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:An A\r\nEND:VCARD\r\n"
    bad = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bình B\r\nEMAIL:nobody\r\nEND:VCARD\r\n"
    cards.write_bytes((good + bad).encode())
    outlook = looked(store, cards)
    assert outlook.refused_count == 1
    done = take_over(store, outlook, Rules())
    assert done.entered == {"contact": 1}
    target = tmp_path / "refused.csv"
    write_refused(target, done.refused, done.sources, Words("vi"))
    text = target.read_text("utf-8-sig")
    assert "nobody" in text
    assert "Bình B" in text
    assert text.splitlines()[1].startswith("8,")


def test_a_row_that_only_the_store_refuses_stays_out_alone(store: Store, file: Path) -> None:
    text = HEAD + "An A,,,,,\nBình B,,,,,TỐI MẬT\n"
    done = taken(store, file, text)
    assert done.entered == {"contact": 1}
    assert [each.line for each in done.refused] == [3]
    assert "Bình" in done.sources[3]


def test_the_file_is_kept_with_what_came_of_it(store: Store, file: Path) -> None:
    taken(store, file, HEAD + "An A,,,,,\n")
    (told,) = answer(store, local_values, "import")
    assert told.value["file"] == "people.csv"
    assert told.value["entered"] == 1
    assert (store.path.parent / "attachments").is_dir()
    assert not any(
        b"An A" in each.read_bytes() for each in (store.path.parent / "attachments").iterdir()
    )


def test_records_come_in_by_the_route_of_an_import(store: Store, file: Path) -> None:
    taken(store, file, HEAD + "An A,,,,,\n")
    assert people(store)["An A"].created_via is Route.IMPORT


def test_somebody_elses_change_in_between_is_not_overwritten(store: Store, file: Path) -> None:
    outlook = looked(store, file, HEAD + "An A,,,,,\n")
    perform(store, enter_record, "contact", {"given_name": "Khác"})
    with pytest.raises(ConflictError):
        take_over(store, outlook, Rules())
    assert list(people(store)) == ["Khác"]


def test_stopping_keeps_nothing(store: Store, file: Path) -> None:
    outlook = looked(store, file, HEAD + "An A,,,,,\n")

    def stop(done: int, total: int) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        take_over(store, outlook, Rules(), original=file, going_on=stop)
    assert people(store) == {}
    assert answer(store, local_values, "import") == ()


def test_a_mapping_is_saved_under_a_name(store: Store) -> None:
    mapping = SheetMapping("contact", encoding="cp1252", columns={"who": "full_name"})
    perform(store, save_mapping, "sổ cũ", mapping)
    assert answer(store, mapping_named, "sổ cũ") == mapping
    assert list(answer(store, saved_mappings)) == ["sổ cũ"]
    with pytest.raises(MissingError):
        answer(store, mapping_named, "none")
