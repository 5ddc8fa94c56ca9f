"""Taking files in: all of a file in one transaction or nothing, names matched, nothing twice."""

import json
import time
from datetime import date
from pathlib import Path

import pytest

from embassy_desk.application.attachments import attachments_of, read_attachment
from embassy_desk.application.importing import ImportResult, import_candidates, read_file
from embassy_desk.application.office import answer, perform
from embassy_desk.application.records import (
    enter_record,
    history_of,
    search_everything,
    undo_last,
)
from embassy_desk.domain.agreement import Agreement, AgreementLink, AgreementParty, AgreementState
from embassy_desk.domain.contact import Contact, ContactEmail, ContactPhone, Position
from embassy_desk.domain.entity import Entity, Record, Route
from embassy_desk.domain.organisation import Organisation
from embassy_desk.domain.parts import StageStep, Tag
from embassy_desk.domain.task import ChecklistItem, Task, TaskParent
from embassy_desk.interchange.apart import here
from embassy_desk.interchange.errors import UnreadableFileError
from embassy_desk.store.opening import Store

MANY = 5_000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "register.csv"


def take_in(
    store: Store, file: Path, text: str, kind: str = "", *, is_dry_run: bool = False
) -> ImportResult:
    file.write_text(text, "utf-8")
    return import_candidates(store, read_file(file, kind, run=here), is_dry_run=is_dry_run)


def problems_of(store: Store, file: Path, text: str, kind: str = "") -> list[tuple[int, str, str]]:
    with pytest.raises(UnreadableFileError) as caught:
        take_in(store, file, text, kind)
    return [(each.line, each.field, str(each.text)) for each in caught.value.problems]


def own(store: Store, entity: type[Record]) -> dict[str, Record]:
    """Return the mission's own records of a class by heading."""
    with store.reading() as work:
        return {each.heading: each for each in work.all(entity) if each.mission == "TOK"}


def rows_of(store: Store, part: type[Entity]) -> list[Entity]:
    with store.reading() as work:
        return list(work.all(part))


def written(store: Store) -> int:
    """Return how many operations the log has; an import that is refused adds none."""
    with store.reading() as work:
        return int(work.raw.execute("SELECT count(*) FROM sync_op").fetchone()[0])


def test_a_link_that_leads_nowhere_on_the_last_line_leaves_nothing(
    store: Store, file: Path
) -> None:
    before = written(store)
    found = problems_of(
        store,
        file,
        "title_en,partner_parties,elevates,tags\n"
        "MoU on quokkas,Ministry of Energy [SG],,quokka\n"
        "Partnership,,No such text,\n",
    )
    assert found == [(3, "elevates", "There is no Agreement “No such text”.")]
    assert own(store, Agreement) == {}
    assert rows_of(store, AgreementParty) == []
    assert written(store) == before
    assert answer(store, search_everything, "quokka") == ()


def test_every_name_that_means_nothing_is_told_with_its_line(store: Store, file: Path) -> None:
    found = problems_of(
        store,
        file,
        "title,assignee,about\nA,Nobody,\nB,,TOK-AGR-0000-0001\nC,Nguyễn Văn An,\n",
        "task",
    )
    assert [(line, field) for line, field, _ in found] == [(2, "assignee"), (3, "about")]
    assert "Nobody" in found[0][2]
    assert "TOK-AGR-0000-0001" in found[1][2]


def test_what_breaks_a_rule_only_in_the_store_is_told_with_its_line(
    store: Store, file: Path
) -> None:
    long_name = "x" * 400
    found = problems_of(
        store, file, f"given_name,organisation\nAn,{long_name}\nBình,{long_name}\n", "contact"
    )
    assert [line for line, _, _ in found] == [2, 3]
    found = problems_of(store, file, "name_en,parent\nBureau,Bureau\n", "organisation")
    assert [line for line, _, _ in found] == [2]
    found = problems_of(store, file, "title_en,mentions\nNote,Note\n", "agreement")
    assert [(line, text) for line, _, text in found] == [
        (2, "An agreement cannot be linked to itself.")
    ]
    assert own(store, Organisation) == own(store, Contact) == {}


