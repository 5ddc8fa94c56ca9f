"""Builds everything that is handed out, and checks what can be checked without installing it.

    python packaging/package.py [--twice]

A bundle must do a day's work before anything is made of it. On Linux: both bundles, both packages
for Debian, the archive, and the installers for Windows made of a stand-in, which proves their
scripts. On Windows and macOS: the bundle and its installer. Everything lies in dist/ afterwards,
with SHA256SUMS. `--twice` builds the bundles a second time and compares. Signing is the
release's business: docs/rollout.md.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import bundling
import debian
import installers
import pictures
import try_bundle
from origin import DIST, ROOT, WORK, present_version, source_date


def main(words: list[str]) -> int:
    """Build everything and return the exit code."""
    pictures.draw(WORK)
    if sys.platform == "win32":
        write_version_resources()
    code = bundling.main(words) or try_bundle.main()
    if sys.platform.startswith("linux"):
        code = code or check_told_to_desktops() or debian.main([])
        print(archive().name)
        code = code or installers.main([str(WORK / "stand-in"), str(WORK), "--stand-in"])
    elif sys.platform == "win32":
        code = code or installers.main([str(bundling.DESK), str(DIST), "--only=exe"])
    write_sums()
    return code


def write_version_resources() -> None:
    """Write what Windows shows of each program."""
    version = present_version()
    titles = {"embassy-desk": "Embassy Desk", "embassy-desk-cli": "Embassy Desk, command line"}
    for name, title in titles.items():
        told = installers.version_resource(version, name, title)
        (WORK / f"{name}.version").write_text(told, encoding="utf-8")


def check_told_to_desktops() -> int:
    """Check menu entry and metainfo with the desktops' own tools; return the worst exit code."""
    filled = WORK / f"{debian.APP_ID}.metainfo.xml"
    filled.write_text(debian.metainfo(present_version()), encoding="utf-8")
    entry = ROOT / "packaging" / "linux" / f"{debian.APP_ID}.desktop"
    checks = (
        ["desktop-file-validate", str(entry)],
        ["appstreamcli", "validate", "--no-net", str(filled)],
    )
    return max(subprocess.run(each, check=False).returncode for each in checks)


def archive() -> Path:
    """Return the archive of the desk for Linux systems without dpkg; same bundle, same bytes.

    It is laid out as updates need it: a folder a version, a file that names one, a starter.
    """
    version = present_version()
    target = DIST / f"embassy-desk-{version}-linux-x86_64.tar.xz"
    layout = {"embassy-desk": ROOT / "packaging" / "linux" / "starter.sh"}
    (WORK / "current").write_text(f"{version}\n", encoding="utf-8")
    layout["current"] = WORK / "current"
    root = os.environ.get("EMBASSY_DESK_UPDATE_ROOT")
    if root:
        layout["root.json"] = Path(root)
    with tarfile.open(target, "w:xz", preset=2) as packed:
        for name, path in layout.items():
            packed.add(path, f"embassy-desk/{name}", filter=_plain)
        for path in sorted(bundling.DESK.rglob("*")):
            name = f"embassy-desk/versions/{version}/{path.relative_to(bundling.DESK)}"
            packed.add(path, name, recursive=False, filter=_plain)
    return target


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    member.mtime = source_date()
    return member


def write_sums() -> None:
    """Write the SHA-256 of every file that is handed out."""
    files = sorted(each for each in DIST.iterdir() if each.is_file() and each.name != "SHA256SUMS")
    sums = [f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.name}\n" for each in files]
    (DIST / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
