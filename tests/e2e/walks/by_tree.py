"""A morning at the desk through the accessibility tree alone, as a screen reader's user has it.

Runs under Debian's own Python, which brings the bindings of AT-SPI; the test beside it starts it.
It sees no pixel and knows no place: it finds things by role and name, presses, selects and types.
"""

import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402  the version is chosen first

PATIENCE_S = 20.0
PAUSE_S = 0.05
RETURN = 0xFF0D
State = Atspi.StateType
_PAUSE = threading.Event()  # never set; nobody but the desk knows when it is done
_PASSED_THROUGH = {"application", "frame", "dialog", "filler", "menu", "menu item", "window"}


def shown(node: Any) -> Iterator[Any]:
    """Yield a node and everything below it that is shown."""
    yield node
    for at in range(node.get_child_count()):
        child = node.get_child_at_index(at)
        if child is None:
            continue
        is_shown = child.get_state_set().contains(State.SHOWING)
        if is_shown or child.get_role_name() in _PASSED_THROUGH:
            yield from shown(child)


def desk() -> Any:
    """Return the desk among the programs of the session, or nothing."""
    session = Atspi.get_desktop(0)
    programs = (session.get_child_at_index(at) for at in range(session.get_child_count()))
    return next((each for each in programs if each and each.get_name() == "embassy-desk"), None)


def seen(condition: Callable[[], Any], what: str) -> Any:
    """Wait until something is there and return it; end the walk when it never comes."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        try:
            found = condition()
        except gi.repository.GLib.Error:  # it went while it was looked at
            found = None
        if found:
            return found
        _PAUSE.wait(PAUSE_S)
    program = desk()
    there_is = [] if program is None else [*shown(program)]
    lines = [f"{each.get_role_name()}: {each.get_name()}" for each in there_is if each.get_name()]
    sys.exit("\n".join([*lines, f"never saw {what}"]))


def there(role: str, name: str, *, is_part: bool = False) -> Any:
    """Return a node of a role and a name, or nothing."""
    program = desk()
    if program is None:
        return None
    for node in shown(program):
        if node.get_role_name() == role:
            called = node.get_name()
            if called == name or (is_part and name in called):
                return node
    return None


def find(role: str, name: str, *, is_part: bool = False) -> Any:
    """Wait for a node of a role and a name."""
    return seen(lambda: there(role, name, is_part=is_part), f"{role} “{name}”")


def act(node: Any, name: str) -> None:
    """Do one of the acts that a node offers."""
    acts = [node.get_action_name(at) for at in range(node.get_n_actions())]
    node.do_action(acts.index(name))


def press(name: str) -> None:
    """Press a button once it can be pressed."""

    def enabled() -> Any:
        button = there("push button", name)
        return button if button and button.get_state_set().contains(State.ENABLED) else None

    act(seen(enabled, f"button “{name}” that can be pressed"), "Press")


def write(name: str, text: str, *, role: str = "text") -> None:
    """Put a text into a field, as dictation does."""
    field = find(role, name)
    act(field, "SetFocus")
    field.set_text_contents(text)


def choose(name: str) -> None:
    """Select a line of a list, a table or a tree."""

    def line() -> Any:
        return there("list item", name) or there("table cell", name)

    node = seen(line, f"line “{name}”")
    node.get_parent().select_child(node.get_index_in_parent())


def press_key(keysym: int) -> None:
    """Press a key, which goes to what has the focus."""
    Atspi.generate_keyboard_event(keysym, None, Atspi.KeySynthType.SYM)


def link(name: str, text: str) -> None:
    """Name a record in a field that searches."""
    write(name, text)
    find("list item", text, is_part=True)
    press_key(RETURN)
    seen(lambda: not there("list item", text, is_part=True), "the end of the search")


def is_open() -> bool:
    """Say whether a dialog is open."""
    return any(node.get_role_name() == "dialog" for node in shown(desk()))


def press_in_dialog(name: str) -> None:
    """Press a button of the dialog, which goes away."""

    def button() -> Any:
        for dialog in shown(desk()):
            if dialog.get_role_name() == "dialog":
                for node in shown(dialog):
                    if node.get_role_name() == "push button" and node.get_name() == name:
                        return node
        return None

    act(seen(button, f"button “{name}” of a dialog"), "Press")
    seen(lambda: not is_open(), "the end of the dialog")


def unlock(passphrase: str) -> None:
    """Open the store."""
    write("Passphrase", passphrase, role="password text")
    press("Unlock")
    find("label", "What needs me today")


def begin(section: str) -> None:
    """Go to a section and begin a new record."""
    choose(section)
    find("label", section)
    press("New")


def enter_contact() -> None:
    """Create a contact with a position."""
    begin("Contacts")
    write("Family name", "Tanaka")
    write("Given name", "Hana")
    press("Add to “Positions”")
    link("Organisation", "Viện Bán dẫn Sakura")
    write("Position in Vietnamese", "Giám đốc")
    press_in_dialog("Save")
    press("Save")
    find("label", "“Tanaka Hana” was entered.")


def record_engagement() -> None:
    """Write down a meeting at which something was promised."""
    begin("Engagements")
    write("Subject", "Hợp tác bán dẫn")
    write("Held on", "22/11/2026")
    press("Add to “From their side”")
    link("Contact", "Tanaka Hana")
    press_in_dialog("Save")
    press("Add to “Commitments”")
    write("Text", "Gửi dự thảo bản ghi nhớ")
    write("Due on", "30/11/2026")
    press_in_dialog("Save")
    press("Save")
    find("label", "“Hợp tác bán dẫn” was entered.")


def see_the_task() -> None:
    """Find the task that came of the promise."""
    choose("Tasks")
    choose("Gửi dự thảo bản ghi nhớ")
    find("label", "Gửi dự thảo bản ghi nhớ")


def move_the_agreement() -> None:
    """Move an agreement a stage, be refused with what is missing, and take the move back."""
    choose("Agreements")
    choose("Bản ghi nhớ bán dẫn")
    find("label", "Stage 1 of", is_part=True)
    step = find("push button", "Start scoping")
    refused = step.get_description()
    if refused != "The reason for pursuing it is missing.":
        sys.exit(f"the step says “{refused}”")
    if step.get_state_set().contains(State.ENABLED):
        sys.exit("the step could be taken all the same")
    press("Mandate and negotiation")
    write("Why it is pursued", "Phía bạn đề nghị.")
    press("Save")
    press("Start scoping")
    press_in_dialog("Save")
    find("label", "Stage 2 of", is_part=True)
    take_back()
    find("label", "Stage 1 of", is_part=True)


def take_back() -> None:
    """Take back the last change by its menu."""
    act(find("menu item", "Record"), "ShowMenu")
    act(find("menu item", "Take back the last change"), "Press")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    unlock(sys.argv[1])
    enter_contact()
    record_engagement()
    see_the_task()
    move_the_agreement()
    sys.stdout.write("walked\n")
