"""Makes loading the desk quick and small; used once, before its first module.

PySide reads the source of every module that is loaded after it, looking for its own name, and keeps
all of it: it wants to know where names of Qt may be written another way
(`from __feature__ import snake_case`). The desk never does that. Without it the desk takes 39 MiB
less and loads by a fifth quicker. In a bundle there are no sources, so nothing is found there
either, and this is the same answer without looking.
"""

import gc
import sys
from types import ModuleType

import PySide6.QtCore  # noqa: F401  brings what is changed here

_FEATURES = "shibokensupport.feature"
_LOOK = "_mod_uses_pyside"


def load_quickly() -> None:
    """Let modules be loaded without a look for cycles, and without reading their sources.

    The window looks for cycles itself from then on (`kit/collector.py`). Where another version of
    PySide has no such look, nothing is changed but the speed.
    """
    gc.disable()
    features = sys.modules.get(_FEATURES)
    if features is not None and hasattr(features, _LOOK):
        setattr(features, _LOOK, _names_no_feature)


def _names_no_feature(_module: ModuleType) -> bool:
    return False
