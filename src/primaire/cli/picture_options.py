"""The options of pictures: where they go, on which paper, in which colours, how wide.

Annotations are left as they are (no ``from __future__``): they are read when the program starts.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from primaire.cli import completion
from primaire.cli.options import Lang, Quiet, number, output_option
from primaire.errors import NameUnknownError
from primaire.messages import msg, term

if TYPE_CHECKING:
    from primaire.charts.style import Style


@dataclass(frozen=True)
class Drawing:
    """How a picture is drawn, and where it goes."""

    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=term("svg, png, pdf, html or json (the specification); by default, what --output's extension says."),
            autocompletion=completion.picture_formats,
        ),
    ] = None
    output: Annotated[
        str | None,
        output_option(
            term("Write to this file: .svg, .png, .pdf, .html or .json; it is replaced whole or not at all.")
        ),
    ] = None
    theme: Annotated[
        str | None,
        typer.Option(
            "--theme",
            metavar="THEME",
            help=term(
                "light, dark, or auto (svg and html): as the reader's browser prefers. By default light, in html auto."
            ),
            autocompletion=completion.themes,
        ),
    ] = None
    width: Annotated[
        str | None, typer.Option("--width", metavar="PIXELS", help=term("How wide the picture is: 600 by default."))
    ] = None
    colors: Annotated[
        str | None,
        typer.Option(
            "--colors",
            metavar="FILE",
            help=term(
                "A table of names and colours: name, color and, for dark paper, dark. Names are those of candidates, lists, parties or nuances."
            ),
        ),
    ] = None
    lang: Lang = None
    quiet: Quiet = False

    def style(self) -> "Style":
        """Return how it is drawn. Raises NameUnknownError for a language, theme or width that cannot be, SourceError for colours."""
        from primaire.charts.colours import Colours, read_colours
        from primaire.charts.inks import THEMES
        from primaire.charts.style import NARROWEST, USUAL, WIDEST, Style
        from primaire.cli.language import checked
        from primaire.cli.output import chosen_picture_format
        from primaire.render.language import Language

        chosen = chosen_picture_format(self.output, self.format)
        theme = next((one for one in THEMES if one == self.theme), None)
        if self.theme is not None and theme is None:
            raise NameUnknownError(
                msg("There is no theme “{name}”.", name=self.theme),
                expected=msg("The themes are: {names}.", names=THEMES),
            )
        if theme == "auto" and not chosen.adapts:
            raise NameUnknownError(
                msg("A picture as {format} cannot follow its reader's theme.", format=chosen.name),
                remedy=msg("Choose --theme light or --theme dark."),
            )
        width = USUAL if self.width is None else number(self.width, "--width")
        if not NARROWEST <= width <= WIDEST:
            raise NameUnknownError(
                msg("--width is from {least:count} to {most:count} pixels.", least=NARROWEST, most=WIDEST)
            )
        colours = Colours() if self.colors is None else read_colours(self.colors)
        return Style(
            Language(checked(self.lang)), theme or ("auto" if chosen.name == "html" else "light"), colours, width
        )
