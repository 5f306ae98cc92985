"""The walk to a page: from sources to one HTML file, with the command that makes it told on it.

Annotations are left as they are (no ``from __future__``): options are read when the program starts.
"""

import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from pathlib import PurePath
from typing import Annotated, Any, Final

import typer

from primaire.cli import completion
from primaire.cli.options import Display, Lang, Law, Quiet, Selection, ShapesCrs, output_option
from primaire.errors import ExtraMissingError, NameUnknownError, OutputError
from primaire.messages import Message, msg, term

_ENDINGS: Final = (".html", ".htm")
_FILES: Final = ("rules", "mapping", "shapes")
"""Options that may name a file: of it, the page tells the last name only."""


@dataclass(frozen=True)
class Page:
    """What the page is called, and where it goes."""

    output: Annotated[
        str | None, output_option(term("Write to this file, .html; it is replaced whole or not at all."))
    ] = None
    shapes: Annotated[
        str | None,
        typer.Option(
            "--shapes",
            metavar="FILE",
            help=term("The outlines of places, for maps: GeoJSON or TopoJSON, with their codes."),
            autocompletion=completion.files,
        ),
    ] = None
    shapes_crs: ShapesCrs = None
    title: Annotated[
        str | None,
        typer.Option("--title", metavar="TEXT", help=term("The title of the page, instead of the one the data give.")),
    ] = None
    transfers: Annotated[
        bool | None,
        typer.Option(
            "--transfers/--no-transfers",
            help=term(
                "Where votes went from round to round, as “primaire transfers” estimates it. By default, where the votes of the page have 2,000 units at most."
            ),
        ),
    ] = None
    dated: Annotated[
        bool,
        typer.Option(
            "--dated",
            help=term("Tell on the page which day it was made. Without it, the same data give the same bytes."),
        ),
    ] = False
    lang: Lang = None
    quiet: Quiet = False

    def check_shapes(self) -> None:
        """Raise NameUnknownError for a coordinate system without shapes."""
        if self.shapes is None and self.shapes_crs is not None:
            raise NameUnknownError(
                msg("--shapes-crs means nothing without --shapes."),
                remedy=msg("Name the file of shapes: --shapes FILE"),
            )

    def check_output(self) -> None:
        """Raise OutputError or NameUnknownError where a page cannot go."""
        from primaire.cli.output import check_target

        if self.output is None:
            if sys.stdout.isatty():
                raise OutputError(
                    msg("A page is for a browser, not for a terminal."),
                    remedy=msg("Name a file with -o: -o report.html"),
                )
            return
        check_target(self.output)
        if PurePath(self.output).suffix.lower() not in _ENDINGS:
            raise NameUnknownError(
                msg("The page is HTML, and “{path}” promises something else.", path=self.output),
                remedy=msg("Give it a name that ends in .html."),
            )

    def made(self) -> date | None:
        """Return the day to be told: that of SOURCE_DATE_EPOCH, where the environment sets it, else today if asked for."""
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        if epoch.isascii() and epoch.isdecimal():
            return datetime.fromtimestamp(int(epoch), UTC).date()
        return datetime.now().astimezone().date() if self.dated else None


def publish(sources: Sequence[str] | None, selection: Selection, law: Law, page: Page) -> None:
    """Write the page of the sources."""
    from primaire.checks.contradictions import findings
    from primaire.cli import diagnostics
    from primaire.cli.language import checked
    from primaire.cli.output import write
    from primaire.cli.walk import read, rules_asked, working
    from primaire.reporting import report

    page.check_output()
    page.check_shapes()
    lang = checked(page.lang)
    rules, seats = rules_asked(law), law.number_of_seats()
    display = Display(lang=page.lang, quiet=page.quiet)
    # What contradicts itself has its own chapter; whoever made the page is told all the same.
    returns = read(sources, selection, display, printed=True, check=False, entire=True)

    def told(error: ExtraMissingError) -> None:
        if not page.quiet:
            diagnostics.lacking(error, lang)

    def left_out(said: Message) -> None:
        if not page.quiet:
            diagnostics.note(said, lang)

    with working(display) as progress:
        data = report(
            returns,
            lang,
            shapes=page.shapes,
            shapes_crs=page.shapes_crs,
            title=page.title,
            rules=rules,
            seats=seats,
            assume_whole=law.assume_whole,
            command=command(sources or (), (selection, law, page)),
            made=page.made(),
            transfers=page.transfers,
            missing=told,
            left_out=left_out,
            progress=progress,
        )
    if not page.quiet:
        diagnostics.warn(findings(returns), lang)
    write(data, page.output, text=True)


def command(sources: Sequence[str], groups: Sequence[Any]) -> str:
    """Return the command that makes the page again, without the folders of whoever made it."""
    from primaire.reporting.folders import shortest

    words = ["primaire", "report", *shortest(sources).values()]
    for group in groups:
        words += _options(group)
    return shlex.join(words)


def _options(group: Any) -> Iterator[str]:
    for field in fields(group):
        value = getattr(group, field.name)
        if field.name in ("output", "quiet") or value in (field.default, []):
            continue
        for each in value if isinstance(value, list) else [value]:
            yield f"--{'no-' if each is False else ''}{field.name.replace('_', '-')}"
            if not isinstance(each, bool):
                yield PurePath(each).name if field.name in _FILES else str(each)
