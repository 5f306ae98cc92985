"""Seats: how many each list gets by a rule, in which stage, what ties leave open, and who took which seat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from primaire.apportionment import METHODS
from primaire.arrays import column as array_of
from primaire.captions import (
    HEADING,
    Captions,
    candidate_columns,
    captions,
    count_columns,
    heading,
    origin_column,
    percent,
    repeated,
)
from primaire.councils import Council, approximate, councils
from primaire.errors import NameUnknownError
from primaire.messages import Message, msg, msgn, term
from primaire.rules.ad_hoc import by_method
from primaire.rules.words import stage_words, tie_words
from primaire.schema import ORIGINS, origins
from primaire.scores import scores
from primaire.table import Column, Section, Sections, Table
from primaire.tally import asked, tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from primaire.rules.rule import Rule, Stage
    from primaire.rules.sharing import Given
    from primaire.schema import Returns

_COMPUTED = ORIGINS.index("computed")


def seats(  # noqa: PLR0913  each says another thing of how seats are shared out
    returns: Returns,
    *,
    seats: int | None = None,
    rules: Rule | None = None,
    method: str | None = None,
    threshold: str | None = None,
    explain: bool = False,
    by: str | Sequence[str] = "contest",
) -> Table:
    """Share seats out among the lists of each contest.

    Args:
        returns: as read; what follows from the published figures is derived here.
        seats: how many there are in each contest (or place); None: as the rules say, else as many as the source says
            were won.
        rules: how they are shared out, and in which round.
        method: instead of rules, one of :data:`primaire.apportionment.METHODS`; each round is then shared out by itself.
        threshold: with a method, which lists share: ``at least 5 % of valid``; None: all.
        explain: whether to answer with the steps that lead to the seats.
        by: what units are added up by, and whether candidates are by nuance, each of which then counts as a list; see
            :func:`primaire.tally.tally`.

    Returns:
        One row per contest, round (or place) and list. ``seats`` to ``seats_high`` is what the list gets: they differ where
        a tie leaves it open, and are NA where this round gives out no seats (the section says why). ``stage_1``, ``stage_2``
        ... are the seats of each stage, where there are several; ``seats_share`` is in per cent of all ``seats_total``;
        ``votes_needed`` is what the last threshold asks for; ``seats_published`` the seats that the source says were won.

        With ``explain``, one row per step and list: the seats from ``seat`` to ``seat_last``; ``by`` what they were won;
        ``quotient``, exactly ``numerator`` / ``denominator``: votes by divisor, votes by quota, or the votes of a remainder;
        the ``rival`` that came next, and the votes that it was ``short`` of, all other votes being the same.

    Raises:
        NameUnknownError: neither rules nor a method are named, or both; there is no such method, threshold or ``by``.
        NotHeldError: the rules share out no seats; the votes, the number of seats or a total that the rules need are known
            for no contest; no unit says its place on that level; or candidates would have to be added up by nuance, and
            none has one.
    """
    rule = _chosen(rules, method, threshold)
    figures = tally(returns, by)
    rows = scores(figures)
    held = councils(figures, rows, rule, seats, asked(by)[0])
    return _steps(figures, held, rule) if explain else _lists(figures, rows, held, rule)


def _chosen(rules: Rule | None, method: str | None, threshold: str | None) -> Rule:
    """Return the rule to go by: the one place where it is decided."""
    if rules is not None and (method or threshold):
        raise NameUnknownError(
            msg("Rules say by which method, and with which threshold: give either --rules or --method.")
        )
    if rules is not None:
        return rules
    if method is None:
        raise NameUnknownError(
            msg("Nothing says how seats are shared out."),
            expected=msg("The methods are: {methods}.", methods=list(METHODS)),
            remedy=msg("Name one with --method, or rules with --rules."),
        )
    return by_method(method, threshold)


def _lists(figures: Returns, rows: pd.DataFrame, held: list[Council], rule: Rule) -> Table:
    told = captions(figures)
    at = rows["ballot"].to_numpy()
    stages = rule.seats.stages if rule.seats else ()
    columns = (*HEADING, *candidate_columns(figures), *_columns(stages))
    counted = pd.DataFrame(_counted(held, stages if len(stages) > 1 else ()))
    shares = {f"seats_share{end}": percent(counted[f"seats{end}"], counted["seats_total"]) for end in ("", "_high")}
    frame = pd.concat([rows, counted], axis=1).assign(
        **shares, **repeated(figures.ballots, ("valid", "valid_origin"), at)
    )
    return Table(
        name="seats",
        title=msg("Seats"),
        frame=heading(told, frame)[[column.name for column in columns]],
        columns=columns,
        sections=_sections(rows["ballot"], told, held),
        notes=_rule_notes(rule),
        provenance=figures.provenance,
        bar="seats_share",
    )


def _columns(stages: Sequence[Stage]) -> tuple[Column, ...]:
    several = stages if len(stages) > 1 else ()
    return (
        Column("votes", term("votes"), "count", origin="votes_origin"),
        origin_column("votes_origin"),
        Column("share_valid", term("% of valid"), "share", origin="share_valid_origin", places="share_valid_decimals"),
        origin_column("share_valid_origin"),
        Column("share_valid_decimals", term("decimals published"), "count", place="hidden"),
        Column("seats", term("seats"), "count", upper="seats_high", origin="seats_origin"),
        Column("seats_high", term("seats"), "count", place="hidden"),
        origin_column("seats_origin"),
        *(
            column
            for place, stage in enumerate(several, start=1)
            for column in (
                Column(f"stage_{place}", _stage_label(stage), "count", missing=None, upper=f"stage_{place}_high"),
                Column(f"stage_{place}_high", _stage_label(stage), "count", place="hidden"),
            )
        ),
        Column("seats_published", term("seats as published"), "count", missing=None),
        Column("seats_share", term("% of seats"), "share", missing=None, upper="seats_share_high"),
        Column("seats_share_high", term("% of seats"), "share", place="hidden"),
        *count_columns("valid", term("Valid"), term("not published")),
        Column("seats_total", term("Seats"), "count", place="foot", missing=None),
        Column("votes_needed", term("Votes needed for a share"), "count", place="foot", missing=None),
        Column("seats_unfilled", term("Seats given to nobody"), "count", place="hidden"),
    )


def _stage_label(stage: Stage) -> str:
    if stage.to == "first":
        return term("bonus")
    return term("by averages") if METHODS[stage.method or ""].compensates else term("by quota")


def _counted(held: Sequence[Council], stages: Sequence[Stage]) -> dict[str, Any]:
    """Return the columns that say seats, one value per list of each council; NA where there are none."""
    columns: dict[str, list[int | None]] = {
        name: []
        for name in (
            *("seats", "seats_high", "seats_total", "votes_needed", "seats_unfilled", "seats_published"),
            *(f"stage_{place}{end}" for place in range(1, len(stages) + 1) for end in ("", "_high")),
        )
    }
    firm: list[int] = []
    for council in held:
        size, sharing = len(council.names), council.sharing
        columns["seats_published"] += council.published
        firm += [-1 if sharing is None else max(council.firm, _COMPUTED)] * size
        if sharing is None:
            for name in columns:
                columns[name] += [None] * (size if name != "seats_published" else 0)
            continue
        columns["seats"] += sharing.low
        columns["seats_high"] += sharing.high
        columns["seats_total"] += [sharing.number] * size
        columns["votes_needed"] += [sharing.needed] * size
        columns["seats_unfilled"] += [sharing.unfilled] * size
        for place in range(len(stages)):
            low, high = sharing.of_stage(place)
            columns[f"stage_{place + 1}"] += low
            columns[f"stage_{place + 1}_high"] += high
    arrays = {name: array_of(values, "Int64") for name, values in columns.items()}
    return {**arrays, "seats_origin": origins(np.array(firm, dtype="int64"))}


def _sections(ballots: pd.Series[int], told: Captions, held: Sequence[Council]) -> Sections:
    def section(place: int, start: int, stop: int) -> Section:
        caption, council = told[place], held[place]
        notes = (*_notes(council), *caption.computations, *caption.remarks)
        return Section(caption.title, start, stop, caption.subtitle, caption.doubt or _lead(council), notes)

    return Sections(np.cumsum(np.bincount(ballots, minlength=len(told))).tolist(), section)


def _lead(council: Council) -> Message | None:
    sharing = council.sharing
    if sharing is None:
        return council.why
    number, most = sharing.number, max(sharing.high)
    open_ = [name for name, low, high in zip(council.names, sharing.low, sharing.high, strict=True) if low != high]
    if open_:
        return msg("A tie leaves open how many of the {n:count} seats go to {names}.", n=number, names=open_)
    first = [name for name, count in zip(council.names, sharing.high, strict=True) if count == most]
    if approximate(council):
        return msg("{names}: the most seats, if the approximate figures are right.", names=first)
    if len(first) > 1:
        return msg("{names} get {most:count} of the {n:count} seats each.", names=first, most=most, n=number)
    if 2 * most > number:
        return msg(
            "{name} gets {most:count} of the {n:count} seats: more than half.", name=first[0], most=most, n=number
        )
    return msg(
        "{name} gets the most seats: {most:count} of {n:count}, not more than half.", name=first[0], most=most, n=number
    )


def _rule_notes(rule: Rule) -> tuple[Message, ...]:
    if not rule.rounds:
        return ()
    law = msg("Rules: {title} ({law}).", title=rule.title, law=rule.law) if rule.law else None
    return (law or msg("Rules: {title}.", title=rule.title), *((msg("{note}", note=rule.note),) if rule.note else ()))


def _notes(council: Council) -> Iterator[Message]:
    sharing = council.sharing
    if sharing is None:
        return
    for given in sharing.common:
        if given.seats:
            yield stage_words(given)
        yield from tie_words(given, council.names)
    if len(sharing.ways) > 1:
        yield msg("What the stages after a tie give out depends on it: hence the ranges.")
    elif sharing.low == sharing.high:
        yield from _near(sharing.common, council)
    if council.others_matter:
        yield msg(
            "{n:count} valid votes are of none of these lists: if they were of one list, seats would be others.",
            n=council.others,
        )
    said = [count for count in council.published if count is not None]
    if said and sum(said) != sharing.number:
        yield msg("The source says that {n:count} seats were won.", n=sum(said))
    elif any(
        count is not None and not low <= count <= high
        for count, low, high in zip(council.published, sharing.low, sharing.high, strict=True)
    ):
        yield msg("The source says other seats than these rules give.")


def _near(stages: Sequence[Given], council: Council) -> Iterator[Message]:
    """Say how near a bonus, and the last seat, were to going elsewhere."""
    names = council.names
    votes = council.votes or ()
    bonuses = [step for given in stages if given.stage.to == "first" for step in given.steps(votes) if step.rivals]
    for step in bonuses:
        yield msgn(
            "With {n:count} vote more, {rival} would come first.",
            "With {n:count} votes more, {rival} would come first.",
            step.rivals[0].short,
            rival=names[step.rivals[0].place],
        )
    steps = list(stages[-1].steps(votes)) if stages[-1].allocation else []
    if not steps or not steps[-1].rivals:
        return
    following, nearest = steps[-1].rivals[0], min(steps[-1].rivals, key=lambda rival: rival.short)
    yield msgn(
        "The last seat goes to {winner}; {rival} is next, {n:count} vote short of it.",
        "The last seat goes to {winner}; {rival} is next, {n:count} votes short of it.",
        following.short,
        winner=names[steps[-1].lists[0]],
        rival=names[following.place],
    )
    if nearest.short < following.short:
        yield msgn(
            "In votes {rival} is nearer to it, {n:count} vote short.",
            "In votes {rival} is nearer to it, {n:count} votes short.",
            nearest.short,
            rival=names[nearest.place],
        )


_STEP_COLUMNS = (
    Column("stage", term("stage"), "count", place="hidden"),
    Column("seat", term("seat"), "count", upper="seat_last"),
    Column("seat_last", term("seat"), "count", place="hidden"),
    Column("candidate", term("candidate"), "text"),
    Column("votes", term("votes"), "count"),
    Column("by", term("by"), "term"),
    Column("quotient", term("quotient"), "index"),
    Column("numerator", term("numerator"), "count", place="hidden"),
    Column("denominator", term("denominator"), "count", place="hidden"),
    Column("rival", term("next"), "text", missing=None),
    Column("short", term("votes short"), "count", missing=None),
    Column("tied", term("tied"), "flag", place="hidden"),
)
_BY = {
    "bonus": (term("bonus"), term("bonus, tied")),
    "average": (term("average"), term("average, tied")),
    "quota": (term("full quotas"), ""),
    "remainder": (term("remainder"), term("remainder, tied")),
}


def _steps(figures: Returns, held: list[Council], rule: Rule) -> Table:
    told = captions(figures)
    columns = (*HEADING, *_STEP_COLUMNS)
    found = [(place, step) for place, council in enumerate(held) for step in _steps_of(council)]
    frame = pd.DataFrame(
        {
            "ballot": np.array([place for place, _ in found], dtype="int64"),
            **{
                column.name: array_of([step[column.name] for _, step in found], _DTYPES[column.kind])
                for column in _STEP_COLUMNS
            },
        }
    )
    return Table(
        name="seats_explained",
        title=msg("Seats, step by step"),
        frame=heading(told, frame)[[column.name for column in columns]],
        columns=columns,
        sections=_sections(frame["ballot"], told, held),
        notes=(
            *_rule_notes(rule),
            msg(
                "Quotient: votes by divisor for an average, votes by quota for full quotas, votes left over for a remainder. "
                "Votes short: how many more the next list needed for this seat, all other votes being the same."
            ),
        ),
        provenance=figures.provenance,
    )


_DTYPES = {"text": "str", "term": "str", "count": "Int64", "index": "Float64", "flag": "boolean"}


def _steps_of(council: Council) -> Iterator[dict[str, Any]]:
    """Yield the rows of a council's steps: one for each list of a step, so that of a tie there are several."""
    if council.sharing is None or council.votes is None:
        return
    before = 0
    for place, given in enumerate(council.sharing.common, start=1):
        for step in given.steps(council.votes):
            facts = {
                "stage": place,
                "seat": before + step.first,
                "seat_last": before + step.first + step.seats - 1,
                "by": _BY[step.by][len(step.lists) > 1],
                "quotient": float(step.figure),
                "numerator": step.figure.numerator,
                "denominator": step.figure.denominator,
                "rival": council.names[step.rivals[0].place] if step.rivals else None,
                "short": step.rivals[0].short if step.rivals else None,
                "tied": len(step.lists) > 1,
            }
            yield from ({**facts, "candidate": council.names[one], "votes": council.votes[one]} for one in step.lists)
        before += given.seats
