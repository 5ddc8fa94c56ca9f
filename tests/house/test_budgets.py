"""Budgets of size, annotation and documentation; the figures are explained in docs/decisions."""

import ast
from collections.abc import Iterator

import pytest

from house.rules import Rule
from house.sources import PACKAGE, Function, Source, length_of, sources

FILE_LINES = 500
FILE_LINES_P95 = 300
FUNCTION_LINES = 60
FUNCTION_LINES_P95 = 30
CLASS_LINES = 250
CLASS_METHODS = 15
CONSTRUCTOR_LINES = 25
DOCUMENTED_PUBLIC_FUNCTIONS = 0.95

# What may be longer than the budgets say, each with the reason.
FREE = {
    f"{PACKAGE}store/migrations/versions/": "steps of the past: written down once, never edited",
}


def long_files(source: Source) -> Iterator[str]:
    if source.length > FILE_LINES:
        yield f"{source.place} has {source.length} lines"


def long_functions(source: Source) -> Iterator[str]:
    for function in source.functions:
        if function.length > FUNCTION_LINES:
            yield f"{function.label} has {function.length} lines"


def long_constructors(source: Source) -> Iterator[str]:
    for function in source.functions:
        if function.node.name == "__init__" and function.length > CONSTRUCTOR_LINES:
            yield f"{function.label} has {function.length} lines"


def large_classes(source: Source) -> Iterator[str]:
    for node in source.classes:
        if length_of(node) > CLASS_LINES:
            yield f"{source.at(node)} {node.name} has {length_of(node)} lines"


def classes_of_many_methods(source: Source) -> Iterator[str]:
    for node in source.classes:
        methods = [each for each in node.body if isinstance(each, _Functions)]
        if len(methods) > CLASS_METHODS:
            yield f"{source.at(node)} {node.name} has {len(methods)} methods"


def missing_annotations(source: Source) -> Iterator[str]:
    for function in source.functions:
        node = function.node
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        if _has_self(function):
            arguments = arguments[1:]
        arguments += [each for each in (node.args.vararg, node.args.kwarg) if each]
        bare = [each.arg for each in arguments if each.annotation is None]
        if node.returns is None:
            bare.append("return")
        if bare:
            yield f"{function.label} lacks annotations: {', '.join(bare)}"


def undocumented_modules_and_classes(source: Source) -> Iterator[str]:
    if not ast.get_docstring(source.tree):
        yield f"{source.place} has no docstring"
    for node in source.classes:
        if not ast.get_docstring(node):
            yield f"{source.at(node)} {node.name} has no docstring"


_Functions = ast.FunctionDef | ast.AsyncFunctionDef


def _has_self(function: Function) -> bool:
    decorators = {each.id for each in function.node.decorator_list if isinstance(each, ast.Name)}
    return function.owner is not None and "staticmethod" not in decorators


def _function_of(lines: int, name: str = "f") -> str:
    return f"def {name}(self) -> None:\n" + "    pass\n" * (lines - 1)


def _method_of(lines: int, name: str = "f") -> str:
    body = "        pass\n" * (lines - 1)
    return f"class Desk:\n    def {name}(self) -> None:\n{body}"


RULES = [
    Rule(
        name=f"A file has at most {FILE_LINES} lines",
        complaints=long_files,
        free=FREE,
        offender="pass\n" * (FILE_LINES + 1),
        innocent="pass\n" * FILE_LINES,
    ),
    Rule(
        name=f"A function has at most {FUNCTION_LINES} lines",
        complaints=long_functions,
        free=FREE,
        offender=_function_of(FUNCTION_LINES + 1),
        innocent=_function_of(FUNCTION_LINES),
    ),
    Rule(
        name=f"A constructor has at most {CONSTRUCTOR_LINES} lines",
        complaints=long_constructors,
        offender=_method_of(CONSTRUCTOR_LINES + 1, "__init__"),
        innocent=_method_of(CONSTRUCTOR_LINES + 1, "built"),
    ),
    Rule(
        name=f"A class has at most {CLASS_LINES} lines",
        complaints=large_classes,
        offender="class Desk:\n" + "    size = 1\n" * CLASS_LINES,
        innocent="class Desk:\n" + "    size = 1\n" * (CLASS_LINES - 1),
    ),
    Rule(
        name=f"A class has at most {CLASS_METHODS} methods",
        complaints=classes_of_many_methods,
        offender="class Desk:\n" + "    def f(self) -> None: ...\n" * (CLASS_METHODS + 1),
        innocent="class Desk:\n" + "    def f(self) -> None: ...\n" * CLASS_METHODS,
    ),
    Rule(
        name="Every argument and every answer is annotated",
        complaints=missing_annotations,
        offender="def f(number: int, *rest) -> int: ...\n",
        innocent="class Desk:\n    def f(self, number: int, **rest: str) -> int: ...\n",
    ),
    Rule(
        name="Every module and every class says what it is for",
        complaints=undocumented_modules_and_classes,
        folders=(PACKAGE, "packaging/"),
        offender='"""A module."""\n\nclass Desk:\n    size = 1\n',
        innocent='"""A module."""\n\nclass Desk:\n    """A desk."""\n',
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_the_project_keeps_the_budget(rule: Rule) -> None:
    rule.enforce()


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_the_budget_can_be_broken(rule: Rule) -> None:
    assert rule.broken_by(rule.offender)


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_the_budget_leaves_room_up_to_its_figure(rule: Rule) -> None:
    assert rule.broken_by(rule.innocent) == []


def is_free(source: Source) -> bool:
    """Say whether the budgets leave a file free."""
    return any(source.place.startswith(place) for place in FREE)


def percentile_95(figures: list[int]) -> int:
    """Return the smallest figure that at least 95 of 100 do not exceed; zero for none."""
    ordered = sorted(figures)
    return ordered[-(-len(ordered) * 95 // 100) - 1] if ordered else 0


def test_most_files_are_short() -> None:
    files = [source.length for source in sources() if not is_free(source)]
    assert percentile_95(files) <= FILE_LINES_P95


def test_most_functions_are_short() -> None:
    counted = [source for source in sources() if not is_free(source)]
    lengths = [each.length for source in counted for each in source.functions]
    assert percentile_95(lengths) <= FUNCTION_LINES_P95


@pytest.mark.parametrize(
    ("figures", "expected"), [([], 0), ([7], 7), ([1] * 95 + [9] * 5, 1), ([1] * 94 + [9] * 6, 9)]
)
def test_percentile_counts_the_figures(figures: list[int], expected: int) -> None:
    assert percentile_95(figures) == expected


def public_functions(source: Source) -> list[Function]:
    """Return the functions others call; magic methods and nested functions are not asked."""
    return [function for function in source.functions if function.is_public]


def undocumented(functions: list[Function]) -> list[str]:
    """Return those without a docstring."""
    return [each.label for each in functions if not ast.get_docstring(each.node)]


def test_public_functions_say_what_they_do() -> None:
    functions = [
        each
        for source in sources(PACKAGE)
        if not is_free(source)
        for each in public_functions(source)
    ]
    without = undocumented(functions)
    assert len(without) <= len(functions) * (1 - DOCUMENTED_PUBLIC_FUNCTIONS), without


def test_a_public_function_without_words_is_noticed() -> None:
    planted = Source("planted.py", "def f(): ...\ndef _g(): ...\nclass D:\n    def h(self): ...\n")
    assert undocumented(public_functions(planted)) == ["planted.py:1 f", "planted.py:4 D.h"]
