"""Whether results can be trusted: whether figures hold, what changed between publications, and what could overturn them.

Analyses are imported inside the commands: ``primaire --help`` loads none of them, nor pandas. Annotations are left as
they are (no ``from __future__``): typer reads them, and text would have to be evaluated again.
"""

from primaire.cli.commands.registry import Commands
from primaire.cli.options import Display, Law, Rows, Selection, Sources, Supposed
from primaire.messages import term

COMMANDS = Commands()


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
