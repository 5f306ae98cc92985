"""Seats that were shared out, in sentences: who gets them, by which stage of a rule, what ties leave open, how near it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from primaire.apportionment import METHODS
from primaire.messages import Message, msg, msgn
from primaire.outcomes.councils import condition_words
from primaire.outcomes.ruling import ASSUMED
from primaire.outcomes.verdict import rules_named, tie_broken
from primaire.rules.sharing import votes_short

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from primaire.apportionment import Tie
    from primaire.outcomes.councils import Council
    from primaire.rules.rule import Rule
    from primaire.rules.sharing import Given


def council_lead(council: Council) -> Message | None:
    """Say who gets the most seats, what a tie leaves open, or why there are none."""
    sharing = council.sharing
    if sharing is None:
        return council.why
    open_ = [name for name, low, high in zip(council.names, sharing.low, sharing.high, strict=True) if low != high]
    if open_:
        return msg("A tie leaves open how many of the {n:count} seats go to {names}.", n=sharing.number, names=open_)
    most = max(sharing.high)
    if not most:
        return msg("No list gets a seat.")
    first = [name for name, count in zip(council.names, sharing.high, strict=True) if count == most]
    if council.approximate:
        return msg("{names}: the most seats, if the approximate figures are right.", names=first)
    return _most_words(first, most, sharing.number)


def _most_words(first: Sequence[str], most: int, number: int) -> Message:
    if len(first) > 1:
        return msg("{names} get {most:count} of the {n:count} seats each.", names=first, most=most, n=number)
    name = first[0]
    if most == number:
        return msgn("{name} gets the only seat.", "{name} gets all of the {n:count} seats.", number, name=name)
    if 2 * most == number:
        return msg("{name} gets {most:count} of the {n:count} seats: exactly half.", name=name, most=most, n=number)
    if 2 * most > number:
        return msg("{name} gets {most:count} of the {n:count} seats: more than half.", name=name, most=most, n=number)
    return msg(
        "{name} gets the most seats: {most:count} of {n:count}, not more than half.", name=name, most=most, n=number
    )


def council_notes(council: Council) -> Iterator[Message]:
    """Say how the seats came about, what ties leave open, how near others were, and what the source says otherwise."""
    sharing = council.sharing
    if sharing is None:
        return
    rule = council.ruling.rule
    if rule and rule.seats and rule.seats.number not in {None, sharing.number}:
        yield msg(
            "The rules say {n:count} seats; {m:count} are shared out, as asked for.",
            n=rule.seats.number,
            m=sharing.number,
        )
    for given in sharing.common:
        if given.seats:
            yield _stage_words(given)
        yield from _tie_words(given, council.names)
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
    if council.ahead is not None:
        yield msgn(
            "{name} has {n:count} vote more than the majority that this round asks for.",
            "{name} has {n:count} votes more than the majority that this round asks for.",
            council.ahead,
            name=names[votes.index(max(votes))],
        )
    for step in bonuses if council.ahead is None else ():
        yield msgn(
            "With {n:count} vote more, {rival} would come first.",
            "With {n:count} votes more, {rival} would come first.",
            step.rivals[0].short,
            rival=names[step.rivals[0].place],
        )
    yield from _near_the_last_seat(stages[-1], council)
    yield from _near_the_threshold(stages[-1], council)


def _near_the_threshold(given: Given, council: Council) -> Iterator[Message]:
    """Say what the nearest of the lists below the threshold lacks of it, given that its own votes count in the base."""
    threshold, votes = given.stage.threshold, council.votes or ()
    below = [place for place, cast in enumerate(votes) if cast and place not in given.sharers]
    if threshold is None or not below or not given.seats:
        return
    nearest = max(below, key=votes.__getitem__)
    short = votes_short(threshold, votes[nearest], council.totals)
    if short:
        yield msgn(
            "{name} is {n:count} vote short of the threshold.",
            "{name} is {n:count} votes short of the threshold.",
            short,
            name=council.names[nearest],
        )


def _near_the_last_seat(given: Given, council: Council) -> Iterator[Message]:
    last, names = given.last(), council.names
    if last is None or not last.rivals:
        return
    following, nearest = last.rivals[0], min(last.rivals, key=lambda rival: rival.short)
    if not council.settles_with(following.short):  # with these votes there would be another round, and no seat at all
        yield msg(
            "The last seat goes to {winner}; {rival} is next.",
            winner=names[last.lists[0]],
            rival=names[following.place],
        )
        return
    yield msgn(
        "The last seat goes to {winner}; {rival} is next, {n:count} vote short of it.",
        "The last seat goes to {winner}; {rival} is next, {n:count} votes short of it.",
        following.short,
        winner=names[last.lists[0]],
        rival=names[following.place],
    )
    if nearest.short < following.short:
        yield msgn(
            "Of the lists that share, {rival} is nearer to it in votes, {n:count} vote short.",
            "Of the lists that share, {rival} is nearer to it in votes, {n:count} votes short.",
            nearest.short,
            rival=names[nearest.place],
        )


def rules_applied(held: Sequence[Council], elections: Sequence[str]) -> tuple[Message, ...]:
    """Say which rules were applied, to which elections, and what a reader must know besides; a method speaks for itself.

    ``elections`` are the names of those that the councils belong to, in their order.
    """
    rules = ((council.ruling.rule, name) for council, name in zip(held, elections, strict=True) if not council.error)
    applied = rules_named((rule, name) for rule, name in rules if rule is not None and rule.rounds)
    assumed = (ASSUMED,) if any(council.ruling.assumed and council.sharing for council in held) else ()
    return (*assumed, *(note for rule, named in applied for note in (named, *_note(rule))))


def _note(rule: Rule) -> tuple[Message, ...]:
    return (msg("{note:term}", note=rule.note),) if rule.note else ()


def _stage_words(given: Given) -> Message:
    """Say how many seats a stage gives out, to whom, how, and what says so."""
    said, article = _first_words(given) if given.stage.to == "first" else _method_words(given), given.stage.article
    return msg("{said} ({article:term}).", said=said, article=article) if article else msg("{said}.", said=said)


def _first_words(given: Given) -> Message:
    threshold = given.stage.threshold
    if threshold is None or given.needed is None:
        return msgn("{n:count} seat goes to the first list", "{n:count} seats go to the first list", given.seats)
    condition = condition_words(threshold, given.needed)
    if not given.sharers:
        return msgn(
            "{n:count} seat is for the first list with {condition}, and no list has that",
            "{n:count} seats are for the first list with {condition}, and no list has that",
            given.seats,
            condition=condition,
        )
    return msgn(
        "{n:count} seat goes to the first list with {condition}",
        "{n:count} seats go to the first list with {condition}",
        given.seats,
        condition=condition,
    )


def _method_words(given: Given) -> Message:
    method, threshold = METHODS[given.stage.method or ""].label, given.stage.threshold
    if threshold is None or given.needed is None:
        return msgn(
            "{n:count} seat is shared out by {method:term} among all lists",
            "{n:count} seats are shared out by {method:term} among all lists",
            given.seats,
            method=method,
        )
    return msgn(
        "{n:count} seat is shared out by {method:term} among the lists with {condition}",
        "{n:count} seats are shared out by {method:term} among the lists with {condition}",
        given.seats,
        method=method,
        condition=condition_words(threshold, given.needed),
    )


def _tie_words(given: Given, names: Sequence[str]) -> list[Message]:
    """Say what ties a stage met: those that votes have broken, and those that stay open, with what the rule says of them."""
    said = []
    if given.broken:
        claimants = [names[place] for place in given.broken.claimants]
        said.append(msg("{names} had equal claims to the last seat: more votes come first.", names=claimants))
    if given.tie:
        how = tie_broken(given.stage.tie)
        said.append(msg("{tie} {how}", tie=_open_words(given, given.tie, names), how=how))
    if given.unfilled:
        said.append(
            msgn(
                "{n:count} seat is given to nobody: no list has a claim to it.",
                "{n:count} seats are given to nobody: no list has a claim to them.",
                given.unfilled,
            )
        )
    return said


def _open_words(given: Given, tie: Tie, names: Sequence[str]) -> Message:
    claimants = [names[place] for place in tie.claimants]
    if given.stage.to == "first":
        return msgn(
            "Level for the seat of the first list: {names}.",
            "Level for the {n:count} seats of the first list: {names}.",
            tie.seats,
            names=claimants,
        )
    return msgn(
        "Equal claims to the last seat: {names}.",
        "Equal claims to the last {n:count} seats: {names}.",
        tie.seats,
        names=claimants,
    )
