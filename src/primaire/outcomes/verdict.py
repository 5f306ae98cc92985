"""What a judgement says, in sentences: who is elected or goes on, by how many votes, and what a tie waits for."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING, Final

from primaire.exact import HUNDRED
from primaire.messages import Message, msg, msgn
from primaire.rules.judging import BONUS, ELECTED, MAY_MERGE, QUALIFIED, SHARES, TIED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from primaire.rules.judging import Judgement
    from primaire.rules.parts import Condition
    from primaire.rules.rule import Qualified, Rule

_PARTS: Final = {
    Fraction(1, 2): msg("half"),
    Fraction(1, 3): msg("a third"),
    Fraction(1, 4): msg("a quarter"),
}

_TIES: Final = {
    "most votes": msg("the one with more votes"),
    "the elder": msg("the elder"),
    "higher average age": msg("the list whose candidates are older on average"),
    "lower average age": msg("the list whose candidates are younger on average"),
    "lot": msg("whoever is drawn by lot"),
}

MANY: Final = 6
"""Names up to which all are told in one sentence."""


def condition_said(condition: Condition) -> Message:
    """Return a condition in words: at least 12.5 % of registered."""
    part = _PARTS.get(condition.part) or msg("{percent:percent}", percent=float(condition.part * HUNDRED))
    if condition.strictly:
        return msg("more than {part} of {base:term}", part=part, base=condition.base)
    return msg("at least {part} of {base:term}", part=part, base=condition.base)


def tie_broken(tie: Sequence[str], *, mark: str | None = None) -> Message:
    """Return what breaks a tie by law, and who was given it by the source, if it says so.

    What the votes tell has been applied before: it is what stands behind it that is said.
    """
    left = [word for word in tie if word != "most votes"]
    said = (
        msg("The rule favours {whom}; these figures do not tell who that is.", whom=_TIES[left[0]])
        if left
        else msg("No text that is known here says how to break it.")
    )
    return msg("{said} The source marks {name} as elected.", said=said, name=mark) if mark else said


@dataclass(frozen=True)
class Heard:
    """One contest and round that was judged.

    Attributes:
        rule, round, verdict: what was applied, and what came of it.
        names, votes: of all candidates, first to last.
        mark: the name of whom the source marks as elected, where it is one.
        gone: the places of those who could have stood in the next round, and did not.
    """

    rule: Rule
    round: int
    verdict: Judgement
    names: Sequence[str]
    votes: Sequence[int]
    mark: str | None = None
    gone: frozenset[int] = frozenset()

    def named(self, *words: str) -> list[str]:
        """Return the names of those who have one of these fates, and have not withdrawn."""
        return [
            name
            for place, (name, fate) in enumerate(zip(self.names, self.verdict.fates, strict=True))
            if fate.word in words and place not in self.gone
        ]

    @property
    def lead(self) -> Message:
        """The sentence to read if one reads only one."""
        if not any(self.votes):
            return msg("There are no votes: nobody is elected.")
        if self.rule.seats is not None:
            return self._of_lists
        if self.verdict.settled:
            return self._settled
        return msg("{so} {onward}", so=self._not_yet, onward=self._onward)

    @property
    def _settled(self) -> Message:
        elected, tied = self.named(ELECTED), self.named(TIED)
        if tied:
            how = tie_broken(self.verdict.tie, mark=self.mark)
            return msg("A tie: {names} have {votes:count} votes each. {how}", names=tied, votes=self._level, how=how)
        if not elected:
            return msg("Nobody is elected; {why}", why=self._short)
        return self._one if len(elected) == 1 else self._several(elected)

    @property
    def _one(self) -> Message:
        """Who alone is elected, and by how much."""
        (name,) = self.named(ELECTED)
        place = self.names.index(name)
        votes, margin = self.votes[place], self.verdict.fates[place].margin
        if margin is None:
            return msg("Elected: {name}, the only candidate, with {votes:count} votes.", name=name, votes=votes)
        if not self.verdict.needed:
            return msgn(
                "Elected: {name}, {n:count} vote ahead of {second}.",
                "Elected: {name}, {n:count} votes ahead of {second}.",
                margin,
                name=name,
                second=next(other for other in self.names if other != name),
            )
        if not margin:
            return msg(
                "Elected in round {round}: {name}, with {votes:count} votes, exactly as many as needed.",
                round=self.round,
                name=name,
                votes=votes,
            )
        return msgn(
            "Elected in round {round}: {name}, with {votes:count} votes, {n:count} more than needed.",
            "Elected in round {round}: {name}, with {votes:count} votes, {n:count} more than needed.",
            margin,
            round=self.round,
            name=name,
            votes=votes,
        )

    def _several(self, elected: Sequence[str]) -> Message:
        lead = msg("Elected ({n:count}): {names}.", n=len(elected), names=_some(elected))
        if not self.verdict.vacant:
            return lead
        empty = msgn("{n:count} seat stays empty.", "{n:count} seats stay empty.", self.verdict.vacant)
        return msg("{lead} {empty}", lead=lead, empty=empty)

    @property
    def _level(self) -> int:
        return next(votes for votes, fate in zip(self.votes, self.verdict.fates, strict=True) if fate.word == TIED)

    @property
    def _short(self) -> Message:
        """What the first lack for being elected: of several conditions, the one that is farthest."""
        condition, needed = max(self.verdict.needed, key=lambda each: each[1])
        most = max(self.votes)
        first = [name for name, votes in zip(self.names, self.votes, strict=True) if votes == most]
        bar = msg(
            "{short:count} short of {bar} ({needed:count})", short=needed - most, bar=_bar(condition), needed=needed
        )
        if len(first) == 1:
            return msg("closest: {name}, {votes:count} votes, {bar}.", name=first[0], votes=most, bar=bar)
        return msg("closest: {names}, {votes:count} votes each, {bar}.", names=first, votes=most, bar=bar)

    @property
    def _not_yet(self) -> Message:
        elected = self.named(ELECTED)
        return (
            self._several(elected)
            if elected
            else msg("Nobody is elected in round {round}; {why}", round=self.round, why=self._short)
        )

    @property
    def _onward(self) -> Message:
        """Who goes on, and who could have."""
        gone = [self.names[place] for place in sorted(self.gone)]
        return msg("{through} Withdrawn since: {names}.", through=self._through, names=gone) if gone else self._through

    @property
    def _through(self) -> Message:
        on, tied = self.named(QUALIFIED), self.named(TIED)
        if tied:
            how = tie_broken(self.verdict.tie)
            level = msg("Level with {votes:count} votes each: {names}. {how}", names=tied, votes=self._level, how=how)
            through = msg("Through to round {next}: {names}.", next=self.round + 1, names=_some(on))
            return msg("{through} {level}", through=through, level=level) if on else level
        if not on:
            return msg("Nobody may stand in round {next}.", next=self.round + 1)
        return msg("Through to round {next}: {names}.", next=self.round + 1, names=_some(on))

    @property
    def _of_lists(self) -> Message:
        merge = self.named(MAY_MERGE)
        if not self.verdict.settled:
            so = msg("{so} {onward}", so=self._not_yet, onward=self._onward)
            return msg("{so} May merge: {names}.", so=so, names=_some(merge)) if merge else so
        tied, first, sharing = self.named(TIED), self.named(BONUS), self.named(SHARES)
        if tied:
            how = tie_broken(self.verdict.tie)
            return msg(
                "A tie for the bonus: {names} have {votes:count} votes each. {how}",
                names=tied,
                votes=self._level,
                how=how,
            )
        if first:
            lead = self._bonus(first[0])
            return msg("{lead} With it share the seats: {names}.", lead=lead, names=_some(sharing)) if sharing else lead
        return msg("Share the seats: {names}.", names=_some(sharing)) if sharing else msg("No list shares the seats.")

    def _bonus(self, name: str) -> Message:
        """Which list comes first, and by how much: over the majority, where the round asks for one, or the next list."""
        margin = self.verdict.fates[self.names.index(name)].margin
        if margin is None:
            return msg("{name} comes first and takes the bonus.", name=name)
        if self.verdict.needed:
            return msgn(
                "{name} has the majority in round {round}, with {n:count} vote to spare, and takes the bonus.",
                "{name} has the majority in round {round}, with {n:count} votes to spare, and takes the bonus.",
                margin,
                name=name,
                round=self.round,
            )
        return msgn(
            "{name} comes first by {n:count} vote and takes the bonus.",
            "{name} comes first by {n:count} votes and takes the bonus.",
            margin,
            name=name,
        )


def _bar(condition: Condition) -> Message:
    """Return what votes fall short of: the absolute majority, a quarter of registered."""
    if condition.strictly:
        return msg("the absolute majority") if condition.part == Fraction(1, 2) else condition_said(condition)
    part = _PARTS.get(condition.part) or msg("{percent:percent}", percent=float(condition.part * HUNDRED))
    return msg("{part} of {base:term}", part=part, base=condition.base)


def _some(names: Sequence[str]) -> list[object]:
    return [*names[:MANY], msg("{n} more", n=len(names) - MANY)] if len(names) > MANY + 1 else list(names)


def rules_named(applied: Iterable[tuple[Rule, str]]) -> list[tuple[Rule, Message]]:
    """Return each rule once with what it is called, given every rule that was applied and the election it was applied to."""
    found: dict[str, tuple[Rule, dict[str, None]]] = {}
    for rule, election in applied:
        found.setdefault(rule.name, (rule, {}))[1][election] = None
    return [(rule, _rule_named(rule, list(elections))) for rule, elections in found.values()]


def _rule_named(rule: Rule, elections: Sequence[str]) -> Message:
    """Return what a rule is called, the elections that it is taken for, for votes of which time, its title and law."""
    first, last = rule.scope.first, rule.scope.last
    taken = msg("“{name}”, applied to {elections}", name=rule.name, elections=_some(elections))
    if first and last:
        taken = msg("{rule}, for votes from {first:date} to {last:date}", rule=taken, first=first, last=last)
    elif first:
        taken = msg("{rule}, for votes since {first:date}", rule=taken, first=first)
    elif last:
        taken = msg("{rule}, for votes until {last:date}", rule=taken, last=last)
    if rule.law is None:
        return msg("Rule {rule}: {title:term}.", rule=taken, title=rule.title)
    return msg("Rule {rule}: {title:term} ({law:term}).", rule=taken, title=rule.title, law=rule.law)


def _fallback(qualified: Qualified, bar: Message) -> Message:
    """Return a condition to go on, with who goes on if one alone, or nobody, meets it."""
    one, none = qualified.if_one, qualified.if_none
    if one and one == none:
        return msg("{bar}; the first {n} in any case", bar=bar, n=one)
    if one:
        bar = msg("{bar}; where one alone has that, the first {n}", bar=bar, n=one)
    return msg("{bar}; where nobody has that, the first {n}", bar=bar, n=none) if none else bar


def rule_said(rule: Rule) -> Iterator[Message]:
    """Yield what a rule says: round by round who is elected, who goes on, and whose expenses count."""
    for number, round_ in enumerate(rule.rounds, start=1):
        elected, qualified, merge = round_.elected, round_.qualified, round_.may_merge
        if elected is not None:
            who = [condition_said(condition) for condition in elected.conditions]
            who += [] if who and elected.first == 1 else [msg("the most votes")]
            both = reduce(lambda one, other: msg("{one} and {other}", one=one, other=other), who)
            yield _with_article(msg("To be elected in round {n}: {who}", n=number, who=both), elected.article)
        if qualified is not None and qualified.condition is not None:
            said = _fallback(qualified, condition_said(qualified.condition))
            yield _with_article(msg("To go on: {bar}", bar=said), qualified.article)
        elif qualified is not None and qualified.everyone:
            yield _with_article(msg("To go on: everybody may"), qualified.article)
        elif qualified is not None:
            yield _with_article(msg("To go on: the first {n}", n=qualified.first), qualified.article)
        if merge is not None:
            yield _with_article(
                msg("To merge with a list that goes on: {bar}", bar=condition_said(merge.condition)), merge.article
            )
    if rule.expenses is not None:
        bar, more = condition_said(rule.expenses.condition), rule.expenses.note
        yield _with_article(
            msg("Campaign expenses are reimbursed from round {n}: {bar}", n=rule.expenses.round, bar=bar),
            rule.expenses.article,
        )
        if more:
            yield msg("{note:term}", note=more)
    yield from _notes_of(rule)


def _notes_of(rule: Rule) -> Iterator[Message]:
    """Yield what a reader of the answer must know besides."""
    if rule.seats is not None and rule.seats.by_section:
        yield msg(
            "Seats are shared out section by section: who shares in them is told here, and not how many each list has."
        )
    if rule.note:
        yield msg("{note:term}", note=rule.note)


def _with_article(said: Message, article: str | None) -> Message:
    return msg("{said} ({article:term}).", said=said, article=article) if article else msg("{said}.", said=said)
