"""The part of PySide that is written in Python, compiled, for the bundle.

PySide keeps a dozen modules as sources inside its library, and unpacks and compiles them at every
start: a fifth of the time that PySide takes to load. Where a folder `files.dir` lies beside
`shiboken6`, it loads them from there instead (its own switch `SBK_EMBED=0` makes that folder).
"""

from __future__ import annotations

import py_compile
import sys
from pathlib import Path
from typing import Any

import PySide6.QtCore  # noqa: F401  brings the modules that are written out

IN_THE_BUNDLE = "shiboken6/files.dir"
_ONE_OF_THEM = "shibokensupport.signature.loader"


def compiled(folder: Path) -> Path:
    """Write the modules into a folder, compiled and the same at every build, and return it.

    Raises:
        LookupError: This PySide does not keep them inside its library.
        PyCompileError: Python cannot compile one.
    """
    archive: Any = getattr(sys.modules[_ONE_OF_THEM].__loader__, "zfile", None)
    if archive is None:
        raise LookupError("PySide does not keep its support inside its library")
    for name in sorted(archive.namelist()):
        path = Path(name)
        if path.suffix == ".py" and path.parts[0] == "shibokensupport":
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(name))
            py_compile.compile(
                str(target),
                str(target.with_suffix(".pyc")),
                dfile=name,
                doraise=True,
                invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
            )
            target.unlink()
    return folder
