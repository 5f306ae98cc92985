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
    from collections.abc import Iterator, Sequence

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
        msg("By law it goes to {whom}, which these figures do not tell.", whom=_TIES[left[0]])
        if left
        else msg("No text that is known here says how it is broken.")
    )
    return msg("{said} The source marks {name} as elected.", said=said, name=mark) if mark else said


@dataclass(frozen=True)
class Heard:
    """One contest and round that was judged.

    Attributes:
        rule, round, verdict: what was applied, and what came of it.
        names, votes: of all candidates, first to last.
        mark: the name of whom the source marks as elected, where it is one.
    """

    rule: Rule
    round: int
    verdict: Judgement
    names: Sequence[str]
    votes: Sequence[int]
    mark: str | None = None

    def named(self, *words: str) -> list[str]:
        """Return the names of those who have one of these fates."""
        return [name for name, fate in zip(self.names, self.verdict.fates, strict=True) if fate.word in words]

    @property
    def lead(self) -> Message:
        """The sentence to read if one reads only one."""
        if not any(self.votes):
            return msg("There are no votes: nobody is elected, and nobody goes on.")
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
            return msg("Nobody is elected. {why}", why=self._short)
        if len(elected) > 1:
            return msgn(
                "{n} is elected: {names}.", "{n:count} are elected: {names}.", len(elected), names=_some(elected)
            )
        first = self.names.index(elected[0])
        votes, margin = self.votes[first], self.verdict.fates[first].margin
        if margin is None:
            return msg("{name} is elected with {votes:count} votes, the only candidate.", name=elected[0], votes=votes)
        if self.verdict.needed:
            return msg(
                "{name} is elected in round {round} with {votes:count} votes, {margin:count} more than needed.",
                name=elected[0],
                round=self.round,
                votes=votes,
                margin=margin,
            )
        return msgn(
            "{name} is elected, {n:count} vote ahead of {second}.",
            "{name} is elected, {n:count} votes ahead of {second}.",
            margin,
            name=elected[0],
            second=next(name for name in self.names if name != elected[0]),
        )

    @property
    def _level(self) -> int:
        return next(votes for votes, fate in zip(self.votes, self.verdict.fates, strict=True) if fate.word == TIED)

    @property
    def _short(self) -> Message:
        """What the first lacks for being elected: of several conditions, the one that is farthest."""
        condition, needed = max(self.verdict.needed, key=lambda each: each[1])
        first = max(range(len(self.votes)), key=self.votes.__getitem__)
        return msg(
            "{name} has {votes:count} votes, {short:count} short of {condition} ({needed:count}).",
            name=self.names[first],
            votes=self.votes[first],
            short=needed - self.votes[first],
            condition=condition_said(condition),
            needed=needed,
        )

    @property
    def _not_yet(self) -> Message:
        elected = self.named(ELECTED)
        if elected:
            return msgn(
                "{n} is elected: {names}.", "{n:count} are elected: {names}.", len(elected), names=_some(elected)
            )
        return msg("Nobody is elected in round {round}: {why}", round=self.round, why=self._short)

    @property
    def _onward(self) -> Message:
        on, tied = self.named(QUALIFIED), self.named(TIED)
        if tied:
            how = tie_broken(self.verdict.tie)
            level = msg(
                "{names} have {votes:count} votes each for what is left. {how}", names=tied, votes=self._level, how=how
            )
            return (
                msg("Through to round {next}: {names}; {level}", names=_some(on), next=self.round + 1, level=level)
                if on
                else level
            )
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
            ahead = self.verdict.fates[self.names.index(first[0])].margin
            lead = (
                msg("{name} comes first and takes the bonus.", name=first[0])
                if ahead is None
                else msgn(
                    "{name} comes first by {n:count} vote and takes the bonus.",
                    "{name} comes first by {n:count} votes and takes the bonus.",
                    ahead,
                    name=first[0],
                )
            )
            return msg("{lead} With it share the seats: {names}.", lead=lead, names=_some(sharing)) if sharing else lead
        return msg("Share the seats: {names}.", names=_some(sharing)) if sharing else msg("No list shares the seats.")


def _some(names: Sequence[str]) -> list[object]:
    return [*names[:MANY], msg("{n} more", n=len(names) - MANY)] if len(names) > MANY + 1 else list(names)


def rule_named(rule: Rule, elections: Sequence[str]) -> Message:
    """Return what a rule is called, the elections that it is taken for, when it was in force, its title and law."""
    first, last = rule.scope.first, rule.scope.last
    taken = msg("“{name}”, taken for {elections}", name=rule.name, elections=_some(elections))
    if first and last:
        taken = msg("{rule}, in force from {first:date} to {last:date}", rule=taken, first=first, last=last)
    elif first:
        taken = msg("{rule}, in force since {first:date}", rule=taken, first=first)
    elif last:
        taken = msg("{rule}, in force until {last:date}", rule=taken, last=last)
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
