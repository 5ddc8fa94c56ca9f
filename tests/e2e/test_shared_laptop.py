"""One laptop for two people, and a laptop that goes to a successor, as the guide says."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from embassy_desk.application import keys, profile
from embassy_desk.cli.main import main
from embassy_desk.sealing.derivation import FLOOR

pytestmark = pytest.mark.e2e

OF_AN, OF_BINH = "six quiet words for the first desk", "seven other words for the second one"
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on a profile of the laptop with a passphrase."""
    for each in (keys, profile):
        monkeypatch.setattr(each, "scaled_parameters", lambda: FLOOR)

    def command(name: str, passphrase: str, *words: object) -> tuple[int, str]:
        options = ["--profile", tmp_path / name, "--language", "en"]
        options += ["--passphrase-file", kept(tmp_path / "typed", passphrase)]
        code = main([str(each) for each in (*words, *options)])
        said = capsys.readouterr()
        return code, said.out + said.err

    return command


def kept(path: Path, text: str) -> Path:
    path.write_text(text + "\n", encoding="utf-8")
    return path


def made(run: Run, name: str, passphrase: str, person: str, *words: str) -> str:
    """Make a store for a person, and enter one contact of theirs."""
    code, told = run(name, passphrase, "init", "--mission", "TOK", "--person", person, *words)
    assert code == 0, told
    assert run(name, passphrase, "add", "contact", f"given_name=Of{person}")[0] == 0
    return told


def test_of_two_people_at_one_laptop_each_opens_only_their_own(run: Run, tmp_path: Path) -> None:
    made(run, "an", OF_AN, "An")
    made(run, "binh", OF_BINH, "Bình")
    for name, own, other, theirs in (
        ("an", OF_AN, OF_BINH, "An"),
        ("binh", OF_BINH, OF_AN, "Bình"),
    ):
        code, told = run(name, other, "list", "contact")
        assert (code, "passphrase is not right" in told) == (1, True)
        listed = run(name, own, "list", "contact")[1]
        assert [each in listed for each in ("OfAn", "OfBình")] == [theirs == "An", theirs == "Bình"]
    # Whoever copies the other's store or backup over their own opens nothing of it.
    backup = tmp_path / "binh.backup"
    assert run("binh", OF_BINH, "backup", backup)[0] == 0
    assert run("an", OF_AN, "restore", backup)[0] == 1
    shutil.copy(tmp_path / "an" / "store.db", tmp_path / "own.db")
    shutil.copy(tmp_path / "binh" / "store.db", tmp_path / "an" / "store.db")
    code, told = run("an", OF_AN, "list", "contact")
    assert (code, "OfBình" in told) == (1, False)
    shutil.copy(tmp_path / "own.db", tmp_path / "an" / "store.db")
    assert "OfAn" in run("an", OF_AN, "list", "contact")[1]


def test_after_a_laptop_was_handed_on_nothing_of_the_predecessor_opens_it(
    run: Run, tmp_path: Path
) -> None:
    told = made(run, "desk", OF_AN, "An", "--recovery-code")
    old_code = kept(tmp_path / "old-code", told.partition("Recovery code: ")[2].split()[0])
    assert run("desk", OF_AN, "backup", tmp_path / "stick.backup")[0] == 0

    new = kept(tmp_path / "new", OF_BINH)
    assert run("desk", OF_AN, "passphrase", "--new-passphrase-file", new)[0] == 0
    page = tmp_path / "page.html"
    code, told = run("desk", OF_BINH, "recovery", "code", "--page", page)
    assert code == 0, told

    assert run("desk", OF_AN, "list", "contact")[0] == 1
    assert "OfAn" in run("desk", OF_BINH, "list", "contact")[1]
    code, told = run("desk", OF_BINH, "recovery", "drill", "--code-file", old_code)
    assert code == 1, told
    # The stick from before still opens with the old passphrase: so the guide has it destroyed.
    assert run("elsewhere", OF_AN, "restore", tmp_path / "stick.backup")[0] == 0
