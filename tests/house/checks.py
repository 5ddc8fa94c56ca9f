"""Checks of what the linters cannot see; test_forbidden.py says where each holds."""

import ast
from collections.abc import Iterator

from house.sources import Function, Source, called, dotted

LOOPS_WITHIN_THE_LOOP = {"exec", "exec_", "processEvents"}
TRANSLATORS = {"N_", "_", "tr", "ngettext", "gettext"}
BROAD = {"Exception", "BaseException"}
BANNED_ENDINGS = ("Manager", "Helper", "Util", "Utils", "Handler", "Data", "Info", "Common", "Misc")
BANNED_MODULES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "data", "info"}
SENTENCE_WORDS = 3
SLEEPS = {"time.sleep", "qtbot.wait", "QTest.qWait", "QTest.qSleep"}

# Widgets that show words: made by the kit, which takes a Text in the reader's language.
WIDGETS_WITH_WORDS = {
    "QAction", "QCheckBox", "QCommandLinkButton", "QDockWidget", "QErrorMessage", "QGroupBox",
    "QInputDialog", "QLabel", "QMenu", "QMessageBox", "QProgressDialog", "QPushButton",
    "QRadioButton", "QToolButton",
}  # fmt: skip
SETTERS_OF_WORDS = {
    "setAccessibleDescription", "setAccessibleName", "setInformativeText", "setPlaceholderText",
    "setStatusTip", "setText", "setTitle", "setToolTip", "setWhatsThis", "setWindowTitle",
}  # fmt: skip


def nested_loops(source: Source) -> Iterator[str]:
    for call in source.calls:
        if isinstance(call.func, ast.Attribute) and call.func.attr in LOOPS_WITHIN_THE_LOOP:
            yield f"{source.at(call)} calls .{call.func.attr}()"
        elif called(call) == "QEventLoop":
            yield f"{source.at(call)} starts a loop of its own"


def late_imports(source: Source) -> Iterator[str]:
    imports = [node for node in source.nodes if isinstance(node, ast.Import | ast.ImportFrom)]
    for function in source.functions:
        for node in imports:
            if function.node.lineno <= node.lineno <= function.last_line:
                yield f"{source.at(node)} imports inside {function.name}"


def hidden_imports(source: Source) -> Iterator[str]:
    for call in source.calls:
        if called(call) in {"import_module", "__import__", "exec_module"}:
            yield f"{source.at(call)} imports what no contract sees"


def broad_handlers(source: Source) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, ast.ExceptHandler) and _is_broad(node.type) and not _raises_on(node):
            yield f"{source.at(node)} catches everything"
    for call in source.calls:
        if called(call) == "suppress" and any(_is_broad(argument) for argument in call.args):
            yield f"{source.at(call)} suppresses everything"


def _is_broad(caught: ast.expr | None) -> bool:
    if isinstance(caught, ast.Tuple):
        return any(_is_broad(each) for each in caught.elts)
    return caught is None or dotted(caught).rpartition(".")[2] in BROAD


def _raises_on(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def glued_translations(source: Source) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, ast.JoinedStr):
            inner = [each for each in ast.walk(node) if isinstance(each, ast.Call)]
            if any(called(each) in TRANSLATORS for each in inner):
                yield f"{source.at(node)} glues a translation into an f-string"
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            sides = [each for each in (node.left, node.right) if isinstance(each, ast.Call)]
            if any(called(each) in TRANSLATORS for each in sides):
                yield f"{source.at(node)} glues a translation with +"


def unmarked_sentences(source: Source) -> Iterator[str]:
    for call in source.calls:
        plain = all(isinstance(each, ast.Constant) for each in call.args[:2])
        if called(call) in TRANSLATORS and not plain:
            yield f"{source.at(call)} marks something that is not a plain sentence"


def bare_widgets(source: Source) -> Iterator[str]:
    for call in source.calls:
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        if called(call) in WIDGETS_WITH_WORDS:
            yield f"{source.at(call)} makes a {called(call)}; ask the kit"
        elif isinstance(owner, ast.Name) and owner.id in WIDGETS_WITH_WORDS - {"QAction"}:
            yield f"{source.at(call)} calls {owner.id}.{called(call)}; ask the kit"


def filtered_unpacking(source: Source) -> Iterator[str]:
    for call in source.calls:
        is_unpacking = called(call) in {"extract", "extractall", "unpack_archive"}
        if is_unpacking and any(each.arg == "filter" for each in call.keywords):
            yield f"{source.at(call)} unpacks with a filter"


def style_sheets(source: Source) -> Iterator[str]:
    for call in source.calls:
        if called(call) == "setStyleSheet":
            yield f"{source.at(call)} dresses by itself; ask the theme"


def words_in_place(source: Source) -> Iterator[str]:
    for call in source.calls:
        for argument in call.args if called(call) in SETTERS_OF_WORDS else []:
            if isinstance(argument, ast.JoinedStr) or _has_letters(argument):
                yield f"{source.at(call)} shows words that nobody can translate"


def _has_letters(argument: ast.expr) -> bool:
    if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
        return False
    return any(letter.isalpha() for letter in argument.value)


def vague_names(source: Source) -> Iterator[str]:
    module = source.place.rpartition("/")[2].removesuffix(".py")
    if module in BANNED_MODULES:
        yield f"{source.place} has a name that says nothing"
    for node in source.classes:
        abstract = "abstract" in (ast.get_docstring(node) or "").lower()
        if node.name.endswith(BANNED_ENDINGS) or (node.name.endswith("Base") and not abstract):
            yield f"{source.at(node)} {node.name} has a name that says nothing"


def sleeps(source: Source) -> Iterator[str]:
    looks = {id(each) for loop in source.nodes if _looks(loop) for each in ast.walk(loop)}
    for call in source.calls:
        name = dotted(call.func)
        if name in SLEEPS or (name == "asyncio.sleep" and _lasts(call) and id(call) not in looks):
            yield f"{source.at(call)} sleeps"


def _looks(node: ast.AST) -> bool:
    """Say whether a loop looks for something again and again, until it is there or fails."""
    if not isinstance(node, ast.While) or isinstance(node.test, ast.Constant):
        return False
    return any(isinstance(each, ast.Raise) for each in ast.walk(node))


def _lasts(call: ast.Call) -> bool:
    return not (call.args and isinstance(call.args[0], ast.Constant) and call.args[0].value == 0)


def idle_tests(source: Source) -> Iterator[str]:
    claiming = {each.node.name for each in source.functions if _claims(each, set())}
    for function in source.functions:
        if function.node.name.startswith("test_") and not _claims(function, claiming):
            yield f"{function.label} asserts nothing"


FAILING_CALLS = frozenset({"raises", "warns", "fail"})
"""Calls that fail a test by themselves; so do waiting for something and a person seeing it."""


def _claims(function: Function, claiming: set[str]) -> bool:
    for node in ast.walk(function.node):
        if isinstance(node, ast.Assert | ast.Raise):
            return True
        if isinstance(node, ast.Call):
            name = called(node)
            waits = name.startswith(("wait", "assert_", "sees")) or name in FAILING_CALLS
            if waits or name in claiming or name == "enforce":
                return True
    return False


def short_names_of_tests(source: Source) -> Iterator[str]:
    for function in source.functions:
        name = function.node.name
        if name.startswith("test_") and len(name.split("_")) <= SENTENCE_WORDS:
            yield f"{function.label} is not a sentence"