def test_links_lead_to_records_of_the_file_and_of_the_store(store: Store, file: Path) -> None:
    old, _ = perform(store, enter_record, "agreement", {"title_vi": "Bản ghi nhớ 2010"})
    take_in(
        store,
        file,
        "title_en,elevates,supersedes,mentions\n"
        f"Partnership,MoU on energy,ban ghi nho 2010,{old.ref}\n"
        "MoU on energy,,,\n",
        "agreement",
    )
    made = own(store, Agreement)
    links = {
        (link.agreement_id, link.kind.value): link.to_agreement_id
        for link in rows_of(store, AgreementLink)
        if isinstance(link, AgreementLink)
    }
    partnership = made["Partnership"].id
    assert links == {
        (partnership, "elevates"): made["MoU on energy"].id,
        (partnership, "supersedes"): old.id,
        (partnership, "mentions"): old.id,
    }


def test_parents_and_successors_may_stand_further_down(store: Store, file: Path) -> None:
    take_in(
        store,
        file,
        "name_en,parent,succeeded_by\nBureau,Ministry,New bureau\nMinistry,,\nNew bureau,,\n",
        "organisation",
    )
    made = own(store, Organisation)
    bureau = made["Bureau"]
    assert isinstance(bureau, Organisation)
    assert bureau.parent_id == made["Ministry"].id
    assert bureau.succeeded_by_id == made["New bureau"].id


def test_tasks_find_their_assignee_and_what_they_serve(store: Store, file: Path) -> None:
    agreement, _ = perform(store, enter_record, "agreement", {"title_en": "MoU"})
    take_in(
        store,
        file,
        "ref,title,assignee,about,checklist\n"
        f"TOK-TSK-X1-0001,Report,nguyen van an,{agreement.ref};TOK-TSK-X1-0002,first;second\n"
        "TOK-TSK-X1-0002,Ask,,,\n",
        "task",
    )
    made = own(store, Task)
    report = made["Report"]
    assert isinstance(report, Task)
    assert report.assignee == store.identity.owner
    served = {
        (each.record_kind, each.record_id)
        for each in rows_of(store, TaskParent)
        if isinstance(each, TaskParent)
    }
    assert served == {("agreement", agreement.id), ("task", made["Ask"].id)}
    points = [each for each in rows_of(store, ChecklistItem) if isinstance(each, ChecklistItem)]
    assert [(each.place, each.text) for each in points] == [(1, "first"), (2, "second")]


def test_a_reference_that_is_known_is_refused(store: Store, file: Path) -> None:
    known, _ = perform(store, enter_record, "contact", {"given_name": "An"})
    found = problems_of(
        store,
        file,
        f"ref,given_name\n{known.ref},Anh\nTOK-CON-X1-0007,Bình\nTOK-CON-X1-0007,Chi\n",
        "contact",
    )
    assert [(line, field) for line, field, _ in found] == [(2, ""), (4, "")]
    assert "in the store already" in found[0][2]
    assert "twice" in found[1][2]
    assert len(own(store, Contact)) == 1


def test_a_reference_of_the_file_is_kept_and_none_is_made_up(store: Store, file: Path) -> None:
    take_in(store, file, "ref,given_name\nTOK-CON-X1-0007,Bình\n,Chi\n", "contact")
    made = own(store, Contact)
    assert made["Bình"].ref == "TOK-CON-X1-0007"
    assert made["Chi"].ref.startswith("TOK-CON-")


def test_shipped_records_that_a_file_repeats_are_passed_over(store: Store, file: Path) -> None:
    with store.reading() as work:
        (shipped,) = work.all(Organisation, short_name="BCA")
    line = f"{shipped.ref},{shipped.kind},{shipped.name_vi}"
    result = take_in(store, file, f"ref,kind,name_vi\n{line}\n,firm,Sen Việt\n", "organisation")
    assert dict(result.records) == {"organisation": 1}
    assert len(own(store, Organisation)) == 1
    changed = f"ref,kind,name_vi\n{shipped.ref},{shipped.kind},Tên khác\n"
    ((number, _, text),) = problems_of(store, file, changed, "organisation")
    assert number == 2
    assert shipped.ref in text


def test_organisations_are_made_once_and_counted(store: Store, file: Path) -> None:
    perform(store, enter_record, "organisation", {"name_vi": "Hội Người Việt"})
    result = take_in(
        store,
        file,
        "given_name,organisation\n"
        "An,Công ty Sen Việt\nBình,công ty sen viet\nChi,hoi nguoi viet\nDung,Công ty Sen Việt\n",
        "contact",
    )
    assert dict(result.records) == {"contact": 4, "organisation": 1}
    made = own(store, Organisation)
    assert made.keys() == {"Hội Người Việt", "Công ty Sen Việt"}
    seats = [each for each in rows_of(store, Position) if isinstance(each, Position)]
    assert [each.organisation_id for each in seats] == [
        made["Công ty Sen Việt"].id,
        made["Công ty Sen Việt"].id,
        made["Hội Người Việt"].id,
        made["Công ty Sen Việt"].id,
    ]
    assert seats[1].organisation_name == "công ty sen viet"


