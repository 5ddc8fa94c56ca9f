"""Packages for the tools of a site come by the same roads, under the same signatures."""

import shutil
from pathlib import Path

import httpx
import pytest

from embassy_desk.domain.errors import InvalidError, RefusedError
from embassy_desk.updates.carrying import make_stick
from embassy_desk.updates.errors import ClockError, StaleError, UnprovedError, UnreachableError
from embassy_desk.updates.names import TIMESTAMP
from embassy_desk.updates.packages import Package, Wanted, fetch_package
from embassy_desk.updates.sources import LineSource, Pace, Source, carried_source
from makers.updates import Place, long_ago, served

DEB = "deb-amd64"
CONTENT = bytes(range(256)) * 700


def package(folder: Path, version: str, content: bytes = CONTENT) -> Path:
    """Make the package of a version."""
    path = folder / f"embassy-desk_{version}_amd64.deb"
    path.write_bytes(content + version.encode())
    return path


def fetched(place: Place, source: Source, folder: Path, mission: str = "TOK") -> Package | None:
    """Fetch the newest package into a folder."""
    return fetch_package(Wanted(DEB, place.root, place.at, mission), source, folder)


@pytest.fixture(autouse=True)
def _published(place: Place, tmp_path: Path) -> None:
    place.publish(package(tmp_path, "0.2.0"), "0.2.0", platform=DEB)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The folder from which a site installs."""
    return tmp_path / "site"


def test_a_package_comes_by_every_road_as_it_was_published(
    place: Place, source: Source, site: Path, tmp_path: Path
) -> None:
    found = fetched(place, source, site)
    assert found == Package("0.2.0", site / "embassy-desk_0.2.0_amd64.deb", is_new=True)
    assert found.path.read_bytes() == (tmp_path / "embassy-desk_0.2.0_amd64.deb").read_bytes()


def test_a_package_that_lies_there_is_not_fetched_again(place: Place, site: Path) -> None:
    asked: list[tuple[str, str]] = []
    with served(place.folder, asked=asked) as url, httpx.Client() as client:
        for is_new in (True, False):
            found = fetched(place, LineSource(client, url, Pace()), site)
            assert found is not None
            assert found.is_new is is_new
    assert len([name for name, _ in asked if name.startswith("pieces/")]) == 1


def test_a_cut_line_costs_nothing(place: Place, site: Path) -> None:
    def cut(name: str, content: bytes) -> bytes:
        return content[: len(content) // 2] if name.startswith("pieces/") else content

    with served(place.folder, cut) as url, httpx.Client() as client:
        for _ in range(2):
            with pytest.raises(UnreachableError):
                fetched(place, LineSource(client, url, Pace()), site)
    with place.reached_by("folder", site.parent / "sticks") as source:
        assert fetched(place, source, site) is not None


def test_a_damaged_package_is_refused_and_nothing_lies_there(place: Place, site: Path) -> None:
    for piece in (place.folder / "pieces").iterdir():
        piece.write_bytes(piece.read_bytes()[::-1])
    with (
        place.reached_by("folder", site.parent / "sticks") as source,
        pytest.raises(UnprovedError),
    ):
        fetched(place, source, site)
    assert list(site.glob("*.deb")) == []


def test_a_package_that_was_changed_at_the_site_is_laid_out_anew(place: Place, site: Path) -> None:
    with place.reached_by("folder", site.parent / "sticks") as source:
        found = fetched(place, source, site)
        assert found is not None
        proved = found.path.read_bytes()
        found.path.write_bytes(b"another")
        again = fetched(place, source, site)
    assert again is not None
    assert (again.is_new, again.path.read_bytes()) == (True, proved)


def test_an_older_place_than_was_seen_is_refused(place: Place, site: Path, tmp_path: Path) -> None:
    shutil.copytree(place.folder, tmp_path / "yesterday")
    place.publish(package(tmp_path, "0.3.0"), "0.3.0", platform=DEB)
    with place.reached_by("line", tmp_path) as source:
        fetched(place, source, site)
    shutil.copy(tmp_path / "yesterday" / TIMESTAMP, place.folder / TIMESTAMP)
    with place.reached_by("line", tmp_path) as source, pytest.raises(UnprovedError):
        fetched(place, source, site)


def test_a_frozen_place_and_a_clock_set_back_are_refused(
    place: Place, site: Path, tmp_path: Path
) -> None:
    with place.reached_by("folder", tmp_path / "sticks") as source:
        fetched(place, source, site)
        with pytest.raises(ClockError):
            fetch_package(Wanted(DEB, place.root, long_ago(2)), source, site)
    place.at = long_ago(200)
    place.renew()
    with place.reached_by("line", tmp_path) as source, pytest.raises(StaleError):
        fetch_package(Wanted(DEB, place.root, long_ago(0)), source, site)


def test_a_package_goes_first_to_the_missions_that_were_named(
    place: Place, site: Path, tmp_path: Path
) -> None:
    place.publish(package(tmp_path, "0.3.0"), "0.3.0", platform=DEB, share=0, missions=["PAR"])
    with place.reached_by("line", tmp_path) as source:
        assert fetched(place, source, site, "TOK") is None
        found = fetched(place, source, site, "PAR")
    assert found is not None
    assert found.version == "0.3.0"


def test_a_package_is_carried_on_a_stick(place: Place, site: Path, tmp_path: Path) -> None:
    with place.reached_by("line", tmp_path) as source:
        make_stick(place.root, DEB, source, tmp_path / "deb.embassy-update")
    found = fetched(place, carried_source(tmp_path / "deb.embassy-update"), site)
    assert found is not None
    assert found.version == "0.2.0"


@pytest.mark.parametrize("name", ["../up.deb", "sub/package.deb"])
def test_a_package_lies_in_its_folder_only(place: Place, site: Path, name: str) -> None:
    def elsewhere(manifest: str) -> str:
        return manifest.replace("embassy-desk_0.3.0_amd64.deb", name)

    made = package(site.parent, "0.3.0")
    place.publish(made, "0.3.0", platform=DEB, change=elsewhere)
    with (
        place.reached_by("folder", site.parent / "sticks") as source,
        pytest.raises(UnprovedError),
    ):
        fetched(place, source, site)


def test_what_is_no_package_is_refused_in_words(place: Place, site: Path) -> None:
    with place.reached_by("folder", site.parent / "sticks") as source:
        with pytest.raises(InvalidError, match="deb-amd64, msi-x86_64, setup-x86_64"):
            fetch_package(Wanted("linux-x86_64", place.root, place.at), source, site)
        with pytest.raises(RefusedError, match="No version"):
            fetch_package(Wanted("msi-x86_64", place.root, place.at), source, site)
