"""Whatever a file holds, the answer is records or an error in words, never another exception."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from embassy_desk.domain.errors import DeskError
from embassy_desk.interchange.tables import likely_kind, read_table
from embassy_desk.interchange.vcards import read_vcards

EXAMPLES = Path(__file__).parents[3] / "resources" / "examples"
SAME_FOLDER = settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # the file is written anew for every example

changes = st.lists(
    st.tuples(
        st.integers(0, 10_000),
        st.integers(0, 12),
        st.binary(max_size=6) | st.sampled_from([b"<", b">", b"&", b'"', b"9" * 12, b"\xff\xfe"]),
    ),
    min_size=1,
    max_size=5,
)


def changed(content: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    """Return the content with pieces replaced."""
    for place, length, piece in edits:
        at = place % (len(content) + 1)
        content = content[:at] + piece + content[at + length :]
    return content


def read_or_refuse(read: Callable[[], object]) -> None:
    refusal = ""
    records = None
    try:
        records = read()
    except DeskError as error:
        refusal = str(error)
    assert (records is None) == bool(refusal)


@pytest.fixture(scope="module")
def members() -> dict[str, bytes]:
    """The parts of an ordinary workbook."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        page = workbook.add_worksheet()
        page.write_row(0, 0, ["title_vi", "initial_term_months"])
        page.write_row(1, 0, ["Bản ghi nhớ", 36])
    with zipfile.ZipFile(content) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@given(edits=changes, place=st.integers(0, 100))
@SAME_FOLDER
def test_a_workbook_with_damaged_parts(
    tmp_path: Path, members: dict[str, bytes], edits: list[tuple[int, int, bytes]], place: int
) -> None:
    path = tmp_path / "a.xlsx"
    chosen = sorted(members)[place % len(members)]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, changed(content, edits) if name == chosen else content)
    read_or_refuse(lambda: read_table(path, "agreement"))


@given(edits=changes)
@SAME_FOLDER
def test_a_damaged_archive(
    tmp_path: Path, members: dict[str, bytes], edits: list[tuple[int, int, bytes]]
) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    path.write_bytes(changed(path.read_bytes(), edits))
    read_or_refuse(lambda: read_table(path, "agreement"))


@given(edits=changes)
@SAME_FOLDER
def test_a_damaged_table(tmp_path: Path, edits: list[tuple[int, int, bytes]]) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(changed((EXAMPLES / "organisations.csv").read_bytes(), edits))
    read_or_refuse(lambda: read_table(path, "organisation"))
    read_or_refuse(lambda: likely_kind(path))


@given(edits=changes)
@SAME_FOLDER
def test_a_damaged_card(tmp_path: Path, edits: list[tuple[int, int, bytes]]) -> None:
    path = tmp_path / "a.vcf"
    path.write_bytes(changed((EXAMPLES / "contacts.vcf").read_bytes(), edits))
    read_or_refuse(lambda: read_vcards(path))


@given(content=st.binary())
@SAME_FOLDER
def test_any_bytes_at_all(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    read_or_refuse(lambda: read_table(path, "task"))
    read_or_refuse(lambda: read_vcards(path))
