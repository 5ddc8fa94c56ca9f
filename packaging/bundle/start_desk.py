"""Where the bundled desk begins: the window and every command."""

import os
import sys
from pathlib import Path

from embassy_desk.cli.main import main

# A program of windows has no streams on Windows; what is said there has to go somewhere.
for name in ("stdout", "stderr"):
    if getattr(sys, name) is None:
        setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  kept

sys.exit(main())
