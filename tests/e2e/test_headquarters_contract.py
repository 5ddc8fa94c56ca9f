"""The running service keeps to its OpenAPI document, whatever an enrolled device sends it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from house.sources import ROOT
from makers.services import make_service

EXAMPLES = 10
OPERATIONS = 13
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,"
    "response_schema_conformance,unsupported_method"
)


@pytest.mark.e2e
def test_the_service_keeps_to_its_description(tmp_path: Path) -> None:
    service = make_service(tmp_path / "hq")
    settings = service.home / "hq.json"
    told = json.loads(settings.read_text(encoding="utf-8"))
    settings.write_text(json.dumps({**told, "requests_at_once": 100_000}), encoding="utf-8")
    service.start("--plain", "--port", "0")
    keys = service.enrolled()
    answer = subprocess.run(
        [
            str(Path(sys.executable).with_name("schemathesis")),
            "run",
            service.url("/openapi.json"),
            "--phases=fuzzing",
            f"--max-examples={EXAMPLES}",
            f"--checks={CHECKS}",
            "--seed=1",
        ],
        cwd=tmp_path,
        env={
            **os.environ,
            "SCHEMATHESIS_HOOKS": "contract_hooks",
            "PYTHONPATH": os.pathsep.join(
                [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "tests" / "e2e")]
            ),
            "CONTRACT_NODE": keys.node,
            "CONTRACT_KEY": keys.signing.to_bytes().hex(),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    code = service.stop()
    assert answer.returncode == 0, answer.stdout[-6000:] + answer.stderr[-2000:]
    assert f"{OPERATIONS} passed" in answer.stdout
    assert code == 0
