"""Writing records to files: other records by name, and all of it back in another store."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tests.integration.application.conftest import PASSPHRASE, clock

from embassy_desk.application.exporting import export_records
from embassy_desk.application.importing import import_candidates, read_file
from embassy_desk.application.office import answer, perform
from embassy_desk.application.profile import open_profile
from embassy_desk.application.records import archive, enter_record, trash
from embassy_desk.domain.catalogue import GENERAL_PARTS, entity_name, kind_named
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.entity import ArchiveReason, Record
from embassy_desk.domain.errors import RefusedError, StoreError
from embassy_desk.domain.organisation import Organisation
from embassy_desk.interchange.apart import here
from embassy_desk.interchange.candidates import as_text
from embassy_desk.interchange.errors import UnreadableFileError
from embassy_desk.store.opening import Store
from embassy_desk.store.work import UnitOfWork

KINDS = ("organisation", "contact", "agreement", "task")
OF_EACH_STORE = frozenset(
    {"id", "created_at", "created_via", "changed_at", "changed_by", "contact_id", "agreement_id",
     "task_id"}
)  # fmt: skip
"""Fields that say where and when a record lies, not what it is."""

OF_THE_DESK = frozenset({"stage_step", "date_change", "kept_apart"})


@pytest.fixture
def other(template: Path, tmp_path: Path) -> Iterator[Store]:
    """Return a second store of the same person."""
    shutil.copytree(template, tmp_path / "other")
    profile = open_profile(tmp_path / "other", PASSPHRASE, clock)
    yield profile.store
    profile.close()


def fill(work: UnitOfWork) -> None:
    """Enter records of every kind that name one another, no more of each than a table holds."""
    (ministry,) = work.all(Organisation, short_name="BCA")
    chamber = enter_record(
        work,
        "organisation",
        {"name_vi": "Phòng Thương mại; Hà Nội", "country": "VN", "sectors": "telecom it_services",
         "founded_on": "1963-04", "verified_on": "2026-03-07", "parent_id": ministry.id},
        {"organisation_alias": [{"alias": "VCCI"}], "tag": [{"label": "hội"}]},
    )  # fmt: skip
    former = enter_record(
        work,
        "organisation",
        {"name_en": "Former chamber", "succeeded_by_id": chamber.id, "handling": "restricted"},
    )
    same = [
        enter_record(work, "organisation", {"name_en": "Bureau", "short_name": short})
        for short in ("B1", "B2")
    ]
    enter_record(work, "organisation", {"name_en": "Desk", "parent_id": same[1].id})
    enter_record(
        work,
        "contact",
        {"family_name": "Đặng", "middle_name": "Thị", "given_name": "Hường", "source": "=1+1",
         "notes": "gặp ở Tokyo,\nhai lần; vui", "handling": "restricted", "cadence_days": 30,
         "do_not_contact": True, "languages": "vi en", "original_name": "鄧氏紅"},
        {
            "contact_email": [
                {"address": "huong@example.vn", "is_primary": True},
                {"address": "hường@example.vn"},
            ],
            "contact_phone": [
                {"typed": "03-1234-5678", "e164": "+81312345678", "is_primary": True}
            ],
            "position": [
                {"organisation_id": chamber.id, "organisation_name": "Phòng Thương mại; Hà Nội",
                 "title_vi": "Giám đốc", "unit": "Ban Đối ngoại", "is_primary": True}
            ],
            "tag": [{"label": "AI; chip"}],
        },
    )  # fmt: skip
    _fill_files(work, chamber, former)


def _fill_files(work: UnitOfWork, chamber: Record, former: Record) -> None:
    memorandum = enter_record(
        work, "agreement", {"title_vi": "Bản ghi nhớ", "form": "mou", "state": "superseded"}
    )
    enter_record(
        work,
        "agreement",
        {"title_en": "Partnership", "signed_on": "2020-06-01", "in_force_on": "2020-08-01",
         "initial_term_months": 36, "renewal_type": "tacit", "renewal_months": 12,
         "state": "in_force", "legal_class": "agreement_government"},
        {
            "agreement_party": [
                {"organisation_id": chamber.id, "name": chamber.heading, "country": "VN",
                 "side": "ours"},
                {"organisation_id": former.id, "name": "former chamber", "side": "theirs"},
                {"country": "SG"},
            ],
            "agreement_link": [{"to_agreement_id": memorandum.id, "kind": "elevates"}],
        },
    )  # fmt: skip
    report = enter_record(
        work,
        "task",
        {"title": "Báo cáo", "due_on": "2026-12-31", "due_at": "2026-12-31T08:00:00Z",
         "zone": "Asia/Tokyo", "assignee": work.author.staff_id, "state": "in_progress"},
        {
            "checklist_item": [{"place": 1, "text": "một"}, {"place": 2, "text": "hai"}],
            "task_parent": [{"record_kind": "agreement", "record_id": memorandum.id}],
        },
    )  # fmt: skip
    enter_record(
        work,
        "task",
        {"title": "Nộp"},
        {"task_parent": [{"record_kind": "task", "record_id": report.id}]},
    )


def fill_richly(work: UnitOfWork) -> None:
    """Enter records with more of each than a table holds."""
    fill(work)
    bureau = enter_record(work, "organisation", {"name_en": "Bureau B"})
    enter_record(
        work,
        "contact",
        {"given_name": "Suharto", "display_order": "single", "source": "x"},
        {
            "contact_email": [
                {"address": "a@example.id", "kind": "work", "validity": "bounced",
                 "is_primary": True}
            ],
            "contact_phone": [{"typed": "1", "kind": "fax", "is_primary": True}],
            "position": [
                {"organisation_id": bureau.id, "organisation_name": "Bureau B", "title_en": "Head",
                 "from_on": "2021-03"},
                {"organisation_name": "", "title_original": "Member", "is_primary": True},
            ],
            "consent": [{"purpose": "outreach", "given_on": "2025-01-15", "means": "e-mail"}],
        },
    )  # fmt: skip
    older = enter_record(work, "agreement", {"title_en": "Older"})
    enter_record(
        work,
        "agreement",
        {"title_en": "Newer"},
        {
            "agreement_party": [{"name": "X", "signatory_name": "Y", "role": "observer"}],
            "agreement_term": [{"from_on": "2022-07-01", "months": 60, "how": "amendment"}],
            "agreement_link": [{"to_agreement_id": older.id, "kind": "renews", "on": "2022-07-01"}],
            "clearance_step": [{"body": "Bộ Tư pháp", "sent_on": "2022-01-01"}],
        },
    )
    enter_record(
        work,
        "task",
        {"title": "Nhắc", "due_on": "2026-12-01"},
        {
            "checklist_item": [{"place": 1, "text": "xong", "is_done": True}],
            "task_reminder": [{"days_before": 7}],
        },
    )


def fill_links(work: UnitOfWork) -> None:
    """Enter records with every link that a file can hold."""
    ministry = enter_record(work, "organisation", {"name_en": "Ministry of Science"})
    partner = enter_record(work, "organisation", {"name_en": "Agency for AI", "country": "JP"})
    contact = enter_record(work, "contact", {"written_name": "Tanaka Yuki"})
    enter_record(
        work,
        "agreement",
        {"title_en": "MoU", "lead_ministry_id": ministry.id, "partner_lead_id": partner.id},
    )
    enter_record(
        work,
        "task",
        {"title": "Ask", "waiting_on_contact_id": contact.id, "state": "done",
         "delegated_by": work.author.staff_id, "completed_by": work.author.staff_id,
         "completed_on": "2026-11-02"},
    )  # fmt: skip


def told(store: Store, kind: str) -> dict[str, Any]:
    """Return what a store knows of the mission's own records of a kind, by reference."""
    with store.reading() as work:
        refs = {
            UUID(record_id): ref
            for record_id, ref in work.raw.execute("SELECT record_id, ref FROM record_entry")
        }

        def values_of(entity: Any) -> dict[str, str]:
            return {
                name: refs.get(value, str(value)) if isinstance(value, UUID) else as_text(value)
                for name, value in dict(entity).items()
                if name not in OF_EACH_STORE and value not in (None, "")
            }

        known = kind_named(kind)
        records = [each for each in work.all(known.entity) if each.mission == "TOK"]
        return {
            each.ref: [
                values_of(each),
                {
                    name: sorted((values_of(row) for row in work.parts(part, each)), key=str)
                    for part in (*known.parts, *GENERAL_PARTS)
                    if (name := entity_name(part)) not in OF_THE_DESK
                },
            ]
            for each in records
        }


