"""Contents of attachments, both ways in pieces."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from embassy_desk.headquarters.admission import signed_body_of
from embassy_desk.headquarters.bodies import answer
from embassy_desk.headquarters.refusals import Refusal
from embassy_desk.headquarters.routes.described import signed, takes_bytes, tells
from embassy_desk.headquarters.service import Service, service_of
from embassy_desk.sealing.files import LARGEST_FILE_BYTES
from embassy_desk.sync.contents import (
    CONTENT_PATH,
    CONTENT_TYPE,
    LARGEST_PIECE_BYTES,
    ContentAnswer,
)
from embassy_desk.sync.problems import ProblemCode

MODELS: tuple[type[BaseModel], ...] = (ContentAnswer,)

router = APIRouter()

RowId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
Digest = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]
Start = Annotated[int, Query(ge=0, le=LARGEST_FILE_BYTES)]
Most = Annotated[int, Query(ge=1, le=LARGEST_PIECE_BYTES)]


@router.put(
    CONTENT_PATH + "/{row}/{digest}",
    openapi_extra=takes_bytes("The bytes from `start` on; none to ask how many are held."),
    responses=tells(ContentAnswer),
    response_class=Response,
)
async def take_piece(request: Request, row: RowId, digest: Digest, start: Start) -> Response:
    """Take a piece of a content in; one that does not follow on what is held changes nothing."""
    body = await signed_body_of(request, largest=LARGEST_PIECE_BYTES)

    def taken(service: Service) -> ContentAnswer:
        caller = service.sign_in.caller(request, body)
        if "content-encoding" in request.headers:
            raise Refusal(ProblemCode.ENCODING)
        return service.contents.take(caller, row, digest, start, body)

    return answer(request, await run_in_threadpool(taken, service_of(request)))


@router.get(
    CONTENT_PATH + "/{row}/{digest}",
    openapi_extra=signed(),
    response_class=Response,
    responses={200: {"content": {CONTENT_TYPE: {}}, "description": "The piece; empty at its end."}},
)
async def give_piece(
    request: Request, row: RowId, digest: Digest, start: Start, most: Most
) -> Response:
    """Give a piece of a content."""
    body = await signed_body_of(request)

    def given(service: Service) -> bytes:
        caller = service.sign_in.caller(request, body)
        return service.contents.give(caller, row, digest, start, most)

    piece = await run_in_threadpool(given, service_of(request))
    return Response(piece, media_type=CONTENT_TYPE)
