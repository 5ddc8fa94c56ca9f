"""E-mails as mail programs save them: what was written, and the files that came with it."""

import base64
import random
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from embassy_desk.domain.errors import DeskError
from embassy_desk.interchange.apart import apart
from embassy_desk.interchange.errors import UnreadableFileError
from embassy_desk.interchange.mails import MAX_MAIL_FILES, MAX_MAIL_PARTS, mail_in, read_mail
from makers.mutants import mutant

MAILS = Path(__file__).parents[2] / "files" / "mails"


def test_a_mail_with_files_and_one_passed_on_is_read_in_the_confined_child() -> None:
    mail = apart(read_mail, MAILS / "forwarded.eml")
    assert mail.subject == "Về dự thảo bản ghi nhớ"
    assert mail.sent_at == datetime(2026, 3, 7, 16, 30, tzinfo=UTC)
    assert mail.sender == ("Trần Thị Bình", "binh@example.vn")
    assert mail.receivers == (
        ("Đại sứ quán", "dsq@example.vn"),
        ("Sato Ken", "sato@example.jp"),
        ("", "x@example.vn"),
    )
    assert mail.text == "Kính gửi anh,\n\nTôi gửi dự thảo."
    assert mail.message_id == "<abc-1@example.vn>"
    files = {each.name: base64.b64decode(each.content).decode() for each in mail.files}
    assert files["Dự thảo.txt"] == "Điều 1\n"
    assert "before" in files["Earlier.eml"]
    assert len(files) == 2


def test_of_a_mail_in_html_the_words_are_taken_and_nothing_that_would_run() -> None:
    mail = mail_in((MAILS / "outlook-html.eml").read_bytes())
    assert (mail.subject, mail.sender[0]) == ("Hẹn gặp", "Lê An")
    assert mail.text == "Xin chào anh\nHẹn gặp"
    assert mail.files == ()


def test_an_old_code_page_comes_in_right() -> None:
    assert mail_in((MAILS / "windows-1258.eml").read_bytes()).text == "Chào bạn"


def test_a_character_set_that_nobody_knows_and_a_wrong_day_refuse_nothing() -> None:
    content = (
        b"Subject: =?x-none?Q?a?=\r\nDate: 99 Foo 2026\r\n"
        b"Content-Type: text/plain; charset=x-none\r\n\r\nHello\r\n"
    )
    mail = mail_in(content)
    assert (mail.sent_at, mail.text) == (None, "Hello")


def test_a_name_of_a_file_leads_nowhere() -> None:
    message = EmailMessage()
    message["Subject"] = "x"
    for name in ("../../etc/passwd", "C:\\Windows\\a.txt", "..", "/"):
        message.add_attachment(b"1", maintype="application", subtype="pdf", filename=name)
    names = [each.name for each in mail_in(message.as_bytes()).files]
    assert names[:2] == ["passwd", "a.txt"]
    assert not any(set(each) & set("/\\") or each.startswith(".") for each in names)


@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 50, b"not a mail", b"\r\n\r\nbody"])
def test_what_is_no_mail_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        mail_in(content)


def test_too_many_parts_and_too_many_files_are_refused() -> None:
    head = b'Subject: x\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
    empty = head + b"--b\r\n\r\n\r\n" * (MAX_MAIL_PARTS + 1) + b"--b--\r\n"
    with pytest.raises(UnreadableFileError, match="parts"):
        mail_in(empty)
    file = b"--b\r\nContent-Disposition: attachment; filename=a\r\n\r\nx\r\n"
    with pytest.raises(UnreadableFileError, match="files"):
        mail_in(head + file * (MAX_MAIL_FILES + 1) + b"--b--\r\n")


def test_endless_nesting_is_refused_or_read_and_never_breaks() -> None:
    content = b"".join(
        b"Subject: x\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(3_000)
    )
    try:
        mail = mail_in(content)
    except DeskError:
        return
    assert mail.subject == "x"


def test_a_mutant_mail_gives_a_mail_or_an_error_in_words() -> None:
    chance = random.Random(5)
    mails = [each.read_bytes() for each in sorted(MAILS.glob("*.eml"))]
    read = 0
    for _ in range(300):
        try:
            read += bool(mail_in(mutant(chance, chance.choice(mails))).subject is not None)
        except DeskError:
            continue
    assert read > 100
