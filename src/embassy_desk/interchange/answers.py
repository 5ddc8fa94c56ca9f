"""What a reader in a child process says, as plain JSON that is checked when it arrives.

Values go through the classes that the reader says it returns; sentences and errors through the
forms below. Nothing that arrives can name code to run, unlike a pickle.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from string import Formatter
from types import MappingProxyType
from typing import Annotated, Any, get_args, get_type_hints

from pydantic import PlainSerializer, PlainValidator, TypeAdapter, ValidationError

from embassy_desk.domain.errors import (
    DeskError,
    InvalidError,
    MissingError,
    Problem,
    RefusedError,
    StoreError,
)
from embassy_desk.interchange.errors import FileProblem, UnreadableFileError, whole_file
from embassy_desk.texts import N_, Text


class NotAnAnswerError(Exception):
    """What a child process sent is nothing that a reader says."""


def plain(text: Text) -> dict[str, Any]:
    """Return a sentence with its values as JSON can hold it."""
    return {
        "message": text.message,
        "plural": text.plural,
        "count": text.count,
        "values": {name: _plain_value(value) for name, value in text.values.items()},
    }


def _plain_value(value: Any) -> Any:
    if isinstance(value, Text):
        return {"text": plain(value)}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value if isinstance(value, str | int | float | None) else str(value)


def text_of(value: Any) -> Text:
    """Return the sentence that `plain` gave.

    Raises:
        ValueError: It is none.
    """
    try:
        values = MappingProxyType({k: _value_of(each) for k, each in value["values"].items()})
        text = Text(value["message"], values, value["plural"], value["count"])
        for message in filter(None, (text.message, text.plural)):
            # Only plain names stand in our braces; a width could fill the memory here.
            for _, name, form, conversion in Formatter().parse(message):
                if (name is not None and name not in values) or form or conversion:
                    raise ValueError(name)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError from error
    return text


def _value_of(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    return text_of(value["text"]) if "text" in value else date.fromisoformat(value["day"])


SentText = Annotated[Text, PlainSerializer(plain), PlainValidator(text_of)]
"""A sentence in what a reader returns: write its fields with this type instead of `Text`."""


def _plain_problem(problem: FileProblem) -> list[Any]:
    return [problem.line, problem.field, plain(problem.text)]


def _problem_of(value: Any) -> FileProblem:
    """Return the problem that `_plain_problem` gave.

    Raises:
        ValueError: It is none.
    """
    if isinstance(value, FileProblem):
        return value
    try:
        line, field, text = value
        return FileProblem(int(line), str(field), text_of(text))
    except TypeError as error:
        raise ValueError from error


SentProblem = Annotated[FileProblem, PlainSerializer(_plain_problem), PlainValidator(_problem_of)]
"""What is wrong with a file, in what a reader returns."""


def packed(reader: Callable[..., Any], answer: Any) -> bytes:
    """Return what a reader answered, as its return type says it."""
    return _adapter(_returned(reader)).dump_json(answer)


def packed_piece(reader: Callable[..., Any], piece: Any) -> bytes:
    """Return one of the answers of a reader that yields them, as its return type says it."""
    return _adapter(*get_args(_returned(reader))).dump_json(piece)


def unpacked(reader: Callable[..., Any], content: bytes) -> Any:
    """Return what `packed` was given, checked again.

    Raises:
        UnreadableFileError: It is not what the reader returns.
    """
    return _checked(_adapter(_returned(reader)), content)


def unpacked_piece(reader: Callable[..., Any], content: bytes) -> Any:
    """Return what `packed_piece` was given, checked again.

    Raises:
        UnreadableFileError: It is not what the reader yields.
    """
    return _checked(_adapter(*get_args(_returned(reader))), content)


def _checked(adapter: TypeAdapter[Any], content: bytes) -> Any:
    try:
        return adapter.validate_json(content)
    except ValidationError as error:
        raise whole_file(N_("This file cannot be read; it is damaged or not safe.")) from error


def _returned(reader: Callable[..., Any]) -> Any:
    return get_type_hints(reader, include_extras=True)["return"]


@cache
def _adapter(answer: Any) -> TypeAdapter[Any]:
    return TypeAdapter(answer)


def packed_error(error: DeskError) -> bytes:
    """Return an error with all its sentences."""
    content: dict[str, Any] = {"code": error.code, "text": plain(error.text)}
    if isinstance(error, UnreadableFileError):
        content["problems"] = [[each.line, each.field, plain(each.text)] for each in error.problems]
    elif isinstance(error, InvalidError):
        content["problems"] = [[0, each.field, plain(each.text)] for each in error.problems]
    return json.dumps(content).encode()


def unpacked_error(content: bytes) -> DeskError:
    """Return the error that `packed_error` was given.

    Raises:
        NotAnAnswerError: It is none.
    """
    try:
        return _error_of(json.loads(content))
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise NotAnAnswerError from error


def _error_of(given: Any) -> DeskError:
    problems = [
        (int(line), str(field), text_of(text)) for line, field, text in given.get("problems", ())
    ]
    if given["code"] == UnreadableFileError.code:
        return UnreadableFileError(FileProblem(*each) for each in problems)
    if given["code"] == InvalidError.code:
        return InvalidError(Problem(field, text) for _, field, text in problems)
    return _PLAIN_ERRORS[given["code"]](text_of(given["text"]))


_PLAIN_ERRORS: Mapping[str, Callable[[Text], DeskError]] = {
    each.code: each for each in (RefusedError, MissingError, StoreError)
}
