"""Outcome: who is elected, who goes on and who is out under the rules of that election, by how many votes, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from primaire.arrays import column
from primaire.captions import (
    HEADING,
    Caption,
    Lines,
    candidate_columns,
    count_columns,
    heading,
    origin_column,
    repeated,
)
from primaire.messages import Message, msg, term
from primaire.outcomes.judged import WITHDRAWN, Case, Judged, judged, marked_otherwise, rules_said, unexpected
from primaire.outcomes.refusal import refuse_unjudged
from primaire.outcomes.verdict import Heard
from primaire.rules.judging import LackingError, Needed
from primaire.table import Column, Section, Sections, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.rules.rule import Rule
    from primaire.schema import Returns

_NOT_PUBLISHED: Final = term("not published")

_COLUMNS: Final = (
    Column("votes", term("votes"), "count", origin="votes_origin"),
    origin_column("votes_origin"),
    Column("share_valid", term("% of valid"), "share", origin="share_valid_origin", places="share_valid_decimals"),
    origin_column("share_valid_origin"),
    Column("share_valid_decimals", term("decimals published"), "count", place="hidden"),
    Column("fate", term("outcome"), "term", missing=term("–")),
    Column("margin", term("by votes"), "change", missing=None),
    Column(
        "share_registered",
        term("% of registered"),
        "share",
        missing=None,
        origin="share_registered_origin",
        places="share_registered_decimals",
    ),
    origin_column("share_registered_origin"),
    Column("share_registered_decimals", term("decimals published"), "count", place="hidden"),
    Column("article", term("article"), "term", missing=None),
    Column("expenses", term("expenses"), "term", missing=None),
    Column("expenses_margin", term("by votes"), "change", place="hidden", missing=None),
    Column("stood_next", term("stood in the next round"), "flag", place="hidden", missing=None),
    Column("marked_elected", term("marked as elected"), "flag", place="hidden", missing=None),
    *count_columns("registered", term("Registered"), _NOT_PUBLISHED),
    *count_columns("voters", term("Voters"), None),
    *count_columns("valid", term("Valid"), _NOT_PUBLISHED),
    Column("needed_elected", term("Votes needed to be elected"), "count", place="foot", missing=None),
    Column("needed_next", term("Threshold to go on (votes)"), "count", place="foot", missing=None),
    Column("needed_expenses", term("Threshold for expenses (votes)"), "count", place="foot", missing=None),
    Column("rule", term("rule"), "text", place="hidden"),
    Column("assumed_whole", term("assumed to be the whole contest"), "flag", place="hidden"),
    Column("status_note", term("why"), "text", place="hidden"),
)
_TYPES: Final = {
    "fate": "str",
    "margin": "Int64",
    "article": "str",
    "expenses": "str",
    "expenses_margin": "Int64",
    "stood_next": "boolean",
    "marked_elected": "boolean",
    "needed_elected": "Int64",
    "needed_next": "Int64",
    "needed_expenses": "Int64",
    "rule": "str",
    "assumed_whole": "boolean",
}

REIMBURSED: Final = (term("reimbursable"), term("not reimbursable"))
LOWER_RATE: Final = (term("full rate"), term("lower rate"))
"""What becomes of campaign expenses: above the condition, and below it."""


def outcome(
    returns: Returns,
    *,
    rules: Sequence[Rule] | None = None,
    seats: int | None = None,
    assume_whole: bool = False,
) -> Table:
    """Say what becomes of every candidate under the rules of that election at that date.

    Args:
        returns: as read. With two rounds of a contest, those who could have stood in the second and did not are
            ``withdrawn``.
        rules: one rule, taken for all contests whatever it was made for; or several, of which each contest takes the one
            that was in force. By default the rules that ship: see ``docs/rules.md``.
        seats: how many are elected in each contest, where names are chosen one by one.
        assume_whole: whether a contest of which the data hold a part, or may hold one, is judged as if they held all of it.

    Returns:
        One row per contest, round and candidate, by rank. ``fate`` is one of :data:`primaire.outcomes.judged.FATES`, NA where
        the contest cannot be judged. ``margin`` is in votes: 0 and more above what was needed, or ahead of the first one
        out; negative short of it, or behind the last one in. ``article`` says which text decides. ``expenses`` tells
        whether the votes are enough for campaign expenses to be reimbursed, and ``expenses_margin`` by how many votes; NA in rounds
        that do not decide it. ``marked_elected`` is what the source says, ``stood_next`` whether the same person stood in
        the next round; NA where the data do not tell. ``needed_*`` are counts of votes.

    Raises:
        NotHeldError: none of the contests can be judged: no rule is known, they are parts of a contest, a count is missing.
            The message says which.
    """
    found = judged(returns, rules=rules, seats=seats, assume_whole=assume_whole)
    refuse_unjudged(found)
    columns = (*HEADING, *candidate_columns(found.figures), *_COLUMNS)
    names = [f"{count}{end}" for count in ("registered", "voters", "valid") for end in ("", "_origin")]
    at = found.rows["ballot"].to_numpy()
    frame = pd.concat(
        [
            found.rows,
            pd.DataFrame(repeated(found.figures.ballots, [*names, "status_note"], at)),
            pd.DataFrame(_fates(found)),
        ],
        axis=1,
    )
    return Table(
        name="outcome",
        title=msg("Outcome"),
        frame=heading(found.told, frame)[[each.name for each in columns]],
        columns=columns,
        sections=_sections(found),
        notes=(*_without_effect(found, seats), *rules_said(found)),
        provenance=found.figures.provenance,
    )


def _without_effect(found: Judged, seats: int | None) -> tuple[Message, ...]:
    """Say that the number of seats decides nothing, where it was given and does not."""
    applied = [case.rule for case in found.cases if case.verdict is not None]
    asked = any(
        rule.scope.seats_from
        or rule.scope.seats_to
        or any(one.elected and one.elected.first == "seats" for one in rule.rounds)
        for rule in applied
    )
    if seats is None or asked:
        return ()
    return (msg("The number of seats has no effect on who is elected under these rules."),)


def _fates(found: Judged) -> dict[str, Any]:
    """Return the columns that say what becomes of each candidate."""
    cells: dict[str, list[Any]] = {name: [] for name in _TYPES}
    for case in found.cases:
        size = case.stop - case.start
        rule, verdict = case.ruling.rule, case.verdict
        cells["rule"] += [rule.name if rule else None] * size
        cells["assumed_whole"] += [case.ruling.assumed] * size
        cells["needed_elected"] += [_most(verdict.needed) if verdict else None] * size
        cells["needed_next"] += [verdict.to_go_on if verdict else None] * size
        cells["margin"] += [fate.margin for fate in verdict.fates] if verdict else [None] * size
        cells["article"] += [fate.article for fate in verdict.fates] if verdict else [None] * size
        needed, margins = _expenses(found, case)
        cells["needed_expenses"] += [needed] * size
        cells["expenses_margin"] += margins
        enough, less = LOWER_RATE if rule and rule.expenses and rule.expenses.lower_rate else REIMBURSED
        cells["expenses"] += [None if one is None else enough if one >= 0 else less for one in margins]
    cells["fate"], cells["stood_next"], cells["marked_elected"] = (
        list(each) for each in (found.fates, found.stood, found.marked)
    )
    return {name: column(values, _TYPES[name]) for name, values in cells.items()}


def _most(needed: Needed) -> int | None:
    return max((count for _, count in needed), default=None)


def _expenses(found: Judged, case: Case) -> tuple[int | None, list[int | None]]:
    """Return the votes needed for reimbursement, and how far each candidate is above; None where it is not decided."""
    nothing: list[int | None] = [None] * (case.stop - case.start)
    if case.counted is None or case.rule.expenses is None:
        return None, nothing
    if found.told[case.ballot].round != case.rule.expenses.round:
        return None, nothing
    try:
        needed = case.counted.needed(case.rule.expenses.condition)
    except LackingError:
        return None, nothing
    return needed, [votes - needed for votes in case.counted.votes]


def _sections(found: Judged) -> Sections:
    lines = Lines(found.rows)

    def section(place: int, start: int, stop: int) -> Section:
        caption, case = found.told[place], found.cases[place]
        heard = _heard(found, case, lines)
        lead = case.ruling.reason if heard is None else heard.lead
        doubts = (case.ruling.doubt,) if case.ruling.doubt is not None and not case.ruling.assumed else ()
        taken = (*doubts, *case.ruling.remarks)
        notes = (*_notes_on_round(found, case, lines), *taken, *caption.gaps, *caption.remarks)
        return Section(caption.title, start, stop, caption.subtitle, lead, _with_doubt(caption, notes))

    return Sections([case.stop for case in found.cases], section)


def _with_doubt(caption: Caption, notes: tuple[Message, ...]) -> tuple[Message, ...]:
    return (caption.doubt, *notes) if caption.doubt is not None else notes


def _heard(found: Judged, case: Case, lines: Lines) -> Heard | None:
    if case.verdict is None:
        return None
    names, votes = (lines[name][case.start : case.stop] for name in ("candidate", "votes"))
    marks = [lines["candidate"][row] for row in range(case.start, case.stop) if found.marked[row]]
    mark = marks[0] if len(marks) == 1 else None
    gone = frozenset(row - case.start for row in range(case.start, case.stop) if found.fates[row] == WITHDRAWN)
    return Heard(case.rule, found.told[case.ballot].round, case.verdict, names, votes, mark, gone)


def _notes_on_round(found: Judged, case: Case, lines: Lines) -> list[Message]:
    """Say what the next round, or the source's marks, show besides."""
    names = lines["candidate"]
    notes = []
    stood = [names[row] for row in unexpected(found, case)]
    if stood:
        notes.append(msg("Stood in the next round all the same: {names}.", names=stood))
    wrong = [names[row] for row in marked_otherwise(found, case)]
    if wrong:
        notes.append(msg("The source marks otherwise than the votes and this rule say: {names}.", names=wrong))
    return notes
