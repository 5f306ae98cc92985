"""What rules say, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from primaire.apportionment import METHODS
from primaire.messages import Message, msg, msgn
from primaire.rules.parts import written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.apportionment import Tie
    from primaire.rules.parts import Condition
    from primaire.rules.sharing import Given


def condition_words(condition: Condition, votes: int) -> Message:
    """Say a condition, with the votes that it asks for."""
    part = written(condition.part)
    if condition.strictly:
        return msg("more than {part} of {base:term}, {votes:count} votes", part=part, base=condition.base, votes=votes)
    return msg("at least {part} of {base:term}, {votes:count} votes", part=part, base=condition.base, votes=votes)


def stage_words(given: Given) -> Message:
    """Say how many seats a stage gives out, to whom, how, and what says so."""
    said, article = _first_words(given) if given.stage.to == "first" else _method_words(given), given.stage.article
    return msg("{said} ({article}).", said=said, article=article) if article else msg("{said}.", said=said)


def _first_words(given: Given) -> Message:
    return msgn("{n:count} seat goes to the first list", "{n:count} seats go to the first list", given.seats)


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


def tie_words(given: Given, names: Sequence[str]) -> list[Message]:
    """Say what ties a stage met: those that votes have broken, and those that stay open, with what the rule says of them."""
    said = []
    if given.broken:
        claimants = [names[place] for place in given.broken.claimants]
        said.append(msg("{names} had equal claims to the last seat: more votes come first.", names=claimants))
    if given.tie:
        said += [_open_words(given, given.tie, names), _rule_words(given)]
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
        return msg("Level for the {n:count} seats of the first list: {names}.", n=tie.seats, names=claimants)
    return msgn(
        "Equal claims to the last seat: {names}.",
        "Equal claims to the last {n:count} seats: {names}.",
        tie.seats,
        names=claimants,
    )


def _rule_words(given: Given) -> Message:
    left = [way for way in given.stage.tie if way != "most votes"]
    if not left:
        return msg("The rules do not say what breaks this tie.")
    return msg("What breaks the tie, and is not among these figures: {ways:term}.", ways=left)
