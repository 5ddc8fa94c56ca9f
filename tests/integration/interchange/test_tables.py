from pathlib import Path

import pytest

from embassy_desk.domain.errors import StoreError
from embassy_desk.interchange import limits
from embassy_desk.interchange.errors import UnreadableFileError
from embassy_desk.interchange.tables import PASSED_OVER, read_table

AGREEMENTS = (
    "title_vi,title_en,form,country,signed_on,initial_term_months,renewal_type,renewal_months\r\n"
    "Bản ghi nhớ về hợp tác số,Memorandum on digital cooperation,mou,jp,01/08/2020,36,tacit,12\r\n"
    '"Kế hoạch, giai đoạn 2",,action_plan,SG,2023-02-09,,,\r\n'
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "register.csv"


def problems_of(path: Path, kind: str = "agreement") -> list[tuple[int, str, str]]:
    with pytest.raises(UnreadableFileError) as caught:
        read_table(path, kind)
    return [(each.line, each.field, str(each.text)) for each in caught.value.problems]


def test_a_register_of_agreements_is_read(file: Path) -> None:
    file.write_text(AGREEMENTS, encoding="utf-8", newline="")
    first, second = read_table(file, "agreement")
    assert first.kind == "agreement"
    assert first.values == {
        "title_vi": "Bản ghi nhớ về hợp tác số",
        "title_en": "Memorandum on digital cooperation",
        "form": "mou",
        "country": "JP",
        "signed_on": "2020-08-01",
        "initial_term_months": "36",
        "renewal_type": "tacit",
        "renewal_months": "12",
    }
    assert (first.line, second.line) == (2, 3)
    assert second.values["title_vi"] == "Kế hoạch, giai đoạn 2"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encoding_and_delimiter_are_found_out(file: Path, encoding: str, delimiter: str) -> None:
    text = f"Tên văn kiện{delimiter}Ngày ký\n“Đối tác số”{delimiter}07/03/2026\n"
    file.write_text(text, encoding=encoding, newline="")
    (found,) = read_table(file, "agreement")
    assert found.values == {"title_vi": "“Đối tác số”", "signed_on": "2026-03-07"}


def test_excels_hint_about_the_delimiter_is_followed(file: Path) -> None:
    file.write_text("sep=;\r\ntitle_vi;signed_on\r\nA, B;07/03/2026\r\n", "utf-8-sig", newline="")
    (found,) = read_table(file, "agreement")
    assert (found.line, found.values["title_vi"]) == (3, "A, B")


def test_titles_above_the_header_are_left_out(file: Path) -> None:
    file.write_text("DANH MỤC THỎA THUẬN,,\n,,\nSTT,Tên văn kiện,Ngày ký\n", "utf-8")
    mapping = {"STT": PASSED_OVER}
    file.write_text(file.read_text("utf-8") + "1,Bản ghi nhớ,07/03/2026\n", "utf-8")
    (found,) = read_table(file, "agreement", mapping=mapping)
    assert found.values == {"title_vi": "Bản ghi nhớ", "signed_on": "2026-03-07"}
    assert found.line == 4


def test_headings_that_nobody_foresaw_can_be_mapped(file: Path) -> None:
    file.write_text("Văn bản số 1,Ký hôm\nBản ghi nhớ,07/03/2026\n", "utf-8")
    mapping = {"Văn bản số 1": "title_vi", "ký hôm": "signed_on"}
    (found,) = read_table(file, "agreement", mapping=mapping)
    assert found.values["signed_on"] == "2026-03-07"


def test_lines_are_counted_through_quoted_line_breaks(file: Path) -> None:
    file.write_text('title_vi,summary,signed_on\nA,"một\nhai\n\nba",x\n\nB,,y\n', "utf-8")
    assert [(line, field) for line, field, _ in problems_of(file)] == [
        (2, "signed_on"),
        (7, "signed_on"),
    ]


def test_every_problem_is_named_and_nothing_is_taken(file: Path) -> None:
    file.write_text(
        "title_vi,form,signed_on,initial_term_months,open_ended\n"
        "A,scroll,32/01/2020,3 năm,\n"
        ",mou,,,\n"
        "B,mou,,12,yes\n",
        "utf-8",
    )
    found = problems_of(file)
    assert [(line, field) for line, field, _ in found] == [
        (2, "form"),
        (2, "signed_on"),
        (2, "initial_term_months"),
        (3, ""),
        (4, ""),
    ]


def test_the_error_says_the_first_problem_with_its_line(file: Path) -> None:
    file.write_text("title_vi,signed_on\nA,soon\n", "utf-8")
    with pytest.raises(UnreadableFileError) as caught:
        read_table(file, "agreement")
    assert "Line 2, “signed_on”: “soon” is not a day" in str(caught.value)


def test_unknown_headings_are_refused_with_the_nearest_one(file: Path) -> None:
    file.write_text("title_vi,signd_on,zzzzqqq\nA,,\n", "utf-8")
    found = problems_of(file)
    assert [field for _, field, _ in found] == ["signd_on", "zzzzqqq"]
    assert "Did you mean “signed_on”?" in found[0][2]


def test_a_column_that_stands_twice_is_refused(file: Path) -> None:
    file.write_text("title_vi,Ngày ký,Date signed\nA,,\n", "utf-8")
    ((line, field, text),) = problems_of(file)
    assert (line, field) == (1, "Date signed")
    assert "Ngày ký" in text


def test_a_row_with_the_wrong_number_of_cells_is_refused(file: Path) -> None:
    file.write_text("title_vi,signed_on\nA\nB,,\nC,\n", "utf-8")
    assert [line for line, _, _ in problems_of(file)] == [2, 3]


def test_cells_under_no_heading_are_refused(file: Path) -> None:
    file.write_text("title_vi,,signed_on\nA,,\nB,x,\n", "utf-8")
    assert problems_of(file) == [(3, "", "Column 2 has no heading.")]


def test_blank_rows_and_blank_columns_are_passed_over(file: Path) -> None:
    file.write_text("title_vi,signed_on,\n\n,,\nA,,\n", "utf-8")
    assert len(read_table(file, "agreement")) == 1


def test_an_old_encoding_is_refused_with_its_line(file: Path) -> None:
    file.write_bytes("title_vi\nA\nThỏa ".encode() + b"thu\xcb\xf2n\n")
    ((line, _, text),) = problems_of(file)
    assert line == 3
    assert "UTF-8" in text


@pytest.mark.parametrize("content", [b"", b" \n ", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert problems_of(file) == [(0, "", "The file is empty.")]


def test_a_header_alone_is_refused(file: Path) -> None:
    file.write_text("title_vi,signed_on\n", "utf-8")
    assert problems_of(file) == [(0, "", "The file has a header and no rows.")]


def test_quotation_marks_that_do_not_close_are_refused_with_their_line(file: Path) -> None:
    file.write_text('title_vi,signed_on\nA,\n"B,\nC,\n', "utf-8")
    assert problems_of(file)[0][0] == 3


def test_a_file_that_is_no_text_is_refused(file: Path) -> None:
    file.write_bytes(b"title_vi\nA\x00B\n")
    assert problems_of(file) == [(2, "", "This is not a text file.")]


def test_a_file_beyond_the_size_is_refused_unread(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("title_vi\n" + "A\n" * 1000, "utf-8")
    monkeypatch.setattr("embassy_desk.interchange.files.MAX_FILE_BYTES", 1024 * 1024)
    assert len(read_table(file, "agreement")) == 1000
    file.write_bytes(b"x" * (1024 * 1024 + 1))
    assert problems_of(file) == [(0, "", "The file is larger than 1 MiB.")]


def test_too_many_rows_are_refused(file: Path) -> None:
    file.write_text("title_vi\n" + "A\n" * (limits.MAX_ROWS + 1), "utf-8")
    assert problems_of(file) == [(0, "", "The file has more than 100000 rows.")]


def test_too_many_columns_are_refused(file: Path) -> None:
    file.write_text("title_vi" + "," * limits.MAX_COLUMNS + "\nA\n", "utf-8")
    assert "200" in problems_of(file)[0][2]


def test_a_missing_file_is_an_answer(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="register"):
        read_table(tmp_path / "register.csv", "agreement")


def test_parties_links_and_tags_become_parts(file: Path) -> None:
    file.write_text(
        "title_en,our_parties,partner_parties,elevates,tags\n"
        "Partnership,Bộ Kế hoạch và Đầu tư [VN],Ministry of Trade and Industry [SG]; [TH],"
        '"MoU on energy\nMoU; on carbon",green; digital\n',
        "utf-8",
    )
    (found,) = read_table(file, "agreement")
    assert found.parts["agreement_party"] == (
        {"country": "VN", "name": "Bộ Kế hoạch và Đầu tư", "side": "ours"},
        {"country": "SG", "name": "Ministry of Trade and Industry", "side": "theirs"},
        {"country": "TH", "side": "theirs"},
    )
    assert found.parts["agreement_link"] == (
        {"kind": "elevates", "to": "MoU on energy"},
        {"kind": "elevates", "to": "MoU; on carbon"},
    )
    assert found.parts["tag"] == ({"label": "green"}, {"label": "digital"})


def test_contacts_have_their_name_position_and_addresses(file: Path) -> None:
    file.write_text(
        "Họ và tên;Cơ quan;Chức vụ;Email;Điện thoại\n"
        "Trần Thị Bình;Bộ Ngoại giao;Vụ trưởng;binh@example.vn, ;'+84 24 1234 5678\n",
        "utf-8",
    )
    assert problems_of(file, "contact")[0][:2] == (2, "address")
    file.write_text(file.read_text("utf-8").replace("vn, ", "vn"), "utf-8")
    (found,) = read_table(file, "contact")
    assert found.values["given_name"] == "Bình"
    assert found.parts["contact_email"] == ({"address": "binh@example.vn", "is_primary": "true"},)
    assert found.parts["contact_phone"] == ({"typed": "+84 24 1234 5678", "is_primary": "true"},)
    assert found.parts["position"] == (
        {
            "organisation_name": "Bộ Ngoại giao",
            "title_original": "Vụ trưởng",
            "is_primary": "true",
        },
    )


def test_a_whole_name_beside_its_parts_is_kept_only_when_it_says_more(file: Path) -> None:
    file.write_text("Name,Họ,Tên\nBình Trần,Trần,Bình\n“Bee” Tran,Trần,Bình\n", "utf-8")
    first, second = read_table(file, "contact")
    assert first.values == {
        "family_name": "Trần",
        "given_name": "Bình",
        "display_order": "given_first",
    }
    assert second.values["written_name"] == "“Bee” Tran"


def test_what_the_desk_keeps_of_a_record_is_passed_over(file: Path) -> None:
    file.write_text("id,ref,mission,created_at,title\n1,TOK-TSK-A1-0001,TOK,x,Gọi điện\n", "utf-8")
    (found,) = read_table(file, "task")
    assert found.values == {"ref": "TOK-TSK-A1-0001", "title": "Gọi điện"}


def test_links_to_other_records_stay_words(file: Path) -> None:
    file.write_text(
        "name_vi,succeeded_by,succeeded_on\n"
        "Bộ Thông tin và Truyền thông,Bộ Khoa học và Công nghệ,01/03/2025\n",
        "utf-8",
    )
    (found,) = read_table(file, "organisation")
    assert found.values["succeeded_by"] == "Bộ Khoa học và Công nghệ"


def test_reading_stops_after_a_thousand_problems(file: Path) -> None:
    file.write_text("title_vi,signed_on\n" + "A,x\n" * 2000, "utf-8")
    assert len(problems_of(file)) == limits.MAX_PROBLEMS
