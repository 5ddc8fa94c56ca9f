"""Foreign files are read in a process that may do little, and that can fail without harm."""

import json
import multiprocessing
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from embassy_desk.domain.errors import (
    DeskError,
    InvalidError,
    MissingError,
    Problem,
    RefusedError,
    StoppedError,
    StoreError,
)
from embassy_desk.interchange.answers import (
    NotAnAnswerError,
    packed_error,
    plain,
    text_of,
    unpacked,
    unpacked_error,
)
from embassy_desk.interchange.apart import OF_A_FILE, OF_A_PAGE, Limits, apart, here
from embassy_desk.interchange.errors import FileProblem, UnreadableFileError
from embassy_desk.interchange.first_pages import first_page_text
from embassy_desk.interchange.foreign import read_foreign
from embassy_desk.interchange.rows import rechecked
from embassy_desk.texts import N_

EXAMPLES = Path(__file__).parents[3] / "resources" / "examples"
MIB = 1024 * 1024
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:An {}\r\nN:An;{};;;\r\nEND:VCARD\r\n"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")


@pytest.fixture
def many_cards(tmp_path: Path) -> Path:
    """A file that takes some seconds and some memory."""
    path = tmp_path / "many.vcf"
    path.write_text("".join(CARD.format(no, no) for no in range(20_000)), "utf-8")
    return path


def refusal(read: Callable[[], object]) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read()
    return str(caught.value)


@pytest.mark.parametrize("name", ["agreements.csv", "contacts.vcf"])
def test_a_file_reads_the_same_apart_as_here(name: str) -> None:
    expected = here(read_foreign, EXAMPLES / name)
    found = apart(read_foreign, EXAMPLES / name, going_on=lambda _done, _total: None)
    assert found == expected
    assert all(each.checked is None for each in found)
    assert [rechecked(each).checked for each in found] == [each.checked for each in expected]


def test_what_is_wrong_is_said_the_same_apart_as_here(tmp_path: Path) -> None:
    file = tmp_path / "wrong.csv"
    file.write_text("title_vi,titel,initial_term_months\nA,B,C\n", "utf-8")
    with pytest.raises(UnreadableFileError) as apart_from_us:
        apart(read_foreign, file, "agreement")
    with pytest.raises(UnreadableFileError) as among_us:
        here(read_foreign, file, "agreement")
    assert apart_from_us.value.problems == among_us.value.problems


def test_a_page_is_read_apart() -> None:
    assert apart(first_page_text, b"plain", ".txt", limits=OF_A_PAGE) == "plain"


def test_a_reader_that_takes_too_long_is_ended(many_cards: Path) -> None:
    hurried = Limits(0.3, OF_A_FILE.cpu_seconds, OF_A_FILE.memory_bytes, OF_A_FILE.answer_bytes)
    said = refusal(lambda: apart(read_foreign, many_cards, limits=hurried))
    assert said == "This file takes too long to read."
    assert multiprocessing.active_children() == []


@POSIX
def test_a_reader_that_computes_too_long_is_ended(many_cards: Path) -> None:
    lazy = Limits(OF_A_FILE.seconds, 1, OF_A_FILE.memory_bytes, OF_A_FILE.answer_bytes)
    said = refusal(lambda: apart(read_foreign, many_cards, limits=lazy))
    assert said == "This file takes too long to read."


@POSIX
def test_a_reader_that_needs_too_much_memory_is_ended(tmp_path: Path) -> None:
    file = tmp_path / "deep.json"
    file.write_text("[" + "{}," * 6_000_000 + "{}]", "utf-8")
    poor = Limits(OF_A_FILE.seconds, OF_A_FILE.cpu_seconds, 300 * MIB, OF_A_FILE.answer_bytes)
    said = refusal(lambda: apart(read_foreign, file, limits=poor))
    assert said == "This file needs more memory to read than is safe."


def test_an_answer_that_is_too_long_is_not_taken() -> None:
    terse = Limits(OF_A_PAGE.seconds, OF_A_PAGE.cpu_seconds, OF_A_PAGE.memory_bytes, 10)
    said = refusal(lambda: apart(first_page_text, b"long " * 20, ".txt", limits=terse))
    assert said == "This file cannot be read; it is damaged or not safe."


