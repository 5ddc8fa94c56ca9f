"""What is in a bundle: a list in CycloneDX, and the licences of every part.

The packages are those of the lock that fit this system, with the digests that they were installed
by; Python, Qt and the fonts are named by hand. The same sources give the same files.
"""

from __future__ import annotations

import re
import shutil
import sys
import sysconfig
import tomllib
import uuid
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from origin import ROOT, source_date
from packageurl import PackageURL
from packaging.requirements import Requirement

LOCK = ROOT / "requirements-dev.lock"
LICENCES = ROOT / "packaging" / "licences"
_SPACE = uuid.UUID("5b0d0f5a-0a5e-5c62-9c0e-2f3b8f4f6a10")
_TOLD = re.compile(r"(?i)(licen[cs]e|copying|notice|authors)")

# Packages whose wheel brings no text of its licence, and where it stands instead.
TEXTS_BY_HAND = {
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
}
# What no package of Python brings: name and version.
FONTS = (("Be Vietnam Pro", "1.002"), ("Tinos", "1.33"))


class MissingLicenceError(Exception):
    """A part of the bundle has no text of its licence."""


def parts_of(extras: Collection[str] = ()) -> list[Distribution]:
    """Return every installed package that the desk needs here, those of these extras too."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    told = [*project["dependencies"]]
    told += [line for each in extras for line in project["optional-dependencies"][each]]
    found: dict[str, Distribution] = {}
    asked = [(each, frozenset(each.extras)) for each in map(Requirement, told)]
    while asked:
        requirement, wanted = asked.pop()
        part = _installed(requirement.name)
        if part is None:
            continue
        is_new = _plain(requirement.name) not in found
        found[_plain(requirement.name)] = part
        if is_new:
            below = [Requirement(each) for each in part.requires or ()]
            asked += [(each, frozenset(each.extras)) for each in below if _holds(each, wanted)]
    return [found[name] for name in sorted(found)]


def _holds(requirement: Requirement, extras: Collection[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": each}) for each in ("", *extras))


def digests_in(lock: Path = LOCK) -> dict[str, list[str]]:
    """Return the digests that a lock holds, by the plain name of the package."""
    found = {}
    for entry in re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").replace(" \\\n", "\n")):
        name, _, rest = entry.partition("==")
        if rest:
            found[_plain(name.strip())] = re.findall(r"sha256:([0-9a-f]{64})", rest)
    return found


def bill(version: str, packages: list[Distribution], *, has_window: bool) -> Bom:
    """Return the list of parts."""
    bom = Bom()
    bom.serial_number = uuid.uuid5(_SPACE, f"{version} {source_date()}")
    bom.metadata.timestamp = datetime.fromtimestamp(source_date(), UTC)
    desk = Component(name="embassy-desk", version=version, type=ComponentType.APPLICATION,
                     bom_ref="embassy-desk", licenses=[_licence("Apache-2.0")])  # fmt: skip
    bom.metadata.component = desk
    parts = [*_listed(packages), *_by_hand(has_window=has_window)]
    for part in parts:
        bom.components.add(part)
    bom.register_dependency(desk, parts)
    return bom


def _listed(packages: list[Distribution]) -> Iterator[Component]:
    digests = digests_in()
    for found in packages:
        name = _plain(found.metadata["Name"])
        address = PackageURL("pypi", name=name, version=found.version)
        told = found.metadata.get("License-Expression") or found.metadata.get("License") or ""
        yield Component(
            name=name,
            version=found.version,
            type=ComponentType.LIBRARY,
            purl=address,
            bom_ref=str(address),
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=each) for each in digests[name]],
            licenses=[_licence(told.splitlines()[0])] if told else [],
        )


def _by_hand(*, has_window: bool) -> Iterator[Component]:
    yield _part("CPython", sys.version.split()[0], "Python-2.0", ComponentType.PLATFORM)
    if has_window:
        qt = distribution("pyside6-essentials").version
        yield _part("Qt", qt, "LGPL-3.0-only", ComponentType.FRAMEWORK)
        for name, version in FONTS:
            yield _part(name, version, "OFL-1.1", ComponentType.DATA)


def _part(name: str, version: str, licence: str, kind: ComponentType) -> Component:
    return Component(
        name=name, version=version, type=kind, bom_ref=name, licenses=[_licence(licence)]
    )


def _licence(told: str) -> License:
    return LicenseFactory().make_from_string(told)


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def texts_of(found: Distribution) -> list[tuple[str, str]]:
    """Return the texts of licence that a package brings, each with a plain name.

    Raises:
        MissingLicenceError: It brings none and none is kept for it.
    """
    name = _plain(found.metadata["Name"])
    kept = [(each, (LICENCES / each).read_text("utf-8")) for each in TEXTS_BY_HAND.get(name, ())]
    brought = [
        (Path(str(each)).name, found.locate_file(each).read_text("utf-8", errors="replace"))
        for each in found.files or ()
        if ".dist-info" in str(each) and _TOLD.search(Path(str(each)).name)
    ]
    if kept or brought:
        return [*kept, *brought]
    told = found.metadata.get("License") or found.metadata.get("License-Expression")
    classed = [each for each in found.metadata.get_all("Classifier") or () if "License ::" in each]
    if not told and not classed:
        raise MissingLicenceError(name)
    return [
        (
            "LICENCE.txt",
            "\n".join([told or "", *classed, found.metadata.get("Home-page", "") or ""]),
        )
    ]


def write(folder: Path, version: str, extras: Collection[str] = (), *, has_window: bool) -> None:
    """Write the list of parts and all licences into a folder made anew.

    Raises:
        MissingLicenceError: A part has no text of its licence.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    packages = parts_of(extras)
    told = JsonV1Dot6(bill(version, packages, has_window=has_window))
    (folder / "parts.cdx.json").write_text(told.output_as_string(indent=1), encoding="utf-8")
    shutil.copyfile(ROOT / "LICENSE", folder / "LICENSE")
    shutil.copyfile(ROOT / "resources" / "fonts" / "OFL.txt", folder / "fonts-OFL.txt")
    python = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    if python.is_file():
        shutil.copyfile(python, folder / "python-LICENSE.txt")
    for found in packages:
        for name, text in texts_of(found):
            place = folder / f"{_plain(found.metadata['Name'])}-{name}"
            place.write_text(text, encoding="utf-8")


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
