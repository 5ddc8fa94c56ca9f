"""What lies where in a place with updates."""

import re

METADATA, TARGETS, PIECES, STICK = "metadata", "targets", "pieces", "stick"
TIMESTAMP = f"{METADATA}/timestamp.json"
STICK_TIMESTAMP = f"{STICK}/timestamp.json"
MANIFEST_NAME = "newest.json"
SERVED_BELOW = "/updates"
"""Below which address headquarters serves them, and in which folder of its home they lie."""

PACKAGES = frozenset({"deb-amd64", "msi-x86_64", "setup-x86_64"})
"""Platforms whose versions are one file each, which the tools of a site install."""

PUBLIC_NAME = re.compile(
    r"metadata/([0-9]{1,9}\.(root|targets|snapshot)|timestamp)\.json|stick/timestamp\.json"
    r"|targets/[a-z0-9_-]{1,40}/[0-9a-f]{64}\.newest\.json|pieces/[0-9a-f]{64}"
)
"""Every name there is; nothing else is ever opened for somebody who asks."""


def program_of(platform: str) -> str:
    """Return the program of a bundle that answers to `--version`; empty for packages.

    On Windows that is the console's twin; the program of the window has nowhere to say it.
    """
    if platform in PACKAGES:
        return ""
    return "embassy-desk-cli.exe" if platform.startswith("windows-") else "embassy-desk"


def target_of(platform: str) -> str:
    """Return the name under which the newest version of a platform is signed."""
    return f"{platform}/{MANIFEST_NAME}"
