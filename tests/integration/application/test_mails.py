"""An e-mail dropped on a contact: an engagement with those who wrote, and its files."""

from pathlib import Path
from uuid import UUID

import pytest

from embassy_desk.application.attachments import attachments_of, read_attachment
from embassy_desk.application.mails import TakenMail, opened_mail, take_mail
from embassy_desk.application.office import perform
from embassy_desk.application.records import enter_record, undo_last
from embassy_desk.domain.contact import Contact, ContactEmail
from embassy_desk.domain.engagement import Engagement, EngagementKind, TheirParticipant
from embassy_desk.domain.errors import InvalidError, RefusedError
from embassy_desk.interchange.mails import Mail
from embassy_desk.store.opening import Store
from embassy_desk.texts import Text

MAILS = Path(__file__).parents[2] / "files" / "mails"


@pytest.fixture
def binh(store: Store) -> UUID:
    return perform(store, enter_record, "contact", {"given_name": "Bình"})[0].id


def taken(
    store: Store, contact_id: UUID, mail: Mail, warnings: list[Text] | None = None
) -> TakenMail:
    told = [] if warnings is None else warnings
    return perform(store, take_mail, store, contact_id, mail, told.append)[0]


def test_a_mail_becomes_an_engagement_with_its_files(store: Store, binh: UUID) -> None:
    with store.work() as work:
        ken = work.save(work.new(Contact, given_name="Ken"))
        work.save(work.new_part(ContactEmail, ken, address="sato@example.jp"))
        work.commit()
    done = taken(store, binh, opened_mail(store, MAILS / "forwarded.eml"))
    assert (done.file_count, done.is_cut) == (2, False)
    with store.reading() as work:
        (found,) = work.all(Engagement)
        assert (found.subject, found.kind) == ("Về dự thảo bản ghi nhớ", EngagementKind.EMAIL)
        assert found.held_on.isoformat() == "2026-03-08"  # in Tokyo
        assert found.readout.startswith("Trần Thị Bình <binh@example.vn> → Đại sứ quán")
        assert found.readout.endswith("Tôi gửi dự thảo.")
        people = {each.contact_id for each in work.parts(TheirParticipant, found)}
        assert people == {binh, ken.id}
        files = {each.name: each.id for each in attachments_of(work, found)}
        assert read_attachment(work, store, files["Dự thảo.txt"]) == "Điều 1\n".encode()
        assert "Earlier.eml" in files


def test_the_same_mail_is_not_taken_in_twice_and_is_taken_back_as_one(
    store: Store, binh: UUID
) -> None:
    mail = opened_mail(store, MAILS / "outlook-html.eml")
    taken(store, binh, mail)
    with pytest.raises(RefusedError, match="before"):
        taken(store, binh, mail)
    perform(store, undo_last)
    with store.reading() as work:
        assert [each.is_trashed for each in work.all(Engagement)] == [True]


def test_a_mail_with_a_mark_of_secrecy_leaves_nothing_behind(
    store: Store, binh: UUID, tmp_path: Path
) -> None:
    file = tmp_path / "a.eml"
    file.write_bytes("Subject: Báo cáo\r\n\r\nTUYỆT MẬT\r\nx\r\n".encode())
    with pytest.raises((InvalidError, RefusedError)):
        taken(store, binh, opened_mail(store, file))
    marked = (
        'Subject: x\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n'
        "Content-Disposition: attachment; filename=a.txt\r\n\r\nTOP SECRET\r\n--b--\r\n"
    )
    file.write_bytes(marked.encode())
    with pytest.raises(RefusedError):
        taken(store, binh, opened_mail(store, file))
    with store.reading() as work:
        assert work.all(Engagement) == ()


def test_a_mail_without_subject_and_day_is_called_by_its_sender(
    store: Store, binh: UUID, tmp_path: Path
) -> None:
    file = tmp_path / "a.eml"
    file.write_bytes(b"From: a@example.vn\r\n\r\nHello\r\n")
    done = taken(store, binh, opened_mail(store, file))
    assert (done.engagement.subject, done.engagement.starts_at) == ("a@example.vn", None)