def send(store: Store, other: Store, target: Path, kind: str) -> None:
    answer(store, export_records, kind, target, with_internal=True)
    import_candidates(other, read_file(target, kind, run=here))


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json"])
def test_what_tables_hold_comes_back_alike_in_another_store(
    store: Store, other: Store, tmp_path: Path, suffix: str
) -> None:
    perform(store, fill)
    for kind in KINDS:
        send(store, other, tmp_path / f"{kind}{suffix}", kind)
        assert told(other, kind) == told(store, kind)
        assert told(other, kind)


def test_json_brings_back_every_part(store: Store, other: Store, tmp_path: Path) -> None:
    perform(store, fill_richly)
    for kind in KINDS:
        send(store, other, tmp_path / f"{kind}.json", kind)
        assert told(other, kind) == told(store, kind)


def test_cards_bring_contacts_back(store: Store, other: Store, tmp_path: Path) -> None:
    perform(store, fill)
    send(store, other, tmp_path / "organisations.csv", "organisation")
    send(store, other, tmp_path / "people.vcf", "contact")
    assert told(other, "contact") == told(store, "contact")


def test_cards_hold_nothing_internal_unless_asked(store: Store, tmp_path: Path) -> None:
    perform(store, fill)
    target = tmp_path / "people.vcf"
    internal = ("Tokyo", "TOK-CON-", "restricted", "NOT-CONTACT", "chip", "=1+1", "CADENCE")
    assert answer(store, export_records, "contact", target) == 1
    shown = target.read_text("utf-8")
    assert "hường@example.vn" in shown
    assert not [each for each in internal if each in shown]
    answer(store, export_records, "contact", target, with_internal=True)
    everything = target.read_text("utf-8")
    assert [each for each in internal if each in everything] == list(internal)


