"""Which rule an election is held under: by its kind, its day and its place; never today's for another day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from primaire.matching import fold, same_code
from primaire.messages import Message, msg
from primaire.naming import Naming, naming
from primaire.rules.rule import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from primaire.rules.rule import Rule


@lru_cache(maxsize=256)
def _naming(election: str) -> Naming:
    return naming([election])


@dataclass(frozen=True)
class Facts:
    """What is known of one contest.

    Attributes:
        election: its name, from which the kind is told, and the year where ``day`` is not known.
        day: of the vote, ISO; None where the source does not say.
        codes: of the places that all its units lie in, each with its column (``region_code``, ...).
        seats: how many are to be filled, if that is known.
        names: whether the votes add up to more than the valid ballots, as only names that are chosen one by one do; None
            where that is not known.
    """

    election: str
    day: str | None = None
    codes: tuple[tuple[str, str], ...] = ()
    seats: int | None = None
    names: bool | None = None

    @property
    def period(self) -> tuple[date, date] | None:
        """The first and the last day on which the vote may have been held; None if nothing is known."""
        if self.day is not None:
            held = date.fromisoformat(self.day)
            return held, held
        year = _naming(self.election).year
        return None if year is None else (date(year, 1, 1), date(year, 12, 31))


@dataclass(frozen=True)
class Choice:
    """The rule of one contest, or why there is none; ``remarks`` say what was taken for granted in choosing it."""

    rule: Rule | None
    reason: Message | None = None
    remarks: tuple[Message, ...] = ()


_TAKEN_FOR_LISTS: Final = msg(
    "Judged as an election by lists, since the votes do not outnumber the valid ballots. --rules chooses otherwise."
)


def of_kind(rules: Sequence[Rule], election: str) -> list[Rule]:
    """Return the rules, of some, for the kind that an election's name tells."""
    kind = _naming(election).kind
    return [rule for rule in rules if _is_of_kind(rule, election, kind.name if kind else None)]


def in_force(rules: Sequence[Rule], facts: Facts) -> list[Rule]:
    """Return the rules, of some, for an election's kind that were in force when it was held; all of its kind if that is not known."""
    return [rule for rule in of_kind(rules, facts.election) if _in_time(rule, facts.period)]


def choose(rules: Sequence[Rule], facts: Facts) -> Choice:
    """Return which of some rules a contest was held under; or why that is not known."""
    rules = of_kind(rules, facts.election)
    if not rules:
        return Choice(None, msg("“{election}” is no kind of election that has rules here.", election=facts.election))
    if facts.period is None:
        return Choice(
            None,
            msg("The day of “{election}” is not known, and its rules have changed over time.", election=facts.election),
        )
    return pick(rules, facts)


def asked_for(rule: Rule, facts: Facts) -> Choice:
    """Return a rule that was asked for, whatever the contest; and say where it was made for others."""
    remarks = list(_of_another_kind(rule, facts))
    if not _in_time(rule, facts.period):
        remarks.append(msg("These rules were not in force on that day; they are applied as asked for."))
    return Choice(rule, remarks=tuple(remarks))


def _of_another_kind(rule: Rule, facts: Facts) -> tuple[Message, ...]:
    """Say that a rule was made for another kind of election, where that is so."""
    kind = _naming(facts.election).kind
    if not (rule.scope.kind and kind) or _is_of_kind(rule, facts.election, kind.name):
        return ()
    return (msg("These rules are made for another kind of election; they are applied as asked for."),)


def pick(rules: Sequence[Rule], facts: Facts) -> Choice:
    """Return which of some rules of one kind holds for a contest; or why none, or not one alone, does."""
    if len(rules) == 1 and facts.period is None:
        return Choice(rules[0])
    in_time = [rule for rule in rules if _in_time(rule, facts.period)]
    when = facts.day or (_naming(facts.election).year if facts.period else None)
    if not in_time:
        return Choice(None, msg("No rule that is known here was in force for this date ({when}).", when=when))
    fitting = [rule for rule in in_time if _fits(rule, facts)]
    if not fitting:
        return Choice(None, msg("No rule that is known here is for this place and date ({when}).", when=when))
    left = [rule for rule in fitting if facts.names is None or (rule.votes_for == "names") == facts.names] or fitting
    if any((rule.rounds, rule.seats) != (left[0].rounds, left[0].seats) for rule in left):
        names = [rule.name for rule in left]
        return Choice(None, msg("Several rules could be meant: {names}. --rules chooses one of them.", names=names))
    # Few names on few ballots do not outnumber them either.
    as_lists = (_TAKEN_FOR_LISTS,) if len(left) < len(fitting) and facts.names is False else ()
    remarks = (*_of_another_kind(left[-1], facts), *as_lists, *_alike(left), *_unplaced(in_time, facts))
    return Choice(_common(left), remarks=remarks)


def _common(rules: Sequence[Rule]) -> Rule:
    """Return what rules have in common that say the same of rounds and seats: of one rule, all of it."""
    last = rules[-1]
    if len(rules) == 1:
        return last
    return replace(
        last,
        name=", ".join(rule.name for rule in rules),
        scope=Scope(kind=last.scope.kind, contest=last.scope.contest),
        expenses=last.expenses if all(rule.expenses == last.expenses for rule in rules) else None,
        note=last.note if all(rule.note == last.note for rule in rules) else None,
    )


def _alike(rules: Sequence[Rule]) -> tuple[Message, ...]:
    """Say that several rules could be meant, which say the same of rounds and seats."""
    names = [rule.name for rule in rules]
    said = msg("These rules could be meant, and say the same of rounds and seats: {names}.", names=names)
    return (said,) if len(rules) > 1 else ()


def _unplaced(rules: Sequence[Rule], facts: Facts) -> tuple[Message, ...]:
    """Say that no code tells whether a contest lies in one of the places that have rules of their own, where that is so."""
    known = {column for column, _ in facts.codes}
    own = [rule.name for rule in rules if rule.scope.only and not known & set(rule.scope.only)]
    if not own:
        return ()
    return (
        msg(
            "No code says where this is, and some places have rules of their own: {names}. --rules names them.",
            names=own,
        ),
    )


def _is_of_kind(rule: Rule, election: str, kind: str | None) -> bool:
    if rule.scope.kind is None:
        return False
    if kind is not None and fold(kind) == fold(rule.scope.kind):
        return True
    words = fold(election).split()
    return all(word in words for word in fold(rule.scope.kind).split())


def _in_time(rule: Rule, period: tuple[date, date] | None) -> bool:
    if period is None:
        return True
    first, last = rule.scope.first or date.min, rule.scope.last or date.max
    return first <= period[1] and period[0] <= last


def _fits(rule: Rule, facts: Facts) -> bool:
    scope = rule.scope
    if (scope.only and not _lies(facts, scope.only)) or _lies(facts, scope.without):
        return False
    if facts.seats is None:
        return True
    return (scope.seats_from or 0) <= facts.seats and (scope.seats_to is None or facts.seats <= scope.seats_to)


def _lies(facts: Facts, places: Mapping[str, tuple[str, ...]]) -> bool:
    """Tell whether a contest lies in one of some places."""
    return any(
        same_code(code, column.removesuffix("_code")) == same_code(held, column.removesuffix("_code"))
        for column, code in facts.codes
        for held in places.get(column, ())
    )
