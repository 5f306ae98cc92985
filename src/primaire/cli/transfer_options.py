"""The options of the command that estimates transfers: of what, and how.

Annotations are left as they are (no ``from __future__``): they are read when the program starts.
"""

from dataclasses import dataclass
from typing import Annotated, Any

import typer

from primaire.cli import completion
from primaire.cli.options import number
from primaire.errors import NameUnknownError
from primaire.messages import msg, term


@dataclass(frozen=True)
class Tables:
    """Which tables are wanted."""

    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="LEVEL",
            help=term(
                "The local tables of one estimate: by region, departement, constituency, canton, commune, station or unit. Each has exactly its place's totals, and no intervals."
            ),
            autocompletion=completion.places,
        ),
    ] = None
    each: Annotated[
        str | None,
        typer.Option(
            "--each",
            metavar="LEVEL",
            help=term(
                "Estimate each place of this level by itself: the constituencies of a presidential election, say."
            ),
            autocompletion=completion.places,
        ),
    ] = None

    def asked(self) -> dict[str, Any]:
        """Return what is asked for, as the analysis takes it."""
        return {"by": self.by or "contest", "each": self.each}


@dataclass(frozen=True)
class Options:
    """Of which units the counts are compared, and which options are put together."""

    over: Annotated[
        str | None,
        typer.Option(
            "--over",
            metavar="LEVEL",
            help=term(
                "Compare the places of this level, units being added up first: communes instead of stations, say. With --crosswalk, communes."
            ),
            autocompletion=completion.places,
        ),
    ] = None
    merge_below: Annotated[
        str | None,
        typer.Option(
            "--merge-below",
            metavar="PERCENT",
            help=term(
                "Put candidates together as others who have less than this percentage of the registered voters of their vote, where there are two at least. Blank and null votes, abstention and the change of the rolls never are."
            ),
        ),
    ] = None
    keep: Annotated[
        list[str] | None,
        typer.Option(
            "--keep",
            metavar="NAME",
            help=term("Never put this candidate together with others. Repeat for more."),
            autocompletion=completion.candidates,
        ),
    ] = None
    group: Annotated[
        str | None,
        typer.Option(
            "--group",
            metavar="FILE",
            help=term(
                "A table of options to put together: option, group and, for one vote only, side (before or after). Options are candidates by name or label, abstention, blank, null."
            ),
        ),
    ] = None

    def asked(self) -> dict[str, Any]:
        """Return what is asked for, as the analysis takes it. Raises NameUnknownError for what is no percentage."""
        from primaire.grouping import read_groups

        return {
            "merge_below": None if self.merge_below is None else _percentage(self.merge_below),
            "keep": tuple(self.keep or ()),
            "groups": None if self.group is None else read_groups(self.group),
        }


@dataclass(frozen=True)
class Estimating:
    """How the estimate is made."""

    intervals: Annotated[
        bool,
        typer.Option(
            "--intervals/--no-intervals", help=term("90% intervals, or the same estimate without, in less time.")
        ),
    ] = True
    seed: Annotated[
        str, typer.Option("--seed", metavar="N", help=term("Of the random draws behind the intervals."))
    ] = "1"
    context: Annotated[
        str,
        typer.Option(
            "--context",
            metavar="FACTOR",
            help=term(
                "How much electors lean towards what their unit as a whole does: 0 not at all, 1 as much as where the true table is known, at most 4."
            ),
        ),
    ] = "1"

    def asked(self) -> dict[str, Any]:
        """Return what is asked for, as the analysis takes it. Raises NameUnknownError for what is no number."""
        return {"intervals": self.intervals, "seed": number(self.seed, "--seed"), "context": _factor(self.context)}


def _percentage(word: str) -> float:
    value = _number(word.strip().removesuffix("%"))
    if value is not None and 0 < value <= 100:  # noqa: PLR2004  per cent
        return value
    raise NameUnknownError(
        msg("--merge-below “{word}” is not a percentage.", word=word),
        remedy=msg("Write it like this: --merge-below 2%"),
    )


def _factor(word: str) -> float:
    from primaire.inference.estimate import MOST_CONTEXT

    value = _number(word)
    if value is not None and 0 <= value <= MOST_CONTEXT:
        return value
    raise NameUnknownError(
        msg("--context “{word}” is not a number from 0 to {most:count}.", word=word, most=MOST_CONTEXT)
    )


def _number(word: str) -> float | None:
    try:
        return float(word.strip().replace(",", "."))
    except ValueError:
        return None
