"""`POST /sync/v1/exchange` and what belongs to it: everything in one round trip, and repair."""

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from embassy_desk.headquarters.bodies import answer, body_of, model_of, plain_body
from embassy_desk.headquarters.desk import exchange
from embassy_desk.headquarters.mending import bucket_sums, chain_links, new_identity, whole_rows
from embassy_desk.headquarters.routes.described import takes, tells
from embassy_desk.headquarters.service import Service, service_of
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

router = APIRouter()


@router.post(
    EXCHANGE_PATH,
    openapi_extra=takes(ExchangeRequest),
    responses=tells(ExchangeAnswer),
    response_class=Response,
)
async def exchange_everything(request: Request) -> Response:
    """Take operations, acknowledge them by hash, and tell what changed."""
    body = await body_of(request)
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
    body = await body_of(request)

    def told(service: Service) -> DigestAnswer:
        caller = service.sign_in.caller(request, body)
        asked = model_of(DigestRequest, plain_body(request, body))
        return bucket_sums(service.hub, caller, asked)

    return answer(request, await run_in_threadpool(told, service_of(request)))


@router.post(
    ROWS_PATH,
    openapi_extra=takes(RowsRequest),
    responses=tells(RowsAnswer),
    response_class=Response,
)
async def fetch_rows(request: Request) -> Response:
    """Tell whole rows by name."""
    body = await body_of(request)

    def told(service: Service) -> RowsAnswer:
        caller = service.sign_in.caller(request, body)
        asked = model_of(RowsRequest, plain_body(request, body))
        return whole_rows(service.hub, caller, asked)

    return answer(request, await run_in_threadpool(told, service_of(request)))


@router.post(
    CHAIN_PATH,
    openapi_extra=takes(ChainRequest),
    responses=tells(ChainAnswer),
    response_class=Response,
)
async def fetch_links(request: Request) -> Response:
    """Tell links of the asking device's own chain."""
    body = await body_of(request)

    def told(service: Service) -> ChainAnswer:
        caller = service.sign_in.caller(request, body)
        asked = model_of(ChainRequest, plain_body(request, body))
        return chain_links(service.hub, caller, asked)

    return answer(request, await run_in_threadpool(told, service_of(request)))


@router.post(
    REIDENTIFY_PATH,
    openapi_extra=takes(ReidentifyRequest),
    responses=tells(ReidentifyRequest),
    response_class=Response,
)
async def take_new_identity(request: Request) -> Response:
    """Let a device that parted from its past go on under a new identity; say which, again."""
    body = await body_of(request)

    def taken(service: Service) -> ReidentifyRequest:
        caller = service.sign_in.caller(request, body)
        asked = model_of(ReidentifyRequest, plain_body(request, body))
        new_identity(service.hub, caller, asked)
        return asked

    return answer(request, await run_in_threadpool(taken, service_of(request)))
