"""Indices: effective numbers, disproportionality, volatility and nationalisation, one figure for a whole vote."""

from __future__ import annotations

from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from primaire.arrays import counts, listed, rates
from primaire.captions import HEADING, Captions, by_nuance, captions, heading, origin_column
from primaire.derivation import derive
from primaire.errors import NotHeldError
from primaire.gauging.casts import Cast, casts
from primaire.gauging.gauges import ORDER, Gauge, of_changes, of_seats, of_units, of_votes, too_few_seats
from primaire.gauging.seats_won import seats
from primaire.gauging.spread import spreads
from primaire.measures import definitions as named
from primaire.messages import Message, msg, msgn, term
from primaire.schema import Returns, origins, shortened
from primaire.sides import Votes, one_after_the_other
from primaire.table import Column, Section, Sections, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_ALMOST_ONE: Final = 1.005
"""Below it, an effective number is shown as 1.00."""


def _columns(candidate: Column, *, many: bool, elections: bool) -> tuple[Column, ...]:
    """Return the columns; ``many`` tells whether rows are places, or else indices, ``elections`` whether two are compared."""
    return (
        *HEADING,
        Column("place", term("place"), "text", place="body" if many else "hidden"),
        Column("index", term("index"), "term", place="hidden" if many else "body"),
        candidate,
        Column("of", term("of"), "term", place="hidden" if many else "body"),
        Column("election_before", term("against"), "text", place="body" if elections else "hidden", missing=None),
        Column("round_before", term("against round"), "count", missing=None),
        Column(
            "value",
            term("value"),
            "index",
            decimals=4,
            upper="value_high",
            missing=term("not computable"),
            origin="value_origin",
            places="decimals",
        ),
        Column("value_high", term("value at most"), "index", decimals=4, place="hidden"),
        origin_column("value_origin"),
        Column("decimals", term("decimals shown"), "count", place="hidden"),
        Column("range", term("range"), "text"),
        Column("n", term("number of candidates or units"), "count", place="hidden"),
        Column("formula", term("formula"), "text", place="hidden"),
        Column("paper", term("paper"), "text", place="hidden"),
    )


def indices(
    before: Returns, after: Returns | None = None, *, by: str | Sequence[str] = "contest", over: str | None = None
) -> Table:
    """Put a whole vote into single figures: how fragmented, how proportional, how volatile, how national it is.

    Args:
        before: the vote, or several; the rounds of each contest are set against each other for the volatility.
        after: another vote, whose indices are wanted; then ``before`` is the one that its volatility is against.
        by: what units are added up by; see :func:`primaire.tally.tally`. By nuance, parties are nuances.
        over: the level of the places over which nationalisation is measured, finer than ``by``, or ``unit``: units as
            they are in the source. None: it is not.

    Returns:
        One row per contest and round (or place) and index: ``index`` and what it is ``of``; ``value``, NA where a figure
        that it needs is; ``range``; ``n``, the number of candidates or units that the range depends on; ``formula`` and
        ``paper``; see :mod:`primaire.measures.definitions`. Nationalisation has a row per ``candidate``; volatility names ``round_before`` and ``election_before``.

        Shares are of all valid votes, or of all votes where these are more. Where the votes that are known do not add up to
        the valid ones, the rest is taken once for one candidate and once for countless small ones, without a seat:
        ``value`` to ``value_high`` is the range. Seats are those of :func:`primaire.gauging.seats_won.seats`; indices of fewer than two seats are left out.

    Raises:
        NotHeldError: ``after`` has no contest and place in common with ``before``, or the two share neither a candidate
            nor a unit; no place of ``by`` has two units of ``over``; and as ``tally``.
        NameUnknownError: ``by`` or ``over`` is not one of those that exist.
    """
    votes = one_after_the_other(before, after, by)
    figures = votes.right
    cast = list(casts(figures))
    known = derive(before if after is None else after)
    seated = seats(known, by)
    rows = [
        *of_votes(cast),
        *(of_seats(figures, cast, listed(seated.won)) if seated else ()),
        *of_changes(before, after, votes, cast),
        *(of_units(figures, cast, spreads(known, figures, by, over)) if over is not None else ()),
    ]
    if over is not None and not any(ORDER[row.place][1] == named.UNITS for row in rows):
        raise NotHeldError(
            msg("No place has several units of the level {level:term}: nationalisation needs them.", level=over),
            remedy=msg("Name a finer level with --over, or a wider one with --by."),
        )
    told = captions(figures)
    many = len(told) > len(told.ballots[["election", "round"]].drop_duplicates())
    rows, stops = _arranged(rows, told, many=many)
    frame = _frame(rows, told, votes, over)
    elsewhere = frame["election_before"].notna() & (frame["election_before"] != frame["election"].astype("str"))
    columns = _columns(_candidate_column(figures), many=many, elections=bool(elsewhere.any()))
    notes = [*_remarks(rows, over, nuance=by_nuance(figures)), *(seated.notes if seated else ())]
    if seated and too_few_seats(figures, listed(seated.won)):
        notes.append(msg("There is no index of seats where there is only one seat: nothing is shared."))
    return Table(
        name="indices",
        title=msg("Indices"),
        frame=frame[[column.name for column in columns]],
        columns=columns,
        sections=_by_index(rows, votes, stops, frame["of"].tolist()) if many else _by_vote(rows, votes, stops, cast),
        notes=(*notes, *_definitions(rows)),
        provenance=votes.provenance,
    )


