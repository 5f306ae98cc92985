"""What the votes say: who got what, what moved, and what follows from the figures alone.

Analyses are imported inside the commands: ``primaire --help`` loads none of them, nor pandas. Annotations are left as
they are (no ``from __future__``): typer reads them, and text would have to be evaluated again.
"""

from typing import Annotated

import typer

from primaire.cli import completion
from primaire.cli.commands.registry import Commands
from primaire.cli.options import (
    After,
    Against,
    AgainstBy,
    Before,
    Display,
    Grouping,
    Linking,
    Rows,
    Selection,
    Sources,
)
from primaire.cli.transfer_options import Estimating, Options, Tables
from primaire.messages import term

COMMANDS = Commands()


@COMMANDS.add(
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
    from primaire.cli.output import draws
    from primaire.cli.walk import answer, read

    by, drawn = grouping.words(), draws(display)
    returns = read(sources, selection, display, by=by, apart=drawn)
    answer(analyse(returns, base=base, by=by, spread=drawn), rows, display)


@COMMANDS.add(
    term("Who came: voters, turnout, blank and null votes. With the change between rounds."),
    "primaire turnout",
    "primaire turnout --lang fr --format markdown",
)
def turnout(sources: Sources = None, *, selection: Selection, grouping: Grouping, rows: Rows, display: Display) -> None:
    from primaire.analysis.turnout import turnout as analyse
    from primaire.cli.walk import answer, read

    answer(analyse(read(sources, selection, display, by=grouping.words()), by=grouping.words()), rows, display)


@COMMANDS.add(
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
    before: Before = None,
    after: After = None,
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


@COMMANDS.add(
    term(
        "Where the votes went. Of 100 electors of each option, how many went to each option of the next vote: estimated from the counts of many units, with intervals, and with what is certain."
    ),
    "primaire transfers T1.txt T2.txt",
    "primaire transfers T1.txt T2.txt --merge-below 2% --by commune -o communes.csv",
    "primaire transfers both_rounds.csv --no-intervals",
)
def transfers(
    sources: Sources = None,
    *,
    before: Before = None,
    after: After = None,
    tables: Tables,
    options: Options,
    estimating: Estimating,
    linking: Linking,
    selection: Selection,
    rows: Rows,
    display: Display,
) -> None:
    from primaire.analysis.transfers import transfers as analyse
    from primaire.analysis.unmatched import between
    from primaire.cli.walk import answer, bridged, two_votes, working

    # What cannot be is told before anything is read.
    asked = {**tables.asked(), **options.asked(), **estimating.asked()}
    over = options.over or ("unit" if linking.crosswalk is None else "commune")
    votes = bridged(two_votes(sources, selection, before, after, display), linking, [over])
    if linking.unmatched:
        answer(between(*votes, by=over), rows, display)
        return
    with working(display) as progress:
        table = analyse(*votes, **asked, over=over, progress=progress)
    answer(table, rows, display)


@COMMANDS.add(
    term("The same vote elsewhere, in points. Conflans against the country, say."),
    "primaire compare --against national",
    "primaire compare my_section.csv --against yvelines --round 1",
)
def compare(
    sources: Sources = None,
    *,
    against: Against = None,
    against_by: AgainstBy = None,
    linking: Linking,
    selection: Selection,
    grouping: Grouping,
    rows: Rows,
    display: Display,
) -> None:
    from primaire.analysis.compare import compare as analyse
    from primaire.analysis.unmatched import beside
    from primaire.cli.walk import answer, here_and_there, linked_by, set_against

    by = linked_by(grouping, linking)
    votes = here_and_there(sources, selection, against, display, by, against_by)
    analysis = beside if linking.unmatched else analyse
    answer(set_against(analysis, votes, linking, by, against_by=against_by), rows, display)


@COMMANDS.add(
    term("Scores and majority if blank votes counted. Where blank and null are published together, a range."),
    "primaire blanks --round 2",
    "primaire blanks national",
)
def blanks(sources: Sources = None, *, selection: Selection, grouping: Grouping, rows: Rows, display: Display) -> None:
    from primaire.analysis.blanks import blanks as analyse
    from primaire.cli.walk import answer, read

    answer(analyse(read(sources, selection, display, by=grouping.words()), by=grouping.words()), rows, display)


@COMMANDS.add(
    term(
        "A whole vote in single figures. Effective numbers, disproportionality where seats are known, volatility, nationalisation. Each with its formula, range and paper."
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
        list[str] | None,
        typer.Option(
            "--before",
            metavar="KEY=VALUE",
            help=term("Which vote volatility is against, of all sources: election=2012."),
        ),
    ] = None,
    after: After = None,
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


@COMMANDS.add(
    term("The whole numbers behind rounded percentages. None, exactly one set, or how many."),
    "primaire reconstruct",
    "primaire reconstruct my_section.csv --format json",
)
def reconstruct(sources: Sources = None, *, selection: Selection, rows: Rows, display: Display) -> None:
    from primaire.analysis.reconstruct import reconstruct as analyse
    from primaire.cli.walk import answer, read

    answer(analyse(read(sources, selection, display, check=False)), rows, display)
