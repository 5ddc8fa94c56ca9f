"""Whether headquarters is there, and which root it has; nobody needs to sign for that."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from embassy_desk.headquarters.service import service_of
from embassy_desk.sync.exchange import HEALTH_PATH

ROOT_PATH = "/enrol/root.pem"
MODELS: tuple[type[BaseModel], ...] = ()

router = APIRouter()


@router.get(HEALTH_PATH, status_code=204, response_class=Response)
async def health() -> None:
    """Answer, so that a laptop knows that the line carries to here."""


@router.get(
    ROOT_PATH,
    response_class=Response,
    responses={200: {"content": {"application/x-pem-file": {}}, "description": "The root."}},
)
async def root(request: Request) -> Response:
    """Return the root certificate; whoever fetches it compares it with the code's fingerprint."""
    certificate = service_of(request).hub.keys.root.certificate
    return Response(certificate, media_type="application/x-pem-file")
