"""What the guard against state secrets refuses, warns of and lets pass."""

import unicodedata

import pytest

from embassy_desk.domain.errors import InvalidError
from embassy_desk.domain.secrecy import marking_of, refuse_secrets
from makers import make_contact, make_contact_email

MARKED = {
    "TUYỆT MẬT": "TUYỆT MẬT",
    "Công văn TỐI MẬT số 12": "TỐI MẬT",
    "TOI MAT": "TỐI MẬT",
    "MẬT": "MẬT",
    "(MẬT)": "MẬT",
    "MẬT - Báo cáo tình hình": "MẬT",
    "Báo cáo tình hình – MẬT": "MẬT",
    "[MẬT] Điện số 5": "MẬT",
    "Độ mật: Mật": "MẬT",
    "Mức độ mật: Tối mật": "TỐI MẬT",
    "Bộ Ngoại giao\nMẬT\nSố: 12/BC": "MẬT",
    "TOP SECRET": "TOP SECRET",
    "Note\nSECRET\nText": "SECRET",
    "telegram_TOP_SECRET.pdf": "TOP SECRET",
    "DIEN_TUYET_MAT_05.docx": "TUYỆT MẬT",
    "Báo cáo quý_MẬT": "MẬT",
}
MENTIONED = ("một báo cáo tuyệt mật", "theo luật bảo vệ bí mật nhà nước", "a top secret recipe")
HARMLESS = (
    "",
    "bảo mật thông tin",
    "BẢO MẬT DỮ LIỆU CÁ NHÂN",
    "Thỏa thuận bí mật kinh doanh",
    "mật khẩu mới",
    "MẬT ONG RỪNG",
    "Phòng Cơ yếu mật mã",
    "Đoàn mật thiết",
    "secretary general",
    "First Secretary",
    "Secretariat of ASEAN",
    "matter of fact",
    "SECRETARY",
    "hải quan, thân mật",
)


@pytest.mark.parametrize("text", MARKED)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_mark_of_secrecy_is_found(text: str, form: str) -> None:
    found = marking_of(unicodedata.normalize(form, text))  # type: ignore[arg-type]
    assert found is not None
    assert found.is_certain
    assert found.mark == MARKED[text]


@pytest.mark.parametrize("text", MENTIONED)
def test_a_mention_is_only_warned_of(text: str) -> None:
    found = marking_of(text)
    assert found is not None
    assert not found.is_certain


@pytest.mark.parametrize("text", HARMLESS)
def test_everyday_words_pass(text: str) -> None:
    assert marking_of(text) is None


def test_the_refusal_names_the_field_and_the_mark_but_not_the_text() -> None:
    contact = make_contact(notes="Gặp ở quán cà phê. TỐI MẬT.")
    with pytest.raises(InvalidError) as caught:
        refuse_secrets(contact)
    (problem,) = caught.value.problems
    assert problem.field == "notes"
    assert "TỐI MẬT" in str(problem.text)
    assert "cà phê" not in str(problem.text)


def test_only_the_named_fields_are_looked_at() -> None:
    contact = make_contact(notes="TỐI MẬT")
    refuse_secrets(contact, ["alias"])
    with pytest.raises(InvalidError):
        refuse_secrets(contact, ["alias", "notes"])


def test_parts_without_a_mark_pass() -> None:
    refuse_secrets(make_contact_email())
    with pytest.raises(InvalidError):
        refuse_secrets(make_contact_email(kind="MẬT"))
