"""The data themselves: what they hold, and other forms of them.

Analyses are imported inside the commands: ``primaire --help`` loads none of them, nor pandas. Annotations are left as
they are (no ``from __future__``): typer reads them, and text would have to be evaluated again.
"""

from typing import Annotated

import typer

from primaire.cli import completion
from primaire.cli.commands.registry import Commands
from primaire.cli.language import checked
from primaire.cli.options import (
    Display,
    Lang,
    Output,
    Rows,
    Selection,
    Sheet,
    Sources,
    toml_file,
)
from primaire.messages import term

COMMANDS = Commands()


@COMMANDS.add(
    term(
        "What the data hold, and what is missing. Elections, rounds, units, candidates, and where each figure comes from."
    ),
    "primaire info",
    "primaire info national",
)
def info(sources: Sources = None, *, selection: Selection, rows: Rows, display: Display) -> None:
    from primaire.analysis.info import info as analyse
    from primaire.cli.walk import answer, read

    answer(analyse(read(sources, selection, display, printed=True)), rows, display)


@COMMANDS.add(
    term("An empty file of the format, to type over. It has one filled example."),
    "primaire template -o my_section.csv",
    "primaire template --lang fr -o ma_section.csv",
)
def template(*, sheet: Sheet) -> None:
    from primaire.cli.output import write
    from primaire.sources.own.template import template as fill

    write(fill(checked(sheet.lang)), sheet.csv_file(), text=True)


@COMMANDS.add(
    term("What the columns of a file are taken for, as TOML. Correct it, and read the file with it."),
    "primaire mapping my_section.csv",
    "primaire mapping my_section.csv -o my_section.toml",
)
def mapping(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help=term("A file of results, or “-” for standard input."),
            autocompletion=completion.sources,
        ),
    ],
    *,
    sheet: Annotated[
        str | None,
        typer.Option("--sheet", metavar="NAME", help=term("Of several tables in the file, the one to look at.")),
    ] = None,
    output: Output = None,
    lang: Lang = None,
) -> None:
    from primaire.cli.output import write
    from primaire.sources.meaning.describe import describe

    checked(lang)
    write(describe(file, sheet).encode(), toml_file(output), text=True)


@COMMANDS.add(
    term(
        "The data in primaire's own format, as CSV or Parquet. All of them, exactly; what is written reads back the same."
    ),
    "primaire convert my_section.csv -o clean.csv",
    "primaire convert conflans national -o clean.parquet",
)
def convert(sources: Sources = None, *, selection: Selection, display: Display) -> None:
    from primaire.cli.walk import convert as write_converted

    write_converted(sources, selection, display)


@COMMANDS.add(
    term("Every table of the data set as files. The data and each analysis, in the folder that --output names."),
    "primaire export -o tables",
    "primaire export national -o tables --format parquet",
)
def export(sources: Sources = None, *, selection: Selection, display: Display) -> None:
    from primaire.cli.walk import export_all, read

    export_all(read(sources, selection, display), display)
