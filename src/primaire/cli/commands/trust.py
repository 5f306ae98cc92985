"""Whether the figures hold: checks of a result, its publications beside each other, and what could overturn it.

Analyses are imported inside the commands: ``primaire --help`` loads none of them, nor pandas. Annotations are left as
they are (no ``from __future__``): typer reads them, and text would have to be evaluated again.
"""

from typing import Annotated

import typer

from primaire.cli import completion
from primaire.cli.commands.registry import Commands
from primaire.cli.options import Display, Grouping, Rows, Selection, probability
from primaire.messages import term

COMMANDS = Commands()


@COMMANDS.add(
    term(
        "What happened between publications of one result. Votes, shares and units that changed, and whether counting more votes explains it."
    ),
    "primaire diff publications",
    "primaire diff evening.csv final.csv",
    "primaire diff evening.csv final.csv --units",
)
def diff(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="OLD NEW ...",
            help=term(
                "Publications of one result, the earliest first; or a file that holds several, such as the data set publications."
            ),
            autocompletion=completion.sources,
            show_default=False,
        ),
    ] = None,
    *,
    units: Annotated[
        bool,
        typer.Option(
            "--units",
            help=term("Answer with the units that were added, are gone or were revised instead, all of them."),
        ),
    ] = False,
    level: Annotated[
        str,
        typer.Option(
            "--level",
            metavar="P",
            help=term("How often counting alone may raise an alarm between two publications: 0.01 is 1 in 100."),
        ),
    ] = "0.01",
    selection: Selection,
    grouping: Grouping,
    rows: Rows,
    display: Display,
) -> None:
    from primaire.analysis.diff import diff as analyse
    from primaire.analysis.revisions import revisions
    from primaire.cli.walk import answer, read_publications

    at_most = probability(level, "--level")
    read = read_publications(sources, selection, display)
    table = (
        revisions(read, by=grouping.words() if grouping.by else "unit")
        if units
        else analyse(read, by=grouping.words(), level=at_most)
    )
    answer(table, rows, display)
