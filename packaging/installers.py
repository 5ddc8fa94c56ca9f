"""Makes the installers for Windows from a bundle: an .exe with makensis, an .msi with wixl.

    python packaging/installers.py BUNDLE FOLDER [--stand-in] [--only=exe|msi]

Both tools run on Linux as well; only the bundle itself has to be built on Windows. `--stand-in`
makes a small bundle of the right shape first, which proves scripts and tools.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import uuid
from pathlib import Path
from xml.etree import ElementTree as ET

import pictures
from origin import ROOT, WORK, present_version

WINDOWS = ROOT / "packaging" / "windows"
COMPONENTS = uuid.UUID("b6a0a7a0-3f1c-5d7e-8d7d-0b9c2f1c6e55")
"""Identities of files are derived from this and their names, so that they stay between versions."""

TARGET = "x86-unicode"
"""The only one that every copy of NSIS brings; the installer itself refuses 32 bits."""

WIX = "http://schemas.microsoft.com/wix/2006/wi"


class InstallerError(Exception):
    """A tool is missing or refused; the text says which."""


def stand_in(folder: Path) -> Path:
    """Return a bundle of the right shape but of no use, made in a folder."""
    for name in ("embassy-desk.exe", "embassy-desk-cli.exe", "_internal/python311.dll",
                 "_internal/embassy_desk/resources/help/vi/index.md",
                 "_internal/PySide6/plugins/platforms/qwindows.dll"):  # fmt: skip
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"MZ" + name.encode())
    return folder


def make_exe(bundle: Path, folder: Path, version: str, target: str = TARGET) -> Path:
    """Return the installer that makensis made of a bundle, with the starter in it.

    The root that proves updates comes along where EMBASSY_DESK_UPDATE_ROOT names one.

    Args:
        bundle: The folder that PyInstaller made.
        folder: Where the installer is written.
        version: Such as `0.2.0`.
        target: For which processors, in the notation of makensis.

    Raises:
        InstallerError: makensis is missing or refused.
    """
    work = WORK / "windows"
    pictures.draw(work / "icons")
    common = {
        "VERSION": version,
        "WINDOWS_VERSION": windows_version(version),
        "ICON": str(work / "icons" / "embassy-desk.ico"),
    }
    starter = work / "starter.exe"
    compile_script("starter.nsi", {**common, "OUTPUT": str(starter)}, target)
    made = folder.resolve() / f"embassy-desk-{version}-setup.exe"
    defined = {
        **common,
        "BUNDLE": str(bundle.resolve()),
        "OUTPUT": str(made),
        "LICENCE": str(ROOT / "LICENSE"),
        "STARTER": str(starter),
        "CLI": str(WINDOWS / "embassy-desk-cli.cmd"),
        "PICTURES": str(work / "icons"),
    }
    root = os.environ.get("EMBASSY_DESK_UPDATE_ROOT")
    if root:
        defined["UPDATE_ROOT"] = str(Path(root).resolve())
    compile_script("embassy-desk.nsi", defined, target)
    return made


def compile_script(script: str, defined: dict[str, str], target: str) -> None:
    """Compile a script of packaging/windows with makensis; a warning is an error.

    EMBASSY_DESK_SIGN is the command that signs what is made, also what removes it later.

    Args:
        script: Its file name.
        defined: What it asks for at its head.
        target: For which processors.

    Raises:
        InstallerError: makensis is missing or refused.
    """
    words = [f"-D{name}={value}" for name, value in defined.items()]
    if sign := os.environ.get("EMBASSY_DESK_SIGN"):
        words.append(f"-DSIGN={sign}")
    _run("makensis", "-V2", "-WX", f"-XTarget {target}", *words, str(WINDOWS / script))


def make_msi(bundle: Path, folder: Path, version: str) -> Path:
    """Return the package that wixl made of a bundle.

    Raises:
        InstallerError: wixl is missing or refused.
    """
    work = WORK / "windows"
    work.mkdir(parents=True, exist_ok=True)
    files = work / "files.wxs"
    files.write_bytes(ET.tostring(fragment_of(bundle), encoding="utf-8", xml_declaration=True))
    target = folder.resolve() / f"embassy-desk-{version}.msi"
    product = str(uuid.uuid5(COMPONENTS, f"product {version}")).upper()
    defined = ["-D", f"VERSION={version}", "-D", f"PRODUCT={product}"]
    sources = [str(WINDOWS / "embassy-desk.wxs"), str(files)]
    _run("wixl", "--arch", "x64", *defined, "-o", str(target), *sources, place=bundle)
    return target


def fragment_of(bundle: Path) -> ET.Element:
    """Return the list of a bundle's files as WiX reads it: one component for each file."""
    ET.register_namespace("", WIX)
    root = ET.Element(f"{{{WIX}}}Wix")
    folders = ET.SubElement(ET.SubElement(root, f"{{{WIX}}}Fragment"), f"{{{WIX}}}DirectoryRef")
    folders.set("Id", "INSTALLDIR")
    group = ET.SubElement(
        ET.SubElement(root, f"{{{WIX}}}Fragment"), f"{{{WIX}}}ComponentGroup", Id="Bundle"
    )
    nodes = {Path(): folders}
    for path in sorted(bundle.rglob("*")):
        name = path.relative_to(bundle)
        mark = uuid.uuid5(COMPONENTS, name.as_posix())
        parent = nodes[name.parent]
        if path.is_dir():
            nodes[name] = ET.SubElement(
                parent, f"{{{WIX}}}Directory", Id=f"d{mark.hex}", Name=name.name
            )
            continue
        component = ET.SubElement(
            parent,
            f"{{{WIX}}}Component",
            {"Id": f"c{mark.hex}", "Guid": str(mark).upper(), "Win64": "yes"},
        )
        ET.SubElement(
            component,
            f"{{{WIX}}}File",
            {"Id": f"f{mark.hex}", "Source": name.as_posix(), "KeyPath": "yes"},
        )
        ET.SubElement(group, f"{{{WIX}}}ComponentRef", Id=f"c{mark.hex}")
    return root


