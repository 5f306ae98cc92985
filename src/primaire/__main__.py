"""``python -m primaire``."""

import sys

from primaire.cli.main import main

sys.exit(main())
