"""How bodies come in and go out: bounded in size and time, compressed where that helps."""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import Request, Response
from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from embassy_desk.domain.errors import InvalidError
from embassy_desk.headquarters.refusals import Refusal
from embassy_desk.sync.compression import ENCODING, compressed, decompressed
from embassy_desk.sync.exchange import (
    LARGEST_BODY_BYTES,
    LARGEST_TEXT_BYTES,
    MEDIA_TYPE,
    MOST_OPERATIONS,
)
from embassy_desk.sync.problems import ProblemCode

Model = TypeVar("Model", bound=BaseModel)

GRACE_S = 15.0
SLOWEST_BYTES_PER_S = 500
"""After so many seconds a body must have come at this pace on average, or it is given up."""

SMALLEST_COMPRESSED = 200
"""Shorter answers go out as they are."""

SMALLEST_CROWDED = 64 * 1024
MOST_KEYS = 1_000
"""Of one object; the scopes of an officer of headquarters are the most."""

_REQUEST_TIMEOUT = 408


async def body_of(
    request: Request,
    *,
    largest: int = LARGEST_BODY_BYTES,
    timer: Callable[[], float] = time.monotonic,
) -> bytes:
    """Return a body as it came in, whatever length was claimed.

    Raises:
        Refusal: It is too large or too slow.
    """
    claimed = request.headers.get("content-length", "0")
    if not claimed.isdecimal() or int(claimed) > largest:
        raise Refusal(ProblemCode.TOO_LARGE, limit_bytes=largest)
    parts: list[bytes] = []
    size, started = 0, timer()
    stream = request.stream()
    while True:
        left_s = started + GRACE_S + size / SLOWEST_BYTES_PER_S - timer()
        try:
            part = await asyncio.wait_for(anext(stream), left_s)
        except StopAsyncIteration:
            return b"".join(parts)
        except TimeoutError as error:
            raise Refusal(ProblemCode.BUSY, status=_REQUEST_TIMEOUT, retry_after_s=5) from error
        parts.append(part)
        size += len(part)
        if size > largest:
            raise Refusal(ProblemCode.TOO_LARGE, limit_bytes=largest)


def plain_body(request: Request, body: bytes) -> bytes:
    """Return a body decompressed; only for requests whose signature was checked.

    Raises:
        Refusal: It is compressed in another way, damaged, or becomes too large.
    """
    encoding = request.headers.get("content-encoding", "").strip().lower()
    if not encoding or encoding == "identity":
        return body
    if encoding != ENCODING:
        raise Refusal(ProblemCode.ENCODING)
    try:
        return decompressed(body, LARGEST_TEXT_BYTES)
    except InvalidError as error:
        raise Refusal(ProblemCode.MALFORMED, detail=str(error.text)) from error


def refuse_compressed(request: Request) -> None:
    """Refuse a compressed body of somebody who has not signed.

    Raises:
        Refusal: It is compressed.
    """
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise Refusal(ProblemCode.ENCODING)


def model_of(model: type[Model], body: bytes) -> Model:
    """Return a body read by a closed model.

    Raises:
        Refusal: It is not JSON, or not what the model says; names the places, never the values.
    """
    _refuse_crowded(body)
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        places = sorted({".".join(map(str, each["loc"]))[:100] for each in error.errors()})
        raise Refusal(ProblemCode.MALFORMED, detail=", ".join(places)[:500]) from error
    except (RecursionError, UnicodeError, ValueError) as error:
        raise Refusal(ProblemCode.MALFORMED) from error


def _refuse_crowded(body: bytes) -> None:
    """Refuse objects and lists of more than any model takes: each key would become an error.

    A million wrong keys took the service 14 s and two gigabytes to complain of.

    Raises:
        Refusal: There is one.
    """
    if len(body) < SMALLEST_CROWDED:
        return
    try:
        left: list[dict[str, Any] | list[Any]] = [[from_json(body)]]
    except ValueError as error:
        raise Refusal(ProblemCode.MALFORMED) from error
    while left:
        each = left.pop()
        if len(each) > (MOST_KEYS if isinstance(each, dict) else MOST_OPERATIONS):
            raise Refusal(ProblemCode.MALFORMED, detail="too many keys or items")
        inner = each.values() if isinstance(each, dict) else each
        left += [value for value in inner if isinstance(value, dict | list)]


def answer(request: Request, told: BaseModel | dict[str, Any]) -> Response:
    """Return an answer in JSON, compressed when it is long and the other side can read that."""
    if isinstance(told, BaseModel):
        text = told.model_dump_json(by_alias=True, exclude_unset=True).encode()
    else:
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return packed_answer(request, text)


def packed_answer(request: Request, text: bytes, media_type: str = MEDIA_TYPE) -> Response:
    """Return bytes as an answer, compressed when they are many and the other side can read that."""
    accepted = request.headers.get("accept-encoding", "")
    if len(text) < SMALLEST_COMPRESSED or "zstd" not in accepted:
        return Response(text, media_type=media_type)
    headers = {"content-encoding": "zstd", "vary": "accept-encoding"}
    return Response(compressed(text), media_type=media_type, headers=headers)
