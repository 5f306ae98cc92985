"""What the votes look like: pictures, maps, and a page of it all.

What draws is imported inside the commands: ``primaire --help`` loads none of it. Annotations are left as they are (no
``from __future__``): typer reads them, and text would have to be evaluated again.
"""

from typing import Annotated

import typer

from primaire.cli import completion
from primaire.cli.commands.registry import Commands
from primaire.cli.drawing import Method, Votes
from primaire.cli.map_options import Outlined, Shown
from primaire.cli.options import Grouping, Law, Linking, Rows, Selection, Sources
from primaire.cli.picture_options import Drawing
from primaire.cli.publishing import Page
from primaire.cli.transfer_options import Estimating, Options
from primaire.messages import term

COMMANDS = Commands()


@COMMANDS.add(
    term(
        "Pictures, ready to print. Results as ranked bars, rounds side by side as slopes, swing as arrows, one place against another as pairs of dots, turnout against share, transfers as a flow diagram, seats as a hemicycle."
    ),
    "primaire chart results --round 2 -o round2.svg",
    "primaire chart slopes --election primaire -o rounds.png --lang fr",
    "primaire chart compare --against national --round 1 -o here_and_there.svg",
    "primaire chart turnout both_rounds.csv --round 1 -o turnout.pdf",
    "primaire chart transfers T1.txt T2.txt --merge-below 2% -o transfers.svg",
    "primaire chart seats my_town.csv --seats 29 --rules municipales-2026 -o council.html",
)
def chart(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help=term("results, slopes, swing, compare, turnout, transfers or seats."),
            autocompletion=completion.pictures,
        ),
    ],
    sources: Sources = None,
    *,
    votes: Votes,
    law: Law,
    method: Method,
    options: Options,
    estimating: Estimating,
    linking: Linking,
    selection: Selection,
    grouping: Grouping,
    rows: Rows,
    drawing: Drawing,
) -> None:
    from primaire.cli.drawing import Asked, draw

    groups = (votes, law, method, options, estimating, linking, selection, grouping, rows)
    draw(kind, Asked(sources, *groups, drawing))


@COMMANDS.add(
    term(
        "Maps of places from any GeoJSON or TopoJSON. A candidate's share, who came first and by how much, turnout, or swing. What has no outline, or no figures, is counted and listed."
    ),
    "primaire map T1.txt --shapes stations.geojson -o first.svg",
    "primaire map T1.txt --shapes stations.geojson --candidate noël -o noel.png --lang fr",
    "primaire map T1.txt T2.txt --shapes stations.geojson --show swing --candidate noël -o swing.pdf",
    "primaire map T1.txt --shapes stations.geojson --unmatched",
)
def map(  # noqa: A001  the command's name
    sources: Sources = None,
    *,
    outlined: Outlined,
    shown: Shown,
    selection: Selection,
    grouping: Grouping,
    drawing: Drawing,
) -> None:
    from primaire.cli.mapped import Asked, show_map

    show_map(Asked(sources, outlined, shown, selection, grouping, drawing))


@COMMANDS.add(
    term(
        "One page of it all, to publish. Outcome, results with pictures, turnout, swing, transfers, margins, places, checks, and where every figure comes from; it needs nothing else."
    ),
    "primaire report -o report.html",
    "primaire report my_section.csv --lang fr -o resultats.html",
    "primaire report deputies1.csv deputies2.csv --title 'Deputies of our town' -o deputies.html",
)
def report(sources: Sources = None, *, law: Law, selection: Selection, page: Page) -> None:
    from primaire.cli.publishing import publish

    publish(sources, selection, law, page)