def test_other_records_are_named_in_words_and_by_reference_where_two_bear_the_name(
    store: Store, tmp_path: Path
) -> None:
    perform(store, fill)

    def exported(kind: str) -> dict[str, dict[str, Any]]:
        target = tmp_path / f"{kind}.json"
        answer(store, export_records, kind, target)
        found = json.loads(target.read_text("utf-8"))
        return {each.get("title") or each.get("title_en") or each.get("name_en", ""): each
                for each in found}  # fmt: skip

    organisations = exported("organisation")
    with store.reading() as work:
        (second,) = work.all(Organisation, short_name="B2")
    assert organisations["Former chamber"]["succeeded_by"] == "Phòng Thương mại; Hà Nội"
    assert organisations["Desk"]["parent"] == second.ref
    (link,) = exported("agreement")["Partnership"]["agreement_link"]
    assert link["to"] == "Bản ghi nhớ"
    tasks = exported("task")
    assert tasks["Báo cáo"]["assignee"] == "Nguyễn Văn An"
    (parent,) = tasks["Báo cáo"]["task_parent"]
    assert parent["record"].startswith("TOK-AGR-")


def test_what_lies_in_the_trash_is_neither_written_nor_named(store: Store, tmp_path: Path) -> None:
    gone, _ = perform(store, enter_record, "organisation", {"name_en": "Gone"})
    for name in ("Here", "Away"):
        perform(store, enter_record, "organisation", {"name_en": name, "parent_id": gone.id})
    perform(store, trash, "organisation", gone.id)
    with store.reading() as work:
        (away,) = work.all(Organisation, name_en="Away")
    perform(store, archive, "organisation", away.id, reason=ArchiveReason.OTHER)
    target = tmp_path / "organisations.json"
    answer(store, export_records, "organisation", target)
    own = [each for each in json.loads(target.read_text("utf-8")) if each["mission"] == "TOK"]
    assert [each["name_en"] for each in own] == ["Here"]
    assert "parent" not in own[0]


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_the_same_store_says_nothing_new(store: Store, tmp_path: Path, kind: str) -> None:
    perform(store, fill_richly)
    before = told(store, kind)
    target = tmp_path / f"{kind}.json"
    count = answer(store, export_records, kind, target)
    result = import_candidates(store, read_file(target, run=here))
    assert (dict(result.records), dict(result.known)) == ({}, {kind: count})
    assert told(store, kind) == before


def test_a_file_of_the_same_store_that_says_something_else_is_refused(
    store: Store, tmp_path: Path
) -> None:
    perform(store, fill)
    target = tmp_path / "people.json"
    answer(store, export_records, "contact", target)
    target.write_text(target.read_text("utf-8").replace("hai lần", "ba lần"), "utf-8")
    with pytest.raises(UnreadableFileError, match="says something else"):
        import_candidates(store, read_file(target, run=here))
    with store.reading() as work:
        assert work.count(Contact) == 1


def test_links_to_bodies_and_people_come_back_in_another_store(
    store: Store, other: Store, tmp_path: Path
) -> None:
    perform(store, fill_links)
    for kind in KINDS:
        for suffix in (".csv", ".json"):
            if (kind, suffix) != ("contact", ".csv"):
                send(store, other, tmp_path / f"{kind}{suffix}", kind)
        assert told(other, kind) == told(store, kind)
    (agreement,) = told(other, "agreement").values()
    assert {"lead_ministry_id", "partner_lead_id"} <= agreement[0].keys()
    (task,) = told(other, "task").values()
    assert {"waiting_on_contact_id", "delegated_by", "completed_by"} <= task[0].keys()


def test_a_form_that_a_kind_does_not_have_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match=r"\.ics"):
        answer(store, export_records, "task", tmp_path / "tasks.vcf")
    with pytest.raises(StoreError):
        answer(store, export_records, "task", tmp_path / "none" / "tasks.csv")
    assert list(tmp_path.glob("*.vcf")) == []
