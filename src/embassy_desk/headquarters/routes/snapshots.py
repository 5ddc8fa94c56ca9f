"""Snapshots: a description, and the file itself in pieces."""

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse
from pydantic import BaseModel

from embassy_desk.headquarters.admission import signed_body_of
from embassy_desk.headquarters.bodies import answer
from embassy_desk.headquarters.refusals import Refusal
from embassy_desk.headquarters.routes.described import signed, tells
from embassy_desk.headquarters.service import Service, service_of
from embassy_desk.sync.exchange import SNAPSHOT_PATH, SnapshotOffer
from embassy_desk.sync.problems import ProblemCode

MODELS: tuple[type[BaseModel], ...] = (SnapshotOffer,)

router = APIRouter()


@router.get(
    SNAPSHOT_PATH + "/{scope}",
    openapi_extra=signed(),
    responses=tells(SnapshotOffer),
    response_class=Response,
)
async def describe_snapshot(request: Request, scope: str) -> Response:
    """Tell what snapshot of a scope there is; one is made when none will do."""
    body = await signed_body_of(request)

    def told(service: Service) -> SnapshotOffer:
        caller = service.sign_in.caller(request, body)
        offer = service.snapshots.offer(scope) if scope in caller.scopes else None
        if offer is None:
            raise Refusal(ProblemCode.NOT_FOUND)
        return offer

    return answer(request, await run_in_threadpool(told, service_of(request)))


@router.get(
    SNAPSHOT_PATH + "/{scope}/{name}",
    openapi_extra=signed(),
    response_class=FileResponse,
    responses={200: {"content": {"application/zstd": {}}, "description": "The whole file."},
               206: {"content": {"application/zstd": {}}, "description": "A piece of it."}},
)  # fmt: skip
async def fetch_snapshot(request: Request, scope: str, name: str) -> Response:
    """Give a snapshot, or the piece of it that `Range` names."""
    body = await signed_body_of(request)

    def found(service: Service) -> Response:
        caller = service.sign_in.caller(request, body)
        if scope not in caller.scopes or not service.snapshots.belongs_to(scope, name):
            raise Refusal(ProblemCode.NOT_FOUND)
        headers = {"etag": f'"{name}"', "accept-ranges": "bytes"}
        path = service.snapshots.path(name)
        return FileResponse(path, media_type="application/zstd", headers=headers)

    return await run_in_threadpool(found, service_of(request))
