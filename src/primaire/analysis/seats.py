"""Seats: how many each list gets by a rule, in which stage, what ties leave open, and who took which seat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from primaire.apportionment import METHODS
from primaire.arrays import column as array_of
from primaire.arrays import listed
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
from primaire.errors import NameUnknownError, NotHeldError
from primaire.messages import msg, term
from primaire.outcomes.allotted import council_lead, council_notes, rules_applied
from primaire.outcomes.councils import Council, councils, seats_of
from primaire.outcomes.ruling import Ruling, rulings
from primaire.rules.ad_hoc import by_method
from primaire.rules.sharing import NO_VOTES
from primaire.schema import ORIGINS, origins
from primaire.scores import scores
from primaire.table import Column, Section, Sections, Table
from primaire.tally import asked, tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from primaire.rules.rule import Rule, Stage
    from primaire.rules.sharing import Sharing
    from primaire.schema import Returns

_COMPUTED = ORIGINS.index("computed")


def seats(  # noqa: PLR0913  each says another thing of how seats are shared out
    returns: Returns,
    *,
    seats: int | None = None,
    rules: Sequence[Rule] | None = None,
    method: str | None = None,
    threshold: str | None = None,
    assume_whole: bool = False,
    explain: bool = False,
    by: str | Sequence[str] = "contest",
) -> Table:
    """Share seats out among the lists of each contest.

    Args:
        returns: as read; what follows from the published figures is derived here.
        seats: how many there are in each contest (or place); None: as the rules say, else as many as the source says
            were won.
        rules: one rule, taken for all contests whatever it was made for; or several, of which each contest takes the one
            that was in force. By default the rules that ship: see ``docs/rules.md``.
        method: instead of rules, one of :data:`primaire.apportionment.METHODS`; each round is then shared out by itself.
        threshold: with a method, which lists share: ``at least 5 % of valid``; None: all.
        assume_whole: whether a contest of which the data hold a part, or may hold one, is shared out as if they held all of
            it.
        explain: whether to answer with the steps that lead to the seats.
        by: with a method, what units are added up by, and whether candidates are by nuance, each of which then counts as a
            list; see :func:`primaire.tally.tally`. Rules are of contests.

    Returns:
        One row per contest, round (or place) and list. ``seats`` to ``seats_high`` is what the list gets: they differ where
        a tie leaves it open, and are NA where this round gives out no seats (the section says why). ``stage_1``, ``stage_2``
        ... are the seats of each stage, where there are several; ``seats_share`` is in per cent of all ``seats_total``;
        ``votes_needed`` is what the last threshold asks for; ``seats_published`` the seats that the source says were won.

        With ``explain``, one row per step and list: the seats from ``seat`` to ``seat_last``; ``by`` what they were won;
        ``quotient``, exactly ``numerator`` / ``denominator``: votes by divisor, votes by quota, or the votes of a remainder;
        the ``rival`` that came next, and the votes that it was ``short`` of, all other votes, and who shares, being the same;
        NA for a bonus that a majority in a round before the last has brought.

    Raises:
        NameUnknownError: rules and a method are named, or rules and ``by``; there is no such method, threshold or ``by``.
        NotHeldError: for no contest are a rule, all of it, the votes, the number of seats and the totals that the rule needs
            known; no unit says its place on that level; or candidates would have to be added up by nuance, and none has one.
    """
    level, nuance = asked(by)
    plain = level == "contest" and not nuance
    _check(rules, method, threshold, plain=plain)
    rules = rules if method is None else [by_method(method, threshold)]
    figures = tally(returns, by)
    rows = scores(figures)
    if rules is None or plain:
        held = rulings(returns, figures, rules=rules, seats=seats, assume_whole=assume_whole)
    else:  # places other than contests: what if each had a council of its own?
        held = [Ruling(rule) for rule in rules] * len(figures.ballots)
    found = councils(figures, rows, held, seats, level)
    return _steps(figures, found) if explain else _lists(figures, rows, found)


def _check(rules: Sequence[Rule] | None, method: str | None, threshold: str | None, *, plain: bool) -> None:
    """Refuse what does not go together."""
    if method is not None and rules is not None:
        raise NameUnknownError(msg("Rules say by which method seats are shared out: give either --rules or --method."))
    if method is None and threshold is not None:
        raise NameUnknownError(
            msg("Rules say which lists share: a threshold is given with a method."),
            expected=msg("The methods are: {methods}.", methods=list(METHODS)),
        )
    if method is None and not plain:
        raise NameUnknownError(
            msg("Rules are of whole contests, and not of other places or of nuances."),
            remedy=msg("Leave --by out, or name a method with --method."),
        )


def _lists(figures: Returns, rows: pd.DataFrame, held: list[Council]) -> Table:
    told = captions(figures)
    at = rows["ballot"].to_numpy()
    stages = _stage_labels(held)
    columns = (*HEADING, *candidate_columns(figures), *_columns(stages))
    counted = pd.DataFrame(_counted(held, len(stages)))
    shares = {f"seats_share{end}": percent(counted[f"seats{end}"], counted["seats_total"]) for end in ("", "_high")}
    frame = pd.concat([rows, counted], axis=1).assign(
        **shares, **repeated(figures.ballots, ("valid", "valid_origin", "status_note"), at)
    )
    return Table(
        name="seats",
        title=msg("Seats"),
        frame=heading(told, frame)[[column.name for column in columns]],
        columns=columns,
        sections=_sections(rows["ballot"], told, held),
        notes=rules_applied(held, listed(figures.ballots["election"])),
        provenance=figures.provenance,
        bar="seats_share",
    )


def _stage_labels(held: Sequence[Council]) -> list[str]:
    """Return what each stage is called, if rules have several: alike in all contests, or else by its number alone."""
    stages = dict.fromkeys(seats_of(council.ruling.rule).stages for council in held if council.sharing)
    most = max(map(len, stages), default=0)
    if most < 2:  # noqa: PLR2004  one stage is all
        return []
    labels = [{_stage_label(each[place]) for each in stages if place < len(each)} for place in range(most)]
    return [one.pop() if len(one) == 1 else term("stage") for one in labels]


def _stage_label(stage: Stage) -> str:
    if stage.to == "first":
        return term("bonus")
    return term("by averages") if METHODS[stage.method or ""].compensates else term("by quota")


def _columns(stages: Sequence[str]) -> tuple[Column, ...]:
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
            for place, label in enumerate(stages, start=1)
            for column in (
                Column(f"stage_{place}", label, "count", missing=None, upper=f"stage_{place}_high"),
                Column(f"stage_{place}_high", label, "count", place="hidden"),
            )
        ),
        Column("seats_published", term("seats as published"), "count", missing=None),
        Column("seats_share", term("% of seats"), "share", missing=None, upper="seats_share_high"),
        Column("seats_share_high", term("% of seats"), "share", place="hidden"),
        *count_columns("valid", term("Valid"), term("not published")),
        Column("seats_total", term("Seats"), "count", place="foot", missing=None),
        Column("votes_needed", term("Votes needed for a share"), "count", place="foot", missing=None),
        Column("seats_unfilled", term("Seats given to nobody"), "count", place="hidden"),
        Column("rule", term("rule"), "text", place="hidden"),
        Column("assumed_whole", term("assumed to be the whole contest"), "flag", place="hidden"),
        Column("status_note", term("why"), "text", place="hidden"),
    )


def _counted(held: Sequence[Council], stages: int) -> dict[str, Any]:
    """Return the columns that say seats, one value per list of each council; NA where there are none."""
    names = ["seats", "seats_high", "seats_total", "votes_needed", "seats_unfilled"]
    names += [f"stage_{place}{end}" for place in range(1, stages + 1) for end in ("", "_high")]
    columns: dict[str, list[Any]] = {name: [] for name in [*names, "seats_published", "rule", "assumed_whole"]}
    firm: list[int] = []
    for council in held:
        size, sharing, rule = len(council.names), council.sharing, council.ruling.rule
        columns["seats_published"] += council.published
        columns["rule"] += [rule.name if rule else None] * size
        columns["assumed_whole"] += [council.ruling.assumed] * size
        firm += [-1 if sharing is None else max(council.firm, _COMPUTED)] * size
        told = {} if sharing is None else _of_council(sharing, size)
        for name in names:
            columns[name] += told.get(name, [None] * size)
    types = {"rule": "str", "assumed_whole": "boolean"}
    arrays = {name: array_of(values, types.get(name, "Int64")) for name, values in columns.items()}
    return {**arrays, "seats_origin": origins(np.array(firm, dtype="int64"))}


def _of_council(sharing: Sharing, size: int) -> dict[str, Sequence[int | None]]:
    told: dict[str, Sequence[int | None]] = {
        "seats": sharing.low,
        "seats_high": sharing.high,
        "seats_total": [sharing.number] * size,
        "votes_needed": [sharing.needed] * size,
        "seats_unfilled": [sharing.unfilled] * size,
    }
    for place in range(len(sharing.ways[0])):
        told[f"stage_{place + 1}"], told[f"stage_{place + 1}_high"] = sharing.of_stage(place)
    return told


def _sections(ballots: pd.Series[int], told: Captions, held: Sequence[Council]) -> Sections:
    def section(place: int, start: int, stop: int) -> Section:
        caption, council = told[place], held[place]
        ruling = council.ruling
        doubt = () if ruling.doubt is None or ruling.assumed or council.sharing is None else (ruling.doubt,)
        remarks = ruling.remarks if ruling.reason is None else ()
        notes = (*council_notes(council), *remarks, *doubt, *caption.computations, *caption.remarks)
        return Section(caption.title, start, stop, caption.subtitle, caption.doubt or council_lead(council), notes)

    return Sections(np.cumsum(np.bincount(ballots, minlength=len(told))).tolist(), section)


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


def _steps(figures: Returns, held: list[Council]) -> Table:
    told = captions(figures)
    columns = (*HEADING, *_STEP_COLUMNS)
    found = [(place, step) for place, council in enumerate(held) for step in _steps_of(council)]
    if not found:
        raise next(
            (council.error or NotHeldError(council.why) for council in held if council.why is not None),
            NotHeldError(NO_VOTES),
        )
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
            *rules_applied(held, listed(figures.ballots["election"])),
            msg(
                "Quotient: votes by divisor for an average, votes by quota for full quotas, votes left over for a remainder. "
                "Votes short: how many more the next list needed for this seat, all other votes, and who shares, being the same."
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
                # Of a majority, these votes might be the ones that it lacks: there would be another round, and no bonus.
                "short": step.rivals[0].short if step.rivals and not (step.by == "bonus" and council.asked) else None,
                "tied": len(step.lists) > 1,
            }
            yield from ({**facts, "candidate": council.names[one], "votes": council.votes[one]} for one in step.lists)
        before += given.seats
