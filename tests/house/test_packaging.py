"""What is handed out: complete, described from its declarations, and the same every time.

Building and installing take minutes and root; packaging/try_debian.sh does that.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from embassy_desk import __version__
from embassy_desk.cli.hq_words import build_hub_parser
from embassy_desk.cli.words_of_command import build_parser
from embassy_desk.settings.person import NAMES
from embassy_desk.updates.installation import installation_here
from house.programs import program
from house.sources import ROOT

PACKAGING = ROOT / "packaging"
APP_ID = "org.embassydesk.EmbassyDesk"


@pytest.fixture(autouse=True)
def neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let programs under packaging/ find each other, as when they are started."""
    monkeypatch.syspath_prepend(str(PACKAGING))


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A bundle of the right shape for Windows."""
    return Path(program("installers").stand_in(tmp_path / "bundle"))


def test_the_version_is_said_once() -> None:
    assert program("origin").present_version() == __version__


@pytest.mark.parametrize("build", [build_parser, build_hub_parser])
def test_the_manual_knows_every_command_and_every_word(build: Any) -> None:
    manuals = program("manuals")
    parser = build()
    whole = manuals.page(parser, "1.0", "2026-01-01").replace("\\-", "-").replace("\\&", "")
    commands = list(manuals.commands(parser))
    assert len(commands) > 15
    for command in commands:
        assert f".SS\n{command.prog.removeprefix(parser.prog + ' ')}\n" in whole
        assert command.description or command.format_usage()
        for action in manuals.arguments(command):
            assert all(f"\\fB{word}\\fR" in whole for word in action.option_strings), action
    assert not [line for line in whole.splitlines() if line.startswith("'")]


def test_the_manuals_are_the_same_every_time(tmp_path: Path) -> None:
    manuals = program("manuals")
    for name in ("one", "two"):
        manuals.write(tmp_path / name, "1.0", "2026-01-01")
    assert program("bundling").differences(tmp_path / "one", tmp_path / "two") == []


def test_two_folders_that_differ_are_told_apart(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "same").write_text("same", encoding="utf-8")
        (tmp_path / name / "other").write_text(name, encoding="utf-8")
        (tmp_path / name / "link").symlink_to(name)
    (tmp_path / "two" / "more").touch()
    found = program("bundling").differences(tmp_path / "one", tmp_path / "two")
    assert found == ["link", "more", "other"]


@pytest.mark.parametrize(
    ("name", "place", "stays"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "/venv/x", True),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", "/venv/x", True),
        ("PySide6/Qt/plugins/iconengines/libqsvgicon.so", "/venv/x", True),
        ("PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so", "/v",
         True),
        ("babel/locale-data/vi.dat", "/venv/x", True),
        ("babel/locale-data/vi_VN.dat", "/venv/x", False),
        ("PySide6\\plugins\\platforms\\qwindows.dll", "C:/venv/x", True),
        ("libcrypto.so.3", "/lib/x86_64-linux-gnu/libcrypto.so.3", True),
        ("lib-dynload/_ssl.so", "/usr/lib/python3.11/lib-dynload/_ssl.so", True),
        ("docx/templates/default.docx", "/venv/x", True),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", "/venv/x", False),
        ("libstdc++.so.6", "/lib/x86_64-linux-gnu/libstdc++.so.6", False),
        ("libX11.so.6", "/usr/lib/x86_64-linux-gnu/libX11.so.6", False),
    ],
)  # fmt: skip
def test_a_bundle_keeps_what_is_used_and_leaves_the_rest(
    name: str, place: str, stays: bool  # noqa: FBT001  a column of the table
) -> None:  # fmt: skip
    assert bool(program("trimming").kept([(name, place, "BINARY")])) is stays


def test_nothing_that_the_desk_imports_is_left_out() -> None:
    imported = {
        name
        for path in (ROOT / "src").rglob("*.py")
        for name in re.findall(r"^(?:from|import) ([\w.]+)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert "PySide6.QtNetwork" in imported
    assert imported & set(program("trimming").NEVER_IMPORTED) == set()


def test_every_part_is_listed_with_digests_and_brings_its_licence(tmp_path: Path) -> None:
    inventory = program("inventory")
    inventory.write(tmp_path / "notices", "1.0", has_window=True)
    told = json.loads((tmp_path / "notices" / "parts.cdx.json").read_text(encoding="utf-8"))
    names = {each["name"] for each in told["components"]}
    assert {"pyside6-essentials", "sqlcipher3", "cryptography", "CPython", "Qt", "Tinos"} <= names
    assert not names & {"pytest", "fastapi", "pyinstaller"}
    packages = [each for each in told["components"] if "purl" in each]
    assert [each["name"] for each in packages if not each.get("hashes")] == []
    files = {each.name for each in (tmp_path / "notices").iterdir()}
    assert [each["name"] for each in packages if not _starts(files, each["name"])] == []
    assert "pyside6-essentials-LGPL-3.0.txt" in files
    hub = {each.metadata["Name"].lower() for each in inventory.parts_of(("headquarters",))}
    assert {"fastapi", "hypercorn"} <= hub


def _starts(files: set[str], name: str) -> bool:
    return any(each.startswith(f"{name}-") for each in files)


def test_a_part_without_a_licence_is_noticed() -> None:
    inventory = program("inventory")

    class Bare:
        """A package that says nothing of its licence."""

        class _Words(dict[str, str]):
            def get_all(self, _name: str) -> list[str]:
                return []

        metadata = _Words(Name="bare")
        files: tuple[str, ...] = ()

    with pytest.raises(inventory.MissingLicenceError, match="bare"):
        inventory.texts_of(Bare())


def test_an_installer_removes_whole_folders_only_where_they_are_ours() -> None:
    script = (PACKAGING / "windows" / "embassy-desk.nsi").read_text(encoding="utf-8")
    assert re.findall(r"RMDir /r (.*)", script) == [
        r'"$INSTDIR\versions\$2"',
        r'"$INSTDIR\versions\${VERSION}"',
        r'"$INSTDIR\updates"',
        r'"$LOCALAPPDATA\embassy-desk"',
    ]


@pytest.mark.parametrize(("script_name", "least"), [("embassy-desk.nsi", 6), ("starter.nsi", 1)])
def test_every_text_of_the_installer_is_in_both_languages(script_name: str, least: int) -> None:
    script = (PACKAGING / "windows" / script_name).read_text(encoding="utf-8")
    told = re.findall(r"^LangString (\w+) \$\{LANG_(\w+)\}", script, re.MULTILINE)
    names = {name for name, _ in told}
    assert set(told) == {(name, each) for name in names for each in ("VIETNAMESE", "ENGLISH")}
    assert len(names) >= least


def test_files_of_the_msi_keep_their_identities(bundle: Path, tmp_path: Path) -> None:
    installers = program("installers")
    before = _components(installers, bundle)
    (bundle / "embassy-desk.exe").write_bytes(b"a newer one")
    (bundle / "new.dll").touch()
    after = _components(installers, bundle)
    assert before.items() < after.items()
    assert len(set(after.values())) == len(after) == len([*_files(bundle)])


def _components(installers: ModuleType, bundle: Path) -> dict[str, str]:
    """Return the identity of each file's component."""
    space = f"{{{installers.WIX}}}"
    return {
        each[0].attrib["Source"]: each.attrib["Guid"]
        for each in installers.fragment_of(bundle).iter(f"{space}Component")
    }


