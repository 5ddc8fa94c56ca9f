"""Loads the programs under packaging/, which are no package, as modules."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from house.sources import ROOT


def program(name: str, folder: Path = ROOT / "packaging") -> ModuleType:
    """Return a program of this folder as a module; each call loads it anew."""
    specification = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    specification.loader.exec_module(module)
    return module