def test_telephone_numbers_go_by_host_country_and_nationality(store: Store, file: Path) -> None:
    take_in(
        store,
        file,
        "given_name,nationality,phones\n"
        "Tarō,,03-1234-5678\nAn,VN,024 3825 1234\nJohn,JP,+1 202 555 0143;call me\n",
        "contact",
    )
    numbers = {
        each.typed: each.e164
        for each in rows_of(store, ContactPhone)
        if isinstance(each, ContactPhone)
    }
    assert numbers == {
        "03-1234-5678": "+81312345678",
        "024 3825 1234": "+842438251234",
        "+1 202 555 0143": "+12025550143",
        "call me": "",
    }


def test_a_tag_that_stands_twice_is_one_tag(store: Store, file: Path) -> None:
    take_in(store, file, "given_name,tags\nAn,AI;ai;bán dẫn\n", "contact")
    tags = [each for each in rows_of(store, Tag) if isinstance(each, Tag)]
    assert sorted(each.label for each in tags) == ["AI", "bán dẫn"]


def test_parties_are_linked_to_organisations_that_are_known_and_none_is_made(
    store: Store, file: Path
) -> None:
    ministry, _ = perform(store, enter_record, "organisation", {"name_en": "Ministry of Trade"})
    take_in(
        store,
        file,
        "title_en,partner_parties\nMoU,ministry of trade [SG];Chamber of Commerce [SG]\n",
        "agreement",
    )
    parties = {
        each.name: each.organisation_id
        for each in rows_of(store, AgreementParty)
        if isinstance(each, AgreementParty)
    }
    assert parties == {"ministry of trade": ministry.id, "Chamber of Commerce": None}
    assert own(store, Organisation).keys() == {"Ministry of Trade"}


def test_a_name_without_a_letter_means_no_other(store: Store, file: Path) -> None:
    take_in(store, file, "name_en\n…\n", "organisation")
    take_in(store, file, "title_en,partner_parties\nMoU,[SG]\n", "agreement")
    (party,) = rows_of(store, AgreementParty)
    assert isinstance(party, AgreementParty)
    assert (party.country, party.organisation_id) == ("SG", None)


def test_states_follow_from_dates_and_are_logged_as_registered(store: Store, file: Path) -> None:
    take_in(
        store,
        file,
        "title_en,signed_on,in_force_on,state\n"
        "Idea,,,\nSigned,2020-06-01,,\nIn force,2020-06-01,2020-08-01,\n"
        "Ended,2010-06-01,2010-08-01,terminated\n",
        "agreement",
    )
    made = own(store, Agreement)
    states = {name: each.state for name, each in made.items() if isinstance(each, Agreement)}
    assert states == {
        "Idea": AgreementState.IDEA,
        "Signed": AgreementState.SIGNED,
        "In force": AgreementState.IN_FORCE,
        "Ended": AgreementState.TERMINATED,
    }
    steps = [each for each in rows_of(store, StageStep) if isinstance(each, StageStep)]
    assert {each.record_id: each.to_state for each in steps} == {
        each.id: states[name].value for name, each in made.items()
    }
    assert all(each.is_registered and not each.from_state for each in steps)
    assert {each.by for each in steps} == {store.identity.owner}


def test_a_dry_run_counts_and_keeps_nothing(store: Store, file: Path) -> None:
    before = written(store)
    text = "given_name,organisation\nAn,Sen Việt\n"
    result = take_in(store, file, text, "contact", is_dry_run=True)
    assert result == ImportResult({"contact": 1, "organisation": 1}, is_kept=False)
    assert written(store) == before
    assert own(store, Contact) == own(store, Organisation) == {}
    assert take_in(store, file, text, "contact").is_kept


def test_what_came_from_a_file_says_so(store: Store, file: Path) -> None:
    take_in(store, file, "given_name,organisation,emails\nAn,Sen Việt,an@example.vn\n", "contact")
    contact = own(store, Contact)["An"]
    organisation = own(store, Organisation)["Sen Việt"]
    assert {contact.created_via, organisation.created_via} == {Route.IMPORT}
    assert contact.created_by == contact.owner == store.identity.owner
    for record in (contact, organisation):
        entries = answer(store, history_of, record.id)
        assert {each.via for each in entries} == {"import"}
        assert {each.by for each in entries} == {store.identity.owner}


