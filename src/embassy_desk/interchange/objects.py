"""Records as JSON, for other programs."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from embassy_desk.interchange.candidates import Candidate, as_text
from embassy_desk.settings.files import replaced


def json_object(candidate: Candidate) -> dict[str, Any]:
    """Return a candidate as one object: its kind, its fields, and its parts as lists."""
    parts = {name: [dict(row) for row in rows] for name, rows in candidate.parts.items()}
    return {"record_kind": candidate.kind, **candidate.values, **parts}


def write_json(path: Path, objects: Iterable[Mapping[str, Any]]) -> None:
    """Write objects as one JSON array in UTF-8, an object a line, whole or not at all.

    Days, times, choices and identities are written as texts.

    Raises:
        StoreError: The file cannot be written.
    """
    with replaced(path) as stream:
        separator = b"[\n"
        for each in objects:
            line = json.dumps(dict(each), ensure_ascii=False, default=as_text)
            stream.write(separator + line.encode("utf-8"))
            separator = b",\n"
        stream.write(b"[]\n" if separator == b"[\n" else b"\n]\n")
