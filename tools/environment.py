"""The environment that documentation and tests run in: the same on every machine, whatever its owner has set."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

_PERSONAL = (
    "LANGUAGE",
    "LC_ALL",
    "LC_MESSAGES",
    "LANG",  # the language of messages and numbers
    "NO_COLOR",
    "FORCE_COLOR",
    "TTY_COMPATIBLE",
    "COLUMNS",
    "LINES",  # how a terminal is written to
    "TERM",
)


def personal_settings() -> tuple[str, ...]:
    """Return the names of the environment variables that change what a program prints from one person to the next."""
    return _PERSONAL


def neutral_environment(**settings: str) -> dict[str, str]:
    """Return this process's environment without personal settings, with this Python's scripts first on PATH."""
    environment = {name: value for name, value in os.environ.items() if name not in _PERSONAL}
    path = os.pathsep.join([str(Path(sys.executable).parent), environment.get("PATH", "")])
    return {**environment, "PATH": path, "PYTHONIOENCODING": "utf-8", **settings}
