"""The commands: each is one walk from sources to a table, in a few lines.

Analyses are imported inside the commands: ``primaire --help`` loads none of them, nor pandas. Annotations are left as
they are (no ``from __future__``): typer reads them, and text would have to be evaluated again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from primaire.cli import completion
from primaire.cli.language import checked, translated
from primaire.cli.options import (
    Display,
    Grouping,
    Lang,
    Law,
    Linking,
    Output,
    Rows,
    Selection,
    Sheet,
    Sources,
    toml_file,
    with_options,
)
from primaire.cli.words import Command, Group
from primaire.errors import NameUnknownError
from primaire.matching import closest
from primaire.messages import msg, term
from primaire.version import VERSION


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
        typer.echo(f"primaire {VERSION}")
        raise typer.Exit


@command(
    term("Who got what: votes and shares by rank, then the ballots. One table per contest and round."),
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

    answer(
        analyse(read(sources, selection, display, by=grouping.words()), base=base, by=grouping.words()), rows, display
    )


@command(
    term("Who came: voters, turnout, blank and null votes. With the change between rounds."),
    "primaire turnout",
    "primaire turnout --lang fr --format markdown",
)
def turnout(sources: Sources = None, *, selection: Selection, grouping: Grouping, rows: Rows, display: Display) -> None:
    from primaire.analysis.turnout import turnout as analyse
    from primaire.cli.walk import answer, read

    answer(analyse(read(sources, selection, display, by=grouping.words()), by=grouping.words()), rows, display)


_Vote = list[str] | None


@command(
    term(
        "What moved between two votes: points, votes and swing. Round against round, contest against contest, or the first source against the second."
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
    linking: Linking,
    selection: Selection,
    grouping: Grouping,
    rows: Rows,
    display: Display,
) -> None:
    from primaire.analysis.swing import swing as analyse
    from primaire.analysis.unmatched import between
    from primaire.cli.walk import answer, linked_by, set_against, two_votes

    by = linked_by(grouping, linking)
    votes = two_votes(sources, selection, before, after, display, by)
    answer(set_against(between if linking.unmatched else analyse, votes, linking, by), rows, display)


@command(
    term("The same vote elsewhere, in points. Conflans against the country, say."),
    "primaire compare --against national",
    "primaire compare my_section.csv --against yvelines --round 1",
)
def compare(
    sources: Sources = None,
    *,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="SOURCE",
            help=term("What to compare with: a file or a data set that ships."),
            autocompletion=completion.sources,
        ),
    ] = None,
    against_by: Annotated[
        str | None,
        typer.Option(
            "--against-by",
            metavar="LEVEL",
            help=term(
                "Add that source up by: departement, say, to hold each commune against its departement; nation, against the whole. By default as --by, where it has such places."
            ),
            autocompletion=completion.levels,
        ),
    ] = None,
    linking: Linking,
    selection: Selection,
    grouping: Grouping,
    rows: Rows,
    display: Display,
) -> None:
    from primaire.analysis.compare import compare as analyse
    from primaire.analysis.unmatched import beside
    from primaire.cli.walk import answer, linked_by, other_source, read, set_against

    other, by = other_source(against), linked_by(grouping, linking)
    votes = read(sources, selection, display, by=by), read(other, None, display, by=against_by or by)
    analysis = beside if linking.unmatched else analyse
    answer(set_against(analysis, votes, linking, by, against_by=against_by), rows, display)


@command(
    term("Who is elected, who goes on, and who is out. By how many votes, and which article says so."),
    "primaire outcome national",
    "primaire outcome round1.xlsx round2.xlsx --summary",
    "primaire outcome round1.xlsx round2.xlsx --fate withdrawn",
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


@command(
    term(
        "Seats by list, under the rules of that election or by a method. With what ties leave open, how near the last seat was, and each step on demand."
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
        read(sources, selection, display, by=grouping.words(), entire=True),
        seats=number,
        rules=rules,
        method=method,
        threshold=threshold,
        assume_whole=law.assume_whole,
        explain=explain,
        by=grouping.words(),
    )
    answer(table, rows, display)


@command(
    term("Scores and majority if blank votes counted. Where blank and null are published together, a range."),
    "primaire blanks --round 2",
    "primaire blanks national",
)
def blanks(sources: Sources = None, *, selection: Selection, grouping: Grouping, rows: Rows, display: Display) -> None:
    from primaire.analysis.blanks import blanks as analyse
    from primaire.cli.walk import answer, read

    answer(analyse(read(sources, selection, display, by=grouping.words()), by=grouping.words()), rows, display)


@command(
    term(
        "A whole vote in single figures: effective numbers, disproportionality where seats are known, volatility, nationalisation. Each with its formula, range and paper."
    ),
    "primaire indices",
    "primaire indices round1.csv round2.csv --by nuance",
)
def indices(
    sources: Sources = None,
    *,
    over: Annotated[
        str | None,
        typer.Option(
            "--over",
            metavar="LEVEL",
            help=term(
                "Measure nationalisation over the places of this level: departement, say; unit, over the units as they are in the source. Without it, it is left out."
            ),
            autocompletion=completion.levels,
        ),
    ] = None,
    before: Annotated[
        _Vote,
        typer.Option(
            "--before",
            metavar="KEY=VALUE",
            help=term("Which vote volatility is against, of all sources: election=2012."),
        ),
    ] = None,
    after: Annotated[_Vote, typer.Option("--after", metavar="KEY=VALUE", help=term("Which vote comes after."))] = None,
    selection: Selection,
    grouping: Grouping,
    rows: Rows,
    display: Display,
) -> None:
    from primaire.analysis.indices import indices as analyse
    from primaire.cli.walk import answer, one_or_two_votes, read_over

    by = grouping.words()
    together = read_over(sources, selection, display, by, over)
    answer(analyse(*one_or_two_votes(together, before, after), by=by, over=over), rows, display)


@command(
    term("The whole numbers behind rounded percentages. None, exactly one set, or how many."),
    "primaire reconstruct",
    "primaire reconstruct my_section.csv --format json",
)
def reconstruct(sources: Sources = None, *, selection: Selection, rows: Rows, display: Display) -> None:
    from primaire.analysis.reconstruct import reconstruct as analyse
    from primaire.cli.walk import answer, read

    answer(analyse(read(sources, selection, display, check=False)), rows, display)


@command(
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


@command(
    term("An empty file of the format, to type over. It has one filled example."),
    "primaire template -o my_section.csv",
    "primaire template --lang fr -o ma_section.csv",
)
def template(*, sheet: Sheet) -> None:
    from primaire.cli.output import write
    from primaire.sources.own.template import template as fill

    write(fill(checked(sheet.lang)), sheet.csv_file(), text=True)


@command(
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


@command(
    term(
        "The data in primaire's own format, as CSV or Parquet. All of them, exactly; what is written reads back the same."
    ),
    "primaire convert my_section.csv -o clean.csv",
    "primaire convert conflans national -o clean.parquet",
)
def convert(sources: Sources = None, *, selection: Selection, display: Display) -> None:
    from primaire.cli.walk import convert as write_converted

    write_converted(sources, selection, display)


@command(
    term("Every table of the data set as files. The data and each analysis, in the folder that --output names."),
    "primaire export -o tables",
    "primaire export national -o tables --format parquet",
)
def export(sources: Sources = None, *, selection: Selection, display: Display) -> None:
    from primaire.cli.walk import export_all, read

    export_all(read(sources, selection, display), display)


def _examples(entry: Entry, lang: str) -> str:
    # The mark \b keeps the lines as they are.
    return "\n".join(["\b", translated(term("Examples:"), lang), *(f"  {example}" for example in entry.examples)])


def check_command(words: Sequence[str]) -> None:
    """Raise NameUnknownError if the first word that is no option names no command."""
    rest = iter(words)
    for word in rest:
        if word == "--lang":
            next(rest, None)
        elif not word.startswith("-"):
            if word not in COMMANDS:
                near = closest(word, COMMANDS)
                raise NameUnknownError(
                    msg("There is no command “{name}”.", name=word),
                    expected=msg("Did you mean “{near}”?", near=near) if near else None,
                    remedy=msg("“primaire --help” shows the commands."),
                )
            return


def build(lang: str, words: Sequence[str] = ()) -> Any:
    """Return the command line, its help in a language.

    Of the commands, only the one that the words name gets its options: to work out those of all takes as long as a
    table. Without words (for completion, and for the reference of the commands) all get theirs.
    """
    app = typer.Typer(
        cls=Group,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        help=term(
            "Election results: shares, turnout, swing, blank votes, and what they rest on. Offline, from a ten-line file upwards."
        ),
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    app.callback()(primaire)
    named = next((word for word in words if word in COMMANDS), None)
    for name, entry in COMMANDS.items():
        function = with_options(entry.function) if name == named or not words else lambda: None
        app.command(name, cls=Command, help=entry.help, epilog=_examples(entry, lang))(function)
    group: Any = typer.main.get_command(app)
    for part in (group, *group.commands.values()):
        for helped in (part, *part.params):
            if getattr(helped, "help", None):
                helped.help = translated(helped.help, lang)
    return group
