"""The options of the commands that ask whether figures hold: which findings, which margins, what is supposed.

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
class Codes:
    """Which findings are looked for."""

    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select",
            metavar="CODE",
            help=term("Only findings with this code, or with codes that begin so: PRI104, PRI1. Repeat for more."),
            autocompletion=completion.codes,
        ),
    ] = None
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            "--ignore",
            metavar="CODE",
            help=term("No findings with this code, or with codes that begin so. Repeat for more."),
            autocompletion=completion.codes,
        ),
    ] = None


@dataclass(frozen=True)
class Supposed:
    """What is supposed of ballots in doubt, and what margins are looked at."""

    deduct: Annotated[
        str | None,
        typer.Option(
            "--deduct", metavar="N", help=term("Suppose N irregular ballots, taken from whomever that hurts most.")
        ),
    ] = None
    add: Annotated[
        str | None,
        typer.Option(
            "--add", metavar="N", help=term("Suppose N ballots wrongly voided, given to whomever that helps most.")
        ),
    ] = None
    annul: Annotated[
        list[str] | None,
        typer.Option(
            "--annul",
            metavar="UNIT",
            help=term("The result without the ballots of this unit, station or commune. Repeat for more."),
        ),
    ] = None
    unknown: Annotated[
        list[str] | None,
        typer.Option(
            "--unknown",
            metavar="UNIT=N",
            help=term(
                "Suppose that the ballots of N electors of this unit are not known; without N, of all its registered voters, or of a number not published. Repeat for more."
            ),
        ),
    ] = None
    of: Annotated[
        list[str] | None,
        typer.Option(
            "--of",
            metavar="MARGIN",
            help=term("Only these margins: majority, qualification, reimbursement, last seat, ... Repeat for more."),
            autocompletion=completion.margins,
        ),
    ] = None

    def hypotheses(self) -> dict[str, Any]:
        """Return what is supposed, as the analysis takes it. Raises NameUnknownError for words that say nothing together."""
        deduct = 0 if self.deduct is None else number(self.deduct, "--deduct")
        add = 0 if self.add is None else number(self.add, "--add")
        if self.unknown and (deduct or add):
            raise NameUnknownError(
                msg(
                    "--unknown asks what electors could do, and --deduct and --add what ballots in doubt could: one at a time."
                )
            )
        for word in self.annul or []:
            if not word.strip():
                raise NameUnknownError(msg("--annul “{word}” names no unit.", word=word))
        unknown = [_electors(word) for word in self.unknown or []]
        return {"deduct": deduct, "add": add, "annul": tuple(self.annul or ()), "unknown": tuple(unknown)}


def _electors(word: str) -> tuple[str, int | None]:
    """Return the unit and the number of ``UNIT=N``, None for a number that is not published."""
    unit, equals, electors = word.rpartition("=")
    if not equals and word.strip():
        return word, None
    if not unit.strip():
        raise NameUnknownError(
            msg("--unknown “{word}” names no unit.", word=word), remedy=msg("Write it like this: --unknown Triel=120")
        )
    return unit.strip(), None if electors.strip() == "?" else number(electors.strip(), f"--unknown {unit}=")


def probability(word: str, option: str) -> float:
    """Return a number between 0 and 1, both excluded. Raises NameUnknownError for anything else."""
    try:
        value = float(word)
    except ValueError:
        value = 0.0
    if 0 < value < 1:
        return value
    raise NameUnknownError(
        msg("{option} “{word}” is not a number between 0 and 1.", option=option, word=word),
        remedy=msg("Write it like this: {option} 0.01", option=option),
    )
