"""Where the votes of one round went in the next, on a page: estimated where votes are few enough, or it is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from primaire.analysis.transfers import CROSSED, transfers, units_used
from primaire.errors import NotHeldError
from primaire.flows.words import assumptions, small
from primaire.messages import Message, msg, msgn
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

    What is left out is told: the votes that were asked for or begun, each with the reason, or all where they are too many.

    Raises:
        NotHeldError: it is asked for, and cannot be estimated for any vote.
    """
    if asked.transfers is False:
        return list(votes)
    sizes = [_size(vote) for vote in votes]
    units = sum(size for size in sizes if isinstance(size, int))
    if asked.transfers is None and units > MOST:
        _tell(asked, _too_many(units))
        return list(votes)
    found = _all_went(votes, sizes, asked.progress)
    refused = [
        (vote, size, answer)
        for vote, size, answer in zip(votes, sizes, found, strict=True)
        if isinstance(answer, NotHeldError)
    ]
    if asked.transfers and len(refused) == len(votes):
        raise _of_a_page(max(refused, key=lambda each: len(each[0].rounds))[2])
    for vote, size, refusal in refused:
        # Unasked, a vote of one round is nothing to tell of; an estimate that was begun is.
        if asked.transfers or isinstance(size, int):
            _tell(asked, _left_out(vote, refusal))
    return [
        vote if isinstance(answer, NotHeldError) else replace(vote, transfers=answer)
        for vote, answer in zip(votes, found, strict=True)
    ]


def _size(vote: Vote) -> int | NotHeldError:
    """Return how many units an estimate would be of, or why there can be none."""
    try:
        return units_used(_last_two(vote))
    except NotHeldError as refusal:
        return refusal


def _last_two(vote: Vote) -> Returns:
    """Return the last round but one and the last."""
    rounds = {caption.round for caption in vote.rounds[-2:]}
    return vote.returns.keep(vote.returns.ballots["round"].isin(rounds).to_numpy())


def _all_went(
    votes: Sequence[Vote], sizes: Sequence[int | NotHeldError], progress: Callable[[float], None] | None
) -> list[Table | NotHeldError]:
    """Return the estimate of each vote, or why there is none."""
    done, whole = 0, sum(size for size in sizes if isinstance(size, int))
    found: list[Table | NotHeldError] = []
    for vote, size in zip(votes, sizes, strict=True):
        if isinstance(size, NotHeldError):
            found.append(size)
        else:
            found.append(_went(vote, _part(progress, done, size, whole)))
            done += size
    if progress is not None:
        progress(1.0)
    return found


def _went(vote: Vote, progress: Callable[[float], None] | None) -> Table | NotHeldError:
    """Return the estimate of a vote, or why there is none: it may need more memory than there is."""
    try:
        return transfers(_last_two(vote), merge_below=MERGED_BELOW, context=_CONTEXT, seed=_SEED, progress=progress)
    except NotHeldError as refusal:
        return refusal


def _part(progress: Callable[[float], None] | None, done: int, size: int, whole: int) -> Callable[[float], None] | None:
    """Return what one of several estimates calls: ``size`` of the ``whole`` is its own, after what is ``done``."""
    return None if progress is None else lambda part: progress((done + part * size) / whole)


def _tell(asked: Asked, said: Message) -> None:
    if asked.left_out is not None:
        asked.left_out(said)


def _left_out(vote: Vote, refusal: NotHeldError) -> Message:
    """Say which vote is left out, and why; what to do of it elsewhere is not for a page."""
    reason = refusal.seen
    if refusal.expected is not None:
        reason = msg("{reason} {said}", reason=reason, said=refusal.expected)
    return msg(
        "Where votes went from round to round is left out for “{vote}”. {reason}", vote=vote.title, reason=reason
    )


def _of_a_page(refusal: NotHeldError) -> NotHeldError:
    """Return a refusal with what to do of it here: a page has not the options of ``primaire transfers``."""
    return NotHeldError(
        refusal.seen,
        expected=refusal.expected,
        remedy=msg(
            "Leave --transfers out; “primaire transfers” can be told which votes to take and what to put together."
        ),
    )


def _too_many(units: int) -> Message:
    return msg(
        "Where votes went from round to round is left out: estimating it for {units:count} units takes a while. --transfers does it.",
        units=units,
    )


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
