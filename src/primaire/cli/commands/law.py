"""What the law makes of the votes: who is elected, and who gets which seat.

Analyses are imported inside the commands: ``primaire --help`` loads none of them, nor pandas. Annotations are left as
they are (no ``from __future__``): typer reads them, and text would have to be evaluated again.
"""

from typing import Annotated

import typer

from primaire.cli import completion
from primaire.cli.commands.registry import Commands
from primaire.cli.options import Display, Grouping, Law, Rows, Selection, Sources
from primaire.messages import term

COMMANDS = Commands()


@COMMANDS.add(
    term("Who is elected, who goes on, and who is out. By how many votes, and which article says so."),
    "primaire outcome national",
    "primaire outcome deputies1.csv deputies2.csv --summary",
    "primaire outcome deputies1.csv deputies2.csv --fate withdrawn",
    "primaire outcome our_vote.csv --rules our_rules.toml",
)
def outcome(
    sources: Sources = None,
    *,
    law: Law,
    fate: Annotated[
        list[str] | None,
        typer.Option(
            "--fate",
            metavar="WORD",
            help=term("Only those to whom this happened: elected, qualified, withdrawn, tied, ... Repeat for more."),
            autocompletion=completion.fates,
        ),
    ] = None,
    summary: Annotated[
        bool,
        typer.Option(
            "--summary", help=term("Count the contests instead: settled, going on, with how many who may stand.")
        ),
    ] = False,
    selection: Selection,
    rows: Rows,
    display: Display,
) -> None:
    from primaire.analysis.outcome import outcome as one_by_one
    from primaire.analysis.outlook import outlook
    from primaire.cli.walk import answer, fates_asked, read, rules_asked

    analyse = outlook if summary else one_by_one
    rules, seats, fates = rules_asked(law), law.number_of_seats(), fates_asked(fate)
    returns = read(sources, selection, display, entire=True)
    answer(analyse(returns, rules=rules, seats=seats, assume_whole=law.assume_whole), rows, display, fates=fates)


@COMMANDS.add(
    term(
        "Which list gets how many seats. Under the rules of that election or by a method, with what ties leave open and how near the last seat was; each step on demand."
    ),
    "primaire seats my_town.csv --seats 29 --rules municipales-2026",
    'primaire seats my_town.csv --seats 29 --method hare --threshold "at least 5 % of valid"',
    "primaire seats my_town.csv --seats 29 --method dhondt --explain",
)
def seats(
    sources: Sources = None,
    *,
    law: Law,
    method: Annotated[
        str | None,
        typer.Option(
            "--method",
            metavar="METHOD",
            help=term(
                "Instead of rules, a method: dhondt, sainte-lague, modified-sainte-lague, danish, imperiali-averages, hare, droop, hagenbach-bischoff or imperiali."
            ),
            autocompletion=completion.methods,
        ),
    ] = None,
    threshold: Annotated[
        str | None,
        typer.Option(
            "--threshold",
            metavar="CONDITION",
            help=term("With a method, which lists share: “at least 5 % of valid”, “more than 3 % of registered”."),
        ),
    ] = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help=term("Show every step: who took which seat, and what the next list was short of.")
        ),
    ] = False,
    selection: Selection,
    grouping: Grouping,
    rows: Rows,
    display: Display,
) -> None:
    from primaire.analysis.seats import seats as analyse
    from primaire.cli.walk import answer, read, rules_asked

    rules, number = rules_asked(law), law.number_of_seats()
    table = analyse(
        read(sources, selection, display, entire=True),  # what units there are tells whether a contest is whole
        seats=number,
        rules=rules,
        method=method,
        threshold=threshold,
        assume_whole=law.assume_whole,
        explain=explain,
        by=grouping.words(),
    )
    answer(table, rows, display)
