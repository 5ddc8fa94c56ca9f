"""How routes that read their bodies by themselves are described in the OpenAPI document."""

from typing import Any

from pydantic import BaseModel

from embassy_desk.headquarters.refusals import MEDIA_TYPE

_PROBLEM_SCHEMA = {"$ref": "#/components/schemas/ProblemDocument"}


def _problem(words: str) -> dict[str, Any]:
    return {"description": words, "content": {MEDIA_TYPE: {"schema": _PROBLEM_SCHEMA}}}


PROBLEMS: dict[int | str, dict[str, Any]] = {
    "4XX": _problem("Refused; the type says why."),
    "5XX": _problem("Not now; Retry-After says when."),
}
"""What every route may answer besides."""

_SIGNATURE_HEADERS = ("Signature-Input", "Signature", "Content-Digest")


def takes(model: type[BaseModel], *, is_signed: bool = True) -> dict[str, Any]:
    """Return what `openapi_extra` says of a route that takes a model."""
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    body = {"required": True, "content": {"application/json": {"schema": schema}}}
    return {"requestBody": body, **(signed() if is_signed else {})}


def takes_bytes(words: str) -> dict[str, Any]:
    """Return what `openapi_extra` says of a signed route that takes bytes."""
    content = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    return {"requestBody": {"required": True, "description": words, "content": content}, **signed()}


def signed() -> dict[str, Any]:
    """Return the headers of a signature, for `openapi_extra`."""
    parameters = [
        {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}
        for name in _SIGNATURE_HEADERS
    ]
    return {"parameters": parameters}


def tells(model: type[BaseModel]) -> dict[int | str, dict[str, Any]]:
    """Return what `responses` says of a route that answers with a model."""
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    return {200: {"description": "Done.", "content": {"application/json": {"schema": schema}}}}
