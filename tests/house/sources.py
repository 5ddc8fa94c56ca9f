"""The sources of the project as the rules of the house read them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = "src/embassy_desk/"
FOLDERS = (PACKAGE, "tests/", "packaging/", "bench/")

AnyFunction = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file: where it lies below the root of the project, and its text."""

    place: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed text."""
        return ast.parse(self.text)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Everything in the tree; walked once, for there are many rules."""
        return list(ast.walk(self.tree))

    @cached_property
    def length(self) -> int:
        """Number of lines."""
        return len(self.text.splitlines())

    @cached_property
    def functions(self) -> list["Function"]:
        """Every function and method, nested ones too."""
        return list(_functions(self.tree, self.place, None, is_public=True))

    @cached_property
    def classes(self) -> list[ast.ClassDef]:
        """Every class, nested ones too."""
        return [node for node in self.nodes if isinstance(node, ast.ClassDef)]

    @cached_property
    def calls(self) -> list[ast.Call]:
        """Every call."""
        return [node for node in self.nodes if isinstance(node, ast.Call)]

    def at(self, node: ast.stmt | ast.expr | ast.ExceptHandler) -> str:
        """Return place and line of a node."""
        return f"{self.place}:{node.lineno}"


@dataclass(frozen=True)
class Function:
    """One function: its node, the class it is a method of, and whether others may call it."""

    node: AnyFunction
    place: str
    owner: ast.ClassDef | None
    is_public: bool

    @property
    def name(self) -> str:
        """Its name, with that of the class before it."""
        return f"{self.owner.name}.{self.node.name}" if self.owner else self.node.name

    @property
    def label(self) -> str:
        """Where it stands and how it is called."""
        return f"{self.place}:{self.node.lineno} {self.name}"

    @property
    def last_line(self) -> int:
        """Number of the line on which it ends."""
        return self.node.end_lineno or self.node.lineno

    @property
    def length(self) -> int:
        """Number of lines from its name to its end, docstring included."""
        return length_of(self.node)


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Return the Python files below these folders of the project; of all without a name."""
    return tuple(
        _source(path)
        for folder in folders or FOLDERS
        for path in sorted((ROOT / folder).rglob("*.py"))
    )


@cache
def _source(path: Path) -> Source:
    return Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def length_of(node: AnyFunction | ast.ClassDef) -> int:
    """Return the number of lines of a function or class."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def called(call: ast.Call) -> str:
    """Return the last name of what is called, such as `exec` of `dialog.exec()`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def dotted(node: ast.expr) -> str:
    """Return a name with its dots, such as `time.sleep`; empty for other expressions."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def _functions(
    node: ast.AST, place: str, owner: ast.ClassDef | None, *, is_public: bool
) -> Iterator[Function]:
    """Yield the functions below a node; what lies inside a private one is private."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, AnyFunction):
            public = is_public and not child.name.startswith("_")
            yield Function(child, place, owner, public)
            yield from _functions(child, place, None, is_public=False)
        elif isinstance(child, ast.ClassDef):
            public = is_public and not child.name.startswith("_")
            yield from _functions(child, place, child, is_public=public)
        elif not isinstance(child, ast.expr):  # no function is defined inside an expression
            yield from _functions(child, place, owner, is_public=is_public)
