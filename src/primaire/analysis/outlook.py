"""Outlook: the outcomes of many contests counted. How many are settled, how many may stand where, who withdrew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from primaire.arrays import frame_of
from primaire.messages import msg, term
from primaire.outcomes.judged import WITHDRAWN, Case, Judged, judged, marked_otherwise, rules_said
from primaire.outcomes.refusal import refuse_unjudged, unjudged
from primaire.rules.judging import ELECTED, QUALIFIED, TIED
from primaire.table import Column, Section, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from primaire.rules.rule import Rule
    from primaire.schema import Returns

_COLUMNS: Final = (
    Column("election", term("election"), "text", place="heading"),
    Column("round", term("round"), "count", place="heading"),
    Column("fact", term("contests where"), "term"),
    Column("number", term("candidates"), "count", missing=None),
    Column("contests", term("contests"), "count"),
    Column("which", term("which"), "text", missing=None),
)
_TYPES: Final = {
    "election": "str",
    "round": "int64",
    "fact": "str",
    "number": "Int64",
    "contests": "int64",
    "which": "str",
}

NAMED: Final = 12
"""Contests up to which they are named; of more, the table of outcomes has them all."""

ALL: Final = term("votes were cast")
SETTLED: Final = term("the round settles everything")
ONWARD: Final = term("another round is needed")
MAJORITY_ALONE: Final = term("a majority lacks another condition")
REACHED: Final = term("the threshold to go on is reached by")
MAY_STAND: Final = term("through to the next round go")
STOOD: Final = term("in the next round stood")
WITHDREW: Final = term("somebody withdrew before the next round")
TIE: Final = term("there is a tie")
UNJUDGED: Final = term("nobody can be declared elected")
DIFFERS: Final = term("the source marks somebody else as elected")


@dataclass(frozen=True)
class _Fact:
    word: str
    number: int | None
    contests: tuple[str, ...]


def outlook(
    returns: Returns,
    *,
    rules: Sequence[Rule] | None = None,
    seats: int | None = None,
    assume_whole: bool = False,
) -> Table:
    """Count the outcomes of the contests of each election and round.

    Args:
        returns, rules, seats, assume_whole: as for :func:`primaire.analysis.outcome.outcome`.

    Returns:
        One row per election, round and fact: ``contests`` is in how many contests it is so, ``number`` how many candidates
        it is of, where a fact has several rows, and ``which`` the names of the contests, where they are :data:`NAMED` at
        most. Facts overlap, and only those that are somewhere so are there.

    Raises:
        NotHeldError: none of the contests can be judged; the message says why.
    """
    found = judged(returns, rules=rules, seats=seats, assume_whole=assume_whole)
    refuse_unjudged(found)
    groups: dict[tuple[str, int], list[Case]] = {}
    for case in found.cases:
        caption = found.told[case.ballot]
        groups.setdefault((caption.election, caption.round), []).append(case)
    frames, sections, start = [], [], 0
    for (election, round_), cases in groups.items():
        facts = list(_facts(found, cases))
        frames.append(_rows(election, round_, facts))
        title = msg("{election}, round {round}", election=election, round=round_)
        sections.append(Section(title, start, start + len(facts)))
        start += len(facts)
    return Table(
        name="outlook",
        title=msg("Outcomes counted"),
        frame=pd.concat(frames, ignore_index=True),
        columns=_COLUMNS,
        sections=tuple(sections),
        notes=(*unjudged(found), *rules_said(found)),
        provenance=found.figures.provenance,
    )


def _rows(election: str, round: int, facts: Sequence[_Fact]) -> pd.DataFrame:
    return frame_of(
        {
            "election": [election] * len(facts),
            "round": [round] * len(facts),
            "fact": [fact.word for fact in facts],
            "number": [fact.number for fact in facts],
            "contests": [len(fact.contests) for fact in facts],
            "which": [", ".join(fact.contests) if len(fact.contests) <= NAMED else None for fact in facts],
        },
        _TYPES,
        len(facts),
    )


def _facts(found: Judged, cases: Sequence[Case]) -> Iterator[_Fact]:
    """Yield what is so in one contest at least, each with the contests where it is."""
    onward = [case for case in cases if case.verdict is not None and not case.verdict.settled]
    yield _Fact(ALL, None, _names(found, cases))
    for word, some in (
        (UNJUDGED, [case for case in cases if case.verdict is None]),
        (SETTLED, [case for case in cases if case.verdict is not None and case.verdict.settled]),
        (ONWARD, onward),
        (MAJORITY_ALONE, [case for case in onward if _majority_alone(case)]),
    ):
        if some:
            yield _Fact(word, None, _names(found, some))
    yield from _numbered(found, REACHED, onward, [case.verdict.reached if case.verdict else None for case in onward])
    # Where there is a tie, it is open how many: it is counted as what it is.
    through = [case for case in onward if TIED not in found.fates[case.start : case.stop]]
    may = [sum(found.fates[row] in (QUALIFIED, WITHDRAWN) for row in range(case.start, case.stop)) for case in through]
    yield from _numbered(found, MAY_STAND, through, may)
    held = [case for case in onward if case.next is not None]
    yield from _numbered(found, STOOD, held, [found.cases[case.next].size for case in held if case.next is not None])
    for word, fate in ((WITHDREW, WITHDRAWN), (TIE, TIED)):
        some = [case for case in cases if fate in found.fates[case.start : case.stop]]
        if some:
            yield _Fact(word, None, _names(found, some))
    some = [case for case in cases if marked_otherwise(found, case)]
    if some:
        yield _Fact(DIFFERS, None, _names(found, some))


def _numbered(found: Judged, word: str, cases: Sequence[Case], numbers: Sequence[int | None]) -> Iterator[_Fact]:
    for number in sorted({one for one in numbers if one is not None}):
        some = [case for case, one in zip(cases, numbers, strict=True) if one == number]
        yield _Fact(word, number, _names(found, some))


def _names(found: Judged, cases: Sequence[Case]) -> tuple[str, ...]:
    return tuple(found.told[case.ballot].contest for case in cases)


def _majority_alone(case: Case) -> bool:
    """Tell whether somebody meets the first condition of election, and not all of them."""
    if case.verdict is None or case.counted is None or len(case.verdict.needed) < 2:  # noqa: PLR2004  one is no other
        return False
    _, majority = case.verdict.needed[0]
    fates = case.verdict.fates
    return any(
        votes >= majority and fate.word != ELECTED for votes, fate in zip(case.counted.votes, fates, strict=True)
    )
