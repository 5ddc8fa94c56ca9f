"""Nothing that was not marked as plain gets into the log, whoever logs it."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from embassy_desk.settings.log_lines import (
    LogLines,
    Plain,
    kind_of,
    leading_words,
    place_in_qt,
)

SECRET = "Đặng Thị Hường"
LOG = logging.getLogger("embassy_desk.test_log_lines")


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Callable[[], None]], str]:
    """Returns what the log holds after something was logged."""

    def write(act: Callable[[], None]) -> str:
        path = tmp_path / "desk.log"
        handler = logging.FileHandler(path, encoding="utf-8")
        handler.setFormatter(LogLines())
        LOG.addHandler(handler)
        LOG.setLevel(logging.INFO)
        try:
            act()
        finally:
            LOG.removeHandler(handler)
            handler.close()
        return path.read_text(encoding="utf-8")

    return write


Written = Callable[[Callable[[], None]], str]


def test_plain_texts_and_numbers_are_written(written: Written) -> None:
    line = written(lambda: LOG.info("refused: %s, %d times", Plain("conflict"), 3))
    assert line.endswith("INFO embassy_desk.test_log_lines: refused: conflict, 3 times\n")


@pytest.mark.parametrize("value", [SECRET, [SECRET], {"name": SECRET}, Path(SECRET), None])
def test_value_that_is_not_marked_is_hidden(written: Written, value: object) -> None:
    line = written(lambda: LOG.info("saved %s", value))
    assert SECRET not in line
    assert "saved" in line
    assert "…" in line


def test_values_by_name_are_hidden_too(written: Written) -> None:
    line = written(lambda: LOG.info("saved %(name)s", {"name": SECRET}))
    assert SECRET not in line
    assert "saved" in line


def fails() -> None:
    nobody: dict[str, str] = {}
    try:
        nobody[SECRET]
    except KeyError as error:
        raise ValueError(f"{SECRET} is no number") from error


def test_error_is_told_with_its_places_and_causes_but_not_its_words(
    written: Written, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.clear()

    def act() -> None:
        try:
            fails()
        except ValueError as error:
            LOG.critical("incident %s", Plain("A1B2C3"), exc_info=error)

    text = written(act)
    assert SECRET not in text
    assert "incident A1B2C3" in text
    assert text.index("builtins.ValueError") < text.index("builtins.KeyError")
    assert "test_log_lines.py" in text
    assert " fails" in text
    assert str(Path(__file__).parent) not in text  # a folder may tell who this is


def test_wrong_number_of_values_loses_no_line() -> None:
    record = logging.makeLogRecord({"msg": "saved %s and %s", "args": (1, 2, 3)})
    assert "saved %s and %s" in LogLines().format(record)


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("Task was destroyed but it is pending!", "Task was destroyed but it is pending"),
        (f"Exception in callback <Name('{SECRET}')>", "Exception in callback"),
        (SECRET, ""),
    ],
)
def test_message_of_a_library_is_kept_up_to_what_it_quotes(message: str, kept: str) -> None:
    assert leading_words(message) == kept


@pytest.mark.parametrize(
    ("category", "message", "kept"),
    [
        ("qt.qpa.plugin", f'Could not load "{SECRET}"', "qt.qpa.plugin"),
        ("", "QObject::connect(Page, List): no such signal", "default QObject::connect"),
        (None, f"{SECRET} has no font", "default"),
    ],
)
def test_message_of_qt_is_told_by_its_place(category: str | None, message: str, kept: str) -> None:
    assert place_in_qt(category, message) == kept


def test_kind_of_an_error_is_plain() -> None:
    assert kind_of(KeyError(SECRET)) == "KeyError"
    assert type(kind_of(KeyError(SECRET))) is Plain
