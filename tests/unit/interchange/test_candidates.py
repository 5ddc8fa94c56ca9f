from datetime import date, datetime
from uuid import UUID

from embassy_desk.domain.agreement import Agreement, AgreementLink, AgreementParty
from embassy_desk.domain.organisation import Organisation
from embassy_desk.domain.parts import Tag
from embassy_desk.domain.task import Task, TaskParent
from embassy_desk.interchange.candidates import Candidate, as_text, candidate_of

AGREEMENT_ID = UUID("01980000-0000-7000-8000-000000000001")


def test_values_have_one_normal_form() -> None:
    assert as_text(None) == ""
    assert as_text(True) == "true"  # noqa: FBT003
    assert as_text(date(2026, 3, 7)) == "2026-03-07"
    assert as_text(datetime.fromisoformat("2026-03-07T14:05+09:00")) == "2026-03-07T05:05:00Z"
    assert as_text(36) == "36"


def test_a_record_becomes_a_candidate_with_its_parts() -> None:
    agreement = Agreement.made(
        id=AGREEMENT_ID, title_vi="Bản ghi nhớ", form="mou", signed_on=date(2020, 8, 1)
    )
    party = AgreementParty.made(id=UUID(int=1), agreement_id=AGREEMENT_ID, name="Bộ", side="ours")
    tag = Tag.made(id=UUID(int=2), record_kind="agreement", record_id=AGREEMENT_ID, label="số")
    found = candidate_of(agreement, [party, tag], fields={"title_vi", "form", "signed_on"})
    assert found == Candidate(
        kind="agreement",
        values={
            "id": str(AGREEMENT_ID),
            "title_vi": "Bản ghi nhớ",
            "form": "mou",
            "signed_on": "2020-08-01",
        },
        parts={
            "agreement_party": ({"name": "Bộ", "side": "ours", "role": "signatory"},),
            "tag": ({"label": "số"},),
        },
    )


def test_what_a_task_serves_is_kept() -> None:
    task = Task.made(id=UUID(int=3), title="A")
    parent = TaskParent.made(
        id=UUID(int=4), task_id=task.id, record_kind="agreement", record_id=AGREEMENT_ID
    )
    found = candidate_of(task, [parent])
    assert found.parts["task_parent"] == (
        {"record_kind": "agreement", "record_id": str(AGREEMENT_ID)},
    )


def test_other_records_are_called_by_the_name_a_file_gives_them() -> None:
    names = {UUID(int=7): "Bộ Khoa học và Công nghệ", UUID(int=8): "MoU on energy"}
    ministry = Organisation.made(
        id=UUID(int=6), name_vi="Bộ Thông tin và Truyền thông", succeeded_by_id=UUID(int=7)
    )
    found = candidate_of(ministry, name_of=lambda identity: names.get(identity, ""))
    assert found.values["succeeded_by"] == "Bộ Khoa học và Công nghệ"
    assert "parent" not in found.values
    link = AgreementLink.made(
        id=UUID(int=9), agreement_id=AGREEMENT_ID, to_agreement_id=UUID(int=8), kind="elevates"
    )
    agreement = Agreement.made(id=AGREEMENT_ID, title_en="Partnership")
    found = candidate_of(agreement, [link], name_of=lambda identity: names.get(identity, ""))
    assert found.parts["agreement_link"][0]["to"] == "MoU on energy"


def test_a_member_of_staff_is_a_name_or_nothing() -> None:
    task = Task.made(id=UUID(int=3), title="A", assignee=UUID(int=5))
    assert "assignee" not in candidate_of(task).values
    assert candidate_of(task, name_of=lambda _: "Trần Bình").values["assignee"] == "Trần Bình"


def test_candidates_are_equal_wherever_they_stood() -> None:
    assert Candidate(kind="task", values={"title": "A"}, line=3) == Candidate(
        kind="task", values={"title": "A"}, line=9
    )
