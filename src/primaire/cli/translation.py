"""The help texts in another language."""

from __future__ import annotations

import gettext
from pathlib import Path
from typing import Any


def translate(group: Any, lang: str) -> None:
    """Replace the English help of a command line, its commands and their options by that of the catalogue."""
    catalogue = gettext.translation("primaire", Path(__file__).parents[1] / "locale", [lang], fallback=True)
    for command in (group, *group.commands.values()):
        for part in (command, *command.params):
            if getattr(part, "help", None):
                part.help = catalogue.gettext(part.help)
