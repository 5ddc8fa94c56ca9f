"""Measures what a desk fetches over the line from one release to the next.

    python bench/delta.py OLD NEW

OLD and NEW are bundles of two versions, each built by `packaging/bundling.py`. NEW is published
twice: as it is, and with the short way from OLD (`update publish --earlier`). Each time a desk of
OLD is brought up to date by HTTP, and starts the new version.
"""

import argparse
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

from embassy_desk.updates.names import program_of, target_of
from embassy_desk.updates.releasing import LEVEL, Described, manifest_of
from embassy_desk.updates.sources import LineSource, Pace
from makers.updates import PLATFORM, Desk, Place, installation, present, served


def version_of(bundle: Path) -> str:
    """Return the version that a bundle says it is."""
    command = [str(bundle / program_of(PLATFORM)), "--version"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return said.split()[-1]


def publish(place: Place, bundle: Path, earlier: tuple[Path, ...], level: int) -> int:
    """Publish a bundle and return the bytes of all its pieces: what a desk without any fetches."""
    about = Described(version_of(bundle), PLATFORM, program_of(PLATFORM))
    manifest = manifest_of(place.repository, bundle, about, earlier, level)
    custom = {"version": about.version, "share": 100}
    content = manifest.model_dump_json().encode()
    keys = place.keys
    place.repository.publish(
        target_of(PLATFORM), content, custom, keys.release, keys.line, place.at
    )
    return sum({each.piece: each.piece_size for each in manifest.files}.values())


def fetch(room: Path, old: Path, new: Path, earlier: tuple[Path, ...], level: int) -> str:
    """Bring a desk of the old version up to date and say what that took."""
    place = Place(room / "place", present())
    whole = publish(place, new, earlier, level)
    home = installation(room / "program", old, version_of(old))
    desk = Desk(home, place.root, place.at)
    sent: list[int] = []

    def count(_name: str, content: bytes) -> bytes:
        sent.append(len(content))
        return content

    with served(place.folder, count) as url, httpx.Client() as client:
        outcome = desk.install(LineSource(client, url, Pace()))
    if outcome is None or version_of(home.folder(outcome.version)) != version_of(new):
        raise SystemExit("the new version was not installed")
    fetched = outcome.fetched
    pieces = f"{fetched.files} files in {fetched.byte_count:,} bytes"
    return f"{pieces}, {sum(sent):,} with what is signed; the whole is {whole:,} bytes"


def main(words: list[str]) -> int:
    """Measure, and print a line for each way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--level", type=int, default=LEVEL, help="how hard to compress, 1 to 22")
    wishes = parser.parse_args(words)
    ways = (("as it is", ()), ("with the short way", (wishes.old,)))
    for name, earlier in ways:
        with TemporaryDirectory() as room:
            told = fetch(Path(room), wishes.old, wishes.new, earlier, wishes.level)
        print(f"{name}: {told}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