def windows_version(version: str) -> str:
    """Return a version as Windows wants it: four numbers."""
    numbers = (version.split("-", maxsplit=1)[0].split(".") + ["0"] * 4)[:4]
    return ".".join(str(int(each)) for each in numbers)


def version_resource(version: str, name: str, title: str) -> str:
    """Return what PyInstaller puts into a program as its version, in its own notation."""
    numbers = tuple(int(each) for each in windows_version(version).split("."))
    told = {
        "CompanyName": "The Embassy Desk authors",
        "FileDescription": title,
        "FileVersion": version,
        "InternalName": name,
        "LegalCopyright": "Apache-2.0",
        "OriginalFilename": f"{name}.exe",
        "ProductName": "Embassy Desk",
        "ProductVersion": version,
    }
    strings = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in told.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}), kids=["
        f"StringFileInfo([StringTable('040904B0', [{strings}])]), "
        "VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n"
    )


def _run(tool: str, *words: str, place: Path = ROOT) -> None:
    if shutil.which(tool) is None:
        raise InstallerError(f"{tool} is needed; on Debian: apt-get install nsis wixl")
    answer = subprocess.run([tool, *words], cwd=place, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise InstallerError(f"{tool} refused:\n{answer.stdout}{answer.stderr}")


def main(words: list[str]) -> int:
    """Make both installers and return the exit code."""
    bundle, folder = Path(words[0]), Path(words[1])
    folder.mkdir(parents=True, exist_ok=True)
    if "--stand-in" in words:
        stand_in(bundle)
    try:
        wanted = {"--only=exe": [make_exe], "--only=msi": [make_msi]}
        for make in wanted.get(words[-1], [make_exe, make_msi]):
            made = make(bundle, folder, present_version())
            print(f"{made.name}: {made.stat().st_size / 1e6:.1f} MB")
    except InstallerError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
