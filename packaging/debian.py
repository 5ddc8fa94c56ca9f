"""Makes the packages for Debian and its descendants from the bundles.

    python packaging/debian.py [VERSION] [--quick]

`embassy-desk` brings desk, menu entry, icons, file types and manual; `embassy-desk-hq` the service.
Both bring Python themselves and depend only on libraries that the system keeps up to date. The same
bundle gives the same package, byte for byte. `--quick` packs loosely, for trying an upgrade.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import bundling
import manuals
import pictures
import system
from origin import DIST, ROOT, WORK, present_version, source_date

LINUX = ROOT / "packaging" / "linux"
SERVICE = ROOT / "packaging" / "headquarters"
APP_ID = "org.embassydesk.EmbassyDesk"
MAINTAINER = "The Embassy Desk authors <embassy-desk@example.org>"

# What trimming.py leaves out and Qt asks for by itself; found with `ldd` over a whole bundle.
ALSO_NEEDED = (
    "libc6 (>= 2.36)",
    "libgssapi-krb5-2",
    "libgcc-s1",
    "libstdc++6",
    "fontconfig-config",
    "libfreetype6",
    "tzdata",
)
RECOMMENDED = (
    "gnome-keyring | kwalletmanager",
    "libcups2",
    "libgl1-mesa-dri",
    "shared-mime-info",
    "fonts-noto-cjk | fonts-droid-fallback",
)

TIGHTLY, QUICKLY = ("-Zxz",), ("-Zgzip", "-z1")
CONTROL = """\
Package: {name}
Version: {version}
Architecture: amd64
Maintainer: {maintainer}
Installed-Size: {size_kib}
Depends: {depends}
{recommends}Section: misc
Priority: optional
Description: {summary}
 {text}
"""
COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: embassy-desk
Comment: Licences of the parts that are brought along stand in
 /usr/lib/{name}/_internal/notices.

Files: *
Copyright: The Embassy Desk authors
License: Apache-2.0
 On Debian systems the text stands in /usr/share/common-licenses/Apache-2.0.
"""


def needed() -> list[str]:
    """Return the packages that the desk depends on."""
    return sorted({*ALSO_NEEDED, *(part.package for part in system.PARTS_TO_RUN)})


def metainfo(version: str) -> str:
    """Return what software centres are told, with version and day filled in."""
    told = (LINUX / f"{APP_ID}.metainfo.xml").read_text(encoding="utf-8")
    return told.replace("@VERSION@", version).replace("@DAY@", _day())


def make_desk(version: str, target: Path, *, is_quick: bool = False) -> Path:
    """Return the package of the desk, made in a folder."""
    tree = _fresh_tree("embassy-desk")
    _put_bundle(bundling.DESK, tree)
    bin_folder = tree / "usr" / "bin"
    for name in ("embassy-desk", "embassy-desk-cli"):
        (bin_folder / name).symlink_to("../lib/embassy-desk/embassy-desk")
    share = tree / "usr" / "share"
    _copy(LINUX / f"{APP_ID}.desktop", share / "applications" / f"{APP_ID}.desktop")
    _copy(LINUX / "embassy-desk.mime.xml", share / "mime" / "packages" / "embassy-desk.xml")
    _write(share / "metainfo" / f"{APP_ID}.metainfo.xml", metainfo(version))
    _put_icons(share / "icons" / "hicolor")
    manuals.write(share / "man" / "man1", version, _day(), ("embassy-desk",))
    (share / "man" / "man1" / "embassy-desk-cli.1.gz").symlink_to("embassy-desk.1.gz")
    for script in ("postinst", "prerm", "postrm"):
        _copy(LINUX / script, tree / "DEBIAN" / script, mode=0o755)
    control = CONTROL.format(
        name="embassy-desk",
        version=version,
        maintainer=MAINTAINER,
        size_kib=_size_kib(tree),
        depends=", ".join(needed()),
        recommends=f"Recommends: {', '.join(RECOMMENDED)}\n",
        summary="desk for diplomats: contacts, agreements, outreach, offline",
        text="Keeps what a mission knows in one encrypted file and exchanges it with headquarters.",
    )
    return _packed(tree, "embassy-desk", version, control, target, is_quick=is_quick)


