"""New versions of the program, for whoever asks: they hold nothing secret and prove themselves."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse
from pydantic import BaseModel

from embassy_desk.headquarters.refusals import Refusal
from embassy_desk.headquarters.service import service_of
from embassy_desk.sync.problems import ProblemCode
from embassy_desk.updates.names import PUBLIC_NAME, SERVED_BELOW

MODELS: tuple[type[BaseModel], ...] = ()

router = APIRouter()


# The names are many and the answers are files, so the description of the exchange leaves it out.
@router.get(SERVED_BELOW + "/{name:path}", include_in_schema=False)
def fetch_update(request: Request, name: str) -> Response:
    """Give a file of the place with updates, or the piece of it that `Range` names."""
    path = service_of(request).hub.home / SERVED_BELOW.lstrip("/") / name
    if not PUBLIC_NAME.fullmatch(name) or not path.is_file():
        raise Refusal(ProblemCode.NOT_FOUND)
    return FileResponse(path, media_type="application/octet-stream")
