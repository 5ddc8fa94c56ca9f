"""What a person may ask: to know all that is kept, and to be erased from it."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from embassy_desk.application import personal
from embassy_desk.application.attachments import attach
from embassy_desk.application.merging import merge_records
from embassy_desk.application.office import answer, perform
from embassy_desk.application.personal import erase_person, everything_about, past_retention
from embassy_desk.application.profile import Profile
from embassy_desk.application.records import change_record, enter_record, search_everything
from embassy_desk.domain.contact import Contact
from embassy_desk.domain.engagement import TheirParticipant
from embassy_desk.domain.entity import Record
from embassy_desk.store.attachments import attachments_folder
from embassy_desk.store.local_values import keep_local
from embassy_desk.store.opening import Store

TODAY = date(2026, 11, 22)
SECRETS = ("Quetzal", "Axolotl", "quetzal@example.test", "0912345678", "Giám đốc Tapir", "Okapi")


def enter(store: Store, kind: str, values: dict[str, Any], **parts: Any) -> Record:
    return perform(store, enter_record, kind, values, parts)[0]


@pytest.fixture
def person(store: Store, tmp_path: Path) -> Record:
    contact = enter(
        store,
        "contact",
        {"family_name": "Quetzal", "given_name": "Hùng", "notes": "thích Axolotl"},
        contact_email=[{"address": "quetzal@example.test"}],
        contact_phone=[{"typed": "0912345678"}],
        position=[{"title_vi": "Giám đốc Tapir"}],
        tag=[{"label": "Okapi"}],
    )
    perform(store, change_record, "contact", contact.id, {"alias": "Axolotl"})
    enter(
        store,
        "engagement",
        {"subject": "Gặp gỡ", "held_on": "2026-05-04"},
        their_participant=[{"contact_id": contact.id, "name_then": "Quetzal Hùng"}],
    )
    paper = tmp_path / "Quetzal.pdf"
    paper.write_bytes(b"%PDF Axolotl")
    perform(store, attach, store, contact, paper)
    perform(store, keep_local, "draft", f"contact {contact.id}", {"notes": "Axolotl"})
    return contact


def everything_in(store: Store) -> str:
    """Return all that any table of the store holds, as one text."""
    with store.reading() as work:
        names = [
            name
            for (name,) in work.raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith("search_index")
        ]
        return "\n".join(
            repr(row) for name in names for row in work.raw.execute(f'SELECT * FROM "{name}"')
        )


def test_the_answer_to_a_person_holds_all_that_is_kept(store: Store, person: Record) -> None:
    found = answer(store, everything_about, person.id, TODAY)
    text = repr(found)
    for each in SECRETS:
        assert each in text
    (engagement,) = found["engagements"]
    assert (engagement["on"], engagement["name_then"]) == ("2026-05-04", "Quetzal Hùng")
    assert [each["name"] for each in found["files"]] == ["Quetzal.pdf"]
    assert found["history"]


def test_an_erased_person_is_nowhere_and_the_chain_still_proves(
    store: Store, person: Record, profile: Profile
) -> None:
    before = everything_in(store)
    assert all(each in before for each in SECRETS)
    done = erase_person(store, person.id)
    after = everything_in(store)
    assert [each for each in SECRETS if each in after] == []
    assert done.operations > 5
    assert done.files == 1
    assert list(attachments_folder(store.path).iterdir()) == []
    assert profile.verify().problems == ()
    with store.reading() as work:
        shell = work.get(Contact, person.id)
        assert (shell.heading, shell.is_trashed) == (person.ref, True)
        (seat,) = work.all(TheirParticipant)
        assert seat.contact_id == person.id  # the engagement still counts its participants
        for word in ("Quetzal", "Axolotl", "Okapi"):
            assert search_everything(work, word) == ()


def test_whoever_is_not_erased_to_the_end_is_not_erased_at_all(
    store: Store, person: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut in the middle must not leave an empty shell that the log still knows."""
    before = everything_in(store)

    def power_goes(*_: object) -> None:
        raise SystemExit

    monkeypatch.setattr(personal, "forget_content", power_goes)
    with pytest.raises(SystemExit):
        erase_person(store, person.id)
    assert everything_in(store) == before


@pytest.mark.parametrize("named", ["kept", "lost"])
def test_whoever_was_merged_is_erased_whichever_record_is_named(
    store: Store, person: Record, profile: Profile, named: str
) -> None:
    double = enter(store, "contact", {"written_name": "Kakapo Bảo", "notes": "Tapir"})
    other = enter(store, "contact", {"written_name": "Narwhal"})
    perform(store, merge_records, "contact", person.id, double.id, {})
    erase_person(store, person.id if named == "kept" else double.id)
    after = everything_in(store)
    assert [each for each in (*SECRETS, "Kakapo", "Tapir") if each in after] == []
    assert "Narwhal" in after
    with store.reading() as work:
        assert not work.get(Contact, other.id).is_trashed
    assert profile.verify().problems == ()


def test_other_records_that_name_the_person_are_named(store: Store, person: Record) -> None:
    note = enter(store, "task", {"title": "Gọi cho Quetzal Hùng"})
    done = erase_person(store, person.id)
    assert [each for each in done.mentions if note.ref in each]


def test_contacts_nobody_dealt_with_for_long_are_listed(store: Store) -> None:
    def contact(name: str, held_on: str = "", state: str = "held", **parts: Any) -> UUID:
        made = enter(store, "contact", {"written_name": name}, **parts)
        if held_on:
            seat = {"contact_id": made.id}
            values = {"subject": "Gặp", "held_on": held_on, "state": state}
            enter(store, "engagement", values, their_participant=[seat])
        return made.id

    long_ago = contact("Xưa", "2020-01-05")
    contact("Mới", "2026-01-05")
    contact("Chưa gặp")
    contact("Hẹn rồi thôi", "2020-01-05", "not_held")
    contact("Đồng ý", "2019-01-05", consent=[{"purpose": "outreach", "given_on": "2024-01-01"}])
    found = answer(store, past_retention, TODAY)
    assert [(each.id, day) for each, day in found] == [(long_ago, date(2020, 1, 5))]
    assert answer(store, past_retention, TODAY, 20) == ()
