"""Whether a window can open is known before Qt is asked, which would abort."""

import subprocess
import sys

import pytest

from embassy_desk.desktop import display_problem


@pytest.mark.parametrize(
    "environment",
    [
        {"DISPLAY": ":0"},
        {"WAYLAND_DISPLAY": "wayland-0"},
        {"QT_QPA_PLATFORM": "offscreen"},
        {"QT_QPA_PLATFORM": "vnc:size=800x600"},
    ],
)
def test_window_opens_where_there_is_something_to_draw_on(environment: dict[str, str]) -> None:
    assert display_problem(environment, "linux") is None


@pytest.mark.parametrize("environment", [{}, {"DISPLAY": ""}, {"QT_QPA_PLATFORM": "xcb"}])
def test_without_a_screen_a_sentence_says_how_to_get_one(environment: dict[str, str]) -> None:
    problem = str(display_problem(environment, "linux"))
    assert "xvfb-run" in problem
    assert "ssh -X" in problem


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_always_have_a_screen(platform: str) -> None:
    assert display_problem({}, platform) is None


def test_asking_loads_no_qt() -> None:
    source = "import sys, embassy_desk.desktop.display; print('PySide6' in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "False"


def test_window_is_painted_before_heavy_rooms_are_loaded() -> None:
    heavy = "{'pydantic', 'sqlalchemy', 'sqlmodel', 'sqlcipher3', 'alembic', 'PySide6.QtSvg'}"
    source = f"import sys, embassy_desk.desktop.app; print(sorted({heavy} & set(sys.modules)))"
    answer = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "[]"