def test_stopping_ends_the_reader_at_once(many_cards: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        apart(read_foreign, many_cards, going_on=stop)
    assert multiprocessing.active_children() == []


def test_only_readers_of_the_room_are_run() -> None:
    said = refusal(lambda: apart(refusal, first_page_text))
    assert said == "This file cannot be read; it is damaged or not safe."


FORBIDDEN = {
    "write a file": "open('written', 'w')",
    "make a folder": "import os; os.mkdir('made')",
    "start a program": "import subprocess; subprocess.run([sys.executable, '-c', ''])",
    "be two": "import os; os.fork() or os._exit(0)",
    "open a connection": "import socket; socket.create_connection(('127.0.0.1', int(sys.argv[1])))",
}


def outcome(tmp_path: Path, deed: str, *, is_confined: bool) -> str:
    """Return what became of a deed: `done`, or the name of the error."""
    lines = ["import sys", "from embassy_desk.interchange.apart import OF_A_PAGE"]
    lines += ["from embassy_desk.interchange.confined import confine", "told = sys.stdout"]
    lines += ["confine(OF_A_PAGE)"] * is_confined
    lines += ["try:", f"    {deed}", "    told.write('done')"]
    lines += ["except OSError as error:", "    told.write(type(error).__name__)"]
    words = [sys.executable, "-c", "\n".join(lines), "1"]
    ran = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=True)
    return ran.stdout


@POSIX
@pytest.mark.parametrize("deed", FORBIDDEN.values(), ids=FORBIDDEN)
def test_a_confined_process_may_not(tmp_path: Path, deed: str) -> None:
    assert outcome(tmp_path, deed, is_confined=True) == "PermissionError"
    assert outcome(tmp_path, deed, is_confined=False) in {"done", "ConnectionRefusedError"}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes the network away")
def test_a_confined_process_has_no_network_of_its_own(tmp_path: Path) -> None:
    listing = "told.write(str(len(open('/proc/net/dev').read().splitlines())))"
    confined = outcome(tmp_path, listing, is_confined=True)
    assert confined in {"3done", outcome(tmp_path, listing, is_confined=False)}


@pytest.mark.parametrize(
    "error",
    [
        UnreadableFileError([FileProblem(3, "title", N_("“{a}” is bad.", a=N_("{n} x", n=2)))]),
        InvalidError([Problem("name", N_("A name is needed."))]),
        RefusedError(N_("No.")),
        MissingError(N_("Gone.")),
        StoreError(N_("One.", "{count} of them.", count=2)),
    ],
    ids=lambda each: type(each).__name__,
)
def test_errors_come_back_whole(error: DeskError) -> None:
    found = unpacked_error(packed_error(error))
    assert type(found) is type(error)
    assert found.text == error.text
    assert getattr(found, "problems", ()) == getattr(error, "problems", ())


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b'{"code": "stopped"}', b'{"code": "store", "text": {}}']
)
def test_an_error_that_is_none_is_not_believed(content: bytes) -> None:
    with pytest.raises(NotAnAnswerError):
        unpacked_error(content)


@pytest.mark.parametrize("message", ["{x:>999999999}", "{x.__class__}", "{x!r}", "{y}", "{", "{0}"])
def test_a_sentence_that_would_do_more_than_name_its_values_is_not_believed(message: str) -> None:
    text = {"message": message, "plural": None, "count": None, "values": {"x": "a"}}
    with pytest.raises(NotAnAnswerError):
        unpacked_error(json.dumps({"code": "store", "text": text}).encode())
    text["message"] = "{x}"
    found = unpacked_error(json.dumps({"code": "store", "text": text}).encode())
    assert str(found) == "a"


def test_an_answer_of_another_form_is_not_believed() -> None:
    said = refusal(lambda: unpacked(read_foreign, b'[{"kind": 3}]'))
    assert said == "This file cannot be read; it is damaged or not safe."
    assert text_of(plain(N_("{n} days", n=3))) == N_("{n} days", n=3)
