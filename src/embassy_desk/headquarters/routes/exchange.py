"""`POST /sync/v1/exchange` and what belongs to it: everything in one round trip, and repair."""

from collections.abc import Callable
from typing import TypeVar

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from embassy_desk.headquarters.admission import signed_body_of
from embassy_desk.headquarters.bodies import answer, model_of, plain_body
from embassy_desk.headquarters.desk import exchange
from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.mending import bucket_sums, chain_links, new_identity, whole_rows
from embassy_desk.headquarters.routes.described import takes, tells
from embassy_desk.headquarters.service import Service, service_of
from embassy_desk.headquarters.signing_in import Caller
from embassy_desk.sync.exchange import (
    CHAIN_PATH,
    DIGEST_PATH,
    EXCHANGE_PATH,
    REIDENTIFY_PATH,
    ROWS_PATH,
    ChainAnswer,
    ChainRequest,
    DigestAnswer,
    DigestRequest,
    ExchangeAnswer,
    ExchangeRequest,
    ReidentifyRequest,
    RowsAnswer,
    RowsRequest,
)

MODELS: tuple[type[BaseModel], ...] = (
    ExchangeRequest,
    ExchangeAnswer,
    DigestRequest,
    DigestAnswer,
    RowsRequest,
    RowsAnswer,
    ChainRequest,
    ChainAnswer,
    ReidentifyRequest,
)

Asked = TypeVar("Asked", bound=BaseModel)

router = APIRouter()


@router.post(
    EXCHANGE_PATH,
    openapi_extra=takes(ExchangeRequest),
    responses=tells(ExchangeAnswer),
    response_class=Response,
)
async def exchange_everything(request: Request) -> Response:
    """Take operations, acknowledge them by hash, and tell what changed."""
    body = await signed_body_of(request)
    return await run_in_threadpool(_exchanged, service_of(request), request, body)


def _exchanged(service: Service, request: Request, body: bytes) -> Response:
    caller = service.sign_in.caller(request, body)
    plain = plain_body(request, body)
    asked = model_of(ExchangeRequest, plain)
    return answer(request, exchange(service, caller, asked, plain))


@router.post(
    DIGEST_PATH,
    openapi_extra=takes(DigestRequest),
    responses=tells(DigestAnswer),
    response_class=Response,
)
async def compare_digests(request: Request) -> Response:
    """Tell sums of a scope's buckets, or the digests of their rows."""
    return await _told(request, DigestRequest, bucket_sums)


@router.post(
    ROWS_PATH,
    openapi_extra=takes(RowsRequest),
    responses=tells(RowsAnswer),
    response_class=Response,
)
async def fetch_rows(request: Request) -> Response:
    """Tell whole rows by name."""
    return await _told(request, RowsRequest, whole_rows)


@router.post(
    CHAIN_PATH,
    openapi_extra=takes(ChainRequest),
    responses=tells(ChainAnswer),
    response_class=Response,
)
async def fetch_links(request: Request) -> Response:
    """Tell links of the asking device's own chain."""
    return await _told(request, ChainRequest, chain_links)


@router.post(
    REIDENTIFY_PATH,
    openapi_extra=takes(ReidentifyRequest),
    responses=tells(ReidentifyRequest),
    response_class=Response,
)
async def take_new_identity(request: Request) -> Response:
    """Let a device that parted from its past go on under a new identity; say which, again."""
    return await _told(request, ReidentifyRequest, new_identity)


async def _told(
    request: Request,
    model: type[Asked],
    tell: Callable[[Hub, Caller, Asked], BaseModel],
) -> Response:
    """Answer a signed request, off the loop, with what headquarters tells its caller."""
    body = await signed_body_of(request)

    def told(service: Service) -> BaseModel:
        caller = service.sign_in.caller(request, body)
        return tell(service.hub, caller, model_of(model, plain_body(request, body)))

    return answer(request, await run_in_threadpool(told, service_of(request)))
