"""Which language is spoken: what ``--lang`` says, else what the environment says, else English."""

from __future__ import annotations

import gettext
import locale
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from primaire.errors import NameUnknownError
from primaire.messages import msg, term

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LANGUAGES: Final = ("en", "fr")

_CATALOGUES: Final = Path(__file__).parents[1] / "locale"

TYPER: Final = (
    term("Arguments"),
    term("Options"),
    term("Commands"),
    term("Show this message and exit."),
    term("Install completion for the current shell."),
    term("Show completion for the current shell, to copy it or customize the installation."),
    term("default: {default}"),
    term("required"),
    term("Missing command."),
)
"""The words that typer itself puts into ``--help``, for translators: it looks them up in the default domain."""


def asked_for(argv: Sequence[str]) -> str | None:
    """Return the value of ``--lang`` among the words of a command line, before they are parsed."""
    for word, following in zip(argv, [*argv[1:], ""], strict=False):
        if word == "--lang":
            return following
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None


def of_environment(environment: Mapping[str, str]) -> str:
    """Return the first known language of LANGUAGE, LC_ALL, LC_MESSAGES and LANG, in gettext's order; else English."""
    chosen = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    if sys.platform == "win32" and not chosen:
        chosen = "fr" if (locale.getlocale()[0] or "").lower().startswith("fr") else ""
    # LANGUAGE is not looked at in the C locale: gettext's rule, and a script that sets LC_ALL=C means it.
    preferred = (
        environment.get("LANGUAGE", "").split(":") if chosen not in ("", "C", "POSIX", "C.UTF-8", "C.utf8") else []
    )
    codes = [code[:2].lower() for code in (*preferred, chosen)]
    return next((code for code in codes if code in LANGUAGES), "en")


def checked(lang: str | None) -> str:
    """Return the language to speak. Raises NameUnknownError for one that primaire does not speak."""
    if lang is None:
        # Chosen once, when the program started: see speak().
        spoken = os.environ.get("LANGUAGE", "")
        return spoken if spoken in LANGUAGES else of_environment(os.environ)
    if lang not in LANGUAGES:
        raise NameUnknownError(
            msg("There is no language “{lang}”.", lang=lang),
            expected=msg("The languages are: {languages}.", languages=list(LANGUAGES)),
        )
    return lang


def translated(text: str, lang: str) -> str:
    """Return a text of the command line itself in a language."""
    if lang == "en":
        return text
    return gettext.translation("primaire", _CATALOGUES, [lang], fallback=True).gettext(text)


def speak(lang: str) -> None:
    """Make typer's own words (the headings of ``--help``) come from primaire's catalogue in that language."""
    # Global, since gettext's default domain and its environment are the only door that typer leaves to its words.
    os.environ["LANGUAGE"] = lang
    gettext.bindtextdomain("primaire", str(_CATALOGUES))
    gettext.textdomain("primaire")