def _files(folder: Path) -> Iterator[Path]:
    return (each for each in folder.rglob("*") if each.is_file())


@pytest.mark.parametrize(
    ("version", "windows"), [("1.2.3", "1.2.3.0"), ("1.2", "1.2.0.0"), ("1.2.3-rc1", "1.2.3.0")]
)
def test_windows_gets_four_numbers(version: str, windows: str) -> None:
    installers = program("installers")
    assert installers.windows_version(version) == windows
    assert "prodvers=(1, 2" in installers.version_resource(version, "embassy-desk", "Desk")


def test_the_files_for_administrators_fit_the_settings() -> None:
    files = program("policy_files").files()
    stale = [
        place.as_posix()
        for place, text in files.items()
        if (ROOT / place).read_text(encoding="utf-8") != text
    ]
    assert stale == []  # python packaging/policy_files.py writes them
    template = files[Path("packaging/windows/policy/EmbassyDesk.admx")]
    for place, text in files.items():
        if place.suffix == ".adml":
            known = set(re.findall(r'<(?:string|presentation) id="(\w+)"', text))
            asked = set(re.findall(r"\$\((?:string|presentation)\.(\w+)\)", template))
            assert asked <= known
    assert all(f'valueName="{name}"' in template for name in NAMES)


def test_the_desk_has_one_name_on_the_desktop() -> None:
    entry = (PACKAGING / "linux" / f"{APP_ID}.desktop").read_text(encoding="utf-8")
    told = (PACKAGING / "linux" / f"{APP_ID}.metainfo.xml").read_text(encoding="utf-8")
    door = (ROOT / "src" / "embassy_desk" / "desktop" / "app.py").read_text(encoding="utf-8")
    assert f"Icon={APP_ID}\n" in entry
    assert f"<id>{APP_ID}</id>" in told
    assert f'setDesktopFileName("{APP_ID}")' in door


