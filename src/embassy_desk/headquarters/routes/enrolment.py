"""`POST /enrol` and what a device asks while it waits."""

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel
from sqlalchemy import Row

from embassy_desk.domain.errors import InvalidError, RefusedError
from embassy_desk.headquarters.admission import signed_body_of
from embassy_desk.headquarters.bodies import answer, body_of, model_of, refuse_compressed
from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.enrolling import answer_to, enrol, node_row
from embassy_desk.headquarters.refusals import Refusal
from embassy_desk.headquarters.routes.described import signed, takes, tells
from embassy_desk.headquarters.service import Service, service_of
from embassy_desk.sync.enrolment import EnrolmentAnswer, EnrolmentRequest
from embassy_desk.sync.problems import ProblemCode

ENROL_PATH = "/enrol"
STATUS_PATH = "/enrol/status"
LARGEST_REQUEST_BYTES = 16 * 1024
MODELS: tuple[type[BaseModel], ...] = (EnrolmentRequest, EnrolmentAnswer)

router = APIRouter()


@router.post(
    ENROL_PATH,
    openapi_extra=takes(EnrolmentRequest, is_signed=False),
    responses=tells(EnrolmentAnswer),
    response_class=Response,
)
async def enrol_device(request: Request) -> Response:
    """Take a device in as pending; answer again to one that asks twice."""
    refuse_compressed(request)
    body = await body_of(request, largest=LARGEST_REQUEST_BYTES)
    service = service_of(request)
    asked = model_of(EnrolmentRequest, body)
    told = await run_in_threadpool(_enrolled, service, asked, _address_of(request))
    return answer(request, told)


@router.get(
    STATUS_PATH, openapi_extra=signed(), responses=tells(EnrolmentAnswer), response_class=Response
)
async def enrolment_status(request: Request) -> Response:
    """Tell a device whether it is approved; the one thing that a pending one may ask."""
    body = await signed_body_of(request)
    service = service_of(request)
    caller = await run_in_threadpool(service.sign_in.caller, request, body, may_wait=True)
    told = await run_in_threadpool(_status, service, caller.node_id)
    return answer(request, told)


def _enrolled(service: Service, asked: EnrolmentRequest, address: str) -> EnrolmentAnswer:
    """Enrol, and count only what fails against the limits."""
    for limit, key in ((service.enrolments, address), (service.all_enrolments, "")):
        wait_s = limit.wait_s(key)
        if wait_s:
            raise Refusal(ProblemCode.BUSY, status=429, retry_after_s=wait_s)
    try:
        with service.hub.database.writing([EVERY_SCOPE]) as connection:
            told = enrol(service.hub, connection, asked)
    except InvalidError as error:
        raise Refusal(ProblemCode.MALFORMED, detail=str(error.text)) from error
    except RefusedError as error:
        raise Refusal(ProblemCode.NOT_FOUND, detail=str(error.text)) from error
    service.enrolments.give_back(address)
    service.all_enrolments.give_back("")
    return told


def _status(service: Service, node_id: str) -> EnrolmentAnswer:
    with service.hub.database.reading([EVERY_SCOPE]) as connection:
        node: Row[tuple[object, ...]] = node_row(connection, node_id)
        return answer_to(service.hub, connection, node)


def _address_of(request: Request) -> str:
    return request.client.host if request.client else ""
