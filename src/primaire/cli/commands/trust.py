"""Whether the figures hold: checks of a result, its publications beside each other, and what could overturn it.

Analyses are imported inside the commands: ``primaire --help`` loads none of them, nor pandas. Annotations are left as
they are (no ``from __future__``): typer reads them, and text would have to be evaluated again.
"""

import typer

from primaire.cli import diagnostics
from primaire.cli.commands.registry import Commands
from primaire.cli.options import Codes, Display, Rows, Selection, Sources
from primaire.messages import term

COMMANDS = Commands()


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
