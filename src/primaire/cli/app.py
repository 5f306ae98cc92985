"""The commands: each is one walk from sources to a table, in a few lines.

Analyses are imported inside the commands: ``primaire --help`` loads none of them, nor pandas. Annotations are left as
they are (no ``from __future__``): typer reads them, and text would have to be evaluated again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from primaire import __version__
from primaire.cli import completion
from primaire.cli.language import checked
from primaire.cli.options import Display, Grouping, Rows, Selection, Sources, with_options
from primaire.cli.words import Command, Group
from primaire.messages import term


@dataclass(frozen=True)
class Entry:
    """A command before it is put on the command line: its function, its help, and examples."""

    function: Callable[..., None]
    help: str
    examples: tuple[str, ...]


COMMANDS: dict[str, Entry] = {}
"""Every command by its name, in the order of the help."""


def command(help: str, *examples: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a command under its function's name."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        COMMANDS[function.__name__] = Entry(function, help, examples)
        return function

    return register


def primaire(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", help=term("Print the version."), is_eager=True, callback=lambda asked: _version(asked=asked)
        ),
    ] = False,
    lang: Annotated[
        str | None,
        typer.Option(
            "--lang", metavar="LANG", help=term("en or fr, for this help."), autocompletion=completion.languages
        ),
    ] = None,
) -> None:
    """The group itself: its options."""
    del version
    checked(lang)


def _version(*, asked: bool) -> None:
    if asked:
        typer.echo(f"primaire {__version__}")
        raise typer.Exit


@command(
    term("Who got what: candidates by rank with votes and shares, then the ballots, per contest and round."),
    "primaire results --round 2",
    "primaire results my_section.csv --base registered -o results.xlsx",
)
def results(
    sources: Sources = None,
    *,
    base: Annotated[
        str,
        typer.Option(
            "--base",
            metavar="BASE",
            help=term("Which share leads: valid, voters or registered."),
            autocompletion=completion.bases,
        ),
    ] = "valid",
    selection: Selection,
    grouping: Grouping,
    rows: Rows,
    display: Display,
) -> None:
    from primaire.analysis.results import results as analyse
    from primaire.cli.walk import answer, read

    answer(analyse(read(sources, selection, display), base=base, by=grouping.by), rows, display)


@command(
    term("Who came: registered, voters, turnout, blank and null, with the change between rounds."),
    "primaire turnout",
    "primaire turnout --lang fr --format markdown",
)
def turnout(sources: Sources = None, *, selection: Selection, grouping: Grouping, rows: Rows, display: Display) -> None:
    from primaire.analysis.turnout import turnout as analyse
    from primaire.cli.walk import answer, read

    answer(analyse(read(sources, selection, display), by=grouping.by), rows, display)


_Vote = list[str] | None


@command(
    term(
        "Round against round, contest against contest, or the first source against the second: points, votes, and swing."
    ),
    "primaire swing",
    "primaire swing round1.csv round2.csv",
    "primaire swing conflans national --before election=primaire --before round=1 --after round=2",
)
def swing(
    sources: Sources = None,
    *,
    before: Annotated[
        _Vote,
        typer.Option("--before", metavar="KEY=VALUE", help=term("Which vote comes before: round=1, contest=NAME, ...")),
    ] = None,
    after: Annotated[_Vote, typer.Option("--after", metavar="KEY=VALUE", help=term("Which vote comes after."))] = None,
    selection: Selection,
    grouping: Grouping,
    rows: Rows,
    display: Display,
) -> None:
    from primaire.analysis.swing import swing as analyse
    from primaire.cli.walk import answer, two_votes

    earlier, later = two_votes(sources, selection, before, after, display)
    answer(analyse(earlier, later, by=grouping.by), rows, display)


@command(
    term("The same vote elsewhere: Conflans against the country, in points."),
    "primaire compare --against national",
    "primaire compare my_section.csv --against yvelines --round 1",
)
def compare(
    sources: Sources = None,
    *,
    against: Annotated[
        str,
        typer.Option(
            "--against",
            metavar="SOURCE",
            help=term("What to compare with: a file or a data set that ships."),
            autocompletion=completion.sources,
        ),
    ],
    selection: Selection,
    grouping: Grouping,
    rows: Rows,
    display: Display,
) -> None:
    from primaire.analysis.compare import compare as analyse
    from primaire.cli.walk import answer, read

    answer(analyse(read(sources, selection, display), read([against], None, display), by=grouping.by), rows, display)


@command(
    term(
        "If blank votes counted: scores and absolute majority, with the range where blank and null are published together."
    ),
    "primaire blanks --round 2",
    "primaire blanks national",
)
def blanks(sources: Sources = None, *, selection: Selection, grouping: Grouping, rows: Rows, display: Display) -> None:
    from primaire.analysis.blanks import blanks as analyse
    from primaire.cli.walk import answer, read

    answer(analyse(read(sources, selection, display), by=grouping.by), rows, display)


@command(
    term("The whole numbers behind rounded percentages: none, exactly one set, or how many."),
    "primaire reconstruct",
    "primaire reconstruct my_section.csv --format json",
)
def reconstruct(sources: Sources = None, *, selection: Selection, rows: Rows, display: Display) -> None:
    from primaire.analysis.reconstruct import reconstruct as analyse
    from primaire.cli.walk import answer, read

    answer(analyse(read(sources, selection, display, check=False)), rows, display)


@command(
    term(
        "What the data hold: elections, rounds, units, candidates, what is missing, and where each figure comes from."
    ),
    "primaire info",
    "primaire info national",
)
def info(sources: Sources = None, *, selection: Selection, rows: Rows, display: Display) -> None:
    from primaire.analysis.info import info as analyse
    from primaire.cli.walk import answer, read

    answer(analyse(read(sources, selection, display)), rows, display)


@command(
    term("An empty file of the format, with one filled example to type over."),
    "primaire template -o my_section.csv",
    "primaire template --lang fr -o ma_section.csv",
)
def template(*, display: Display) -> None:
    from primaire.cli.output import write
    from primaire.sources.template import template as fill

    write(fill(checked(display.lang)), display.output, text=True)


@command(
    term("Every table of the data set, and every analysis of it, as files in one folder."),
    "primaire export -o tables",
    "primaire export national -o tables --format parquet",
)
def export(sources: Sources = None, *, selection: Selection, display: Display) -> None:
    from primaire.cli.walk import export_all, read

    export_all(read(sources, selection, display), display)


def build(lang: str, words: Sequence[str] = ()) -> Any:
    """Return the command line, its help in a language.

    Of the commands, only the one that the words name gets its options: to work out those of all takes as long as a
    table. Without words (for completion, and for the reference of the commands) all get theirs.
    """
    app = typer.Typer(
        cls=Group,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        help=term(
            "Election results: shares, turnout, swing, blank votes, and what they rest on. Offline, from a ten-line file upwards."
        ),
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    app.callback()(primaire)
    named = next((word for word in words if word in COMMANDS), None)
    for name, entry in COMMANDS.items():
        function = with_options(entry.function) if name == named or not words else lambda: None
        app.command(name, cls=Command, help=entry.help, epilog="\n\n".join(entry.examples))(function)
    group = typer.main.get_command(app)
    if lang != "en":
        from primaire.cli.translation import translate

        translate(group, lang)
    return group
