"""A rule: what the law of one kind of election, in one period, makes of votes. ``docs/rules.md`` describes the files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from primaire.messages import term

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from fractions import Fraction

    from primaire.rules.parts import Condition, Rounding

FOR: Final = (term("people"), term("lists"), term("names"))
"""What is voted for: one person or pair; a list that stands as it is; or as many names of any list as there are seats."""

ALL_SEATS: Final = "seats"
"""As many as there are seats, where a number of places is asked for."""

Places = int | Literal["seats"]


@dataclass(frozen=True)
class Elected:
    """Who is elected in a round: of those who meet all conditions, the first in votes.

    Attributes:
        conditions: all of them are to be met; none asks for nothing.
        first: how many are elected at most, or :data:`ALL_SEATS`.
        tie: what breaks a tie, in this order; see :data:`primaire.rules.parts.TIES`.
        article: what says so.
    """

    conditions: tuple[Condition, ...] = ()
    first: Places = 1
    tie: tuple[str, ...] = ()
    article: str | None = None


@dataclass(frozen=True)
class Qualified:
    """Who may stand in the next round.

    Attributes:
        condition: who meets it goes on; None: ``first`` or ``everyone`` counts.
        first: how many of the first in votes go on, where there is no condition.
        everyone: whether all may stand again.
        if_one, if_none: how many of the first in votes go on if one alone, or nobody, meets the condition; None: no more.
        tie: what breaks a tie.
        article: what says so.
    """

    condition: Condition | None = None
    first: int | None = None
    everyone: bool = False
    if_one: int | None = None
    if_none: int | None = None
    tie: tuple[str, ...] = ()
    article: str | None = None


@dataclass(frozen=True)
class MayMerge:
    """Which lists, of those who do not go on by themselves, may join one that does."""

    condition: Condition
    article: str | None = None


@dataclass(frozen=True)
class Round:
    """One round: who is elected and, if that settles nothing, who goes on."""

    elected: Elected | None = None
    qualified: Qualified | None = None
    may_merge: MayMerge | None = None


@dataclass(frozen=True)
class Stage:
    """A share of the seats, and how it is given out.

    Attributes:
        seats: a part of all seats, a number of them, or None for what the stages before have left.
        rounding: what makes a whole number of a part; the first that holds.
        to: ``first``: the list with the most votes takes them all; ``all``: they are shared out by ``method``.
        method: one of :data:`primaire.apportionment.METHODS`; None for ``to = first``.
        threshold: which lists share; None: all.
        count_earlier: whether the seats of the stages before count in the quotients (a compensation); the French bonus
            does not (Conseil d'État, 30 January 2015, 382627).
        tie: what breaks a tie; see :data:`primaire.rules.parts.TIES`.
        article: what says so.
    """

    seats: Fraction | int | None = None
    rounding: tuple[Rounding, ...] = ()
    to: Literal["first", "all"] = "all"
    method: str | None = None
    threshold: Condition | None = None
    count_earlier: bool = False
    tie: tuple[str, ...] = ()
    article: str | None = None


@dataclass(frozen=True)
class Seats:
    """How seats are shared out among lists, stage by stage.

    Attributes:
        stages: one at least.
        number: how many there are, where the rule says it; None: it depends on the place.
        by_section: whether the law shares them out section by section within the contest. A rule knows one contest and no
            sections: from the stages it can be told who takes the bonus and who shares, and not how many seats each list has.
    """

    stages: tuple[Stage, ...]
    number: int | None = None
    by_section: bool = False


@dataclass(frozen=True)
class Expenses:
    """Whose campaign expenses are paid back: who meets the condition in round ``round``; ``note`` says how much, and where.

    ``lower_rate``: whether those who do not meet it are paid back too, only less.
    """

    condition: Condition
    round: int = 1
    lower_rate: bool = False
    article: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Scope:
    """For which elections a rule was made; what is not said does not narrow it.

    Attributes:
        kind: of :data:`primaire.naming.KINDS`, or a word of the election's name.
        first, last: the first and the last day of voting, both included.
        contest: the level of geography on which each place is a contest of its own; ``nation`` for one contest in all.
        only, without: for columns of places (``region_code``, ``departement_code``, ``commune_code``), the codes of those it
            holds in alone (one column that fits is enough), and of those it does not hold in.
        seats_from, seats_to: for how many seats.
    """

    kind: str | None = None
    first: date | None = None
    last: date | None = None
    contest: str | None = None
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    without: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    seats_from: int | None = None
    seats_to: int | None = None


@dataclass(frozen=True)
class Rule:
    """A whole rule.

    Attributes:
        name: what it is called on the command line: its file without the ending.
        title: in words.
        law: the code or law that its articles are of.
        votes_for: one of :data:`FOR`.
        rounds: in their order; one at least.
        seats: how seats are shared out among lists; None where people are elected by themselves.
        expenses: whose expenses are paid back; None where the rule does not say.
        scope: for which elections it was made.
        note: what a reader of the answer must know besides.
    """

    name: str
    title: str
    rounds: tuple[Round, ...]
    law: str | None = None
    votes_for: str = "people"
    seats: Seats | None = None
    expenses: Expenses | None = None
    scope: Scope = field(default_factory=Scope)
    note: str | None = None
