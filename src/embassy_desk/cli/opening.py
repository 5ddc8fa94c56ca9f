"""`init`, `demo`, `open`, and opening the window."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from embassy_desk.cli.words_of_command import Arguments


def run(arguments: Arguments) -> int:
    """Make a store, or open the desk in a window."""
    if arguments.command == "init":
        return int(import_module("embassy_desk.cli.making").make(arguments))
    if arguments.command == "demo":
        code = int(import_module("embassy_desk.cli.making").make_demo(arguments))
        if code or arguments.prepare_only:
            return code
    return _open_window(arguments, is_demo=arguments.command == "demo")


def _open_window(arguments: Arguments, *, is_demo: bool) -> int:
    """Open the window; nothing but Qt is loaded before it is painted."""
    display: Any = import_module("embassy_desk.desktop.display")
    problem = display.display_problem()
    if problem is not None:
        print(problem, file=sys.stderr)
        return 1
    app = loaded_window()
    language, opens = arguments.language or None, arguments.opens
    return int(app.run_desk(_folder(arguments), language=language, is_demo=is_demo, opens=opens))


def loaded_window() -> Any:
    """Load what paints the window, and return the module."""
    import_module("embassy_desk.desktop.kit.loading").load_quickly()
    return import_module("embassy_desk.desktop.app")


def _folder(arguments: Arguments) -> Path:
    places: Any = import_module("embassy_desk.settings.places")
    if arguments.profile is not None:
        return arguments.profile
    return Path(places.demo_profile() if arguments.command == "demo" else places.default_profile())