def _candidate_column(figures: Returns) -> Column:
    if by_nuance(figures):
        return Column("candidate", term("nuance"), "term", missing=None)
    return Column("candidate", term("candidate"), "text", missing=None)


def _arranged(rows: list[Gauge], told: Captions, *, many: bool) -> tuple[list[Gauge], list[int]]:
    """Return rows in the order of ballots and indices; or, where places are many, of votes, indices and ballots."""
    ballots = told.ballots
    vote, _ = pd.factorize(pd.MultiIndex.from_frame(ballots[["election", "round"]].astype({"election": "str"})))
    of = vote.tolist() if many else list(range(len(ballots)))

    def key(row: Gauge) -> tuple[int, ...]:
        return (of[row.ballot], row.place) if many else (of[row.ballot],)

    rows = sorted(rows, key=lambda row: (*key(row), row.ballot, row.place))
    return rows, list(accumulate(len(list(group)) for _, group in groupby(rows, key)))


def _frame(rows: Sequence[Gauge], told: Captions, votes: Votes, over: str | None) -> pd.DataFrame:
    over_places = named.OVER.get(over or "", named.UNITS)
    at = np.array([row.ballot for row in rows], dtype="int64")
    pair = np.array([row.before for row in rows], dtype="int64")
    paired = pair >= 0
    earlier = votes.pairs.left.facts.take(votes.pairs.one[pair[paired]])
    rounds, elections = np.zeros(len(rows), dtype="int64"), np.full(len(rows), None, dtype="object")
    rounds[paired], elections[paired] = earlier["round"], earlier["election"]
    columns = {
        "ballot": at,
        "place": _places(told).array.take(at),
        "index": [row.index.name for row in rows],
        "of": [over_places if of == named.UNITS else of for of in (ORDER[row.place][1] for row in rows)],
        "candidate": pd.array([row.candidate for row in rows], dtype="str"),
        "election_before": pd.array(elections, dtype="str"),
        "round_before": counts(rounds, paired),
        "value": rates(np.array([row.ends[0] for row in rows], dtype="float64")),
        "value_high": rates(np.array([row.ends[1] for row in rows], dtype="float64")),
        "value_origin": origins(np.array([-1 if row.ends[0] is None else row.origin for row in rows], dtype="int64")),
        "decimals": [row.index.decimals for row in rows],
        "range": [row.index.range(row.n) for row in rows],
        "n": pd.array([row.n for row in rows], dtype="Int64"),
        "formula": [row.index.formula for row in rows],
        "paper": [row.index.paper for row in rows],
    }
    return heading(told, pd.DataFrame(columns))


def _places(told: Captions) -> pd.Series[str]:
    """Return the name of each ballot's place, after its contest where the election has several."""
    facts = told.facts
    unit, contest = facts["unit"], facts["contest"]
    several = contest.groupby(facts["election"]).transform("nunique") > 1
    return unit.fillna(contest).where(unit.isna() | (unit == contest) | ~several, contest + ": " + unit)


def _definitions(rows: Sequence[Gauge]) -> list[Message]:
    """Return what each index that is shown is, once."""
    shown = {row.place for row in rows}
    indices = dict.fromkeys(index for place, (index, _) in enumerate(ORDER) if place in shown)
    return [index.definition for index in indices]


def _remarks(rows: Sequence[Gauge], over: str | None, *, nuance: bool) -> Iterator[Message]:
    if any(_is_range(row) for row in rows):
        yield msg(
            "Where the votes listed do not add up to all valid votes, the rest is taken once for one candidate and once for "
            "countless small ones (for Rae, also for parties of 0.5 %), without a seat: hence the ranges."
        )
    if over == "unit":
        yield msg("Nationalisation is measured over the units as they are in the source, those that have valid votes.")
    elif over is not None:
        yield msg(
            "Nationalisation is measured over the places of the level {level:term} that have valid votes.", level=over
        )
    if over is not None and nuance:
        yield msg("Where a nuance had no candidate, its share is 0.")


