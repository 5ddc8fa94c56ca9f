"""The service as one ASGI application; every error leaves it as a problem document."""

import json
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from functools import cache
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic.json_schema import models_json_schema

from embassy_desk.domain.errors import StoreError
from embassy_desk.headquarters.hub import Hub
from embassy_desk.headquarters.refusals import MEDIA_TYPE, Refusal
from embassy_desk.headquarters.routes import (
    contents,
    enrolment,
    exchange,
    health,
    snapshots,
    updates,
)
from embassy_desk.headquarters.routes.described import PROBLEMS
from embassy_desk.headquarters.service import Service, service_for
from embassy_desk.sync.problems import PROBLEM_TYPE, ProblemCode, ProblemDocument

_LOG = logging.getLogger(__name__)
_TITLE = "Embassy Desk headquarters"
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'"),
)
_ROUTES = (health, enrolment, exchange, snapshots, contents, updates)
_NOT_FOUND, _NOT_ALLOWED = 404, 405

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]


def build_app(hub: Hub, processes: int = 1) -> FastAPI:
    """Return the application of an open headquarters.

    Args:
        hub: The headquarters.
        processes: How many serve it together; limits are shared out among them.
    """
    app = FastAPI(
        title=_TITLE,
        version="1",
        docs_url=None,
        redoc_url=None,
        telemetry={"tracing": False},
        responses=PROBLEMS,
    )
    app.state.service = service_for(hub, processes)
    for module in _ROUTES:
        app.include_router(module.router)
    app.openapi = cache(lambda: _described(FastAPI.openapi(app)))  # type: ignore[method-assign]
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(_NOT_FOUND, _no_such_route)
    app.add_exception_handler(_NOT_ALLOWED, _no_such_route)
    app.add_middleware(_Guard, hub=hub)
    return app


def problem(refusal: Refusal, now_ms: int) -> Response:
    """Return a refusal as an answer."""
    headers = {}
    if refusal.retry_after_s is not None:
        headers["retry-after"] = str(refusal.retry_after_s)
    text = json.dumps(refusal.document(now_ms), ensure_ascii=False)
    return Response(text, refusal.status, media_type=MEDIA_TYPE, headers=headers)


class _Guard:
    """Adds headers of safety, and turns what nobody expected into a problem without details."""

    def __init__(self, app: Application, hub: Hub) -> None:
        self._app = app
        self._hub = hub

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_begun = False

        async def guarded(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                message["headers"] = [*message["headers"], *_HEADERS]
            await send(message)

        try:
            await self._app(scope, receive, guarded)
        except StoreError:
            _LOG.exception("the store refused %s", scope["path"])
            refusal = Refusal(ProblemCode.BUSY, retry_after_s=30)
        except Exception:  # noqa: BLE001  one of the two places that turn bugs into reports
            _LOG.exception("an error nobody expected at %s", scope["path"])
            refusal = Refusal(ProblemCode.BUSY, status=500)
        else:
            return
        if not has_begun:
            answer: Any = problem(refusal, self._hub.now_ms)
            await answer(scope, receive, guarded)


async def _refused(request: Request, error: Exception) -> Response:
    refusal = error if isinstance(error, Refusal) else Refusal(ProblemCode.MALFORMED)
    return problem(refusal, _now_ms(request))


async def _malformed(request: Request, error: Exception) -> Response:
    places = [each["loc"] for each in getattr(error, "errors", list)()]
    detail = ", ".join(sorted({".".join(map(str, each))[:100] for each in places}))
    return problem(Refusal(ProblemCode.MALFORMED, detail=detail[:500]), _now_ms(request))


async def _no_such_route(request: Request, error: Exception) -> Response:
    status = getattr(error, "status_code", _NOT_FOUND)  # the router raises its own kind
    answer = problem(Refusal(ProblemCode.NOT_FOUND, status=status), _now_ms(request))
    allowed = (getattr(error, "headers", None) or {}).get("Allow")
    if allowed:
        answer.headers["allow"] = allowed
    return answer


def _now_ms(request: Request) -> int:
    service: Service = request.app.state.service
    return service.hub.now_ms


def _described(document: dict[str, Any]) -> dict[str, Any]:
    """Return the description with the models of bodies, which routes read by themselves."""
    models = [each for module in _ROUTES for each in module.MODELS]
    _, schemas = models_json_schema(
        [(each, "validation") for each in [*models, ProblemDocument]],
        ref_template="#/components/schemas/{model}",
    )
    known = document.setdefault("components", {}).setdefault("schemas", {})
    for name, schema in schemas.get("$defs", {}).items():
        known.setdefault(name, _plain(schema))
    document["info"]["description"] = (
        "Requests are signed with HTTP message signatures (RFC 9421). Refusals are problem"
        f" documents whose type is {PROBLEM_TYPE} and a code."
    )
    return document


def _plain(schema: Any) -> Any:
    """Return a schema in the words that every reader of JSON Schema knows.

    Python's ends of a pattern become those of JavaScript, pairs become lists of either.
    """
    if isinstance(schema, list):
        return [_plain(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    told = {name: _plain(each) for name, each in schema.items() if name != "prefixItems"}
    if "prefixItems" in schema:
        told["items"] = {"anyOf": _plain(schema["prefixItems"])}
    if isinstance(told.get("pattern"), str):
        told["pattern"] = told["pattern"].replace(r"\A", "^").replace(r"\Z", "$")
    return told