def test_planted_variables_are_dropped_before_anything_is_loaded() -> None:
    planted = {
        "PYTHONPATH": "x", "PYTHON_KEYRING_BACKEND": "x", "QT_PLUGIN_PATH": "x",
        "QT_QPA_PLATFORM_PLUGIN_PATH": "x", "OPENSSL_CONF": "x", "SSL_CERT_FILE": "x",
        "OPENSSL_MODULES": "x", "QT_QPA_PLATFORM": "offscreen", "LANG": "C",
    }  # fmt: skip
    hook = PACKAGING / "bundle" / "clean_surroundings.py"
    shown = (
        "import os, runpy, sys; sys._MEIPASS = 'there';"
        f"runpy.run_path({str(hook)!r}); import json; print(json.dumps(dict(os.environ)))"
    )
    answer = subprocess.run(
        [sys.executable, "-I", "-c", shown],
        env={**planted, "PATH": os.defpath},
        capture_output=True,
        text=True,
        check=True,
    )
    left = json.loads(answer.stdout)
    assert left.keys() & planted.keys() == {"QT_QPA_PLATFORM", "LANG", "OPENSSL_CONF"}
    assert left["OPENSSL_CONF"] == str(Path("there") / "openssl.cnf")
    assert (PACKAGING / "bundle" / "openssl.cnf").is_file()


def test_the_archive_for_linux_is_laid_out_as_updates_need_it(
    bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, bundling = program("package"), program("bundling")
    (bundle / "embassy-desk").write_text(f'#!/bin/sh\necho "Embassy Desk {__version__}"\n')
    (bundle / "embassy-desk").chmod(0o755)
    (tmp_path / "root.json").write_text("{}")
    for name in ("dist", "work"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(package, "DIST", tmp_path / "dist")
    monkeypatch.setattr(package, "WORK", tmp_path / "work")
    monkeypatch.setattr(package, "bundling", bundling)
    monkeypatch.setattr(bundling, "DESK", bundle)
    monkeypatch.setenv("EMBASSY_DESK_UPDATE_ROOT", str(tmp_path / "root.json"))
    shutil.unpack_archive(package.archive(), tmp_path / "unpacked")
    root = tmp_path / "unpacked" / "embassy-desk"
    words = [str(root / "embassy-desk"), "--version"]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert said == f"Embassy Desk {__version__}\n"
    here = installation_here(root / "versions" / __version__ / "embassy-desk")
    assert (here.current, here.root) == (__version__, root)
    assert (root / "root.json").read_text() == "{}"
