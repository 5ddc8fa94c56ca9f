"""No path of a version leaves its folder, whoever signed it."""

import json
from typing import Any

import pytest

from embassy_desk.updates.errors import UnprovedError
from embassy_desk.updates.manifest import read_manifest

PLATFORM = "linux-x86_64"
PATHS_THAT_LEAVE = (
    "../outside", "_internal/../../outside", "/etc/outside", "C:/outside", "..\\outside",
    "\\\\server\\share", "_internal//x", "_internal/.", "con.txt", "_internal/nul", "x.", "x ",
    "a\u0000b", "a\nb", "x:stream", "e\u0301.so", "", "a" * 300,
)  # fmt: skip


def _manifest() -> dict[str, Any]:
    """Return a manifest of one file that is in order."""
    entry = {"sha256": "0" * 64, "size": 1, "piece": "0" * 64, "piece_size": 1}
    program = {"path": "embassy-desk", "is_program": True, **entry}
    told = {"version": "0.2.0", "platform": PLATFORM, "program": "embassy-desk"}
    return {**told, "files": [program]}


@pytest.mark.parametrize("path", PATHS_THAT_LEAVE)
def test_a_path_that_leaves_the_folder_is_refused_although_signed(path: str) -> None:
    manifest = _manifest()
    manifest["files"].append({**manifest["files"][0], "path": path, "is_program": False})
    with pytest.raises(UnprovedError):
        read_manifest(json.dumps(manifest).encode())


@pytest.mark.parametrize(
    "clash", ["EMBASSY-DESK", "embassy-desk/inside", "_internal/lib.so/inside"]
)
def test_paths_that_clash_are_refused(clash: str) -> None:
    manifest = _manifest()
    manifest["links"] = [{"path": "_internal/lib.so", "to": "other.so"}]
    read_manifest(json.dumps(manifest).encode())
    manifest["files"].append({**manifest["files"][0], "path": clash})
    with pytest.raises(UnprovedError):
        read_manifest(json.dumps(manifest).encode())


@pytest.mark.parametrize("to", ["/etc", "../../..", "../../../etc/passwd", "..\\..", ""])
def test_a_link_that_leads_outside_is_refused(to: str) -> None:
    manifest = _manifest()
    manifest["links"] = [{"path": "_internal/lib.so", "to": to}]
    with pytest.raises(UnprovedError):
        read_manifest(json.dumps(manifest).encode())
