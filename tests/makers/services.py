"""The service of headquarters as a process of its own, as an operator starts it."""

import json
import select
import signal
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2

from embassy_desk.headquarters.database import EVERY_SCOPE
from embassy_desk.headquarters.enrolling import enrol
from embassy_desk.sealing.requests import signed_headers
from makers.hubs import HubClock, Keys, approve_device, make_code, make_hub

DEADLINE_S = 60.0


@dataclass
class ServiceProcess:
    """A home and the process that serves it.

    Attributes:
        home: Its folder.
        address: Where it answers, once started.
    """

    home: Path
    address: str = ""
    process: subprocess.Popen[str] | None = field(default=None, repr=False)

    def run(self, *words: str) -> Any:
        """Run a command of the operator and return its answer, if it is JSON."""
        answer = subprocess.run(
            [*_program(), "--home", str(self.home), *words],
            capture_output=True,
            text=True,
            check=False,
        )
        assert answer.returncode == 0, answer.stderr
        return json.loads(answer.stdout) if "--json" in words else answer.stdout

    def start(self, *words: str) -> None:
        """Start serving on a free port of this machine, and wait until it says where."""
        self.process = subprocess.Popen(
            [*_program(), "--home", str(self.home), "--language", "en", "serve", *words],
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stderr is not None
        ready, _, _ = select.select([self.process.stderr], [], [], DEADLINE_S)
        assert ready, "the service says nothing"
        line = self.process.stderr.readline()
        assert "answers at" in line, line + self.process.stderr.read()
        self.address = line.strip().removesuffix(".").rpartition(" ")[2]

    def kill(self) -> None:
        """End the process as a power cut would."""
        assert self.process is not None
        self.process.kill()
        self._gone()

    def stop(self) -> int:
        """Ask the process to end and return its exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self._gone()

    def _gone(self) -> int:
        assert self.process is not None
        code = self.process.wait(DEADLINE_S)
        assert self.process.stderr is not None
        self.process.stderr.close()
        self.process = None
        return code

    def enrolled(self, mission: str = "TOK") -> Keys:
        """Return the keys of a device that was let in and approved, past the laptop's program."""
        secret = self.run("enrolment", "new", "--mission", mission, "--json")["code"].split("+")[1]
        keys = Keys()
        request = keys.request(secret.replace("-", ""))
        url = self.url("/enrol")
        answer = httpx2.post(url, content=request.model_dump_json(), verify=False)
        assert answer.status_code == 200, answer.text
        self.run("devices", "approve", keys.node, "--json")
        return keys

    def url(self, path: str) -> str:
        """Return the address of a path."""
        base = self.address if "://" in self.address else f"https://{self.address}"
        return base + path


def _program() -> list[str]:
    return [sys.executable, "-m", "embassy_desk.cli.hq"]


def make_service(home: Path, *words: str) -> ServiceProcess:
    """Return a headquarters with the mission TOK, not yet serving."""
    service = ServiceProcess(home)
    service.run("init", *words)
    service.run("mission", "add", "TOK")
    return service


def make_enrolled(home: Path, count: int) -> tuple[ServiceProcess, str, list[Keys]]:
    """Return a headquarters not yet serving, its identity, and the keys of devices it lets in."""
    now = HubClock(datetime.fromtimestamp(time.time(), UTC))
    laptops = [Keys() for _ in range(count)]
    with closing(make_hub(home, clock=now)) as hub:
        for each in laptops:
            request = each.request(make_code(hub))
            with hub.database.writing([EVERY_SCOPE]) as connection:
                enrol(hub, connection, request)
            approve_device(hub, each.node)
        return ServiceProcess(home), hub.hub_id, laptops


def signed_now(keys: Keys, method: str, url: str, body: bytes) -> dict[str, str]:
    """Return the headers that sign a request by the clock of this machine."""
    return signed_headers(
        method,
        url,
        body,
        key=keys.signing,
        key_id=keys.node,
        created=datetime.fromtimestamp(time.time(), UTC),
    )
