"""Rows of one unit brought together, where each candidate has a row; units that stand twice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from primaire.captions import FIGURES
from primaire.errors import Problem, SourceError
from primaire.matching import fold
from primaire.messages import msg
from primaire.sources.meaning.mapping import IGNORED
from primaire.sources.reading.gathered import Coded, Figures
from primaire.sources.reading.harvest import MOST_PROBLEMS
from primaire.sources.reading.keys import key_of, nth, numbered_by_first
from primaire.sources.reading.lines import lines_added
from primaire.sources.reading.polls import Polls, entries_of, reworded, text_at, unit_key
from primaire.sources.reading.tallies import without_tallies

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from primaire.sources.opening.raw import Raw
    from primaire.sources.reading.plan import VotePlan

    Wholes = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]


_BALLOTS: Final = {
    **dict.fromkeys(("blancs", "votes blancs", "bulletins blancs"), "blank"),
    **dict.fromkeys(("nuls", "votes nuls", "bulletins nuls"), "null"),
    **dict.fromkeys(("blancs et nuls", "blancs nuls", "nuls et blancs", "bulletins blancs et nuls"), "blank_null"),
    **dict.fromkeys(("abstentions", "abstention"), "abstentions"),
    "inscrits": "registered",
    "votants": "voters",
    **dict.fromkeys(("exprimes", "suffrages exprimes"), "valid"),
    **dict.fromkeys(("total", "totaux", "total voix", "total exprimes"), IGNORED),
}
"""Names that nobody has, folded: what a row so called counts. One Mr Blanc is not among them."""


def one_row_per_unit(raw: Raw, found: Polls, name: str, plan: VotePlan) -> Polls:
    """Bring the rows of a unit together, where each candidate has a row.

    Raises SourceError for votes for nobody, for somebody twice, and for rows of one unit that disagree on its ballots.
    """
    unit, first = numbered_by_first(key_of(unit_key(found)))
    figures = {**_BALLOTS, **{fold(word): figure for word, figure in plan.vote.candidates.figures.items()}}
    wrong = [
        *_nameless(raw, found, name, plan),
        *_persons_twice(raw, found, name, unit, plan=plan, figures=figures),
        *_numbers_twice(raw, found, name, unit),
    ]
    counts = {}
    for what, column in found.counts.items():
        known = np.flatnonzero(column.known)
        at = np.full(len(first), -1, dtype="int64")
        at[unit[known[::-1]]] = known[::-1]
        counts[what] = Figures(np.where(at >= 0, column.values[at], 0), at >= 0)
        differing = known[column.values[known] != counts[what].values[unit[known]]][:MOST_PROBLEMS]
        wrong += [_differs(raw, found, name, what, (row, int(at[unit[row]]))) for row in differing.tolist()]
    if wrong:
        raise SourceError(
            msg("Rows of one unit in “{name}” disagree.", name=name),
            remedy=msg("Perhaps a column that tells units apart is missing or not recognised: name it in a mapping."),
            problems=tuple(wrong),
        )
    entries = replace(found.entries, row=unit[found.entries.row])
    together = replace(found.picked(first), counts=counts, entries=entries_of(entries, entries.row))
    together = without_tallies(raw, together, name, plan, figures)
    return lines_added(together) if plan.vote.candidates.lines_added else together


def _differs(raw: Raw, found: Polls, name: str, what: str, rows: tuple[int, int]) -> Problem:
    """Return what is wrong with the first of two rows that count differently."""
    row, other = rows
    reason = msg(
        "{what:term}: differs from {first:count}, which the same unit has on line {line}",
        what=FIGURES.get(what, what),
        first=int(found.counts[what].values[other]),
        line=raw.line_at(int(found.positions[other])),
    )
    value = str(int(found.counts[what].values[row]))
    return Problem(reason, name, raw.line_at(int(found.positions[row])), None, value)


def _nameless(raw: Raw, found: Polls, name: str, plan: VotePlan) -> list[Problem]:
    """Return votes for nobody, where no contest says what else they count."""
    if plan.contest.columns:
        return []
    nobody = np.array([not person.name for person in found.people] or [False])[found.entries.person]
    wrong = np.flatnonzero(nobody & found.entries.votes.known & (found.entries.votes.values > 0))
    lines = found.positions[found.entries.row[wrong[:MOST_PROBLEMS]]].tolist()
    return [Problem(msg("there are votes, but no candidate"), name, raw.line_at(int(line))) for line in lines]


def _persons_twice(  # noqa: PLR0913  a row, where it is, and whose
    raw: Raw, found: Polls, name: str, unit: Wholes, *, plan: VotePlan, figures: Mapping[str, str]
) -> list[Problem]:
    """Return second rows of one person in one unit. Two of one nuance are two; the same name, nuance and number are one."""
    fields, block = plan.vote.candidates.fields, plan.blocks[0].fields
    if not fields.get("name") or any(
        set(block.get("name", ())) <= set(block.get(other, ())) for other in ("label", "list")
    ):
        return []
    entries = found.entries
    people = np.array([bool(person.name) and fold(person.name) not in figures for person in found.people] or [False])
    key = unit[entries.row].astype("int64") * max(len(found.people), 1) + entries.person
    again = (
        np.flatnonzero((nth(key) > 0) & people[entries.person])
        if len(np.unique(key)) < len(key)
        else np.zeros(0, "int64")
    )
    return [
        Problem(
            msg("“{person}” stands twice in this unit", person=found.people[int(entries.person[at])].name),
            name,
            raw.line_at(int(found.positions[entries.row[at]])),
        )
        for at in again[:MOST_PROBLEMS].tolist()
    ]


def _numbers_twice(raw: Raw, found: Polls, name: str, unit: Wholes) -> list[Problem]:
    """Return second rows of one panel in one unit: where every row names a panel, no two candidates share one.

    Where ballots are counted, rows of two units disagree on these; where nothing is, only this tells them apart.
    """
    entries = found.entries
    numbers = [person.number for person in found.people]
    if found.counts or "unit" in found.texts or not numbers or not all(numbers) or len(set(numbers)) == 1:
        return []
    panel = numbered_by_first(key_of([reworded(Coded(entries.person.astype("int64"), []), numbers)]))[0]
    again = np.flatnonzero(nth(unit[entries.row].astype("int64") * len(numbers) + panel) > 0)
    return [
        Problem(
            msg(
                "“{person}” has the number {number}, as somebody else in this unit",
                person=found.people[int(entries.person[at])].name,
                number=numbers[int(entries.person[at])],
            ),
            name,
            raw.line_at(int(found.positions[entries.row[at]])),
        )
        for at in again[:MOST_PROBLEMS].tolist()
    ]


def refuse_units_twice(raw: Raw, found: Polls, name: str) -> None:
    """Raise SourceError for units that stand twice in one vote of a table."""
    number, first = numbered_by_first(key_of(unit_key(found)))
    again = np.flatnonzero(first[number] != np.arange(len(number)))
    if not len(again):
        return
    problems = [
        Problem(
            msg(
                "the unit stands twice, first on line {line}: {place}",
                line=raw.line_at(int(found.positions[first[number[row]]])),
                place=" · ".join(text for what in found.texts if (text := text_at(found.texts[what], row))) or "–",
            ),
            name,
            raw.line_at(int(found.positions[row])),
        )
        for row in again[:MOST_PROBLEMS].tolist()
    ]
    if len(again) > MOST_PROBLEMS:
        problems.append(Problem(msg("… and {n:count} more of this kind", n=len(again) - MOST_PROBLEMS), name))
    raise SourceError(
        msg("Units stand more than once in “{name}”, and would be counted twice.", name=name),
        remedy=msg("Leave all but one of the rows out; or name in a mapping the column that tells them apart."),
        problems=tuple(problems),
    )