def _is_range(row: Gauge) -> bool:
    """Tell whether a figure is shown with two ends."""
    least, most = row.ends
    return (
        least is not None and most is not None and round(least, row.index.decimals) != round(most, row.index.decimals)
    )


def _by_vote(rows: Sequence[Gauge], votes: Votes, stops: list[int], cast: Sequence[Cast | None]) -> Sections:
    """Return a section for each ballot, whose rows are indices."""
    told, nuance = votes.pairs.right, by_nuance(votes.right)

    def section(_: int, start: int, stop: int) -> Section:
        caption = told[rows[start].ballot]
        held = cast[caption.ballot]
        notes = _base(held) if held is not None else (_UNKNOWN,)
        lead = caption.doubt or _lead(rows[start], held, nuance=nuance)
        changes = [note for row in rows[start:stop] if row.before >= 0 for note in _changes(row, votes)]
        return Section(caption.title, start, stop, caption.subtitle, lead, (*notes, *changes, *caption.sources))

    return Sections(stops, section)


def _changes(row: Gauge, votes: Votes) -> Iterator[Message]:
    """Say what else than votes differs between the two sides of a volatility."""
    earlier, later = votes.pairs.captions(row.before)
    if earlier.units != later.units:
        yield msg(
            "The number of units differs: {before:count} before, {after:count} after.",
            before=earlier.units,
            after=later.units,
        )
    alone = row.strangers
    if alone is not None and earlier.election != later.election and (alone.gone or alone.new):
        yield msg(
            "Volatility counts as changed whoever bears another name. Only before: {gone:count}, with {gone_share:share} of "
            "valid votes; only after: {new:count}, with {new_share:share}.",
            gone=alone.gone,
            gone_share=alone.gone_share,
            new=alone.new,
            new_share=alone.new_share,
        )


def _lead(first: Gauge, held: Cast | None, *, nuance: bool) -> Message | None:
    value = first.ends[0]
    if held is None or held.rest or value is None or first.place or value < _ALMOST_ONE:
        return None
    if nuance:
        return msg(
            "The votes are as concentrated as if they were shared equally by {value:index} nuances; there are {n:count}.",
            value=value,
            n=held.stood,
        )
    return msg(
        "The votes are as concentrated as if they were shared equally by {value:index}; {n:count} stood.",
        value=value,
        n=held.stood,
    )


_UNKNOWN: Final = msg("Nothing is computed: there are no votes, or shares of valid votes, that are known.")


def _base(held: Cast) -> list[Message]:
    """Say which votes are nobody's of those listed, and which base shares have instead of valid votes."""
    if not held.counted:
        return []
    if held.valid is not None:
        return [
            msg(
                "The votes listed add up to {votes:count}, more than the {valid:count} valid ones (several votes each, or figures "
                "that contradict each other): shares are of their sum.",
                votes=held.total,
                valid=held.valid,
            )
        ]
    if not held.rest:
        return []
    rest = {"rest": held.rest, "total": held.total, "share": 100 * held.rest / held.total}
    if held.unknown:
        return [
            msg(
                "The votes of some are not all known: {names}. They share, with whoever is not listed, {rest:count} of {total:count} "
                "valid votes ({share:share}).",
                names=shortened(list(held.unknown)),
                **rest,
            )
        ]
    return [
        msg("{rest:count} of {total:count} valid votes are for nobody who is listed ({share:share}).", **rest),
    ]


def _by_index(rows: Sequence[Gauge], votes: Votes, stops: list[int], of: list[str]) -> Sections:
    """Return a section for each vote and index, whose rows are places; ``of`` tells what each row is of."""
    told = votes.pairs.right

    def section(_: int, start: int, stop: int) -> Section:
        index = rows[start].index
        held = [told[ballot] for ballot in dict.fromkeys(row.ballot for row in rows[start:stop])]
        doubts = {str(caption.doubt): caption.doubt for caption in held if caption.doubt}
        subtitle = msg("{index:term}, {of:term}", index=index.name, of=of[start])
        notes = (*doubts.values(), *_places_changed(rows[start:stop], votes))
        return Section(held[0].title, start, stop, subtitle, None, notes)

    return Sections(stops, section)


def _places_changed(rows: Sequence[Gauge], votes: Votes) -> Iterator[Message]:
    """Say in which of these places volatility is between different numbers of units."""
    pairs = (votes.pairs.captions(row.before) for row in rows if row.before >= 0)
    changed = [later.place for earlier, later in pairs if earlier.units != later.units]
    if changed:
        yield msgn(
            "The number of units differs before and after in {n:count} place: {names}.",
            "The number of units differs before and after in {n:count} places: {names}.",
            len(changed),
            names=shortened(changed),
        )
