"""The formats: their names, their file extensions, and where each is written. The one list that all others come from."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal

from primaire.errors import NameUnknownError
from primaire.messages import msg

if TYPE_CHECKING:
    from collections.abc import Callable

    from primaire.render.language import Language
    from primaire.table import Table

Audience = Literal["people", "machine"]
"""People read the language's words and numbers (35,68 %), rounded; machines stable names and full precision."""


@dataclass(frozen=True)
class Format:
    """One way to write a table.

    Attributes:
        name: as the user says it.
        extensions: the file extensions that stand for it, with the dot, in lower case; the first is the usual one.
        audience: whom it is for.
        binary: whether the bytes are something else than UTF-8 text.
        place: ``module:function`` in this room. The module is imported when the format is first used, and brings the
            libraries that this format alone needs.
    """

    name: str
    extensions: tuple[str, ...]
    audience: Audience
    binary: bool
    place: str

    def render(self, table: Table, language: Language) -> bytes:
        """Return a table in this format, text as UTF-8 with ``\\n`` line ends.

        Machine formats are the same in every language. Raises OutputError for a table that the format cannot hold.
        """
        module, _, function = self.place.partition(":")
        write: Callable[..., bytes] = getattr(import_module(f"primaire.render.{module}"), function)
        return write(table, language) if self.audience == "people" else write(table)


FORMATS = {
    entry.name: entry
    for entry in (
        Format("table", (), "people", binary=False, place="terminal:uncut"),
        Format("markdown", (".md",), "people", binary=False, place="markdown:markdown"),
        Format("latex", (".tex",), "people", binary=False, place="latex:latex"),
        Format("html", (".html", ".htm"), "people", binary=False, place="webpage:html"),
        Format("plain", (".txt",), "people", binary=False, place="plain:plain"),
        Format("csv", (".csv",), "machine", binary=False, place="separated:csv"),
        Format("json", (".json",), "machine", binary=False, place="records:json"),
        Format("jsonl", (".jsonl", ".ndjson"), "machine", binary=False, place="records:jsonl"),
        Format("xlsx", (".xlsx",), "machine", binary=True, place="workbook:xlsx"),
        Format("parquet", (".parquet",), "machine", binary=True, place="parquet:parquet"),
    )
}
"""Every format by its name, people's first."""


def find(name: str) -> Format:
    """Return the format of a name.

    Raises:
        NameUnknownError: there is none; it names those that exist and, where there is one, the closest.

    >>> find("jsonl").extensions
    ('.jsonl', '.ndjson')
    """
    if name in FORMATS:
        return FORMATS[name]
    # Renderers see only Table, so that they cannot ask :mod:`primaire.suggestion`, which asks in these words everywhere else.
    close = difflib.get_close_matches(name.lower(), FORMATS, n=1)
    raise NameUnknownError(
        msg("There is no format “{name}”.", name=name),
        expected=msg("The formats are: {names}.", names=list(FORMATS)),
        remedy=msg("Did you mean “{near}”?", near=close[0]) if close else None,
    )


def format_for(path: str | PurePath) -> Format:
    """Return the format that a file's extension stands for, in whatever case.

    Raises:
        NameUnknownError: the extension stands for none, or there is no extension; it names those that exist.

    >>> format_for("results.CSV").name
    'csv'
    """
    suffix = PurePath(path).suffix.lower()
    by_extension = {extension: entry for entry in FORMATS.values() for extension in entry.extensions}
    if suffix in by_extension:
        return by_extension[suffix]
    raise NameUnknownError(
        msg("The name “{path}” does not tell a format.", path=str(path)),
        expected=msg("The extensions known are: {extensions}.", extensions=list(by_extension)),
        remedy=msg("Use one of them, or name the format with --format."),
    )


def render_as(table: Table, name: str = "table", language: Language | str = "en") -> bytes:
    """Return a table in a format: text as UTF-8, or the bytes of a file.

    Args:
        table: what an analysis answers.
        name: a format of :data:`FORMATS`.
        language: ``en`` or ``fr`` (or a :class:`~primaire.render.language.Language`), for formats that people read;
            machine formats are the same in every language.

    Raises:
        NameUnknownError: the format or the language does not exist.
        OutputError: the format cannot hold the table.
    """
    from primaire.render.language import Language

    spoken = language if isinstance(language, Language) else Language(language)
    return find(name).render(table, spoken)
