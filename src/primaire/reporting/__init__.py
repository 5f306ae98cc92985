"""The room where the answers of a data set become one page that needs nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from primaire.reporting.asked import Asked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from primaire.errors import ExtraMissingError
    from primaire.messages import Message
    from primaire.render.language import Language
    from primaire.rules.rule import Rule
    from primaire.schema import Returns
    from primaire.shapes.outlines import Outlines

__all__ = ["report"]


def report(  # noqa: PLR0913  each is named at the call
    returns: Returns,
    language: Language | str = "en",
    *,
    shapes: str | Path | None = None,
    shapes_crs: str | None = None,
    title: str | None = None,
    rules: Sequence[Rule] | None = None,
    seats: int | None = None,
    assume_whole: bool = False,
    command: str | None = None,
    made: date | None = None,
    transfers: bool | None = None,
    missing: Callable[[ExtraMissingError], None] | None = None,
    left_out: Callable[[Message], None] | None = None,
    progress: Callable[[float], None] | None = None,
) -> bytes:
    """Return one HTML page with all that a data set says: outcome, results, turnout, swing, transfers, margins, places, checks, sources.

    The page asks nothing of any other place, and its content security policy forbids it to. The same figures give the
    same bytes. What the data cannot tell is left out.

    Args:
        returns: as read, with every unit; ``printed=True`` at :func:`primaire.load` has printed percentages checked.
        language: ``en`` or ``fr``, or a :class:`~primaire.render.language.Language`.
        shapes: a file of the outlines of places (``docs/maps.md``), for maps of who came first and of turnout.
        shapes_crs: the system that their positions are in, such as ``EPSG:2154``, where the file does not say it.
        title: instead of the one that the data give.
        rules, seats, assume_whole: as for :func:`primaire.analysis.outcome.outcome`.
        command: the command that makes the page, to be told on it.
        made: the day it is made, to be told on it.
        transfers: whether it is estimated where votes went from the last round but one to the last. None: where the votes of
            the page have :data:`primaire.reporting.transfers.MOST` units at most, which takes a few seconds.
        missing: called once, with the error that says what to install, if pictures cannot be drawn: the page has none then.
        left_out: called with what to say of it if transfers are left out: once, for nothing but the number of units; or for
            each vote whose data cannot tell it though ``transfers`` are asked for, or which does not fit into memory, unless
            this is refused for all.
        progress: called with the part of the estimates of transfers that is done, 0 to 1.

    Raises:
        NotHeldError: there is no vote in the data, no shape is of a place that has figures, or the positions of shapes are
            not in ``shapes_crs``; or ``transfers`` are asked for and cannot be estimated for any vote, or not on a page of
            more than six contests.
        SourceError: the shapes cannot be read.
        NameUnknownError: there is no such language, or no such system of coordinates.
    """
    from primaire.render.language import Language
    from primaire.reporting.edition import page_of
    from primaire.reporting.folders import rules_without_folders
    from primaire.reporting.page import written

    spoken = language if isinstance(language, Language) else Language(language)
    outlines = None if shapes is None else _outlines(shapes, shapes_crs, missing)
    asked = Asked(
        rules_without_folders(rules),
        seats,
        assume_whole,
        outlines,
        title,
        command,
        made,
        transfers,
        progress,
        left_out,
    )
    return written(page_of(returns, asked), spoken, missing if shapes is None or outlines is not None else None)


def _outlines(
    shapes: str | Path, crs: str | None, missing: Callable[[ExtraMissingError], None] | None
) -> tuple[Outlines, ...] | None:
    """Read shapes; None, and it is told, where the libraries that read them are not installed."""
    from primaire.errors import ExtraMissingError
    from primaire.shapes.reading import read_shapes

    try:
        return read_shapes(shapes, crs)
    except ExtraMissingError as error:
        if missing is not None:
            missing(error)
        return None
