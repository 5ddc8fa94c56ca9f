"""Where the bundled service of headquarters begins."""

import sys

from embassy_desk.cli.hq import main

sys.exit(main())
