"""The options of maps: the shapes, and what is shown of their places.

Annotations are left as they are (no ``from __future__``): they are read when the program starts.
"""

from dataclasses import dataclass
from typing import Annotated

import typer

from primaire.cli import completion
from primaire.cli.options import After, Before, ShapesCrs
from primaire.errors import NameUnknownError
from primaire.messages import msg, term


@dataclass(frozen=True)
class Outlined:
    """The outlines of places."""

    shapes: Annotated[
        str | None,
        typer.Option(
            "--shapes",
            metavar="FILE",
            help=term("The outlines of places: GeoJSON or TopoJSON, with their codes."),
            autocompletion=completion.files,
        ),
    ] = None
    shape_key: Annotated[
        str | None,
        typer.Option(
            "--shape-key",
            metavar="NAME",
            help=term(
                "The property of shapes that is their code, or several with commas, the widest place first: DEPCO,BVOTE. By default, what finds the most."
            ),
        ),
    ] = None
    shapes_crs: ShapesCrs = None
    unmatched: Annotated[
        bool,
        typer.Option(
            "--unmatched", help=term("Answer with the places without a shape and the shapes without a place instead.")
        ),
    ] = False

    def file(self) -> str:
        """Return ``--shapes``. Raises NameUnknownError without it."""
        if self.shapes is None:
            raise NameUnknownError(
                msg("A map needs the outlines of its places."),
                remedy=msg("Name a file of them: --shapes communes.geojson"),
            )
        return self.shapes


@dataclass(frozen=True)
class Shown:
    """What a map shows."""

    show: Annotated[
        str | None,
        typer.Option(
            "--show",
            metavar="WHAT",
            help=term(
                "share (of a candidate), winner, turnout, or swing (of a candidate, from one vote to the next). By default share with --candidate, else winner."
            ),
            autocompletion=completion.shown,
        ),
    ] = None
    candidate: Annotated[
        str | None,
        typer.Option(
            "--candidate", metavar="NAME", help=term("Whose share or swing."), autocompletion=completion.candidates
        ),
    ] = None
    base: Annotated[
        str | None,
        typer.Option(
            "--base",
            metavar="BASE",
            help=term("What a share is a share of: valid (the default), voters or registered."),
            autocompletion=completion.bases,
        ),
    ] = None
    before: Before = None
    after: After = None

    def what(self) -> str:
        """Return what is shown. Raises NameUnknownError for an option that means nothing for it."""
        chosen = self.show or ("winner" if self.candidate is None else "share")
        uses = {"share": {"candidate", "base"}, "swing": {"candidate", "before", "after"}}.get(chosen, set())
        for name in ("candidate", "base", "before", "after"):
            if getattr(self, name) is not None and name not in uses:
                raise NameUnknownError(
                    msg("--{option} means nothing for a map of {show:term}.", option=name, show=chosen),
                    remedy=msg("Choose another with --show, or leave it out."),
                )
        return chosen
