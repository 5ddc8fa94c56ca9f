"""From the ceremony of keys at headquarters to the next start at a mission, by the commands."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from embassy_desk.application.backups import Why, local_backups
from embassy_desk.cli.main import main
from makers.desks import make_profile
from makers.key_files import PASSPHRASE
from makers.services import ServiceProcess, make_service
from makers.updates import bundle, installation


@pytest.fixture
def service(tmp_path: Path) -> Iterator[ServiceProcess]:
    """Headquarters with version 0.2.0, serving."""
    made = make_service(tmp_path / "hq", "--name", "127.0.0.1")
    made.run("update", "begin", "--keys", str(tmp_path / "keys"))
    publish(made, tmp_path, "0.2.0")
    made.start("--port", "0")
    yield made
    made.stop()


def publish(service: ServiceProcess, folder: Path, version: str, *words: str) -> None:
    """Publish a version at headquarters."""
    bundle(folder / version, version)
    service.run(
        "update", "publish", str(folder / version), "--release", version,
        "--release-key", str(folder / "keys" / "release.key"), *words,
    )  # fmt: skip


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    """Run a command of the desk and return its answer."""
    assert main([*words, "--json"]) == 0, capsys.readouterr().err
    told: dict[str, object] = json.loads(capsys.readouterr().out)
    return told


def started(program: Path) -> str:
    """Return which version the starter starts."""
    words = [str(program / "embassy-desk"), "--version"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.e2e
def test_a_mission_is_brought_up_to_date_over_the_line_and_by_stick(
    service: ServiceProcess, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = make_profile(tmp_path)
    (tmp_path / "words").write_text(PASSPHRASE, encoding="utf-8")
    store = ["--profile", str(profile), "--passphrase-file", str(tmp_path / "words")]
    code = service.run("enrolment", "new", "--mission", "TOK", "--json")["code"]
    asked(capsys, "enrol", "--code", code, "--url", service.url(""), *store)
    device = service.run("devices", "--json")[0]["id"]
    service.run("devices", "approve", device)
    asked(capsys, "sync", *store)

    old = bundle(tmp_path / "0.1.0", "0.1.0")
    home = installation(tmp_path / "program", old, "0.1.0")
    (home.root / "root.json").write_bytes((tmp_path / "keys" / "root.json").read_bytes())
    here = [*store, "--program", str(home.root)]

    assert asked(capsys, "update", "check", *here) == {"present": "0.1.0", "offered": "0.2.0"}
    assert asked(capsys, "update", "install", *here)["version"] == "0.2.0"
    assert started(home.root) == "Embassy Desk 0.2.0"
    assert [each.why for each in local_backups(profile)] == [Why.BEFORE_UPGRADE]
    assert asked(capsys, "update", "install", *here)["is_new"] is False

    publish(service, tmp_path, "0.3.0", "--earlier", str(tmp_path / "0.2.0"), "--share", "0")
    assert asked(capsys, "update", "check", *here)["offered"] == ""
    stick = str(tmp_path / "stick.embassy-update")
    made = asked(capsys, "update-bundle", "make", stick, "--platform", "linux-x86_64", *here)
    assert made["version"] == "0.3.0"
    assert asked(capsys, "update", "check", "--from", stick, *here)["offered"] == "0.3.0"
    assert asked(capsys, "update-bundle", "install", stick, *here)["is_new"] is True
    assert started(home.root) == "Embassy Desk 0.3.0"
    assert asked(capsys, "update", "back", *here)["version"] == "0.2.0"
    assert started(home.root) == "Embassy Desk 0.2.0"


@pytest.mark.e2e
def test_a_package_is_published_and_fetched_for_the_tools_of_a_site(
    service: ServiceProcess, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = tmp_path / "embassy-desk_0.3.0_amd64.deb"
    package.write_bytes(b"as the site installs it")
    service.run(
        "update", "publish", str(package), "--release", "0.3.0", "--platform", "deb-amd64",
        "--release-key", str(tmp_path / "keys" / "release.key"),
    )  # fmt: skip
    stick, root = tmp_path / "stick", str(tmp_path / "keys" / "root.json")
    service.run("update", "stick", str(stick), "--platform", "deb-amd64")
    site = [str(tmp_path / "site"), "--platform", "deb-amd64", "--root", root, "--from", str(stick)]
    fetched = asked(capsys, "update", "fetch", *site, "--profile", str(tmp_path / "none"))
    assert (fetched["version"], fetched["is_new"]) == ("0.3.0", True)
    assert Path(str(fetched["file"])).read_bytes() == package.read_bytes()


@pytest.mark.e2e
def test_the_keys_of_a_place_are_replaced_and_a_stick_is_made_at_headquarters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    service = make_service(tmp_path / "hq")
    keys = tmp_path / "keys"
    service.run("update", "begin", "--keys", str(keys))
    publish(service, tmp_path, "0.2.0", "--missions", "tok,par", "--share", "10")
    signed = ["--root-key", str(keys / "root-1.key"), "--root-key", str(keys / "root-3.key")]
    old, new = str(keys / "release.pub"), str(tmp_path / "release-2.key")
    service.run("update", "replace-key", "--old", old, "--new", new, *signed)
    with pytest.raises(AssertionError, match="not the key"):
        service.run("update", "renew", "--release-key", str(keys / "release.key"))
    service.run("update", "renew", "--release-key", new)
    service.run("update", "renew")
    service.run("update", "share", "--release-key", new, "--share", "50")
    stick = tmp_path / "stick"
    service.run("update", "stick", str(stick))

    home = installation(tmp_path / "program", bundle(tmp_path / "0.1.0", "0.1.0"), "0.1.0")
    (home.root / "root.json").write_bytes((keys / "root.json").read_bytes())
    nobody = ["--profile", str(tmp_path / "nobody"), "--program", str(home.root)]
    assert asked(capsys, "update-bundle", "install", str(stick), *nobody)["version"] == "0.2.0"
    assert started(home.root) == "Embassy Desk 0.2.0"


@pytest.mark.e2e
@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--release", "0.2", "--release-key", "release.key"], "like 0.2.0"),
        (["--release", "0.2.0", "--release-key", "root-1.key"], "not the key"),
        (["--release", "0.2.0", "--release-key", "none.key"], "missing"),
    ],
)
def test_what_cannot_be_published_is_refused(tmp_path: Path, words: list[str], reason: str) -> None:
    service = ServiceProcess(tmp_path / "hq")
    service.run("update", "begin", "--keys", str(tmp_path / "keys"))
    made = str(bundle(tmp_path / "bundle", "0.2.0"))
    words[-1] = str(tmp_path / "keys" / words[-1])
    with pytest.raises(AssertionError, match=reason):
        service.run("--language", "en", "update", "publish", made, *words)


def test_the_program_opens_everything_it_is_made_of(capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(capsys, "probe")["is_whole"] is True