def make_service(version: str, target: Path, *, is_quick: bool = False) -> Path:
    """Return the package of headquarters' service, made in a folder."""
    name = "embassy-desk-hq"
    tree = _fresh_tree(name)
    _put_bundle(bundling.HQ, tree)
    (tree / "usr" / "bin" / name).symlink_to(f"../lib/{name}/{name}")
    for unit in sorted(SERVICE.glob("*.service")) + sorted(SERVICE.glob("*.timer")):
        told = unit.read_text(encoding="utf-8").replace("/opt/embassy-desk/bin/", "/usr/bin/")
        _write(tree / "usr" / "lib" / "systemd" / "system" / unit.name, told)
    for example in ("environment", "nginx.conf"):
        _copy(SERVICE / example, tree / "usr" / "share" / "doc" / name / "examples" / example)
    manuals.write(tree / "usr" / "share" / "man" / "man1", version, _day(), (name,))
    control = CONTROL.format(
        name=name,
        version=version,
        maintainer=MAINTAINER,
        size_kib=_size_kib(tree),
        depends="libc6 (>= 2.36), libgcc-s1, libstdc++6, adduser",
        recommends="Suggests: postgresql, nginx\n",
        summary="service through which missions exchange their records",
        text="The part of Embassy Desk that headquarters runs; see docs/headquarters.md.",
    )
    return _packed(tree, name, version, control, target, is_quick=is_quick)


def _fresh_tree(name: str) -> Path:
    tree = WORK / "deb" / name
    shutil.rmtree(tree, ignore_errors=True)
    (tree / "usr" / "bin").mkdir(parents=True)
    (tree / "DEBIAN").mkdir()
    return tree


def _put_bundle(bundle: Path, tree: Path) -> None:
    shutil.copytree(bundle, tree / "usr" / "lib" / bundle.name, symlinks=True)


def _put_icons(hicolor: Path) -> None:
    drawn = WORK / "icons"
    pictures.draw(drawn)
    for size in pictures.SIZES_PX:
        _copy(drawn / f"{size}.png", hicolor / f"{size}x{size}" / "apps" / f"{APP_ID}.png")
    _copy(pictures.SOURCE, hicolor / "scalable" / "apps" / f"{APP_ID}.svg")


def _packed(
    tree: Path, name: str, version: str, control: str, target: Path, *, is_quick: bool
) -> Path:
    """Write what every package needs and pack the tree; the date is that of the sources."""
    _write(tree / "usr" / "share" / "doc" / name / "copyright", COPYRIGHT.format(name=name))
    changes = (ROOT / "CHANGELOG.md").read_bytes()
    changelog = tree / "usr" / "share" / "doc" / name / "changelog.gz"
    changelog.write_bytes(gzip.compress(changes, mtime=0))
    _write(tree / "DEBIAN" / "control", control)
    sums = [
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  "
        f"{path.relative_to(tree).as_posix()}\n"
        for path in sorted((tree / "usr").rglob("*"))
        if path.is_file() and not path.is_symlink()
    ]
    _write(tree / "DEBIAN" / "md5sums", "".join(sums))
    for folder in (each for each in (tree, *tree.rglob("*")) if each.is_dir()):
        folder.chmod(0o755)
    target.mkdir(parents=True, exist_ok=True)
    package = target / f"{name}_{version}_amd64.deb"
    surroundings = {**os.environ, "SOURCE_DATE_EPOCH": str(source_date())}
    packing = QUICKLY if is_quick else TIGHTLY
    command = ["dpkg-deb", "--root-owner-group", *packing, "--build", str(tree), str(package)]
    subprocess.run(command, env=surroundings, check=True, stdout=subprocess.DEVNULL)
    return package


def _size_kib(tree: Path) -> int:
    return int(bundling.size_mb(tree) * 1e6 / 1024)


def _day() -> str:
    return datetime.fromtimestamp(source_date(), UTC).date().isoformat()


def _copy(source: Path, target: Path, mode: int = 0o644) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(mode)


def _write(target: Path, content: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(content, encoding="utf-8")
    target.chmod(0o644)


def main(words: list[str]) -> int:
    """Make the packages of the bundles that are there and return the exit code."""
    is_quick = "--quick" in words
    named = [each for each in words if not each.startswith("-")]
    version = named[0] if named else present_version()
    for bundle, make in ((bundling.DESK, make_desk), (bundling.HQ, make_service)):
        if bundle.is_dir():
            package = make(version, WORK if is_quick else DIST, is_quick=is_quick)
            print(f"{package.name}: {package.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
