"""Whether results can be trusted: whether figures hold, what changed between publications, and what could overturn them.

Analyses are imported inside the commands: ``primaire --help`` loads none of them, nor pandas. Annotations are left as
they are (no ``from __future__``): typer reads them, and text would have to be evaluated again.
"""

from typing import Annotated

import typer

from primaire.cli import completion, diagnostics
from primaire.cli.commands.registry import Commands
from primaire.cli.options import Display, Grouping, Law, Rows, Selection, Sources
from primaire.cli.trust_options import Codes, Supposed, probability
from primaire.errors import NameUnknownError
from primaire.messages import msg, term

COMMANDS = Commands()

LEVEL = 0.01
"""How often counting alone may raise an alarm, if nothing else is asked for."""


@COMMANDS.add(
    term(
        "Whether the figures hold. Every contradiction, with its place, its code and what to do; the exit code is 1 if there is an error."
    ),
    "primaire check national",
    "primaire check national --select PRI1 --ignore PRI113",
    "primaire check my_section.csv --format csv -o findings.csv",
)
def check(sources: Sources = None, *, codes: Codes, selection: Selection, rows: Rows, display: Display) -> None:
    from primaire.checks.asked import codes_asked
    from primaire.checks.check import check as look
    from primaire.checks.check import has_errors
    from primaire.cli.walk import answer, read

    codes_asked(codes.select or (), codes.ignore or ())  # a code that does not exist is told before anything is read
    returns = read(sources, selection, display, printed=True, check=False)
    table = look(returns, select=codes.select or (), ignore=codes.ignore or ())
    answer(table, rows, display)
    if has_errors(table):
        raise typer.Exit(diagnostics.ERRORS_FOUND)


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
    ] = f"{LEVEL}",
    selection: Selection,
    grouping: Grouping,
    rows: Rows,
    display: Display,
) -> None:
    from primaire.analysis.diff import diff as analyse
    from primaire.analysis.revisions import revisions
    from primaire.cli.walk import answer, read_publications

    at_most = probability(level, "--level")
    if units and at_most != LEVEL:
        raise NameUnknownError(
            msg("--level has no effect with --units: nothing is tested there."), remedy=msg("Leave one of the two out.")
        )
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