def test_an_import_is_one_change_and_is_taken_back_as_one(store: Store, file: Path) -> None:
    kept, _ = perform(store, enter_record, "contact", {"given_name": "Kept"})
    take_in(
        store,
        file,
        "given_name,organisation,emails,tags\n"
        "An,Sen Việt,an@example.vn,AI\nBình,Sen Việt,binh@example.vn,AI\n",
        "contact",
    )
    contact = own(store, Contact)["An"]
    changes = {each.transaction for each in answer(store, history_of, contact.id)}
    assert len(changes) == 1
    undone, _ = perform(store, undo_last)
    assert {undone} == changes
    assert [name for name, each in own(store, Contact).items() if not each.is_trashed] == ["Kept"]
    assert all(each.is_trashed for each in own(store, Organisation).values())
    for part in (ContactEmail, Position, Tag):  # they stay with the record, should it come back
        assert len(rows_of(store, part)) == 2
    assert answer(store, search_everything, "Sen Việt") == ()
    assert not own(store, Contact)[kept.heading].is_trashed


def test_the_headings_tell_what_a_register_holds(store: Store, file: Path) -> None:
    result = take_in(store, file, "Tên văn kiện,Ngày ký,Đối tác\nBản ghi nhớ,01/02/2020,ABC\n")
    assert dict(result.records) == {"agreement": 1}
    agreement = own(store, Agreement)["Bản ghi nhớ"]
    assert isinstance(agreement, Agreement)
    assert agreement.signed_on == date(2020, 2, 1)


def test_cards_are_taken_in_as_contacts(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "people.vcf"
    text = (
        "BEGIN:VCARD\nVERSION:3.0\nN:Đặng;Hường;Thị;;\nFN:Đặng Thị Hường\nORG:Sen Việt\n"
        "TEL;TYPE=CELL:090-1234-5678\nEND:VCARD\n"
    )
    assert dict(take_in(store, file, text).records) == {"contact": 1, "organisation": 1}
    assert own(store, Contact).keys() == {"Đặng Thị Hường"}
    (number,) = rows_of(store, ContactPhone)
    assert isinstance(number, ContactPhone)
    assert number.e164 == "+819012345678"


def test_records_in_json_tell_their_kind(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "records.json"
    records = [
        {"record_kind": "organisation", "name_en": "Bureau", "parent": "Ministry"},
        {"record_kind": "organisation", "name_en": "Ministry"},
        {
            "record_kind": "contact",
            "given_name": "An",
            "position": [{"organisation_name": "Bureau"}],
        },
    ]
    result = take_in(store, file, json.dumps(records))
    assert dict(result.records) == {"organisation": 2, "contact": 1}
    (seat,) = rows_of(store, Position)
    assert isinstance(seat, Position)
    assert seat.organisation_id == own(store, Organisation)["Bureau"].id


@pytest.mark.slow
def test_five_thousand_rows_are_taken_in_at_once(
    store: Store, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        f"Nguyễn,Văn,An {number},an{number}@example.vn,03-1234-{number:04},Cơ quan {number % 50},AI"
        for number in range(MANY)
    ]
    header = "family_name,middle_name,given_name,emails,phones,organisation,tags"
    file.write_text("\n".join([header, *lines]), "utf-8")
    begun = time.perf_counter()
    candidates = read_file(file, "contact", run=here)
    read = time.perf_counter()
    result = import_candidates(store, candidates)
    done = time.perf_counter()
    with capsys.disabled():
        print(  # noqa: T201
            f"\n{MANY:,} contacts: read in {read - begun:.1f} s, taken in in {done - read:.1f} s"
        )
    assert dict(result.records) == {"contact": MANY, "organisation": 50}
    assert len(rows_of(store, Position)) == MANY


def test_the_picture_on_a_card_becomes_a_file_of_the_contact(store: Store) -> None:
    cards = Path(__file__).parents[2] / "files" / "cards" / "apple.vcf"
    import_candidates(store, read_file(cards))
    with store.reading() as work:
        (contact,) = work.all(Contact)
        (picture,) = attachments_of(work, contact)
        assert read_attachment(work, store, picture.id).startswith(b"\xff\xd8")
        assert picture.media_type == "image/jpeg"
