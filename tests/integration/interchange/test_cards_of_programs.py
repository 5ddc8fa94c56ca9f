"""Cards as the programs of other people write them: look-alikes of each quirk, read to the letter.

Beside each file stands what must come of it, read through by a person.
"""

import base64
import io
import json
from pathlib import Path

import pytest
from PIL import Image

from embassy_desk.interchange.candidates import Candidate
from embassy_desk.interchange.limits import PICTURE_EDGE_PX
from embassy_desk.interchange.vcard_writer import write_vcards
from embassy_desk.interchange.vcards import vcards_in

CARDS = Path(__file__).parents[2] / "files" / "cards"
FILES = sorted(CARDS.glob("*.vcf"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_everything_on_the_cards_of_a_program_is_right_to_the_letter(file: Path) -> None:
    reading = vcards_in(file.read_bytes())
    assert reading.refused == ()
    found = [
        {
            "values": dict(each.values),
            "parts": {name: [dict(row) for row in rows] for name, rows in each.parts.items()},
            "has_picture": bool(each.picture),
        }
        for each in reading.candidates
    ]
    assert found == json.loads(file.with_suffix(".json").read_text("utf-8"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_is_written_again_is_read_as_the_same(file: Path, tmp_path: Path) -> None:
    first = vcards_in(file.read_bytes()).candidates
    write_vcards(tmp_path / "again.vcf", first, with_internal=True)
    assert vcards_in((tmp_path / "again.vcf").read_bytes()).candidates == first


def test_there_are_cards_of_every_program() -> None:
    assert {file.stem for file in FILES} >= {
        "android", "apple", "evolution", "google", "lotus", "outlook-2003", "outlook-2010",
        "thunderbird", "version-4",
    }  # fmt: skip


def test_nothing_about_the_family_is_kept() -> None:
    for file in FILES:
        for each in vcards_in(file.read_bytes()).candidates:
            said = str(dict(each.values)) + str(dict(each.parts))
            for name in ("Jane", "Hanako", "Hoa'", "Max'", "SPOUSE", "nniversary"):
                assert name not in said, file.name


def test_pictures_are_drawn_anew_and_small() -> None:
    (card,) = vcards_in((CARDS / "apple.vcf").read_bytes()).candidates
    with Image.open(io.BytesIO(base64.b64decode(card.picture))) as picture:
        assert picture.format == "JPEG"
        assert max(picture.size) <= PICTURE_EDGE_PX


def card_with(photo: str) -> bytes:
    return f"BEGIN:VCARD\nVERSION:3.0\nFN:A B\nPHOTO{photo}\nEND:VCARD\n".encode()


@pytest.mark.parametrize(
    ("photo", "part"),
    [
        (";VALUE=uri:http://example.test/a.jpg", "web"),
        (";ENCODING=b:AAAA", "cannot be read"),
        (";ENCODING=b:" + "A" * (4 * 1024 * 1024), "too large"),
        (":data:image/svg+xml;base64,PHN2Zy8+", "cannot be read"),
    ],
)
def test_a_picture_that_cannot_be_had_is_told_and_the_card_is_taken(photo: str, part: str) -> None:
    reading = vcards_in(card_with(photo))
    assert len(reading.candidates) == 1
    (remark,) = reading.remarks
    assert remark.line == 4
    assert part in str(remark.text)


def test_a_card_in_an_old_encoding_is_read_as_its_letters_tell_or_as_somebody_says() -> None:
    content = "BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Hường\r\nEND:VCARD\r\n".encode()
    old = content.replace("ờ".encode(), b"\xf5\xcc")  # windows-1258: base letter and mark
    old = old.replace("ư".encode(), b"\xfd")
    guessed = vcards_in(old)
    assert [each.values["given_name"] for each in guessed.candidates] == ["Hường"]
    assert "cp1258" in str(guessed.remarks[0].text)
    assert vcards_in(old, encoding="cp1258").remarks == ()
    (found,) = vcards_in(old, encoding="cp1258").candidates
    assert found.values["given_name"] == "Hường"


@pytest.mark.parametrize(
    "line", ["FN:A\\, B", "FN;ENCODING=QUOTED-PRINTABLE:A=2C B", "FN;CHARSET=UTF-8:A, B"]
)
def test_a_card_without_a_version_is_read_as_its_lines_are_built(line: str) -> None:
    (found,) = vcards_in(f"BEGIN:VCARD\n{line}\nEND:VCARD\n".encode()).candidates
    assert found.values["written_name"] == "A, B"


@pytest.mark.parametrize(
    ("name", "charset"),
    [("José Núñez", "cp1252"), ("鈴木 カズオ", "cp932"), ("김철수", "cp949")],
)
def test_letters_of_an_old_computer_are_recognised(name: str, charset: str) -> None:
    content = f"BEGIN:VCARD\nVERSION:2.1\nFN:{name}\nEND:VCARD\n".encode(charset)
    reading = vcards_in(content)
    (checked,) = (each.checked for each in reading.candidates)
    assert checked is not None
    assert checked.record.heading == name
    assert [each.text.values["encoding"] for each in reading.remarks] == [charset]


def test_a_note_of_20_kb_folded_in_the_middle_of_letters_is_right_to_the_letter() -> None:
    note = "Ghi chú: đường phố Hà Nội, mùa thu; " * 570
    line = b"NOTE:" + note.replace(",", "\\,").replace(";", "\\;").encode()
    folded = b"\r\n ".join(line[at : at + 74] for at in range(0, len(line), 74))
    content = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A B\r\n" + folded + b"\r\nEND:VCARD\r\n"
    (found,) = vcards_in(content).candidates
    assert len(line) > 20_000
    assert found.values["notes"] == note.strip()


def test_a_letter_cut_in_half_makes_no_other_encoding_of_a_file() -> None:
    lines = "FN:Hường\nNOTE;ENCODING=QUOTED-PRINTABLE:=E1=BA"
    reading = vcards_in(f"BEGIN:VCARD\nVERSION:2.1\n{lines}\nEND:VCARD\n".encode())
    assert "UTF-8" in str(reading.refused[0].text)


def test_a_fold_between_the_bytes_of_a_letter_is_no_harm() -> None:
    line = "FN:Nguyễn Thị Hường".encode()
    for at in range(4, len(line)):
        content = b"BEGIN:VCARD\nVERSION:3.0\n" + line[:at] + b"\r\n " + line[at:] + b"\nEND:VCARD"
        (found,) = vcards_in(content).candidates
        assert found.values["given_name"] == "Hường"


def test_a_card_of_an_assistant_inside_a_card_is_passed_over() -> None:
    inner = "AGENT:\nBEGIN:VCARD\nVERSION:2.1\nFN:Assistant\nEND:VCARD\n"
    content = f"BEGIN:VCARD\nVERSION:2.1\nFN:Boss\n{inner}NOTE:kept\nEND:VCARD\n"
    (found,) = vcards_in(content.encode()).candidates
    assert found.values["notes"] == "kept"


def test_a_card_of_ours_names_the_record_by_its_identity(tmp_path: Path) -> None:
    contact = Candidate(kind="contact", values={"id": "0198", "given_name": "An"})
    file = tmp_path / "own.vcf"
    write_vcards(file, [contact])
    assert "UID:urn:uuid:0198" in file.read_text("utf-8")
    (found,) = vcards_in(file.read_bytes()).candidates
    assert found.values["source"] == "urn:uuid:0198"
