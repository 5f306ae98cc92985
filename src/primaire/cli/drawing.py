"""The walk to a picture: the same as to its table, of which it is then drawn.

Annotations are left as they are (no ``from __future__``): options are read when the program starts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from primaire.cli import completion
from primaire.cli.options import After, Against, AgainstBy, Before, Display, Grouping, Law, Linking, Rows, Selection
from primaire.cli.picture_options import Drawing
from primaire.cli.transfer_options import Estimating, Options
from primaire.errors import NameUnknownError
from primaire.messages import msg, term
from primaire.suggestion import did_you_mean

if TYPE_CHECKING:
    from primaire.table import Table


@dataclass(frozen=True)
class Votes:
    """Which shares are drawn, and which votes are set against each other."""

    base: Annotated[
        str | None,
        typer.Option(
            "--base",
            metavar="BASE",
            help=term("Which share is drawn: valid, voters or registered."),
            autocompletion=completion.bases,
        ),
    ] = None
    before: Before = None
    after: After = None
    against: Against = None
    against_by: AgainstBy = None


@dataclass(frozen=True)
class Method:
    """How seats are shared out, other than by rules."""

    method: Annotated[
        str | None,
        typer.Option(
            "--method",
            metavar="METHOD",
            help=term("Share seats out by a method instead of rules: dhondt, sainte-lague, hare, ..."),
            autocompletion=completion.methods,
        ),
    ] = None
    threshold: Annotated[
        str | None,
        typer.Option("--threshold", metavar="CONDITION", help=term("With a method, which lists share in the seats.")),
    ] = None


@dataclass(frozen=True)
class Asked:
    """All that was asked for on the command line."""

    sources: Sequence[str] | None
    votes: Votes
    law: Law
    method: Method
    options: Options
    estimating: Estimating
    linking: Linking
    selection: Selection
    grouping: Grouping
    rows: Rows
    drawing: Drawing

    @property
    def display(self) -> Display:
        """What reading needs to know of how the answer is shown."""
        return Display(lang=self.drawing.lang, quiet=self.drawing.quiet)


def draw(kind: str, asked: Asked) -> None:
    """Draw a kind of picture of what the sources hold, and write it.

    Raises:
        NameUnknownError: there is no such kind, or an option means nothing for it.
        PrimaireError: as the command of the table, and as :func:`primaire.charts.draw`.
    """
    from primaire.charts.kinds import KINDS
    from primaire.cli.output import show_picture
    from primaire.extras import library

    if kind not in KINDS:
        raise NameUnknownError(
            msg("There is no picture “{kind}”.", kind=kind),
            expected=msg("The pictures are: {kinds}.", kinds=list(KINDS)),
            remedy=did_you_mean(kind, KINDS),
        )
    make, uses = _WALKS[kind]
    _refuse_unused(kind, asked, uses)
    style = asked.drawing.style()
    library("altair")  # that it is missing is told before anything is read
    show_picture(KINDS[kind].draw(make(asked), style), asked.drawing.output, asked.drawing.format)


def _refuse_unused(kind: str, asked: Asked, uses: frozenset[str]) -> None:
    """Refuse options that a kind of picture takes no heed of."""
    for name in ("votes", "law", "method", "options", "estimating", "linking", "grouping", "rows"):
        group = getattr(asked, name)
        for field in fields(group):
            if not uses & {name, field.name} and getattr(group, field.name) != field.default:
                raise NameUnknownError(
                    msg(
                        "--{option} means nothing for a picture of {kind}.",
                        option=field.name.replace("_", "-"),
                        kind=kind,
                    )
                )


def _results(asked: Asked) -> "Table":
    return _shares(asked, asked.grouping.words())


def _turnout(asked: Asked) -> "Table":
    return _shares(asked, asked.grouping.words() if asked.grouping.by else ["unit"])


def _shares(asked: Asked, by: list[str]) -> "Table":
    from primaire.analysis.results import results
    from primaire.cli.walk import read

    returns = read(asked.sources, asked.selection, asked.display, by=by)
    return _arranged(results(returns, base=asked.votes.base or "valid", by=by), asked.rows)


def _swing(asked: Asked) -> "Table":
    from primaire.analysis.swing import swing
    from primaire.cli.walk import linked_by, set_against, two_votes

    by = linked_by(asked.grouping, asked.linking)
    votes = two_votes(asked.sources, asked.selection, asked.votes.before, asked.votes.after, asked.display, by)
    return _arranged(set_against(swing, votes, asked.linking, by), asked.rows)


def _compare(asked: Asked) -> "Table":
    from primaire.analysis.compare import compare
    from primaire.cli.walk import here_and_there, linked_by, set_against

    by, against_by = linked_by(asked.grouping, asked.linking), asked.votes.against_by
    votes = here_and_there(asked.sources, asked.selection, asked.votes.against, asked.display, by, against_by)
    return _arranged(set_against(compare, votes, asked.linking, by, against_by=against_by), asked.rows)


def _transfers(asked: Asked) -> "Table":
    from primaire.analysis.transfers import transfers
    from primaire.cli.walk import bridged, two_votes, working

    wanted = {**asked.options.asked(), **asked.estimating.asked()}
    over = asked.options.over or ("unit" if asked.linking.crosswalk is None else "commune")
    votes = two_votes(asked.sources, asked.selection, asked.votes.before, asked.votes.after, asked.display)
    with working(asked.display) as progress:
        return transfers(*bridged(votes, asked.linking, [over]), **wanted, over=over, progress=progress)


def _seats(asked: Asked) -> "Table":
    from primaire.analysis.seats import seats
    from primaire.cli.walk import read, rules_asked

    rules, number = rules_asked(asked.law), asked.law.number_of_seats()
    return seats(
        read(asked.sources, asked.selection, asked.display, entire=True),
        seats=number,
        rules=rules,
        method=asked.method.method,
        threshold=asked.method.threshold,
        assume_whole=asked.law.assume_whole,
        by=asked.grouping.words(),
    )


def _arranged(table: "Table", rows: Rows) -> "Table":
    from primaire.arrangement import arrange

    return arrange(table, candidates=rows.candidate or (), sort=rows.sort, top=rows.most())


_WALKS: Final[dict[str, tuple[Callable[[Asked], Any], frozenset[str]]]] = {
    "results": (_results, frozenset({"base", "by", "rows"})),
    "slopes": (_results, frozenset({"base", "by", "rows"})),
    "turnout": (_turnout, frozenset({"base", "by", "candidate"})),
    "swing": (_swing, frozenset({"before", "after", "crosswalk", "by", "rows"})),
    "compare": (_compare, frozenset({"against", "against_by", "crosswalk", "by", "rows"})),
    "transfers": (_transfers, frozenset({"before", "after", "crosswalk", "options", "estimating"})),
    "seats": (_seats, frozenset({"law", "method", "grouping"})),
}
"""Of each kind of picture, how its table is made, and the options, or groups of them, that it takes."""
