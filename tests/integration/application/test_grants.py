"""Rights hold wherever a record is read, written, counted, named or taken out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from embassy_desk.application.export_log import log_export, log_export_of_kind
from embassy_desk.application.exporting import export_records
from embassy_desk.application.grants import accept_grant, apply_grant, granted
from embassy_desk.application.lists import ListQuery, count_lines, lines
from embassy_desk.application.office import answer, perform
from embassy_desk.application.records import (
    add_part,
    archive,
    change_record,
    enter_record,
    find_record,
    history_of,
    record_file,
    remove_part,
    search_everything,
    trash,
)
from embassy_desk.domain.contact import Contact, ContactEmail
from embassy_desk.domain.entity import ArchiveReason, Handling, Record
from embassy_desk.domain.errors import InvalidError, MissingError, RefusedError, StoreError
from embassy_desk.domain.export import Export
from embassy_desk.domain.rights import Grant, Reach, Role
from embassy_desk.sealing.keys import DeviceKey
from embassy_desk.store.finders.names import headings
from embassy_desk.store.local_values import keep_local
from embassy_desk.store.opening import Store
from embassy_desk.sync.orders import SignedGrant
from makers import identity

CANARY = "Kỳ Lân Bảo"


def grant_for(store: Store, **values: Any) -> Grant:
    defaults: dict[str, Any] = {
        "staff_id": store.author.staff_id,
        "mission": store.author.mission,
        "role": Role.OFFICER,
        "valid_from": date(2020, 1, 1),
        "valid_to": date(2090, 1, 1),
        "serial": 1,
    }
    return Grant.read({**defaults, **values})


def sit_down(store: Store, **values: Any) -> None:
    """Let somebody with a grant take the place of the owner."""
    store.author = replace(store.author, grant=grant_for(store, **values))


def enter(store: Store, **values: Any) -> Record:
    return perform(store, enter_record, "contact", values)[0]


@pytest.fixture
def restricted(store: Store) -> Record:
    parts = {"contact_email": [{"address": "kylan@example.test"}]}
    values = {"written_name": CANARY, "handling": "restricted", "notes": "phượng hoàng"}
    return perform(store, enter_record, "contact", values, parts)[0]


def test_local_staff_find_a_restricted_record_nowhere(store: Store, restricted: Record) -> None:
    open_record = enter(store, written_name="Đặng Hùng", nationality="VN")
    sit_down(store, role=Role.LOCAL_STAFF)
    with store.reading() as work:
        shown = lines(work, ListQuery(kind="contact"))
        assert [each.id for each in shown] == [open_record.id]
        assert count_lines(work, ListQuery(kind="contact")) == 1
        for words in (CANARY, "phuong hoang", "kylan@example.test", restricted.ref):
            assert search_everything(work, words) == ()
        assert work.find(Contact, restricted.id) is None
        assert work.get_many(Contact, [restricted.id, open_record.id]).keys() == {open_record.id}
        assert [each.id for each in work.all(Contact)] == [open_record.id]
        assert work.all(ContactEmail) == ()
        assert work.count(Contact) == 1
        assert headings(work, [restricted.id, open_record.id]).keys() == {open_record.id}
        for ask in (
            lambda: find_record(work, restricted.ref),
            lambda: find_record(work, str(restricted.id)),
            lambda: record_file(work, "contact", restricted.id),
            lambda: history_of(work, restricted.id),
        ):
            with pytest.raises(MissingError):
                ask()


def test_officers_see_the_same_record(store: Store, restricted: Record) -> None:
    sit_down(store, role=Role.OFFICER)
    with store.reading() as work:
        assert [each.id for each in search_everything(work, CANARY)] == [restricted.id]
        assert count_lines(work, ListQuery(kind="contact")) == 1
        assert len(work.all(ContactEmail)) == 1


def test_an_export_never_holds_what_its_maker_may_not_see(
    store: Store, restricted: Record, tmp_path: Path
) -> None:
    target = tmp_path / "contacts.json"
    assert answer(store, export_records, "contact", target) == 1
    assert CANARY in target.read_text(encoding="utf-8")
    sit_down(store, role=Role.LOCAL_STAFF)
    assert answer(store, export_records, "contact", target) == 0
    assert CANARY not in target.read_text(encoding="utf-8")


def acts(record: Record) -> dict[str, Callable[[Store], Any]]:
    return {
        "enter": lambda store: enter(store, written_name="Neu"),
        "change": lambda store: perform(store, change_record, "contact", record.id, {"alias": "x"}),
        "archive": lambda store: perform(
            store, archive, "contact", record.id, reason=ArchiveReason.OTHER
        ),
        "trash": lambda store: perform(store, trash, "contact", record.id),
        "add part": lambda store: perform(
            store, add_part, "contact", record.id, "contact_email", {"address": "a@example.test"}
        ),
        "export": lambda store: perform(store, log_export_of_kind, "contact", "csv"),
    }


@pytest.mark.parametrize("act", ["enter", "change", "archive", "trash", "add part", "export"])
def test_an_expired_grant_reads_and_changes_nothing(store: Store, act: str) -> None:
    record = enter(store, written_name="Đặng Hùng")
    do = acts(record)[act]
    sit_down(store, role=Role.HEAD_OF_MISSION, valid_to=date(2025, 12, 31))
    with pytest.raises(RefusedError, match="ended on"):
        do(store)
    with store.reading() as work:
        assert work.get(Contact, record.id) == record
        assert work.all(ContactEmail) == ()
    sit_down(store, role=Role.HEAD_OF_MISSION)
    do(store)  # the same act, allowed: the refusal was the grant's


def test_a_narrow_reach_keeps_off_colleagues_records_and_their_rows(store: Store) -> None:
    colleague = identity("colleague")
    theirs = enter(store, written_name="Đặng Hùng")
    with store.work() as work:
        work.save(
            work.get(Contact, theirs.id).changed(owner=colleague, created_by=colleague, backup=None)
        )
        work.commit()
    email, _ = perform(
        store, add_part, "contact", theirs.id, "contact_email", {"address": "h@example.test"}
    )
    sit_down(store, reach=Reach.OWN)
    for act in ("change", "archive", "trash", "add part"):
        with pytest.raises(RefusedError, match="colleague"):
            acts(theirs)[act](store)
    with pytest.raises(RefusedError, match="colleague"):
        perform(store, remove_part, email)
    mine = enter(store, written_name="Eigen")
    perform(store, change_record, "contact", mine.id, {"alias": "x"})


def test_a_marked_text_is_refused_whichever_way_it_comes(store: Store) -> None:
    with pytest.raises(InvalidError, match="TỐI MẬT"):
        enter(store, written_name="Đặng Hùng", notes="TỐI MẬT")
    record = enter(store, written_name="Đặng Hùng")
    with pytest.raises(InvalidError, match="MẬT"):
        perform(store, change_record, "contact", record.id, {"notes": "(MẬT)"})
    with pytest.raises(InvalidError, match="MẬT"), store.work() as work:
        work.add_all([work.new(Contact, written_name="Hùng", notes="Độ mật: Mật")])


def test_what_is_taken_out_stands_in_a_log_that_nobody_changes(
    store: Store, restricted: Record
) -> None:
    entry, _ = perform(store, log_export_of_kind, "contact", "csv")
    assert (entry.taken_kind, entry.file_form, entry.record_count) == ("contact", "csv", 1)
    assert entry.gravest is Handling.RESTRICTED
    assert restricted.handling is Handling.RESTRICTED
    with pytest.raises(RefusedError, match="stays as it is"):
        perform(store, change_record, "export", entry.id, {"purpose": "x"})
    with pytest.raises(RefusedError, match="stays as it is"):
        perform(store, trash, "export", entry.id)
    with pytest.raises(RefusedError), store.work() as work:
        work.save(work.get(type(entry), entry.id).changed(record_count=0))


def test_who_took_out_what_is_seen_by_its_own_right_alone(store: Store) -> None:
    entry, _ = perform(store, log_export_of_kind, "contact", "csv")
    query = ListQuery(kind="export")

    def found() -> list[object]:
        hits = answer(store, search_everything, entry.heading, limit=50)
        with store.reading() as work:
            return [
                entry.id in {each.id for each in hits},
                work.find(Export, entry.id) is not None,
                bool(work.all(Export)),
                work.count(Export) > 0,
                entry.id in headings(work, [entry.id]),
                bool(history_of(work, entry.id)) if work.sees_record(entry.id) else False,
            ]

    assert found() == [True] * 6
    sit_down(store, role=Role.OFFICER)
    assert found() == [False] * 6
    for ask in (lines, count_lines):
        with pytest.raises(RefusedError, match="See who changed and exported what"):
            answer(store, ask, query)
    with pytest.raises(MissingError):
        answer(store, record_file, "export", entry.id)
    perform(store, log_export_of_kind, "contact", "csv")  # what an officer takes out is noted still
    sit_down(store, role=Role.SECTION_HEAD)
    assert answer(store, count_lines, query) == 2


def test_restricted_records_need_a_right_of_their_own_to_leave(
    store: Store, restricted: Record
) -> None:
    sit_down(store, withheld={"export_restricted"})
    with pytest.raises(RefusedError, match="restricted"):
        perform(store, log_export_of_kind, "contact", "csv")
    perform(store, log_export, kind="contact", form="csv", handlings=[Handling.PUBLIC])
    assert restricted.is_trashed is False


class TestGrantsFromHeadquarters:
    key = DeviceKey.made()

    @pytest.fixture
    def enrolled(self, store: Store) -> Store:
        perform(store, keep_local, "headquarters", "order_key", self.key.public.hex())
        return store

    def signed(self, store: Store, key: DeviceKey | None = None, **values: Any) -> bytes:
        grant = grant_for(store, **values)
        unsigned = SignedGrant(hub_id="0123456789abcdef" * 2, grant=grant, signature="")
        signature = (key or self.key).sign(unsigned.signed_part).hex()
        return unsigned.model_copy(update={"signature": signature}).model_dump_json().encode()

    def test_is_accepted_kept_and_holds(self, enrolled: Store, restricted: Record) -> None:
        values = {"role": Role.LOCAL_STAFF, "withheld": {"create", "edit", "export"}}
        perform(enrolled, accept_grant, self.signed(enrolled, **values))
        apply_grant(enrolled)
        assert enrolled.author.grant == grant_for(enrolled, **values)
        with enrolled.reading() as work:
            assert work.find(Contact, restricted.id) is None

    def test_is_refused_before_headquarters_is_known(self, store: Store) -> None:
        with pytest.raises(InvalidError, match="does not know headquarters' key"):
            perform(store, accept_grant, self.signed(store))

    def test_is_refused_from_a_stranger(self, enrolled: Store) -> None:
        with pytest.raises(InvalidError, match="not signed by headquarters"):
            perform(enrolled, accept_grant, self.signed(enrolled, DeviceKey.made()))

    @pytest.mark.parametrize("file", [b"", b"{}", b"\xff", b"[1]", b"{" * 70_000])
    def test_anything_else_is_refused_in_words(self, enrolled: Store, file: bytes) -> None:
        with pytest.raises(InvalidError, match="not what is expected"):
            perform(enrolled, accept_grant, file)

    @pytest.mark.parametrize(
        "values", [{"staff_id": identity("somebody else")}, {"mission": "BER"}]
    )
    def test_is_refused_for_somebody_else(self, enrolled: Store, values: dict[str, Any]) -> None:
        with pytest.raises(RefusedError, match="somebody else"):
            perform(enrolled, accept_grant, self.signed(enrolled, **values))

    def test_an_older_one_never_comes_back(self, enrolled: Store) -> None:
        perform(enrolled, accept_grant, self.signed(enrolled, serial=2, role=Role.LOCAL_STAFF))
        for serial in (1, 2):
            with pytest.raises(RefusedError, match="Newer rights"):
                perform(enrolled, accept_grant, self.signed(enrolled, serial=serial))

    def test_one_that_was_altered_in_the_store_is_noticed(self, enrolled: Store) -> None:
        file = self.signed(enrolled, role=Role.LOCAL_STAFF).decode()
        altered = file.replace("local_staff", "head_of_mission")
        perform(enrolled, keep_local, "rights", "grant", altered)
        with pytest.raises(StoreError, match="altered"):
            answer(enrolled, granted)
