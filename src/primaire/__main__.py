"""``python -m primaire``."""

from primaire.cli.main import run

run()
