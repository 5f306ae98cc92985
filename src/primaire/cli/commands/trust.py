"""Whether results can be trusted: whether figures hold, what changed between publications, and what could overturn them.

Analyses are imported inside the commands: ``primaire --help`` loads none of them, nor pandas. Annotations are left as
they are (no ``from __future__``): typer reads them, and text would have to be evaluated again.
"""

from typing import Annotated

import typer

from primaire.cli import completion
from primaire.cli.commands.registry import Commands
from primaire.cli.options import Display, Grouping, Law, Rows, Selection, Sources, Supposed, probability
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


@COMMANDS.add(
    term(
        "How many ballots could overturn what. First against second, majority, who goes on, the last seat; closest first, as the judge of elections counts."
    ),
    "primaire margin conflans --election législative",
    "primaire margin our_vote.csv --rules our_rules.toml --deduct 8",
    "primaire margin deputies1.csv deputies2.csv --of qualification --top 10",
    "primaire margin conflans --election législative --unknown Vernouillet --unknown Triel",
)
def margin(
    sources: Sources = None,
    *,
    law: Law,
    supposed: Supposed,
    selection: Selection,
    rows: Rows,
    display: Display,
) -> None:
    from primaire.analysis.margin import margin as analyse
    from primaire.cli.walk import answer, margins_asked, read, rules_asked

    rules, seats, of = rules_asked(law), law.number_of_seats(), margins_asked(supposed.of)
    hypotheses = supposed.hypotheses()
    returns = read(sources, selection, display, entire=True)
    answer(
        analyse(returns, rules=rules, seats=seats, assume_whole=law.assume_whole, of=of, **hypotheses), rows, display
    )
