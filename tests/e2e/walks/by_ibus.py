"""Vietnamese typed in Telex through an input method, key by key, into every sort of field.

Runs under Debian's own Python in a session in which ibus speaks to the desk; the keys are those of
an English keyboard, and the letters with their marks are made by the input method.
"""

import subprocess
import sys
import threading
import warnings

from by_tree import Atspi, act, begin, find, press, press_key, seen, unlock

KEYS = "howpj tacs bans daanx vaf tris tueej nhaan taoj dduowngf sawts "
LETTERS = "hợp tác bán dẫn và trí tuệ nhân tạo đường sắt "
BETWEEN_KEYS_S = 0.02
ESCAPE = 0xFF1B
_BETWEEN = threading.Event()  # never set; nobody types faster than this


def text_of(node: object) -> str:
    """Return what stands in a field."""
    return str(Atspi.Text.get_text(node, 0, -1))


def switch_to_vietnamese() -> None:
    """Choose Unikey for what has the focus, as its key does."""
    # Without layouts of the screen it says no, and does it all the same.
    subprocess.run(["ibus", "engine", "Unikey"], check=False, capture_output=True)
    told = subprocess.run(["ibus", "engine"], check=False, capture_output=True, text=True)
    if told.stdout.strip() != "Unikey":
        sys.exit(f"the input method is “{told.stdout.strip()}”")


def type_into(name: str, role: str = "text") -> None:
    """Type the sentence into a field; every letter must stand there, and nothing else."""
    field = find(role, name)
    act(field, "SetFocus")
    switch_to_vietnamese()
    for key in KEYS:
        press_key(ord(key))
        _BETWEEN.wait(BETWEEN_KEYS_S)
    seen(lambda: text_of(field).endswith(" "), f"the end of the sentence in “{name}”")
    if text_of(field) != LETTERS:
        sys.exit(f"“{name}” holds “{text_of(field)}”")
    sys.stdout.write(f"{name}: {text_of(field)}\n")


def main() -> None:
    """Type into the search, a form, its notes, and the palette."""
    type_into("Search everything")
    press_key(ESCAPE)
    begin("Contacts")
    type_into("Family name")
    type_into("Notes")
    press("Save")
    find("label", f"“{LETTERS.strip()}” was entered.")
    act(find("menu item", "Go"), "ShowMenu")
    act(find("menu item", "Find anything …"), "Press")
    type_into("Find anything")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    unlock(sys.argv[1])
    main()
    sys.stdout.write("typed\n")
