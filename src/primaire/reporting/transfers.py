"""Where the votes of one round went in the next, on a page: estimated where votes are few enough, or it is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from primaire.analysis.transfers import CROSSED, transfers, units_used
from primaire.errors import NotHeldError
from primaire.flows.words import assumptions, small
from primaire.messages import Message, msg, msgn
from primaire.reporting.asked import attempted
from primaire.reporting.contents import Chapter, Folded, Listed, Said, Shown, bare, noted, pictured, unrepeated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from primaire.captions import Caption
    from primaire.charts.picture import Picture
    from primaire.charts.style import Style
    from primaire.reporting.asked import Asked
    from primaire.reporting.votes import Vote
    from primaire.schema import Returns
    from primaire.table import Table, View

MOST: Final = 2000
"""Units of all votes of a page up to which transfers are estimated unasked: a few seconds' work, or ten on a busy machine."""

MERGED_BELOW: Final = 2.0
"""Per cent of the registered voters below which candidates are put together: fewer options are drawn, and estimated, better."""

_CONTEXT, _SEED = 1.0, 1


def estimated(votes: Sequence[Vote], asked: Asked) -> list[Vote]:
    """Return votes with where they went, of those whose data can tell it, if it is asked for or these are few enough units.

    Raises:
        NotHeldError: it is asked for, and the data of no vote can tell it.
    """
    if asked.transfers is False:
        return list(votes)
    sizes = [_size(vote) for vote in votes]
    units = sum(sizes)
    if asked.transfers and not units:
        _refuse(max(votes, key=lambda vote: len(vote.rounds)))
    if asked.transfers is None and units > MOST:
        if asked.left_out is not None:
            asked.left_out(_left_out(units))
        return list(votes)
    done, found = 0, []
    for vote, size in zip(votes, sizes, strict=True):
        found.append(replace(vote, transfers=_went(vote, _part(asked.progress, done, size, units))) if size else vote)
        done += size
    if asked.progress is not None:
        asked.progress(1.0)
    return found


def _size(vote: Vote) -> int:
    """Return how many units an estimate would be of; 0 where there can be none."""
    try:
        return units_used(_last_two(vote))
    except NotHeldError:
        return 0


def _last_two(vote: Vote) -> Returns:
    """Return the last round but one and the last."""
    rounds = {caption.round for caption in vote.rounds[-2:]}
    return vote.returns.keep(vote.returns.ballots["round"].isin(rounds).to_numpy())


def _went(vote: Vote, progress: Callable[[float], None] | None) -> Table | None:
    return attempted(
        transfers, _last_two(vote), merge_below=MERGED_BELOW, context=_CONTEXT, seed=_SEED, progress=progress
    )


def _part(progress: Callable[[float], None] | None, done: int, size: int, whole: int) -> Callable[[float], None] | None:
    """Return what one of several estimates calls: ``size`` of the ``whole`` is its own, after what is ``done``."""
    return None if progress is None else lambda part: progress((done + part * size) / whole)


def _left_out(units: int) -> Message:
    return msg(
        "Where votes went from round to round is left out: estimating it for {units:count} units takes a while. --transfers does it.",
        units=units,
    )


def _refuse(vote: Vote) -> None:
    """Raise NotHeldError, which says why there is nothing to estimate, and what to do on a page, where no two votes are chosen."""
    try:
        units_used(_last_two(vote))
    except NotHeldError as error:
        remedy = msg("Without --transfers, the page has all the rest.")
        raise NotHeldError(error.seen, expected=error.expected, remedy=remedy) from error


def of_many(contests: int) -> NotHeldError:
    """Return what is to be said where transfers are asked for on a page of many contests."""
    return NotHeldError(
        msg("A page of {n:count} contests shows them all together, and transfers are of one contest each.", n=contests),
        remedy=msg("Choose a contest with --contest; “primaire transfers” estimates every one of them."),
    )


def chapter_of_transfers(table: Table, rounds: Sequence[Caption], key: str, said: Sequence[Message]) -> Chapter:
    """Return the chapter of one estimate: what it is, the flow diagram, the table, and what it rests on."""
    before, after = rounds[-2:]
    shares, *further = CROSSED.views
    assumed = (*small(MERGED_BELOW), *assumptions(_CONTEXT, _SEED, intervals=True, local=None))
    caption = msg(
        "Of 100 electors of each option in round {before}, how many went where in round {after}; in brackets, the 90% interval",
        before=before.round,
        after=after.round,
    )
    shown = Shown(_seen(unrepeated(bare(table), [*said, *assumed]), shares), caption, _drawn(table, (before, after)))
    alone = noted(bare(table), ())
    others = (Shown(_seen(alone, view), view.title, leads=False) for view in further if view.title is not None)
    blocks = (
        Said((_what_it_is(int(table.frame["units"].iloc[0])),)),
        shown,
        Folded(msg("In electors, and what is certain without any estimate"), tuple(others)),
        Folded(msg("How it is estimated, and what that assumes"), (Listed(assumed),)),
    )
    return Chapter(f"{key}-transfers", msg("Where the votes went"), blocks)


def _what_it_is(units: int) -> Message:
    return msgn(
        "An estimate from the totals of {n:count} unit, not a count: nobody’s two votes are known.",
        "An estimate from the totals of {n:count} units, not a count: nobody’s two votes are known.",
        units,
    )


def _drawn(table: Table, rounds: Sequence[Caption]) -> Callable[[Style], Picture]:
    """Return what draws an estimate, with the sources of both rounds alone."""
    sources = {str(source): source for caption in rounds for source in caption.sources}
    # The picture says the seed, which it has from the notes of the table; it does not show these.
    return pictured("transfers", replace(noted(table, tuple(sources.values())), notes=table.notes))


def _seen(table: Table, view: View) -> Table:
    """Return a table that people read as one grid alone."""
    return replace(table, crossed=replace(CROSSED, views=(view,)))
