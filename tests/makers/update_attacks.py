"""Somebody between a desk and headquarters, who changes what the desk is given."""

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from embassy_desk.domain.errors import DeskError
from embassy_desk.updates.sources import Source
from makers.updates import Desk, Place, bundle


@dataclass
class Attack:
    """Who stands between a desk and headquarters."""

    desk: Desk
    place: Place
    road: str
    scratch: Path

    @contextmanager
    def source(self) -> Iterator[Source]:
        """Give the place as it is now."""
        with self.place.reached_by(self.road, self.scratch) as found:
            yield found

    def refused(self, expected: type[DeskError]) -> DeskError:
        """Try to update, expect a refusal, and see that the old version runs as before."""
        version = self.desk.home.current
        with self.source() as source, pytest.raises(expected) as refusal:
            self.desk.install(source)
        assert self.runs == version
        return refusal.value

    @property
    def runs(self) -> str:
        """What is started."""
        words = [str(self.desk.home.root / "embassy-desk"), "--version"]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        return done.stdout.strip().removeprefix("Embassy Desk ")

    def taken(self) -> None:
        """Update, as nobody is in between."""
        with self.source() as source:
            assert self.desk.install(source) is not None

    def change(self, name: str, act: Callable[[dict[str, Any]], object]) -> None:
        """Change signed words without the key, in every copy of them."""
        for each in self.place.folder.rglob(name):
            told = json.loads(each.read_bytes())
            act(told)
            each.write_bytes(json.dumps(told).encode())


def republished(place: Place, tmp_path: Path, version: str = "0.3.0") -> None:
    """Publish one more version."""
    place.publish(bundle(tmp_path / version, version), version)
